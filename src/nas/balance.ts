// Sampling that gives a layer's operations as even a share of the steps as the budget allows. Uniform draws from the feasible paths give slow operations
// about half of what fast ones get; FairNAS's rounds are even but cannot obey a budget. Of all distributions over the feasible paths with given
// marginals, the one with the most entropy is a product of one weight for each operation (Jaynes 1957). So weights are fitted, and paths drawn from them.
import type { LatencyCosts } from '../latency/types.ts';
import {
  type CompletionTable,
  createLattice,
  createTable,
  entryOf,
  fillMass,
  type Lattice,
  nextContext,
} from './lattice.ts';

/** Largest factor between a weight and its layer's mean. Where the budget does not allow even shares, the fit would move weights without end. */
const largestWeight = 1000;
const iterations = 100;
const tolerance = 1e-3;

/**
 * Fits weights of the operations: paths drawn within the budget, in proportion to the product of their weights, have marginals as even as it allows.
 * Iterative proportional fitting (Deming and Stephan 1940), all layers at a time and damped.
 * @returns [layer][operation], each layer summing to 1: the probabilities of an exact sampler
 * @throws UserError when no path meets the budget
 */
export function balancedProbabilities(costs: LatencyCosts, maxLatencyMs: number): Float64Array[] {
  const lattice = createLattice(costs, maxLatencyMs);
  const table = createTable(lattice);
  let weights: Float64Array[] = lattice.sizes.map((size) => new Float64Array(size).fill(1 / size));
  for (let iteration = 0; iteration < iterations; iteration++) {
    fillMass(lattice, weights, table);
    const shares = marginals(lattice, weights, table);
    const uneven = Math.max(...shares.map((row) => Math.max(...row.map((share) => Math.abs(share * row.length - 1)))));
    if (uneven < tolerance) break;
    weights = weights.map((row, layer) =>
      normalized(
        row.map((weight, operation) => {
          const share = shares[layer]![operation]!;
          // An operation that is on no feasible path stays as it is.
          return share > 0 ? weight / Math.sqrt(share * row.length) : weight;
        }),
      ),
    );
  }
  return weights;
}

/**
 * Probability of each operation of each layer among paths drawn from the product of (maybe coupled) weights within the budget.
 * @param table of `fillMass` with these weights
 * @returns [layer][operation]
 */
export function marginals(lattice: Lattice, weights: readonly Float64Array[], table: CompletionTable): Float64Array[] {
  const width = lattice.buckets + 1;
  const result = lattice.sizes.map((size) => new Float64Array(size));
  // Probability of each state, context * width + buckets left, before a layer.
  let states = new Float64Array(width);
  states[lattice.buckets] = 1;
  lattice.sizes.forEach((size, layer) => {
    const next = new Float64Array(lattice.contexts[layer + 1]! * width);
    for (let context = 0; context < lattice.contexts[layer]!; context++)
      for (let left = 0; left < width; left++) {
        const state = states[context * width + left]!;
        if (state === 0) continue;
        const perMass = state / table[layer]![context * width + left]!;
        for (let operation = 0; operation < size; operation++) {
          const rest = left - lattice.spent[layer]![context * size + operation]!;
          if (rest < 0) continue;
          const target = nextContext(lattice, layer, operation) * width + rest;
          const share =
            perMass * weights[layer]![entryOf(weights[layer]!, size, context, operation)]! * table[layer + 1]![target]!;
          result[layer]![operation]! += share;
          next[target]! += share;
        }
      }
    states = next;
  });
  return result;
}

/** Summing to 1, within the bounds. */
function normalized(row: Float64Array): Float64Array {
  const mean = Math.exp(row.reduce((sum, weight) => sum + Math.log(weight), 0) / row.length);
  const bounded = row.map((weight) => Math.min(largestWeight, Math.max(1 / largestWeight, weight / mean)));
  const total = bounded.reduce((sum, weight) => sum + weight, 0);
  return bounded.map((weight) => weight / total);
}
