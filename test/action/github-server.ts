// A real HTTP server that speaks the part of GitHub's API that the Action uses, keeps comments, and fails in the ways that it is told to.
// Every request and every answer is checked against GitHub's own description; what breaks it is kept in `violations`.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, answerProblems, type Call, findCall, requestProblems } from './github-api.ts';

export interface StoredComment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
}

export interface StoredPull {
  readonly number: number;
  /** `owner:branch`. */
  readonly head: string;
  readonly sha: string;
  readonly state: 'open' | 'closed';
  /** `owner/name`; a deleted fork has none. */
  readonly repository: string | null;
}

/** What happens to requests instead of what should. */
export interface Fault {
  /** `POST comments`, `GET pulls`: method and last word of the path. */
  readonly on: string;
  /** How many requests; default all. */
  times?: number;
  /** `hang`: no answer; `break`: the connection ends; `cut`: it ends within the answer. */
  readonly how: 'hang' | 'break' | 'cut' | 'answer';
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
  /** The request is carried out all the same. */
  readonly after?: boolean;
}

export interface GitHubServer {
  readonly url: string;
  /** Whose token the requests come with: `github-actions[bot]` unless set. */
  login: string;
  readonly comments: StoredComment[];
  readonly pulls: StoredPull[];
  /** Labels of every pull request. */
  labels: string[];
  readonly checks: Record<string, unknown>[];
  /** By branch, then by path. */
  readonly branches: Map<string, Map<string, string>>;
  readonly faults: Fault[];
  /** `GET /repos/o/r/pulls?state=open`. */
  readonly requests: string[];
  readonly tokens: Set<string>;
  readonly violations: string[];
  /** Longest body that is taken. */
  maxBody: number;
  /** Requests of this kind wait until this many have come. */
  barrier: { readonly on: string; readonly count: number } | undefined;
  close(): Promise<void>;
}

