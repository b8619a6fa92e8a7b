// The shared dynamic program of sampling and decoding: layers x latency buckets (x previous operation when costs or alphas have
// pair terms), with completion tables over it. Latencies are rounded down, so no path within the budget is lost; a
// path of the lattice may exceed the budget by less than one bucket a layer, so callers check the unrounded sum.

import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import { UserError } from '../lib/errors.ts';

/** Parts that the room between the fastest path and the budget is divided into. */
const BUCKETS = 10_000;

/**
 * Rounded costs of every choice. A context is what a choice's cost or weight depends on besides itself: the previous layer's
 * operation when costs have pair terms or the lattice is `coupled`, otherwise nothing (one context, 0).
 */
export interface Lattice {
  readonly costs: LatencyCosts;
  readonly maxLatencyMs: number;
  /** Budget in buckets; a path starts with all of them. */
  readonly buckets: number;
  /** Candidates of each layer. */
  readonly sizes: readonly number[];
  /** Contexts of each layer, and of the end (last entry). */
  readonly contexts: readonly number[];
  /** spent[layer][context * size + operation]: buckets that the choice costs, at most `buckets` + 1. */
  readonly spent: readonly Int32Array[];
}

/** tables[layer][context * (buckets + 1) + buckets left]: value of the ways to complete a path from this layer on. */
export type CompletionTable = readonly Float64Array[];

/**
 * Rounds the costs into buckets.
 *
 * Each cost is first replaced by its regret: what the choice costs above the fastest completion of its context
 * (a potential, Johnson's reweighting). Regrets are >= 0 whatever the signs of the terms, add up to the path's latency
 * minus the fastest path's, and leave every state of the lattice with at least one completion.
 * @param coupled whether weights and scores depend on the previous layer's operation
 * @throws UserError when no path meets the budget
 */
export function createLattice(costs: LatencyCosts, maxLatencyMs: number, coupled = false): Lattice {
  const fastest = assertFeasible(costs, maxLatencyMs);
  const sizes = costs.single.map((layer) => layer.length);
  const layers = sizes.length;
  const contexts = [1, ...sizes.map((size, layer) => ((costs.pair || coupled) && layer + 1 < layers ? size : 1))];

  const regrets: Float64Array[] = new Array(layers);
  // Fastest completion after each context of the next layer.
  let after = new Float64Array(contexts[layers]!);
  let largestRegret = 0;
  let magnitude = Math.abs(costs.constant);
  for (let layer = layers - 1; layer >= 0; layer--) {
    const size = sizes[layer]!;
    const single = costs.single[layer]!;
    const regret = new Float64Array(contexts[layer]! * size);
    const before = new Float64Array(contexts[layer]!).fill(Number.POSITIVE_INFINITY);
    let largest = 0;
    let largestTerm = 0;
    for (let context = 0; context < before.length; context++) {
      for (let operation = 0; operation < size; operation++) {
        const pair = costs.pair && layer > 0 ? costs.pair[layer - 1]![context]![operation]! : 0;
        const cost = single[operation]! + pair + after[contexts[layer + 1] === 1 ? 0 : operation]!;
        regret[context * size + operation] = cost;
        if (cost < before[context]!) before[context] = cost;
        largestTerm = Math.max(largestTerm, Math.abs(single[operation]!) + Math.abs(pair));
      }
      for (let operation = 0; operation < size; operation++) {
        regret[context * size + operation]! -= before[context]!;
        largest = Math.max(largest, regret[context * size + operation]!);
      }
    }
    regrets[layer] = regret;
    largestRegret += largest;
    magnitude += largestTerm;
    after = before;
  }

  // The slack covers the rounding of double sums, so that a path exactly at the budget is not lost either.
  const left = Math.min(maxLatencyMs - fastest.latencyMs, largestRegret) + 1e-12 * magnitude;
  const bucketsPerMs = left > 0 ? (BUCKETS / left) * (1 - 1e-12) : 0;
  const spent = regrets.map((regret) =>
    Int32Array.from(regret, (ms) => Math.min(BUCKETS + 1, Math.floor(ms * bucketsPerMs))),
  );
  return { costs, maxLatencyMs, buckets: BUCKETS, sizes, contexts, spent };
}

/** The context of the layer after one that chose `operation`. */
export function nextContext(lattice: Lattice, layer: number, operation: number): number {
  return lattice.contexts[layer + 1] === 1 ? 0 : operation;
}

/**
 * Where a row of weights has an operation: rows are [operation], or [previous operation x operation] for a layer that is coupled to the one before.
 */
export function entryOf(row: { readonly length: number }, size: number, context: number, operation: number): number {
  return row.length === size ? operation : context * size + operation;
}

/** Sum of a path's entries in [layer][operation] or [layer][previous operation x operation]. */
export function pathTotal(values: readonly Float64Array[], sizes: readonly number[], path: Path): number {
  return path.reduce(
    (sum, operation, layer) =>
      sum + values[layer]![entryOf(values[layer]!, sizes[layer]!, path[layer - 1] ?? 0, operation)]!,
    0,
  );
}

