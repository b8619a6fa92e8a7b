// Architecture parameters (alphas): one for each candidate of a layer, or one for each pair of adjacent candidates. Their probabilities, and how
// ProxylessNAS (Cai, Zhu and Han, ICLR 2019) moves them: the gradient of binary gates (Eq. 4), Adam, and the two-path shift.

import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import type { Random } from '../lib/random.ts';

/**
 * Fresh alphas, from N(0, 1e-3) as in ProxylessNAS (standard deviation 1e-3).
 * @param sizes candidates of each layer
 * @param coupled sub-path alphas: a layer's probabilities depend on the operation before it, and a path is a Markov chain
 * @returns [layer][operation], or coupled [layer][previous operation x operation]; the first layer has no operation before it
 */
export function createAlphas(sizes: readonly number[], random: Random, coupled = false): Float64Array[] {
  return sizes.map((size, layer) =>
    Float64Array.from({ length: coupled && layer > 0 ? size * sizes[layer - 1]! : size }, () => 1e-3 * random.normal()),
  );
}

/** Softmax of each row: in the alphas' shape, each row of a layer's candidates summing to 1. @param sizes candidates of each layer */
export function probabilities(alphas: readonly Float64Array[], sizes: readonly number[]): Float64Array[] {
  return logProbabilities(alphas, sizes).map((layer) => layer.map(Math.exp));
}

/** Log-softmax of each row, in nats; finite where the softmax underflows, and so the input of decoding. @param sizes candidates of each layer */
export function logProbabilities(alphas: readonly Float64Array[], sizes: readonly number[]): Float64Array[] {
  return alphas.map((layer, i) => {
    const result = Float64Array.from(layer);
    for (const row of rowsOf(result, sizes[i]!)) {
      const normalizer = logSumExp(row);
      row.forEach((alpha, operation) => {
        row[operation] = alpha - normalizer;
      });
    }
    return result;
  });
}

/** A layer's rows: one, or where it is coupled one for each operation of the layer before. They are views, not copies. */
export function rowsOf(layer: Float64Array, size: number): Float64Array[] {
  return Array.from({ length: layer.length / size }, (_, row) => layer.subarray(row * size, (row + 1) * size));
}

/** The row of layer `index` from which this path's operation is drawn: a view. */
export function rowAt(layer: Float64Array, size: number, path: Path, index: number): Float64Array {
  return layer.length === size ? layer : rowsOf(layer, size)[path[index - 1]!]!;
}

/** Entropy of one layer's probabilities in nats: log(K) when uniform, 0 when decided. */
export function entropy(p: Float64Array): number {
  return p.reduce((sum, value) => (value > 0 ? sum - value * Math.log(value) : sum), 0);
}

/**
 * Gradient of the loss to one layer's alphas through binary gates, ProxylessNAS Eq. 4:
 * dL/dalpha_i = sum_j g_j p_j (delta_ij - p_i), with p renormalized over the operations that have a gate gradient.
 * @param p the layer's probabilities [operation]
 * @param gates g_j = dL/dgate_j = sum(o_j(x) * dL/dy); undefined for an operation that is left out (it would take this
 *   path over its budget, or was not drawn): it has gradient 0 and no part in p
 */
export function gateGradient(p: Float64Array, gates: readonly (number | undefined)[]): Float64Array {
  const kept = p.map((value, i) => (gates[i] === undefined ? 0 : value));
  const total = kept.reduce((sum, value) => sum + value, 0);
  if (total === 0) return kept;
  const renormalized = kept.map((value) => value / total);
  // Eq. 4 as sum_j p_i p_j (g_i - g_j): equal gates, or a single one, give 0 and not rounding noise, which Adam would
  // blow up to a whole step.
  return renormalized.map((pi, i) =>
    renormalized.reduce((sum, pj, j) => (pi > 0 && pj > 0 ? sum + pi * pj * (gates[i]! - gates[j]!) : sum), 0),
  );
}

/**
 * Operations of one layer that keep a path within the budget, its other layers being as they are. The path's own
 * operation is among them when the path meets the budget.
 */
export function feasibleAlternatives(costs: LatencyCosts, maxLatencyMs: number, path: Path, layer: number): number[] {
  return costs.single[layer]!.map((_, operation) => operation).filter(
    (operation) => pathLatency(costs, path.with(layer, operation)) <= maxLatencyMs,
  );
}

/**
 * Probabilities of one layer's operations, given the path's other layers and that the path meets the budget. Operations within the budget have
 * a share in proportion to p (where coupled, times the p of the operation after them); the others have 0.
 */
export function conditionalProbabilities(
  costs: LatencyCosts,
  maxLatencyMs: number,
  p: readonly Float64Array[],
  path: Path,
  layer: number,
): Float64Array {
  const [size, sizeAfter] = [costs.single[layer]!.length, costs.single[layer + 1]?.length ?? 0];
  const after = p[layer + 1];
  const result = new Float64Array(size);
  for (const operation of feasibleAlternatives(costs, maxLatencyMs, path, layer)) {
    const next = after && after.length !== sizeAfter ? after[operation * sizeAfter + path[layer + 1]!]! : 1;
    result[operation] = rowAt(p[layer]!, size, path, layer)[operation]! * next;
  }
  const total = result.reduce((sum, value) => sum + value, 0);
  return result.map((value) => value / total);
}

