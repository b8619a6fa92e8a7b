import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acknowledgement } from '../../src/action/acknowledge.ts';
import type { Event } from '../../src/action/events.ts';
import { openGit } from '../../src/action/git.ts';
import { type GitHubServer, startGitHub } from './github-server.ts';

const label = 'proxyless-ci-accepted';
let folder: string;
let github: GitHubServer;
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder, stdio: 'pipe' })
    .toString()
    .trim();
const commit = (message: string): string => {
  git('commit', '-q', '--allow-empty', '-m', message);
  return git('rev-parse', 'HEAD');
};
beforeEach(async () => {
  github = await startGitHub();
  folder = mkdtempSync(join(tmpdir(), 'accept-'));
  git('init', '-q', '-b', 'main');
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await github.close();
  expect(github.violations).toEqual([]);
});

async function accepted(event: Partial<Event>, token = 'token') {
  const api = token ? { token, apiUrl: github.url, repository: 'owner/repo', secondMs: 1 } : undefined;
  return acknowledgement({
    git: await openGit(folder, join(folder, 'home')),
    event: { name: 'push', ...event },
    label,
    api,
  });
}
const pull = (head: string, labels: string[] = [], fromFork = false): Partial<Event> => ({
  name: 'pull_request',
  head,
  pullRequest: { number: 7, head, labels, fromFork },
});

describe('an intended regression is accepted', () => {
  test('by the label that the pull request has now, when the run is run again too', async () => {
    const head = commit('one');
    expect(await accepted(pull(head))).toBeUndefined();
    github.labels.push(label);
    expect(await accepted(pull(head))).toBe(`label ${label}`);
    github.labels.length = 0;
    expect(await accepted(pull(head, [label]))).toBeUndefined();
  });

  test("by the event's label where there is no token", async () => {
    expect(await accepted(pull(commit('one'), [label]), '')).toBe(`label ${label}`);
  });

  test('by the label of the pull request that a push merged', async () => {
    github.labels.push(label);
    expect(await accepted({ head: commit('one'), branch: 'main' })).toBe(`label ${label}`);
  });

  test('in a merge queue by the label of the queued pull request, and by a trailer where that is not of a fork', async () => {
    const base = { sha: commit('zero'), branch: 'main' };
    const head = commit('one\n\nProxyless-CI-Accept: worth it');
    const queue = { name: 'merge_group', head, base, queued: 7 };
    const pull = { number: 7, head: 'someone:feature', sha: 'a'.repeat(40), state: 'open' as const };
    github.pulls.push({ ...pull, repository: 'stranger/repo' });
    expect(await accepted(queue)).toBeUndefined();
    github.labels.push(label);
    expect(await accepted(queue)).toBe(`label ${label}`);
    github.labels.length = 0;
    github.pulls.splice(0, 1, { ...pull, repository: 'owner/repo' });
    expect(await accepted(queue)).toBe('trailer Proxyless-CI-Accept: worth it');
    // Without a token nobody says whose it is.
    expect(await accepted(queue, '')).toBeUndefined();
  });

  test('by a trailer of any commit since the base, in its words, but not of a fork', async () => {
    const base = { sha: commit('zero\n\nProxyless-CI-Accept: old'), branch: 'main' };
    const head = commit('one');
    expect(await accepted({ ...pull(head), base })).toBeUndefined();
    commit('two\n\nProxyless-CI-Accept: the decoder is worth it');
    const last = commit('three');
    expect(await accepted({ ...pull(last), base })).toBe('trailer Proxyless-CI-Accept: the decoder is worth it');
    expect(await accepted({ ...pull(last, [], true), base })).toBeUndefined();
    expect(await accepted({ head: last, branch: 'main', base })).toContain('worth it');
  });
});
