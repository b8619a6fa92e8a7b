// Every relative link of the project's Markdown leads to a file, and to a heading where it names one; the index lists every page.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const pages = [
  ...readdirSync('.'),
  ...['docs', 'bench', 'fixtures', '.github'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  ),
].filter((path) => path.endsWith('.md'));

/** A heading's anchor as GitHub makes it. */
function anchor(heading: string): string {
  const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return text.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, 'code');
}

function anchorsOf(page: string): string[] {
  const text = readFileSync(page, 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => anchor(heading!.trim()));
}

/** Targets of links and pictures that are not addresses. */
function linksOf(page: string): string[] {
  const targets = [...withoutCode(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, target]) => target!,
  );
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

describe.each(pages)('%s', (page) => {
  test('links to files and headings that are there', () => {
    const broken = linksOf(page).filter((target) => {
      const [path, heading] = target.split('#') as [string, string?];
      const file = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(file)) return true;
      return heading !== undefined && !(statSync(file).isFile() && anchorsOf(file).includes(heading));
    });
    expect(broken).toEqual([]);
  });
});

test('the index of docs/ lists every page', () => {
  const listed = linksOf('docs/README.md').map((target) => normalize(join('docs', target)));
  const missing = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
  expect(missing.filter((page) => !listed.includes(page))).toEqual([]);
});
