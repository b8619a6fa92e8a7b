// What head is compared with: a file as it is committed at the base, read with git from the checkout alone.
import { createHash } from 'node:crypto';
import { extname, join, posix, resolve, sep } from 'node:path';
import { UserError } from '../lib/errors.ts';
import { readOptional, writeFileAtomic } from '../lib/files.ts';
import type { BaseModel, NotCompared } from '../pipeline/index.ts';
import type { Event } from './events.ts';
import { type Git, gitText, lastLine } from './git.ts';

export interface BaseRequest {
  readonly git: Git;
  /** The checkout; paths are relative to it. */
  readonly workspace: string;
  /** A branch, tag or commit by the user; else the event's base. */
  readonly ref?: string | undefined;
  readonly event: Event;
}

/** The commit that head is compared with. */
export interface BaseCommit {
  readonly commit: string;
  /** `main (abc1234)`. */
  readonly name: string;
  readonly branch: string;
}

/**
 * The base's commit. If GitHub's merge of a pull request is checked out, it is the first parent of that merge, which also holds what others merged after
 * the event. If the head itself is checked out, it is the commit that the head branched off from.
 * @returns why there is none where one was to be expected; undefined where the event has no base
 * @throws UserError when the base is not in the checkout, or there is no git
 */
export async function baseCommit({ git, ref, event }: BaseRequest): Promise<BaseCommit | NotCompared | undefined> {
  const { base, pullRequest } = event;
  if (!ref && !base) return undefined;
  if (!ref && base?.forced)
    return noBase(`Nothing to compare with: ${base.branch} was force-pushed, so nothing stood before this commit.`);
  await git(['rev-parse', '--git-dir']).catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `the workspace is not a git checkout (${lastLine(error)}); run actions/checkout before this Action`,
    );
  });
  const branch = ref ?? base!.branch;
  const commit = ref
    ? await firstCommit(git, [ref, `origin/${ref}`])
    : pullRequest
      ? await pullRequestBase(git, base!.sha, pullRequest.head)
      : await firstCommit(git, [base!.sha]);
  if (commit) return { commit, branch, name: `${branch} (${commit.slice(0, 7)})` };
  throw new UserError(
    `the base ${branch}${ref ? '' : ` (${base!.sha.slice(0, 7)})`} is not in this checkout, which holds only the newest commits; ` +
      'give actions/checkout the input fetch-depth: 0',
  );
}

async function pullRequestBase(git: Git, base: string, head: string): Promise<string | undefined> {
  const checkedOut = await gitText(git, ['rev-parse', 'HEAD']);
  const parents = (await gitText(git, ['rev-list', '--parents', '--max-count=1', 'HEAD']))?.split(' ').slice(1) ?? [];
  if (checkedOut !== head && parents.length === 2) return firstCommit(git, [parents[0]!]);
  const known = await firstCommit(git, [base]);
  if (!known) return undefined;
  return (await gitText(git, ['merge-base', known, 'HEAD'])) || known;
}

const noBase = (reason: string, inconclusive = false): NotCompared => ({ reason, inconclusive });

/**
 * Writes the base's file into a folder.
 * @param only whether `path` is the one model that is judged: where the base has other models instead, it may have been renamed
 * @returns why there is none when the base has no such file
 * @throws UserError when the file is a Git LFS pointer whose content is not in the checkout, or is not a file
 */
export async function committedFile(
  { git, workspace }: BaseRequest,
  { commit, name, branch }: BaseCommit,
  path: string,
  folder: string,
  only = true,
): Promise<BaseModel | NotCompared> {
  // `./` makes it relative to the workspace, which may be only a part of the repository.
  const listed = await git(['ls-tree', '-z', commit, '--', `./${path.split(sep).join(posix.sep)}`]);
  const [, mode, object] = /^(\d+) \w+ (\w+)\t/.exec(listed.toString()) ?? [];
  if (!mode || !object) return missingFile(git, { commit, name, branch }, path, only);
  if (!mode.startsWith('100')) throw new UserError(`${path} at the base ${name} is not a file but a folder or a link`);
  const blob = await git(['cat-file', 'blob', object]).catch((error: unknown) => {
    throw new UserError(`${path} at the base ${name} cannot be read: ${lastLine(error)}`);
  });
  const content = await smudged(blob, { git, workspace, path, branch, commit });
  const file = join(folder, `base${extname(path)}`);
  await writeFileAtomic(file, content);
  return { file, name };
}

