import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathLatency } from '../../src/latency/types.ts';
import { UserError } from '../../src/lib/errors.ts';
import { assertFeasible, createLattice, fastestPath } from '../../src/nas/lattice.ts';
import { anyCosts, budgetOf, enumerate } from './spaces.ts';

describe('the lattice', () => {
  it('keeps every path within the budget and no path more than a bucket a layer above it', () => {
    fc.assert(
      fc.property(anyCosts, fc.double({ min: 0, max: 1, noNaN: true }), (costs, share) => {
        const maxLatencyMs = budgetOf(costs, share, 0);
        const lattice = createLattice(costs, maxLatencyMs);
        const layers = costs.single.length;
        const bucketMs = (maxLatencyMs - fastestPath(costs).latencyMs) / lattice.buckets;
        for (const path of enumerate(costs)) {
          let spent = 0;
          path.forEach((operation, layer) => {
            const context = costs.pair && layer > 0 ? path[layer - 1]! : 0;
            const choice = lattice.spent[layer]![context * lattice.sizes[layer]! + operation]!;
            expect(choice).toBeGreaterThanOrEqual(0);
            spent += choice;
          });
          const ms = pathLatency(costs, path);
          if (ms <= maxLatencyMs) expect(spent).toBeLessThanOrEqual(lattice.buckets);
          if (ms > maxLatencyMs + layers * bucketMs + 1e-9) expect(spent).toBeGreaterThan(lattice.buckets);
        }
      }),
    );
  });
});

describe('fastestPath', () => {
  it('finds the least latency that enumeration finds, to the last bit', () => {
    fc.assert(
      fc.property(anyCosts, (costs) => {
        const { path, latencyMs } = fastestPath(costs);
        expect(latencyMs).toBe(Math.min(...enumerate(costs).map((other) => pathLatency(costs, other))));
        expect(pathLatency(costs, path)).toBe(latencyMs);
      }),
    );
  });
});

describe('assertFeasible', () => {
  const costs = {
    constant: 5,
    single: [
      [1, 2],
      [3.0004, 4],
    ],
  };

  it('says what the fastest network takes when the budget is out of reach, rounded so that it would do as a budget', () => {
    expect(() => assertFeasible(costs, 8.5)).toThrow(UserError);
    expect(() => assertFeasible(costs, 8.5)).toThrow(
      'no network of the space can meet the latency budget of 8.5 ms; the fastest takes 9.001 ms',
    );
    expect(assertFeasible(costs, 9.001).path).toEqual([0, 0]);
  });

  it('accepts a budget that the fastest path meets exactly', () => {
    expect(assertFeasible(costs, fastestPath(costs).latencyMs).path).toEqual([0, 0]);
  });
});
