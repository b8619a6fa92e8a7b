// git on the checkout: without a shell, prompts, the network or tokens, and also where the checkout belongs to another user.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../lib/errors.ts';
import { errorCode, writeFileAtomic } from '../lib/files.ts';
import { withoutSecrets } from './environment.ts';

/** Runs git and gives what it writes. It rejects where git fails. */
export type Git = (args: readonly string[]) => Promise<Buffer>;

/** The largest file that is read. */
const maxBytes = 2 ** 30;

/**
 * git in a folder.
 * @param temporary folder for a separate git configuration: in a container job the checkout belongs to another user, and git before 2.38 takes
 * `safe.directory` from the user's configuration alone, not from `-c` or the environment
 */
export async function openGit(workspace: string, temporary: string): Promise<Git> {
  const home = join(temporary, 'proxyless-ci-home');
  await writeFileAtomic(join(home, '.gitconfig'), '[safe]\n\tdirectory = *\n');
  const { XDG_CONFIG_HOME: _, GIT_CONFIG_GLOBAL: __, ...environment } = withoutSecrets(process.env);
  // GIT_NO_LAZY_FETCH: a partial clone does not fetch what it lacks.
  const env = { ...environment, HOME: home, USERPROFILE: home, GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
  return async (args) => {
    try {
      const options = { cwd: workspace, env, maxBuffer: maxBytes, encoding: 'buffer' as const };
      return (await promisify(execFile)('git', args, options)).stdout;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') throw new UserError('git is not installed; the base is read with it');
      throw error;
    }
  };
}

/** The last line that a program that failed wrote to standard error. */
export function lastLine(error: unknown): string {
  const stderr = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : '';
  return stderr.split('\n').at(-1) || String(error);
}

/** What git writes as text without the newline at its end, or undefined where it fails. */
export async function gitText(git: Git, args: readonly string[]): Promise<string | undefined> {
  return git(args).then(
    (text) => text.toString().trim(),
    (error: unknown) => {
      if (error instanceof UserError) throw error;
      return undefined;
    },
  );
}
