import { describe, expect, test as plainTest } from 'vitest';
import { type CommentOutcome, type PublishOptions, publishComment } from '../../src/action/github/comment.ts';
import { commentMarkdown } from '../../src/report/comment.ts';
import { pullRequestResult } from '../report/example.ts';
import { type GitHubServer, startGitHub } from './github-server.ts';

const token = 'ghs_notARealTokenButLooksLikeOne1234567890';
const key = 'default';
const body = commentMarkdown(pullRequestResult, { key });
const marked = (text: string) => `<!-- proxyless-ci:default -->\n${text}`;

/** Each test has a server of its own, and they wait at the same time. */
const test = plainTest.extend<{ github: GitHubServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from its pattern
  github: async ({}, use) => {
    const server = await startGitHub();
    await use(server);
    await server.close();
    expect(server.violations).toEqual([]);
  },
});

const publish = (github: GitHubServer, change: Partial<PublishOptions> = {}): Promise<CommentOutcome> =>
  publishComment({
    token,
    apiUrl: github.url,
    repository: 'owner/repo',
    pullRequest: 7,
    body,
    key,
    policy: 'always',
    failed: false,
    secondMs: 5,
    timeoutMs: 2000,
    ...change,
  });

/** A comment that is there before. */
function stored(github: GitHubServer, id: number, login: string, text: string) {
  const comment = { id, issue: 7, login, body: text };
  github.comments.push(comment);
  return comment;
}

const bodies = (github: GitHubServer) => github.comments.map((comment) => comment.body);
const count = (github: GitHubServer, request: RegExp) => github.requests.filter((line) => request.test(line)).length;

describe.concurrent('one sticky comment', () => {
  test('is created where there is none, then left alone, then updated in place', async ({ github }) => {
    stored(github, 1, 'someone', 'Looks good');
    expect(await publish(github)).toEqual({ state: 'created' });
    expect(await publish(github)).toEqual({ state: 'unchanged' });
    expect(await publish(github, { body: marked('new') })).toEqual({ state: 'updated' });
    expect(bodies(github)).toEqual(['Looks good', marked('new')]);
  });

  test('of a newer run stays when an old run is run again, unless it is of the same commit', async ({ github }) => {
    const of = (id: number, head: string) =>
      commentMarkdown(pullRequestResult, { key, run: { id, head: head.repeat(40) } });
    expect(await publish(github, { body: of(11, 'b') })).toEqual({ state: 'created' });
    expect(await publish(github, { body: of(10, 'a') })).toEqual({ state: 'superseded' });
    expect(bodies(github)).toEqual([of(11, 'b')]);
    expect(await publish(github, { body: of(10, 'b') })).toEqual({ state: 'updated' });
    expect(await publish(github, { body: of(12, 'c') })).toEqual({ state: 'updated' });
  });

  test('is found on the third page of comments', async ({ github }) => {
    for (let id = 1; id <= 250; id++) stored(github, id, 'someone', `comment ${id}`);
    stored(github, 251, 'github-actions[bot]', marked('old'));
    expect(await publish(github)).toEqual({ state: 'updated' });
    expect(github.comments).toHaveLength(251);
    expect(count(github, /^GET .*comments\?.*per_page=100/)).toBe(3);
  });

  test.for([
    ['github-actions[bot]', 'somebody'],
    ['my-app[bot]', 'github-actions[bot]'],
    ['octocat', 'octocat2'],
  ] as const)(
    'with the token of %s, leaves a comment of %s with the same marker alone',
    async ([login, other], { github }) => {
      github.login = login;
      stored(github, 1, other, marked('forged'));
      stored(github, 2, login, `> <!-- proxyless-ci:default -->\nquoted`);
      stored(github, 3, login, '<!-- proxyless-ci:other-key -->\nanother job');
      const mine = stored(github, 4, login, marked('old'));
      expect(await publish(github)).toEqual({ state: 'updated' });
      expect(mine.body).toBe(body);
      expect(bodies(github).slice(0, 3)).toEqual([
        marked('forged'),
        expect.stringContaining('quoted'),
        expect.stringContaining('another job'),
      ]);
    },
  );

  test('two runs at once leave a single comment', async ({ github }) => {
    github.barrier = { on: 'GET comments', count: 2 };
    const texts = [marked('one'), marked('two')];
    const outcomes = await Promise.all(texts.map((text) => publish(github, { body: text })));
    expect(outcomes.map(({ state }) => state).sort()).toEqual(['created', 'updated']);
    expect(count(github, /^POST .*comments$/)).toBe(2);
    expect(github.comments).toHaveLength(1);
    expect(texts).toContain(github.comments[0]!.body);
  });

  test('duplicates of previous runs are removed, the oldest stays', async ({ github }) => {
    for (const id of [5, 3, 4]) stored(github, id, 'github-actions[bot]', marked(`copy ${id}`));
    expect(await publish(github)).toEqual({ state: 'updated' });
    expect(github.comments).toEqual([expect.objectContaining({ id: 3, body })]);
  });
});

