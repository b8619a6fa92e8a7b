// The whole way of adoption: a repository on a bare git server, the Action's clone, `init`, commit, pull request, GitHub's merge, the built Action as
// the written workflow calls it, the comment. With ADOPT_COMMENT set to a file, the last comment is written there.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { architectureOf, parseSpace } from '../../src/network/space.ts';
import { untrained } from '../../src/pipeline/build-table.ts';
import { type GitHubServer, startGitHub } from '../action/github-server.ts';
import { makeRunner, type Runner } from './runner.ts';
import { tinySpace } from './tiny.ts';

let runner: Runner;
let github: GitHubServer;
beforeAll(async () => {
  runner = makeRunner();
  github = await startGitHub();
});
afterAll(async () => {
  await github.close();
  runner.remove();
});

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, stdio: 'pipe' })
    .toString()
    .trim();

/** A model of random weights; a larger input makes it slower. */
function model(size: number): Uint8Array {
  const architecture = architectureOf(parseSpace(tinySpace, 'tiny'), [0, 0, 0, 0], 'person');
  return untrained(architecture, { height: size, width: size }).bytes;
}

/** A model of the same input that does its work thrice. */
function slower(size: number): Uint8Array {
  const wide = tinySpace.replaceAll(/width: (\d+)/g, (_, width) => `width: ${3 * Number(width)}`);
  const architecture = architectureOf(parseSpace(wide, 'wide'), [0, 0, 0, 0], 'person');
  return untrained(architecture, { height: size, width: size }).bytes;
}

test('a repository with a model: init, commit, pull request, and a comment that is green at first and red when the model is slower', async () => {
  const at = (...path: string[]): string => join(runner.folder, ...path);
  for (const name of ['acme/proxyless-ci', 'owner/repo']) {
    mkdirSync(at('server', name, '..'), { recursive: true });
    git(runner.folder, 'init', '-q', '--bare', '-b', 'main', at('server', `${name}.git`));
  }
  // The Action's clone, at the commit that its remote has.
  git(runner.action, 'init', '-q', '-b', 'main');
  git(runner.action, 'add', '-f', 'action.yml', 'package.json');
  git(runner.action, 'commit', '-qm', 'action');
  git(runner.action, 'remote', 'add', 'origin', `file://${at('server/acme/proxyless-ci.git')}`);
  git(runner.action, 'push', '-q', 'origin', 'main');

  const repository = at('repository');
  git(runner.folder, 'clone', '-q', `file://${at('server/owner/repo.git')}`, repository);
  git(repository, 'checkout', '-qB', 'main');
  mkdirSync(join(repository, 'models'));
  writeFileSync(join(repository, 'models', 'person.onnx'), model(96));
  git(repository, 'add', '.');
  git(repository, 'commit', '-qm', 'model');
  git(repository, 'push', '-q', 'origin', 'main');
  git(repository, 'remote', 'set-head', 'origin', 'main');

  git(repository, 'checkout', '-qb', 'adopt');
  execFileSync(process.execPath, [join(runner.action, 'dist/cli.js'), 'init'], { cwd: repository, stdio: 'pipe' });
  git(repository, 'add', '.');
  git(repository, 'commit', '-qm', 'gate');
  let run = 0;

  /** Pushes the branch and does what GitHub does then: merges, checks out, runs the workflow of that merge. */
  async function pullRequest() {
    git(repository, 'push', '-q', 'origin', 'adopt');
    const [base, head] = [git(repository, 'rev-parse', 'origin/main'), git(repository, 'rev-parse', 'adopt')];
    rmSync(runner.workspace, { recursive: true });
    git(runner.folder, 'clone', '-q', `file://${at('server/owner/repo.git')}`, runner.workspace);
    git(runner.workspace, 'merge', '-q', '--no-ff', '-m', 'merge', 'origin/adopt');
    const workflow = parse(readFileSync(join(runner.workspace, '.github/workflows/proxyless-ci.yml'), 'utf8'));
    expect(workflow.on).toHaveProperty('pull_request');
    const [, action] = workflow.jobs.gate.steps;
    expect(action.uses).toBe(`acme/proxyless-ci@${git(runner.action, 'rev-parse', 'HEAD')}`);
    const repo = { full_name: 'owner/repo' };
    const pull = {
      number: 7,
      labels: [],
      head: { sha: head, ref: 'adopt', repo },
      base: { sha: base, ref: 'main', repo },
    };
    return runner.step({
      event: 'pull_request',
      payload: { pull_request: pull, repository: { ...repo, default_branch: 'main' } },
      inputs: action.with,
      environment: { GITHUB_API_URL: github.url, GITHUB_REF: 'refs/pull/7/merge', GITHUB_RUN_ID: String(++run) },
    });
  }

  const first = await pullRequest();
  expect(first.code, first.log).toBe(0);
  expect(first.outputs.model).toBe('models/person.onnx');
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]!.body).toMatch(/✅ \*\*Pass|⚠️ \*\*Inconclusive/);
  expect(github.comments[0]!.body).toContain(`commit ${git(repository, 'rev-parse', 'adopt')}`);

  writeFileSync(join(repository, 'models', 'person.onnx'), slower(96));
  git(repository, 'commit', '-qam', 'slower');
  const second = await pullRequest();
  expect(second.code, second.log).toBe(1);
  expect(second.outputs.verdict).toBe('regression');
  expect(Number(second.outputs['latency-change'])).toBeGreaterThan(0.5);
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]!.body).toContain('❌ **Regression.**');
  if (process.env.ADOPT_COMMENT) writeFileSync(process.env.ADOPT_COMMENT, github.comments[0]!.body);

  // Someone means it: the job is green, and the comment says who.
  github.labels.push('proxyless-ci-accepted');
  const third = await pullRequest();
  expect(third.code, third.log).toBe(0);
  expect(github.comments[0]!.body).toContain('Accepted by label proxyless-ci-accepted.');
  expect(github.violations).toEqual([]);
});