/**
 * The part of the gradient that gates leave out under a budget, or where layers are coupled. The search minimizes E[L] over q, which is p restricted to
 * the paths within the budget. With s the derivative of a path's log-probability, dE[L]/dalpha is the covariance of L and s. For operation i of a layer,
 * in the row of the operation a before it, s = 1[a] (1[x = i] - p(i | a)). Gates give the covariance of L and 1[a] (1[x = i] - q(i | rest)), where rest
 * is the path's other layers. The difference is the covariance of L and h = 1[a] (q(i | rest) - p(i | a)): it tells how good the other layers are when
 * there is room for operation i. A slow operation is compared only on paths whose other layers are fast. Without this term it wins there, and drives
 * better operations out of those layers.
 * Two independent paths give an estimate without bias: half of (L1 - L2) (h1 - h2). Both losses are of one batch: what differs between batches, which is
 * more than what differs between paths, then cancels.
 * @param lossDifference L1 - L2
 * @returns in the shape of p
 */
export function budgetCorrectionGradient(
  costs: LatencyCosts,
  maxLatencyMs: number,
  p: readonly Float64Array[],
  paths: readonly [Path, Path],
  lossDifference: number,
): Float64Array[] {
  const result = p.map((row) => new Float64Array(row.length));
  for (const [path, sign] of [
    [paths[0], 1],
    [paths[1], -1],
  ] as const)
    p.forEach((row, layer) => {
      const size = costs.single[layer]!.length;
      const own = rowAt(row, size, path, layer);
      const target = rowAt(result[layer]!, size, path, layer);
      conditionalProbabilities(costs, maxLatencyMs, p, path, layer).forEach((q, operation) => {
        target[operation]! += (sign * lossDifference * (q - own[operation]!)) / 2;
      });
    });
  return result;
}

/** Moments and step counts of Adam, [layer][operation]: plain JSON. */
export interface AdamState {
  readonly first: readonly (readonly number[])[];
  readonly second: readonly (readonly number[])[];
  readonly steps: readonly (readonly number[])[];
}

/** Adam over alphas. */
export interface AlphaAdam {
  /**
   * Moves the alphas, in place. An entry whose gradient is 0 counts as not seen: its alpha, moments and step count stay. (Otherwise a rare
   * gradient would meet a second moment that has decayed since the last one. With a second beta of 0.999, its step could be up to 30 times too large.)
   */
  step(alphas: readonly Float64Array[], gradients: readonly Float64Array[], learningRate: number): void;
  state(): AdamState;
  restore(state: AdamState): void;
}

/** Adam (Kingma and Ba, 2015), without weight decay, with bias correction by each entry's own number of steps. */
export function createAdam(options: {
  /** ProxylessNAS: [0, 0.999]; momentum would carry on moving operations that were not drawn. */
  readonly betas: readonly [number, number];
  readonly epsilon: number;
}): AlphaAdam {
  const { epsilon } = options;
  const [beta1, beta2] = options.betas;
  let first: number[][] = [];
  let second: number[][] = [];
  let steps: number[][] = [];
  return {
    step: (alphas, gradients, learningRate) => {
      if (steps.length === 0) [first, second, steps] = [zeros(alphas), zeros(alphas), zeros(alphas)];
      alphas.forEach((alpha, layer) => {
        const m = first[layer]!;
        const v = second[layer]!;
        gradients[layer]!.forEach((gradient, i) => {
          if (gradient === 0) return;
          const t = ++steps[layer]![i]!;
          m[i] = beta1 * m[i]! + (1 - beta1) * gradient;
          v[i] = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
          const deviation = Math.sqrt(v[i]! / (1 - beta2 ** t));
          alpha[i]! -= (learningRate * (m[i]! / (1 - beta1 ** t))) / (deviation + epsilon);
        });
      });
    },
    state: () => ({ first: copy(first), second: copy(second), steps: copy(steps) }),
    restore: (state) => {
      [first, second, steps] = [copy(state.first), copy(state.second), copy(state.steps)];
    },
  };
}

/**
 * ProxylessNAS's two-path renormalization: after a step moved two alphas of a layer, shifts both, in place, by
 * -log(sum exp new / sum exp old), so that the probabilities of all other operations stay.
 * @param alpha one layer's alphas after the step
 * @param pair the two operations that were drawn
 * @param previous their alphas before the step
 */
export function twoPathShift(
  alpha: Float64Array,
  pair: readonly [number, number],
  previous: readonly [number, number],
): void {
  const shift = logSumExp([alpha[pair[0]]!, alpha[pair[1]]!]) - logSumExp(previous);
  for (const operation of pair) alpha[operation]! -= shift;
}

function logSumExp(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const largest = Math.max(...all);
  return largest + Math.log(all.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

function zeros(like: readonly Float64Array[]): number[][] {
  return like.map((row) => new Array<number>(row.length).fill(0));
}

function copy(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row) => [...row]);
}
