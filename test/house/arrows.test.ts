import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'arrows-'));
  cpSync('.dependency-cruiser.mjs', join(project, '.dependency-cruiser.mjs'));
});
afterEach(() => rmSync(project, { recursive: true }));

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

/** Writes the files into a project of their own and asks the rules of this project about them. */
function check(files: Record<string, string>): string[] {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      'src',
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
    ],
    { cwd: project, encoding: 'utf8' },
  );
  if (!stdout) throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return [...new Set(summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`))].sort();
}

const empty = 'export const a = 1;\nexport type A = number;\n';

test('imports that point down pass, also those of types', () => {
  expect(
    check({
      'src/latency/types.ts': empty,
      'src/training/b.ts': empty,
      'src/contracts/result.ts': empty,
      'src/nas/a.ts':
        "import type { A } from '../latency/types.ts';\nimport { a } from '../training/b.ts';\nexport const b: A = a;",
      'src/report/a.ts': "import type { A } from '../contracts/result.ts';\nexport type B = A;",
    }),
  ).toEqual([]);
});

test('each import that points up is an offense, whichever form it has', () => {
  expect(
    check({
      'src/graph/x.ts': empty,
      'src/verdict/x.ts': empty,
      'src/training/x.ts': empty,
      'src/pipeline/x.ts': empty,
      'src/lib/a.ts': "import { a } from '../graph/x.ts';\nexport const b = a;",
      'src/nas/a.ts': "export * from '../verdict/x.ts';",
      'src/data/a.ts': "export const m = await import('../training/x.ts');",
      'src/report/a.ts': "import type { A } from '../pipeline/x.ts';\nexport type B = A;",
      'src/misc/a.ts': "import { a } from '../lib/a.ts';\nexport const b = a;",
    }),
  ).toEqual([
    'arrows-of-data: src/data/a.ts',
    'arrows-of-lib: src/lib/a.ts',
    'arrows-of-nas: src/nas/a.ts',
    'arrows-of-report: src/report/a.ts',
    'known-folders: src/misc/a.ts',
  ]);
});

test('two files that import each other are an offense, also where only types pass between them', () => {
  const offenses = check({
    'src/lib/a.ts': "import type { B } from './b.ts';\nexport type A = B | 1;",
    'src/lib/b.ts': "import type { A } from './a.ts';\nexport type B = A | 2;",
  });
  expect(offenses).toEqual([expect.stringContaining('no-cycles')]);
});

test('docs/design/house.md draws the arrows that are checked', async () => {
  const { default: config } = (await import(resolve('.dependency-cruiser.mjs'))) as {
    default: { forbidden: { name: string; comment: string }[] };
  };
  const checked = config.forbidden.flatMap(({ name, comment }) => {
    const [, folder, others] = /^src\/(\w+) may import (.*) of src\/\.$/.exec(comment) ?? [];
    return name.startsWith('arrows-of-')
      ? [[folder!, others === 'nothing' ? [] : others!.split(', ').sort()] as const]
      : [];
  });
  const drawn: (readonly [string, string[]])[] = [];
  for (const line of readFileSync('docs/design/house.md', 'utf8').split('\n')) {
    const [, folder, others] = /^\| `(\w+)\/` \|.*\| ([^|]+) \|$/.exec(line) ?? [];
    if (folder === undefined) continue;
    const above = drawn.map(([name]) => name);
    const named = [...others!.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
    drawn.push([folder, (others === 'all of the above' ? above : named).sort()]);
  }
  expect(Object.fromEntries(drawn)).toEqual(Object.fromEntries(checked));
});
