// A result becomes the step's outputs, annotations and failure.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { error as annotateError, warning as annotateWarning, setFailed, setOutput } from '@actions/core';
import { judgedMiou } from '../contracts/judged-miou.ts';
import type { Result } from '../contracts/result.ts';
import { budgetAmount, budgetState } from '../report/format.ts';
import type { CheckAnnotation } from './github/check.ts';
import type { FailureKind } from './inputs.ts';

/** GitHub shows ten errors and ten warnings a step, of which the verdict is one. */
const maxAnnotations = 9;

/** A result of the step. */
export interface Judged {
  readonly result: Result;
  /** Where its files are. */
  readonly folder: string;
  /** The ONNX file of a gate, relative to the workspace. */
  readonly model: string | undefined;
}

/** Sets the outputs that action.yml names; what there is not is empty. */
export function setOutputs({ result, folder, model }: Judged, accepted: string | undefined): void {
  const network = result.networks.find(({ role }) => role === 'head');
  const base = result.networks.find(({ role }) => role === 'base');
  const compared = (metric: 'latency' | 'miou') => result.comparisons?.find((one) => one.metric === metric);
  const [latency, miou] = [compared('latency'), compared('miou')];
  const values = {
    verdict: result.verdict,
    accepted,
    miou: judgedMiou(network),
    'latency-p50-ms': network?.latencyP50Ms,
    'latency-p95-ms': network?.latencyP95Ms,
    'base-latency-p50-ms': base?.latencyP50Ms,
    'latency-change': latency?.change,
    'latency-change-low': latency?.interval[0],
    'latency-change-high': latency?.interval[1],
    'latency-noise-floor': latency?.noiseFloor,
    'base-miou': judgedMiou(base),
    'miou-change': miou?.change,
    'miou-change-low': miou?.interval[0],
    'miou-change-high': miou?.interval[1],
    macs: network?.macs,
    parameters: network?.parameters,
    model: model ?? existing(folder, 'model.onnx'),
    architecture: existing(folder, 'architecture.json'),
    'latency-table': existing(folder, 'latency-table.json'),
    report: existing(folder, 'report.md'),
    'report-html': existing(folder, 'report.html'),
    'report-json': existing(folder, 'result.json'),
  };
  for (const [name, value] of Object.entries(values)) setOutput(name, value ?? '');
}

function existing(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return existsSync(path) ? path : undefined;
}

/** Whether a result is worse than its base, whatever else its verdict says. */
export const hasRegressed = ({ verdict, comparisons = [] }: Result): boolean =>
  verdict === 'regression' || comparisons.some(({ outcome }) => outcome === 'fail');

/** Whether a result fails the step: as the user says, and not where someone said that a regression is meant. */
export function failsStep(result: Result, failOn: readonly FailureKind[], accepted: string | undefined): boolean {
  const { verdict, budgets, comparisons = [] } = result;
  // The verdict names the worst. Where that is forgiven, what is open is the worst that is left.
  const isOpen =
    budgets.some(({ met }) => met === null) || comparisons.some(({ outcome }) => outcome === 'inconclusive');
  const found: Readonly<Record<FailureKind, boolean>> = {
    regression: hasRegressed(result) && accepted === undefined,
    budget: verdict === 'budget-missed',
    inconclusive:
      verdict === 'inconclusive' ||
      (accepted !== undefined && hasRegressed(result) && failOn.includes('regression') && isOpen),
  };
  return failOn.some((kind) => found[kind]);
}

/**
 * What is wrong: a failure for each missed budget and failed comparison, a warning for each that is undecided.
 * @param path of the recipe or model in the repository, at which it is shown
 */
export function annotationsOf({ budgets, comparisons = [] }: Result, path: string): CheckAnnotation[] {
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
  return found
    .filter(({ ok }) => ok !== true)
    .map(({ ok, title, message }) => ({ path, level: ok === false ? 'failure' : 'warning', title, message }));
}

/** Writes annotations into the log, where GitHub takes them from, and the verdict, which fails the step or is a warning. */
export function judge(result: Result, annotations: readonly CheckAnnotation[], fails: boolean): void {
  const annotate = (level: CheckAnnotation['level'], write: typeof annotateError): void => {
    for (const { title, message, path } of annotations.filter((one) => one.level === level).slice(0, maxAnnotations))
      write(message, { title, ...(path ? { file: path } : {}) });
  };
  annotate('failure', annotateError);
  annotate('warning', annotateWarning);
  if (fails) setFailed(result.reason);
  else if (result.verdict !== 'pass') annotateWarning(result.reason);
}
