import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import { addCounts, iouOf } from '../../src/metrics/miou.ts';
import { checkBudgets, judgeBudgets, type MeasuredNetwork, resolveMaxLatency } from '../../src/verdict/budgets.ts';

const head: MeasuredNetwork = {
  role: 'head',
  name: 'found',
  miou: 0.93,
  parameters: 3e6,
  macs: 4e8,
  latencyP50Ms: 9,
  fps: 111,
};
const large: MeasuredNetwork = { role: 'baseline', name: 'large', miou: 0.92, latencyP50Ms: 10, fps: 100 };

describe('budgets', () => {
  test('maxima and minima give a margin that is positive where there is room', () => {
    const budgets = { maxLatencyMs: 8, minMiou: 0.92, minFps: 120, maxParams: 3e6, maxMacs: 5e8 };
    const results = checkBudgets(budgets, [large, head], 0.99);
    expect(results.map(({ name, met }) => [name, met])).toEqual([
      ['max-latency-ms', false],
      ['min-fps', false],
      ['min-miou', true],
      ['max-params', true],
      ['max-macs', true],
    ]);
    expect(results.map((result) => result.margin!)).toEqual([-1, -9, expect.closeTo(0.01), 0, 1e8]);
  });

  test('a relative budget is a ratio of latencies measured in the same run', () => {
    const [result] = checkBudgets({ maxLatencyVs: { large: 0.8 } }, [large, head], 0.99);
    expect(result).toEqual({ name: 'max-latency-vs large', limit: 8, actual: 9, margin: -1, met: false });
  });

  test('too few images are told as such', () => {
    const counts = [Array.from({ length: 5 }, () => [90, 5, 5, 90] as const)];
    const results = checkBudgets({ minMiou: 0.5 }, [{ ...head, counts }], 0.99);
    expect(judgeBudgets(results)).toEqual({ verdict: 'inconclusive', reason: 'Too few images to tell: min-miou.' });
  });

  test('the verdict: a miss outweighs what is unknown, unknown outweighs met', () => {
    const judge = (budgets: Parameters<typeof checkBudgets>[0]) =>
      judgeBudgets(checkBudgets(budgets, [large, head], 0.99));
    expect(judge({ minMiou: 0.9 }).verdict).toBe('pass');
    expect(judge({ minMiou: 0.9, maxLatencyVs: { small: 1 } })).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('max-latency-vs small'),
    });
    expect(judge({ minMiou: 0.99, maxLatencyVs: { small: 1 } })).toMatchObject({
      verdict: 'budget-missed',
      reason: expect.stringContaining('min-miou'),
    });
    expect(judge({}).verdict).toBe('pass');
  });

  test('the search is held to the tightest of its latency budgets', () => {
    const budgets = { maxLatencyMs: 9.5, minFps: 100, maxLatencyVs: { large: 0.9, small: 2 } };
    expect(resolveMaxLatency(budgets, { large: 10, small: 6 })).toEqual({
      maxLatencyMs: 9,
      from: 'max-latency-vs large',
    });
    expect(resolveMaxLatency({ minFps: 50 }, {})).toEqual({ maxLatencyMs: 20, from: 'min-fps' });
    expect(resolveMaxLatency({ minMiou: 0.9 }, {})).toBeUndefined();
    expect(() => resolveMaxLatency(budgets, { large: 10 })).toThrow('small');
  });

  test('is met or missed where all of its interval is, and left open between', () => {
    // Ten blocks; head is 2 % slower than the baseline in each, whatever the block is slowed by.
    const slowedBy = [0, 0.01, 0.02, 0, 0.03, 0.01, 0.02, 0.01, 0, 0.02];
    const blocksOf = (ms: number) =>
      slowedBy.map((slower) => Array.from({ length: 12 }, (_, i) => ms * (1 + slower) * (1 + i / 1000)));
    const head = { role: 'head' as const, name: 's', latencyP50Ms: 10.2, fps: 98, blocksMs: blocksOf(10.05) };
    const baseline = { role: 'baseline' as const, name: 'b', latencyP50Ms: 10, blocksMs: blocksOf(10.05 / 1.02) };
    const judged = (budgets: Parameters<typeof checkBudgets>[0]) =>
      judgeBudgets(checkBudgets(budgets, [head, baseline], 0.99)).verdict;
    expect(judged({ maxLatencyMs: 10.2 })).toBe('inconclusive');
    expect(judged({ maxLatencyMs: 9.9 })).toBe('budget-missed');
    expect(judged({ maxLatencyMs: 10.6 })).toBe('pass');
    expect(judged({ minFps: 98 })).toBe('inconclusive');
    expect(judged({ minFps: 102 })).toBe('budget-missed');
    // Ratios within blocks are known far better than either latency.
    expect(judged({ maxLatencyVs: { b: 1.021 } })).toBe('pass');
    expect(judged({ maxLatencyVs: { b: 1.019 } })).toBe('budget-missed');
  });

  test('two looks err no more often than one, and a second one at more blocks decides more', () => {
    const random = createRandom(3, 'looks');
    const baseline = Array.from({ length: 50 }, () => [10]);
    const runs = 1500;
    /** Shares of runs that are decided at the first and at any look, where head takes so much of the limit. */
    const decided = (share: number) => {
      const counts = [0, 0];
      for (let run = 0; run < runs; run++) {
        const blocks = baseline.map(() => [10 * share * Math.exp(0.015 * random.normal())]);
        const met = [10, 50].map((count) => {
          const network = (role: 'head' | 'baseline', ms: number[][]) => ({
            ...{ role, name: role, latencyP50Ms: 10, blocksMs: ms.slice(0, count) },
          });
          const both = [network('head', blocks), network('baseline', baseline)];
          return checkBudgets({ maxLatencyVs: { baseline: 1 } }, both, 0.99, 2)[0]!.met;
        });
        if (met[0] !== null) counts[0]!++;
        if (met[0] !== null || met[1] !== null) counts[1]!++;
      }
      return counts.map((count) => count / runs);
    };
    // At the limit every decision is by chance: 1 %, and three standard errors of that share in so many runs.
    expect(decided(1)[1]).toBeLessThan(0.01 + 3 * Math.sqrt((0.01 * 0.99) / runs));
    const [first, second] = decided(0.987);
    expect(first).toBeLessThan(0.5);
    expect(second).toBeGreaterThan(0.95);
  });

  test('mIoU is the mean over seeds, known as well as seeds and images say', () => {
    const images = (wrong: number) => Array.from({ length: 60 }, () => [800, wrong, wrong, 200] as const);
    const counts = [images(5), images(9)];
    const judged = (minMiou: number, deviation: number) => {
      const spread = { deviation, freedom: 30 };
      const head = { role: 'head' as const, name: 's', miou: 0.99, counts, spread };
      return checkBudgets({ minMiou }, [head], 0.95)[0]!;
    };
    const { actual, interval } = judged(0.9, 0.01);
    const miouOf = (wrong: number) => (800 / (800 + 2 * wrong) + 200 / (200 + 2 * wrong)) / 2;
    expect(actual).toBeCloseTo((miouOf(5) + miouOf(9)) / 2, 12);
    // All images are alike: what is left is Student's interval of the mean of two, 2.042 x 0.01 / sqrt(2).
    expect(interval![1] - interval![0]).toBeCloseTo(2 * 2.042 * (0.01 / Math.sqrt(2)), 2);
    expect(
      [actual! - 0.02, actual! - 0.01, actual! + 0.01, actual! + 0.02].map((limit) => judged(limit, 0.01).met),
    ).toEqual([true, null, null, false]);
  });

  test('mIoU is known as well as the images say, and not at all by a few', () => {
    const images = Array.from({ length: 60 }, (_, i) => [800, i % 10, i % 7, 200] as const);
    const miou = iouOf(addCounts(images)).miou;
    const judged = (minMiou: number, some = images) => {
      const head = { role: 'head' as const, name: 's', miou, counts: [some] };
      return judgeBudgets(checkBudgets({ minMiou }, [head], 0.99)).verdict;
    };
    expect(judged(miou - 0.01)).toBe('pass');
    expect(judged(miou)).toBe('inconclusive');
    expect(judged(miou + 0.01)).toBe('budget-missed');
    expect(judged(miou - 0.01, images.slice(0, 29))).toBe('inconclusive');
  });
});
