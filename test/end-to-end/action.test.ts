// The built Action on events of every kind, under Node 24: `npm run build` comes first.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { writePortraitSet } from '../../fixtures/generator/portraits.ts';
import { openCache } from '../../src/action/cache.ts';
import { readResult, resultsSchema } from '../../src/contracts/result.ts';
import { readJson } from '../../src/lib/files.ts';
import { type CacheService, startCacheService } from '../action/cache-service.ts';
import { type GitHubServer, startGitHub } from '../action/github-server.ts';
import { pullRequestPayload, workflowRunPayload } from '../action/payloads.ts';
import { makeRunner, type Runner } from './runner.ts';
import { tinyRecipe, writeRecipe } from './tiny.ts';

let runner: Runner;
let cache: CacheService;
let github: GitHubServer;
/** The commit that pull requests are to be merged into. It holds the model of the search. */
let base: string;

const inWorkspace = (...path: string[]): string => join(runner.workspace, ...path);
const out = 'proxyless-ci-run';
const inputs = { recipe: 'recipe.yaml', data: 'data', comment: 'never', 'cache-data': 'true' };
const onMain = { GITHUB_REF: 'refs/heads/main' };

/** As a new machine: nothing of an earlier job in the workspace. */
const cleanWorkspace = (): void => rmSync(inWorkspace(out), { recursive: true, force: true });

function commitAll(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: runner.workspace }).toString();
  git('init', '-q', '-b', 'main');
  git('add', '-f', 'recipe.yaml', 'model.onnx');
  git('commit', '-qm', 'base');
  return git('rev-parse', 'HEAD').trim();
}

beforeAll(async () => {
  runner = makeRunner();
  cache = await startCacheService();
  github = await startGitHub();
  await writePortraitSet(inWorkspace('data'), { train: 24, val: 6, width: 48, height: 64, seed: 9 });
  await writePortraitSet(inWorkspace('street'), { train: 2, val: 3, width: 48, height: 64, seed: 10 });
  writeRecipe(runner.workspace, tinyRecipe.replace('epochs: 4', 'epochs: 2'));
});
afterAll(async () => {
  await Promise.all([cache.close(), github.close()]);
  runner.remove();
});

