// Runs the gradient tests as a CPU with AVX2 and no AVX-512 would, where ONNX Runtime's blocked layout has a block of 8: under QEMU.
// About a minute. Needs qemu-x86_64-static (Debian and Ubuntu: package qemu-user-static).
import { spawnSync } from 'node:child_process';

const qemu = 'qemu-x86_64-static';
// Left out are the features that QEMU cannot emulate; it would leave them out itself, with a warning each for every thread.
const cpu = 'Haswell,-pcid,-x2apic,-tsc-deadline,-hle,-invpcid,-rtm';
const tests = ['autodiff/gradients', 'autodiff/batch-norm', 'training/loss'].map((name) => `test/${name}.test.ts`);

if (spawnSync(qemu, ['--version']).error) {
  console.error(
    `${qemu} is not in PATH: install qemu-user-static (apt-get install qemu-user-static) and run this again`,
  );
  process.exit(1);
}
// Threads, not forks: a forked process would be run by the real CPU. The tests themselves fail where the block is not the expected one.
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--pool=threads',
  '--maxWorkers=1',
  '--reporter=verbose',
  ...tests,
];
const { status } = spawnSync(qemu, ['-cpu', cpu, process.execPath, ...vitest], {
  cwd: new URL('..', import.meta.url),
  env: { ...process.env, PROXYLESS_CI_EXPECT_BLOCK: '8' },
  stdio: 'inherit',
});
process.exit(status ?? 1);
