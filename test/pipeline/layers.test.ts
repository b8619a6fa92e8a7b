import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'layers-'));
});
afterEach(() => rmSync(project, { recursive: true }));

function check(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  const { status, stderr } = spawnSync(process.execPath, ['scripts/check-layers.mjs', project], { encoding: 'utf8' });
  return { status, offences: stderr.trim().split('\n').filter(Boolean) };
}

test('imports that point down pass', () => {
  const files = {
    'src/nas/a.ts':
      "import type { Path } from '../latency/types.ts';\nimport {\n  b,\n} from '../training/b.ts';\nimport 'zod';",
    'src/report/a.ts': "import type { Result } from '../pipeline/result.ts';",
  };
  expect(check(files)).toEqual({ status: 0, offences: [] });
});

test('each import that points up or skips a door is printed with its place', () => {
  const { status, offences } = check({
    'src/base/a.ts': "\nimport { x } from '../graph/x.ts';",
    'src/nas/a.ts': "export * from '../latency/measure.ts';",
    'src/data/a.ts': "const m = await import('../training/x.ts');",
    'src/report/a.ts': "import { readResult } from '../pipeline/result.ts';",
    'src/misc/a.ts': '',
  });
  expect(status).toBe(1);
  expect(offences.map((line) => line.split(': ')[0]).sort()).toEqual([
    'src/base/a.ts:2',
    'src/data/a.ts:1',
    'src/misc/a.ts',
    'src/nas/a.ts:1',
    'src/report/a.ts:1',
  ]);
});

test('a file of 400 lines is too long', () => {
  expect(check({ 'src/base/a.ts': '//\n'.repeat(399) }).status).toBe(0);
  expect(check({ 'src/base/a.ts': '//\n'.repeat(400) }).offences).toEqual([expect.stringContaining('400 lines')]);
});
