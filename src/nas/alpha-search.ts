// Phase 3: finds the architecture parameters; the weights are frozen. The gradient is that of binary gates (ProxylessNAS, Cai et al. 2019, Eq. 4) on
// paths that meet the budget, plus the term that gates leave out under a budget (`budgetCorrectionGradient`).
import { z } from 'zod';
import type { Executor } from '../autodiff/executor.ts';
import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import { readCheckedJson, writeCheckedJson } from '../lib/checked-json.ts';
import { createRandom, type Random } from '../lib/random.ts';
import type { BatchStream } from '../training/loop.ts';
import type { Loss } from '../training/loss.ts';
import { pathLoss } from '../training/step.ts';
import {
  budgetCorrectionGradient,
  createAdam,
  createAlphas,
  entropy,
  logProbabilities,
  probabilities,
  rowAt,
  rowsOf,
  twoPathShift,
} from './alphas.ts';
import { gateGradients } from './gates.ts';
import { createExactSampler, sampleRejection } from './sampling.ts';
import type { Supernet } from './supernet.ts';

export interface AlphaSearchSpec {
  readonly steps: number;
  /** Rate of the first step; it falls to 0 by a cosine. */
  readonly learningRate: number;
  /** `subpath`: a probability for every pair of adjacent operations. */
  readonly strategy: 'layer' | 'subpath';
  readonly gates: 'full' | 'two-path';
  /** `add` and `mul` do not obey a budget: they put latency into the loss. */
  readonly constraint: 'exact' | 'rejection' | 'add' | 'mul';
  /** Weight of latency in the loss, for `add` and `mul`. */
  readonly latencyWeight: number;
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
  /** Mean of the alphas over the second half of the steps. */
  readonly alphas: Float64Array[];
  /** Entropy of p over log(candidates), averaged over the layers that have a choice: 1 is uniform, 0 decided. */
  readonly entropyBefore: number;
  readonly entropyAfter: number;
  /** Steps whose path was over the budget; 0 unless under `add` or `mul`. */
  readonly violations: number;
  /** Accepted draws over all, under `rejection`. */
  readonly acceptanceRate: number | undefined;
  readonly steps: number;
  readonly seconds: number;
}

const numbers = z.array(z.number());
const checkpointSchema = z.object({
  schema: z.literal('proxyless-ci/alphas@3'),
  step: z.int(),
  seconds: z.number(),
  alphas: z.array(numbers),
  /** Sum of the alphas of the steps that are averaged. */
  sums: z.array(numbers),
  adam: z.unknown(),
  entropyBefore: z.number(),
  violations: z.int(),
  draws: z.int(),
  accepted: z.int(),
});
type State = Omit<z.infer<typeof checkpointSchema>, 'schema' | 'alphas' | 'sums' | 'adam'>;

/** Most draws for one path. A budget that accepts fewer than one draw in ten thousand needs the exact sampler. */
const rejectionCap = 10_000;

/** Mean normalized entropy of the rows that have a choice. @param sizes candidates of each layer */
export function meanEntropy(alphas: readonly Float64Array[], sizes: readonly number[]): number {
  const rows = probabilities(alphas, sizes).flatMap((p, layer) => (sizes[layer]! > 1 ? rowsOf(p, sizes[layer]!) : []));
  return rows.reduce((sum, p) => sum + entropy(p) / Math.log(p.length), 0) / Math.max(1, rows.length);
}

/**
 * Runs (or goes on with) the search. On abort it writes a checkpoint and throws the signal's reason.
 * @throws UserError when no path meets the budget, or rejection sampling finds none
 */
export async function searchAlphas(options: AlphaSearchOptions): Promise<AlphaSearchResult> {
  const { spec, supernet, signal } = options;
  const sizes = [...supernet.sizes];
  const saved = await readCheckedJson(options.checkpoint, checkpointSchema);
  const unpack = (rows: readonly (readonly number[])[]): Float64Array[] => rows.map((row) => Float64Array.from(row));
  const alphas = saved
    ? unpack(saved.alphas)
    : createAlphas(sizes, createRandom(spec.seed, 'alphas'), spec.strategy === 'subpath');
  const sums = saved ? unpack(saved.sums) : alphas.map((row) => new Float64Array(row.length));
  const adam = createAdam({ betas: [0, 0.999], epsilon: 1e-8 });
  if (saved) adam.restore(saved.adam as ReturnType<typeof adam.state>);
  const state: State = saved ?? {
    ...{ step: 0, seconds: 0, violations: 0, draws: 0, accepted: 0 },
    entropyBefore: meanEntropy(alphas, sizes),
  };
  let started = performance.now();
  let lastCheckpoint = started;
  const save = (): Promise<void> => {
    state.seconds += (performance.now() - started) / 1000;
    started = performance.now();
    lastCheckpoint = started;
    return writeCheckedJson(options.checkpoint, {
      ...state,
      schema: 'proxyless-ci/alphas@3',
      alphas: alphas.map((row) => [...row]),
      sums: sums.map((row) => [...row]),
      adam: adam.state(),
    } satisfies z.input<typeof checkpointSchema>);
  };

  const averagedFrom = Math.floor(spec.steps / 2);
  if (state.step < spec.steps) {
    const step = createStep(options, state);
    const batches = await options.openBatches(state.step);
    try {
      while (state.step < spec.steps) {
        if (signal.aborted) {
          await save();
          signal.throwIfAborted();
        }
        const random = createRandom(spec.seed, 'alpha-step', state.step);
        const { gradients, pairs, loss } = await step(alphas, await batches.next(), random);
        const before = alphas.map((row) => Float64Array.from(row));
        const rate = (spec.learningRate * (1 + Math.cos((Math.PI * state.step) / spec.steps))) / 2;
        adam.step(alphas, gradients, rate);
        // Keeps the sum of exp(alpha) over the pair. So the budget's term can move the two against each other, and all other alphas, but not the pair's sum.
        for (const { layer, path, pair } of pairs) {
          const previous = rowAt(before[layer]!, sizes[layer]!, path, layer);
          twoPathShift(rowAt(alphas[layer]!, sizes[layer]!, path, layer), pair, [
            previous[pair[0]]!,
            previous[pair[1]]!,
          ]);
        }
        if (state.step >= averagedFrom) for (const [layer, row] of sums.entries()) addInto(row, alphas[layer]!);
        state.step++;
        options.onStep({ step: state.step, loss, entropy: meanEntropy(alphas, sizes) });
        if (performance.now() - lastCheckpoint > options.checkpointEveryMs) await save();
      }
      await save();
    } finally {
      await batches.close();
    }
  }
  const averaged = sums.map((row) => row.map((sum) => sum / (spec.steps - averagedFrom)));
  return {
    alphas: averaged,
    entropyBefore: state.entropyBefore,
    entropyAfter: meanEntropy(averaged, sizes),
    violations: state.violations,
    acceptanceRate: spec.constraint === 'rejection' ? state.accepted / state.draws : undefined,
    steps: state.step,
    seconds: state.seconds,
  };
}

