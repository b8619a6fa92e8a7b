import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LatencyCosts, type Path, pathLatency } from '../../src/latency/types.ts';
import { UserError } from '../../src/lib/errors.ts';
import { createRandom } from '../../src/lib/random.ts';
import { createAlphas, logProbabilities } from '../../src/nas/alphas.ts';
import { kBestPaths } from '../../src/nas/decoding.ts';
import { pathTotal } from '../../src/nas/lattice.ts';
import {
  acceptanceRate,
  createExactSampler,
  createFeasibleSampler,
  createStrictlyFairSampler,
  sampleRejection,
} from '../../src/nas/sampling.ts';
import { anyCosts, budgetOf, enumerate, quantileMs, randomCosts, randomProbabilities } from './spaces.ts';

const sizes = [3, 4, 2, 3];
const spaces: [string, LatencyCosts][] = [
  ['single terms', randomCosts(1, sizes, { pairs: false })],
  ['pair terms', randomCosts(2, sizes, { pairs: true })],
];

/**
 * Pearson's chi-square of drawn paths against the distribution over the feasible paths that `weight` gives,
 * as standard deviations above its mean (Wilson-Hilferty). Fails on a path that should not be drawn at all.
 */
function deviation(
  costs: LatencyCosts,
  maxLatencyMs: number,
  weight: (path: Path) => number,
  draw: () => Path,
  draws: number,
): number {
  const expected = new Map<string, number>();
  for (const path of enumerate(costs)) {
    if (pathLatency(costs, path) <= maxLatencyMs) expected.set(path.join(), weight(path));
  }
  const total = [...expected.values()].reduce((sum, value) => sum + value);
  const drawn = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const key = draw().join();
    expect(expected.has(key)).toBe(true);
    drawn.set(key, (drawn.get(key) ?? 0) + 1);
  }
  let statistic = 0;
  for (const [key, value] of expected) {
    const count = (draws * value) / total;
    statistic += ((drawn.get(key) ?? 0) - count) ** 2 / count;
  }
  const freedom = expected.size - 1;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(statistic / freedom) - 1 + spread) / Math.sqrt(spread);
}

function product(probabilities: readonly Float64Array[], path: Path): number {
  return path.reduce((value, operation, layer) => value * probabilities[layer]![operation]!, 1);
}

describe.each(spaces)('sampling under a budget, costs with %s', (_, costs) => {
  const maxLatencyMs = quantileMs(costs, 0.4);
  const probabilities = randomProbabilities(3, sizes);

  it('draws uniformly from the enumerated feasible paths', () => {
    const sampler = createFeasibleSampler(costs, maxLatencyMs);
    const random = createRandom(4);
    expect(
      deviation(
        costs,
        maxLatencyMs,
        () => 1,
        () => sampler.sample(random),
        20_000,
      ),
    ).toBeLessThan(3);
  });

  it('draws exactly from p(path | latency <= budget)', () => {
    const sampler = createExactSampler(costs, maxLatencyMs);
    const random = createRandom(5);
    const weight = (path: Path) => product(probabilities, path);
    const draw = () => sampler.sample(probabilities, random);
    expect(deviation(costs, maxLatencyMs, weight, draw, 20_000)).toBeLessThan(3);
  });

  it('draws by rejection from the same distribution', () => {
    const random = createRandom(6);
    const weight = (path: Path) => product(probabilities, path);
    const draw = () => sampleRejection(costs, maxLatencyMs, probabilities, random, 1000).path;
    expect(deviation(costs, maxLatencyMs, weight, draw, 20_000)).toBeLessThan(3);
  });

  it('draws coupled layers, exactly and by rejection, as the Markov chain within the budget', () => {
    const random = createRandom(12);
    const chain = logProbabilities(
      createAlphas(sizes, random, true).map((row) => row.map((value) => 800 * value)),
      sizes,
    );
    const coupled = chain.map((row) => row.map(Math.exp));
    const weight = (path: Path) => Math.exp(pathTotal(chain, sizes, path));
    const sampler = createExactSampler(costs, maxLatencyMs, true);
    const rejected = () => sampleRejection(costs, maxLatencyMs, coupled, random, 10_000).path;
    expect(deviation(costs, maxLatencyMs, weight, () => sampler.sample(coupled, random), 20_000)).toBeLessThan(3);
    expect(deviation(costs, maxLatencyMs, weight, rejected, 20_000)).toBeLessThan(3);
    // The best of the chain is the best of the enumerated paths.
    const within = enumerate(costs).filter((path) => pathLatency(costs, path) <= maxLatencyMs);
    const ranked = [...within].sort((a, b) => pathTotal(chain, sizes, b) - pathTotal(chain, sizes, a));
    expect(kBestPaths(costs, maxLatencyMs, chain, 5).map(({ path }) => path)).toEqual(ranked.slice(0, 5));
  });

  it('would be told apart from draws by other probabilities (power of the test above)', () => {
    const random = createRandom(7);
    const weight = (path: Path) => product(probabilities, path);
    const draw = () => sampleRejection(costs, maxLatencyMs, randomProbabilities(8, sizes), random, 1000).path;
    expect(deviation(costs, maxLatencyMs, weight, draw, 20_000)).toBeGreaterThan(10);
  });

  it('follows probabilities that change between draws, as in a search', () => {
    const sampler = createExactSampler(costs, maxLatencyMs);
    const random = createRandom(9);
    sampler.sample(probabilities, random);
    const changed = probabilities.map((row) => row.slice());
    changed[0]!.fill(0);
    const feasible = enumerate(costs).filter((path) => pathLatency(costs, path) <= maxLatencyMs);
    const first = feasible.at(-1)![0]!;
    changed[0]![first] = 1;
    for (let i = 0; i < 20; i++) expect(sampler.sample(changed, random)[0]).toBe(first);
  });

  it('counts the share of feasible paths', () => {
    const paths = enumerate(costs);
    const share = paths.filter((path) => pathLatency(costs, path) <= maxLatencyMs).length / paths.length;
    expect(acceptanceRate(costs, maxLatencyMs)).toBeCloseTo(share, 10);
    expect(acceptanceRate(costs, quantileMs(costs, 1))).toBe(1);
    expect(acceptanceRate(costs, quantileMs(costs, 0) - 0.01)).toBe(0);
  });
});

