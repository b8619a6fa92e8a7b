// Bundles our own TypeScript into dist/: the command line and the data worker. Packages stay external (native ones cannot be bundled).
import { chmod, rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { cli: 'src/cli/main.ts', 'data-worker': 'src/data/worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunk-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
});
// For `npx proxyless-ci` and a direct call; the `#!` line comes from main.ts.
await chmod('dist/cli.js', 0o755);
