import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LatencyCosts, pathLatency } from '../../src/latency/types.ts';
import { kBestPaths } from '../../src/nas/decoding.ts';
import { anyCosts, budgetOf, enumerate, randomCosts } from './spaces.ts';

/** All feasible paths, most probable first, then lexicographic (enumeration order; the sort is stable). */
function decodeByEnumeration(costs: LatencyCosts, maxLatencyMs: number, scores: readonly Float64Array[]) {
  return enumerate(costs)
    .map((path) => ({
      path,
      logProbability: path.reduce((sum, operation, layer) => sum + scores[layer]![operation]!, 0),
      latencyMs: pathLatency(costs, path),
    }))
    .filter(({ latencyMs }) => latencyMs <= maxLatencyMs)
    .sort((a, b) => (a.logProbability === b.logProbability ? 0 : b.logProbability - a.logProbability));
}

describe('kBestPaths', () => {
  it('equals enumeration on any small space: pairs, negative terms, ties, budgets on the edge, any k', () => {
    // Quarters add up without rounding, so that enumeration sees the same ties.
    const score = fc.constantFrom(0, -0.25, -0.5, -1, -2.75, -30, Number.NEGATIVE_INFINITY);
    fc.assert(
      fc.property(
        anyCosts.chain((costs) =>
          fc.record({
            costs: fc.constant(costs),
            scores: fc.tuple(
              ...costs.single.map(({ length }) => fc.array(score, { minLength: length, maxLength: length })),
            ),
          }),
        ),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0, 1e-9, -1e-9, 0.05),
        fc.integer({ min: 0, max: 300 }),
        ({ costs, scores }, share, hair, k) => {
          const maxLatencyMs = budgetOf(costs, share, hair);
          const rows = scores.map((row) => Float64Array.from(row));
          expect(kBestPaths(costs, maxLatencyMs, rows, k)).toEqual(
            decodeByEnumeration(costs, maxLatencyMs, rows).slice(0, k),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not lose places to paths that fit only after rounding', () => {
    const costs = {
      constant: 0,
      single: [
        [0, 1],
        [0, 1],
      ],
    };
    const scores = [Float64Array.of(-2, -0.1), Float64Array.of(-3, -0.1)];
    const decoded = kBestPaths(costs, 2 - 1e-6, scores, 3);
    expect(decoded.map(({ path }) => path)).toEqual([
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
  });

  it('treats equal products of probabilities as ties although their sums of logarithms differ in the last bit', () => {
    const row = Float64Array.of(0.1, 0.2, 0.7).map(Math.log);
    const costs = { constant: 0, single: [0, 1, 2, 3].map(() => [1, 1, 1]) };
    const decoded = kBestPaths(costs, 4, [row, row, row, row], 81).map(({ path }) => path);
    const kind = (path: readonly number[]) => [...path].sort().join();
    for (let i = 1; i < decoded.length; i++) {
      if (kind(decoded[i]!) === kind(decoded[i - 1]!)) expect(decoded[i]!.join() > decoded[i - 1]!.join()).toBe(true);
    }
    expect(new Set(decoded.map((path) => path.join())).size).toBe(81);
  });

  it.each([false, true])(
    'decodes a whole search space, undecided alphas included, of which not all paths can be looked at (pair terms: %s)',
    (pairs) => {
      const sizes = new Array<number>(20).fill(7);
      const costs = randomCosts(1, sizes, { pairs });
      const flat = sizes.map((size) => new Float64Array(size).fill(-Math.log(size)));
      const maxLatencyMs = 20;
      const decoded = kBestPaths(costs, maxLatencyMs, flat, 20);
      expect(decoded).toHaveLength(20);
      expect(decoded.every(({ latencyMs }) => latencyMs <= maxLatencyMs)).toBe(true);
      expect(new Set(decoded.map(({ path }) => path.join())).size).toBe(20);
    },
  );
});
