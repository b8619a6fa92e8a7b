// The supernet: every candidate of every layer with its own weights; one path of it at a time exists as a computation.

import type { Parameters } from '../autodiff/parameters.ts';
import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import { createRandom } from '../lib/random.ts';
import { type InputSize, spaceModules } from '../network/modules.ts';
import type { Space } from '../network/space.ts';
import type { PathSource } from '../training/loop.ts';
import type { PathModules } from '../training/step.ts';
import { createFeasibleSampler, createStrictlyFairSampler } from './sampling.ts';

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

/** Phase 1's paths, with how many of those handed out were above the budget by the predictor. */
export interface SupernetPaths extends PathSource {
  violations(): number;
}

/**
 * `feasible`: step t draws uniformly from the paths within the budget, from the seed and t alone. `strictly-fair` (FairNAS): in every
 * K steps each operation of each layer once; it cannot also obey a budget.
 */
export function createSupernetPaths(
  supernet: Supernet,
  sampling: 'feasible' | 'strictly-fair',
  costs: LatencyCosts,
  budgetMs: number,
  seed: number,
): SupernetPaths {
  let violations = 0;
  const count = (path: Path): Path => {
    if (pathLatency(costs, path) > budgetMs) violations++;
    return path;
  };
  if (sampling === 'feasible') {
    const sampler = createFeasibleSampler(costs, budgetMs);
    return {
      at: (step) => supernet.pathModules(count(sampler.sample(createRandom(seed, 'supernet-path', step)))),
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
