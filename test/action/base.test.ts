import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { baseCommit, committedFile } from '../../src/action/base.ts';
import type { Event } from '../../src/action/events.ts';
import { openGit } from '../../src/action/git.ts';

let folder: string;
let origin: string;
let base: string;
let head: string;

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, stdio: 'pipe' })
    .toString()
    .trim();

/** Not text: 0x00, 0x0d 0x0a and 0xff must come back as they are. */
const model = Buffer.from([0, 13, 10, 255, 128, 10]);
const large = Buffer.from('the content that the pointer stands for');
const oid = createHash('sha256').update(large).digest('hex');
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${large.length}\n`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'base-'));
  origin = join(folder, 'origin');
  mkdirSync(join(origin, 'models'), { recursive: true });
  git(origin, 'init', '-q', '-b', 'main');
  writeFileSync(join(origin, 'models', 'a.onnx'), model);
  writeFileSync(join(origin, 'models', 'large.onnx'), pointer);
  git(origin, 'add', '.');
  git(origin, 'commit', '-qm', 'base');
  base = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'checkout', '-qb', 'feature');
  writeFileSync(join(origin, 'models', 'a.onnx'), 'changed');
  writeFileSync(join(origin, 'models', 'new.onnx'), 'new');
  git(origin, 'add', '.');
  git(origin, 'commit', '-qm', 'head');
  head = git(origin, 'rev-parse', 'HEAD');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A checkout of the feature branch, as actions/checkout makes it. */
function checkout(...args: string[]): string {
  const workspace = mkdtempSync(join(folder, 'checkout-'));
  git(folder, 'clone', '-q', ...args, '--branch', 'feature', `file://${origin}`, workspace);
  return workspace;
}

const onPush = (): Event => ({ name: 'push', base: { sha: base, branch: 'main' }, branch: 'feature' });
const onPullRequest = (sha = base): Event => ({
  name: 'pull_request',
  pullRequest: { number: 7, head, labels: [], fromFork: false },
  base: { sha, branch: 'main' },
});

/** The base of a file in a checkout, as the Action finds it. */
async function baseOf(workspace: string, path: string, ref?: string, event = onPush(), only?: boolean) {
  const temporary = join(folder, 'temporary');
  const request = { git: await openGit(workspace, temporary), workspace, ref, event };
  const commit = await baseCommit(request);
  if (!commit || !('commit' in commit)) return commit;
  return committedFile(request, commit, path, join(folder, 'out'), only);
}

const shortOf = (commit: string): string => `main (${commit.slice(0, 7)})`;

