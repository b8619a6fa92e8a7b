import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadInputs } from '../../src/action/inputs.ts';
import { UserError } from '../../src/lib/errors.ts';

let workspace: string;
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'inputs-'));
  mkdirSync(join(workspace, 'photos'));
  symlinkSync(tmpdir(), join(workspace, 'away'));
  symlinkSync('photos', join(workspace, 'here'));
});
afterAll(() => rmSync(workspace, { recursive: true }));

const load = (given: Record<string, string>) => loadInputs((name) => given[name] ?? '', workspace);

async function problemsOf(given: Record<string, string>): Promise<string> {
  const error = await load(given).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

const sha256 = 'A'.repeat(64);

describe('inputs', () => {
  test('none given is mode auto, commenting always, with the cache', async () => {
    expect(await load({})).toEqual({
      mode: 'auto',
      budgets: {},
      comment: 'always',
      commentKey: 'proxyless-ci',
      modelSettings: {},
      token: '',
      cache: true,
      out: 'proxyless-ci-run',
    });
  });

  test('texts become numbers, budgets by their names, and paths inside the workspace', async () => {
    const inputs = await load({
      mode: ' search ',
      recipe: join(workspace, 'mine.yaml'),
      data: './here/',
      'max-latency-ms': '8.5',
      'max-latency-vs': 'mobilenetv3-large: 1.0\nmobilenetv3-small: 1.5',
      threads: '2',
      cache: 'False',
      shard: '2/4',
      out: 'photos/../runs/new',
    });
    expect(inputs).toMatchObject({
      recipe: './mine.yaml',
      data: 'here',
      budgets: { 'max-latency-ms': 8.5, 'max-latency-vs': { 'mobilenetv3-large': 1, 'mobilenetv3-small': 1.5 } },
      threads: 2,
      shard: { index: 2, count: 4 },
      cache: false,
      out: join('runs', 'new'),
    });
  });

  test('an archive is its https address with the hash that it must have', async () => {
    const { data } = await load({ data: 'https://example.org/people.tar.gz', 'data-sha256': sha256 });
    expect(data).toEqual({ url: 'https://example.org/people.tar.gz', sha256: sha256.toLowerCase() });
    expect(await problemsOf({ data: 'https://example.org/people.tar.gz' })).toContain(
      'data-sha256: required for an archive',
    );
    expect(await problemsOf({ data: 'http://example.org/a.tar', 'data-sha256': sha256 })).toContain('by https only');
    expect(await problemsOf({ data: 'photos', 'data-sha256': sha256 })).toContain('data-sha256: only valid');
  });

  test.each([
    [{ mode: 'serach' }, 'input: mode: unknown mode "serach"; did you mean "search"?'],
    [{ comment: 'on-failure' }, 'input: comment: unknown policy "on-failure"; did you mean "on-fail"?'],
    [{ mode: 'gate' }, 'input: model: required for mode gate'],
    [{ mode: 'table', model: 'a.onnx' }, 'input: model: mode table makes its own network'],
    [{ mode: 'search' }, 'input: data: a search needs'],
    [{ shard: '1/2' }, 'input: shard: only valid with mode search'],
    [{ mode: 'search', data: 'photos', shard: '3/2' }, 'input: shard: must be'],
    [{ 'max-latency-ms': 'fast' }, 'input: max-latency-ms: "fast" is not a number'],
    [{ 'miou-threshold': '92' }, 'input: miou-threshold: '],
    [{ 'max-latency-vs': '1.0' }, 'input: max-latency-vs: must be baselines with ratios'],
    [{ threads: '1.5' }, 'input: threads: '],
    [{ cache: 'yes' }, 'input: cache: must be true or false'],
    [{ 'comment-key': '-->' }, 'input: comment-key: must be'],
    [{ 'base-ref': '--upload-pack=x' }, 'input: base-ref: '],
  ])('%j is answered by what would be valid', async (given, problem) => {
    expect(await problemsOf(given)).toContain(problem);
  });

  test('every wrong input is named at once', async () => {
    const lines = (await problemsOf({ mode: 'gates', 'min-fps': 'x', threads: '0' })).split('\n');
    expect(lines.map((line) => line.split(':')[1])).toEqual([' mode', ' min-fps', ' threads']);
  });

  test.each(['recipe', 'data', 'model', 'out', 'base-model'])(
    '%s may not leave the workspace by its text',
    async (input) => {
      const path = input === 'recipe' ? '../other.yaml' : '../other';
      expect(await problemsOf({ [input]: path })).toContain(`input: ${input}: ${path} is outside the workspace`);
      expect(await problemsOf({ [input]: '/etc/passwd' })).toContain('is outside the workspace');
    },
  );

  test.each(['recipe', 'data', 'model', 'out'])('%s may not leave the workspace by a symbolic link', async (input) => {
    for (const path of ['away/recipe.yaml', 'away/not/there/yet.yaml'])
      expect(await problemsOf({ [input]: path })).toContain(
        `${path} is a symbolic link that leads out of the workspace`,
      );
  });
});
