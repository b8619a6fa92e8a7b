// Balanced sampling against the enumeration of all paths.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LatencyCosts, pathLatency } from '../../src/latency/types.ts';
import { balancedProbabilities, marginals } from '../../src/nas/balance.ts';
import { createLattice, createTable, fillMass } from '../../src/nas/lattice.ts';
import { anyCosts, budgetOf, enumerate, randomCosts, randomProbabilities } from './spaces.ts';

/** Marginals by their definition. */
function enumerated(costs: LatencyCosts, maxLatencyMs: number, weights: readonly Float64Array[]): number[][] {
  const result = costs.single.map((layer) => layer.map(() => 0));
  let total = 0;
  for (const path of enumerate(costs)) {
    if (pathLatency(costs, path) > maxLatencyMs) continue;
    const weight = path.reduce((product, operation, layer) => product * weights[layer]![operation]!, 1);
    total += weight;
    path.forEach((operation, layer) => {
      result[layer]![operation]! += weight;
    });
  }
  return result.map((row) => row.map((value) => value / total));
}

/** Largest distance of a marginal from an even share, as a multiple of it. */
const unevenness = (shares: readonly (readonly number[])[]): number =>
  Math.max(...shares.map((row) => Math.max(...row.map((share) => Math.abs(share * row.length - 1)))));

describe('marginals under a budget', () => {
  test('are those of the enumerated paths', () => {
    // Continuous costs: rounding to buckets then moves no path over the budget.
    for (const pairs of [false, true]) {
      const costs = randomCosts(7, [3, 4, 2, 3], { pairs });
      const maxLatencyMs = budgetOf(costs, 0.4, 0.003);
      const weights = randomProbabilities(5, [3, 4, 2, 3]);
      const lattice = createLattice(costs, maxLatencyMs);
      const table = createTable(lattice);
      fillMass(lattice, weights, table);
      const expected = enumerated(costs, maxLatencyMs, weights);
      marginals(lattice, weights, table).forEach((row, layer) => {
        for (const [operation, share] of row.entries()) expect(share).toBeCloseTo(expected[layer]![operation]!, 6);
      });
    }
  });
});

describe('balanced sampling', () => {
  test('is even where the budget allows it, and uniform paths are not', () => {
    const sizes = [4, 4, 4, 4, 4];
    const costs: LatencyCosts = { constant: 1, single: sizes.map(() => [1, 2, 3, 4]) };
    // An even share of every operation takes 13.5 ms on average.
    const ones = sizes.map((size) => new Float64Array(size).fill(1));
    expect(unevenness(enumerated(costs, 14.5, ones))).toBeGreaterThan(0.3);
    expect(unevenness(enumerated(costs, 14.5, balancedProbabilities(costs, 14.5)))).toBeLessThan(0.01);
  });

  test('is more even than uniform paths under any budget, and gives all feasible operations a share', () => {
    fc.assert(
      fc.property(anyCosts, fc.double({ min: 0, max: 1, noNaN: true }), (costs, share) => {
        // Not at a latency itself: where several are equal to the tenth, rounding to buckets moves paths over the budget.
        const maxLatencyMs = budgetOf(costs, share, 0) + 0.05;
        const uniform = enumerated(
          costs,
          maxLatencyMs,
          costs.single.map((row) => new Float64Array(row.length).fill(1)),
        );
        const balanced = enumerated(costs, maxLatencyMs, balancedProbabilities(costs, maxLatencyMs));
        const spread = (rows: readonly (readonly number[])[]): number =>
          rows.flat().reduce((sum, p) => sum + (p > 0 ? -Math.log(p) : 0), 0);
        expect(spread(balanced)).toBeLessThanOrEqual(spread(uniform) + 1e-6);
        balanced.forEach((row, layer) => {
          for (const [operation, p] of row.entries()) expect(p > 0).toBe(uniform[layer]![operation]! > 0);
        });
      }),
      { numRuns: 20 },
    );
  });
});