it('counts no more paths than there are, where there are more than a double counts to the last', () => {
  const wide = randomCosts(3, new Array<number>(21).fill(7), { pairs: false });
  expect(acceptanceRate(wide, 1e6)).toBe(1);
});

describe('sampling under a budget', () => {
  it('never exceeds it, even where rounding alone would let a path through', () => {
    fc.assert(
      fc.property(
        anyCosts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0, 1e-9, -1e-9),
        fc.integer(),
        (costs, share, hair, seed) => {
          const maxLatencyMs = budgetOf(costs, share, hair);
          const random = createRandom(seed);
          const feasible = createFeasibleSampler(costs, maxLatencyMs);
          const exact = createExactSampler(costs, maxLatencyMs);
          const probabilities = randomProbabilities(
            seed,
            costs.single.map((layer) => layer.length),
          );
          for (let i = 0; i < 10; i++) {
            expect(pathLatency(costs, feasible.sample(random))).toBeLessThanOrEqual(maxLatencyMs);
            expect(pathLatency(costs, exact.sample(probabilities, random))).toBeLessThanOrEqual(maxLatencyMs);
          }
        },
      ),
    );
  });

  it('draws again, and counts it, when a path fits only after rounding', () => {
    const costs = {
      constant: 0,
      single: [
        [0, 1],
        [0, 1],
      ],
    };
    const sampler = createFeasibleSampler(costs, 2 - 1e-6);
    const random = createRandom(10);
    const drawn = Array.from({ length: 300 }, () => sampler.sample(random).join());
    expect(new Set(drawn)).toEqual(new Set(['0,0', '0,1', '1,0']));
    expect(sampler.redraws()).toBeGreaterThan(50);
    expect(sampler.count()).toBe(4);
  });

  it('refuses to draw when the alphas leave the feasible paths no probability', () => {
    const sampler = createExactSampler({ constant: 0, single: [[1, 5]] }, 2);
    expect(() => sampler.sample([Float64Array.of(0, 1)], createRandom(11))).toThrow(/practically no probability/);
  });

  it('gives up rejection at the cap, saying how many were accepted and what to do', () => {
    const costs = { constant: 0, single: [[1, 5]] };
    const draw = () => sampleRejection(costs, 2, [Float64Array.of(0, 1)], createRandom(12), 50);
    expect(draw).toThrow(UserError);
    expect(draw).toThrow(/0 of 50 draws met the latency budget of 2 ms.*set search.constraint: exact/);
  });

  it('refuses a budget that no path can meet before any draw', () => {
    const costs = { constant: 3, single: [[1, 5]] };
    for (const make of [createFeasibleSampler, createExactSampler]) {
      expect(() => make(costs, 2)).toThrow(/no network of the space can meet/);
    }
    expect(() => sampleRejection(costs, 2, [Float64Array.of(1, 0)], createRandom(13), 50)).toThrow(
      /the fastest takes 4 ms/,
    );
  });
});

describe('strictly fair sampling', () => {
  it('draws each operation of each layer once in every round, small layers in rounds of their own', () => {
    const sampler = createStrictlyFairSampler([7, 3, 7], createRandom(14));
    const paths = Array.from({ length: 42 }, () => sampler.sample());
    [7, 3, 7].forEach((size, layer) => {
      for (let start = 0; start < paths.length; start += size) {
        const round = paths.slice(start, start + size).map((path) => path[layer]!);
        expect(new Set(round).size).toBe(size);
      }
    });
    const orders = [0, 7, 14].map((start) =>
      paths
        .slice(start, start + 7)
        .map((path) => path[0])
        .join(),
    );
    expect(new Set(orders).size).toBe(3);
    expect(paths.slice(0, 7).some((path) => path[0] !== path[2])).toBe(true);
  });

  it('goes on from a saved state as if it had not stopped', () => {
    const sampler = createStrictlyFairSampler([5, 4], createRandom(15));
    for (let i = 0; i < 3; i++) sampler.sample();
    const saved = JSON.parse(JSON.stringify(sampler.state()));
    const rest = Array.from({ length: 20 }, () => sampler.sample());
    const resumed = createStrictlyFairSampler([5, 4], createRandom(99));
    resumed.restore(saved);
    expect(Array.from({ length: 20 }, () => resumed.sample())).toEqual(rest);
  });
});
