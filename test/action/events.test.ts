import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseWork, loadEvent } from '../../src/action/events.ts';
import { type Inputs, loadInputs } from '../../src/action/inputs.ts';
import { pullRequestPayload } from './payloads.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'events-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const inputs = (given: Record<string, string>): Promise<Inputs> => loadInputs((name) => given[name] ?? '', folder);

function event(name: string, payload: unknown, environment: Record<string, string> = {}) {
  const path = join(folder, 'event.json');
  writeFileSync(path, JSON.stringify(payload));
  return loadEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, ...environment });
}

const before = 'c'.repeat(40);

describe('events', () => {
  test("a pull request's is its number, base and labels, and the commit of its head, not of GitHub's merge", async () => {
    expect(await event('pull_request', pullRequestPayload(), { GITHUB_SHA: 'e'.repeat(40) })).toEqual({
      name: 'pull_request',
      pullRequest: { number: 7, head: 'a'.repeat(40), labels: ['wip'], fromFork: false },
      base: { sha: 'b'.repeat(40), branch: 'main' },
      head: 'a'.repeat(40),
      defaultBranch: 'main',
    });
  });

  test.each([
    ['of another repository', { full_name: 'stranger/repo' }],
    ['of a fork that was deleted since', null],
  ])("a pull request %s is a fork's", async (_, repo) => {
    const { pullRequest } = await event('pull_request', pullRequestPayload({}, { repo }));
    expect(pullRequest).toMatchObject({ number: 7, fromFork: true });
  });

  test('a push has what stood there before as its base, unless the branch is new', async () => {
    const branch = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: 'e'.repeat(40) };
    const pushed = await event('push', { before }, branch);
    expect(pushed).toEqual({
      name: 'push',
      base: { sha: before, branch: 'main' },
      branch: 'main',
      head: 'e'.repeat(40),
    });
    expect((await event('push', { before, forced: true }, branch)).base).toMatchObject({ forced: true });
    expect((await event('push', { before: '0'.repeat(40) }, branch)).base).toBeUndefined();
    expect(await event('push', { before }, { GITHUB_REF: 'refs/tags/v1' })).toEqual({ name: 'push' });
  });

  test('a merge queue has the tip it would be merged onto as its base', async () => {
    const head_ref = `refs/heads/gh-readonly-queue/main/pr-7-${before}`;
    const group = { base_sha: before, base_ref: 'refs/heads/main', head_sha: 'f'.repeat(40), head_ref };
    const queued = await event('merge_group', { merge_group: group });
    expect(queued).toMatchObject({ base: { sha: before, branch: 'main' }, head: 'f'.repeat(40), queued: 7 });
  });

  test.each([
    ['pull_request_target', 'its token may write'],
    ['issue_comment', 'docs/workflows/on-comment.yml'],
    ['pull_requests', 'did you mean pull_request?'],
    ['release', 'it runs on pull_request, merge_group, push, schedule, workflow_dispatch, repository_dispatch'],
  ])('%s is refused, with what to use instead', async (name, instead) => {
    await expect(event(name, pullRequestPayload())).rejects.toThrow(`the Action does not run on ${name}: `);
    await expect(event(name, pullRequestPayload())).rejects.toThrow(instead);
  });

  test('one that lacks what it should hold is told', async () => {
    await expect(event('pull_request', {})).rejects.toThrow('event pull_request without a pull_request');
    await expect(event('pull_request', { pull_request: { number: 'x' } })).rejects.toThrow('pull_request.number');
    await expect(loadEvent({})).rejects.toThrow('runs in a workflow only');
    await expect(loadEvent({ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: join(folder, 'no') })).rejects.toThrow(
      'no such file',
    );
  });
});

const photos = [{ folder: 'photos', weight: 1 }];

describe('mode auto', () => {
  const work = async (name: string, given: Record<string, string>) => chooseWork(await inputs(given), { name });

  test.each([
    ['pull_request', {}, { mode: 'search', recipe: 'pr', data: photos }],
    ['merge_group', {}, { mode: 'search', recipe: 'pr', data: photos }],
    ['pull_request', { model: 'a.onnx' }, { mode: 'gate', models: ['a.onnx'], data: photos }],
    ['schedule', {}, { mode: 'search', recipe: 'nightly', data: photos }],
    ['workflow_dispatch', {}, { mode: 'search', recipe: 'nightly', data: photos }],
    ['workflow_dispatch', { recipe: 'quickstart' }, { mode: 'search', recipe: 'quickstart', data: photos }],
    ['workflow_dispatch', { mode: 'table' }, { mode: 'table', recipe: 'nightly' }],
    ['push', {}, { mode: 'search', recipe: 'pr', data: photos }],
    ['push', { mode: 'table' }, { mode: 'table', recipe: 'pr' }],
  ])('on %s with %j: %j', async (name, given, expected) => {
    expect(await work(name, { data: 'photos', ...given })).toEqual(expected);
  });

  test('models whose results would lie in one folder are told', async () => {
    await expect(work('push', { model: 'a/b.onnx\na_b.onnx' })).rejects.toThrow(
      'input: model: the results of a/b.onnx and a_b.onnx would lie in one folder, a_b.onnx; rename one',
    );
  });

  test('a search without data is told, a table needs none', async () => {
    await expect(work('schedule', {})).rejects.toThrow('input: data: on schedule, mode auto searches');
    expect(await work('push', {})).toEqual({ mode: 'table', recipe: 'pr' });
  });
});
