// Makes fixtures/portraits again, from a seed: node scripts/make-fixtures.mjs
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

const bundle = new URL('../node_modules/.cache/proxyless-ci/synthetic.mjs', import.meta.url);
await build({
  entryPoints: ['fixtures/generator/portraits.ts'],
  absWorkingDir: new URL('..', import.meta.url).pathname,
  outfile: bundle.pathname,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
const { writePortraitSet } = await import(bundle.href);
const folder = new URL('../fixtures/portraits', import.meta.url).pathname;
await rm(folder, { recursive: true, force: true });
await writePortraitSet(folder, { train: 96, val: 32, width: 128, height: 160, seed: 1 });
