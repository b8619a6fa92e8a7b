// What the search needs to know of latency: a constant plus a term for each layer's operation plus a term for each adjacent pair.

/** Predicted cost of a path, in milliseconds. All arrays are indexed by layer, then by the layer's candidates. */
export interface LatencyCosts {
  /** Everything that no choice changes: head, ASPP, decoder, fixed cost of a run. */
  readonly constant: number;
  /** single[layer][operation] */
  readonly single: readonly (readonly number[])[];
  /** pair[layer][operation][next operation] between layer and layer + 1, or undefined when the model has none. */
  readonly pair?: readonly (readonly (readonly number[])[])[];
}

/** One candidate index a layer. */
export type Path = readonly number[];

/** Predicted latency of a path in milliseconds: constant + sum of single terms + sum of pair terms. */
export function pathLatency(costs: LatencyCosts, path: Path): number {
  let sum = costs.constant;
  path.forEach((operation, layer) => {
    sum += costs.single[layer]![operation]!;
    if (costs.pair && layer + 1 < path.length) sum += costs.pair[layer]![operation]![path[layer + 1]!]!;
  });
  return sum;
}
