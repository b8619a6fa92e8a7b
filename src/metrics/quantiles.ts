// Quantiles of timings that come in clusters (rounds, blocks), with confidence intervals that know that runs of a cluster are alike.

import { quantileSorted } from 'simple-statistics';
import type { QuantileEstimate } from '../contracts/timing.ts';

/** Two-sided 95 % of the normal distribution. */
const z95 = 1.96;

/**
 * A quantile over all values of the clusters with Woodruff's interval: the share of values at or below the estimate has a standard error,
 * taken from its spread between clusters (at least that of independent values), and the interval is the quantiles at p plus and minus
 * 1.96 of it (R. Woodruff, "Confidence intervals for medians and other position measures", 1952).
 * @param clusters [cluster][value], not empty
 */
export function clusteredQuantile(clusters: readonly (readonly number[])[], p: number): QuantileEstimate {
  const sorted = clusters.flat().sort((a, b) => a - b);
  const value = quantileSorted(sorted, p);
  const shares = clusters.map((values) => values.filter((x) => x <= value).length / values.length);
  const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
  const between = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / Math.max(1, shares.length - 1);
  const error = Math.sqrt(Math.max(between / shares.length, (p * (1 - p)) / sorted.length));
  const at = (share: number): number => quantileSorted(sorted, Math.min(1, Math.max(0, share)));
  return { value, interval: [at(p - z95 * error), at(p + z95 * error)] };
}
