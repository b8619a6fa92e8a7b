// What results become: outputs, history, summary, comment, check run, annotations, and the step's success or failure.
import { join, posix, sep } from 'node:path';
import { summary, warning } from '@actions/core';
import type { Trend } from '../contracts/history.ts';
import { readResult } from '../contracts/result.ts';
import { writeJson } from '../lib/files.ts';
import { type CommentTextOptions, commentMarkdown } from '../report/comment.ts';
import { severalMarkdown, worstFirst } from '../report/several.ts';
import { driftWarnings } from '../report/trend.ts';
import { acknowledgement } from './acknowledge.ts';
import { uploadPage } from './artifact.ts';
import { type Event, gateFolder, isProposal, type Work } from './events.ts';
import { type Git, gitText } from './git.ts';
import { publishCheck } from './github/check.ts';
import { type CommentOutcome, publishComment } from './github/comment.ts';
import { defaultCommentKey, type Inputs } from './inputs.ts';
import type { Caches } from './keep.ts';
import { say } from './log.ts';
import { annotationsOf, failsStep, hasRegressed, type Judged, judge, setOutputs } from './report.ts';
import { followTrend } from './trend.ts';

/** Below the 1 MiB over which GitHub leaves a step's summary out. */
const summaryBytes = 1_000_000;

export interface PublishContext {
  readonly inputs: Inputs;
  readonly event: Event;
  readonly git: Git;
  readonly caches: Caches;
  /** RUNNER_TEMP. */
  readonly temporary: string;
  /** Tells this run's cache entries from those of other runs. */
  readonly runId: string;
  /** Whether photos of the data must not be published. */
  readonly isPrivate: boolean;
}

/** Publishes what a run has left in its folder. */
export async function publish(work: Work, context: PublishContext): Promise<void> {
  const { inputs, event, git } = context;
  const results = await readJudged(work, inputs.out);
  // Where several models were judged, figures are those of the worst.
  const [worst] = worstFirst(results.map((one) => ({ ...one, model: one.model ?? '' }))) as [
    Judged & { model: string },
  ];
  const accepted = results.some(({ result }) => hasRegressed(result)) ? await acknowledged(context) : undefined;
  const judged = { ...worst, model: worst.model || undefined };
  setOutputs(judged, accepted);
  const { historyBranch: branch, historyPath: folder, token } = inputs;
  const place = branch && token ? { ...access(token), branch, folder } : undefined;
  const trends: Trend[] = [];
  for (const { result, model } of results) {
    const trend = await followTrend(result, {
      ...context,
      work,
      model,
      accepted: hasRegressed(result) ? accepted : undefined,
      place,
      cache: context.caches('history'),
    });
    if (trend) trends.push(trend);
  }
  const page = await uploadPages(results, worst.folder, context);
  const { GITHUB_RUN_ID: id } = process.env;
  const text: CommentTextOptions = {
    key: inputs.commentKey,
    title: inputs.title,
    accepted,
    run: id && event.head ? { id: Number(id), head: event.head } : undefined,
    origin: `[this run](${runAddress()})${page ? ` · [report.html](${page})` : ''}`,
    trend: results.length === 1 ? trends[0] : undefined,
  };
  const render = (options: CommentTextOptions): string =>
    results.length === 1
      ? commentMarkdown(worst.result, options)
      : severalMarkdown(
          results.map(({ result, model = '' }) => ({ model, result })),
          options,
        );
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(render({ ...text, maxBytes: summaryBytes })).write();
  // The worst one may be forgiven where another is not.
  const failing = [worst, ...results].find(({ result }) => failsStep(result, inputs.failOn, accepted));
  const fails = failing !== undefined;
  const body = render(text);
  if (event.pullRequest) await comment(body, fails, inputs, event.pullRequest.number);
  const paths = await Promise.all(results.map(({ model }) => pathInRepository(work, model, git)));
  const annotations = results.flatMap(({ result }, i) => annotationsOf(result, paths[i]!));
  if (inputs.checkRun) await check(body, fails, judged, annotations, context);
  judge((failing ?? worst).result, annotations, fails);
  // On the branch itself: a pull request does not answer for what was merged before it.
  if (event.branch) for (const drifting of trends.flatMap(driftWarnings)) warning(drifting);
}

/**
 * Uploads the page of each result.
 * @returns the address of the one that the outputs are about
 */
