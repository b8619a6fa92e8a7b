// The scripts and the style of the pages, as `npm run build` makes them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** The script of a page, and the style of all. */
export async function pageAssets(name: 'report' | 'history'): Promise<PageAssets> {
  const read = (file: string): Promise<string> => readFile(join(packageRoot(), 'dist', file), 'utf8');
  const [script, style] = await Promise.all([read(`${name}-page.js`), read('page.css')]);
  return { script: script.trimEnd(), style: style.trimEnd() };
}
