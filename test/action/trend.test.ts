import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCache } from '../../src/action/cache.ts';
import type { Event } from '../../src/action/events.ts';
import { followTrend, type TrendContext } from '../../src/action/trend.ts';
import { type Result, resultSchema } from '../../src/contracts/result.ts';
import { pullRequestResult } from '../report/example.ts';
import { useRunner } from './runner.ts';

const runner = useRunner();

const base = { sha: 'b'.repeat(40), branch: 'main' };
const push: Event = { name: 'push', base, branch: 'main' };
const pull: Event = {
  name: 'pull_request',
  base,
  pullRequest: { number: 7, head: 'a'.repeat(40), labels: [], fromFork: false },
};
const gate: TrendContext['work'] = { mode: 'gate', models: ['model.onnx'] };
const resultOf = (commit: string, change: Partial<Result> = {}): Result =>
  resultSchema.parse({ ...pullRequestResult, commit, ...change });

/** Where the history is put together. */
const historyFolder = (): string =>
  join(runner.folder, readdirSync(runner.folder).find((name) => name.startsWith('proxyless-ci-history-'))!);

let run = 0;
const follow = (result: Result, event: Event, change: Partial<TrendContext> = {}) =>
  followTrend(result, {
    work: gate,
    event,
    model: 'model.onnx',
    inputs: { commentKey: 'key' },
    cache: openCache(true),
    temporary: runner.folder,
    runId: `${++run}-1`,
    ...change,
  });
const commits = async (event: Event, change: Partial<TrendContext> = {}) =>
  (await follow(resultOf('head'), event, change))?.entries.map(({ commit }) => commit);

describe('the history of a branch', () => {
  test('grows by pushes and schedules, and is read and never written by pull requests', async () => {
    expect(await commits(pull)).toBeUndefined();
    await follow(resultOf('one'), push);
    await follow(resultOf('two'), { ...push, name: 'schedule' });
    const { size } = runner.service.entries;
    expect(size).toBe(2);
    for (const event of [
      pull,
      { ...pull, name: 'pull_request_target' },
      { name: 'merge_group', base },
      { name: 'workflow_dispatch', branch: 'main' },
      { name: 'issue_comment', branch: 'main' },
    ])
      expect(await commits(event)).toEqual(['one', 'two']);
    expect(runner.service.entries.size).toBe(size);
    expect(runner.log).not.toMatch(/^::(warning|notice)/m);
  });

  test('is of one branch, one model or recipe, one input size and one use of the Action', async () => {
    await follow(resultOf('one'), push);
    expect(await commits({ ...pull, base: { ...base, branch: 'main-2' } })).toBeUndefined();
    expect(await commits(pull, { model: 'other.onnx' })).toBeUndefined();
    expect(
      await commits(pull, { work: { mode: 'search', recipe: 'pr', data: [{ folder: 'data', weight: 1 }] } }),
    ).toBeUndefined();
    expect(await commits(pull, { inputs: { commentKey: 'other' } })).toBeUndefined();
    const larger = resultOf('head', { input: { height: 320, width: 320 } });
    expect(await follow(larger, pull)).toBeUndefined();
    expect(await commits(pull)).toEqual(['one']);
  });

  test('stays at a hundred entries, the newest', async () => {
    await follow(resultOf('one'), push);
    const history = historyFolder();
    const [key = ''] = runner.service.entries.keys();
    const { entries } = JSON.parse(readFileSync(join(history, 'history.json'), 'utf8'));
    const many = Array.from({ length: 100 }, (_, i) => ({ ...entries[0], commit: `commit${i}` }));
    writeFileSync(join(history, 'history.json'), JSON.stringify({ schema: 'proxyless-ci/history@1', entries: many }));
    await openCache(true).save(history, `${key}-more`);
    const found = await commits(push);
    expect(found).toHaveLength(100);
    expect(found!.slice(-2)).toEqual(['commit99', 'head']);
  });
});

describe('what is wrong with the history costs the history alone', () => {
  const keep = async (text: string): Promise<void> => {
    await follow(resultOf('one'), push);
    const history = historyFolder();
    writeFileSync(join(history, 'history.json'), text);
    const [key = ''] = runner.service.entries.keys();
    await openCache(true).save(history, `${key}-damaged`);
  };

  test.each([
    ['no JSON', '{"schema": "proxyless-ci/hist'],
    ['another version', '{"schema": "proxyless-ci/history@2", "entries": []}'],
    [
      'latencies that are none',
      '{"schema": "proxyless-ci/history@1", "entries": [{"commit": "a", "latencyP50Ms": -1}]}',
    ],
  ])('%s: a notice, and a push starts the history again', async (_, text) => {
    await keep(text);
    expect(await commits(pull)).toBeUndefined();
    expect(runner.log).toMatch(/^::notice::trend: the history starts again/m);
    expect(await commits(push)).toEqual(['head']);
    expect(await commits(pull)).toEqual(['head']);
  });

  test('a damaged archive', async () => {
    await follow(resultOf('one'), push);
    for (const [key, archive] of runner.service.entries)
      runner.service.entries.set(key, archive.subarray(0, archive.length / 2));
    expect(await commits(push)).toEqual(['head']);
  });

  test('a cache service that refuses', async () => {
    runner.service.fail(403);
    expect(await commits(push)).toEqual(['head']);
    expect(await commits(pull)).toBeUndefined();
  });

  test('no cache', async () => {
    expect(await commits(pull, { cache: openCache(false) })).toBeUndefined();
  });

  test('a disk that does not take it', async () => {
    await follow(resultOf('one'), push);
    const file = join(historyFolder(), 'history.json');
    rmSync(file);
    mkdirSync(file);
    expect(await commits(push, { cache: openCache(false) })).toEqual(['head']);
    expect(runner.log).toMatch(/^::notice::trend: the history was not kept/m);
  });
});
