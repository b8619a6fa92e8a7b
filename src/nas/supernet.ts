// The supernet: every candidate of every layer with its own weights; one path of it at a time exists as a computation.

import type { Parameters } from '../autodiff/parameters.ts';
import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import { createRandom, type Random } from '../lib/random.ts';
import { moduleCost, moduleMacs } from '../network/count.ts';
import { type InputSize, spaceModules } from '../network/modules.ts';
import type { Space } from '../network/space.ts';
import type { NetworkModule } from '../network/types.ts';
import type { PathSource } from '../training/loop.ts';
import type { PathModules } from '../training/step.ts';
import { balancedProbabilities } from './balance.ts';
import { kBestPaths } from './decoding.ts';
import { createExactSampler, createFeasibleSampler, createStrictlyFairSampler } from './sampling.ts';

export interface Supernet {
  /** Candidates a layer. */
  readonly sizes: readonly number[];
  pathModules(path: Path): PathModules;
  /** The module of one candidate. */
  candidate(layer: number, operation: number): PathModules['head'];
  /** Makes the weights of everything. */
  ensure(parameters: Parameters): void;
}

/** @throws UserError when the input's sides do not fit the macro-architecture */
export function createSupernet(space: Space, input: InputSize): Supernet {
  const { head, layers, tail, features } = spaceModules(space, input);
  return {
    sizes: layers.map((candidates) => candidates.length),
    pathModules: (path) => ({
      head,
      layers: path.map((operation, layer) => layers[layer]![operation]!),
      tail,
      features,
    }),
    candidate: (layer, operation) => layers[layer]![operation]!,
    ensure(parameters) {
      // Large kernels first: smaller ones may be their middle.
      const bySize = (a: NetworkModule, b: NetworkModule): number => largestKernel(b) - largestKernel(a);
      for (const module of [head, ...layers.flatMap((candidates) => candidates.toSorted(bySize)), tail])
        parameters.ensure(module);
    },
  };
}

const largestKernel = (module: NetworkModule): number => Math.max(0, ...moduleMacs(module).map(({ kernel }) => kernel));

/**
 * The name under which a layer's candidates share a parameter: those that differ in their kernel alone (`mbv3_3x3`, `mbv3_5x5`) share all but
 * their depthwise filters and batch norms, as OFA (Cai et al. 2020) and AutoFormer (Chen et al. 2021) share weights among choices. Each is then trained
 * as often as its family is drawn.
 * @param filters whether they share depthwise filters too, a smaller one as the middle of a larger one (OFA's elastic kernels, without its transformations)
 */
export function kernelsShare(own: string, filters = false): string {
  const [, layer, family, variant, parameter] = /^(layers\.\d+\.)(\w+?)_(?:\dx\d)(\w*)\/(.+)$/.exec(own) ?? [];
  if (parameter === undefined || /\.bn\./.test(parameter) || (!filters && /depthwise/.test(parameter))) return own;
  return `${layer}${family}${variant}/${parameter}`;
}

/** The paths of phase 2, the supernet's training, and how many of them had a predicted latency above the budget. */
export interface SupernetPaths extends PathSource {
  violations(): number;
}

export interface SupernetPathsSpec {
  /**
   * `feasible`: step t draws uniformly from the paths within the budget, from the seed and t alone. `balanced`: likewise, but with the shares of a
   * layer's operations as even as the budget allows. `strictly-fair` (FairNAS): in every K paths each operation of each layer once; it cannot also
   * obey a budget.
   */
  readonly sampling: 'feasible' | 'balanced' | 'strictly-fair';
  readonly costs: LatencyCosts;
  readonly maxLatencyMs: number;
  readonly seed: number;
  /** Paths of a step. */
  readonly perStep: number;
  /** The first path of each step is the one with the most multiply-accumulates within the budget. */
  readonly largestFirst: boolean;
}

/** @throws UserError when no path meets the budget */
export function createSupernetPaths(supernet: Supernet, spec: SupernetPathsSpec): SupernetPaths {
  const { sampling, costs, maxLatencyMs, seed, perStep } = spec;
  let violations = 0;
  const first = spec.largestFirst ? [largestPath(supernet, costs, maxLatencyMs)] : [];
  const pathsOf = (draw: () => Path): PathModules[] => {
    const drawn = Array.from({ length: perStep - first.length }, draw);
    violations += drawn.some((path) => pathLatency(costs, path) > maxLatencyMs) ? 1 : 0;
    return [...first, ...drawn].map((path) => supernet.pathModules(path));
  };
  if (sampling !== 'strictly-fair') {
    const draw = drawing(sampling, costs, maxLatencyMs);
    return {
      at: (step) => {
        const random = createRandom(seed, 'supernet-path', step);
        return pathsOf(() => draw(random));
      },
      violations: () => violations,
      state: () => JSON.stringify({ violations }),
      restore: (state) => {
        violations = JSON.parse(state).violations;
      },
    };
  }
  const sampler = createStrictlyFairSampler([...supernet.sizes], createRandom(seed, 'strictly-fair'));
  return {
    at: () => pathsOf(() => sampler.sample()),
    violations: () => violations,
    state: () => JSON.stringify({ violations, sampler: sampler.state() }),
    restore: (state) => {
      const saved = JSON.parse(state);
      violations = saved.violations;
      sampler.restore(saved.sampler);
    },
  };
}

/** Multiply-accumulates of every candidate, [layer][operation]. */
export const candidateMacs = (supernet: Supernet): Float64Array[] =>
  supernet.sizes.map((size, layer) =>
    Float64Array.from({ length: size }, (_, operation) => moduleCost(supernet.candidate(layer, operation)).macs),
  );

/** The path of most multiply-accumulates within the budget. */
function largestPath(supernet: Supernet, costs: LatencyCosts, maxLatencyMs: number): Path {
  return kBestPaths(costs, maxLatencyMs, candidateMacs(supernet), 1)[0]!.path;
}

/** Draws paths within the budget. */
function drawing(
  sampling: 'feasible' | 'balanced',
  costs: LatencyCosts,
  maxLatencyMs: number,
): (random: Random) => Path {
  if (sampling === 'feasible') return createFeasibleSampler(costs, maxLatencyMs).sample;
  const sampler = createExactSampler(costs, maxLatencyMs);
  const weights = balancedProbabilities(costs, maxLatencyMs);
  return (random) => sampler.sample(weights, random);
}
