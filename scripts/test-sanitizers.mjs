// Runs the harness of test/native under Clang's sanitizers, for both block sizes and for products of bfloat16: `npm run test:sanitizers [shapes] [first seed]`.
// Needs Linux on x86-64 with AVX2 and, beside the compiler of scripts/native.mjs, Debian's libclang-rt-19-dev.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { arithmetic, bfloat16Level, checkCompiler, compiler, levels } from './native.mjs';

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
  const level = has('avx512vl') ? levels[16] : levels[8];
  const variants = [
    { block: 8, level: levels[8] },
    { block: 16, level },
    { block: 16, level, bfloat16: has('avx512_bf16') ? bfloat16Level : [`-march=${level}`] },
  ];
  for (const variant of variants)
    for (const sanitizer of sanitizers) {
      const harness = await build(variant, sanitizer);
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

/**
 * Whether the CPU has a feature. Kernels for blocks of 16 are only vectors twice as wide: where there is no AVX-512, the compiler makes two of
 * each; and products of bfloat16 are made of shifts where there is no instruction for them.
 */
function has(feature) {
  return new RegExp(`^flags.* ${feature}( |$)`, 'm').test(readFileSync('/proc/cpuinfo', 'utf8'));
}

/** The harness for one kind of kernels. The reference is compiled without sanitizers: it takes most of the time. */
async function build({ block, level, bfloat16 }, sanitizer) {
  const object = (name) => join(work, `${name}.o`);
  const flags = [...common, `-DB=${block}`, ...(bfloat16 ? ['-DBFLOAT16=1'] : [])];
  const sanitized = ['-O1', `-fsanitize=${sanitizer}`, '-fno-sanitize-recover=all'];
  const checked = [...flags, ...sanitized];
  const ofKernels = [...arithmetic, ...sanitized, ...kernels];
  const own = (await readdir('test/native')).filter((name) => name.endsWith('.c') && name !== 'reference.c');
  await Promise.all([
    cc(...common, `-DB=${block}`, ...ofKernels, `-march=${level}`, '-c', 'native/sized.c', '-o', object('sized')),
    ...(bfloat16 ? [cc(...flags, ...ofKernels, ...bfloat16, '-c', 'native/bfloat16.c', '-o', object('bfloat16'))] : []),
    cc(...checked, ...scratch, '-c', 'native/scratch.c', '-o', object('scratch')),
    cc(...checked, '-c', 'native/threads.c', '-o', object('own-threads')),
    cc(...flags, '-O2', '-c', 'test/native/reference.c', '-o', object('reference')),
  ]);
  const binary = join(work, 'harness');
  const objects = ['sized', 'scratch', 'own-threads', 'reference', ...(bfloat16 ? ['bfloat16'] : [])].map(object);
  await cc(...checked, ...own.map((name) => join('test/native', name)), ...objects, '-lm', '-lpthread', '-o', binary);
  return binary;
}