/** The alphas of several searches of one supernet as one: the mean of their log-probabilities. @param sizes candidates of each layer */
export function meanAlphas(searches: readonly (readonly Float64Array[])[], sizes: readonly number[]): Float64Array[] {
  const logs = searches.map((alphas) => logProbabilities(alphas, sizes));
  return logs[0]!.map((row, layer) =>
    row.map((_, entry) => logs.reduce((sum, log) => sum + log[layer]![entry]!, 0) / logs.length),
  );
}

/** Makes the function of one step. It returns the gradients, the two-path pairs among them, and the loss of the path. */
function createStep(options: AlphaSearchOptions, state: State) {
  const { spec, supernet, executor, loss, costs, maxLatencyMs } = options;
  const sizes = [...supernet.sizes];
  const soft = spec.constraint === 'add' || spec.constraint === 'mul';
  // Soft losses may draw any path.
  const limitMs = soft ? Number.MAX_VALUE : maxLatencyMs;
  const coupled = spec.strategy === 'subpath';
  const exact = spec.constraint === 'rejection' ? undefined : createExactSampler(costs, limitMs, coupled);
  const draw = (p: readonly Float64Array[], random: Random): Path => {
    const drawn = exact
      ? { path: exact.sample(p, random), draws: 1 }
      : sampleRejection(costs, limitMs, p, random, rejectionCap);
    state.draws += drawn.draws;
    state.accepted++;
    return drawn.path;
  };
  return async (alphas: readonly Float64Array[], batch: Parameters<typeof pathLoss>[3], random: Random) => {
    const p = probabilities(alphas, sizes);
    const first = draw(p, random);
    const second = draw(p, random);
    const latency = soft ? softLatency(spec, maxLatencyMs, () => meanLatency(costs, p, draw, random)) : undefined;
    const gates = await gateGradients(options, { p, limitMs, latency }, first, batch, random);
    if (pathLatency(costs, gates.path) > maxLatencyMs) state.violations++;
    // Where every path meets the budget and layers are independent, the gates leave nothing out.
    const binding = budgetCorrectionGradient(costs, limitMs, p, [gates.path, second], 1).some((row) =>
      row.some((v) => v !== 0),
    );
    const gradients = gates.byLayer;
    if (binding) {
      const other = await pathLoss(executor, loss, supernet.pathModules(second), batch);
      // One price for both paths: a path's own loss in it would count the difference of losses again.
      const perMs = latency?.((gates.loss + other) / 2) ?? 0;
      const total = (value: number, path: Path): number => value + perMs * pathLatency(costs, path);
      const difference = total(gates.loss, gates.path) - total(other, second);
      budgetCorrectionGradient(costs, limitMs, p, [gates.path, second], difference).forEach((row, layer) => {
        addInto(gradients[layer]!, row);
      });
    }
    return { gradients, pairs: gates.pairs, loss: gates.loss };
  };
}

/** Paths whose mean stands for the expected latency. */
const latencyDraws = 32;

function meanLatency(
  costs: LatencyCosts,
  p: readonly Float64Array[],
  draw: (p: readonly Float64Array[], random: Random) => Path,
  random: Random,
): number {
  const sum = Array.from({ length: latencyDraws }, () => pathLatency(costs, draw(p, random))).reduce((a, b) => a + b);
  return sum / latencyDraws;
}

/**
 * What one millisecond adds to a soft loss. `add` (ProxylessNAS Eq. 6): L + w (E[ms] - ref) / ref.
 * `mul` (MnasNet's objective as ProxylessNAS uses it): L (E[ms] / ref)^w. Its gradient is that of L + L w (ms / E[ms]), times (E[ms] / ref)^w, a factor
 * that is left out here.
 */
function softLatency(
  { constraint, latencyWeight }: AlphaSearchSpec,
  referenceMs: number,
  expectedMs: () => number,
): (loss: number) => number {
  if (constraint === 'add') return () => latencyWeight / referenceMs;
  const mean = expectedMs();
  return (loss) => (loss * latencyWeight) / mean;
}

function addInto(target: Float64Array, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i]! += source[i]!;
}
