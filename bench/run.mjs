// Runs a bench: `node bench/run.mjs training [--quick]`. Bundles it like the command line, and starts it with the malloc settings that the
// command line gives itself (see src/lib/reexec.ts), so that what is timed is what users run.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const [name, ...args] = process.argv.slice(2);
const source = join(here, `${name}.ts`);
if (!name || !existsSync(source)) {
  console.error('usage: node bench/run.mjs NAME [options]; bench/README.md lists the names');
  process.exit(2);
}
const outfile = join(here, '..', 'node_modules', '.cache', 'bench', `${name}.js`);
await build({
  entryPoints: { [name]: source, 'block-worker': join(here, '..', 'src/latency/block-worker.ts') },
  outdir: dirname(outfile),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'error',
});
const malloc = {
  MALLOC_MMAP_THRESHOLD_: '4294967296',
  MALLOC_TRIM_THRESHOLD_: '17179869184',
  MALLOC_TOP_PAD_: '268435456',
};
const { status } = spawnSync(process.execPath, [outfile, ...args], {
  stdio: 'inherit',
  env: { ...malloc, ...process.env },
});
process.exit(status ?? 1);