describe.concurrent('policies', () => {
  test('never makes no call at all', async ({ github }) => {
    expect(await publish(github, { policy: 'never' })).toEqual({ state: 'skipped' });
    expect(github.requests).toEqual([]);
  });

  test('on-change ignores new latencies and commits but not a new verdict', async ({ github }) => {
    stored(github, 1, 'github-actions[bot]', body);
    const networks = pullRequestResult.networks.map((network) => ({ ...network, latencyP50Ms: 2.5 }));
    const again = commentMarkdown({ ...pullRequestResult, networks, commit: 'abc' }, { key });
    expect(again).not.toBe(body);
    expect(await publish(github, { policy: 'on-change', body: again })).toEqual({ state: 'unchanged' });
    const worse = commentMarkdown({ ...pullRequestResult, verdict: 'regression' }, { key });
    expect(await publish(github, { policy: 'on-change', body: worse, failed: true })).toEqual({ state: 'updated' });
  });

  test('on-fail comments only on a failure, and takes it back once it is mended', async ({ github }) => {
    expect(await publish(github, { policy: 'on-fail' })).toEqual({ state: 'skipped' });
    expect(await publish(github, { policy: 'on-fail', failed: true, body: marked('failed') })).toEqual({
      state: 'created',
    });
    expect(await publish(github, { policy: 'on-fail' })).toEqual({ state: 'updated' });
    expect(bodies(github)).toEqual([body]);
  });
});

