import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCache } from '../../src/action/cache.ts';
import { addToHistory, type HistoryPlace, readHistory } from '../../src/action/history-branch.ts';
import { followTrend } from '../../src/action/trend.ts';
import { type Result, resultSchema } from '../../src/contracts/result.ts';
import { pullRequestResult } from '../report/example.ts';
import { type GitHubServer, startGitHub } from './github-server.ts';
import { useRunner } from './runner.ts';

const runner = useRunner();
let github: GitHubServer;
let place: HistoryPlace;
beforeEach(async () => {
  github = await startGitHub();
  place = {
    token: 'token',
    apiUrl: github.url,
    repository: 'owner/repo',
    branch: 'gh-pages',
    folder: 'perf',
    secondMs: 1,
  };
});
afterEach(async () => {
  await github.close();
  expect(github.violations).toEqual([]);
});

const subject = { id: 'a', title: 'models/a.onnx, 160 x 160, main' };
const entry = (commit: string) => ({
  commit,
  createdAt: '2026-01-02T03:04:05Z',
  hardware: 'zen5',
  latencyP50Ms: 5,
  latencyP50IntervalMs: [4.9, 5.1] as [number, number],
});
const files = () => github.branches.get('gh-pages')!;
const commits = async () => (await readHistory(place, subject)).map(({ commit }) => commit);

describe('the history on a branch', () => {
  test('begins with the branch itself, and has the page that draws it', async () => {
    expect(await commits()).toEqual([]);
    await addToHistory(place, subject, entry('one'));
    await addToHistory(place, subject, entry('two'));
    await addToHistory(place, { ...subject, id: 'b' }, entry('other'));
    await addToHistory(place, subject, entry('two'));
    expect(await commits()).toEqual(['one', 'two']);
    expect([...files().keys()]).toEqual(['perf/history.json', 'perf/index.html']);
    const page = files().get('perf/index.html')!;
    expect(page).toContain('fetch("history.json")');
    // One file: nothing is fetched from elsewhere (test/page/history.test.ts opens it).
    expect(page).toContain("connect-src 'self'");
    expect(page).not.toMatch(/(?:src|href)="|import\(/);
  });

  test('goes on where its file is too large for the contents API', async () => {
    await addToHistory(place, subject, entry('one'));
    const entries = Array.from({ length: 4999 }, (_, i) => ({
      ...entry(`${i}`.padEnd(40, '-')),
      accepted: 'x'.repeat(99),
    }));
    const text = JSON.stringify({ schema: 'proxyless-ci/histories@1', subjects: { a: { title: 'a', entries } } });
    expect(text.length).toBeGreaterThan(2 ** 20);
    files().set('perf/history.json', text);
    await addToHistory(place, subject, entry('two'));
    expect((await commits()).at(-1)).toBe('two');
    expect(await commits()).toHaveLength(5000);
  });

  test('takes in what another run wrote meanwhile', async () => {
    await addToHistory(place, subject, entry('one'));
    github.faults.push({
      on: 'PUT contents',
      how: 'answer',
      status: 409,
      times: 1,
      body: { message: 'does not match' },
    });
    await Promise.all(['two', 'three', 'four'].map((commit) => addToHistory(place, subject, entry(commit))));
    expect((await commits()).sort()).toEqual(['four', 'one', 'three', 'two']);
  });

  test('is written by pushes to the default branch alone, with what was accepted, and read by pull requests', async () => {
    const result = (commit: string): Result => resultSchema.parse({ ...pullRequestResult, commit });
    const follow = (commit: string, event: object, accepted?: string) =>
      followTrend(result(commit), {
        work: { mode: 'gate', models: ['model.onnx'] },
        model: 'model.onnx',
        accepted,
        event: { name: 'push', ...event },
        inputs: { commentKey: 'key' },
        place,
        cache: openCache(false),
        temporary: runner.folder,
        runId: '1-1',
      });
    await follow('one', { branch: 'main', defaultBranch: 'main' }, 'label x');
    await follow('two', { branch: 'feature', defaultBranch: 'main' });
    const base = { sha: 'b'.repeat(40), branch: 'main' };
    const seen = await follow('three', { name: 'pull_request', base, defaultBranch: 'main' });
    expect(seen!.entries.map(({ commit, accepted }) => [commit, accepted])).toEqual([['one', 'label x']]);
    expect(JSON.parse(files().get('perf/history.json')!).subjects).toMatchObject({
      [Object.keys(JSON.parse(files().get('perf/history.json')!).subjects)[0]!]: { entries: [{ commit: 'one' }] },
    });
  });

  test('that may not be written is a notice that names the permission', async () => {
    github.faults.push({
      on: 'GET contents',
      how: 'answer',
      status: 403,
      body: { message: 'Resource not accessible' },
    });
    await followTrend(resultSchema.parse({ ...pullRequestResult, commit: 'one' }), {
      work: { mode: 'gate', models: ['m.onnx'] },
      event: { name: 'push', branch: 'main', defaultBranch: 'main' },
      inputs: { commentKey: 'key' },
      place,
      cache: openCache(false),
      temporary: runner.folder,
      runId: '1-1',
    });
    expect(runner.log).toMatch(/^::notice::trend: could not keep the history .*contents: write/m);
  });
});
