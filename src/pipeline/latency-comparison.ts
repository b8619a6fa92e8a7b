// One comparison from beginning to end: blocks of a base, its copy and the heads, until the verdict is clear or there is no more time.

import type { QuantileEstimate, TimingBlock } from '../contracts/timing.ts';
import { sampleBlocks } from '../latency/blocks.ts';
import type { TimedModel } from '../latency/image-model.ts';
import type { Random } from '../lib/random.ts';
import { clusteredQuantile } from '../metrics/quantiles.ts';
import { createLatencyJudge, type LatencyVerdict, type VerdictCriteria } from '../verdict/latency.ts';

/** How a comparison is measured. */
export const comparisonBlocks = {
  /** Ten blocks are the fewest that can decide at 99 %. */
  fewest: 10,
  /** Differences that so many blocks leave open are within a percent or so of the threshold. */
  most: 48,
  /**
   * Rounds in a block. Sessions of one model differ by 1 %, however often they run, so more blocks tell more than longer ones: of a model of
   * 2 ms, in 4.7 s, some 35 blocks of ten rounds (docs/design/verdict.md).
   */
  rounds: 10,
} as const;

export interface ComparisonSettings extends VerdictCriteria {
  readonly threads: number;
  readonly random: Random;
  /** No block is begun after this long, once there are enough to say anything; default: until 48 blocks are measured. */
  readonly timeLimitMs?: number | undefined;
  /** Called after every block. */
  readonly onProgress?: (done: number, most: number) => void;
  readonly clock?: () => number;
}

/** What came out. */
export interface LatencyComparison {
  /** One a head. */
  readonly verdicts: readonly LatencyVerdict[];
  /** Median latency in milliseconds over the same blocks. */
  readonly base: QuantileEstimate;
  readonly heads: readonly QuantileEstimate[];
  /** [block]: base, its copy, then the heads. */
  readonly blocks: readonly TimingBlock[];
}

/**
 * Compares heads with a base, interleaved, on this machine.
 * @param settings confidence is that of each head's interval
 * @throws UserError when a model cannot be measured
 */
export async function compareLatency(
  base: TimedModel,
  heads: readonly TimedModel[],
  settings: ComparisonSettings,
): Promise<LatencyComparison> {
  const { threads, random, threshold, confidence, timeLimitMs, onProgress, clock } = settings;
  const { fewest, most, rounds } = comparisonBlocks;
  const started = performance.now();
  const judge = createLatencyJudge(heads.length, { threshold, confidence });
  const blocks: TimingBlock[] = [];
  const source = sampleBlocks([base, base, ...heads], {
    threads,
    rounds,
    warm: false,
    random,
    ...(clock ? { clock } : {}),
  });
  for await (const block of source) {
    blocks.push(block);
    judge.add(block);
    onProgress?.(blocks.length, most);
    const late = timeLimitMs !== undefined && performance.now() - started > timeLimitMs;
    if (judge.decided() || blocks.length >= most || (late && blocks.length >= fewest)) break;
  }
  const medianOf = (model: number) =>
    clusteredQuantile(
      blocks.map((block) => block[model]!),
      0.5,
    );
  return { verdicts: judge.verdicts(), base: medianOf(0), heads: heads.map((_, i) => medianOf(2 + i)), blocks };
}