/** @throws UserError when a file lies in a submodule: the repository has only the submodule's commit, not the file */
async function refuseSubmodule(git: Git, commit: string, path: string): Promise<void> {
  const parts = path.split(sep);
  for (let i = 1; i < parts.length; i++) {
    const folder = parts.slice(0, i).join(posix.sep);
    const listed = await gitText(git, ['ls-tree', '-z', commit, '--', `./${folder}`]);
    if (listed?.startsWith('160000 '))
      throw new UserError(
        `${path}: lies in the submodule ${folder}, whose earlier files this checkout does not have; ` +
          'gate the model in its own repository, or commit it to this one',
      );
  }
}

/** Names of models that a sentence lists. */
const listedModels = 3;

/** @throws UserError when it lies in a submodule */
async function missingFile(git: Git, { commit, name }: BaseCommit, path: string, only: boolean): Promise<NotCompared> {
  await refuseSubmodule(git, commit, path);
  const there = await modelsAt(git, commit);
  const here = new Set(await modelsAt(git, 'HEAD'));
  const gone = there.filter((model) => !here.has(model));
  // A new model beside others that stay is new. If it is the only model that is judged, the workflow named another one before.
  const others = gone.length > 0 || !only ? gone : there;
  if (others.length === 0) return noBase(`Nothing to compare with: ${name} has no ${path}.`);
  const list = others.slice(0, listedModels).join(', ') + (others.length > listedModels ? ' and others' : '');
  return noBase(
    `Not compared: ${name} has no ${path}, but ${list}; if the model was renamed, name the old path as base-model.`,
    true,
  );
}

/** The ONNX files of a commit, below the folder that git runs in. */
async function modelsAt(git: Git, commit: string): Promise<string[]> {
  const listed = await gitText(git, ['ls-tree', '-r', '-z', '--name-only', commit]);
  return (listed ?? '').split('\0').filter((file) => file.endsWith('.onnx'));
}

async function firstCommit(git: Git, refs: readonly string[]): Promise<string | undefined> {
  for (const ref of refs) {
    // The type is checked too: of the parent at the edge of a shallow clone, git knows only the name.
    const commit = await gitText(git, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    if (commit && (await gitText(git, ['cat-file', '-t', commit]))) return commit;
  }
  return undefined;
}

const pointerPattern = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n[\s\S]*\boid sha256:([0-9a-f]{64})\n/;

/** The content that a Git LFS pointer stands for, from the checkout's own store; anything else as it is. */
async function smudged(
  blob: Buffer,
  {
    git,
    workspace,
    path,
    branch,
    commit,
  }: { git: Git; workspace: string; path: string; branch: string; commit: string },
): Promise<Buffer> {
  const oid = blob.length < 1024 ? pointerPattern.exec(blob.toString('latin1'))?.[1] : undefined;
  if (!oid) return blob;
  const gitFolder = resolve(workspace, (await git(['rev-parse', '--git-common-dir'])).toString().trim());
  const stored = await readOptional(join(gitFolder, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid));
  if (stored && createHash('sha256').update(stored).digest('hex') === oid) return stored;
  // A workflow can name that for every pull request.
  const isFirstParent = (await gitText(git, ['rev-parse', '--verify', '--quiet', 'HEAD^1'])) === commit;
  throw new UserError(
    `${path} at the base ${branch} is a Git LFS pointer whose content is not in this checkout; ` +
      `give actions/checkout the input lfs: true, and before this Action run: git lfs fetch origin ${isFirstParent ? 'HEAD^1' : commit} --include="${path}" ` +
      '(where the repository is private, the step needs its credentials: persist-credentials: true)',
  );
}
