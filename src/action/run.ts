// The Action from start to end: inputs and event, the work, then outputs, summary, comment, annotations and verdict.
import { tmpdir } from 'node:os';
import { join, posix, sep } from 'node:path';
import { endGroup, getInput, info, setSecret, startGroup, summary, warning } from '@actions/core';
import { z } from 'zod';
import { type Result, readResult } from '../contracts/result.ts';
import { UserError } from '../lib/errors.ts';
import { readJson } from '../lib/files.ts';
import { handleSignals } from '../lib/signals.ts';
import { createProgress } from '../pipeline/progress.ts';
import { commentMarkdown } from '../report/comment.ts';
import { driftWarnings } from '../report/trend.ts';
import { isFailure } from '../verdict/verdict.ts';
import { chooseWork, type Event, loadEvent, type Work } from './events.ts';
import { fail } from './failure.ts';
import { type Git, gitText, openGit } from './git.ts';
import { type CommentOutcome, publishComment } from './github/comment.ts';
import { enterWorkspace, type Inputs, loadInputs, workingDirectory } from './inputs.ts';
import { judge, setOutputs } from './report.ts';
import { followTrend } from './trend.ts';
import { publishFromWorkflowRun } from './workflow-run.ts';

/** Below the 1 MiB over which GitHub leaves a step's summary out. */
const summaryBytes = 1_000_000;

/** Runs the Action. It fails the step itself, and throws only for a bug. */
export async function run(): Promise<void> {
  const interruption = handleSignals(info);
  try {
    await runAction(interruption.signal);
  } catch (error) {
    endGroup();
    const exitCode = interruption.exitCode();
    if (exitCode === undefined || !(error instanceof Error && error.name === 'AbortError')) return fail(error);
    warning('canceled; the next run of the same recipe, data and code resumes here');
    process.exitCode = exitCode;
  }
}

async function runAction(signal: AbortSignal): Promise<void> {
  const workspace = await enterWorkspace(process.env.GITHUB_WORKSPACE ?? process.cwd(), getInput(workingDirectory));
  const inputs = await loadInputs(getInput, workspace);
  if (inputs.token) setSecret(inputs.token);
  const event = await loadEvent(process.env);
  if (event.name === 'workflow_run') return commentOnRun(inputs);
  const work = chooseWork(inputs, event);
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt, RUNNER_TEMP: temporary = tmpdir() } = process.env;
  startGroup(`proxyless-ci: ${work.mode}${work.recipe ? ` by recipe ${work.recipe}` : ''}`);
  const progress = createProgress(process.stdout, { tty: false });
  // Only here: a workflow_run job has no native packages.
  const { runWork } = await import('./work.ts');
  const runId = `${id}-${attempt}`;
  const git = await openGit(workspace, temporary);
  const job = { inputs, event, workspace, git, temporary, runId, commit: event.head };
  const outcome = await runWork(work, { ...job, progress, signal });
  endGroup();
  info(outcome.summary);
  // A shard has trained networks and judged nothing.
  if (typeof inputs.shard === 'object') return;
  const result = await readResult(join(inputs.out, 'result.json'));
  setOutputs(result, inputs.out, work.mode === 'gate' ? work.model : undefined);
  const trend = await followTrend(result, { work, event, inputs, temporary, runId });
  const text = { key: inputs.commentKey, origin: `[this run](${runAddress()})`, trend };
  if (process.env.GITHUB_STEP_SUMMARY)
    await summary.addRaw(commentMarkdown(result, { ...text, maxBytes: summaryBytes })).write();
  if (event.pullRequest) await comment(result, commentMarkdown(result, text), inputs, event.pullRequest);
  judge(result, await annotated(work, git));
  // On the branch itself: a pull request does not answer for what was merged before it.
  if (trend && event.branch) for (const drifting of driftWarnings(trend)) warning(drifting);
}

/** Comments on the pull request. If that fails, it is only a warning. */
async function comment(
  result: Result,
  body: string,
  { comment: policy, commentKey: key, token }: Inputs,
  { number: pullRequest }: NonNullable<Event['pullRequest']>,
): Promise<void> {
  if (policy === 'never') return;
  if (!token) return warning('no comment: github-token is empty; the report is in the job summary');
  tell(await publishComment({ ...access(token), pullRequest, body, key, policy, failed: isFailure(result) }));
}

/** The second half of the pair for forks: the first half's result becomes the comment. */
async function commentOnRun({ mode, token, out, commentKey: key, comment: policy }: Inputs): Promise<void> {
  if (mode !== 'auto')
    throw new UserError(`input: mode: on workflow_run the Action only comments; leave out mode ${mode}`);
  if (!token) throw new UserError('input: github-token: on workflow_run the Action only comments, which needs one');
  const event = await readJson(process.env.GITHUB_EVENT_PATH!, z.unknown());
  const reportFile = join(out, 'result.json');
  tell(await publishFromWorkflowRun({ ...access(token), event, reportFile, key, policy }));
}

function tell(outcome: CommentOutcome): void {
  if (outcome.state === 'refused') warning(outcome.warning);
  else info(`comment: ${outcome.state}`);
}

function access(token: string) {
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

/** The file that a verdict is about, by its path in the repository, of which the workspace may be a part. */
async function annotated(work: Work, git: Git): Promise<string | undefined> {
  const file = work.mode === 'gate' ? work.model : work.recipe.startsWith('./') ? work.recipe.slice(2) : undefined;
  const prefix = (await gitText(git, ['rev-parse', '--show-prefix'])) ?? '';
  return file && posix.join(prefix, file.split(sep).join(posix.sep));
}
