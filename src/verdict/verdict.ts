// The one place where what was found becomes the verdict of a run, and a verdict becomes its exit code.
import type { Result, ResultComparison } from '../contracts/result.ts';
import type { QuantileEstimate } from '../contracts/timing.ts';
import { ExitCode } from '../lib/errors.ts';
import { type BudgetResult, type Budgets, judgeBudgets, uncertainBudgets } from './budgets.ts';
import { correctedConfidence } from './latency.ts';

/** A verdict with the sentence that says why. */
export type Judgement = Pick<Result, 'verdict' | 'reason'>;

/** How head is judged against base where neither the recipe nor a door says otherwise. */
export const defaultCriteria = {
  /** The largest share by which the median latency may grow. */
  latencyThreshold: 0.05,
  /** The largest drop of mIoU, from 0 to 1. */
  miouThreshold: 0.01,
  /** Of all comparisons of a run together: one run in a hundred may be wrong somewhere. */
  confidence: 0.99,
} as const;

/**
 * The confidence that every interval of a run needs, so that all of what it decides together has the one of `defaultCriteria`.
 * @param comparisons heads times metrics
 * @param gates how many runs make one verdict
 */
export function confidenceOfEach(comparisons: number, budgets: Budgets, gates = 1): number {
  const decisions = Math.max(1, comparisons + uncertainBudgets(budgets));
  return correctedConfidence(defaultCriteria.confidence, decisions * gates);
}

/** Why a comparison that was to be expected was not made: any, or that of mIoU. */
export interface NotCompared {
  /** A sentence. */
  readonly reason: string;
  /** Whether it leaves open if the head has become worse; else there is nothing that it could be worse than. */
  readonly inconclusive: boolean;
}

/** A run that asked for no decision: it did what it was told. */
export const judgeWork = (reason: string): Judgement => ({ verdict: 'pass', reason });

/** A search whose candidates all miss the latency limit as measured. */
export const judgeNothingDerived = (reason: string): Judgement => ({ verdict: 'budget-missed', reason });

/**
 * The verdict over a run's budgets and its comparisons with a base. A missed budget outweighs a regression, and a regression outweighs what is
 * unclear. Where there is no base, the reason says so.
 */
export function judgeRun(
  budgets: readonly BudgetResult[],
  comparisons: readonly ResultComparison[],
  notCompared?: NotCompared,
): Judgement {
  const judged = judgeAll(budgets, comparisons);
  if (!notCompared) return judged;
  const verdict = judged.verdict === 'pass' && notCompared.inconclusive ? 'inconclusive' : judged.verdict;
  return { verdict, reason: `${judged.reason} ${notCompared.reason}` };
}

function judgeAll(budgets: readonly BudgetResult[], comparisons: readonly ResultComparison[]): Judgement {
  const judged = judgeBudgets(budgets);
  const failed = comparisons.filter(({ outcome }) => outcome === 'fail');
  if (judged.verdict === 'budget-missed')
    return { ...judged, reason: [judged.reason, ...failed.map(sentenceOf)].join(' ') };
  const compared = judgeComparisons(comparisons);
  if (compared?.verdict === 'regression') return compared;
  if (judged.verdict === 'inconclusive' || !compared) return judged;
  if (compared.verdict === 'inconclusive') return compared;
  const metrics = [...new Set(comparisons.map(metricOf))].join(' and ');
  const [{ head, base }] = comparisons as [ResultComparison];
  return { verdict: 'pass', reason: `${judged.reason} ${head} is within the thresholds of ${base} in ${metrics}.` };
}

/**
 * The verdict over comparisons alone.
 * @returns undefined where there are none
 */
export function judgeComparisons(comparisons: readonly ResultComparison[]): Judgement | undefined {
  if (comparisons.length === 0) return undefined;
  const failed = comparisons.filter(({ outcome }) => outcome === 'fail');
  if (failed.length > 0) return { verdict: 'regression', reason: failed.map(sentenceOf).join(' ') };
  const unclear = comparisons.filter(({ outcome }) => outcome === 'inconclusive');
  if (unclear.length > 0) return { verdict: 'inconclusive', reason: unclear.map(sentenceOf).join(' ') };
  return { verdict: 'pass', reason: comparisons.map(({ reason }) => reason).join(' ') };
}

const metricOf = ({ metric }: ResultComparison): string => (metric === 'miou' ? 'mIoU' : metric);
const sentenceOf = (comparison: ResultComparison): string =>
  `${comparison.head} against ${comparison.base}, ${metricOf(comparison)}: ${comparison.reason}`;

/** A median whose confidence interval is wider than this on either side, as a share, is of no use. */
const widestInterval = 0.1;

/** Whether the median of a single model is known well enough to be used. */
export function judgeMeasurement({ value, interval: [low, high] }: QuantileEstimate): {
  readonly verdict: 'measured' | 'inconclusive';
  readonly reason: string;
} {
  const width = Math.max(high - value, value - low) / value;
  if (width <= widestInterval)
    return { verdict: 'measured', reason: `The median is known to ${(100 * width).toFixed(1)} %.` };
  return {
    verdict: 'inconclusive',
    reason: `This machine is too noisy: the median is known to ${(100 * width).toFixed(0)} % only. Stop other programs on it, or use fewer threads.`,
  };
}

/** The exit code of the command line that belongs to a verdict. */
export function exitCodeOf(verdict: Result['verdict'] | 'measured'): number {
  const exitCodes = {
    pass: ExitCode.pass,
    measured: ExitCode.pass,
    'budget-missed': ExitCode.budgetMissed,
    regression: ExitCode.budgetMissed,
    inconclusive: ExitCode.inconclusive,
  };
  return exitCodes[verdict];
}

/** Whether a verdict fails a job; an inconclusive one does not. */
export const isFailure = ({ verdict }: Pick<Result, 'verdict'>): boolean =>
  verdict === 'budget-missed' || verdict === 'regression';
