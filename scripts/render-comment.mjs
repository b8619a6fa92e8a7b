// Renders the example of a pull request's comment (test/report/example.ts) as GitHub shows it, for docs/images/comment.png. Mermaid and GitHub's
// style sheet are large and for this alone, so that they are not among our packages:
//   mkdir render && npm install --prefix render mermaid github-markdown-css && node scripts/render-comment.mjs render
//   chromium --headless --no-sandbox --hide-scrollbars --virtual-time-budget=8000 --allow-file-access-from-files --window-size=880,1190 \
//     --screenshot=docs/images/comment.png render/comment.html
// With `open` as second argument the folded parts are open.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { marked } from 'marked';

const [folder = 'render', open] = process.argv.slice(2);
const bundle = new URL('../node_modules/.cache/proxyless-ci/comment.mjs', import.meta.url);
await build({
  stdin: {
    contents: `export { pullRequestResult } from './test/report/example.ts';
      export { commentMarkdown } from './src/report/comment.ts';`,
    resolveDir: new URL('..', import.meta.url).pathname,
  },
  outfile: bundle.pathname,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
const { pullRequestResult, commentMarkdown } = await import(bundle.href);
const comment = marked
  .parse(commentMarkdown(pullRequestResult, { key: 'example' }))
  .replaceAll(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g, '<pre class="mermaid">$1</pre>')
  .replaceAll('<details>', open ? '<details open>' : '<details>');
const page = `<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="node_modules/github-markdown-css/github-markdown-light.css">
<style>
  body { margin: 12px; background: #fff; font: 12px sans-serif; color: #59636e }
  .markdown-body { width: 822px; margin-top: 6px; padding: 16px; border: 1px solid #d1d9e0; border-radius: 6px; font-size: 14px }
</style>
Example: base, intervals and layers are made up.
<article class="markdown-body">${comment}</article>
<script src="node_modules/mermaid/dist/mermaid.min.js"></script>
<script>mermaid.initialize({ startOnLoad: true, securityLevel: 'strict' });</script>
`;
writeFileSync(join(folder, 'comment.html'), page);
