// Evolution over supernet scores as a stage: scores are kept, so that an interrupted run does not score a network again.
import { z } from 'zod';
import { type Path, pathLatency } from '../../latency/types.ts';
import { readCheckedJson, writeCheckedJson } from '../../lib/checked-json.ts';
import type { DecodedPath } from '../../nas/decoding.ts';
import { evolve } from '../../nas/evolution.ts';
import { pathTotal } from '../../nas/lattice.ts';
import { ofSize, type SearchContext } from '../context.ts';
import type { LatencyStage } from './latency.ts';

const scoresSchema = z.object({
  schema: z.literal('proxyless-ci/evolution@1'),
  scores: z.record(z.string(), z.number()),
});

/**
 * The networks that evolution finds under a latency, best first by their score.
 * @param score mIoU of paths with inherited weights
 * @param logProbabilities of the architecture parameters, which evolution does not ask
 */
export async function evolutionStage(
  context: SearchContext,
  { costs }: Pick<LatencyStage, 'costs'>,
  maxLatencyMs: number,
  score: (paths: readonly Path[]) => Promise<readonly number[]>,
  logProbabilities: readonly Float64Array[],
): Promise<DecodedPath[]> {
  const { recipe, folder } = context;
  const file = folder.checkpoint(`evolution${ofSize(context.size)}.json`);
  const known = (await readCheckedJson(file, scoresSchema))?.scores ?? {};
  const found = await evolve({
    costs,
    maxLatencyMs,
    evaluations: recipe.derive.evolution,
    seed: recipe.seed,
    score: async (paths) => {
      const unknown = paths.filter((path) => known[path.join()] === undefined);
      if (unknown.length > 0) {
        const scores = await score(unknown);
        for (const [i, path] of unknown.entries()) known[path.join()] = scores[i]!;
        await writeCheckedJson(file, { schema: 'proxyless-ci/evolution@1', scores: known });
      }
      return paths.map((path) => known[path.join()]!);
    },
  });
  folder.log(`evolution: ${found.length} networks scored, best ${(100 * found[0]!.score).toFixed(2)} %`);
  const sizes = costs.single.map((row) => row.length);
  return found.map(({ path }) => ({
    path,
    latencyMs: pathLatency(costs, path),
    logProbability: pathTotal(logProbabilities, sizes, path),
  }));
}
