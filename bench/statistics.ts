// How the benches print samples.
import { quantile } from 'simple-statistics';

/** Median and quartiles. */
export const spread = (times: number[], digits = 1): string =>
  `${quantile(times, 0.5).toFixed(digits)} (${quantile(times, 0.25).toFixed(digits)}-${quantile(times, 0.75).toFixed(digits)})`;

export const geometricMean = (ratios: readonly number[]): number =>
  Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