describe('the built Action with a cache', () => {
  test('on a push makes the latency table where that is the mode, and keeps it', async () => {
    const { code, log, outputs } = await runner.step({
      event: 'push',
      inputs: { ...inputs, mode: 'table' },
      environment: { ...cache.environment, ...onMain },
    });
    expect(code, log).toBe(0);
    expect(outputs).toMatchObject({
      verdict: 'pass',
      'latency-table': `${out}/latency-table.json`,
      miou: '',
      model: '',
    });
    const keys = [...cache.entries.keys()];
    expect(keys).toHaveLength(2);
    expect(keys.every((key) => key.startsWith('proxyless-ci-table-'))).toBe(true);
    expect(keys.filter((key) => key.endsWith('-finished'))).toHaveLength(1);
  });

  test('keeps what it has where its runner kills it, and nothing of data that git does not track', async () => {
    const killed = await runner.step({
      event: 'workflow_dispatch',
      inputs: { ...inputs, 'max-latency-ms': '998', 'cache-data': 'auto', out: 'killed' },
      environment: { ...cache.environment, ...onMain },
      until: { log: 'supernet: 40 steps', signal: 'SIGKILL' },
    });
    expect(killed.code).toBe(null);
    expect([...cache.entries.keys()].filter((key) => key.startsWith('proxyless-ci-search'))).toEqual([]);
  });

  test('on a schedule searches by the kept table: outputs, artifacts, summary, and the token nowhere', async () => {
    cleanWorkspace();
    const environment = { ...cache.environment, ...onMain };
    const { code, log, outputs, summary } = await runner.step({ event: 'schedule', inputs, environment });
    expect(code, log).toBe(0);
    // Taken, though it may be measured again where this machine has become slower since.
    expect(log).toMatch(/^cache: .* from proxyless-ci-table-/m);
    const result = await readResult(inWorkspace(out, 'result.json'));
    const searched = result.networks[0]!;
    expect(outputs).toMatchObject({
      verdict: 'pass',
      miou: String(searched.miou),
      'latency-p50-ms': String(searched.latencyP50Ms),
      'latency-p95-ms': String(searched.latencyP95Ms),
      macs: String(searched.macs),
      parameters: String(searched.parameters),
      model: `${out}/model.onnx`,
      architecture: `${out}/architecture.json`,
      'latency-table': `${out}/latency-table.json`,
      report: `${out}/report.md`,
      'report-html': `${out}/report.html`,
      'report-json': `${out}/result.json`,
    });
    for (const name of ['model', 'architecture', 'latency-table', 'report', 'report-html', 'report-json'])
      expect(existsSync(inWorkspace(outputs[name]!)), name).toBe(true);
    expect(result.hardware.nodeVersion).toMatch(/^v24\./);
    expect(summary).toContain('Pass');
    expect(log).toContain('::group::');
    expect(log.replace('::add-mask::ghs_secret', '')).not.toContain('ghs_secret');
    cpSync(inWorkspace(out, 'model.onnx'), inWorkspace('model.onnx'));
    base = commitAll();
  });

  test("on a pull request goes on from an equal run, compares with the last result of the base's branch, and comments", async () => {
    cleanWorkspace();
    const { code, log, summary } = await runner.step({
      event: 'pull_request',
      payload: pullRequestPayload(),
      inputs: { ...inputs, comment: 'always' },
      environment: { ...cache.environment, GITHUB_API_URL: github.url },
    });
    expect(code, log).toBe(0);
    expect(log).toContain('resuming the run in this folder');
    expect(log).not.toMatch(/^supernet: /m);
    const { comparisons } = await readResult(inWorkspace(out, 'result.json'));
    const cached = expect.stringMatching(/^main \(.*cached\)$/);
    expect(comparisons!.map(({ metric, base: name }) => [metric, name])).toEqual([
      ['latency', cached],
      ['miou', cached],
    ]);
    expect(log).toContain('comment: created');
    // The page as it is: these data are not private.
    const page = readFileSync(inWorkspace(out, 'report.html'), 'utf8');
    expect(cache.artifacts.get('proxyless-ci-report.html')).toBe(page);
    expect(page).toContain('"photos":[{');
    expect(summary).toContain('[report.html](https://github.com/owner/repo/actions/runs/1/artifacts/77)');
    expect(github.comments.map(({ issue, body }) => [issue, body.trimEnd()])).toEqual([[7, summary.trimEnd()]]);
    expect(github.violations).toEqual([]);
  });

  test('on pushes keeps a history of a model, and a pull request sees where it drifts and is judged without it', async () => {
    const gate = { model: 'model.onnx', out: 'gate', comment: 'never' };
    const environment = { ...cache.environment, ...onMain };
    const first = await runner.step({ event: 'push', inputs: gate, environment });
    expect(first.code, first.log).toBe(0);
    expect(first.summary).toContain('Trend on main: too few results yet');
    // The merges before it, each 2 % faster than the next.
    const folder = readdirSync(join(runner.folder, 'temporary')).find((name) =>
      name.startsWith('proxyless-ci-history-'),
    );
    const temporary = join(runner.folder, 'temporary', folder!);
    const file = join(temporary, 'history.json');
    const history = JSON.parse(readFileSync(file, 'utf8'));
    const [entry] = history.entries;
    const latencyOf = (i: number): number => entry.latencyP50Ms * 1.02 ** (i - 20);
    history.entries = Array.from({ length: 20 }, (_, i) => ({ ...entry, commit: `c${i}`, latencyP50Ms: latencyOf(i) }));
    const key = [...cache.entries.keys()].find((name) => name.startsWith('proxyless-ci-history-'))!;
    writeFileSync(file, JSON.stringify(history));
    for (const [name, value] of Object.entries({ ...cache.environment, RUNNER_TEMP: join(runner.folder, 'temporary') }))
      vi.stubEnv(name, value);
    vi.stubEnv('GITHUB_WORKSPACE', runner.workspace);
    await openCache(true).save(temporary, `${key}-planted`);
    vi.unstubAllEnvs();
    const count = cache.entries.size;
    const pull = await runner.step({
      event: 'pull_request',
      payload: pullRequestPayload({ sha: base }),
      inputs: gate,
      environment: { ...cache.environment, GITHUB_API_URL: github.url },
    });
    expect(pull.code, pull.log).toBe(0);
    expect(pull.summary).toContain('<summary>Trend on main: ⚠️ slow drift</summary>');
    expect(pull.summary).toMatch(/Latency rose by 45\.\d % over the last 20 merges/);
    expect(pull.log).not.toMatch(/^::warning::.*drift/m);
    expect(cache.entries.size).toBe(count);
    const next = await runner.step({
      event: 'push',
      inputs: gate,
      environment: { ...environment, GITHUB_RUN_ID: '3' },
    });
    expect(next.code, next.log).toBe(0);
    expect(next.log).toMatch(/^::warning::Latency rose by .* over the last 21 merges .*slow drift/m);
  });

  test('a gate publishes no photos that its recipe names and git does not track', async () => {
    writeFileSync(inWorkspace('gate.yml'), `${tinyRecipe}data: [{ folder: ./data }]\n`);
    const gate = { model: 'model.onnx', recipe: 'gate.yml', out: 'private', comment: 'never' };
    const environment = { ...cache.environment, ...onMain };
    const { code, log } = await runner.step({ event: 'workflow_dispatch', inputs: gate, environment });
    expect(code, log).toBe(0);
    expect(readFileSync(inWorkspace('private/report.html'), 'utf8')).toContain('"photos":[{');
    const page = cache.artifacts.get('proxyless-ci-report.html');
    expect(page).toContain('model.onnx');
    expect(page).not.toContain('"photos":[');
  });

  test('on a workflow_run comments the result of a fork, with neither native packages nor a checkout', async () => {
    github.pulls.push({
      number: 9,
      head: 'stranger:feature',
      sha: 'a'.repeat(40),
      state: 'open',
      repository: 'stranger/repo',
    });
    const { code, log } = await runner.step({
      event: 'workflow_run',
      payload: workflowRunPayload(),
      environment: { GITHUB_API_URL: github.url, RUNNER_TOOL_CACHE: '' },
    });
    expect(code, log).toBe(0);
    expect(github.comments.map(({ issue }) => issue)).toEqual([7, 9]);
    expect(github.comments[1]!.body).toContain('figures as reported by');
  });

  test('canceled on a dispatch leaves a state in the cache that another machine goes on from', async () => {
    cleanWorkspace();
    const dispatch = { event: 'workflow_dispatch', inputs: { ...inputs, 'max-latency-ms': '999' } };
    const environment = { ...cache.environment, ...onMain };
    const until = (log: string) => ({ log, signal: 'SIGINT' as const });
    const canceled = await runner.step({ ...dispatch, environment, until: until('supernet: 40 steps') });
    expect(canceled.code, canceled.log).toBe(130);
    expect(canceled.log).toContain('::warning::canceled');
    expect(canceled.outputs).toEqual({});
    // The step has ten seconds before it is killed: what it leaves is kept by the post step.
    expect(canceled.log).not.toContain('CreateCacheEntry');
    expect(canceled.post).toContain('CreateCacheEntry');
    expect([...cache.entries.keys()].at(-1)).toMatch(/-begun-1-1$/);
    cleanWorkspace();
    const again = await runner.step({
      ...dispatch,
      environment: { ...environment, GITHUB_RUN_ID: '2' },
      until: until('supernet: resumes at'),
    });
    expect(again.log).toContain('supernet: resumes at');
  });
});