/** Starts the server on a free port. `repository` is `owner/name`, the only one that it has. */
export async function startGitHub(repository = 'owner/repo'): Promise<GitHubServer> {
  const waiting: (() => void)[] = [];
  const pending = new Map<string, Map<string, string>>();
  let nextId = 1000;

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      state.violations.push(`the test server failed: ${error instanceof Error ? error.stack : error}`);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const state: GitHubServer = {
    url,
    login: 'github-actions[bot]',
    comments: [],
    pulls: [],
    labels: [],
    checks: [],
    branches: new Map(),
    faults: [],
    requests: [],
    tokens: new Set(),
    violations: [],
    maxBody: 65_536,
    barrier: undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const text = await readBody(request);
    state.requests.push(`${method} ${request.url}`);
    state.tokens.add(headers.authorization ?? '');
    const body = text === '' ? undefined : (JSON.parse(text) as unknown);
    const on = `${method} ${pathname.split('/').findLast((word) => /^[a-z]+$/.test(word))}`;

    if (state.barrier?.on === on) await untilAll(state.barrier.count);
    const fault = state.faults.find((candidate) => candidate.on === on && (candidate.times ?? 1) > 0);
    if (fault?.times !== undefined) fault.times--;
    if (fault && !fault.after) return fail(response, fault);

    if (pathname === '/graphql') return send(response, graphql(body));
    const call = findCall(method, pathname);
    if (!call) {
      state.violations.push(`${method} ${pathname}: not in the description`);
      return send(response, { status: 404, body: { message: 'Not Found' } });
    }
    const problems = requestProblems(call, searchParams, body);
    const reply = carryOut(call, request.url ?? '', body as { body?: string } | undefined);
    problems.push(...answerProblems(call, reply.status, reply.body));
    state.violations.push(...problems.map((problem) => `${call.name}: ${problem}`));
    if (fault) return fail(response, fault);
    return send(response, reply);
  }

  function untilAll(count: number): Promise<void> {
    return new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length < count) return;
      state.barrier = undefined;
      for (const go of waiting.splice(0)) go();
    });
  }

  function graphql(body: unknown): Reply {
    const { query } = body as { query: string };
    if (query !== 'query { viewer { login } }') state.violations.push(`POST /graphql: unknown query ${query}`);
    return { status: 200, body: { data: { viewer: { login: state.login } } } };
  }

  function carryOut({ name, path }: Call, target: string, body: { body?: string } | undefined): Reply {
    if (`${path.owner}/${path.repo}` !== repository) return { status: 404, body: { message: 'Not Found' } };
    const [method, template] = name.split(' ');
    const { searchParams } = new URL(target, url);
    const other = carryOutOther(name, path, searchParams, body as never);
    if (other) return other;
    if (template!.endsWith('/pulls')) return page(pullsOf(searchParams), target);
    if (method === 'GET') {
      const own = state.comments.filter(({ issue }) => issue === Number(path.issue_number));
      return page(own.map(commentJson), target);
    }
    if (body?.body !== undefined && body.body.length > state.maxBody) return tooLong(state.maxBody);
    if (method === 'POST') {
      const comment = { id: nextId++, issue: Number(path.issue_number), login: state.login, body: body!.body! };
      state.comments.push(comment);
      return { status: 201, body: commentJson(comment) };
    }
    const at = state.comments.findIndex(({ id }) => id === Number(path.comment_id));
    if (at < 0) return { status: 404, body: { message: 'Not Found' } };
    if (method === 'DELETE') {
      state.comments.splice(at, 1);
      return { status: 204, body: undefined };
    }
    state.comments[at]!.body = body!.body!;
    return { status: 200, body: commentJson(state.comments[at]!) };
  }

  /** Labels, check runs and files on branches. */
  function carryOutOther(
    name: string,
    path: Readonly<Record<string, string>>,
    query: URLSearchParams,
    body: Record<string, string> & { tree: { path: string; content: string }[] },
  ): Reply | undefined {
    const shaOf = (text: string): string => createHash('sha1').update(text).digest('hex');
    const [method, template = ''] = name.split(' ');
    const reply = (status: number, fields: object): Reply => ({ status, body: answer(name, status, fields) });
    if (template.endsWith('/labels'))
      return { status: 200, body: state.labels.map((label) => answer(name, 200, { name: label })) };
    if (template.endsWith('/commits/{commit_sha}/pulls')) {
      const labels = state.labels.map((label) =>
        answer('GET /repos/{owner}/{repo}/issues/{issue_number}/labels', 200, { name: label }),
      );
      return { status: 200, body: [answer(name, 200, { number: 7, labels })] };
    }
    if (template.endsWith('/check-runs')) {
      state.checks.push(body);
      return reply(201, {});
    }
    if (template.endsWith('/git/trees')) {
      pending.set('tree', new Map(body.tree.map((file) => [file.path, file.content])));
      return reply(201, { sha: 'tree' });
    }
    if (template.endsWith('/git/commits')) return reply(201, { sha: 'c'.repeat(40) });
    if (template.endsWith('/git/refs')) {
      state.branches.set(body.ref!.replace('refs/heads/', ''), pending.get('tree')!);
      return reply(201, { object: { sha: 'c'.repeat(40) } });
    }
    if (template.endsWith('/git/blobs/{file_sha}')) {
      const texts = [...state.branches.values()].flatMap((files) => [...files.values()]);
      const text = texts.find((one) => shaOf(one) === path.file_sha)!;
      return reply(200, { content: Buffer.from(text).toString('base64'), encoding: 'base64', size: text.length });
    }
    if (!template.endsWith('/contents/{path}')) return undefined;
    const file = decodeURIComponent(path.path!);
    const branch = state.branches.get(method === 'GET' ? query.get('ref')! : body.branch!);
    const found = branch?.get(file);
    if (method === 'GET') {
      if (found === undefined) return { status: 404, body: { message: 'Not Found' } };
      return { status: 200, body: fileJson(file, found, shaOf(found)) };
    }
    if (!branch) return { status: 404, body: { message: `Branch ${body.branch} not found` } };
    if (found !== undefined && body.sha !== shaOf(found))
      return { status: 409, body: { message: `${file} does not match` } };
    branch.set(file, Buffer.from(body.content!, 'base64').toString('utf8'));
    return reply(found === undefined ? 201 : 200, {});
  }

  function pullsOf(query: URLSearchParams): object[] {
    const [head, wanted] = [query.get('head'), query.get('state') ?? 'open'];
    return state.pulls
      .filter((pull) => (head === null || pull.head === head) && (wanted === 'all' || pull.state === wanted))
      .map((pull) => {
        const repo = pull.repository === null ? null : { full_name: pull.repository };
        const fields = { number: pull.number, state: pull.state, head: { label: pull.head, sha: pull.sha, repo } };
        return answer('GET /repos/{owner}/{repo}/pulls', 200, fields);
      });
  }

  /** A page with GitHub's Link header to the next. */
  function page(items: readonly object[], target: string): Reply {
    const next = new URL(target, url);
    const size = Number(next.searchParams.get('per_page') ?? 30);
    const number = Number(next.searchParams.get('page') ?? 1);
    next.searchParams.set('page', String(number + 1));
    const more = items.length > number * size;
    const body = items.slice((number - 1) * size, number * size);
    return { status: 200, body, headers: more ? { link: `<${next}>; rel="next"` } : {} };
  }

  return state;
}

function fileJson(path: string, text: string, sha: string): object {
  const address = 'https://example.test/';
  const large = text.length > 2 ** 20;
  return {
    type: 'file',
    encoding: large ? 'none' : 'base64',
    size: text.length,
    name: path.split('/').at(-1),
    path,
    content: large ? '' : Buffer.from(text).toString('base64'),
    sha,
    url: address,
    git_url: address,
    html_url: address,
    download_url: address,
    _links: { git: address, html: address, self: address },
  };
}

interface Reply {
  readonly status: number;
  readonly body: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

function commentJson({ id, login, body }: StoredComment): object {
  return answer('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', 201, { id, body, user: { login } });
}

function tooLong(maximum: number): Reply {
  const message = `body is too long (maximum is ${maximum} characters)`;
  const errors = [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }];
  return {
    status: 422,
    body: { message: 'Validation Failed', documentation_url: 'https://docs.github.com/rest', errors },
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const json = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...json, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function fail(
  response: ServerResponse,
  { how, status = 500, headers = {}, body = { message: 'Server Error' } }: Fault,
): void {
  if (how === 'hang') return;
  if (how === 'break') return void response.destroy();
  if (how === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('[{"id": 1, "body": "');
    return void setTimeout(() => response.destroy(), 20);
  }
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
