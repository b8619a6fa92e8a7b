// The candidates of a derivation as its checkpoint has them, and the trial trainings that decide among their finalists.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Recipe } from '../../contracts/recipe.ts';
import { candidateSchema, deriveSchema } from '../../contracts/result.ts';
import { stepsPerEpoch } from '../../data/epochs.ts';
import type { Photo } from '../../data/images.ts';
import type { Path } from '../../latency/types.ts';
import { readCheckedJson, writeCheckedJson } from '../../lib/checked-json.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { openRound, roundEpochs } from '../../nas/halving.ts';
import { architectureOf } from '../../network/space.ts';
import { ofSize, type RunData, type SearchContext } from '../context.ts';
import type { RunFolder } from '../run-folder.ts';
import { scoreModel } from '../score.ts';
import { type TrainedNetwork, trainAlone, withUnlabeled } from './train.ts';

/**
 * A candidate can be taken when its measured latency is at most this share of the limit: repeated measurements of one model differ by about 1 %, and
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
type NetworkChoice = Pick<Candidate, 'input'> & { readonly path: Path };

/** The derivation in a run folder, where there is one. */
export const readRanking = ({ ranking }: Pick<RunFolder, 'ranking'>): Promise<Ranking | undefined> =>
  readCheckedJson(ranking, rankingSchema);
export const writeRanking = ({ ranking: file }: Pick<RunFolder, 'ranking'>, ranking: Ranking): Promise<void> =>
  writeCheckedJson(file, ranking);

/** Those that meet the limit as measured, in descending supernet score. */
export function withinLimit({ candidates }: Pick<Ranking, 'candidates'>): Candidate[] {
  return candidates.filter((c) => c.limitShare <= margin).sort((a, b) => b.supernetMiou - a.supernetMiou);
}

/** What tells the networks of a space apart: operations and input size. */
export const networkKey = ({ path, input }: NetworkChoice): string => `${path.join('-')}${ofSize(input)}`;

/** Groups of candidates of an input size: the trade-offs, and what evolution found. */
export const candidateGroups = ({ tradeOffs, evolution }: Recipe['derive']): number =>
  tradeOffs + (evolution > 0 ? 1 : 0);

/** A trial training of a candidate in a round of successive halving. */
export interface Trial {
  readonly candidate: Candidate;
  /** Epochs that it has had by the end of each round, up to this one. */
  readonly epochs: readonly number[];
}

const trialScores = ({ trialMiou, trialMious }: Candidate): readonly number[] =>
  trialMious ?? (trialMiou === undefined ? [] : [trialMiou]);

/** The candidate that is the best so far, which may change while trials are left; none where no candidate met the limit. */
export const chosenOf = ({ candidates, chosen }: Ranking): Candidate | undefined =>
  candidates.find(({ architecture }) => architecture === chosen);

/** The trials of the first round that is not over; none where the recipe asks for none, or all are done. */
export function openTrials({ derive }: Pick<Recipe, 'derive'>, ranking: Ranking): Trial[] {
  const { trialEpochs, trialRounds } = derive;
  if (trialEpochs === 0) return [];
  const possible = withinLimit(ranking);
  const groupOf = ({ input, tradeOff }: Candidate): string => networkKey({ path: [tradeOff], input });
  // Each group enters as many as leave about one of it for the last round.
  const entrants = [...new Set(ranking.candidates.map(groupOf))].flatMap((group) =>
    possible.filter((c) => groupOf(c) === group).slice(0, 2 ** (trialRounds - 1)),
  );
  const open = openRound(entrants, trialScores, trialRounds);
  if (!open) return [];
  const epochs = roundEpochs(trialRounds, trialEpochs);
  return open.left.map((candidate) => ({ candidate, epochs: epochs.slice(0, open.round + 1) }));
}

/** The checkpoint of a trial, by network: a repeated derivation may number another way. And by round: a network may be a finalist under several limits. */
export const trialCheckpoint = ({ candidate, epochs }: Trial): string =>
  `trial-${networkKey(candidate)}.epochs-${epochs.at(-1)}.safetensors`;

