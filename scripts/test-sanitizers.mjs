// Runs the harness of test/native under Clang's sanitizers, for both block sizes: `npm run test:sanitizers [shapes] [first seed]`.
// Needs Linux on x86-64 with AVX2 and, beside the compiler of scripts/native.mjs, Debian's libclang-rt-19-dev.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { arithmetic, checkCompiler, compiler, levels } from './native.mjs';

const [shapes = '800', seed = '1'] = process.argv.slice(2);
const sanitizers = ['address,undefined', 'thread'];
const common = ['-std=c11', '-D_GNU_SOURCE', '-g', '-Wall', '-Wextra', '-Werror', '-Wno-psabi'];
/** The harness's own allocations stand for the kernels'. */
const kernels = ['-include', 'test/native/harness.h', '-Dcalloc=harnessCalloc'];
const scratch = ['-DtakeScratch=pooledScratch', '-DgiveScratch=returnScratch'];

await checkCompiler();
const work = await mkdtemp(join(tmpdir(), 'sanitizers-'));
const cc = (...args) => promisify(execFile)(compiler.command, args);
try {
  for (const [block, level] of Object.entries(levels))
    for (const sanitizer of sanitizers) {
      const harness = await build(block, block === '16' && !hasAvx512() ? levels[8] : level, sanitizer);
      const started = performance.now();
      const { status } = spawnSync(harness, [shapes, seed], { stdio: 'inherit' });
      console.log(
        `${sanitizer}: ${status === 0 ? 'nothing found' : 'FAILED'}, ${((performance.now() - started) / 1000).toFixed(0)} s`,
      );
      if (status !== 0) process.exitCode = 1;
    }
} finally {
  await rm(work, { recursive: true });
}

/** Kernels for blocks of 16 are only vectors twice as wide: where there is no AVX-512, the compiler makes two of each. */
function hasAvx512() {
  return /^flags.* avx512vl( |$)/m.test(readFileSync('/proc/cpuinfo', 'utf8'));
}

/** The harness for one block. The reference is compiled without sanitizers: it takes most of the time. */
async function build(block, level, sanitizer) {
  const object = (name) => join(work, `${name}.o`);
  const flags = [...common, `-DB=${block}`];
  const checked = [...flags, '-O1', `-fsanitize=${sanitizer}`, '-fno-sanitize-recover=all'];
  const own = (await readdir('test/native')).filter((name) => name.endsWith('.c') && name !== 'reference.c');
  await Promise.all([
    cc(...checked, ...arithmetic, '-O1', `-march=${level}`, ...kernels, '-c', 'native/sized.c', '-o', object('sized')),
    cc(...checked, ...scratch, '-c', 'native/scratch.c', '-o', object('scratch')),
    cc(...checked, '-c', 'native/threads.c', '-o', object('own-threads')),
    cc(...flags, '-O2', '-c', 'test/native/reference.c', '-o', object('reference')),
  ]);
  const binary = join(work, `harness-${block}-${sanitizer.replace(',', '-')}`);
  const objects = ['sized', 'scratch', 'own-threads', 'reference'].map(object);
  await cc(...checked, ...own.map((name) => join('test/native', name)), ...objects, '-lm', '-lpthread', '-o', binary);
  return binary;
}