describe.concurrent('an API that fails', () => {
  const forbidden = { message: 'Resource not accessible by integration', documentation_url: 'https://docs.github.com' };

  test.for([
    ['GET comments', 404, { message: 'Not Found' }],
    ['POST comments', 403, forbidden],
    ['POST comments', 404, { message: 'Not Found' }],
  ] as const)(
    '%s answered %i becomes a warning that names the permission',
    async ([on, status, answer], { github }) => {
      github.faults.push({ on, how: 'answer', status, body: answer });
      expect(await publish(github)).toEqual({
        state: 'refused',
        warning: expect.stringMatching(
          new RegExp(`pull request 7 of owner/repo.*${status}.*pull-requests: write.*forks`),
        ),
      });
      expect(count(github, /./)).toBeLessThanOrEqual(2);
    },
  );

  test('a token that is refused is called that', async ({ github }) => {
    github.faults.push({ on: 'GET comments', how: 'answer', status: 401, body: { message: 'Bad credentials' } });
    expect(await publish(github)).toEqual({
      state: 'refused',
      warning: expect.stringContaining('wrong or has expired'),
    });
  });

  test('a comment that is too long for the server is shortened to what it takes, between blocks', async ({
    github,
  }) => {
    github.maxBody = 3000;
    expect(await publish(github)).toEqual({ state: 'created' });
    const [short] = bodies(github);
    expect(short!.length).toBeLessThanOrEqual(3000);
    expect(short).toMatch(
      /^<!-- proxyless-ci:default -->[\s\S]*\*\*Pass\.\*\*[\s\S]*_Shortened: the server does not accept a longer comment\._\n$/,
    );
    expect(short!.match(/<details>/g)?.length).toBe(short!.match(/<\/details>/g)?.length);
    expect(short!.match(/^```/gm)!.length % 2).toBe(0);
  });

  test.for([429, 403])('a rate limit (%i) is waited for as long as the answer says', async (status, { github }) => {
    const limit = {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    };
    const headers = { 'retry-after': '60' };
    github.faults.push({ on: 'POST comments', how: 'answer', status, body: limit, headers, times: 2 });
    const before = performance.now();
    expect(await publish(github, { secondMs: 2 })).toEqual({ state: 'created' });
    expect(performance.now() - before).toBeGreaterThanOrEqual(2 * 60 * 2);
    expect(count(github, /^POST .*comments$/)).toBe(3);
  });

  test('a rate limit that lasts an hour is not waited for', async ({ github }) => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600) };
    const limit = { message: 'API rate limit exceeded for installation ID 1.' };
    github.faults.push({ on: 'GET comments', how: 'answer', status: 403, body: limit, headers });
    const outcome = await publish(github);
    expect(outcome).toEqual({ state: 'refused', warning: expect.stringContaining('rate limit was still exceeded') });
    expect(count(github, /./)).toBe(1);
  });

  test.for([
    ['answers 502 twice', { how: 'answer', status: 502, body: '<html>Bad gateway</html>' }],
    ['breaks the connection', { how: 'break' }],
    ['breaks off within the answer', { how: 'cut' }],
    ['does not answer in time', { how: 'hang' }],
  ] as const)('a server that %s is asked again', async ([, fault], { github }) => {
    stored(github, 1, 'github-actions[bot]', marked('old'));
    for (const on of ['GET comments', 'POST graphql', 'PATCH comments']) github.faults.push({ ...fault, on, times: 2 });
    // On a busy machine a sound answer may take longer than that too, and is then asked for again.
    const timeout = fault.how === 'hang' ? { timeoutMs: 150 } : {};
    expect(await publish(github, timeout)).toEqual({ state: 'updated' });
    expect(bodies(github)).toEqual([body]);
    expect(count(github, /./)).toBeGreaterThanOrEqual(9);
    if (fault.how !== 'hang') expect(count(github, /./)).toBe(9);
  });

  test('a comment that was created although its answer was lost is not created twice', async ({ github }) => {
    github.faults.push({ on: 'POST comments', how: 'break', after: true, times: 1 });
    expect(await publish(github)).toEqual({ state: 'updated' });
    expect(github.comments).toHaveLength(1);
  });

  test.for([
    ['answers 500 for good', { how: 'answer', status: 500 }],
    ['is not there', undefined],
  ] as const)('a server that %s is a warning', async ([, fault], { github }) => {
    if (fault) github.faults.push({ ...fault, on: 'GET comments' });
    else await github.close();
    expect(await publish(github)).toEqual({
      state: 'refused',
      warning: expect.stringContaining('a retry did not help; the report is in the job summary'),
    });
  });

  test('an answer that is no list of comments is a warning', async ({ github }) => {
    github.faults.push({ on: 'GET comments', how: 'answer', status: 200, body: '<html>Log in to the proxy</html>' });
    expect(await publish(github)).toEqual({ state: 'refused', warning: expect.stringContaining('proxy') });
  });

  test('the token is sent, and is in no warning even where the server repeats it', async ({ github }) => {
    const echo = { message: `Bad credentials: token ${token}` };
    for (const status of [400, 401, 403, 422, 500]) {
      github.faults.splice(0, 1, { on: 'GET comments', how: 'answer', status, body: echo });
      const outcome = await publish(github);
      expect(JSON.stringify(outcome)).toContain(String(status));
      expect(JSON.stringify(outcome)).not.toContain(token);
    }
    expect([...github.tokens]).toEqual([`token ${token}`]);
  });
});
