// Budgets: limits that head must keep (the network that a run judges), absolute or relative to a baseline measured in the same run.
import { median } from 'simple-statistics';
import { isOfFewImages } from '../contracts/judged-miou.ts';
import { createRandom } from '../lib/random.ts';
import { clusteredQuantile, meanInterval } from '../metrics/quantiles.ts';
import { meanMiou, miouInterval, type SeedCounts, type SeedSpread } from './accuracy.ts';
import { correctedConfidence } from './latency.ts';

type Interval = readonly [low: number, high: number];

/** Limits, each optional. Relative ones are ratios of p50 latencies: `{ 'mobilenetv3-large': 1 }` is "no slower than". */
export interface Budgets {
  readonly maxLatencyMs?: number | undefined;
  readonly maxLatencyVs?: Readonly<Record<string, number>> | undefined;
  readonly minMiou?: number | undefined;
  readonly minFps?: number | undefined;
  readonly maxParams?: number | undefined;
  readonly maxMacs?: number | undefined;
}

/** What is compared with a budget; absent fields were not measured. */
export interface MeasuredNetwork {
  readonly role: 'head' | 'front' | 'baseline' | 'base' | 'int8';
  readonly name: string;
  readonly miou?: number | undefined;
  readonly parameters?: number | undefined;
  readonly macs?: number | undefined;
  readonly latencyP50Ms?: number | undefined;
  readonly fps?: number | undefined;
  /** [block][round] in milliseconds, in the same rounds as the other networks; without it, medians count as exact. */
  readonly blocksMs?: readonly (readonly number[])[] | undefined;
  /** Pixels counted, whose mean mIoU over seeds is judged; without it, mIoU counts as exact. */
  readonly counts?: SeedCounts | undefined;
  /** Of seeds, over all networks of the run. */
  readonly spread?: SeedSpread | undefined;
}

/** One budget, checked. `limit`, `actual` and `margin` share a unit; a null one could not be measured. */
export interface BudgetResult {
  /** The recipe's field, with the baseline's name where there is one: `max-latency-vs mobilenetv3-large`. */
  readonly name: string;
  readonly limit: number | null;
  readonly actual: number | null;
  /** Room left: positive where the budget is met with something to spare. */
  readonly margin: number | null;
  /** Of `actual`, where chance is in it. */
  readonly interval?: [low: number, high: number];
  /** Null where it was not measured, or where the limit lies within the interval. */
  readonly met: boolean | null;
}

export type Verdict = 'pass' | 'budget-missed' | 'inconclusive';

/**
 * Checks every budget against head: it is met, or missed, where the whole interval of its figure lies on that side of the limit. A relative latency limit
 * is the ratio times the baseline's p50, in milliseconds, and judged by the ratios within blocks.
 * @param confidence of each interval: `correctedConfidence` over all that a run decides by chance
 * @param looks how often latency is judged, with further measurements in between; each look then has its share of the error
 * @throws Error unless exactly one network has the role `head`
 */
export function checkBudgets(
  budgets: Budgets,
  networks: readonly MeasuredNetwork[],
  confidence: number,
  looks = 1,
): BudgetResult[] {
  const ofLatency = correctedConfidence(confidence, looks);
  const [head, ...others] = networks.filter((network) => network.role === 'head');
  if (!head || others.length > 0) throw new Error('budgets are for exactly one head');
  const results: BudgetResult[] = [];
  const check = (
    name: string,
    kind: 'min' | 'max',
    limit: number | undefined,
    actual: number | undefined,
    interval: Interval | undefined = undefined,
  ) => {
    const known = limit !== undefined && actual !== undefined;
    const margin = known ? (kind === 'max' ? limit - actual : actual - limit) : null;
    const [low, high] = interval ?? [actual ?? Number.NaN, actual ?? Number.NaN];
    const [best, worst] = kind === 'max' ? [low, high] : [-high, -low];
    const bound = kind === 'max' ? limit! : -limit!;
    const met = margin === null ? null : worst <= bound ? true : best > bound ? false : null;
    const of: Pick<BudgetResult, 'interval'> = interval ? { interval: [...interval] } : {};
    results.push({ name, limit: limit ?? null, actual: actual ?? null, margin, met, ...of });
  };
  const { blocksMs, counts } = head;
  const p50 = blocksMs && clusteredQuantile(blocksMs, 0.5, ofLatency).interval;
  const { maxLatencyMs, maxLatencyVs, minMiou, minFps, maxParams, maxMacs } = budgets;
  if (maxLatencyMs !== undefined) check('max-latency-ms', 'max', maxLatencyMs, head.latencyP50Ms, p50);
  for (const [name, ratio] of Object.entries(maxLatencyVs ?? {})) {
    const baseline = networks.find((network) => network.role === 'baseline' && network.name === name);
    const baselineMs = baseline?.latencyP50Ms;
    const maxLatencyMs = baselineMs === undefined ? undefined : ratio * baselineMs;
    const paired = blocksMs && baseline?.blocksMs && ratioInterval(blocksMs, baseline.blocksMs, ofLatency);
    const interval = paired && ([paired[0] * baselineMs!, paired[1] * baselineMs!] as const);
    // Judged by the ratio of each block: the interval is symmetric in its logarithm, and the amount is its middle.
    const actual = interval ? Math.sqrt(interval[0] * interval[1]) : head.latencyP50Ms;
    check(`max-latency-vs ${name}`, 'max', maxLatencyMs, actual, interval);
  }
  if (minFps !== undefined) check('min-fps', 'min', minFps, head.fps, p50 && [1000 / p50[1], 1000 / p50[0]]);
  if (minMiou !== undefined) {
    const settings = { confidence, random: createRandom(1, 'min-miou'), spread: head.spread };
    const actual = counts ? meanMiou(counts) : head.miou;
    check('min-miou', 'min', minMiou, actual, counts && miouInterval(counts, settings));
  }
  if (maxParams !== undefined) check('max-params', 'max', maxParams, head.parameters);
  if (maxMacs !== undefined) check('max-macs', 'max', maxMacs, head.macs);
  return results;
}

