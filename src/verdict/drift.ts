// Whether a series of values drifts, and how fast, without a model of their distribution: the Mann-Kendall test for a trend and Sen's slope, the
// median slope over all pairs of values. Pairs are made within groups only, and summed over the groups: the seasonal Kendall test of Hirsch,
// Slack and Smith (Water Resources Research 18, 1982), with machines in the place of seasons. So a change of machine is not a drift.
import { probit, quantileSorted } from 'simple-statistics';
import type { Drift } from '../contracts/history.ts';

export interface Observation {
  /** Its place in the series; no two of one group have the same. */
  readonly at: number;
  /** Only values of one group can be compared. */
  readonly group: string;
  readonly value: number;
}

/** Pairs below which nothing is said: as many as eight values of one group make. With fewer the test's normal approximation is poor. */
const fewestPairs = 28;

/** @returns undefined where too few values can be compared */
export function findDrift(observations: readonly Observation[]): Drift | undefined {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations)
    groups.set(observation.group, [...(groups.get(observation.group) ?? []), observation]);
  const slopes: number[] = [];
  let statistic = 0;
  let variance = 0;
  for (const group of groups.values()) {
    for (const [i, later] of group.entries()) {
      for (const earlier of group.slice(0, i)) {
        const slope = (later.value - earlier.value) / (later.at - earlier.at);
        slopes.push(slope);
        statistic += Math.sign(slope);
      }
    }
    variance += varianceOf(group.map(({ value }) => value));
  }
  if (slopes.length < fewestPairs) return undefined;
  slopes.sort((a, b) => a - b);
  const deviation = Math.sqrt(variance);
  // The interval leaves out as many slopes at either end as chance would put beyond 0.
  const half = (probit(0.975) * deviation) / 2;
  const middle = slopes.length / 2;
  const at = (index: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, index))]!;
  return {
    slope: quantileSorted(slopes, 0.5),
    interval: [at(Math.floor(middle - half) - 1), at(Math.ceil(middle + half))],
    score: deviation === 0 ? 0 : (statistic - Math.sign(statistic)) / deviation,
  };
}

/** Of Mann-Kendall's statistic over one group, where nothing drifts. */
function varianceOf(values: readonly number[]): number {
  const term = (n: number): number => n * (n - 1) * (2 * n + 5);
  const ties = new Map<number, number>();
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1);
  return [...ties.values()].reduce((sum, count) => sum - term(count), term(values.length)) / 18;
}
