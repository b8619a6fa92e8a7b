// One comparison from beginning to end: blocks of a base and its heads, two sessions of each, until the verdict is clear or there is no more time.

import type { QuantileEstimate } from '../contracts/timing.ts';
import { type SampledBlock, sampleBlocks, takeBlocks } from '../latency/blocks.ts';
import type { TimedModel } from '../latency/image-model.ts';
import type { Random } from '../lib/random.ts';
import { clusteredQuantile } from '../metrics/quantiles.ts';
import { fewestSamples } from '../verdict/confidence-sequence.ts';
import { createLatencyJudge, type LatencyVerdict, sessionsPerModel, type VerdictCriteria } from '../verdict/latency.ts';

/** How a comparison is measured. */
export const comparisonBlocks = {
  /** No more blocks than this: a change that is still undecided then is within about a percent of the threshold. */
  most: 200,
  /** No block is begun after this long, once there are enough to say anything. */
  mostMs: 90_000,
  /**
   * Rounds in a block. Sessions of one model differ by 1 %, however often they run, so more blocks tell more than longer ones.
   */
  rounds: 10,
} as const;

export interface ComparisonSettings extends VerdictCriteria {
  readonly threads: number;
  readonly random: Random;
  /** In place of `comparisonBlocks.mostMs`. */
  readonly timeLimitMs?: number | undefined;
  /** Called after every block. */
  readonly onProgress?: (done: number, most: number) => void;
}

/** What came out. */
export interface LatencyComparison {
  /** One a head. */
  readonly verdicts: readonly LatencyVerdict[];
  /** Median latency in milliseconds over the same blocks. */
  readonly base: QuantileEstimate;
  readonly heads: readonly QuantileEstimate[];
  /** [session]: two of base, then two of each head. */
  readonly blocks: readonly SampledBlock[];
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
  const { threads, random, threshold, confidence, onProgress } = settings;
  const { most, mostMs, rounds } = comparisonBlocks;
  const limits = { most, timeLimitMs: settings.timeLimitMs ?? mostMs, fewest: fewestSamples(confidence) };
  const judge = createLatencyJudge(heads.length, { threshold, confidence });
  const blocks: SampledBlock[] = [];
  const sessions = [base, ...heads].flatMap((model) => Array<TimedModel>(sessionsPerModel).fill(model));
  for await (const block of takeBlocks(sampleBlocks(sessions, { threads, rounds, warm: false, random }), limits)) {
    blocks.push(block);
    judge.add(block);
    onProgress?.(blocks.length, most);
    if (judge.decided()) break;
  }
  const medianOf = (model: number) => {
    const from = sessionsPerModel * model;
    const own = blocks.map(({ timings }) => timings.slice(from, from + sessionsPerModel).flat());
    return clusteredQuantile(own, 0.5);
  };
  return { verdicts: judge.verdicts(), base: medianOf(0), heads: heads.map((_, i) => medianOf(1 + i)), blocks };
}
