// Scores of paths with the supernet's weights, and with batch-norm statistics of their own.
import type { Executor } from '../../autodiff/executor.ts';
import type { Parameters } from '../../autodiff/parameters.ts';
import { noAugmentation } from '../../data/augment.ts';
import { evenly } from '../../data/epochs.ts';
import type { Path } from '../../latency/types.ts';
import type { Supernet } from '../../nas/supernet.ts';
import { deployArchitecture } from '../../network/deploy.ts';
import { architectureOf } from '../../network/space.ts';
import { recalibrate } from '../../training/recalibrate.ts';
import { type RunData, type SearchContext, trainingBatches } from '../context.ts';
import { type Accuracy, scoreModel } from '../score.ts';

/** A supernet with its weights as they are. */
export interface Inheritance {
  readonly supernet: Supernet;
  readonly parameters: Parameters;
}

/**
 * Accuracy of a path with inherited weights, on photos that the supernet was not trained on.
 * @param most photos that are looked at
 */
export function inheritedScore(
  { recipe, space, backend, signal }: Pick<SearchContext, 'recipe' | 'space' | 'backend' | 'signal'>,
  data: Pick<RunData, 'supernetPhotos' | 'searchPhotos'>,
  { supernet, parameters }: Inheritance,
  most: number | undefined = recipe.derive.images,
): (executor: Executor, path: Path) => Promise<Accuracy> {
  const photos = evenly(data.searchPhotos, most);
  let batches: Promise<Float32Array[]> | undefined;
  return async (executor, path) => {
    batches ??= recalibrationBatches({ recipe, backend }, data.supernetPhotos);
    const weights = await recalibrate(executor, parameters, supernet.pathModules(path), await batches);
    const model = deployArchitecture(architectureOf(space, path, 'subnet'), weights, recipe.input);
    return scoreModel({ name: 'subnet', bytes: model }, { photos, threads: recipe.threads, signal });
  };
}

/** Plain photos that the supernet was trained on, as networks see them when they are used: [N, 3, height, width] each. */
async function recalibrationBatches(
  context: Pick<SearchContext, 'recipe' | 'backend'>,
  photos: RunData['supernetPhotos'],
): Promise<Float32Array[]> {
  const { supernet, derive } = context.recipe;
  const { open } = trainingBatches(context, photos, supernet.batch, 'recalibration', noAugmentation);
  const stream = await open(0);
  try {
    const batches: Float32Array[] = [];
    while (batches.length < derive.recalibrationBatches) batches.push((await stream.next()).images.slice());
    return batches;
  } finally {
    await stream.close();
  }
}