describe('the base', () => {
  test("is the file as committed there, byte for byte, named by the event's branch and commit", async () => {
    const found = await baseOf(checkout(), 'models/a.onnx');
    expect(found).toEqual({ file: join(folder, 'out', 'base.onnx'), name: shortOf(base) });
    expect(readFileSync(join(folder, 'out', 'base.onnx'))).toEqual(model);
  });

  test("may be a commit, a branch or only the remote's branch", async () => {
    const workspace = checkout();
    for (const ref of [base, 'main', 'origin/main']) {
      expect(await baseOf(workspace, 'models/a.onnx', ref)).toMatchObject({ name: `${ref} (${base.slice(0, 7)})` });
      expect(readFileSync(join(folder, 'out', 'base.onnx'))).toEqual(model);
    }
    await baseOf(workspace, 'models/a.onnx', 'feature');
    expect(readFileSync(join(folder, 'out', 'base.onnx'), 'utf8')).toBe('changed');
  });

  test('is found from a workspace that is a part of the repository', async () => {
    await baseOf(join(checkout(), 'models'), 'a.onnx');
    expect(readFileSync(join(folder, 'out', 'base.onnx'))).toEqual(model);
  });

  test('is none for an event without one', async () => {
    expect(await baseOf(checkout(), 'models/a.onnx', undefined, { name: 'schedule' })).toBeUndefined();
  });

  test('that a shallow checkout lacks is told, with what to do', async () => {
    const shallow = checkout('--depth', '1');
    await expect(baseOf(shallow, 'models/a.onnx')).rejects.toThrow(/is not in this checkout.* fetch-depth: 0$/);
    await expect(baseOf(shallow, 'models/a.onnx', 'main')).rejects.toThrow('fetch-depth: 0');
    await expect(baseOf(checkout(), 'models/a.onnx', 'no-such-branch')).rejects.toThrow('the base no-such-branch');
  });

  test('is not fetched by a partial clone, but told', async () => {
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    await expect(baseOf(checkout('--filter=blob:none'), 'models/a.onnx')).rejects.toThrow(
      `models/a.onnx at the base ${shortOf(base)} cannot be read`,
    );
  });

  test("in Git LFS is the content from the checkout's own store, or told with the command that fetches it", async () => {
    const workspace = checkout();
    await expect(baseOf(workspace, 'models/large.onnx')).rejects.toThrow(
      'git lfs fetch origin HEAD^1 --include="models/large.onnx"',
    );
    const stored = join(workspace, '.git', 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid);
    mkdirSync(dirname(stored), { recursive: true });
    writeFileSync(stored, large);
    await baseOf(workspace, 'models/large.onnx');
    expect(readFileSync(join(folder, 'out', 'base.onnx'))).toEqual(large);
    writeFileSync(stored, 'damaged');
    await expect(baseOf(workspace, 'models/large.onnx')).rejects.toThrow('Git LFS pointer');
  });

  test('in a submodule is told: never that there is nothing to compare with', async () => {
    const workspace = checkout();
    git(workspace, 'checkout', '-qB', 'with-submodule', base);
    git(workspace, 'update-index', '--add', '--cacheinfo', `160000,${head},vendor/net`);
    git(workspace, 'commit', '-qm', 'submodule');
    const ref = git(workspace, 'rev-parse', 'HEAD');
    await expect(baseOf(workspace, 'vendor/net/models/a.onnx', ref)).rejects.toThrow(
      'lies in the submodule vendor/net',
    );
  });

  test('that is a folder, or a workspace without a checkout, is told', async () => {
    await expect(baseOf(checkout(), 'models')).rejects.toThrow('is not a file but a folder');
    const bare = mkdtempSync(join(folder, 'bare-'));
    await expect(baseOf(bare, 'models/a.onnx')).rejects.toThrow('run actions/checkout before');
  });

  test('takes no reference for an option', async () => {
    await expect(baseOf(checkout(), 'models/a.onnx', '--exec=true')).rejects.toThrow('is not in this checkout');
  });
});

describe('the base of a pull request', () => {
  /** The merge that GitHub checks out, made after someone else changed the model on main. */
  function mergeCheckout(...args: string[]): { workspace: string; first: string } {
    const theirs = checkout();
    git(theirs, 'checkout', '-qb', 'theirs', 'origin/main');
    writeFileSync(join(theirs, 'models', 'a.onnx'), 'by others');
    git(theirs, 'commit', '-qam', 'others');
    const first = git(theirs, 'rev-parse', 'HEAD');
    git(theirs, 'merge', '-q', '-s', 'ours', '-m', 'merge', head);
    git(theirs, 'push', '-qf', 'origin', 'HEAD:refs/heads/merged');
    const workspace = mkdtempSync(join(folder, 'merge-'));
    git(folder, 'clone', '-q', ...args, '--branch', 'merged', `file://${origin}`, workspace);
    return { workspace, first };
  }

  test("is the merge's first parent, which holds what others merged since the event", async () => {
    const { workspace, first } = mergeCheckout();
    expect(await baseOf(workspace, 'models/a.onnx', undefined, onPullRequest())).toMatchObject({
      name: shortOf(first),
    });
    expect(readFileSync(join(folder, 'out', 'base.onnx'), 'utf8')).toBe('by others');
  });

  test('is there with fetch-depth: 2', async () => {
    const { workspace, first } = mergeCheckout('--depth', '2');
    expect(await baseOf(workspace, 'models/a.onnx', undefined, onPullRequest())).toMatchObject({
      name: shortOf(first),
    });
  });

  test("is where the head branched off, where the head itself is checked out, also when it is a merge of the author's own", async () => {
    const { first } = mergeCheckout();
    const workspace = checkout();
    git(workspace, 'fetch', '-q', 'origin', 'merged');
    expect(await baseOf(workspace, 'models/a.onnx', undefined, onPullRequest(first))).toMatchObject({
      name: shortOf(base),
    });
    git(workspace, 'merge', '-q', '-s', 'ours', '-m', 'own', first);
    const event = onPullRequest(first);
    const own = { ...event, pullRequest: { ...event.pullRequest!, head: git(workspace, 'rev-parse', 'HEAD') } };
    expect(await baseOf(workspace, 'models/a.onnx', undefined, own)).toMatchObject({ name: shortOf(first) });
  });
});

