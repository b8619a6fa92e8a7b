// The gradient of binary gates (ProxylessNAS, Cai et al. 2019, Eq. 4) on one path: active operations run forward and backward, the others forward only.
import type { Activated, Executor } from '../autodiff/executor.ts';
import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import type { Random } from '../lib/random.ts';
import type { Loss } from '../training/loss.ts';
import { runPath, type StepBatch } from '../training/step.ts';
import { conditionalProbabilities, gateGradient, rowAt } from './alphas.ts';
import type { Supernet } from './supernet.ts';

/** What paths run on. */
interface GateEngine {
  readonly spec: { readonly gates: 'full' | 'two-path' };
  readonly supernet: Supernet;
  readonly executor: Executor;
  readonly loss: Loss;
  readonly costs: LatencyCosts;
}

/** A layer's two operations under two-path gates, and the path that tells which row of alphas they are in. */
interface Pair {
  readonly layer: number;
  readonly path: Path;
  readonly pair: readonly [number, number];
}

export interface GateGradients {
  /** The path that ran: two-path gates draw its operations again. */
  readonly path: Path;
  /** In the shape of the probabilities. */
  readonly byLayer: Float64Array[];
  readonly pairs: readonly Pair[];
  readonly loss: number;
}

/**
 * One step's gradients of the alphas. All alternatives that keep the path within the limit run forward on the same input; under two-path gates, one does.
 * @param step probabilities, the limit on paths, and what a millisecond adds to a loss (soft losses)
 */
export async function gateGradients(
  { spec, supernet, executor, loss, costs }: GateEngine,
  step: {
    readonly p: readonly Float64Array[];
    readonly limitMs: number;
    readonly latency: ((loss: number) => number) | undefined;
  },
  drawn: Path,
  batch: StepBatch,
  random: Random,
): Promise<GateGradients> {
  const { p, limitMs, latency } = step;
  const conditional = (path: Path, layer: number): Float64Array =>
    conditionalProbabilities(costs, limitMs, p, path, layer);
  const { path, others } =
    spec.gates === 'two-path' ? drawPairs(conditional, drawn, random) : { path: drawn, others: undefined };
  const gates: (number | undefined)[][] = path.map((_, layer) =>
    new Array(costs.single[layer]!.length).fill(undefined),
  );
  const onLayer = async (layer: number, { inputs, outputs }: Activated, upstream: Float32Array): Promise<void> => {
    const active = path[layer]!;
    for (const [operation, q] of conditional(path, layer).entries()) {
      if (operation === active) gates[layer]![operation] = dot(outputs[0]!, upstream);
      else if (q > 0 && (!others || others[layer] === operation))
        gates[layer]![operation] = await executor.gate(supernet.candidate(layer, operation), inputs[0]!, upstream);
    }
  };
  const value = await runPath(executor, loss, supernet.pathModules(path), batch, { updateWeights: false, onLayer });
  const perMs = latency?.(value) ?? 0;
  const byLayer = p.map((row) => new Float64Array(row.length));
  const pairs: Pair[] = [];
  gates.forEach((row, layer) => {
    const compared = row.flatMap((gate, operation) => (gate === undefined ? [] : [operation]));
    if (compared.length < 2) return;
    const priced = row.map((gate, operation) =>
      gate === undefined ? undefined : gate + perMs * pathLatency(costs, path.with(layer, operation)),
    );
    const gradient = gateGradient(conditional(path, layer), priced);
    rowAt(byLayer[layer]!, row.length, path, layer).set(gradient);
    if (others) pairs.push({ layer, path, pair: [compared[0]!, compared[1]!] });
  });
  return { path, byLayer, pairs, loss: value };
}

/** The gate of the active operation: its output is there already. */
function dot(output: Float32Array, upstream: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < output.length; i++) sum += output[i]! * upstream[i]!;
  return sum;
}

/**
 * Draws two operations for each layer, without replacement, as published: the first is the drawn path's own. The softmax over the two decides which one
 * is active. It goes layer by layer, so that the path stays within the limit.
 * @returns the path of active operations, and the other operation of each layer (undefined where there is no alternative)
 */
function drawPairs(
  conditional: (path: Path, layer: number) => Float64Array,
  drawn: Path,
  random: Random,
): { path: Path; others: (number | undefined)[] } {
  let path = drawn;
  const others = drawn.map((own, layer) => {
    const q = conditional(path, layer);
    const other = drawOther(q, own, random);
    if (other === undefined) return undefined;
    if (random.uniform() * (q[own]! + q[other]!) < q[own]!) return other;
    path = path.with(layer, other);
    return own;
  });
  return { path, others };
}

/** An operation other than `own`, in proportion to q. */
function drawOther(q: Float64Array, own: number, random: Random): number | undefined {
  const total = q.reduce((sum, value, operation) => (operation === own ? sum : sum + value), 0);
  let left = random.uniform() * total;
  let last: number | undefined;
  for (const [operation, value] of q.entries()) {
    if (operation === own || value === 0) continue;
    last = operation;
    left -= value;
    if (left < 0) break;
  }
  return last;
}
