// Whether a search worked: how far its parts agree with each other and with networks trained by themselves.
import { sampleRankCorrelation } from 'simple-statistics';
import { createRandom } from '../lib/random.ts';
import { logProbabilities, rowsOf } from './alphas.ts';

/**
 * What two sets of alphas say of each operation: log-probabilities less the mean of their row.
 * @param sizes candidates of each layer; layers without a choice say nothing
 */
export function alphaPairs(
  a: readonly Float64Array[],
  b: readonly Float64Array[],
  sizes: readonly number[],
): [first: number, second: number][] {
  const centered = (alphas: readonly Float64Array[]): number[] =>
    logProbabilities(alphas, sizes).flatMap((layer, i) =>
      sizes[i] === 1
        ? []
        : rowsOf(layer, sizes[i]!).flatMap((row) => {
            const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
            return [...row].map((value) => value - mean);
          }),
    );
  const second = centered(b);
  return centered(a).map((value, i) => [value, second[i]!]);
}

/** Spearman's correlation of two sets of alphas, by `alphaPairs`: 1 when both order all operations alike, about 0 when they are unrelated. */
export function agreement(a: readonly Float64Array[], b: readonly Float64Array[], sizes: readonly number[]): number {
  const pairs = alphaPairs(a, b, sizes);
  if (pairs.length < 2) return 0;
  return sampleRankCorrelation(
    pairs.map(([first]) => first),
    pairs.map(([, second]) => second),
  );
}

/** Bootstrap samples of an interval. */
const resamples = 2000;

/**
 * Kendall's tau-b, with ties: over pairs of networks, how much more often both figures name the same one as better than they do not.
 * @returns 0 where one of the figures is the same for all
 */
export function kendallTau(x: readonly number[], y: readonly number[]): number {
  let [agreeing, tiedX, tiedY, pairs] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)];
      pairs++;
      agreeing += dx * dy;
      if (dx === 0) tiedX++;
      if (dy === 0) tiedY++;
    }
  const scale = Math.sqrt((pairs - tiedX) * (pairs - tiedY));
  return scale === 0 ? 0 : agreeing / scale;
}

/** Kendall's tau with its 95 % interval, by the percentiles of the bootstrap over networks. */
export function tauWithInterval(
  x: readonly number[],
  y: readonly number[],
): { tau: number; interval: [low: number, high: number] } {
  const random = createRandom(1, 'tau');
  const taus = Array.from({ length: resamples }, () => {
    const drawn = x.map(() => random.int(x.length));
    return kendallTau(
      drawn.map((i) => x[i]!),
      drawn.map((i) => y[i]!),
    );
  }).sort((a, b) => a - b);
  return {
    tau: kendallTau(x, y),
    interval: [taus[Math.floor(0.025 * resamples)]!, taus[Math.ceil(0.975 * resamples) - 1]!],
  };
}
