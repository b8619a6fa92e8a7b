// A search on several machines: `derive` makes the run folder, each shard trains its share of the networks in a copy of it, and one machine
// takes over the shards' checkpoints, measures every network interleaved on its own CPU and judges the budgets. Where `derive` stopped before
// the trial trainings, the trials have such a round of their own first.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Architecture } from '../../contracts/architecture.ts';
import { type Result, resultSchema } from '../../contracts/result.ts';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { readOptionalJson, writeFileAtomic, writeJson } from '../../lib/files.ts';
import type { Weights } from '../../network/types.ts';
import { savedStep, trainedWeights } from '../../training/loop.ts';
import type { RunData, SearchContext } from '../context.ts';
import type { MergeOptions, Outcome, Shard, ShardOptions } from '../options.ts';
import { checkIdentity, checkpointIn, type RunFolder } from '../run-folder.ts';
import { takeOne } from '../stages/derive.ts';
import { frontFacts, frontNetworks, readFront, type SavedPoint } from '../stages/front.ts';
import { supernetCheckpoint } from '../stages/supernet.ts';
import { trainingCheckpoint, trainingName, trainingSeeds, trainingSteps, trainStage } from '../stages/train.ts';
import {
  openTrials,
  readRanking,
  trainTrial,
  trialCheckpoint,
  trialSteps,
  tryFinalists,
  withinLimit,
  writeRanking,
} from '../stages/trials.ts';
import { type Facts, finish, finishDerived, inSearchFolder, judgeAwaiting, trainAll } from './search.ts';

const shardFile = 'shard.json';
const shardSchema = z.object({
  schema: z.literal('proxyless-ci/shard@1'),
  index: z.int().positive(),
  count: z.int().positive(),
});

/** What `derive` left: its result. */
export type Derivation = Result & { readonly derive: NonNullable<Result['derive']> };

/** One training that falls to a shard. */
export interface ShardTraining {
  readonly name: string;
  readonly checkpoint: string;
  /** When it is finished. */
  readonly steps: number;
  train(): Promise<unknown>;
}

/**
 * Trains one shard's share of the trainings that `derive` left open; this folder is a copy of its folder. The latency table may be another CPU's:
 * training does not depend on it, and the merge judges by its own measurements.
 * @throws UserError when the folder holds no derivation, or the derivation found nothing to train
 */
export async function runShard({ shard, ...options }: ShardOptions): Promise<Outcome> {
  const derivation = await readDerivation(options.out);
  return inSearchFolder(options, async (context, data) => {
    const { folder } = context;
    const trainings = await trainingsOf(context, data, derivation);
    return trainShare(folder, trainings, shard);
  });
}

/** Trains what falls to a shard. */
export async function trainShare(
  folder: RunFolder,
  trainings: readonly ShardTraining[],
  shard: Shard,
): Promise<Outcome> {
  const mine = trainings.filter((_, i) => shardOf(i, shard.count) === shard.index);
  await writeJson(join(folder.path, shardFile), { schema: 'proxyless-ci/shard@1', ...shard });
  for (const training of mine) await training.train();
  const trained = mine.map(({ name }) => name);
  const what =
    trained.length > 0 ? `trained ${trained.join(', ')}` : `this shard has none of the ${trainings.length} trainings`;
  const summary = `Shard ${shard.index}/${shard.count}: ${what}.`;
  folder.log(summary);
  return { exitCode: ExitCode.pass, summary, json: { shard, trained } };
}

/**
 * Takes over the shards' checkpoints into the folder of `derive`, and goes on there without training anything: from trial trainings to the
 * derived architecture, from trained networks to the end of the search.
 * @throws UserError when a training is missing, unfinished or damaged, saying which shard to run again, or when a folder is of another run
 */
export async function runMerge({ shards, ...options }: MergeOptions): Promise<Outcome> {
  const derivation = await readDerivation(options.out);
  return inSearchFolder(options, async (context, data) => {
    await collect(context, await trainingsOf(context, data, derivation), derivation, shards);
    const { space, maxLatencyMs, predictor, supernet, search, derive, front, architecture } = derivation;
    const searchHardware = derivation.searchHardware ?? derivation.hardware;
    const elsewhere = searchHardware.key === context.hardware.key ? {} : { searchHardware };
    const facts = { space, maxLatencyMs, predictor, supernet, search, ...elsewhere };
    if (architecture) {
      const networks = await trainAll(context, data, architecture, await inherited(context));
      return finish(context, data, { ...facts, derive, front, architecture }, networks, options);
    }
    return mergeTrials(context, data, facts);
  });
}

/** Scores what the shards trained. After the last round it derives the architectures; otherwise the result waits for the next round. */
async function mergeTrials(context: SearchContext, data: RunData, facts: Facts): Promise<Outcome> {
  const own = { context, ranking: (await readRanking(context.folder))! };
  const points: SavedPoint[] = [];
  for (const point of [own, ...(await readFront(context))]) {
    const ranking = await tryFinalists(point.context, data, point.ranking, async () => {}, true);
    points.push({ ...point, ranking });
  }
  // Written together, after all are scored: a merge that was interrupted finds the round that its shards trained.
  for (const point of points) await writeRanking(point.context.folder, point.ranking);
  const awaited = points.flatMap((point) => openTrials(context.recipe, point.ranking));
  const architectures: (Architecture | undefined)[] = [];
  if (awaited.length === 0)
    for (const point of points) architectures.push((await takeOne(point.context, data, point.ranking)).architecture);
  const { candidates, randomSubnets, silhouetteMiou, chosen } = points[0]!.ranking;
  const derive = { candidates, randomSubnets, silhouetteMiou, chosen: awaited.length > 0 ? null : chosen };
  const tried = { ...facts, derive, front: await frontFacts(context) };
  if (awaited.length > 0) return finish(context, data, { ...tried, ...judgeAwaiting(awaited) }, []);
  return finishDerived(context, data, tried, architectures[0]!);
}

