import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keepEntries, openCaches } from '../../src/action/keep.ts';
import { keptResults } from '../../src/action/results.ts';
import { pullRequestResult } from '../report/example.ts';
import { useRunner } from './runner.ts';

const runner = useRunner();
beforeEach(() => {
  vi.stubEnv('GITHUB_STATE', join(runner.folder, 'state'));
  writeFileSync(join(runner.folder, 'state'), '');
});

/** Runs the post step with the state that the main step saved, as the runner hands it on: the last value of a name counts. */
async function post(): Promise<void> {
  const text = readFileSync(join(runner.folder, 'state'), 'utf8');
  for (const [, name, , value] of text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm)) vi.stubEnv(`STATE_${name}`, value);
  await keepEntries();
}
const keys = (): string[] => [...runner.service.entries.keys()].sort();

function fill(name: string, file: string, text = 'text'): string {
  const folder = join(runner.folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), text);
  return folder;
}

describe('what a step keeps', () => {
  test('goes into the cache in the post step, also where the step was killed before it ended', async () => {
    const caches = openCaches(['runs', 'table']);
    const out = fill('run', 'checkpoint');
    caches('runs').keepRun({ folder: out, key: 'begun', finishedKey: 'finished' });
    await caches('table').save(fill('table', 'latency-table.json'), 'table');
    // No more of the step than this: SIGKILL.
    expect(keys()).toEqual([]);
    await post();
    expect(keys()).toEqual(['begun', 'table']);
  });

  test('is one entry for a finished run, however many runs were equal', async () => {
    const caches = openCaches(['runs']);
    const out = fill('run', 'result.json');
    for (const key of ['begun-1', 'begun-2']) {
      caches('runs').keepRun({ folder: out, key, finishedKey: 'finished' });
      await post();
    }
    expect(keys()).toEqual(['finished']);
  });

  test('is only of the kinds that are asked for', async () => {
    const caches = openCaches(['table']);
    const folder = fill('folder', 'file');
    for (const kind of ['table', 'result', 'history', 'data', 'runs'] as const) await caches(kind).save(folder, kind);
    await post();
    expect(keys()).toEqual(['table']);
    expect(await caches('table').restore(join(runner.folder, 'table'), 'table')).toBe(false);
    expect(await caches('runs').restore(folder, 'table')).toBe(false);
  });

  test('is nothing where the step left nothing', async () => {
    openCaches(['runs'])('runs').keepRun({
      folder: join(runner.folder, 'none'),
      key: 'begun',
      finishedKey: 'finished',
    });
    await post();
    vi.unstubAllEnvs();
    expect(keys()).toEqual([]);
  });
});

describe('the last result of a branch', () => {
  const results = (isPrivate = false) =>
    keptResults(openCaches(['result'])('result'), 'pr-96x96', runner.folder, isPrivate);

  function leaveResult(): string {
    const out = fill('out', 'result.json', JSON.stringify(pullRequestResult));
    fill('out', 'model.onnx', 'weights of private photos');
    fill('out', 'architecture.json', '{}');
    return out;
  }

  test.each(['main', 'feature/ü,1', 'x'.repeat(600)])('is found again on %j', async (branch) => {
    await results().keep(leaveResult(), branch, '1-1');
    await post();
    for (const key of keys()) expect(key).toMatch(/^[\w.-]{1,200}$/);
    rmSync(join(runner.folder, 'out'), { recursive: true });
    expect((await results().last(branch))!.file).toMatch(/model\.onnx$/);
    expect(await results().last(`${branch}2`)).toBeUndefined();
  });

  test('is kept as an architecture, without weights, where the data is private', async () => {
    await results(true).keep(leaveResult(), 'main', '1-1');
    await post();
    const base = await results(true).last('main');
    expect(base!.file).toMatch(/architecture\.json$/);
    expect(() => readFileSync(base!.file.replace('architecture.json', 'model.onnx'))).toThrow('ENOENT');
  });
});
