// report.html: one file with its script, style and data. The data are JSON that the script reads; nothing of them is markup.
import { createHash } from 'node:crypto';
import type { PageData } from '../contracts/page.ts';

/** The page's script and style, as `npm run build` makes them. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * What the page may do. A page from a file makes no request at all; one that is served may fetch models and the runtime from where it came.
 */
export function pagePolicy({ script, style }: PageAssets, served: boolean): string {
  const own = served ? " 'self'" : '';
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'${served ? " 'self' blob:" : ''}`,
    // Scripts set single properties of elements; style sheets and attributes are none but the page's own.
    `style-src ${hashOf(style)}`,
    'img-src data: blob:',
    'media-src blob:',
    `connect-src${served ? own : " 'none'"}`,
    `worker-src${served ? " 'self' blob:" : " 'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** A JSON text that cannot end the element that holds it. */
const embedded = (data: PageData): string =>
  JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** The whole page. */
export function htmlReport(data: PageData, assets: PageAssets): string {
  const policy = pagePolicy(assets, data.tryIt !== undefined).replaceAll('"', '&quot;');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>proxyless-ci report</title>
<style>${assets.style}</style>
</head>
<body>
<main><noscript>This report is drawn by its own script; report.md beside it has the same figures.</noscript></main>
<script type="application/json" id="data">${embedded(data)}</script>
<script type="module">${assets.script}</script>
</body>
</html>
`;
}
