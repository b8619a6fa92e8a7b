// Exact constrained decoding: the K most probable paths within a latency budget, by best-first search (A*) over the
// lattice, whose Viterbi table tells for every partial path the exact score of its best completion.
import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import { createLattice, createTable, entryOf, fillBest, nextContext, pathTotal } from './lattice.ts';

/**
 * Log-probabilities are compared as multiples of this (about 1.5e-11 nats): their sums are then exact integers in
 * doubles whatever the order of addition, so that ties are ties and a plateau does not have to be enumerated.
 */
const RESOLUTION = 2 ** -36;

/** A path with its probability and cost. */
export interface DecodedPath {
  readonly path: Path;
  /** Sum of the operations' log-probabilities, in nats. */
  readonly logProbability: number;
  readonly latencyMs: number;
}

/** A partial path; `bound` is the score of its best completion that fits the buckets left. */
interface Partial {
  readonly path: readonly number[];
  readonly score: number;
  readonly bound: number;
  readonly left: number;
  readonly context: number;
}

/**
 * The `k` most probable paths with `pathLatency` <= budget, in descending probability; equal ones (to 2^-36 nats a
 * layer) in lexicographic order of the paths. Exact: paths that only meet the budget after rounding are left out and
 * the search goes on until `k` are found or no path is left, so fewer than `k` means that there are no more.
 * @param logProbabilities [layer][operation], or coupled to the layer before (`entryOf`), in nats; -Infinity is allowed and comes last
 * @throws UserError when no path meets the budget
 */
export function kBestPaths(
  costs: LatencyCosts,
  maxLatencyMs: number,
  logProbabilities: readonly Float64Array[],
  k: number,
): DecodedPath[] {
  const sizes = costs.single.map((layer) => layer.length);
  const coupled = logProbabilities.some((row, layer) => row.length !== sizes[layer]!);
  const lattice = createLattice(costs, maxLatencyMs, coupled);
  const width = lattice.buckets + 1;
  const layers = lattice.sizes.length;
  const scores = logProbabilities.map((row) => row.map((value) => Math.round(value / RESOLUTION)));
  const table = createTable(lattice);
  fillBest(lattice, scores, table);

  const found: DecodedPath[] = [];
  const frontier: Partial[] = [];
  push(frontier, { path: [], score: 0, bound: table[0]![lattice.buckets]!, left: lattice.buckets, context: 0 });
  while (found.length < k) {
    const best = pop(frontier);
    if (!best) break;
    const layer = best.path.length;
    if (layer === layers) {
      const latencyMs = pathLatency(costs, best.path);
      if (latencyMs > maxLatencyMs) continue;
      found.push({ path: best.path, logProbability: pathTotal(logProbabilities, sizes, best.path), latencyMs });
      continue;
    }
    const size = lattice.sizes[layer]!;
    for (let operation = 0; operation < size; operation++) {
      const left = best.left - lattice.spent[layer]![best.context * size + operation]!;
      // Every state with buckets left has a completion: the lattice's costs are regrets.
      if (left < 0) continue;
      const context = nextContext(lattice, layer, operation);
      const score = best.score + scores[layer]![entryOf(scores[layer]!, size, best.context, operation)]!;
      const bound = score + table[layer + 1]![context * width + left]!;
      push(frontier, { path: [...best.path, operation], score, bound, left, context });
    }
  }
  return found;
}

/**
 * Whether `a` is searched before `b`: higher bound, then lexicographic. No path of the frontier is a prefix of another,
 * so the first difference decides for all of their completions.
 */
function before(a: Partial, b: Partial): boolean {
  if (a.bound !== b.bound) return a.bound > b.bound;
  const difference = a.path.findIndex((operation, layer) => operation !== b.path[layer]);
  return difference >= 0 && a.path[difference]! < b.path[difference]!;
}

/** Adds to a binary heap. */
function push(heap: Partial[], item: Partial): void {
  let i = heap.push(item) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (!before(item, heap[parent]!)) break;
    heap[i] = heap[parent]!;
    i = parent;
  }
  heap[i] = item;
}

/** Takes the first of a binary heap. */
function pop(heap: Partial[]): Partial | undefined {
  const first = heap[0];
  const item = heap.pop();
  if (!first || !item || heap.length === 0) return first;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
    if (child >= heap.length || !before(heap[child]!, item)) break;
    heap[i] = heap[child]!;
    i = child;
  }
  heap[i] = item;
  return first;
}
