// Stage 5: trains one network by the recipe, from the seed or from inherited weights, and exports it.

import { normalisation } from '../../data/augment.ts';
import { stepsPerEpoch } from '../../data/batches.ts';
import { deployArchitecture } from '../../network/deploy.ts';
import { networkModules } from '../../network/modules.ts';
import type { Architecture } from '../../network/types.ts';
import { runLoop } from '../../training/loop.ts';
import { createParameters } from '../../training/parameters.ts';
import { modulesOf } from '../../training/step.ts';
import { type Context, checkpointEveryMs, type RunData, trainingBatches } from '../context.ts';
import { withEngine } from './supernet.ts';

export interface TrainedNetwork {
  readonly architecture: Architecture;
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly model: Uint8Array;
  readonly seconds: number;
  readonly epochs: number;
  readonly dataWaitShare: number;
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
  const { recipe, folder, progress } = context;
  const { batch, epochs, optimizer, schedule, ema } = recipe.train;
  const path = networkModules(architecture, recipe.input);
  const parameters = createParameters(recipe.seed, inherited);
  for (const module of modulesOf(path)) parameters.ensure(module);
  const batches = trainingBatches(context, data.dataset.folder, data.dataset.train, batch, 'train');
  const steps = epochs * stepsPerEpoch(batches.spec);
  const { name } = architecture;
  const result = await withEngine(context, batch, parameters, async (executor, loss) => {
    let stage: ReturnType<typeof progress.stage> | undefined;
    const finished = await runLoop({
      spec: { steps, optimiser: optimizer, schedule, ema },
      parameters,
      executor,
      loss,
      paths: { at: () => path, state: () => '', restore: () => {} },
      openBatches: batches.open,
      checkpoint: folder.checkpoint(`train-${name}.safetensors`),
      checkpointEveryMs,
      signal: context.signal,
      onStep: ({ step, loss: value }) => {
        stage ??= progress.stage(`training ${name}`, steps, 'steps', step - 1);
        stage.update(step, `loss ${value.toFixed(3)}`);
      },
    });
    stage?.done(`loss ${finished.loss.toFixed(3)}, ${((steps * batch) / finished.seconds).toFixed(0)} images/s`);
    return finished;
  });
  folder.log(
    `trained ${name}: ${steps} steps, ${((steps * batch) / result.seconds).toFixed(1)} images/s, ` +
      `${(100 * result.dataWaitShare).toFixed(1)} % waiting for data, loss ${result.loss.toFixed(4)}`,
  );
  const { operators } = recipe.export;
  const model = deployArchitecture(architecture, result.weights, {
    ...recipe.input,
    normalisation,
    ...(operators ? { operators } : {}),
  });
  const { weights, seconds, dataWaitShare } = result;
  return { architecture, weights, model, seconds, epochs, dataWaitShare };
}
