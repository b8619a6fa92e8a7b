// A search on several machines: `derive` makes the run folder, each shard trains its share of the networks in a copy of it, and one machine
// takes over the shards' checkpoints, measures every network interleaved on its own CPU and judges the budgets.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ExitCode, UserError } from '../base/errors.ts';
import { readOptionalJson, writeFileAtomic, writeJson } from '../base/files.ts';
import type { Architecture, Weights } from '../network/types.ts';
import { savedStep, trainedWeights } from '../training/loop.ts';
import type { RunData, SearchContext } from './context.ts';
import type { MergeOptions, Outcome, ShardOptions } from './index.ts';
import { type Result, resultSchema } from './result.ts';
import { checkIdentity, checkpointIn, type RunFolder } from './run-folder.ts';
import { finish, inSearchFolder, trainAll } from './search.ts';
import { supernetCheckpoint } from './stages/supernet.ts';
import {
  type SeededNetwork,
  trainingCheckpoint,
  trainingName,
  trainingSeeds,
  trainingSteps,
  trainStage,
} from './stages/train.ts';

const shardFile = 'shard.json';
const shardSchema = z.object({
  schema: z.literal('proxyless-ci/shard@1'),
  index: z.int().positive(),
  count: z.int().positive(),
});

/** What `derive` left: its result, which holds the architecture. */
type Derived = Result & { readonly architecture: Architecture };

/**
 * Trains one shard's share of the searched network and the baselines, each from every seed, in a copy of the folder of `derive`. The latency table there may be
 * another CPU's: training does not depend on it, and the merge judges by what it measures itself.
 * @throws UserError when the folder holds no derived architecture
 */
export async function runShard({ shard, ...options }: ShardOptions): Promise<Outcome> {
  const derived = await readDerived(options.out);
  return inSearchFolder(options, async (context, data) => {
    const { folder } = context;
    const trainings = trainingsOf(context, derived);
    const mine = trainings.filter((_, i) => shardOf(i, shard.count) === shard.index);
    await writeJson(join(folder.path, shardFile), { schema: 'proxyless-ci/shard@1', ...shard });
    for (const training of mine) {
      const isSearched = training.architecture === derived.architecture;
      await trainStage(context, data, training, isSearched ? await inherited(context) : undefined);
    }
    const trained = mine.map((training) => trainingName(context.recipe, training));
    const what =
      trained.length > 0 ? `trained ${trained.join(', ')}` : `none of the ${trainings.length} trainings is its`;
    const summary = `Shard ${shard.index}/${shard.count}: ${what}.`;
    folder.log(summary);
    return { exitCode: ExitCode.pass, summary, json: { shard, trained } };
  });
}

/**
 * Takes over the shards' checkpoints into the folder of `derive`, and ends the search there without training anything.
 * @throws UserError when a training is missing, unfinished or damaged, saying which shard to run again, or when a folder is of another run
 */
export async function runMerge({ shards, ...options }: MergeOptions): Promise<Outcome> {
  const derived = await readDerived(options.out);
  return inSearchFolder(options, async (context, data) => {
    await collect(context, data, derived, shards);
    const networks = await trainAll(context, data, derived.architecture, await inherited(context));
    const { space, budgetMs, predictor, supernet, search, derive, architecture } = derived;
    const searchHardware = derived.searchHardware ?? derived.hardware;
    const elsewhere = searchHardware.key === context.hardware.key ? {} : { searchHardware };
    const facts = { space, budgetMs, predictor, supernet, search, derive, architecture, ...elsewhere };
    return finish(context, data, facts, networks);
  });
}

async function readDerived(folder: string): Promise<Derived> {
  const result = await readOptionalJson(join(folder, 'result.json'), resultSchema);
  if (!result?.derive)
    throw new UserError(
      `${folder}: holds no derived architecture; run proxyless-ci derive into it, then give each shard a copy of that folder`,
    );
  const { architecture } = result;
  if (!architecture) throw new UserError(`${folder}: there is nothing to train: ${result.reason}`);
  return { ...result, architecture };
}

/** Everything that the shards train: every network from the first seed, then every network from the next. */
const trainingsOf = ({ recipe, baselines }: SearchContext, { architecture: searched }: Derived): SeededNetwork[] =>
  trainingSeeds(recipe).flatMap((seed) => [searched, ...baselines].map((architecture) => ({ architecture, seed })));

/** The shard that a training falls to, 1 .. count: they are dealt round robin. */
const shardOf = (training: number, count: number): number => (training % count) + 1;

/** The supernet's weights, where the recipe starts the searched network from them. */
async function inherited({ recipe, folder }: SearchContext): Promise<Weights | undefined> {
  return recipe.train.init === 'inherited' ? trainedWeights(folder.checkpoint(supernetCheckpoint)) : undefined;
}

/** Puts each training's finished checkpoint into the run folder, from the first shard that has it. */
async function collect(
  context: SearchContext,
  data: RunData,
  derived: Derived,
  shards: readonly string[],
): Promise<void> {
  const { folder } = context;
  const counts: (number | undefined)[] = [];
  for (const shard of shards) counts.push(await checkShard(folder, derived, shard));
  const trainings = trainingsOf(context, derived);
  const count = counts.find((n) => n !== undefined) ?? trainings.length;
  const steps = trainingSteps(context, data);
  const problems: string[] = [];
  for (const [i, training] of trainings.entries()) {
    const name = trainingName(context.recipe, training);
    const own = folder.checkpoint(trainingCheckpoint(name));
    const found = await firstFinished([own, ...shards.map((s) => checkpointIn(s, trainingCheckpoint(name)))], steps);
    if ('file' in found) {
      if (found.file !== own) await writeFileAtomic(own, await readFile(found.file));
      continue;
    }
    problems.push(`${found.why ?? `no shard has trained ${name}`}; run shard ${shardOf(i, count)}/${count} again`);
  }
  if (problems.length > 0) throw new UserError(problems.join('\n'));
}

/** @returns how many shards that one was told there are. @throws UserError when the folder is not of this run */
async function checkShard(folder: RunFolder, derived: Derived, shard: string): Promise<number | undefined> {
  const advice = `it is no shard of ${folder.path}`;
  await checkIdentity(shard, folder.identity, advice);
  const theirs = await readDerived(shard);
  if (!isDeepStrictEqual([theirs.derive, theirs.architecture], [derived.derive, derived.architecture]))
    throw new UserError(`${shard}: its architecture was derived in another run; ${advice}`);
  return (await readOptionalJson(join(shard, shardFile), shardSchema))?.count;
}

/** The first file with a training's last step, or why the nearest to it is none. */
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
