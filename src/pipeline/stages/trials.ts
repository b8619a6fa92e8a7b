// The candidates of a derivation as its checkpoint has them, and the trial trainings that decide among their finalists.
import { z } from 'zod';
import type { Recipe } from '../../contracts/recipe.ts';
import { candidateSchema, deriveSchema } from '../../contracts/result.ts';
import { stepsPerEpoch } from '../../data/epochs.ts';
import { readCheckedJson, writeCheckedJson } from '../../lib/checked-json.ts';
import { architectureOf } from '../../network/space.ts';
import type { RunData, SearchContext } from '../context.ts';
import type { RunFolder } from '../run-folder.ts';
import { scoreModel } from '../score.ts';
import { type TrainedNetwork, trainAlone, withUnlabeled } from './train.ts';

/**
 * A candidate is taken when it is measured at most this share of the limit: repeated measurements of one model differ by about 1 %, and
 * the network will be measured again at the end.
 */
export const margin = 0.99;

const rankingSchema = deriveSchema.required({ randomSubnets: true }).extend({
  candidates: z.array(candidateSchema.required({ tradeOff: true, macs: true, limitShare: true })),
  schema: z.literal('proxyless-ci/ranking@1'),
  /** The limit as measured together with the candidates. */
  maxLatencyMs: z.number(),
});
export type Ranking = z.infer<typeof rankingSchema>;
export type Candidate = Ranking['candidates'][number];

/** The derivation in a run folder, where there is one. */
export const readRanking = ({ ranking }: Pick<RunFolder, 'ranking'>): Promise<Ranking | undefined> =>
  readCheckedJson(ranking, rankingSchema);
export const writeRanking = ({ ranking: file }: Pick<RunFolder, 'ranking'>, ranking: Ranking): Promise<void> =>
  writeCheckedJson(file, ranking);

/** Those that meet the limit as measured, in descending supernet score. */
export function withinLimit({ candidates }: Pick<Ranking, 'candidates'>): Candidate[] {
  return candidates.filter((c) => c.limitShare <= margin).sort((a, b) => b.supernetMiou - a.supernetMiou);
}

/** Groups of candidates: the trade-offs, and what evolution found. */
export const candidateGroups = ({ tradeOffs, evolution }: Recipe['derive']): number =>
  tradeOffs + (evolution > 0 ? 1 : 0);

/** The best candidate of each group, where the recipe asks for trial trainings and it has not had its own. */
export function untriedFinalists({ derive }: Pick<Recipe, 'derive'>, ranking: Ranking): Candidate[] {
  if (derive.trialEpochs === 0) return [];
  const possible = withinLimit(ranking);
  const finalists = Array.from({ length: candidateGroups(derive) }, (_, point) =>
    possible.find((c) => c.tradeOff === point),
  );
  return finalists.filter((c) => c !== undefined && c.trialMiou === undefined) as Candidate[];
}

/** The checkpoint of a candidate's trial: by its path, not its number, as a derivation done again may number another way. */
export const trialCheckpoint = ({ path }: Pick<Candidate, 'path'>): string => `trial-${path.join('-')}.safetensors`;

/**
 * The seed of all trials, which no final training has: the network that is taken was lucky with its trial's seed, and with that one again it would
 * be reported as better than it is.
 */
export const trialSeed = ({ seed }: Pick<Recipe, 'seed'>): number => seed + 2 ** 31;

/** Steps of a trial. */
export function trialSteps(context: SearchContext, data: RunData): number {
  const { recipe } = context;
  return (
    recipe.derive.trialEpochs *
    stepsPerEpoch({ photos: withUnlabeled(context, data, data.supernetPhotos), batch: recipe.train.batch })
  );
}

/** Trains (or goes on training) a finalist for the recipe's `derive.trial-epochs` on the supernet's photos. */
export function trainTrial(context: SearchContext, data: RunData, finalist: Candidate): Promise<TrainedNetwork> {
  const architecture = architectureOf(context.space, finalist.path, finalist.architecture);
  const { recipe } = context;
  return trainAlone({ ...context, recipe: { ...recipe, seed: trialSeed(recipe) } }, architecture, {
    checkpoint: trialCheckpoint(finalist),
    title: `trial of ${architecture.name}`,
    photos: withUnlabeled(context, data, data.supernetPhotos),
    epochs: recipe.derive.trialEpochs,
  });
}

/** Trains the finalists that are untried, and takes the one that is best then on the held-out photos. */
export async function tryFinalists(
  context: SearchContext,
  data: RunData,
  scored: Ranking,
  save: (ranking: Ranking) => Promise<void>,
): Promise<Ranking> {
  const { recipe, signal, folder } = context;
  const { threads } = recipe;
  let ranking = scored;
  for (const finalist of untriedFinalists(recipe, scored)) {
    const { model } = await trainTrial(context, data, finalist);
    const settings = { photos: data.searchPhotos, threads, signal };
    const { miou } = await scoreModel({ name: finalist.architecture, bytes: model }, settings);
    folder.log(`trial of ${finalist.architecture}: ${(100 * miou).toFixed(2)} % on the held-out part of train`);
    const candidates = ranking.candidates.map((c) => (c === finalist ? { ...c, trialMiou: miou } : c));
    const best = candidates.filter((c) => c.trialMiou !== undefined).sort((a, b) => b.trialMiou! - a.trialMiou!)[0]!;
    ranking = { ...ranking, candidates, chosen: best.architecture };
    await save(ranking);
  }
  return ranking;
}
