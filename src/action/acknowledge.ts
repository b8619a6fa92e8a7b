// An intended regression: a label on the pull request, or a trailer in a commit's message, says that it is meant. It changes no verdict; it does
// not fail the job, and the history records it.
import { z } from 'zod';
import type { Event } from './events.ts';
import { type Git, gitText } from './git.ts';
import { type ApiAccess, createClient, ownerAndName } from './github/client.ts';

/** `Proxyless-CI-Accept: the new decoder is worth 8 %`. */
export const acceptTrailer = 'Proxyless-CI-Accept';

export interface AcknowledgeRequest {
  readonly git: Git;
  readonly event: Event;
  readonly label: string;
  /** undefined where the Action has no token. */
  readonly api: (ApiAccess & { readonly repository: string }) | undefined;
}

/**
 * Who says that a regression is meant: `label proxyless-ci-accepted`, or the trailer's words.
 * @returns undefined where no one does
 */
export async function acknowledgement(request: AcknowledgeRequest): Promise<string | undefined> {
  const { label } = request;
  if ((await labelsOf(request)).includes(label)) return `label ${label}`;
  // Anyone can write a commit; a label needs the right to triage.
  return (await isFromFork(request)) ? undefined : trailerOf(request);
}

const openPulls = z.array(
  z.object({ number: z.int(), head: z.object({ repo: z.object({ full_name: z.string() }).nullish() }) }),
);

/** Whether what is judged is of another repository; in a merge queue, where only GitHub knows, also where it does not say. */
async function isFromFork({ event, api }: AcknowledgeRequest): Promise<boolean> {
  if (event.pullRequest) return event.pullRequest.fromFork;
  if (event.name !== 'merge_group') return false;
  if (!api || event.queued === undefined) return true;
  const { owner, repo } = ownerAndName(api.repository);
  const client = createClient(api);
  try {
    const found = await client.paginate(client.rest.pulls.list, { owner, repo, state: 'open', per_page: 100 });
    const queued = openPulls.parse(found).find(({ number }) => number === event.queued);
    return queued?.head.repo?.full_name !== api.repository;
  } catch {
    return true;
  }
}

/** The words of the newest trailer among the commits that are judged. */
async function trailerOf({ git, event }: AcknowledgeRequest): Promise<string | undefined> {
  const { head, base } = event;
  if (!head) return undefined;
  const log = (range: readonly string[]) =>
    gitText(git, [
      'log',
      `--format=%(trailers:key=${acceptTrailer},valueonly,separator=%x2C )`,
      '--end-of-options',
      ...range,
    ]);
  // Where the base is not in the checkout, the head's own message still is.
  const found =
    (base && !base.forced ? await log([`${base.sha}..${head}`]) : undefined) ?? (await log(['--max-count=1', head]));
  const words = found?.split('\n').find((line) => line.trim() !== '');
  return words && `trailer ${acceptTrailer}: ${words.trim()}`;
}

const labelsSchema = z.array(z.object({ name: z.string() }));
const pullsSchema = z.array(z.object({ labels: labelsSchema }));

/** The labels of the pull request as they are now, or as the event says where GitHub does not tell; of a push, of those that it merged. */
async function labelsOf({ event, api }: AcknowledgeRequest): Promise<readonly string[]> {
  const known = event.pullRequest?.labels ?? [];
  if (!api) return known;
  const { owner, repo } = ownerAndName(api.repository);
  const { rest } = createClient(api);
  try {
    const number = event.pullRequest?.number ?? event.queued;
    if (number !== undefined) {
      const { data } = await rest.issues.listLabelsOnIssue({
        owner,
        repo,
        issue_number: number,
        per_page: 100,
      });
      return labelsSchema.parse(data).map(({ name }) => name);
    }
    if (event.name !== 'push' || !event.head) return known;
    const { data } = await rest.repos.listPullRequestsAssociatedWithCommit({ owner, repo, commit_sha: event.head });
    return pullsSchema.parse(data).flatMap(({ labels }) => labels.map(({ name }) => name));
  } catch {
    return known;
  }
}
