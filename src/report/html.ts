// report.html and the page of a history: one file each with its script, style and data. The data are JSON that the script reads; nothing of them is markup.
import { createHash } from 'node:crypto';
import type { PageData } from '../contracts/page.ts';
import type { PageAssets } from '../lib/page-assets.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * What the page may do. A page from a file makes no request at all; one that is served may fetch models and the runtime from where it came.
 */
export function pagePolicy({ script, style }: PageAssets, served: boolean): string {
  return policyOf({
    'script-src': `${hashOf(script)} 'wasm-unsafe-eval'${served ? " 'self' blob:" : ''}`,
    // Scripts set single properties of elements; only the page's own style sheet is allowed, and no style attributes.
    'style-src': hashOf(style),
    'img-src': 'data: blob:',
    'media-src': 'blob:',
    'connect-src': served ? "'self'" : "'none'",
    'worker-src': served ? "'self' blob:" : "'none'",
  });
}

/** Nothing but what is named is allowed. */
function policyOf(allowed: Readonly<Record<string, string>>): string {
  const all = { 'default-src': "'none'", ...allowed, 'base-uri': "'none'", 'form-action': "'none'" };
  return Object.entries(all)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/** A JSON text that cannot end the element that holds it. */
const embedded = (data: PageData): string =>
  JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** The element that holds the data. */
const dataStart = '<script type="application/json" id="data">';
const dataEnd = '</script>';

/** A report as `htmlReport` wrote it, without its photos: for places that more people can read than may see the photos. */
export function withoutPhotos(html: string): string {
  const start = html.indexOf(dataStart) + dataStart.length;
  const end = html.indexOf(dataEnd, start);
  const { photos, ...data }: PageData = JSON.parse(html.slice(start, end));
  return html.slice(0, start) + embedded(data) + html.slice(end);
}

/** The whole report. */
export function htmlReport(data: PageData, assets: PageAssets): string {
  return page({
    title: 'proxyless-ci report',
    instead: 'This report is drawn by its own script; report.md beside it has the same figures.',
    policy: pagePolicy(assets, data.tryIt !== undefined),
    data: `${dataStart}${embedded(data)}${dataEnd}\n`,
    assets,
  });
}

/** The page of a branch's history, which draws the history.json beside it and fetches nothing else. */
export function historyPage(assets: PageAssets): string {
  return page({
    title: 'proxyless-ci history',
    instead: 'This page is drawn by its own script from history.json beside it.',
    policy: policyOf({
      'script-src': hashOf(assets.script),
      'style-src': hashOf(assets.style),
      'connect-src': "'self'",
    }),
    data: '',
    assets,
  });
}

interface Page {
  readonly title: string;
  /** What is shown where scripts are off. */
  readonly instead: string;
  readonly policy: string;
  /** An element that the script reads. */
  readonly data: string;
  readonly assets: PageAssets;
}

const page = ({ title, instead, policy, data, assets: { script, style } }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.replaceAll('"', '&quot;')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main><noscript>${instead}</noscript></main>
${data}<script type="module">${script}</script>
</body>
</html>
`;