/**
 * The seed of all trials, which no final training has: the chosen network was lucky with this seed, and a final training from it would make the
 * network look better than it is.
 */
const trialSeed = ({ seed }: Pick<Recipe, 'seed'>): number => seed + 2 ** 31;

/** The photos of trials, and the steps of an epoch of them. */
function trialPhotos(context: SearchContext, data: RunData): { photos: readonly Photo[]; epochSteps: number } {
  const photos = withUnlabeled(context, data, data.supernetPhotos);
  return { photos, epochSteps: stepsPerEpoch({ photos, batch: context.recipe.train.batch }) };
}

/** Steps that the network of a trial has had at its end. */
export const trialSteps = (context: SearchContext, data: RunData, { epochs }: Trial): number =>
  epochs.at(-1)! * trialPhotos(context, data).epochSteps;

/**
 * Trains (or goes on training) a finalist on the supernet's photos. Each round is a cycle of the schedule by itself, from the weights that the round before it
 * left (warm restarts, Loshchilov and Hutter 2017): networks are compared at rates that have fallen to 0, and no epoch is trained twice.
 */
export async function trainTrial(context: SearchContext, data: RunData, trial: Trial): Promise<TrainedNetwork> {
  const { candidate, epochs } = trial;
  const [from, to] = [epochs.at(-2), epochs.at(-1)!];
  const file = context.folder.checkpoint(trialCheckpoint(trial));
  if (from !== undefined && !existsSync(file)) {
    const before = { candidate, epochs: epochs.slice(0, -1) };
    await trainTrial(context, data, before);
    await writeFileAtomic(file, await readFile(context.folder.checkpoint(trialCheckpoint(before))));
  }
  const architecture = architectureOf(context.space, candidate.path, candidate.architecture, candidate.input);
  const { recipe } = context;
  const { photos, epochSteps } = trialPhotos(context, data);
  return trainAlone({ ...context, recipe: { ...recipe, seed: trialSeed(recipe) } }, architecture, {
    checkpoint: trialCheckpoint(trial),
    title: `trial of ${architecture.name}${epochs.length > 1 ? `, round ${epochs.length}` : ''}`,
    photos,
    epochs: to,
    cycleStart: (from ?? 0) * epochSteps,
  });
}

/**
 * Trains the finalists that are untried, round by round, and takes the one that is best at the end on the held-out photos.
 * @param oneRound stop where the next round would begin
 */
export async function tryFinalists(
  context: SearchContext,
  data: RunData,
  scored: Ranking,
  save: (ranking: Ranking) => Promise<void>,
  oneRound = false,
): Promise<Ranking> {
  const { recipe, signal, folder } = context;
  const { threads } = recipe;
  let ranking = scored;
  for (;;) {
    const trials = openTrials(recipe, ranking);
    for (const trial of trials) {
      const { candidate, epochs } = trial;
      const { model } = await trainTrial(context, data, trial);
      const settings = { photos: data.searchPhotos, threads, signal };
      const { miou } = await scoreModel({ name: candidate.architecture, bytes: model }, settings);
      folder.log(
        `trial of ${candidate.architecture}, ${epochs.at(-1)} epochs: ${(100 * miou).toFixed(2)} % on the held-out part of train`,
      );
      const rounds = recipe.derive.trialRounds > 1 ? { trialMious: [...trialScores(candidate), miou] } : {};
      const candidates = ranking.candidates.map((c) => (c === candidate ? { ...c, trialMiou: miou, ...rounds } : c));
      ranking = { ...ranking, candidates, chosen: bestTried(candidates)!.architecture };
      await save(ranking);
    }
    if (trials.length === 0 || oneRound) return ranking;
  }
}

/** The best of those that came furthest. */
function bestTried(candidates: readonly Candidate[]): Candidate | undefined {
  const rounds = (c: Candidate): number => trialScores(c).length;
  return candidates
    .filter((c) => c.trialMiou !== undefined)
    .sort((a, b) => rounds(b) - rounds(a) || b.trialMiou! - a.trialMiou!)[0];
}
