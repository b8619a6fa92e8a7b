import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
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

describe('against known answers', () => {
  test("the Nile: Mann-Kendall's statistic -1387 of variance 112728.3, Sen's slope -2.6 with its interval (scipy.stats.theilslopes)", () => {
    const { slope, interval, score } = findDrift(series(nile))!;
    expect(score).toBeCloseTo(-1386 / Math.sqrt(112_728.333_333), 6);
    expect(slope).toBeCloseTo(-2.6, 10);
    expect(interval[0]).toBeCloseTo(-3.627_907, 6);
    expect(interval[1]).toBeCloseTo(-1.428_571, 6);
  });

  test('the Nile in four groups: statistic -318 of variance 7329.33, p = 0.000213 (scipy.stats.mstats.kendalltau_seasonal)', () => {
    const { slope, score } = findDrift(series(nile, (at) => String(at % 4)))!;
    expect(score).toBeCloseTo(-317 / Math.sqrt(7329.333_333), 6);
    expect(slope).toBeCloseTo(-2.383_971, 6);
  });

  test('by hand, with ties: 1 1 2 2 2 3 3 4', () => {
    // 28 pairs less 1 + 3 + 1 ties rise: 23. Variance (8*7*21 - 2*1*9 - 3*2*11 - 2*1*9) / 18.
    expect(findDrift(series([1, 1, 2, 2, 2, 3, 3, 4]))!.score).toBeCloseTo(22 / Math.sqrt((1176 - 18 - 66 - 18) / 18));
  });

  test('nothing moves where nothing does', () => {
    expect(findDrift(series(Array(20).fill(7)))).toEqual({ slope: 0, interval: [0, 0], score: 0 });
  });

  test('and nothing is said of fewer pairs than eight values make', () => {
    expect(findDrift(series([1, 2, 3, 4, 5, 6, 7]))).toBeUndefined();
    expect(findDrift(series(nile.slice(0, 40), String))).toBeUndefined();
    expect(findDrift([])).toBeUndefined();
  });
});

describe('on planted series', () => {
  const noise = (seed: number, length: number): number[] => {
    const random = createRandom(seed, 'drift-test');
    // One percent, and one result in ten from a machine that was busy.
    return Array.from({ length }, () => 0.01 * random.normal() + (random.uniform() < 0.1 ? 0.1 : 0));
  };

  test('noise alone, bursts included, goes beyond 2.33 about once in a hundred series', () => {
    const alarms = Array.from({ length: 2000 }, (_, seed) => findDrift(series(noise(seed, 30)))!).filter(
      ({ score }) => score > 2.33,
    ).length;
    expect(alarms / 2000).toBeLessThan(0.016);
    expect(alarms / 2000).toBeGreaterThan(0.004);
  });

  test('0.2 % a merge is found, and its interval holds it 95 times in a hundred', () => {
    const found = Array.from(
      { length: 400 },
      (_, seed) => findDrift(series(noise(seed, 30).map((value, at) => value + 0.002 * at)))!,
    );
    const power = found.filter(({ score }) => score > 2.33).length / 400;
    const covered = found.filter(({ interval: [low, high] }) => low <= 0.002 && 0.002 <= high).length / 400;
    expect(power).toBeGreaterThan(0.95);
    expect(covered).toBeGreaterThan(0.92);
    expect(covered).toBeLessThan(0.99);
  });

  test('a move to a machine that is twice as slow is no drift; one within both machines is', () => {
    const moved = (drift: number) =>
      findDrift(
        series(
          noise(3, 40).map((value, at) => value + drift * at + (at < 20 ? 0 : Math.LN2)),
          (at) => (at < 20 ? 'old' : 'new'),
        ),
      )!;
    expect(Math.abs(moved(0).score)).toBeLessThan(2);
    expect(moved(0.003).score).toBeGreaterThan(2.33);
    expect(moved(0.003).slope).toBeCloseTo(0.003, 2);
  });
});
