// Makes docs/images/comment.md and comment.png, the README's picture, from the result of a real run (fixtures/comment/result.json; fixtures/README.md has its
// command). The picture carries the hash of the text that it shows, and a test compares result, text and picture.
//
//   node scripts/comment-picture.mjs           # writes the text; npm test then says whether the picture is of it
//   node scripts/comment-picture.mjs CHROMIUM  # draws the picture too, with this program
//
// Mermaid and GitHub's style sheet are large and needed here only: npm install --no-save mermaid github-markdown-css. The picture also needs a font
// with emoji (Debian: fonts-noto-color-emoji).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { marked } from 'marked';
import sharp from 'sharp';

const root = new URL('../', import.meta.url);
const text = await commentText();
writeFileSync(new URL('docs/images/comment.md', root), text);
const [chromium] = process.argv.slice(2);
if (chromium) await draw(text, chromium);

async function commentText() {
  const bundle = new URL('node_modules/.cache/proxyless-ci/comment.mjs', root);
  await build({
    stdin: { contents: `export { commentMarkdown } from './src/report/comment.ts';`, resolveDir: root.pathname },
    outfile: bundle.pathname,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const { commentMarkdown } = await import(bundle.href);
  const result = JSON.parse(readFileSync(new URL('fixtures/comment/result.json', root), 'utf8'));
  return commentMarkdown(result, { key: 'proxyless-ci' });
}

/** The text as GitHub shows it, cut to its height. */
async function draw(markdown, program) {
  const folder = mkdtempSync(join(tmpdir(), 'comment-'));
  const packaged = (path) => pathToFileURL(createRequire(root).resolve(path)).href;
  const body = marked
    .parse(markdown)
    .replaceAll(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g, '<pre class="mermaid">$1</pre>');
  const page = `<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="${packaged('github-markdown-css/github-markdown-light.css')}">
<style>
  body { margin: 12px; background: #fff }
  .markdown-body { width: 822px; padding: 16px; border: 1px solid #d1d9e0; border-radius: 6px; font-size: 14px }
</style>
<article class="markdown-body">${body}</article>
<script src="${packaged('mermaid/dist/mermaid.min.js')}"></script>
<script>mermaid.initialize({ startOnLoad: true, securityLevel: 'strict' });</script>
`;
  try {
    writeFileSync(join(folder, 'comment.html'), page);
    const options = ['--headless', '--no-sandbox', '--hide-scrollbars', '--virtual-time-budget=8000'];
    const files = ['--allow-file-access-from-files', `--screenshot=${join(folder, 'comment.png')}`];
    const size = ['--window-size=880,2400', '--force-device-scale-factor=1'];
    execFileSync(program, [...options, ...files, ...size, join(folder, 'comment.html')], { stdio: 'ignore' });
    const hash = createHash('sha256').update(markdown).digest('hex');
    await sharp(join(folder, 'comment.png'))
      .trim({ background: '#fff', margin: 8 })
      .withExif({ IFD0: { ImageDescription: `text ${hash}` } })
      .png({ palette: true })
      .toFile(new URL('docs/images/comment.png', root).pathname);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
