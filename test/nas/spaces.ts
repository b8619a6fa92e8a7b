// Small search spaces and their enumeration: the oracle of the tests beside this file.
import fc from 'fast-check';
import { type LatencyCosts, type Path, pathLatency } from '../../src/latency/types.ts';
import { createRandom } from '../../src/lib/random.ts';

/** To a thousandth of a microsecond: latencies of 5e-324 ms, which fast-check likes to try, are none. */
const microseconds = (ms: number): number => Math.round(ms * 1e6) / 1e6;

/** Every path of a space, in lexicographic order. */
export function enumerate(costs: LatencyCosts): Path[] {
  return costs.single.reduce<number[][]>(
    (paths, layer) => paths.flatMap((path) => layer.map((_, operation) => [...path, operation])),
    [[]],
  );
}

/** The latency that a given share of paths meets. */
export function quantileMs(costs: LatencyCosts, share: number): number {
  const sorted = enumerate(costs)
    .map((path) => pathLatency(costs, path))
    .sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))]!;
}

/** A space of given layer sizes with terms of either sign. */
export function randomCosts(seed: number, sizes: readonly number[], options: { pairs: boolean }): LatencyCosts {
  const random = createRandom(seed, 'costs');
  const single = sizes.map((size) => Array.from({ length: size }, () => 3 * random.uniform() - 0.5));
  if (!options.pairs) return { constant: 2, single };
  const pair = sizes
    .slice(1)
    .map((next, layer) =>
      Array.from({ length: sizes[layer]! }, () => Array.from({ length: next }, () => 2 * random.uniform() - 1)),
    );
  return { constant: 2, single, pair };
}

/** Probabilities of each layer from normal alphas, by the definition of softmax. */
export function randomProbabilities(seed: number, sizes: readonly number[]): Float64Array[] {
  const random = createRandom(seed, 'probabilities');
  return sizes.map((size) => {
    const weights = Float64Array.from({ length: size }, () => Math.exp(random.normal()));
    const total = weights.reduce((sum, weight) => sum + weight);
    return weights.map((weight) => weight / total);
  });
}

/**
 * Arbitrary small spaces with and without pair terms: costs of either sign, from a coarse grid (many paths of equal
 * latency) or continuous.
 */
export const anyCosts: fc.Arbitrary<LatencyCosts> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    cost: fc.constantFrom(
      fc.integer({ min: -3, max: 6 }).map((n) => n / 10),
      fc.double({ min: -1, max: 3, noNaN: true }).map(microseconds),
    ),
    pairs: fc.boolean(),
    constant: fc.double({ min: 0, max: 20, noNaN: true }).map(microseconds),
  })
  .chain(({ sizes, cost, pairs, constant }) => {
    const row = (length: number) => fc.array(cost, { minLength: length, maxLength: length });
    const single = fc.tuple(...sizes.map(row));
    if (!pairs) return fc.record({ constant: fc.constant(constant), single });
    const pair = fc.tuple(
      ...sizes
        .slice(1)
        .map((next, layer) => fc.array(row(next), { minLength: sizes[layer]!, maxLength: sizes[layer]! })),
    );
    return fc.record({ constant: fc.constant(constant), single, pair });
  });

/**
 * A budget that some path meets: exactly the latency of a random path, or a hair above or below it (where rounding
 * latencies to buckets goes wrong first).
 */
export function budgetOf(costs: LatencyCosts, share: number, hair: number): number {
  return Math.max(quantileMs(costs, share) + hair, quantileMs(costs, 0));
}
