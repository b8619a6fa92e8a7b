// Whether a series of values moves, how, and how fast, without a model of the distribution of its noise: the Mann-Kendall test for a trend with Sen's
// slope (the median slope over all pairs of values), and Pettitt's for a step (A. Pettitt, "A non-parametric approach to the change-point problem",
// 1979), standardized at every place, with the median difference over all pairs across it. Pairs are made within groups only, and summed over the
// groups: the seasonal Kendall test of Hirsch, Slack and Smith (Water Resources Research 18, 1982), with machines in the place of seasons. So a
// change of machine is not a drift.
import { probit } from 'simple-statistics';
import type { Drift, Movement } from '../contracts/history.ts';
import { autocorrelationOf, varianceInflation } from './autocorrelation.ts';

export interface Observation {
  /** Its place in the series; no two of one group have the same. */
  readonly at: number;
  /** Only values of one group can be compared. */
  readonly group: string;
  readonly value: number;
}

/** Pairs below which nothing is said: as many as eight values of one group make. With fewer the test's normal approximation is poor. */
const fewestPairs = 28;

/** Values on either side of a step, over all groups: one or two bad runs are not a step. */
const fewestBeside = 3;

/**
 * Beyond these scores a series moves by more than chance: they are seldom passed in 200 looks at a history in which nothing moves (bench/trend.ts).
 * That of a step is higher, as a step is looked for at every place.
 */
const rareScores = { drift: 3.09, step: 4 };

/** @returns undefined where too few values can be compared */
export function findDrift(observations: readonly Observation[]): Drift | undefined {
  const groups = groupsOf(observations);
  const slope = slopeOf(groups);
  if (!slope) return undefined;
  const step = stepOf(groups);
  const flat = (model: (at: number) => number) => groups.map((group) => residualsOf(group, model));
  const line = flat((at) => slope.value * at);
  const stair = step && flat((at) => (at >= step.at ? step.value : 0));
  const isStep = stair !== undefined && absoluteSum(stair) < absoluteSum(line);
  const correlation = autocorrelationOf(isStep ? stair : line);
  const inflation = varianceInflation(correlation, Math.max(...groups.map(({ length }) => length)));
  const drift = slope.movement(inflation);
  const jump = step && { at: step.at, ...step.movement(inflation) };
  const rare = Math.abs(drift.score) > rareScores.drift || Math.abs(jump?.score ?? 0) > rareScores.step;
  return { kind: isStep ? 'step' : 'drift', rare, slope: drift, step: jump, correlation };
}

function groupsOf(observations: readonly Observation[]): (readonly Observation[])[] {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations)
    groups.set(observation.group, [...(groups.get(observation.group) ?? []), observation]);
  return [...groups.values()];
}

interface Found {
  readonly value: number;
  /** @param inflation of the statistic's variance by what values next to each other have in common */
  readonly movement: (inflation: number) => Movement;
}

function slopeOf(groups: readonly (readonly Observation[])[]): Found | undefined {
  const slopes: number[] = [];
  let statistic = 0;
  let variance = 0;
  for (const group of groups) {
    for (const [i, later] of group.entries()) {
      for (const earlier of group.slice(0, i)) {
        const slope = (later.value - earlier.value) / (later.at - earlier.at);
        slopes.push(slope);
        statistic += Math.sign(slope);
      }
    }
    variance += varianceOf(group.map(({ value }) => value));
  }
  return slopes.length < fewestPairs ? undefined : found(slopes, statistic, variance);
}

/** The place before and after which values differ most, by Wilcoxon's statistic; undefined where no place has enough values on both sides. */
function stepOf(groups: readonly (readonly Observation[])[]): (Found & { readonly at: number }) | undefined {
  // Wilcoxon's statistic at every place: over the values before it, the sum of their signs against all values of their group.
  const places = [...new Set(groups.flat().map(({ at }) => at))].sort((a, b) => a - b);
  const standings = groups.map((group) => ({
    group,
    sums: group.map(({ value }) => group.reduce((sum, other) => sum + Math.sign(other.value - value), 0)),
    before: 0,
    statistic: 0,
  }));
  let best:
    | { readonly at: number; readonly score: number; readonly statistic: number; readonly variance: number }
    | undefined;
  for (const at of places) {
    let [statistic, variance, before, after] = [0, 0, 0, 0];
    for (const standing of standings) {
      const { group, sums } = standing;
      for (; standing.before < group.length && group[standing.before]!.at < at; standing.before++)
        standing.statistic += sums[standing.before]!;
      const [m, n] = [standing.before, group.length - standing.before];
      statistic += standing.statistic;
      variance += (m * n * (m + n + 1)) / 3;
      if (m === 0 || n === 0) continue;
      before += m;
      after += n;
    }
    if (Math.min(before, after) < fewestBeside) continue;
    const score = Math.abs(statistic) / Math.sqrt(variance);
    if (!best || score > best.score) best = { at, score, statistic, variance };
  }
  return best && { at: best.at, ...found(differencesAcross(groups, best.at), best.statistic, best.variance) };
}

/** Every later value less every earlier one of its group, across a place. */
function differencesAcross(groups: readonly (readonly Observation[])[], place: number): number[] {
  return groups.flatMap((group) => {
    const before = group.filter(({ at }) => at < place);
    const after = group.filter(({ at }) => at >= place);
    return after.flatMap((later) => before.map((earlier) => later.value - earlier.value));
  });
}

/** The median of what pairs say, and its interval: it leaves out as many at either end as chance would put beyond 0. */
function found(values: readonly number[], statistic: number, variance: number): Found {
  const pairs = Float64Array.from(values).sort();
  const value = medianOf(pairs);
  const middle = pairs.length / 2;
  const at = (index: number): number => pairs[Math.min(pairs.length - 1, Math.max(0, index))]!;
  return {
    value,
    movement: (inflation) => {
      const deviation = Math.sqrt(inflation * variance);
      const half = (probit(0.975) * deviation) / 2;
      return {
        value,
        interval: [at(Math.floor(middle - half) - 1), at(Math.ceil(middle + half))],
        score: deviation === 0 ? 0 : (statistic - Math.sign(statistic)) / deviation,
      };
    },
  };
}

/** What a model of a group's movement leaves, about its median. Rounding errors become 0: they come in runs, as if values were correlated. */
function residualsOf(group: readonly Observation[], model: (at: number) => number): number[] {
  const rest = group.map(({ at, value }) => value - model(at));
  const level = medianOf(Float64Array.from(rest).sort());
  const rounding = 1e-9 * Math.max(...group.map(({ value }) => Math.abs(value)));
  return rest.map((value) => (Math.abs(value - level) > rounding ? value - level : 0));
}

const medianOf = (sorted: Float64Array): number =>
  (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;

const absoluteSum = (groups: readonly (readonly number[])[]): number =>
  groups.flat().reduce((sum, value) => sum + Math.abs(value), 0);

/** Variance of Mann-Kendall's statistic over one group, where nothing drifts. */
function varianceOf(values: readonly number[]): number {
  const term = (n: number): number => n * (n - 1) * (2 * n + 5);
  const ties = new Map<number, number>();
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1);
  return [...ties.values()].reduce((sum, count) => sum - term(count), term(values.length)) / 18;
}
