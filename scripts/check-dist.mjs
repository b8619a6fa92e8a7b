// Builds dist/ again beside it and names every file that differs: what is committed must be what the sources make. Exits 1 then. The compiled
// kernels are judged by their record; with --compile they are compiled too, into the folder named after it, and compared byte for byte.
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { bundle } from './bundle.mjs';
import { compileNative, isCurrent, kernelFiles } from './native.mjs';

const compile = process.argv[2] === '--compile' ? process.argv[3] : undefined;
const fresh = await mkdtemp(join(tmpdir(), 'dist-'));
try {
  await bundle(fresh);
  if (compile) {
    await mkdir(compile, { recursive: true });
    await compileNative(compile);
    for (const file of kernelFiles) await copyFile(join(compile, file), join(fresh, file));
  }
  const [built, committed] = await Promise.all([contents(fresh), contents('dist')]);
  const compared = (name) => compile || !kernelFiles.includes(name);
  const names = [...new Set([...built.keys(), ...committed.keys()])].filter(compared).sort();
  const stale = names.filter((name) => !built.get(name)?.equals(committed.get(name) ?? Buffer.alloc(0)));
  if (!(await isCurrent('dist'))) stale.push('kernels.node');
  for (const name of new Set(stale))
    console.error(`dist/${name} is not what the sources make; npm run build, and commit dist/`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} finally {
  await rm(fresh, { recursive: true });
}

/** Every file of a folder by its path in it. */
async function contents(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path)])));
}