describe('no base', () => {
  test('after a force-push says so instead of failing', async () => {
    const event: Event = { ...onPush(), base: { sha: 'd'.repeat(40), branch: 'main', forced: true } };
    expect(await baseOf(checkout('--depth', '1'), 'models/a.onnx', undefined, event)).toEqual({
      reason: 'Nothing to compare with: main was force-pushed, so nothing stood before this commit.',
      inconclusive: false,
    });
  });

  test('leaves it open where the base has other models than the one that is judged, which may have been renamed', async () => {
    expect(await baseOf(checkout(), 'models/new.onnx')).toEqual({
      reason: `Not compared: ${shortOf(base)} has no models/new.onnx, but models/a.onnx, models/large.onnx; if the model was renamed, name the old path as base-model.`,
      inconclusive: true,
    });
  });

  test('leaves it open among several models only where one of the base is gone', async () => {
    const workspace = checkout();
    expect(await baseOf(workspace, 'models/new.onnx', undefined, onPush(), false)).toEqual({
      reason: `Nothing to compare with: ${shortOf(base)} has no models/new.onnx.`,
      inconclusive: false,
    });
    git(workspace, 'mv', 'models/a.onnx', 'models/renamed.onnx');
    git(workspace, 'commit', '-qm', 'renamed');
    expect(await baseOf(workspace, 'models/renamed.onnx', undefined, onPush(), false)).toMatchObject({
      reason: expect.stringContaining('but models/a.onnx; if the model was renamed'),
      inconclusive: true,
    });
  });

  test('is plain for the first model of a repository', async () => {
    const workspace = checkout();
    const start = git(workspace, 'commit-tree', '-m', 'empty', git(workspace, 'mktree'));
    expect(await baseOf(workspace, 'models/a.onnx', start)).toMatchObject({ inconclusive: false });
  });
});

describe('git', () => {
  afterEach(() => vi.unstubAllEnvs());

  /** Puts a program called git before the real one. */
  function wrapGit(script: string): void {
    const path = mkdtempSync(join(folder, 'path-'));
    const real = execFileSync('sh', ['-c', 'command -v git']).toString().trim();
    writeFileSync(join(path, 'git'), `#!/bin/sh\n${script}\nexec ${real} "$@"\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `${path}:${process.env.PATH}`);
  }

  test.skipIf(process.getuid?.() !== 0)(
    'reads a checkout of another user, as in a container, before git 2.38 too',
    async () => {
      const workspace = checkout();
      execFileSync('chown', ['-R', '1234', workspace]);
      expect(() => git(workspace, 'status')).toThrow(/dubious ownership/);
      // Before 2.38 git took safe.directory neither from the command line nor from the environment.
      wrapGit('case "$*" in *safe.directory*) exit 128;; esac; unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS');
      expect(await baseOf(workspace, 'models/a.onnx')).toMatchObject({ name: shortOf(base) });
    },
  );

  test('gets neither tokens nor inputs', async () => {
    const workspace = checkout();
    const seen = join(folder, 'environment');
    wrapGit(`env >> ${seen}`);
    const names = ['INPUT_GITHUB-TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN'];
    for (const name of names) vi.stubEnv(name, 'ghs_secret');
    await baseOf(workspace, 'models/a.onnx');
    expect(readFileSync(seen, 'utf8')).toContain('PATH=');
    expect(readFileSync(seen, 'utf8')).not.toContain('ghs_secret');
  });
});