/** Whether the limit of a budget on latency lies within its interval. */
export const isLatencyUndecided = (results: readonly BudgetResult[]): boolean =>
  results.some(({ name, met, margin }) => name !== 'min-miou' && met === null && margin !== null);

/** How many of the budgets are on figures that chance is in. */
export const uncertainBudgets = (budgets: Budgets): number =>
  [budgets.maxLatencyMs, budgets.minFps, budgets.minMiou].filter((limit) => limit !== undefined).length +
  Object.keys(budgets.maxLatencyVs ?? {}).length;

/** The interval of the ratio of medians, one ratio a block: what slows a block down slows both networks. */
function ratioInterval(
  blocks: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
  confidence: number,
): Interval {
  const logs = blocks.map((own, i) => Math.log(median([...own]) / median([...others[i]!])));
  const [low, high] = meanInterval(logs, confidence);
  return [Math.exp(low), Math.exp(high)];
}

/** The verdict over checked budgets, with the sentence that says why. A missed budget outweighs one that could not be measured. */
export function judgeBudgets(results: readonly BudgetResult[]): { verdict: Verdict; reason: string } {
  const missed = results.filter((result) => result.met === false).map((result) => result.name);
  if (missed.length > 0) {
    return { verdict: 'budget-missed', reason: `The network misses ${missed.join(' and ')}.` };
  }
  const named = (met: (result: BudgetResult) => boolean): string =>
    results
      .filter((result) => result.met === null && met(result))
      .map((result) => result.name)
      .join(' and ');
  const unknown = named(({ margin }) => margin === null);
  if (unknown) return { verdict: 'inconclusive', reason: `Not measured: ${unknown}.` };
  const few = named(isOfFewImages);
  const close = named((result) => result.margin !== null && !isOfFewImages(result));
  const open = [
    ...(few ? [`Too few images to tell: ${few}.`] : []),
    ...(close ? [`Too close to tell: ${close}.`] : []),
  ];
  if (open.length > 0) return { verdict: 'inconclusive', reason: open.join(' ') };
  if (results.length === 0) return { verdict: 'pass', reason: 'No budget is set.' };
  return { verdict: 'pass', reason: 'The network meets every budget.' };
}

/**
 * The tightest latency limit of a recipe in milliseconds: what the search is constrained by, and which budget it comes from.
 * @param baselineMs measured p50 latency of each baseline, by name
 * @returns undefined when no budget limits latency
 * @throws Error when a baseline that a budget names was not measured
 */
export function resolveMaxLatency(
  budgets: Budgets,
  baselineMs: Readonly<Record<string, number>>,
): { maxLatencyMs: number; from: string } | undefined {
  const limits: { maxLatencyMs: number; from: string }[] = [];
  if (budgets.maxLatencyMs !== undefined) limits.push({ maxLatencyMs: budgets.maxLatencyMs, from: 'max-latency-ms' });
  if (budgets.minFps !== undefined) limits.push({ maxLatencyMs: 1000 / budgets.minFps, from: 'min-fps' });
  for (const [name, ratio] of Object.entries(budgets.maxLatencyVs ?? {})) {
    const ms = baselineMs[name];
    if (ms === undefined) throw new Error(`the latency of baseline ${name} was not measured`);
    limits.push({ maxLatencyMs: ratio * ms, from: `max-latency-vs ${name}` });
  }
  return limits.sort((a, b) => a.maxLatencyMs - b.maxLatencyMs)[0];
}
