// Writes schemas/*.schema.json, the JSON Schemas of recipes, spaces, architectures, results (of one model and of several) and latency tables: npm run schemas
import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const bundle = new URL('node_modules/.cache/proxyless-ci/schemas.mjs', root);
await build({
  entryPoints: ['src/contracts/json-schemas.ts'],
  absWorkingDir: root.pathname,
  outfile: bundle.pathname,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
const { jsonSchemas } = await import(bundle.href);
const folder = new URL('schemas/', root);
await mkdir(folder, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas()))
  await writeFile(new URL(`${name}.schema.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
