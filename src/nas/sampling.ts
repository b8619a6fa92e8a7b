// Drawing paths: uniformly or by architecture probabilities, under a hard latency budget or strictly fair (FairNAS).

import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import { UserError } from '../lib/errors.ts';
import { type Random, restoreRandom } from '../lib/random.ts';
import {
  assertFeasible,
  type CompletionTable,
  createLattice,
  createTable,
  entryOf,
  fastestPath,
  fillMass,
  type Lattice,
  nextContext,
} from './lattice.ts';

export { assertFeasible, fastestPath };

/** More redraws than this for one path mean that nearly all probability lies a bucket's width above the budget. */
const MAX_REDRAWS = 100_000;

/** Below this the sums of products in doubles have lost their precision. */
const MIN_MASS = 1e-290;

/** Draws uniformly from the paths within a budget. */
export interface FeasibleSampler {
  sample(random: Random): Path;
  /**
   * Number of paths within the budget, as counted after rounding latencies down: paths above the budget by less than
   * a bucket a layer are counted too (commonly under 1 %).
   */
  count(): number;
  /** Draws so far that met the budget only after rounding and were drawn again. */
  redraws(): number;
}

/** Draws from p(path | latency <= budget), where p has a probability for each operation of a layer, or (coupled) for each pair of adjacent operations. */
export interface ExactSampler {
  /** @param probabilities [layer][operation], or coupled to the layer before (`entryOf`); each row sums to 1 */
  sample(probabilities: readonly Float64Array[], random: Random): Path;
  /** Draws so far that met the budget only after rounding and were drawn again. */
  redraws(): number;
}

/**
 * A sampler of uniform paths among those with `pathLatency` <= budget. Exact: each choice is drawn in proportion to
 * its number of completions in the rounded-down lattice, and a path over the unrounded budget is drawn again.
 * @throws UserError when no path meets the budget
 */
export function createFeasibleSampler(costs: LatencyCosts, maxLatencyMs: number): FeasibleSampler {
  const lattice = createLattice(costs, maxLatencyMs);
  const ones = lattice.sizes.map((size) => new Float64Array(size).fill(1));
  const table = createTable(lattice);
  fillMass(lattice, ones, table);
  let redraws = 0;
  return {
    sample: (random) => {
      const drawn = drawWithinBudget(lattice, table, ones, random);
      redraws += drawn.redraws;
      return drawn.path;
    },
    count: () => rootMass(lattice, table),
    redraws: () => redraws,
  };
}

/**
 * A sampler of paths from p(path | latency <= budget), exact as `createFeasibleSampler`. The table is rebuilt when the
 * probabilities differ from those of the call before.
 * @param coupled whether the probabilities are coupled
 * @throws UserError when no path meets the budget; `sample` when paths within the budget have practically no probability
 */
export function createExactSampler(costs: LatencyCosts, maxLatencyMs: number, coupled = false): ExactSampler {
  const lattice = createLattice(costs, maxLatencyMs, coupled);
  const table = createTable(lattice);
  const weights = lattice.sizes.map((size, layer) =>
    new Float64Array(coupled && layer > 0 ? size * lattice.sizes[layer - 1]! : size).fill(Number.NaN),
  );
  let redraws = 0;
  return {
    sample: (probabilities, random) => {
      if (!equal(weights, probabilities)) {
        weights.forEach((row, layer) => {
          row.set(probabilities[layer]!);
        });
        fillMass(lattice, weights, table);
      }
      if (!(rootMass(lattice, table) > MIN_MASS)) {
        throw new UserError(
          `the architecture parameters give the networks within the latency budget of ${maxLatencyMs} ms practically no ` +
            'probability: lower the learning rate of the architecture parameters, or raise the budget',
        );
      }
      const drawn = drawWithinBudget(lattice, table, weights, random);
      redraws += drawn.redraws;
      return drawn.path;
    },
    redraws: () => redraws,
  };
}

/**
 * Draws paths by the probabilities until one meets the budget.
 * @param probabilities as of an exact sampler
 * @returns the path and how many were drawn for it (1 when the first one met the budget)
 * @throws UserError when none of `cap` draws met the budget, or no path can
 */
export function sampleRejection(
  costs: LatencyCosts,
  maxLatencyMs: number,
  probabilities: readonly Float64Array[],
  random: Random,
  cap: number,
): { path: Path; draws: number } {
  const fastest = assertFeasible(costs, maxLatencyMs);
  for (let draws = 1; draws <= cap; draws++) {
    const path: number[] = [];
    probabilities.forEach((row, layer) => {
      const size = costs.single[layer]!.length;
      const weights = row.length === size ? row : row.subarray(path[layer - 1]! * size, (path[layer - 1]! + 1) * size);
      path.push(drawIndex(weights, sum(weights), random));
    });
    if (pathLatency(costs, path) <= maxLatencyMs) return { path, draws };
  }
  throw new UserError(
    `rejection sampling: 0 of ${cap} draws met the latency budget of ${maxLatencyMs} ms (the fastest network takes ` +
      `${fastest.latencyMs.toFixed(3)} ms): set search.constraint: exact, or raise the budget`,
  );
}

