import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkRecipePaths, enterWorkspace, loadInputs } from '../../src/action/inputs.ts';
import { UserError } from '../../src/lib/errors.ts';
import { recipePaths } from '../../src/pipeline/recipe-file.ts';

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

describe('the workspace', () => {
  test('holds the space and the baselines that a recipe of it names', async () => {
    const recipe = join(workspace, 'recipe.yaml');
    const write = (space: string, baseline: string) =>
      writeFileSync(
        recipe,
        `space: ${space}\nbaselines: [${baseline}]\ninput: { height: 32, width: 32 }\nbudgets: { max-latency-ms: 1 }\n`,
      );
    write('./space.yaml', 'mobilenetv3-large');
    await checkRecipePaths((await recipePaths(recipe)).files, workspace);
    write('../space.yaml', 'mobilenetv3-large');
    await expect(recipePaths(recipe).then(({ files }) => checkRecipePaths(files, workspace))).rejects.toThrow(
      'is outside',
    );
    write('person', './away/baseline.json');
    await expect(recipePaths(recipe).then(({ files }) => checkRecipePaths(files, workspace))).rejects.toThrow(
      'symbolic link',
    );
  });

  test('may be a part of the checkout, which working-directory names', async () => {
    const before = process.cwd();
    try {
      expect(await enterWorkspace(workspace, 'photos')).toBe(join(workspace, 'photos'));
      expect(process.cwd()).toBe(join(workspace, 'photos'));
      await expect(enterWorkspace(workspace, 'nowhere')).rejects.toThrow('there is no folder nowhere');
      await expect(enterWorkspace(workspace, '../..')).rejects.toThrow('is outside the workspace');
    } finally {
      process.chdir(before);
    }
  });
});

describe('inputs', () => {
  test('none given is mode auto, commenting always, with the cache', async () => {
    expect(await load({})).toEqual({
      mode: 'auto',
      budgets: {},
      failOn: ['regression', 'budget'],
      acceptLabel: 'proxyless-ci-accepted',
      checkRun: false,
      historyPath: 'proxyless-ci',
      comment: 'always',
      commentKey: 'proxyless-ci',
      modelSettings: {},
      token: '',
      cache: ['table', 'result', 'history', 'data', 'runs'],
      cacheData: 'auto',
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
      data: [{ folder: 'here', weight: 1 }],
      budgets: { 'max-latency-ms': 8.5, 'max-latency-vs': { 'mobilenetv3-large': 1, 'mobilenetv3-small': 1.5 } },
      threads: 2,
      shard: { index: 2, count: 4 },
      cache: [],
      out: join('runs', 'new'),
    });
  });

  test('legs of a matrix have keys and titles of their own, unless a key is given', async () => {
    const legs = await Promise.all(
      ['ubuntu-24.04', 'ubuntu-22.04'].map((os) => load({ matrix: JSON.stringify({ os, n: 2 }) })),
    );
    expect(legs.map(({ title }) => title)).toEqual(['ubuntu-24.04, 2', 'ubuntu-22.04, 2']);
    expect(new Set(legs.map(({ commentKey }) => commentKey)).size).toBe(2);
    expect(legs[0]!.commentKey).toMatch(/^proxyless-ci-[0-9a-f]{8}$/);
    expect(await load({ matrix: 'null' })).toMatchObject({ commentKey: 'proxyless-ci', title: undefined });
    expect((await load({ matrix: '{"os": "a"}', 'comment-key': 'mine' })).commentKey).toBe('mine');
  });

  test.each([
    ['5%', 0.05],
    ['0.05', 0.05],
    ['12.5 %', 0.125],
  ])('latency-threshold takes %s', async (text, value) => {
    expect((await load({ 'latency-threshold': text })).latencyThreshold).toBe(value);
  });

  test('fail-on is a list or never, and models are files, patterns or a line each', async () => {
    expect((await load({ 'fail-on': 'never' })).failOn).toEqual([]);
    expect((await load({ 'fail-on': 'regression,inconclusive' })).failOn).toEqual(['regression', 'inconclusive']);
    for (const name of ['b', 'a']) writeFileSync(join(workspace, 'photos', `${name}.onnx`), '');
    const models = ['photos/a.onnx', 'photos/b.onnx'];
    expect((await load({ model: 'photos/*.onnx' })).models).toEqual(models);
    expect((await load({ model: 'photos/b.onnx\nphotos/*.onnx' })).models).toEqual(['photos/b.onnx', 'photos/a.onnx']);
  });

  test('what the cache keeps is a list', async () => {
    expect((await load({ cache: 'table, history\nruns' })).cache).toEqual(['table', 'history', 'runs']);
  });

  test('an archive is its https address with the hash that it must have', async () => {
    const { data } = await load({ data: 'https://example.org/people.tar.gz', 'data-sha256': sha256 });
    expect(data).toEqual({ url: 'https://example.org/people.tar.gz', sha256: sha256.toLowerCase() });
    expect(await problemsOf({ data: 'https://example.org/people.tar.gz' })).toContain(
      'data-sha256: required for an archive',
    );
    expect(await problemsOf({ data: 'http://example.org/a.tar', 'data-sha256': sha256 })).toContain('by https only');
    expect(await problemsOf({ data: 'photos', 'data-sha256': sha256 })).toContain('data-sha256: only valid');
    const both = { data: 'photos\nhttps://example.org/a.tar', 'data-sha256': sha256 };
    expect(await problemsOf(both)).toContain('data: an archive stands alone');
  });

  test('several data folders stand on a line each, some with a weight, all inside the workspace', async () => {
    expect((await load({ data: 'photos\n  here=0.5\n\nphotos/../there=0' })).data).toEqual([
      { folder: 'photos', weight: 1 },
      { folder: 'here', weight: 0.5 },
      { folder: 'there', weight: 0 },
    ]);
    expect(await problemsOf({ data: 'photos\n../other=2' })).toContain(
      'input: data: ../other is outside the workspace',
    );
    expect(await problemsOf({ data: 'photos=1.2.3' })).toContain(
      'input: data: photos=1.2.3: the weight must be a number',
    );
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
    [{ 'latency-threshold': '5' }, '"5" must be a share such as 5% or 0.05'],
    [{ 'fail-on': 'regressions' }, 'input: fail-on'],
    [{ model: 'none/*.onnx' }, 'input: model: no file matches none/*.onnx'],
    [{ 'max-latency-vs': '1.0' }, 'input: max-latency-vs: must be baselines with ratios'],
    [{ model: 'm.onnx', 'max-latency-vs': 'a: 1' }, 'input: max-latency-vs: needs a recipe whose baselines'],
    [{ threads: '1.5' }, 'input: threads: '],
    [{ cache: 'tables' }, 'must be true, false, or a list of table, result, history, data, runs'],
    [{ matrix: 'x' }, 'input: matrix: is set by the Action itself'],
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
