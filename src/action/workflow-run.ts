// The privileged half of the fork-safe pair. A pull_request workflow with a read-only token measures and uploads its result; this half runs on
// workflow_run with a token that may comment. It trusts nothing in that file: the file is capped in size, checked against the schema and rendered again
// here, and the pull request comes from the event. It checks nothing out and loads neither ONNX Runtime nor a model.
//
// The artifact is unpacked by actions/download-artifact (with run-id and github-token) in the step before. So no archive is opened here: GitHub's own
// action guards against malicious archives, and this code gets only a path.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { type Result, resultSchema } from '../contracts/result.ts';
import { UserError } from '../lib/errors.ts';
import { checkSchema, errorCode, parseJson } from '../lib/files.ts';
import { commentMarkdown, lostMarkdown } from '../report/comment.ts';
import { isFailure } from '../verdict/verdict.ts';
import { type ApiAccess, createClient, ownerAndName } from './github/client.ts';
import { type CommentOutcome, type CommentPolicy, publishComment } from './github/comment.ts';
import { explainFailure, oneLine } from './github/failures.ts';

/** Real results have some tens of kilobytes. */
const maxReportBytes = 1024 * 1024;

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);

/** What is read of the event; GitHub writes it, but branch and fork names in it are the contributor's. */
const eventSchema = z.object({
  workflow_run: z.object({
    id: z.int(),
    event: z.string(),
    /** `success`, `failure`, `timed_out` ... */
    conclusion: z.string().nullable().default(null),
    head_sha: sha,
    head_branch: z.string().min(1).nullable(),
    /** Null where the fork was deleted. */
    head_repository: z.object({ full_name: z.string(), owner: z.object({ login: z.string() }) }).nullable(),
    html_url: z.url({ protocol: /^https?$/ }),
    /** Empty for forks. */
    pull_requests: z.array(z.object({ number: z.int().min(1) })),
  }),
});
type WorkflowRun = z.output<typeof eventSchema>['workflow_run'];

export interface WorkflowRunOptions extends ApiAccess {
  /** The event's payload, as parsed from GITHUB_EVENT_PATH. */
  readonly event: unknown;
  /** The untrusted result. */
  readonly reportFile: string;
  /** `owner/name` of this repository. */
  readonly repository: string;
  readonly key: string;
  readonly policy: CommentPolicy;
}

/**
 * Comments on the pull request that a finished workflow run belongs to.
 * @returns `refused` with the reason where there is nothing to comment, or nothing to comment on: a report of the wrong form, a pull request that
 * was closed or has newer commits
 * @throws UserError when the event is not a workflow_run event
 */
export async function publishFromWorkflowRun(options: WorkflowRunOptions): Promise<CommentOutcome> {
  const { policy, key, token } = options;
  if (policy === 'never') return { state: 'skipped' };
  const { workflow_run: run } = checkSchema(options.event, 'the workflow_run event', eventSchema);
  try {
    const result = await readUntrusted(options.reportFile);
    const pullRequest = await findPullRequest(run, options);
    const link = `[this run](${encodeURI(run.html_url)})`;
    const text = { key, run: { id: run.id, head: run.head_sha } };
    if (!result) {
      const body = lostMarkdown({ ...text, origin: link, conclusion: run.conclusion ?? 'unknown' });
      return await publishComment({ ...options, pullRequest, body, failed: true });
    }
    // The commit that GitHub says, not the one that the report claims.
    const shown = { ...result, commit: run.head_sha.slice(0, 7) };
    const body = commentMarkdown(shown, { ...text, origin: `figures as reported by ${link}` });
    return await publishComment({ ...options, pullRequest, body, failed: isFailure(result) });
  } catch (error) {
    if (error instanceof UserError) return { state: 'refused', warning: oneLine(error.message, token) };
    const intent = `find the pull request of workflow run ${run.id}`;
    return { state: 'refused', warning: explainFailure(error, intent, token) };
  }
}

/**
 * Reads a result that anyone may have written.
 * @returns undefined where there is none: the job that measures died
 * @throws UserError when it is not a regular file, is too large or breaks the schema
 */
async function readUntrusted(path: string): Promise<Result | undefined> {
  const text = await readCapped(path);
  return text === undefined ? undefined : parseJson(text, path, resultSchema);
}

/** No links are followed: what they point to would be this machine's. */
async function readCapped(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new UserError(`${path}: not a file; name the report within the artifact`);
      if (stat.size > maxReportBytes)
        throw new UserError(
          `${path}: is not a result: it has ${stat.size} bytes, and a result has at most ${maxReportBytes}`,
        );
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ELOOP')
      throw new UserError(`${path}: a symbolic link; an artifact's report must be a file`);
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const pullsSchema = z.array(
  z.object({
    number: z.int().min(1),
    head: z.object({ sha, repo: z.object({ full_name: z.string() }).nullable() }),
  }),
);

/**
 * The open pull request whose head is the commit that the run was on. For forks the event names no pull request, so all with the run's branch as their
 * head are listed. If several have it (with different bases), those that the event names count.
 * @throws UserError when there is none, or more than one
 */
async function findPullRequest(run: WorkflowRun, options: WorkflowRunOptions): Promise<number> {
  const { head_repository: head, head_branch: branch, head_sha: commit } = run;
  if (run.event !== 'pull_request')
    throw new UserError(
      `workflow run ${run.id} was started by ${run.event}, not by a pull request: there is nothing to comment on`,
    );
  if (!head || !branch)
    throw new UserError(`workflow run ${run.id}: its fork or branch no longer exists: there is nothing to comment on`);
  const { owner, repo } = ownerAndName(options.repository);
  const client = createClient(options);
  const answer = await client.paginate(client.rest.pulls.list, {
    owner,
    repo,
    state: 'open',
    head: `${head.owner.login}:${branch}`,
    per_page: 100,
  });
  const pulls = checkSchema(answer, "GitHub's list of pull requests", pullsSchema).filter(
    (pull) => pull.head.sha === commit && pull.head.repo?.full_name === head.full_name,
  );
  const named = pulls.filter(({ number }) => run.pull_requests.some((pull) => pull.number === number));
  const [found, another] = named.length > 0 ? named : pulls;
  if (!found)
    throw new UserError(
      `no open pull request has commit ${commit.slice(0, 7)} as its head: it was closed, or has newer commits, and their run will comment`,
    );
  if (another)
    throw new UserError(
      `pull requests ${pulls.map(({ number }) => number).join(' and ')} have the same head ${commit.slice(0, 7)}: the run may belong to either`,
    );
  return found.number;
}
