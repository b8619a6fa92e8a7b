// Evolution over supernet scores under the latency table: the other way from a supernet to a network (Guo et al., "Single path one-shot", ECCV 2020).
// It scores whole networks, where architecture parameters are a sum over layers.
import { type LatencyCosts, type Path, pathLatency } from '../latency/types.ts';
import { createRandom, type Random } from '../lib/random.ts';
import { createFeasibleSampler } from './sampling.ts';

export interface EvolutionOptions {
  readonly costs: LatencyCosts;
  readonly maxLatencyMs: number;
  /** Networks that are scored in all. */
  readonly evaluations: number;
  readonly seed: number;
  /** Scores of paths, in their order; the higher the better. */
  readonly score: (paths: readonly Path[]) => Promise<readonly number[]>;
}

export interface ScoredPath {
  readonly path: Path;
  readonly score: number;
}

/** Parents of the next generation. */
const parents = 10;
/** Networks of the first generation, all random, and of each after it. */
const generation = 20;
/** Probability that a layer of a mutated path is drawn again. */
const mutation = 0.15;
/** Tries for a child within the limit that was not scored yet; then a random path takes its place. */
const tries = 50;

/**
 * Scores random paths within the limit, and then children of the best in generations: half of them by mutation, half by crossing two. It does not score
 * a path twice. The same seed and scores give the same result.
 * @returns every path that was scored, best first
 * @throws UserError when no path meets the limit
 */
export async function evolve({
  costs,
  maxLatencyMs,
  evaluations,
  seed,
  score,
}: EvolutionOptions): Promise<ScoredPath[]> {
  const random = createRandom(seed, 'evolution');
  const sampler = createFeasibleSampler(costs, maxLatencyMs);
  const named = new Set<string>();
  const fresh = (make: () => Path): Path | undefined => {
    for (let i = 0; i < tries; i++) {
      const path = make();
      if (named.has(path.join()) || pathLatency(costs, path) > maxLatencyMs) continue;
      named.add(path.join());
      return path;
    }
    return undefined;
  };
  let scored: ScoredPath[] = [];
  while (scored.length < evaluations) {
    const best = scored.slice(0, parents).map(({ path }) => path);
    const children: Path[] = [];
    while (children.length < Math.min(generation, evaluations - scored.length)) {
      const child = best.length === 0 ? undefined : fresh(() => bear(best, children.length, costs, random));
      const path = child ?? fresh(() => sampler.sample(random));
      // Every path within the limit is scored already.
      if (!path) break;
      children.push(path);
    }
    if (children.length === 0) break;
    const scores = await score(children);
    const added = children.map((path, i) => ({ path, score: scores[i]! }));
    scored = [...scored, ...added].sort((a, b) => b.score - a.score);
  }
  return scored;
}

/** A child of the best: by mutation or, every other one, by crossing two. */
function bear(best: readonly Path[], index: number, { single }: LatencyCosts, random: Random): Path {
  const one = best[random.int(best.length)]!;
  if (index % 2 === 0)
    return one.map((operation, layer) => (random.uniform() < mutation ? random.int(single[layer]!.length) : operation));
  const other = best[random.int(best.length)]!;
  return one.map((operation, layer) => (random.uniform() < 0.5 ? operation : other[layer]!));
}
