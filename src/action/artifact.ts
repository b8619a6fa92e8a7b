// report.html as an artifact of its own: one file that is not put into an archive, so that GitHub opens it in the browser.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { warning } from '@actions/core';
import { withoutPhotos } from '../report/html.ts';
import { oneLine } from './github/failures.ts';

export interface PageUpload {
  /** Where report.html is. */
  readonly folder: string;
  /** Artifacts of one run need different names: that of the file, without its ending. */
  readonly name: string;
  /** RUNNER_TEMP. */
  readonly temporary: string;
  /** Whether the photos of the data are not for everyone who can read the run. */
  readonly isPrivate: boolean;
  /** Address of the run. */
  readonly run: string;
}

/**
 * Uploads it. Whatever is wrong is said and never fails the job.
 * @returns its address; undefined where there is no page, or the forge takes no artifacts of this kind
 */
export async function uploadPage({ folder, name, temporary, isPrivate, run }: PageUpload): Promise<string | undefined> {
  const page = join(folder, 'report.html');
  const { ACTIONS_RUNTIME_TOKEN: token } = process.env;
  if (!existsSync(page) || !token || !hasArtifacts(process.env)) return undefined;
  try {
    const text = await readFile(page, 'utf8');
    // The artifact is called as its file is.
    const root = await mkdtemp(join(temporary, 'proxyless-ci-report-'));
    const file = join(root, `${name}.html`);
    await writeFile(file, isPrivate ? withoutPhotos(text) : text);
    const { DefaultArtifactClient } = await import('@actions/artifact');
    const { id } = await new DefaultArtifactClient().uploadArtifact(name, [file], root, { skipArchive: true });
    return `${run}/artifacts/${id}`;
  } catch (error) {
    warning(`report.html is not uploaded: ${oneLine(error instanceof Error ? error.message : String(error), token)}`);
    return undefined;
  }
}

/** Whether the forge takes artifacts of this kind: GitHub Enterprise Server, Forgejo and Gitea have others. */
function hasArtifacts(environment: NodeJS.ProcessEnv): boolean {
  const { ACTIONS_RESULTS_URL: service, GITHUB_SERVER_URL: server = 'https://github.com' } = environment;
  if (!service || environment.FORGEJO_ACTIONS || environment.GITEA_ACTIONS) return false;
  return /^(?:.*\.)?(?:github\.com|ghe\.com|localhost)$/i.test(new URL(server).hostname);
}
