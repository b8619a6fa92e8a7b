// Stage 5: trains one network by the recipe, from the seed or from inherited weights, and exports it.

import { normalisation } from '../../data/augment.ts';
import { stepsPerEpoch } from '../../data/batches.ts';
import { deployArchitecture } from '../../network/deploy.ts';
import { networkModules } from '../../network/modules.ts';
import type { Architecture, Weights } from '../../network/types.ts';
import { createParameters } from '../../training/parameters.ts';
import { modulesOf } from '../../training/step.ts';
import { type Context, type RunData, trainingBatches } from '../context.ts';
import type { Recipe } from '../recipe.ts';
import { train } from './engine.ts';

export interface TrainedNetwork {
  readonly architecture: Architecture;
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly model: Uint8Array;
  readonly seconds: number;
  readonly epochs: number;
}

/** The checkpoint of a network's training. */
export const trainingCheckpoint = (network: string): string => `train-${network}.safetensors`;

/** Steps of a network's training. */
export function trainingSteps(context: Context, data: RunData): number {
  const { batch, epochs } = context.recipe.train;
  return epochs * stepsPerEpoch({ ids: data.dataset.train, batch });
}

/**
 * Trains (or goes on training) an architecture on all of train.
 * @param inherited weights to start from; the seed's where there are none
 */
export async function trainStage(
  context: Context,
  data: RunData,
  architecture: Architecture,
  inherited?: ReadonlyMap<string, Float32Array>,
): Promise<TrainedNetwork> {
  const { recipe } = context;
  const { batch, epochs, optimizer, schedule, ema } = recipe.train;
  const path = networkModules(architecture, recipe.input);
  const parameters = createParameters(recipe.seed, inherited);
  for (const module of modulesOf(path)) parameters.ensure(module);
  const batches = trainingBatches(context, data.dataset.folder, data.dataset.train, batch, 'train');
  const { name } = architecture;
  const { weights, seconds } = await train(context, {
    checkpoint: trainingCheckpoint(name),
    title: `training ${name}`,
    batch,
    spec: { steps: trainingSteps(context, data), optimiser: optimizer, schedule, ema },
    parameters,
    paths: { at: () => path, state: () => '', restore: () => {} },
    openBatches: batches.open,
  });
  return { architecture, weights, model: exportNetwork(recipe, architecture, weights), seconds, epochs };
}

/**
 * The deployable model of trained weights, as a recipe asks for it.
 * @throws UserError when it needs an operator that the recipe does not allow
 */
export function exportNetwork(recipe: Recipe, architecture: Architecture, weights: Weights): Uint8Array {
  const { operators } = recipe.export;
  return deployArchitecture(architecture, weights, {
    ...recipe.input,
    normalisation,
    ...(operators ? { operators } : {}),
  });
}