describe('the built Action without a cache', () => {
  test('judges a model against its base as committed, annotates what misses a budget, and warns of a comment that is refused', async () => {
    const forbidden = { message: 'Resource not accessible by integration' };
    github.faults.push({ on: 'GET comments', how: 'answer', status: 403, body: forbidden });
    const { code, log, outputs, summary } = await runner.step({
      event: 'pull_request',
      payload: pullRequestPayload({ sha: base }),
      inputs: { model: 'model.onnx', data: 'data\nstreet=0', 'max-params': '10', out: 'gate', 'check-run': 'true' },
      environment: { GITHUB_API_URL: github.url },
    });
    expect(code, log).toBe(1);
    expect(outputs).toMatchObject({ verdict: 'budget-missed', model: 'model.onnx', 'report-json': 'gate/result.json' });
    expect(log).toMatch(/^::error (?=.*title=Budget max-params)(?=.*file=model\.onnx).*::.*missed/m);
    expect(log).toMatch(/^::warning::could not comment on pull request 7 .*pull-requests: write/m);
    const { comparisons, networks } = await readResult(inWorkspace('gate/result.json'));
    expect(comparisons!.map(({ base: name }) => name)).toEqual(Array(2).fill(`main (${base.slice(0, 7)})`));
    // The second folder has the weight 0: it is scored by itself.
    expect(networks[0]!.sets!.map(({ name, images }) => [name, images])).toEqual([
      ['data', 6],
      ['street', 3],
    ]);
    expect(summary).toContain('max-params');
    // On the pull request's own commit, not on the merge that GitHub makes of it.
    const head_sha = pullRequestPayload().pull_request.head.sha;
    expect(github.checks).toMatchObject([{ name: 'proxyless-ci', head_sha, conclusion: 'failure' }]);
  });

  test('judges several models in one run: a result of each, and results.json of all', async () => {
    cpSync(inWorkspace('model.onnx'), inWorkspace('second.onnx'));
    const { code, log, outputs, summary } = await runner.step({
      event: 'workflow_dispatch',
      inputs: { model: 'model.onnx\nsecond.onnx', 'max-latency-ms': '9999', out: 'both' },
      environment: onMain,
    });
    expect(code, log).toBe(0);
    expect(outputs).toMatchObject({ verdict: 'pass' });
    const { results } = await readJson(inWorkspace('both/results.json'), resultsSchema);
    expect(results.map(({ model, result }) => [model, result.networks[0]!.name])).toEqual([
      ['model.onnx', 'model.onnx'],
      ['second.onnx', 'second.onnx'],
    ]);
    for (const name of ['model.onnx', 'second.onnx']) expect(summary).toContain(name);
  });

  test('fails on a recipe that does not exist with an error that says so', async () => {
    const given = { ...inputs, recipe: './no.yaml' };
    const { code, log, outputs } = await runner.step({ event: 'workflow_dispatch', inputs: given });
    expect(code).toBe(1);
    expect(log).toMatch(/^::error::.*\.\/no\.yaml: no such file/m);
    expect(log).not.toMatch(/\n\s+at |bug/);
    expect(outputs).toEqual({});
  });

  test('with shard: candidates stops before the trial trainings', async () => {
    const { code, log, outputs, summary } = await runner.step({
      event: 'schedule',
      inputs: { ...inputs, mode: 'search', shard: 'candidates', out: 'candidates' },
      environment: onMain,
    });
    expect(code, log).toBe(0);
    expect(outputs).toMatchObject({ verdict: 'pass', architecture: '' });
    expect(summary).toContain('Trial trainings are left to shards');
  });

  test('fails with what to do when the disk is full', async () => {
    const { code, log } = await runner.step({
      event: 'push',
      inputs: { ...inputs, out: 'full' },
      // Files of at most 1 KiB stand in for a full disk.
      under: ['sh', '-c', 'ulimit -f 2; exec "$@"', 'sh'],
    });
    expect(code).toBe(1);
    expect(log).toMatch(/^::error::cannot write .*full/m);
  });

  test('fails with what to do where native packages are neither in the tool cache nor to be had', async () => {
    mkdirSync(join(runner.folder, 'empty'));
    const { code, log } = await runner.step({
      event: 'push',
      inputs: { ...inputs, 'packages-from': 'http://127.0.0.1:9' },
      environment: { RUNNER_TOOL_CACHE: join(runner.folder, 'empty') },
    });
    expect(code).toBe(1);
    expect(log).toMatch(/^::error::onnxruntime-node and sharp cannot be installed .*ECONNREFUSED.*HTTPS_PROXY/ms);
  });
});