/** An empty table of the lattice's shape, to be filled (again and again) by `fillMass` or `fillBest`. */
export function createTable(lattice: Lattice): CompletionTable {
  return lattice.contexts.map((contexts) => new Float64Array(contexts * (lattice.buckets + 1)));
}

/**
 * Fills a table with the summed weight of all completions; a path's weight is the product of its operations' weights.
 * With weights of 1 it counts paths; with probabilities it gives the probability of staying within the budget.
 * @param weights [layer][operation], or coupled (`entryOf`); >= 0
 */
export function fillMass(lattice: Lattice, weights: readonly Float64Array[], table: CompletionTable): void {
  table[lattice.sizes.length]!.fill(1);
  eachTransition(lattice, table, (target, source, spent, layer, context, operation) => {
    const row = weights[layer]!;
    const weight = row[entryOf(row, lattice.sizes[layer]!, context, operation)]!;
    if (operation === 0) target.fill(0);
    for (let bucket = spent; bucket < target.length; bucket++) target[bucket]! += weight * source[bucket - spent]!;
  });
}

/**
 * Fills a table with the largest summed score of any completion (Viterbi).
 * @param scores [layer][operation], or coupled (`entryOf`); finite or -Infinity
 */
export function fillBest(lattice: Lattice, scores: readonly Float64Array[], table: CompletionTable): void {
  table[lattice.sizes.length]!.fill(0);
  eachTransition(lattice, table, (target, source, spent, layer, context, operation) => {
    const row = scores[layer]!;
    const score = row[entryOf(row, lattice.sizes[layer]!, context, operation)]!;
    // The target is still what an earlier fill left.
    if (operation === 0) target.fill(Number.NEGATIVE_INFINITY);
    for (let bucket = spent; bucket < target.length; bucket++) {
      const value = score + source[bucket - spent]!;
      if (value > target[bucket]!) target[bucket] = value;
    }
  });
}

type Transition = (
  target: Float64Array,
  source: Float64Array,
  spent: number,
  layer: number,
  context: number,
  operation: number,
) => void;

/** Visits all (context, operation) from the last layer to the first; target and source are rows over buckets left. */
function eachTransition(lattice: Lattice, table: CompletionTable, visit: Transition): void {
  const width = lattice.buckets + 1;
  for (let layer = lattice.sizes.length - 1; layer >= 0; layer--) {
    const size = lattice.sizes[layer]!;
    for (let context = 0; context < lattice.contexts[layer]!; context++) {
      const target = table[layer]!.subarray(context * width, (context + 1) * width);
      for (let operation = 0; operation < size; operation++) {
        const next = nextContext(lattice, layer, operation);
        const source = table[layer + 1]!.subarray(next * width, (next + 1) * width);
        visit(target, source, lattice.spent[layer]![context * size + operation]!, layer, context, operation);
      }
    }
  }
}

/**
 * The path of least predicted latency (Viterbi with pair terms). Sums run in the order of `pathLatency`, and rounding
 * is monotone, so no path has a smaller `pathLatency`, not even by the last bit.
 */
export function fastestPath(costs: LatencyCosts): { path: Path; latencyMs: number } {
  let fronts = costs.single[0]!.map((cost, operation) => ({ path: [operation], sum: costs.constant + cost }));
  for (let layer = 1; layer < costs.single.length; layer++) {
    const pair = costs.pair?.[layer - 1];
    fronts = costs.single[layer]!.map((cost, operation) => {
      let best = fronts[0]!;
      let bestSum = Number.POSITIVE_INFINITY;
      fronts.forEach((front, previous) => {
        const sum = pair ? front.sum + pair[previous]![operation]! : front.sum;
        if (sum < bestSum) {
          best = front;
          bestSum = sum;
        }
      });
      return { path: [...best.path, operation], sum: bestSum + cost };
    });
  }
  const { path } = fronts.reduce((best, front) => (front.sum < best.sum ? front : best));
  return { path, latencyMs: pathLatency(costs, path) };
}

/**
 * Makes sure that some path meets the budget, and returns the fastest.
 * @throws UserError saying what the fastest path would take
 */
export function assertFeasible(costs: LatencyCosts, maxLatencyMs: number): { path: Path; latencyMs: number } {
  const fastest = fastestPath(costs);
  if (fastest.latencyMs <= maxLatencyMs) return fastest;
  // Rounded up: the figure must be one that would do as a budget.
  const ms = Math.ceil(fastest.latencyMs * 1000) / 1000;
  throw new UserError(
    `no network of the space can meet the latency budget of ${maxLatencyMs} ms; the fastest takes ${ms} ms: ` +
      `raise the budget to ${ms} ms or more, make the input smaller, or add faster operations to the space`,
  );
}