/**
 * Share of uniformly drawn paths that meet the budget, 0 when none does. Counted by the lattice, not estimated: rounding
 * latencies down can only add paths above the budget by less than a bucket a layer (a bucket is 1/10,000 of the room
 * between the fastest path and the budget), so this is a tight upper bound, and 1 when every path meets the budget.
 */
export function acceptanceRate(costs: LatencyCosts, maxLatencyMs: number): number {
  if (!(fastestPath(costs).latencyMs <= maxLatencyMs)) return 0;
  const paths = costs.single.reduce((product, layer) => product * layer.length, 1);
  // Beyond 2^53 a sum and a product of the same counts round differently.
  return Math.min(1, createFeasibleSampler(costs, maxLatencyMs).count() / paths);
}

/** What a strictly fair sampler needs to go on where it was: plain JSON. */
export interface StrictlyFairState {
  /** Operations of each layer still to come in its round, the next one last. */
  readonly queues: readonly (readonly number[])[];
  readonly random: readonly number[];
}

/** Draws paths in FairNAS rounds. */
export interface StrictlyFairSampler {
  sample(): Path;
  state(): StrictlyFairState;
  restore(state: StrictlyFairState): void;
}

/**
 * Strict fairness (FairNAS, Chu et al. 2021): in every K steps each of a layer's K operations is drawn once, in the
 * order of a random permutation a layer and round. A layer with fewer candidates has shorter rounds of its own.
 * @param random a generator of its own: its state is part of the sampler's
 */
export function createStrictlyFairSampler(operationsPerLayer: readonly number[], random: Random): StrictlyFairSampler {
  let generator = random;
  let queues: number[][] = operationsPerLayer.map(() => []);
  return {
    sample: () =>
      queues.map((queue, layer) => {
        if (queue.length === 0) queue.push(...generator.permutation(operationsPerLayer[layer]!));
        return queue.pop()!;
      }),
    state: () => ({ queues: queues.map((queue) => [...queue]), random: generator.state() }),
    restore: (state) => {
      queues = state.queues.map((queue) => [...queue]);
      generator = restoreRandom(state.random);
    },
  };
}

/** Walks the lattice from all buckets left, each choice in proportion to its weight times its completions' mass. */
function drawWithinBudget(
  lattice: Lattice,
  table: CompletionTable,
  weights: readonly Float64Array[],
  random: Random,
): { path: Path; redraws: number } {
  const width = lattice.buckets + 1;
  const masses = new Float64Array(Math.max(...lattice.sizes));
  for (let redraws = 0; redraws <= MAX_REDRAWS; redraws++) {
    const path: number[] = [];
    let left = lattice.buckets;
    let context = 0;
    for (let layer = 0; layer < lattice.sizes.length; layer++) {
      const size = lattice.sizes[layer]!;
      const spent = lattice.spent[layer]!;
      masses.fill(0);
      let total = 0;
      for (let operation = 0; operation < size; operation++) {
        const rest = left - spent[context * size + operation]!;
        if (rest < 0) continue;
        const row = nextContext(lattice, layer, operation) * width;
        const weight = weights[layer]![entryOf(weights[layer]!, size, context, operation)]!;
        masses[operation] = weight * table[layer + 1]![row + rest]!;
        total += masses[operation]!;
      }
      const choice = drawIndex(masses, total, random);
      path.push(choice);
      left -= spent[context * size + choice]!;
      context = nextContext(lattice, layer, choice);
    }
    if (pathLatency(lattice.costs, path) <= lattice.maxLatencyMs) return { path, redraws };
  }
  throw new UserError(
    `${MAX_REDRAWS} paths in a row were just over the latency budget of ${lattice.maxLatencyMs} ms: nearly all ` +
      'probability lies just above it; raise the budget slightly',
  );
}

/** An index in proportion to its weight; never one of weight 0. */
function drawIndex(weights: Float64Array, total: number, random: Random): number {
  let remaining = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    remaining -= weights[i]!;
    if (remaining < 0) break;
  }
  return last;
}

/** Mass of all paths: every bucket left before the first layer. */
function rootMass(lattice: Lattice, table: CompletionTable): number {
  return table[0]![lattice.buckets]!;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function equal(a: readonly Float64Array[], b: readonly Float64Array[]): boolean {
  return a.every((row, layer) => row.every((value, i) => value === b[layer]![i]));
}
