// The verdict on a change of latency: base against head in interleaved blocks, judged after every block until it is clear or time is up.
import { median } from 'simple-statistics';
import type { TimingBlock } from '../contracts/timing.ts';
import { type ConfidenceSequence, createConfidenceSequence, type Interval } from './confidence-sequence.ts';

export type VerdictOutcome = 'pass' | 'fail' | 'inconclusive';

/** What is asked of a comparison. */
export interface VerdictCriteria {
  /** The largest share by which head may be slower: 0.05 is 5 %. */
  readonly threshold: number;
  /** Of the interval at every look, such as 0.99. Of several comparisons each needs more: see `correctedConfidence`. */
  readonly confidence: number;
}

/** Base against one head. Changes are shares: 0.03 is 3 % slower. */
export interface LatencyVerdict {
  readonly outcome: VerdictOutcome;
  /** One sentence that says why. */
  readonly reason: string;
  /** Median over the blocks. */
  readonly change: number;
  readonly interval: Interval;
  readonly confidence: number;
  readonly threshold: number;
  /**
   * How far base's copy may lie from base by its own interval: smaller differences are this machine's, not head's. Infinite where there
   * were too few blocks to say.
   */
  readonly noiseFloor: number;
  readonly blocks: number;
  /** The change that each block found, of head and of base's copy. */
  readonly samples: { readonly head: readonly number[]; readonly copy: readonly number[] };
}

/** Gathers blocks and says after each what they amount to. */
export interface LatencyJudge {
  /** @param block base, its copy, then the heads */
  add(block: TimingBlock): void;
  /** One verdict a head, in their order. */
  verdicts(): LatencyVerdict[];
  /** Whether more blocks could change nothing. */
  decided(): boolean;
}

interface Difference {
  readonly logs: number[];
  readonly sequence: ConfidenceSequence;
}

/**
 * Judges the blocks of a base and its heads. Each block gives one sample a head, the median over its rounds of log(head / base), and one of
 * the copy. `fail`: the interval lies beyond the threshold and beyond the noise floor, which is how far the copy may lie from base; `pass`: it
 * lies below the threshold, and so does the floor; `inconclusive`: neither. By what the copy differs from base for certain, if anything, the
 * interval must lie further off.
 * @param heads how many
 */
export function createLatencyJudge(heads: number, { threshold, confidence }: VerdictCriteria): LatencyJudge {
  const start = (): Difference => ({ logs: [], sequence: createConfidenceSequence(confidence) });
  const copy = start();
  const differences = Array.from({ length: heads }, start);
  const add = ({ logs, sequence }: Difference, sample: number): void => {
    logs.push(sample);
    sequence.add(sample);
  };
  const verdicts = (): LatencyVerdict[] => differences.map((head) => judge(head, copy, threshold, confidence));
  return {
    add(block) {
      const [base, again, ...heads] = block as [readonly number[], readonly number[], ...(readonly number[])[]];
      add(copy, blockLogRatio([base], again));
      differences.forEach((difference, i) => {
        add(difference, blockLogRatio([base, again], heads[i]!));
      });
    },
    verdicts,
    decided: () => verdicts().every(({ outcome }) => outcome !== 'inconclusive'),
  };
}

/**
 * The confidence that each of several comparisons needs, so that all of them together have the one asked for (Bonferroni).
 * @param comparisons heads times metrics
 */
export function correctedConfidence(confidence: number, comparisons: number): number {
  return 1 - (1 - confidence) / comparisons;
}

/**
 * Median over the rounds of log(head / base): those of a round ran within milliseconds of each other. Of two sessions of base the mean of both
 * medians counts, which takes a quarter off the variance. (A median of the rounds' means would lie 0.2 % low between identical models: the
 * more timings a mean is over, the more of its rounds have one that something held up.)
 */
export function blockLogRatio(bases: readonly (readonly number[])[], head: readonly number[]): number {
  const medians = bases.map((base) => {
    const logs = head.map((ms, round) => Math.log(ms / base[round]!)).filter(Number.isFinite);
    if (logs.length === 0) throw new Error('the clock did not move during a whole block');
    return median(logs);
  });
  return medians.reduce((sum, one) => sum + one, 0) / medians.length;
}

function judge(head: Difference, copy: Difference, threshold: number, confidence: number): LatencyVerdict {
  const interval = asShares(head.sequence.interval());
  const copied = asShares(copy.sequence.interval());
  const noiseFloor = Math.max(-copied[0], copied[1]);
  const change = Math.expm1(median(head.logs));
  const { outcome, reason } = conclude(change, interval, copied, noiseFloor, threshold);
  const samples = { head: head.logs.map(Math.expm1), copy: copy.logs.map(Math.expm1) };
  return { outcome, reason, change, interval, confidence, threshold, noiseFloor, blocks: head.logs.length, samples };
}

function conclude(
  change: number,
  interval: Interval,
  copied: Interval,
  noiseFloor: number,
  threshold: number,
): { outcome: VerdictOutcome; reason: string } {
  const limit = percent(threshold);
  const found = `${signedPercent(change)} (between ${signedPercent(interval[0])} and ${signedPercent(interval[1])})`;
  if (!Number.isFinite(noiseFloor)) {
    return { outcome: 'inconclusive', reason: 'Too few blocks were measured to say anything.' };
  }
  const bias = Math.max(0, copied[0], -copied[1]);
  if (interval[0] > Math.max(threshold, noiseFloor) + bias) {
    return { outcome: 'fail', reason: `Slower by more than ${limit}: ${found}.` };
  }
  if (noiseFloor > threshold) {
    return {
      outcome: 'inconclusive',
      reason: `The machine is too noisy: an identical copy of base could lie ${percent(noiseFloor)} from base, more than the threshold of ${limit}.`,
    };
  }
  if (interval[1] + bias < threshold) return { outcome: 'pass', reason: `Not slower by ${limit} or more: ${found}.` };
  if (bias > 0) {
    const apart = `${signedPercent(copied[0])} to ${signedPercent(copied[1])}`;
    return {
      outcome: 'inconclusive',
      reason: `This machine tells an identical copy of base from base (${apart}): ${found} is too close to the threshold of ${limit} for it.`,
    };
  }
  return { outcome: 'inconclusive', reason: `Too close to the threshold of ${limit} to tell: ${found}.` };
}

const asShares = ([low, high]: Interval): Interval => [Math.expm1(low), Math.expm1(high)];
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const signedPercent = (share: number): string => `${share < 0 ? '-' : '+'}${percent(Math.abs(share))}`;
