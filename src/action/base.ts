// What head is compared with: a file as it is committed at the base ref, read with git from the checkout alone.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { extname, join, posix, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../lib/errors.ts';
import { errorCode, readOptional, writeFileAtomic } from '../lib/files.ts';
import type { BaseModel } from '../pipeline/index.ts';

export interface BaseRequest {
  /** The checkout; paths are relative to it. */
  readonly workspace: string;
  readonly path: string;
  /** A branch, tag or commit by the user; else the event's base. */
  readonly ref?: string | undefined;
  readonly event?: { readonly sha: string; readonly branch: string } | undefined;
}

/** The largest file that is read. */
const maxBytes = 2 ** 30;

/**
 * Writes the base's file into a folder.
 * @returns undefined when the base has no such file (the head brings it), or the event has no base
 * @throws UserError when the base is not in the checkout, the file is a Git LFS pointer whose content is not, or there is no git
 */
export async function committedBase(request: BaseRequest, folder: string): Promise<BaseModel | undefined> {
  const { workspace, path, ref, event } = request;
  const wanted = ref ? [ref, `origin/${ref}`] : event ? [event.sha] : [];
  if (wanted.length === 0) return undefined;
  const git = gitIn(workspace);
  const branch = ref ?? event!.branch;
  const commit = await firstCommit(git, wanted);
  if (!commit)
    throw new UserError(
      `the base ${branch}${ref ? '' : ` (${event!.sha.slice(0, 7)})`} is not in this checkout, which is of the newest commit alone; give actions/checkout the input fetch-depth: 0`,
    );
  const name = `${branch} (${commit.slice(0, 7)})`;
  // `./`: relative to the workspace, should that be a part of the repository only.
  const listed = await git(['ls-tree', '-z', commit, '--', `./${path.split(sep).join(posix.sep)}`]);
  const [, mode, object] = /^(\d+) \w+ (\w+)\t/.exec(listed.toString()) ?? [];
  if (!mode || !object) return undefined;
  if (!mode.startsWith('100')) throw new UserError(`${path} at the base ${name} is no file but a folder or a link`);
  const blob = await git(['cat-file', 'blob', object]).catch((error: unknown) => {
    throw new UserError(`${path} at the base ${name} cannot be read: ${lastLine(error)}`);
  });
  const content = await smudged(blob, { git, workspace, path, branch });
  const file = join(folder, `base${extname(path)}`);
  await writeFileAtomic(file, content);
  return { file, name };
}

type Git = (args: readonly string[]) => Promise<Buffer>;

/** git without a shell, its own prompts and the network: a partial clone does not fetch what it lacks. */
function gitIn(workspace: string): Git {
  const environment = { ...process.env, GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
  // In a container job the checkout belongs to another user.
  const safe = ['-c', `safe.directory=${workspace}`];
  return async (args) => {
    const options = { cwd: workspace, env: environment, maxBuffer: maxBytes, encoding: 'buffer' as const };
    try {
      return (await promisify(execFile)('git', [...safe, ...args], options)).stdout;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') throw new UserError('git is not installed; the base is read with it');
      throw error;
    }
  };
}

async function firstCommit(git: Git, refs: readonly string[]): Promise<string | undefined> {
  await git(['rev-parse', '--git-dir']).catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `the workspace is no git checkout (${lastLine(error)}); run actions/checkout before this Action`,
    );
  });
  for (const ref of refs) {
    // The type is looked at as well: the parent at the edge of a shallow clone is known by its name alone.
    const found = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
      .then((commit) => commit.toString().trim())
      .then(async (commit) => ((await git(['cat-file', '-t', commit])).length > 0 ? commit : undefined))
      .catch(() => undefined);
    if (found) return found;
  }
  return undefined;
}

const pointerPattern = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n[\s\S]*\boid sha256:([0-9a-f]{64})\n/;

/** The content that a Git LFS pointer stands for, from the checkout's own store; anything else as it is. */
async function smudged(
  blob: Buffer,
  { git, workspace, path, branch }: { git: Git; workspace: string; path: string; branch: string },
): Promise<Buffer> {
  const oid = blob.length < 1024 ? pointerPattern.exec(blob.toString('latin1'))?.[1] : undefined;
  if (!oid) return blob;
  const gitFolder = resolve(workspace, (await git(['rev-parse', '--git-common-dir'])).toString().trim());
  const stored = await readOptional(join(gitFolder, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid));
  if (stored && createHash('sha256').update(stored).digest('hex') === oid) return stored;
  throw new UserError(
    `${path} at the base ${branch} is a Git LFS pointer whose content is not in this checkout; ` +
      `before this Action run: git lfs fetch origin ${branch.replace(/^origin\//, '')} --include="${path}"`,
  );
}

function lastLine(error: unknown): string {
  const stderr = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : '';
  return stderr.split('\n').at(-1) || String(error);
}
