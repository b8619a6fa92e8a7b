import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publishFromWorkflowRun, type WorkflowRunOptions } from '../../src/action/workflow-run.ts';
import { UserError } from '../../src/lib/errors.ts';
import { pullRequestResult } from '../report/example.ts';
import { type GitHubServer, type StoredPull, startGitHub } from './github-server.ts';

const sha = 'c0ffee'.padEnd(40, '0');
const fork = { full_name: 'contributor/repo', owner: { login: 'contributor' } };
const run = {
  id: 99,
  event: 'pull_request',
  head_sha: sha,
  conclusion: 'success',
  head_branch: 'patch-1',
  head_repository: fork,
  html_url: 'https://github.test/owner/repo/actions/runs/99',
  pull_requests: [] as { number: number }[],
};
const pull: StoredPull = { number: 7, head: 'contributor:patch-1', sha, state: 'open', repository: 'contributor/repo' };

let github: GitHubServer;
let folder: string;
let reportFile: string;
beforeEach(async () => {
  github = await startGitHub();
  github.pulls.push(pull);
  folder = mkdtempSync(join(tmpdir(), 'proxyless-ci-'));
  reportFile = join(folder, 'report.json');
  report(pullRequestResult);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await github.close();
  expect(github.violations).toEqual([]);
});

const report = (value: unknown) => writeFileSync(reportFile, typeof value === 'string' ? value : JSON.stringify(value));

const publish = (change: Partial<typeof run> = {}, options: Partial<WorkflowRunOptions> = {}) =>
  publishFromWorkflowRun({
    event: { action: 'completed', workflow_run: { ...run, ...change }, repository: { full_name: 'owner/repo' } },
    reportFile,
    token: 'token',
    apiUrl: github.url,
    repository: 'owner/repo',
    key: 'default',
    policy: 'always',
    secondMs: 5,
    ...options,
  });

/** A warning of these words, and no comment. */
async function expectRefusal(outcome: ReturnType<typeof publish>, words: RegExp): Promise<void> {
  expect(await outcome).toEqual({ state: 'refused', warning: expect.stringMatching(words) });
  expect(github.comments).toEqual([]);
}

describe('the pull request of a run', () => {
  test("of a fork is the open one with the run's commit as its head; the comment names that commit and the run", async () => {
    github.pulls.unshift({ ...pull, number: 5, state: 'closed' }, { ...pull, number: 6, sha: 'd'.repeat(40) });
    expect(await publish()).toEqual({ state: 'created' });
    expect(github.comments).toEqual([expect.objectContaining({ issue: 7 })]);
    const [{ body } = { body: '' }] = github.comments;
    expect(body).toContain('commit c0ffee0');
    expect(body).not.toContain(pullRequestResult.commit);
    expect(body).toContain('[this run](https://github.test/owner/repo/actions/runs/99)');
  });

  test('is not what the report says it is', async () => {
    github.pulls.push({ ...pull, number: 1, head: 'owner:main', repository: 'owner/repo' });
    report({ ...pullRequestResult, pull_request: 1, pullRequest: 1, issue_number: 1, number: 1 });
    expect(await publish()).toEqual({ state: 'created' });
    expect(github.comments.map(({ issue }) => issue)).toEqual([7]);
  });

  test.each([
    ['has newer commits', [{ ...pull, sha: 'd'.repeat(40) }], {}, /no open pull request has commit c0ffee0/],
    ['is closed', [{ ...pull, state: 'closed' as const }], {}, /no open pull request/],
    [
      'is of another fork of the same owner',
      [{ ...pull, repository: 'contributor/other' }],
      {},
      /no open pull request/,
    ],
    ['cannot be told from another', [pull, { ...pull, number: 8 }], {}, /pull requests 7 and 8 have the same head/],
    ['has lost its fork', [pull], { head_repository: null as never }, /fork or branch no longer exists/],
    ['does not exist', [pull], { event: 'push' }, /started by push, not by a pull request/],
  ])('that %s gets no comment', async (_, pulls, change, words) => {
    github.pulls.splice(0, 1, ...pulls);
    await expectRefusal(publish(change), words);
  });

  test('is the one that the event names where two have the same head', async () => {
    github.pulls.unshift({ ...pull, number: 6 });
    expect(await publish({ pull_requests: [{ number: 7 }] })).toEqual({ state: 'created' });
    expect(github.comments.map(({ issue }) => issue)).toEqual([7]);
  });

  test('is not sought in an event of another kind', async () => {
    await expect(publish({}, { event: { pull_request: { number: 1 } } })).rejects.toThrow(UserError);
    await expect(publish({ html_url: 'javascript:alert(1)' })).rejects.toThrow(/html_url/);
  });
});

