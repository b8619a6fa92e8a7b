import { describe, expect, it } from 'vitest';
import { pathLatency } from '../../src/latency/types.ts';
import { createRandom } from '../../src/lib/random.ts';
import { kBestPaths } from '../../src/nas/decoding.ts';
import { largestOfTheBest, tradeOffs } from '../../src/nas/trade-offs.ts';
import { enumerate, quantileMs, randomCosts, randomProbabilities } from './spaces.ts';

const layers = [3, 4, 3, 4];
const costs = randomCosts(7, layers, { pairs: true });
const maxLatencyMs = quantileMs(costs, 0.5);
const logP = randomProbabilities(8, layers).map((row) => row.map(Math.log));
const random = createRandom(9, 'sizes');
const sizes = layers.map((length) => Float64Array.from({ length }, () => 1e6 * random.uniform()));
const total = (values: readonly Float64Array[], path: readonly number[]): number =>
  path.reduce((sum, operation, layer) => sum + values[layer]![operation]!, 0);

describe('tradeOffs', () => {
  it('goes from the most probable path within the budget to the largest one, as enumeration finds them', () => {
    const front = tradeOffs(costs, Array(4).fill(maxLatencyMs), logP, sizes, 1).flat();
    const within = enumerate(costs).filter((path) => pathLatency(costs, path) <= maxLatencyMs);
    const best = (values: readonly Float64Array[]) =>
      within.reduce((found, path) => (total(values, path) > total(values, found) ? path : found));
    expect(front[0]!.path).toEqual(best(logP));
    expect(front.at(-1)!.path).toEqual(best(sizes));
    expect(front.length).toBeGreaterThan(2);
    for (const [i, { path, logProbability }] of front.entries()) {
      expect(logProbability).toBeCloseTo(total(logP, path), 9);
      if (i === 0) continue;
      expect(total(sizes, path)).toBeGreaterThan(total(sizes, front[i - 1]!.path));
      expect(logProbability).toBeLessThan(front[i - 1]!.logProbability);
    }
  });

  it('names no path twice and none above the budget', () => {
    const lists = tradeOffs(costs, Array(4).fill(maxLatencyMs), logP, sizes, 3);
    const paths = lists.flat().map(({ path }) => path.join());
    expect(new Set(paths).size).toBe(paths.length);
    for (const { path, latencyMs } of lists.flat()) {
      expect(latencyMs).toBe(pathLatency(costs, path));
      expect(latencyMs).toBeLessThanOrEqual(maxLatencyMs);
    }
  });

  it('with one point gives the most probable paths alone', () => {
    expect(tradeOffs(costs, Array(1).fill(maxLatencyMs), logP, sizes, 5)).toEqual([
      kBestPaths(costs, maxLatencyMs, logP, 5),
    ]);
  });
});

describe('largestOfTheBest', () => {
  const scored = [
    { name: 'small', supernetMiou: 0.74, macs: 90 },
    { name: 'large', supernetMiou: 0.73, macs: 140 },
    { name: 'larger, worse', supernetMiou: 0.7, macs: 150 },
    { name: 'large again', supernetMiou: 0.725, macs: 140 },
  ];
  const taken = (tolerance: number) => largestOfTheBest(scored, tolerance)?.name;

  it('takes the best by score without a tolerance, and the largest (then the better) of its equals with one', () => {
    expect(taken(0)).toBe('small');
    expect(taken(0.02)).toBe('large');
    expect(taken(1)).toBe('larger, worse');
    expect(largestOfTheBest([], 0.02)).toBeUndefined();
  });
});
