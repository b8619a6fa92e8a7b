import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import { agreement, kendallTau, tauWithInterval } from '../../src/nas/diagnosis.ts';

describe("Kendall's tau", () => {
  test('is that of known answers, also with ties', () => {
    expect(kendallTau([1, 2, 3, 4], [10, 20, 30, 40])).toBe(1);
    expect(kendallTau([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
    // 4 of 6 pairs agree.
    expect(kendallTau([1, 2, 3, 4], [1, 3, 4, 2])).toBeCloseTo(1 / 3, 12);
    // Kendall's tau-b by hand: 4 agree, 1 does not, 1 pair is tied in x alone: 3 / sqrt(5 * 6).
    expect(kendallTau([1, 2, 2, 3], [1, 2, 4, 3])).toBeCloseTo(3 / Math.sqrt(30), 12);
    expect(kendallTau([1, 1, 1], [1, 2, 3])).toBe(0);
  });

  test('has an interval that covers the truth about 95 times in 100', () => {
    // Of two normal variables with correlation r, tau is 2 / pi asin r.
    const r = 0.6;
    const truth = (2 / Math.PI) * Math.asin(r);
    const random = createRandom(1, 'pairs');
    let covered = 0;
    for (let trial = 0; trial < 100; trial++) {
      const x = Array.from({ length: 20 }, random.normal);
      const y = x.map((value) => r * value + Math.sqrt(1 - r * r) * random.normal());
      const { interval } = tauWithInterval(x, y);
      if (interval[0] <= truth && truth <= interval[1]) covered++;
    }
    // The bootstrap of 20 networks is known to be a little narrow.
    expect(covered).toBeGreaterThanOrEqual(86);
    expect(covered).toBeLessThan(100);
  });
});

test('two sets of alphas agree by the order of their operations, whatever is added to a layer', () => {
  const a = [Float64Array.of(0, 1, 2), Float64Array.of(5), Float64Array.of(-1, 0.5)];
  const shifted = [a[0]!.map((value) => value + 7), Float64Array.of(0), a[2]!.map((value) => value - 3)];
  expect(agreement(a, shifted, [3, 1, 2])).toBeCloseTo(1, 12);
  const opposite = a.map((row) => row.map((value) => -value));
  expect(agreement(a, opposite, [3, 1, 2])).toBeCloseTo(-1, 12);
  const random = createRandom(2);
  const noise = (): Float64Array[] => Array.from({ length: 40 }, () => Float64Array.from({ length: 7 }, random.normal));
  expect(Math.abs(agreement(noise(), noise(), new Array(40).fill(7)))).toBeLessThan(0.2);
});