export async function readDerivation(folder: string): Promise<Derivation> {
  const result = await readOptionalJson(join(folder, 'result.json'), resultSchema);
  if (result?.derive) return { ...result, derive: result.derive };
  throw new UserError(
    `${folder}: has no derived architecture; run proxyless-ci derive in it, then give each shard a copy of that folder`,
  );
}

/**
 * Everything that the shards train. Where the derivation waits for trials: the trials of the finalists, also those of a front's other limits.
 * Otherwise: every network from the first seed, then every network from the next.
 * @throws UserError when the derivation found nothing to train
 */
async function trainingsOf(
  context: SearchContext,
  data: RunData,
  { architecture: head, reason }: Derivation,
): Promise<ShardTraining[]> {
  const { recipe, baselines, folder } = context;
  if (!head) {
    const ranking = await readRanking(folder);
    if (!ranking || withinLimit(ranking).length === 0)
      throw new UserError(`${folder.path}: nothing is left to train: ${reason}`);
    const front = await readFront(context);
    const trials = [ranking, ...front.map((point) => point.ranking)].flatMap((one) => openTrials(recipe, one));
    // A network that is a finalist under several limits has one trial.
    const unique = new Map(trials.toReversed().map((trial) => [trialCheckpoint(trial), trial]));
    return [...unique].toReversed().map(([checkpoint, trial]) => ({
      name: `trial of ${trial.candidate.architecture}`,
      checkpoint,
      steps: trialSteps(context, data, trial),
      train: () => trainTrial(context, data, trial),
    }));
  }
  const front = (await frontNetworks(context)).map(({ architecture }) => architecture);
  const networks = trainingSeeds(recipe).flatMap((seed) =>
    [head, ...baselines, ...front].map((architecture) => ({ architecture, seed })),
  );
  return networks.map((network) => {
    const name = trainingName(recipe, network);
    return {
      name,
      checkpoint: trainingCheckpoint(name),
      steps: trainingSteps(context, data),
      train: async () => {
        const start = baselines.includes(network.architecture) ? undefined : await inherited(context);
        return trainStage(context, data, network, start);
      },
    };
  });
}

/** The shard that a training falls to, 1 .. count: they are dealt round robin. */
const shardOf = (training: number, count: number): number => (training % count) + 1;

/** The supernet's weights, where the recipe starts the derived network from them. */
async function inherited({ recipe, folder }: SearchContext): Promise<Weights | undefined> {
  return recipe.train.init === 'inherited' ? trainedWeights(folder.checkpoint(supernetCheckpoint)) : undefined;
}

/** Puts each training's finished checkpoint into the run folder, from the first shard that has it. */
export async function collect(
  { folder }: SearchContext,
  trainings: readonly ShardTraining[],
  derivation: Derivation,
  shards: readonly string[],
): Promise<void> {
  const counts: (number | undefined)[] = [];
  for (const shard of shards) counts.push(await checkShard(folder, derivation, shard));
  const count = counts.find((n) => n !== undefined) ?? trainings.length;
  const problems: string[] = [];
  for (const [i, { name, checkpoint, steps }] of trainings.entries()) {
    const own = folder.checkpoint(checkpoint);
    const found = await firstFinished([own, ...shards.map((shard) => checkpointIn(shard, checkpoint))], steps);
    if ('file' in found) {
      if (found.file !== own) await writeFileAtomic(own, await readFile(found.file));
      continue;
    }
    problems.push(`${found.why ?? `no shard has trained ${name}`}; run shard ${shardOf(i, count)}/${count} again`);
  }
  if (problems.length > 0) throw new UserError(problems.join('\n'));
}

/** @returns the number of shards that this shard was started with. @throws UserError when the folder is not of this run */
async function checkShard(folder: RunFolder, derivation: Derivation, shard: string): Promise<number | undefined> {
  const advice = `it is not a shard of ${folder.path}`;
  await checkIdentity(shard, folder.identity, advice);
  const theirs = await readDerivation(shard);
  const found = ({ derive, front, architecture }: Derivation) => [derive, front, architecture];
  if (!isDeepStrictEqual(found(theirs), found(derivation)))
    throw new UserError(`${shard}: its architecture was derived in another run; ${advice}`);
  return (await readOptionalJson(join(shard, shardFile), shardSchema))?.count;
}

/** The first file with a training's last step, or why the first file that has any of the training is not finished. */
async function firstFinished(
  files: readonly string[],
  steps: number,
): Promise<{ file: string } | { why: string | undefined }> {
  let why: string | undefined;
  for (const file of files) {
    try {
      const step = await savedStep(file);
      if (step === steps) return { file };
      if (step !== undefined) why ??= `${file}: ends at step ${step} of ${steps}`;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      why ??= `${file}: damaged`;
    }
  }
  return { why };
}
