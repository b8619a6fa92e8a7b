// Quantiles of timings that come in clusters (rounds, blocks), with confidence intervals. These allow for runs of a cluster being alike, and for few
// clusters: they are by Student's t, with as many degrees of freedom as there are clusters less one.

import { quantileSorted } from 'simple-statistics';
import type { QuantileEstimate } from '../contracts/timing.ts';
import { studentQuantile } from '../lib/student.ts';

/**
 * A quantile over all values of the clusters with Woodruff's interval (R. Woodruff, "Confidence intervals for medians and other position measures",
 * 1952). The share of values at or below the estimate has a standard error: its spread between clusters, at least that of independent values. The
 * interval goes from the quantile at p minus that error times Student's t to the quantile at p plus as much.
 * @param clusters [cluster][value], not empty
 * @param confidence two-sided
 */
export function clusteredQuantile(
  clusters: readonly (readonly number[])[],
  p: number,
  confidence = 0.95,
): QuantileEstimate {
  const sorted = clusters.flat().sort((a, b) => a - b);
  const value = quantileSorted(sorted, p);
  const shares = clusters.map((values) => values.filter((x) => x <= value).length / values.length);
  const { error, times } = spreadOfMean(shares, confidence);
  const half = times * Math.max(error, Math.sqrt((p * (1 - p)) / sorted.length));
  const at = (share: number): number => quantileSorted(sorted, Math.min(1, Math.max(0, share)));
  return { value, interval: [at(p - half), at(p + half)] };
}

/** The mean of a few values with Student's interval. */
export function meanInterval(values: readonly number[], confidence: number): [low: number, high: number] {
  const { mean, error, times } = spreadOfMean(values, confidence);
  return [mean - times * error, mean + times * error];
}

/** A mean, its standard error, and how many standard errors the interval extends to each side. */
function spreadOfMean(
  values: readonly number[],
  confidence: number,
): { readonly mean: number; readonly error: number; readonly times: number } {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  return { mean, error: Math.sqrt(variance / n), times: studentQuantile((1 + confidence) / 2, Math.max(1, n - 1)) };
}

/** The standard error of the median of `count` normal values with a standard deviation of `deviation`. */
export const medianError = (deviation: number, count: number): number =>
  (Math.sqrt(Math.PI / 2) * deviation) / Math.sqrt(count);
