import { describe, expect, test } from 'vitest';
import type { Drift } from '../../src/contracts/history.ts';
import { createRandom } from '../../src/lib/random.ts';
import { varianceInflation } from '../../src/verdict/autocorrelation.ts';
import { findDrift, type Observation } from '../../src/verdict/drift.ts';

/** Annual flow of the Nile at Aswan, 1871 to 1970 (Cobb 1978): the example of most programs for this test. */
const nile = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100,
  1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456,
  824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897,
  822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975,
  815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];
const series = (values: readonly number[], groupOf = (_: number): string => 'one'): Observation[] =>
  values.map((value, at) => ({ at, group: groupOf(at), value }));

/** Mann-Kendall's score as it is without a correction for autocorrelation. */
const uncorrected = ({ slope, correlation }: Drift, n: number): number =>
  slope.score * Math.sqrt(varianceInflation(correlation, n));

describe('against known answers', () => {
  test("the Nile: Mann-Kendall's statistic -1387 of variance 112728.3, Sen's slope -2.6 (scipy.stats.theilslopes)", () => {
    const found = findDrift(series(nile))!;
    expect(uncorrected(found, 100)).toBeCloseTo(-1386 / Math.sqrt(112_728.333_333), 6);
    expect(found.slope.value).toBeCloseTo(-2.6, 10);
  });

  test("the Nile is a step from 1899 on, as Cobb found (Pettitt's statistic -1617 after 28 values, p = 3.6e-7)", () => {
    const { kind, rare, step, correlation } = findDrift(series(nile))!;
    expect({ kind, rare, at: step!.at }).toEqual({ kind: 'step', rare: true, at: 28 });
    const deviation = Math.sqrt((varianceInflation(correlation, 100) * 28 * 72 * 101) / 3);
    expect(step!.score).toBeCloseTo(-1616 / deviation, 6);
    expect(step!.interval[0]).toBeLessThan(-247.78); // The difference of the means.
    expect(step!.interval[1]).toBeGreaterThan(-247.78);
  });

  test('the Nile in four groups: statistic -318 of variance 7329.33, p = 0.000213 (scipy.stats.mstats.kendalltau_seasonal)', () => {
    const found = findDrift(series(nile, (at) => String(at % 4)))!;
    expect(uncorrected(found, 25)).toBeCloseTo(-317 / Math.sqrt(7329.333_333), 6);
    expect(found.slope.value).toBeCloseTo(-2.383_971, 6);
  });

  test('by hand, with ties: 1 1 2 2 2 3 3 4', () => {
    // 28 pairs less 1 + 3 + 1 ties rise: 23. Variance (8*7*21 - 2*1*9 - 3*2*11 - 2*1*9) / 18.
    const found = findDrift(series([1, 1, 2, 2, 2, 3, 3, 4]))!;
    expect(uncorrected(found, 8)).toBeCloseTo(22 / Math.sqrt((1176 - 18 - 66 - 18) / 18));
  });

  test('nothing moves where nothing does', () => {
    const { rare, slope } = findDrift(series(Array(20).fill(7)))!;
    expect({ rare, ...slope }).toEqual({ rare: false, value: 0, interval: [0, 0], score: 0 });
  });

  test('and nothing is said of fewer pairs than eight values make', () => {
    expect(findDrift(series([1, 2, 3, 4, 5, 6, 7]))).toBeUndefined();
    expect(findDrift(series(nile.slice(0, 40), String))).toBeUndefined();
    expect(findDrift([])).toBeUndefined();
  });
});

/** One percent of noise that remembers, and one result in ten from a machine that was busy. */
function noise(seed: number, length: number, correlation = 0): number[] {
  const random = createRandom(seed, 'drift-test');
  let state = random.normal();
  return Array.from({ length }, () => {
    state = correlation * state + Math.sqrt(1 - correlation ** 2) * random.normal();
    return 0.01 * state + (random.uniform() < 0.1 ? 0.1 : 0);
  });
}

describe('autocorrelation', () => {
  test("makes Mann-Kendall's statistic vary by as much more as the correction says", () => {
    const n = 40;
    const correlation = 0.6;
    const statistics = Array.from({ length: 1500 }, (_, seed) => {
      const random = createRandom(seed, 'inflation');
      let state = random.normal();
      const values = Array.from({ length: n }, () => {
        state = correlation * state + Math.sqrt(1 - correlation ** 2) * random.normal();
        return state;
      });
      return values.reduce(
        (sum, later, i) => sum + values.slice(0, i).reduce((s, v) => s + Math.sign(later - v), 0),
        0,
      );
    });
    const variance = statistics.reduce((sum, value) => sum + value ** 2, 0) / statistics.length;
    const independent = (n * (n - 1) * (2 * n + 5)) / 18;
    expect(varianceInflation(correlation, n)).toBeGreaterThan(3);
    expect(variance / independent / varianceInflation(correlation, n)).toBeCloseTo(1, 0.7);
    expect(varianceInflation(0, n)).toBe(1);
  });

  test.each([0, 0.3, 0.6])('of %f makes no more false warnings than a few in a hundred', (correlation) => {
    const warned = Array.from({ length: 400 }, (_, seed) => findDrift(series(noise(seed, 40, correlation)))!);
    expect(warned.filter(({ rare }) => rare).length / 400).toBeLessThan(0.03);
  });
});

describe('on planted series', () => {
  const share = <T>(all: readonly T[], holds: (one: T) => boolean): number => all.filter(holds).length / all.length;
  const planted = (length: number, move: (at: number) => number): Drift[] =>
    Array.from({ length: 300 }, (_, seed) => findDrift(series(noise(seed, length).map((v, at) => v + move(at))))!);

  test('a drift of 0.2 % a merge is found, as a drift, and its interval holds it 95 times in a hundred', () => {
    const found = planted(30, (at) => 0.002 * at);
    const covered = share(found, ({ slope: { interval } }) => interval[0] <= 0.002 && 0.002 <= interval[1]);
    expect(share(found, ({ rare }) => rare)).toBeGreaterThan(0.85);
    expect(share(found, ({ kind }) => kind === 'drift')).toBeGreaterThan(0.8);
    expect(covered).toBeGreaterThan(0.92);
  });

  test('a drift without any noise is found, by whatever rounding leaves of it', () => {
    const values = Array.from({ length: 20 }, (_, at) => Math.log(0.07 * 1.02 ** at));
    expect(findDrift(series(values))).toMatchObject({ kind: 'drift', rare: true, correlation: 0 });
  });

  test('a step of 5 % is found, as a step, within two merges of where it is', () => {
    const found = planted(50, (at) => (at >= 30 ? 0.05 : 0));
    expect(share(found, ({ rare }) => rare)).toBeGreaterThan(0.85);
    expect(share(found, ({ kind, step }) => kind === 'step' && Math.abs(step!.at - 30) <= 2)).toBeGreaterThan(0.85);
    expect(share(found, ({ step }) => step!.interval[0] <= 0.05 && 0.05 <= step!.interval[1])).toBeGreaterThan(0.9);
  });

  test('a move to a machine that is twice as slow is no drift; one within both machines is', () => {
    const moved = (drift: number) =>
      findDrift(
        series(
          noise(3, 40).map((value, at) => value + drift * at + (at < 20 ? 0 : Math.LN2)),
          (at) => (at < 20 ? 'old' : 'new'),
        ),
      )!;
    expect(moved(0).rare).toBe(false);
    expect(moved(0.003).rare).toBe(true);
    expect(moved(0.003).slope.value).toBeCloseTo(0.003, 2);
  });
});