describe('a hostile report', () => {
  test.each([
    ['is not JSON', 'alert(1)', /not valid JSON/],
    ['is of another schema', { ...pullRequestResult, schema: 'proxyless-ci/result@99' }, /report\.json: schema: /],
    ['lacks everything', [], /expected object/],
    ['has numbers that are none', { ...pullRequestResult, threads: '2; rm -rf' }, /threads: /],
    ['is nested a hundred thousand deep', '['.repeat(100_000), /report\.json: /],
    ['hides commands in its keys', { ...pullRequestResult, architecture: { 'x\n::add-mask::': 1 } }, /^[^\n]{1,300}$/],
    [
      'is larger than any result',
      `"${'x'.repeat(1024 * 1024)}"`,
      /is not a result: it has 1048578 bytes, and a result has at most/,
    ],
  ])('that %s is refused in one line', async (_, value, words) => {
    report(value);
    await expectRefusal(publish(), words);
    expect(github.requests).toEqual([]);
  });

  test('that is a link to a file of this machine or a folder is refused', async () => {
    const link = join(folder, 'link.json');
    symlinkSync(reportFile, link);
    await expectRefusal(publish({}, { reportFile: link }), /symbolic link/);
    await expectRefusal(publish({}, { reportFile: folder }), /not a file/);
  });

  test('brings none of its markup into the comment, and no marker of another', async () => {
    const attack = '<img src=x> [x](https://evil.test) @everyone <!-- proxyless-ci:other -->\n\n# owned';
    report({ ...pullRequestResult, reason: attack, recipe: attack, commit: attack });
    expect(await publish()).toEqual({ state: 'created' });
    const [{ body } = { body: '' }] = github.comments;
    expect(body).not.toMatch(/<img|\]\(https:\/\/evil|@everyone|^# owned|proxyless-ci:other -->/m);
  });
});

test('a measuring job that died leaves a comment, and the job that comments is not red', async () => {
  const lost = { reportFile: join(folder, 'none.json') };
  expect(await publish({ conclusion: 'failure' }, { ...lost, policy: 'on-fail' })).toEqual({ state: 'created' });
  const [{ body } = { body: '' }] = github.comments;
  expect(body).toContain('**No result.** The job that measures left none; it ended with: failure.');
  expect(body).toContain('[this run](https://github.test/owner/repo/actions/runs/99)');
  expect(await publish()).toEqual({ state: 'updated' });
  expect(github.comments.map((comment) => comment.body.includes('No result'))).toEqual([false]);
});

test('policies hold here too: on-fail leaves a run that passed without a comment', async () => {
  expect(await publish({}, { policy: 'on-fail' })).toEqual({ state: 'skipped' });
  report({ ...pullRequestResult, verdict: 'regression' });
  expect(await publish({}, { policy: 'on-fail' })).toEqual({ state: 'created' });
});

test('a list of pull requests that is refused is a warning', async () => {
  github.faults.push({ on: 'GET pulls', how: 'answer', status: 403, body: { message: 'Resource not accessible' } });
  await expectRefusal(publish(), /find the pull request of workflow run 99.*403.*pull-requests: write/);
});

test('the privileged half loads no native package', async () => {
  const { metafile } = await build({
    entryPoints: ['src/action/workflow-run.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const packages = imported.filter((path) => !path.startsWith('node:'));
  expect(packages).toContain('zod');
  expect(packages.filter((path) => /onnxruntime|sharp|systeminformation/.test(path))).toEqual([]);
});
