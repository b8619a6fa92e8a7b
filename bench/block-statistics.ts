// Ways to make one sample of a block, and comparisons of blocks that are drawn from a pool: what bench/verdict-replay judges.
import { mean, median } from 'simple-statistics';
import type { TimingBlock } from '../src/contracts/timing.ts';
import type { Random } from '../src/lib/random.ts';
import { comparisonBlocks } from '../src/pipeline/latency-comparison.ts';
import {
  blockLogRatio,
  createLatencyJudge,
  type LatencyVerdict,
  type VerdictCriteria,
} from '../src/verdict/latency.ts';

/** The log-ratio of some sessions of head to some of base. @param bases [session][round] in milliseconds */
export type BlockStatistic = (bases: TimingBlock, heads: TimingBlock) => number;

/** The verdict's own: the median over all pairs of sessions and all rounds. */
export const pairsOfSessions: BlockStatistic = blockLogRatio;

const middle = (session: readonly number[]): number => median([...session]);
const least = (sessions: TimingBlock): number => Math.min(...sessions.flat());

export const statistics: Readonly<Record<string, BlockStatistic>> = {
  'median over all pairs and rounds': pairsOfSessions,
  'mean of the medians of two pairs': (bases, heads) =>
    mean(heads.map((head, i) => median(head.map((ms, round) => Math.log(ms / bases[i]![round]!))))),
  'ratio of minima': (bases, heads) => Math.log(least(heads) / least(bases)),
  'one session of head against the mean of two of base': (bases, heads) =>
    Math.log(middle(heads[0]!) / mean(bases.map(middle))),
};

/** One sample a block. */
export interface Samples {
  readonly head: readonly number[];
  /** Of base's one session against its other. */
  readonly copy: readonly number[];
}

export function samplesOf(blocks: readonly TimingBlock[], statistic: BlockStatistic): Samples {
  return {
    head: blocks.map((block) => statistic(block.slice(0, 2), block.slice(2))),
    copy: blocks.map((block) => statistic(block.slice(0, 1), block.slice(1, 2))),
  };
}

/** Judges samples as a comparison is judged, one after the other until it is decided. */
export function judgeSamples({ head, copy }: Samples, criteria: VerdictCriteria): LatencyVerdict {
  const judge = createLatencyJudge(1, criteria);
  for (const [i, log] of head.entries()) {
    // One round of two sessions each; over the four pairs the median is the mean of the ratios to either session of base.
    const session = [Math.exp(log + copy[i]! / 2)];
    judge.add({ timings: [[1], [Math.exp(copy[i]!)], session, session], process: Math.floor(i / 4) });
    if (judge.decided()) break;
  }
  return judge.verdicts()[0]!;
}

export interface Outcomes {
  readonly fail: number;
  readonly pass: number;
  readonly inconclusive: number;
  /** Of each comparison. */
  readonly blocks: readonly number[];
}

/** Comparisons of samples drawn with replacement, head's moved by `shift`. */
export function resample(
  pool: Samples,
  { shift, count, criteria, random }: { shift: number; count: number; criteria: VerdictCriteria; random: Random },
): Outcomes {
  const counts = { fail: 0, pass: 0, inconclusive: 0 };
  const blocks: number[] = [];
  for (let i = 0; i < count; i++) {
    const drawn = Array.from({ length: comparisonBlocks.most }, () => random.int(pool.head.length));
    const head = drawn.map((place) => pool.head[place]! + shift);
    const verdict = judgeSamples({ head, copy: drawn.map((place) => pool.copy[place]!) }, criteria);
    counts[verdict.outcome]++;
    blocks.push(verdict.blocks);
  }
  return { ...counts, blocks };
}
