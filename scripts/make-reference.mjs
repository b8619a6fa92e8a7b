// Writes the generated parts of docs/guide/reference.md and docs/guide/recipe.md (scripts/reference.ts): npm run schemas
import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);
const bundle = new URL('node_modules/.cache/proxyless-ci/reference.mjs', root);
await build({
  stdin: {
    contents: `export * from './scripts/reference.ts'; export { createProgram } from './src/cli/program.ts';`,
    resolveDir: root.pathname,
  },
  outfile: bundle.pathname,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
const { actionParts, commandParts, recipeParts, withParts, createProgram } = await import(bundle.href);
const action = parse(await readFile(new URL('action.yml', root), 'utf8'));
const parts = { ...actionParts(action), ...commandParts(createProgram('', async () => {})), ...recipeParts() };
for (const name of ['reference', 'recipe']) {
  const page = new URL(`docs/guide/${name}.md`, root);
  await writeFile(page, withParts(await readFile(page, 'utf8'), parts));
}
