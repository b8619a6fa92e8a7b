// The verdict on a change of latency: base against head in interleaved blocks, judged after every block until it is clear or time is up.
import { median } from 'simple-statistics';
import type { TimingBlock } from '../contracts/timing.ts';
import { type ConfidenceSequence, createConfidenceSequence, type Interval } from './confidence-sequence.ts';
import { type Processes, spreadOfProcesses } from './processes.ts';

export type VerdictOutcome = 'pass' | 'fail' | 'inconclusive';

/** What is asked of a comparison. */
export interface VerdictCriteria {
  /** The largest share by which head may be slower: 0.05 is 5 %. */
  readonly threshold: number;
  /** Of the interval at every look, such as 0.99. Of several comparisons each needs more: see `correctedConfidence`. */
  readonly confidence: number;
}

/** A block as it is judged. */
export interface JudgedBlock {
  /** [session][round]: two sessions of base, then two of each head. */
  readonly timings: TimingBlock;
  /** The process that measured it. */
  readonly process: number;
  /** Share of the cores that other processes used meanwhile. It says why a verdict is late, and decides nothing. */
  readonly othersShare?: number | undefined;
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
   * How far one session of base may lie from the other by its own interval: smaller differences are this machine's, not head's. Infinite
   * where there were too few blocks to say.
   */
  readonly noiseFloor: number;
  readonly blocks: number;
  /** What processes differ by, beside what blocks do. */
  readonly processes: Processes;
  /** Median over the blocks; undefined where the system does not say. */
  readonly othersShare: number | undefined;
  /** The change that each block found, of head and of base's other session. */
  readonly samples: { readonly head: readonly number[]; readonly copy: readonly number[] };
}

/** Gathers blocks and says after each what they amount to. */
export interface LatencyJudge {
  add(block: JudgedBlock): void;
  /** One verdict a head, in their order. */
  verdicts(): LatencyVerdict[];
  /** Whether every head has passed or failed, so that no more blocks are needed. */
  decided(): boolean;
}

/** Sessions of each model in a block. */
export const sessionsPerModel = 2;

interface Difference {
  readonly logs: number[];
  readonly sequence: ConfidenceSequence;
}

/**
 * Judges the blocks of a base and its heads. Each block gives one sample a head, `blockLogRatio`, and one of base against itself. `fail`: the
 * interval lies beyond the threshold; `pass`: it lies below the threshold, and so does the noise floor, which is how far base may lie from
 * itself; `inconclusive`: neither. If base differs from itself for certain, the interval must lie further off by that difference.
 * @param heads how many
 */
