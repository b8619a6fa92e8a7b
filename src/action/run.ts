// The way of the Action: inputs and event, the work, then what the result becomes: outputs, summary, annotations, verdict.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endGroup, getInput, info, setSecret, startGroup, summary, warning } from '@actions/core';
import { handleSignals } from '../base/signals.ts';
import { createProgress } from '../pipeline/progress.ts';
import { readResult } from '../pipeline/result.ts';
import { commentMarkdown } from '../report/comment.ts';
import { chooseWork, loadEvent, type Work } from './events.ts';
import { fail } from './failure.ts';
import { loadInputs } from './inputs.ts';
import { judge, setOutputs } from './report.ts';
import { perform } from './work.ts';

/** Below the 1 MiB over which GitHub leaves a step's summary out. */
const summaryBytes = 1_000_000;

/** Runs the Action. It fails the step itself, and throws only for a bug. */
export async function run(): Promise<void> {
  const interruption = handleSignals(info);
  try {
    await act(interruption.signal);
  } catch (error) {
    endGroup();
    const exitCode = interruption.exitCode();
    if (exitCode === undefined || !(error instanceof Error && error.name === 'AbortError')) return fail(error);
    warning('cancelled; a run of the same recipe, data and code goes on from here');
    process.exitCode = exitCode;
  }
}

async function act(signal: AbortSignal): Promise<void> {
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const inputs = await loadInputs(getInput, workspace);
  if (inputs.token) setSecret(inputs.token);
  const event = await loadEvent(process.env);
  const work = chooseWork(inputs, event);
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt, RUNNER_TEMP: temporary = tmpdir() } = process.env;
  startGroup(`proxyless-ci: ${work.mode}${work.recipe ? ` by recipe ${work.recipe}` : ''}`);
  const progress = createProgress(process.stdout, { tty: false });
  const runId = `${id}-${attempt}`;
  const outcome = await perform(work, { inputs, event, workspace, temporary, runId, progress, signal });
  endGroup();
  info(outcome.summary);
  // A shard has trained networks and judged nothing.
  if (typeof inputs.shard === 'object') return;
  const result = await readResult(join(inputs.out, 'result.json'));
  setOutputs(result, inputs.out, work.mode === 'gate' ? work.model : undefined);
  if (process.env.GITHUB_STEP_SUMMARY)
    await summary.addRaw(commentMarkdown(result, { key: inputs.commentKey, budget: summaryBytes })).write();
  judge(result, annotated(work));
}

/** The file in the workspace that a verdict is about. */
function annotated(work: Work): string | undefined {
  if (work.mode === 'gate') return work.model;
  return work.recipe.startsWith('./') ? work.recipe.slice(2) : undefined;
}
