// The Action from start to end: inputs and event, the work, then outputs, summary, comment, annotations and verdict.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endGroup, getInput, setSecret, startGroup, warning } from '@actions/core';
import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { readJson } from '../lib/files.ts';
import { handleSignals } from '../lib/signals.ts';
import { createProgress } from '../pipeline/progress.ts';
import { chooseWork, loadEvent } from './events.ts';
import { fail } from './failure.ts';
import { openGit } from './git.ts';
import { enterWorkspace, type Inputs, loadInputs, workingDirectory } from './inputs.ts';
import { openCaches } from './keep.ts';
import { log, say } from './log.ts';
import { access, publish, tell } from './publish.ts';
import { publishFromWorkflowRun } from './workflow-run.ts';

/** Runs the Action. It fails the step itself, and throws only for a bug. */
export async function run(): Promise<void> {
  const interruption = handleSignals(say);
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
  const progress = createProgress(log, { tty: false });
  // Only here: a workflow_run job has no native packages.
  const { runWork } = await import('./work.ts');
  const runId = `${id}-${attempt}`;
  const git = await openGit(workspace, temporary);
  const caches = openCaches(inputs.cache);
  const job = { inputs, event, workspace, git, temporary, runId, caches, commit: event.head };
  const outcome = await runWork(work, { ...job, progress, signal });
  endGroup();
  say(outcome.summary);
  // A shard has trained networks and judged nothing.
  if (typeof inputs.shard === 'object') return;
  await publish(work, { ...job, isPrivate: outcome.isPrivate });
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
