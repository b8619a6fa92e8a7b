// Phase 5: trains one network by the recipe, from the seed or from inherited weights, and exports it.

import { createParameters } from '../../autodiff/parameters.ts';
import type { Architecture } from '../../contracts/architecture.ts';
import type { Recipe } from '../../contracts/recipe.ts';
import { evenly, stepsPerEpoch } from '../../data/epochs.ts';
import type { Photo } from '../../data/images.ts';
import type { Precision } from '../../lib/precision.ts';
import { deployArchitecture } from '../../network/deploy.ts';
import { networkModules } from '../../network/modules.ts';
import type { Weights } from '../../network/types.ts';
import type { Curve } from '../../training/curve.ts';
import { savedStep } from '../../training/loop.ts';
import { modulesOf } from '../../training/step.ts';
import { type Context, curvePhotos, type RunData, trainingBatches } from '../context.ts';
import { type Training, train } from '../engine.ts';
import { scoreModel } from '../score.ts';
import { teachStage } from './teach.ts';

export interface TrainedNetwork {
  readonly architecture: Architecture;
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly model: Uint8Array;
  readonly seconds: number;
  readonly curve: Curve;
  readonly precisions: Precision[];
  readonly epochs: number;
}

/** One training of a network: the same network may be trained from several seeds. */
export interface SeededNetwork {
  readonly architecture: Architecture;
  readonly seed: number;
}

/** The seeds that each network is trained from. The first is the run's own: its models are exported, measured and judged. */
export const trainingSeeds = ({ seed, train: { seeds } }: Pick<Recipe, 'seed' | 'train'>): number[] =>
  Array.from({ length: seeds }, (_, i) => seed + i);

/** What a training is called: by its network, and by its seed where that is not the run's own. */
export function trainingName({ seed: first }: Pick<Recipe, 'seed'>, { architecture, seed }: SeededNetwork): string {
  return seed === first ? architecture.name : `${architecture.name}.seed-${seed}`;
}

/** The checkpoint of a training by its name. */
export const trainingCheckpoint = (training: string): string => `train-${training}.safetensors`;

/** Steps of a network's training. */
export function trainingSteps(context: Context, data: RunData): number {
  const { batch, epochs } = context.recipe.train;
  return epochs * stepsPerEpoch({ photos: withUnlabeled(context, data, data.dataset.train), batch });
}

/** Training photos and, where there is a teacher, the photos without masks. */
export function withUnlabeled(context: Context, { dataset }: RunData, photos: readonly Photo[]): readonly Photo[] {
  return context.recipe.teacher ? [...photos, ...dataset.unlabeled] : photos;
}

/**
 * Trains (or goes on training) a network from a seed on all of train.
 * @param inherited weights to start from; the seed's where there are none
 */
export function trainStage(
  context: Context,
  data: RunData,
  network: SeededNetwork,
  inherited?: ReadonlyMap<string, Float32Array>,
): Promise<TrainedNetwork> {
  const { recipe } = context;
  const { epochs } = recipe.train;
  const name = trainingName(recipe, network);
  const photos = withUnlabeled(context, data, data.dataset.train);
  const as = { checkpoint: trainingCheckpoint(name), title: `training ${name}` };
  const seeded = { ...context, recipe: { ...recipe, seed: network.seed } };
  // The other seeds only say how far mIoU varies.
  const watched =
    network.seed === recipe.seed
      ? evenly(
          data.dataset.val.filter(({ weight }) => weight > 0),
          curvePhotos,
        )
      : [];
  return trainAlone(seeded, network.architecture, { ...as, photos, epochs, inherited, watched });
}

/** A training of one network by the recipe's `train`, except for the images and epochs. */
interface TrainingAlone extends Pick<Training, 'checkpoint' | 'title'> {
  readonly photos: readonly Photo[];
  readonly epochs: number;
  readonly inherited?: ReadonlyMap<string, Float32Array> | undefined;
  /** Step that the schedule begins at, where the steps before it were a training of their own. */
  readonly cycleStart?: number;
  /** Photos that it is scored on now and then, for its curve. */
  readonly watched?: readonly Photo[];
}

/** Trains (or goes on training) a network on given photos, at its own input size where it has one. */
export async function trainAlone(
  ofRun: Context,
  architecture: Architecture,
  { checkpoint, title, photos: given, epochs, inherited, cycleStart = 0, watched = [] }: TrainingAlone,
): Promise<TrainedNetwork> {
  const recipe = { ...ofRun.recipe, input: architecture.input ?? ofRun.recipe.input };
  const context = { ...ofRun, recipe };
  const { batch, optimizer, schedule, ema } = recipe.train;
  const steps = epochs * stepsPerEpoch({ photos: given, batch });
  // A merge takes over trainings that are finished: no teacher is asked for them.
  const isTaught = recipe.teacher && (await savedStep(context.folder.checkpoint(checkpoint))) !== steps;
  const photos = isTaught ? await teachStage(context, given) : given;
  const path = networkModules(architecture, recipe.input);
  const parameters = createParameters(recipe.seed, inherited);
  for (const module of modulesOf(path)) parameters.ensure(module);
  const batches = trainingBatches(context, photos, batch, 'train');
  // Not stopped within a score: the checkpoint of an abort is written between steps.
  const scoring = { photos: watched, threads: recipe.threads, signal: new AbortController().signal };
  const score = async (now: Weights): Promise<number> =>
    (await scoreModel({ name: title, bytes: exportNetwork(recipe, architecture, now) }, scoring)).miou;
  const { weights, seconds, precisions, curve } = await train(context, {
    checkpoint,
    title,
    batch,
    spec: { steps, optimizer, schedule, ema, cycleStart },
    parameters,
    paths: { at: () => [path], state: () => '', restore: () => {} },
    openBatches: batches.open,
    ...(watched.length > 0 ? { score } : {}),
  });
  return {
    architecture,
    weights,
    model: exportNetwork(recipe, architecture, weights),
    seconds,
    epochs,
    precisions,
    curve,
  };
}

/**
 * The deployable model of trained weights, as a recipe asks for it.
 * @throws UserError when it needs an operator that the recipe does not allow
 */
export function exportNetwork(recipe: Recipe, architecture: Architecture, weights: Weights): Uint8Array {
  const { operators } = recipe.export;
  return deployArchitecture(architecture, weights, {
    ...(architecture.input ?? recipe.input),
    ...(operators ? { operators } : {}),
  });
}
