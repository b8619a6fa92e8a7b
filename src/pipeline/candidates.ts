// Decoded paths that meet the limit as measured. Decoding maximizes, so it finds paths that the predictor believes to be faster than they are. So they
// are measured, and a trade-off with no path within the limit is decoded again under a limit that is tighter by what its candidates missed.

import { median } from 'simple-statistics';
import { measureModels } from '../latency/models.ts';
import type { Path } from '../latency/types.ts';
import { createRandom } from '../lib/random.ts';
import type { DecodedPath } from '../nas/decoding.ts';
import { architectureOf } from '../network/space.ts';
import { resolveMaxLatency } from '../verdict/budgets.ts';
import { untrained } from './build-table.ts';
import type { SearchContext } from './context.ts';
import { margin } from './stages/trials.ts';

/**
 * Rounds of measuring the candidates: each is measured once a round, interleaved with the others and the baselines. With 30 and much
 * other work on the cores (load 7 to 14), shares of the limit came out up to 17 % above the predicted ones.
 */
const measureRounds = 100;
/** How often candidates are decoded: the predictor's error is a few percent, and a tighter limit moves it a little. */
const attempts = 4;
/** The largest error, as a share, that tightens the limit: a larger one comes from a busy machine and says little about a quiet one. */
const largestMargin = 0.1;
/** Factor on the limit that the last candidates would just have met: the next candidates are others, with other errors. */
const slack = 0.995;

/** A decoded path, and the trade-off that it is of. */
export interface TradeOffPath extends DecodedPath {
  readonly tradeOff: number;
}

/** An exported path as measured. */
export interface MeasuredPath {
  /** p50. */
  readonly ms: number;
  /** Latency without disturbance (p10), at the level of the table's baselines: what the predictor predicts. */
  readonly undisturbedMs: number;
  readonly maxLatencyMs: number;
  /** Latency over the limit. Relative limits compare undisturbed latencies (p10), so that they hold on a busy machine; absolute limits compare p50. */
  readonly share: number;
}

/** What decoding under a measured limit needs. */
export interface MeasuredDecoding {
  readonly tradeOffs: number;
  readonly maxLatencyMs: number;
  /** Mean error of predictions, as a share: the first limit is tighter by this much. */
  readonly predictorError: number;
  /** Predicted latency of the space's fastest path: no limit is tighter. */
  readonly fastestMs: number;
  /** The candidates of each trade-off under its limit. */
  readonly decode: (maxLatenciesMs: readonly number[]) => readonly (readonly DecodedPath[])[];
  readonly measure: (candidates: readonly TradeOffPath[]) => Promise<readonly MeasuredPath[]>;
  readonly note: (line: string) => void;
}

/**
 * Decodes and measures candidates, at most four times, until every trade-off has one within the limit as measured.
 * @returns the candidates of the last time
 */
export async function decodeWithinLimit({
  tradeOffs,
  maxLatencyMs,
  predictorError,
  fastestMs,
  decode,
  measure,
  note,
}: MeasuredDecoding): Promise<{
  readonly candidates: readonly TradeOffPath[];
  readonly measured: readonly MeasuredPath[];
}> {
  // The limit with the margin by which candidates are judged: those at the large end of the trade-offs use all of it.
  const firstMs = Math.min(margin, 1 - Math.min(predictorError, largestMargin)) * maxLatencyMs;
  let maxLatenciesMs = Array<number>(tradeOffs).fill(Math.max(fastestMs, firstMs));
  for (let attempt = 1; ; attempt++) {
    const candidates = decode(maxLatenciesMs).flatMap((paths, tradeOff) =>
      paths.map((path) => ({ ...path, tradeOff })),
    );
    const measured = await measure(candidates);
    const tightened = maxLatenciesMs.map((ms, tradeOff) => {
      const shares = measured.filter((_, i) => candidates[i]!.tradeOff === tradeOff).map(({ share }) => share);
      const nearest = Math.min(...shares);
      // Never tighter than the fastest path's latency: that would leave no candidate to measure and to name.
      return shares.length > 0 && nearest > margin ? Math.max(fastestMs, ms * (margin / nearest) * slack) : ms;
    });
    const missed = tightened.flatMap((ms, i) =>
      ms === maxLatenciesMs[i] ? [] : [`${i + 1} of ${tradeOffs} under ${ms.toFixed(3)} ms`],
    );
    note(decodedLine(candidates, measured));
    if (attempt === attempts || missed.length === 0) return { candidates, measured };
    note(`trade-offs without a candidate that meets the limit as measured, decoded again: ${missed.join(', ')}`);
    maxLatenciesMs = tightened;
  }
}

/** How far decoded paths are from their predictions, in a line: further than random paths, as decoding looks for paths that seem fast. */
export function decodedLine(candidates: readonly DecodedPath[], measured: readonly MeasuredPath[]): string {
  const errors = candidates.map(({ latencyMs }, i) => measured[i]!.undisturbedMs / latencyMs - 1);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const bias = mean(errors);
  return `predictor on ${errors.length} decoded paths: ${percent(mean(errors.map(Math.abs)))} mean error, measured ${percent(Math.abs(bias))} ${bias < 0 ? 'faster' : 'slower'} than predicted on average`;
}

/**
 * Measures exported paths, interleaved with the baselines, so that a relative limit is measured in the same minutes.
 * @param baselineMs the table's latencies of the baselines, by name
 */
export async function measurePaths(
  context: SearchContext,
  decoded: readonly { readonly path: Path }[],
  baselineMs: Readonly<Record<string, number>>,
): Promise<MeasuredPath[]> {
  const { recipe, space, baselines, progress, signal } = context;
  const candidates = decoded.map(({ path }, i) =>
    untrained(architectureOf(space, path, `candidate-${i + 1}`), recipe.input),
  );
  const models = [...candidates, ...baselines.map((baseline) => untrained(baseline, recipe.input))];
  const stage = progress.stage('measuring candidates', measureRounds, 'rounds');
  const { latencies } = await measureModels(models, {
    threads: recipe.threads,
    rounds: measureRounds,
    random: createRandom(recipe.seed, 'measure-candidates'),
    onProgress: (done) => {
      signal.throwIfAborted();
      stage.update(done);
    },
  });
  stage.done();
  const ofBaselines = (figure: 'p50Ms' | 'p10Ms') =>
    Object.fromEntries(latencies.slice(decoded.length).map((latency) => [latency.name, latency[figure]]));
  const { maxLatencyVs, ...absolute } = recipe.budgets;
  const relativeMs =
    resolveMaxLatency({ maxLatencyVs }, ofBaselines('p10Ms'))?.maxLatencyMs ?? Number.POSITIVE_INFINITY;
  const absoluteMs = resolveMaxLatency(absolute, {})?.maxLatencyMs ?? Number.POSITIVE_INFINITY;
  const { maxLatencyMs } = resolveMaxLatency(recipe.budgets, ofBaselines('p50Ms'))!;
  // If this machine is slower or faster now than when the table was made, the baselines are so by the same factor.
  const levels = latencies.slice(decoded.length).map(({ name, p10Ms }) => p10Ms / baselineMs[name]!);
  const level = levels.length > 0 ? median(levels) : 1;
  return latencies.slice(0, decoded.length).map(({ p50Ms, p10Ms }) => ({
    ms: p50Ms,
    undisturbedMs: p10Ms / level,
    maxLatencyMs,
    share: Math.max(p10Ms / relativeMs, p50Ms / absoluteMs),
  }));
}