export function createLatencyJudge(heads: number, criteria: VerdictCriteria): LatencyJudge {
  const { confidence } = criteria;
  const start = (): Difference => ({ logs: [], sequence: createConfidenceSequence(confidence) });
  const copy = start();
  const differences = Array.from({ length: heads }, start);
  const processes: number[] = [];
  const others: number[] = [];
  const add = ({ logs, sequence }: Difference, sample: number): void => {
    logs.push(sample);
    sequence.add(sample);
  };
  const verdicts = (): LatencyVerdict[] =>
    differences.map((head) => judge(head, { copy, processes, others }, criteria));
  return {
    add({ timings, process, othersShare }) {
      processes.push(process);
      if (othersShare !== undefined) others.push(othersShare);
      const [base, again] = timings;
      add(copy, blockLogRatio([base!], [again!]));
      differences.forEach((difference, i) => {
        const from = sessionsPerModel * (i + 1);
        add(difference, blockLogRatio([base!, again!], timings.slice(from, from + sessionsPerModel)));
      });
    },
    verdicts,
    decided: () =>
      differences.every((head) => conclude(findings(head, copy, criteria.threshold)).outcome !== 'inconclusive'),
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
 * Median of log(head / base) over all rounds and all pairs of a session of head and one of base: the timings of a pair were taken within
 * milliseconds of each other. With as many sessions on either side, identical models can change places, so its median is 0 for them whatever
 * the machine does. Of the statistics tried on recorded blocks it had the smallest spread, quiet and under bursts (docs/design/verdict.md).
 * @param bases [session][round] in milliseconds
 */
export function blockLogRatio(bases: TimingBlock, heads: TimingBlock): number {
  const logs = heads.flatMap((head) =>
    bases.flatMap((base) => head.map((ms, round) => Math.log(ms / base[round]!)).filter(Number.isFinite)),
  );
  if (logs.length === 0) throw new Error('the clock did not move during a whole block');
  return median(logs);
}

interface Measured {
  readonly copy: Difference;
  readonly processes: readonly number[];
  readonly others: readonly number[];
}

function judge(head: Difference, measured: Measured, { threshold, confidence }: VerdictCriteria): LatencyVerdict {
  const { copy, processes, others } = measured;
  const found = findings(head, copy, threshold);
  const { change, interval, noiseFloor } = found;
  const othersShare = others.length > 0 ? median([...others]) : undefined;
  const { outcome, reason } = conclude(found);
  return {
    outcome,
    reason: outcome === 'inconclusive' ? `${reason}${busy(othersShare)}` : reason,
    change,
    interval,
    confidence,
    threshold,
    noiseFloor,
    blocks: head.logs.length,
    processes: spreadOfProcesses(head.logs, processes),
    othersShare,
    samples: { head: head.logs.map(Math.expm1), copy: copy.logs.map(Math.expm1) },
  };
}

function findings(head: Difference, copy: Difference, threshold: number): Found {
  const interval = asShares(head.sequence.interval());
  const copied = asShares(copy.sequence.interval());
  const noiseFloor = Math.max(-copied[0], copied[1]);
  return { change: Math.expm1(median(head.logs)), interval, copied, noiseFloor, threshold };
}

interface Found {
  readonly change: number;
  readonly interval: Interval;
  readonly copied: Interval;
  readonly noiseFloor: number;
  readonly threshold: number;
}

function conclude({ change, interval, copied, noiseFloor, threshold }: Found): {
  outcome: VerdictOutcome;
  reason: string;
} {
  const limit = percent(threshold);
  const found = `${signedPercent(change)} (between ${signedPercent(interval[0])} and ${signedPercent(interval[1])})`;
  if (!Number.isFinite(interval[1])) {
    return { outcome: 'inconclusive', reason: 'Too few blocks were measured to decide.' };
  }
  const tooNoisy = `The machine is too noisy: base could lie ${percent(noiseFloor)} from itself, more than the threshold of ${limit}.`;
  const bias = Math.max(0, copied[0], -copied[1]);
  if (interval[0] > threshold + bias) return { outcome: 'fail', reason: `Slower by more than ${limit}: ${found}.` };
  if (interval[1] + bias >= threshold) {
    if (bias === 0 && noiseFloor > threshold) return { outcome: 'inconclusive', reason: tooNoisy };
    if (bias === 0)
      return { outcome: 'inconclusive', reason: `Too close to the threshold of ${limit} to tell: ${found}.` };
    const apart = `${signedPercent(copied[0])} to ${signedPercent(copied[1])}`;
    return {
      outcome: 'inconclusive',
      reason: `This machine tells base from itself (${apart}): ${found} is too close to the threshold of ${limit} for it.`,
    };
  }
  if (noiseFloor > threshold) return { outcome: 'inconclusive', reason: tooNoisy };
  return { outcome: 'pass', reason: `Not slower by ${limit} or more: ${found}.` };
}

/** Above this share of the cores, other processes are a reason worth telling. */
const noticeableShare = 0.1;

const busy = (share: number | undefined): string =>
  share !== undefined && share > noticeableShare
    ? ` Other processes used ${(100 * share).toFixed(0)} % of this machine's cores meanwhile.`
    : '';

const asShares = ([low, high]: Interval): Interval => [Math.expm1(low), Math.expm1(high)];
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const signedPercent = (share: number): string => `${share < 0 ? '-' : '+'}${percent(Math.abs(share))}`;
