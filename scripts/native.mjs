// Compiles native/ to kernels.node, and says whether the one in a folder is what the sources make. Users and `npm test` run no compiler: a record
// beside the binary holds hashes of the sources, the flags and the compiler's version, and of the binary itself.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);

/** The files that a build of native/ writes: the binary and its record. */
export const kernelFiles = ['kernels.node', 'kernels.json'];

/** Debian 12's compiler. The same version makes the same bytes on every machine; another one need not. */
export const compiler = { command: 'clang-19', version: 'Debian clang version 19.1.7 (3~deb12u1)' };

const target = ['--target=x86_64-linux-gnu', '-std=c11', '-Wall', '-Wextra', '-Werror', '-Wno-psabi'];
/** Contraction to fused multiply-adds, except in pixels.c; no other liberties with arithmetic. No function passes vectors across files. */
export const arithmetic = ['-O3', '-ffp-contract=fast-honor-pragmas', '-fno-math-errno', '-mprefer-vector-width=512'];
/** What the kernels of each block are compiled for: levels of the x86-64 psABI, which native/level.c looks for. */
export const levels = { 8: 'x86-64-v3', 16: 'x86-64-v4' };
/** What bfloat16.c is compiled for. */
export const bfloat16Level = [`-march=${levels[16]}`, '-mavx512bf16'];
/** No start files: the library has no constructors. -Qn: no name of the compiler in it. */
const library = ['-march=x86-64', '-fPIC', '-fvisibility=hidden', '-Qn'];
const linking = ['-fuse-ld=lld', '-shared', '-s', '-nostartfiles', '-nodefaultlibs', '-lc', '-Wl,--build-id=none'];
/** Compiled with flags of their own: bfloat16.c, and sized.c once a block; and what these two include. */
const sized = ['bfloat16.c', 'sized.c', 'pointwise.c', 'image.c', 'depthwise.c', 'passes.c', 'update.c', 'pixels.c'];

/** Writes kernels.node and its record into a folder. */
export async function compileNative(outdir) {
  await checkCompiler();
  const files = (await readdir('native')).filter((file) => file.endsWith('.c') && !sized.includes(file)).sort();
  const work = await mkdtemp(join(tmpdir(), 'native-'));
  const cc = (...args) => promisify(execFile)(compiler.command, [...target, ...args], { cwd: 'native' });
  try {
    const compile = async (source, name, ...flags) => {
      const file = join(work, `${name}.o`);
      await cc(...arithmetic, ...library, ...flags, '-c', source, '-o', file);
      return file;
    };
    const objects = Object.entries(levels).map(([block, level]) =>
      compile('sized.c', `kernels${block}`, `-march=${level}`, `-DB=${block}`),
    );
    objects.push(compile('bfloat16.c', 'bfloat16', ...bfloat16Level, '-DB=16', '-DBFLOAT16=1'));
    const binary = resolve(outdir, 'kernels.node');
    const headers = `-I${require('node-api-headers').include_dir}`;
    await cc('-O3', ...library, ...linking, headers, ...files, ...(await Promise.all(objects)), '-o', binary);
    const record = { compiler: compiler.version, sources: await hashOfSources(), binary: hash(await readFile(binary)) };
    await writeFile(resolve(outdir, 'kernels.json'), `${JSON.stringify(record, null, 2)}\n`);
  } finally {
    await rm(work, { recursive: true });
  }
}

/** Whether a folder's kernels.node is what the sources, the flags and the compiler make, by its record: nothing is compiled. */
export async function isCurrent(folder) {
  const [binary, record] = await Promise.all(
    kernelFiles.map((file) => readFile(join(folder, file)).catch(() => undefined)),
  );
  if (!binary || !record) return false;
  const { sources, binary: expected } = JSON.parse(record.toString());
  return sources === (await hashOfSources()) && expected === hash(binary);
}

/** Hash of native/ and of everything else that the binary is made of. */
async function hashOfSources() {
  const names = (await readdir('native')).sort();
  const files = await Promise.all(names.map(async (name) => [name, hash(await readFile(join('native', name)))]));
  const headers = require(join(dirname(require.resolve('node-api-headers')), 'package.json')).version;
  return hash(
    JSON.stringify({ files, headers, compiler, target, arithmetic, levels, bfloat16Level, library, linking }),
  );
}

function hash(data) {
  return createHash('sha256').update(data).digest('hex');
}

/** @throws Error that says what to do, where the compiler is not there or another one */
export async function checkCompiler() {
  const found = await promisify(execFile)(compiler.command, ['--version']).then(
    ({ stdout }) => stdout.split('\n')[0],
    () => `no ${compiler.command}`,
  );
  if (found !== compiler.version)
    throw new Error(
      `native/ has changed, and compiling it takes ${compiler.version}; here is ${found}. On Debian 12: apt-get install clang-19 lld-19. ` +
        'Elsewhere run npm run build in the image that .github/workflows/ci.yml names, or take dist/kernels.* from the artifact of its kernels job.',
    );
}