async function uploadPages(
  results: readonly Judged[],
  worst: string,
  { inputs, temporary, isPrivate }: PublishContext,
): Promise<string | undefined> {
  // Artifacts of one run need different names: those of jobs (a search in shards has several), of matrix legs (by the key) and of models.
  const { GITHUB_JOB: job, GITHUB_RUN_ATTEMPT: attempt = '1' } = process.env;
  // A run that is run again keeps the artifacts of its earlier attempts.
  const again = attempt === '1' ? '' : `-attempt-${attempt}`;
  const prefix = `${inputs.commentKey}${job ? `-${job}` : ''}-report${again}`;
  let found: string | undefined;
  for (const [i, { folder }] of results.entries()) {
    const name = `${prefix}${results.length > 1 ? `-${i + 1}` : ''}`;
    const address = await uploadPage({ folder, name, temporary, isPrivate, run: runAddress() });
    if (folder === worst) found = address;
  }
  return found;
}

async function readJudged(work: Work, out: string): Promise<Judged[]> {
  if (work.mode !== 'gate')
    return [{ result: await readResult(join(out, 'result.json')), folder: out, model: undefined }];
  const only = work.models.length === 1;
  const results: Judged[] = [];
  for (const model of work.models) {
    const folder = gateFolder(out, model, only);
    results.push({ result: await readResult(join(folder, 'result.json')), folder, model });
  }
  if (!only) {
    const listed = results.map(({ model, result }) => ({ model, result }));
    await writeJson(join(out, 'results.json'), { schema: 'proxyless-ci/results@1', results: listed });
  }
  return results;
}

function acknowledged({ inputs, event, git }: PublishContext): Promise<string | undefined> {
  const api = inputs.token ? access(inputs.token) : undefined;
  return acknowledgement({ git, event, label: inputs.acceptLabel, api });
}

/** Comments on the pull request; where that cannot be, it is a warning and nothing more. */
async function comment(body: string, failed: boolean, inputs: Inputs, pullRequest: number): Promise<void> {
  const { comment: policy, commentKey: key, token } = inputs;
  if (policy === 'never') return;
  const other = otherForge(process.env);
  if (other) return warning(`no comment: ${other}; the report is in the job summary`);
  if (!token) return warning('no comment: github-token is empty; the report is in the job summary');
  tell(await publishComment({ ...access(token), pullRequest, body, key, policy, failed }));
}

async function check(
  body: string,
  fails: boolean,
  { result }: Judged,
  annotations: ReturnType<typeof annotationsOf>,
  { inputs, event }: PublishContext,
): Promise<void> {
  if (otherForge(process.env) || !inputs.token || !event.head || !(isProposal(event) || event.branch))
    return warning('no check run: github-token is empty, the event has no commit, or this is not GitHub');
  const conclusion = fails ? 'failure' : result.verdict === 'pass' ? 'success' : 'neutral';
  // Of two check runs of one name on a commit, GitHub shows the later.
  const what = inputs.title ?? (inputs.commentKey === defaultCommentKey ? undefined : inputs.commentKey);
  const name = what ? `proxyless-ci (${what})` : 'proxyless-ci';
  const refused = await publishCheck({
    ...access(inputs.token),
    name,
    head: event.head,
    conclusion,
    title: result.reason,
    body,
    annotations,
  });
  if (refused) warning(refused);
}

/** Why comments and check runs are refused on a forge whose API is not GitHub's; undefined on GitHub and GitHub Enterprise Server. */
export function otherForge({ FORGEJO_ACTIONS, GITEA_ACTIONS }: NodeJS.ProcessEnv): string | undefined {
  if (!FORGEJO_ACTIONS && !GITEA_ACTIONS) return undefined;
  return "Forgejo and Gitea have no GraphQL API, so whose token it is, and with that which comment is the Action's, cannot be told";
}

/** Says what became of a comment. */
export function tell(outcome: CommentOutcome): void {
  if (outcome.state === 'refused') warning(outcome.warning);
  else say(`comment: ${outcome.state}`);
}

/** Where GitHub's API is, for a token. */
export function access(token: string) {
  const { GITHUB_API_URL: apiUrl = 'https://api.github.com', GITHUB_REPOSITORY: repository = '' } = process.env;
  return { token, apiUrl, repository };
}

function runAddress(): string {
  const {
    GITHUB_SERVER_URL: server = 'https://github.com',
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: id,
  } = process.env;
  return `${server}/${repository}/actions/runs/${id}`;
}

/** The file that a verdict is about, by its path in the repository, of which the workspace may be a part; empty for a recipe that comes with this tool. */
async function pathInRepository(work: Work, model: string | undefined, git: Git): Promise<string> {
  const file = work.mode === 'gate' ? model : work.recipe.startsWith('./') ? work.recipe.slice(2) : undefined;
  const prefix = (await gitText(git, ['rev-parse', '--show-prefix'])) ?? '';
  return file === undefined ? '' : posix.join(prefix, file.split(sep).join(posix.sep));
}
