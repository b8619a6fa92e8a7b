// One comparison from beginning to end: blocks of a base, its copy and the heads, until the verdict is clear or there is no more time.
import type { Random } from '../base/random.ts';
import { type Block, sampleBlocks } from './blocks.ts';
import type { TimedModel } from './image-model.ts';
import { clusteredQuantile, type QuantileEstimate } from './quantiles.ts';
import { createLatencyJudge, type LatencyLimit, type LatencyVerdict } from './verdict.ts';

/** Ten blocks are the fewest that can decide at 99 %. */
const fewestBlocks = 10;
/** Differences that so many blocks leave open are within a per cent or so of the threshold. */
const mostBlocks = 24;
/**
 * Rounds in a block. Measured with MobileNetV3-Large (2.3 ms, quiet): two runs of a round differ by 4 to 5 %, so a block's median by 2.1 % with
 * ten warm rounds and by 1.5 % with twenty that are not warm, in the same 190 ms.
 */
const roundsPerBlock = 20;

export interface ComparisonSettings extends LatencyLimit {
  readonly threads: number;
  readonly random: Random;
  /** No block is begun after this long, once there are enough to say anything; default: until 24 blocks are measured. */
  readonly timeBudgetMs?: number | undefined;
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
  readonly blocks: readonly Block[];
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
  const { threads, random, threshold, confidence, timeBudgetMs, onProgress, clock } = settings;
  const started = performance.now();
  const judge = createLatencyJudge(heads.length, { threshold, confidence });
  const blocks: Block[] = [];
  const source = sampleBlocks([base, base, ...heads], {
    threads,
    rounds: roundsPerBlock,
    warm: false,
    random,
    ...(clock ? { clock } : {}),
  });
  for await (const block of source) {
    blocks.push(block);
    judge.add(block);
    onProgress?.(blocks.length, mostBlocks);
    const late = timeBudgetMs !== undefined && performance.now() - started > timeBudgetMs;
    if (judge.decided() || blocks.length >= mostBlocks || (late && blocks.length >= fewestBlocks)) break;
  }
  const medianOf = (model: number) =>
    clusteredQuantile(
      blocks.map((block) => block[model]!),
      0.5,
    );
  return { verdicts: judge.verdicts(), base: medianOf(0), heads: heads.map((_, i) => medianOf(2 + i)), blocks };
}
