// What results next to each other have in common (a runner that is slow today is slow in the next run), and how much more a rank statistic varies by it:
// the correction of K. Hamed and A. Rao, "A modified Mann-Kendall trend test for autocorrelated data" (Journal of Hydrology 204, 1998), for noise in
// which the correlation falls by the same factor from step to step. One correlation can be estimated far more steadily than all of them.
import { sampleRankCorrelation } from 'simple-statistics';

/**
 * The correlation of a value with the one before it: of the values, not of their ranks. Removing a fitted level lowers it by about (1 + 4 rho) / n
 * (F. Marriott and J. Pope, 1954), removing a level and a movement by about (2 + 4 rho) / n, which is added back.
 * @param residuals [group][value], in the order of time
 * @returns 0 to 0.9: a negative correlation would make warnings more frequent than without a correction
 */
export function autocorrelationOf(residuals: readonly (readonly number[])[]): number {
  const pairs = residuals.flatMap((group) => group.slice(1).map((value, i) => [group[i]!, value] as const));
  const n = pairs.length;
  if (n < 3) return 0;
  const ranks = sampleRankCorrelation(
    pairs.map(([before]) => before),
    pairs.map(([, after]) => after),
  );
  if (!Number.isFinite(ranks)) return 0;
  const found = 2 * Math.sin((Math.PI * ranks) / 6);
  const restored = (n * found + removed) / Math.max(1, n - 2 * removed);
  return Math.min(0.9, Math.max(0, restored));
}

const removed = 2;

/** By what Mann-Kendall's variance grows for n values with such a correlation (Hamed and Rao, equation 17). */
export function varianceInflation(correlation: number, n: number): number {
  let sum = 0;
  for (let lag = 1; lag < n; lag++) {
    const ofRanks = (6 / Math.PI) * Math.asin(correlation ** lag / 2);
    sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * ofRanks;
  }
  return n < 3 ? 1 : 1 + (2 * sum) / (n * (n - 1) * (n - 2));
}
