// A result becomes the step's outputs, annotations and failure.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { error as annotateError, warning as annotateWarning, setFailed, setOutput } from '@actions/core';
import type { Result } from '../contracts/result.ts';
import { budgetAmount, budgetState } from '../report/format.ts';
import { isFailure } from '../verdict/verdict.ts';

/** GitHub shows ten errors and ten warnings a step, of which the verdict is one. */
const maxAnnotations = 9;

/** Sets the outputs that action.yml names; what there is not is empty. `judged` is the ONNX file of a gate. */
export function setOutputs(result: Result, out: string, judged?: string): void {
  const network = result.networks.find(({ role }) => role === 'head');
  const values = {
    verdict: result.verdict,
    miou: network?.miou,
    'latency-p50-ms': network?.latencyP50Ms,
    'latency-p95-ms': network?.latencyP95Ms,
    macs: network?.macs,
    parameters: network?.parameters,
    model: judged ?? existing(out, 'model.onnx'),
    architecture: existing(out, 'architecture.json'),
    'latency-table': existing(out, 'latency-table.json'),
    report: existing(out, 'report.md'),
    'report-json': existing(out, 'result.json'),
  };
  for (const [name, value] of Object.entries(values)) setOutput(name, value ?? '');
}

function existing(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return existsSync(path) ? path : undefined;
}

/**
 * Annotates what is wrong: an error for each missed budget and failed comparison, a warning for each that is undecided, and the verdict, which
 * fails the step unless it is inconclusive.
 * @param file recipe or model in the workspace that the annotations stand at
 */
export function judge(result: Result, file: string | undefined): void {
  const { budgets, comparisons = [], verdict, reason } = result;
  const found = [
    ...budgets.map((budget) => ({
      ok: budget.met,
      title: `Budget ${budget.name}`,
      message: `${budgetAmount(budget.name, budget.actual)} of ${budgetAmount(budget.name, budget.limit)}: ${budgetState(budget)}`,
    })),
    ...comparisons.map(({ metric, outcome, reason: why }) => ({
      ok: outcome === 'inconclusive' ? null : outcome === 'pass',
      title: `Comparison of ${metric}`,
      message: why,
    })),
  ];
  const annotate = (ok: boolean | null, write: typeof annotateError): void => {
    for (const { title, message } of found.filter((one) => one.ok === ok).slice(0, maxAnnotations))
      write(message, { title, ...(file ? { file } : {}) });
  };
  annotate(false, annotateError);
  annotate(null, annotateWarning);
  if (isFailure(result)) setFailed(reason);
  else if (verdict === 'inconclusive') annotateWarning(reason);
}
