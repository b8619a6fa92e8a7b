// The supernet: every candidate of every layer with its own weights; one path of it at a time exists as a computation.

import type { Parameters } from '../autodiff/parameters.ts';
import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import { createRandom, type Random } from '../lib/random.ts';
import { type InputSize, spaceModules } from '../network/modules.ts';
import type { Space } from '../network/space.ts';
import type { PathSource } from '../training/loop.ts';
import type { PathModules } from '../training/step.ts';
import { balancedProbabilities } from './balance.ts';
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
      for (const module of [head, ...layers.flat(), tail]) parameters.ensure(module);
    },
  };
}

/**
 * The name under which a layer's candidates share a parameter: those that differ in their kernel alone (`mbv3_3x3`, `mbv3_5x5`) share all but
 * their depthwise filters and batch norms, as OFA (Cai et al. 2020) and AutoFormer (Chen et al. 2021) share weights among choices. Each is then trained
 * as often as its family is drawn.
 */
export function kernelsShare(own: string): string {
  const [, layer, family, variant, parameter] = /^(layers\.\d+\.)(\w+?)_(?:\dx\d)(\w*)\/(.+)$/.exec(own) ?? [];
  if (parameter === undefined || /depthwise|\.bn\./.test(parameter)) return own;
  return `${layer}${family}${variant}/${parameter}`;
}

/** The paths of phase 2, the supernet's training, with how many of those handed out were above the budget by the predictor. */
export interface SupernetPaths extends PathSource {
  violations(): number;
}

/**
 * `feasible`: step t draws uniformly from the paths within the budget, from the seed and t alone. `balanced`: likewise, but with the shares of a
 * layer's operations as even as the budget allows. `strictly-fair` (FairNAS): in every K steps each operation of each layer once; it cannot also
 * obey a budget.
 */
export function createSupernetPaths(
  supernet: Supernet,
  sampling: 'feasible' | 'balanced' | 'strictly-fair',
  costs: LatencyCosts,
  maxLatencyMs: number,
  seed: number,
): SupernetPaths {
  let violations = 0;
  const count = (path: Path): Path => {
    if (pathLatency(costs, path) > maxLatencyMs) violations++;
    return path;
  };
  if (sampling !== 'strictly-fair') {
    const draw = drawing(sampling, costs, maxLatencyMs);
    return {
      at: (step) => supernet.pathModules(count(draw(createRandom(seed, 'supernet-path', step)))),
      violations: () => violations,
      state: () => JSON.stringify({ violations }),
      restore: (state) => {
        violations = JSON.parse(state).violations;
      },
    };
  }
  const sampler = createStrictlyFairSampler([...supernet.sizes], createRandom(seed, 'strictly-fair'));
  return {
    at: () => supernet.pathModules(count(sampler.sample())),
    violations: () => violations,
    state: () => JSON.stringify({ violations, sampler: sampler.state() }),
    restore: (state) => {
      const saved = JSON.parse(state);
      violations = saved.violations;
      sampler.restore(saved.sampler);
    },
  };
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
