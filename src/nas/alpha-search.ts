// Phase 2: the architecture parameters, weights frozen. Binary gates (ProxylessNAS, Cai et al. 2019, Eq. 4) on paths that meet the budget, and
// the term that they leave out under one.
import { z } from 'zod';
import type { Activated, Executor } from '../autodiff/executor.ts';
import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import { readCheckedJson, writeCheckedJson } from '../lib/checked-json.ts';
import { createRandom, type Random } from '../lib/random.ts';
import type { BatchStream } from '../training/loop.ts';
import type { Loss } from '../training/loss.ts';
import { runPath } from '../training/step.ts';
import {
  budgetCorrectionGradient,
  createAdam,
  createAlphas,
  entropy,
  feasibleAlternatives,
  gateGradient,
  probabilities,
  twoPathShift,
} from './alphas.ts';
import { createExactSampler, sampleRejection } from './sampling.ts';
import type { Supernet } from './supernet.ts';

export interface AlphaSearchSpec {
  readonly steps: number;
  readonly learningRate: number;
  readonly gates: 'full' | 'two-path';
  readonly constraint: 'exact' | 'rejection';
  readonly seed: number;
}

export interface AlphaSearchOptions {
  readonly spec: AlphaSearchSpec;
  readonly supernet: Supernet;
  readonly executor: Executor;
  readonly loss: Loss;
  readonly costs: LatencyCosts;
  readonly maxLatencyMs: number;
  readonly openBatches: (startStep: number) => Promise<BatchStream>;
  /** Checkpoint file, JSON. */
  readonly checkpoint: string;
  readonly checkpointEveryMs: number;
  readonly signal: AbortSignal;
  readonly onStep: (report: { step: number; loss: number; entropy: number }) => void;
}

export interface AlphaSearchResult {
  readonly alphas: Float64Array[];
  /** Mean over the layers of the entropy of p over log(candidates): 1 is uniform, 0 decided. */
  readonly entropyBefore: number;
  readonly entropyAfter: number;
  readonly violations: number;
  /** Draws per accepted path under `rejection`; the exact sampler needs none. */
  readonly acceptanceRate: number;
  readonly steps: number;
  readonly seconds: number;
}

const numbers = z.array(z.number());
const checkpointSchema = z.object({
  schema: z.literal('proxyless-ci/alphas@2'),
  step: z.int(),
  seconds: z.number(),
  alphas: z.array(numbers),
  adam: z.unknown(),
  entropyBefore: z.number(),
  violations: z.int(),
  draws: z.int(),
  /** Moving mean of the loss; null before the first step. */
  meanLoss: z.number().nullable(),
});

/** Paths drawn beside the active one in each step, for the marginals of `budgetCorrectionGradient`: no network runs on them. */
const referencePaths = 16;
/** Share of a new loss in the moving mean. */
const lossMomentum = 0.1;

/** A cap that an honest budget never reaches: acceptance below one in ten thousand calls for the exact sampler. */
const rejectionCap = 10_000;

/** Mean normalized entropy of the layers that have a choice. */
export function meanEntropy(alphas: readonly Float64Array[]): number {
  const layers = probabilities(alphas).filter((p) => p.length > 1);
  return layers.reduce((sum, p) => sum + entropy(p) / Math.log(p.length), 0) / Math.max(1, layers.length);
}

/**
 * Runs (or goes on with) the search. On abort it writes a checkpoint and throws the signal's reason.
 * @throws UserError when no path meets the budget, or rejection sampling finds none
 */
