import { expect, test } from 'vitest';
import { type Path, pathLatency } from '../../src/latency/types.ts';
import { createRandom } from '../../src/lib/random.ts';
import { evolve } from '../../src/nas/evolution.ts';
import { createFeasibleSampler } from '../../src/nas/sampling.ts';
import { enumerate, quantileMs, randomCosts } from './spaces.ts';

const sizes = [4, 4, 4, 4, 4, 4];
const costs = randomCosts(4, sizes, { pairs: true });
const maxLatencyMs = quantileMs(costs, 0.3);
/** What a path is worth: a part of each layer's operation, and a part of each adjacent pair. */
const worth = new Map(enumerate(costs).map((path) => [path.join(), worthOf(path)]));
function worthOf(path: Path): number {
  const part = (...labels: number[]): number => createRandom(9, 'worth', ...labels).normal();
  return path.reduce((sum, o, layer) => sum + part(layer, o) + 0.5 * part(layer, o, path[layer + 1] ?? 0), 0);
}
const options = { costs, maxLatencyMs, evaluations: 150 };
const score = async (paths: readonly Path[]): Promise<number[]> => paths.map((path) => worth.get(path.join())!);

test('evolution stays within the limit, scores no path twice and finds better ones than as many random draws', async () => {
  const within = enumerate(costs).filter((path) => pathLatency(costs, path) <= maxLatencyMs);
  const rank = (value: number): number => within.filter((path) => worth.get(path.join())! > value).length;
  let better = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const scored = await evolve({ ...options, seed, score });
    expect(scored).toHaveLength(150);
    expect(new Set(scored.map(({ path }) => path.join())).size).toBe(150);
    for (const { path } of scored) expect(pathLatency(costs, path)).toBeLessThanOrEqual(maxLatencyMs);
    expect(scored.map(({ score: s }) => s)).toEqual(scored.map(({ score: s }) => s).sort((a, b) => b - a));
    const sampler = createFeasibleSampler(costs, maxLatencyMs);
    const random = createRandom(seed, 'rivals');
    const drawn = Array.from({ length: 150 }, () => worth.get(sampler.sample(random).join())!);
    if (rank(scored[0]!.score) < rank(Math.max(...drawn))) better++;
  }
  // By luck alone 4 of 8; 7 or more come by luck in 4 of 100 runs.
  expect(better).toBeGreaterThanOrEqual(7);
});

test('evolution ends when every path within the limit is scored, and goes the same way again', async () => {
  const few = { ...options, maxLatencyMs: quantileMs(costs, 0.01), seed: 1, score };
  const all = await evolve(few);
  const feasible = enumerate(costs).filter((path) => pathLatency(costs, path) <= few.maxLatencyMs).length;
  expect(all.length).toBeLessThanOrEqual(feasible);
  expect(all.length).toBeGreaterThan(0.8 * feasible);
  expect(await evolve(few)).toEqual(all);
});