export async function searchAlphas(options: AlphaSearchOptions): Promise<AlphaSearchResult> {
  const { spec, supernet, costs, maxLatencyMs, signal } = options;
  const saved = await readCheckedJson(options.checkpoint, checkpointSchema);
  const alphas =
    saved?.alphas.map((a) => Float64Array.from(a)) ??
    createAlphas([...supernet.sizes], createRandom(spec.seed, 'alphas'));
  const adam = createAdam({ learningRate: spec.learningRate, betas: [0, 0.999], epsilon: 1e-8 });
  if (saved) adam.restore(saved.adam as ReturnType<typeof adam.state>);
  const entropyBefore = saved?.entropyBefore ?? meanEntropy(alphas);
  const exact = createExactSampler(costs, maxLatencyMs);
  let { step, seconds, violations, draws } = saved ?? { step: 0, seconds: 0, violations: 0, draws: 0 };
  let meanLoss = saved?.meanLoss ?? null;
  let started = performance.now();
  let lastCheckpoint = started;
  const save = (): Promise<void> => {
    seconds += (performance.now() - started) / 1000;
    started = performance.now();
    lastCheckpoint = started;
    return writeCheckedJson(options.checkpoint, {
      schema: 'proxyless-ci/alphas@2',
      step,
      seconds,
      alphas: alphas.map((a) => [...a]),
      adam: adam.state(),
      entropyBefore,
      violations,
      draws,
      meanLoss,
    } satisfies z.input<typeof checkpointSchema>);
  };

  if (step < spec.steps) {
    const batches = await options.openBatches(step);
    try {
      while (step < spec.steps) {
        if (signal.aborted) {
          await save();
          signal.throwIfAborted();
        }
        const random = createRandom(spec.seed, 'alpha-step', step);
        const p = probabilities(alphas);
        const drawn =
          spec.constraint === 'exact'
            ? { path: exact.sample(p, random), draws: 1 }
            : sampleRejection(costs, maxLatencyMs, p, random, rejectionCap);
        draws += drawn.draws;
        if (pathLatency(costs, drawn.path) > maxLatencyMs) violations++;
        const gradients = await gateGradients(options, p, drawn.path, await batches.next(), random);
        const advantage = gradients.loss - (meanLoss ?? gradients.loss);
        meanLoss = gradients.loss - (1 - lossMomentum) * advantage;
        const others = Array.from({ length: referencePaths }, () => exact.sample(p, random));
        const totals = gradients.byLayer.map((gates, layer) => {
          const company = budgetCorrectionGradient(costs, maxLatencyMs, p, layer, {
            path: drawn.path,
            others,
            advantage,
          });
          return company.map((value, operation) => value + (gates?.[operation] ?? 0));
        });
        const before = alphas.map((a) => Float64Array.from(a));
        adam.step(alphas, totals);
        // Holds the pair's share of p: of the budget's term, two-path gates keep what moves the two against each other, and the others.
        for (const [layer, pair] of gradients.pairs) {
          twoPathShift(alphas[layer]!, pair, [before[layer]![pair[0]]!, before[layer]![pair[1]]!]);
        }
        step++;
        options.onStep({ step, loss: gradients.loss, entropy: meanEntropy(alphas) });
        if (performance.now() - lastCheckpoint > options.checkpointEveryMs) await save();
      }
      await save();
    } finally {
      await batches.close();
    }
  }
  return {
    alphas,
    entropyBefore,
    entropyAfter: meanEntropy(alphas),
    violations,
    acceptanceRate: draws > 0 ? step / draws : 1,
    steps: step,
    seconds,
  };
}

/** One step's gradients of the alphas: the active path forward and back, every feasible alternative forward on the same input. */
async function gateGradients(
  { spec, supernet, executor, loss, costs, maxLatencyMs }: AlphaSearchOptions,
  p: readonly Float64Array[],
  path: Path,
  batch: Parameters<typeof runPath>[3],
  random: Random,
) {
  const byLayer: (Float64Array | undefined)[] = p.map(() => undefined);
  const pairs: [number, [number, number]][] = [];
  const onLayer = async (layer: number, { inputs, outputs }: Activated, upstream: Float32Array): Promise<void> => {
    const allowed = feasibleAlternatives(costs, maxLatencyMs, path, layer);
    const compared = spec.gates === 'full' ? allowed : twoOf(allowed, path[layer]!, p[layer]!, random);
    if (compared.length < 2) return;
    const gates: (number | undefined)[] = Array.from(p[layer]!, () => undefined);
    for (const operation of compared)
      gates[operation] =
        operation === path[layer]
          ? dot(outputs[0]!, upstream)
          : await executor.gate(supernet.candidate(layer, operation), inputs[0]!, upstream);
    byLayer[layer] = gateGradient(p[layer]!, gates);
    if (spec.gates === 'two-path') pairs.push([layer, [compared[0]!, compared[1]!]]);
  };
  const value = await runPath(executor, loss, supernet.pathModules(path), batch, { updateWeights: false, onLayer });
  return { byLayer, pairs, loss: value };
}

/** The gate of the active operation: its output is there already. */
function dot(output: Float32Array, upstream: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < output.length; i++) sum += output[i]! * upstream[i]!;
  return sum;
}

/** The active operation and one other of the allowed, drawn by p. */
function twoOf(allowed: readonly number[], active: number, p: Float64Array, random: Random): number[] {
  const others = allowed.filter((operation) => operation !== active);
  const total = others.reduce((sum, operation) => sum + p[operation]!, 0);
  let left = random.uniform() * total;
  for (const operation of others) {
    left -= p[operation]!;
    if (left <= 0) return [active, operation];
  }
  return [active, ...others.slice(-1)];
}
