// The exported model against the training graph in evaluation form, on real images: an export that computes something else is a bug.

import { createParameters } from '../autodiff/parameters.ts';
import { loadEvaluation } from '../data/batches.ts';
import { networkModules } from '../network/modules.ts';
import { createSession } from '../runtime/session.ts';
import { tensor } from '../runtime/tensors.ts';
import { predict } from '../training/predict.ts';
import { modulesOf } from '../training/step.ts';
import type { Context, RunData } from './context.ts';
import type { TrainedNetwork } from './stages/train.ts';

/** Largest difference of probabilities that rounding explains. */
const tolerance = 1e-4;
const images = 4;

/**
 * Compares probabilities of the exported model with those of the training graph on images of val.
 * @throws Error when they differ by more than 1e-4
 */
export async function verifyExport(
  context: Context,
  data: RunData,
  { architecture, weights, model }: TrainedNetwork,
): Promise<void> {
  const { recipe, backend, folder } = context;
  const { input = recipe.input } = architecture;
  const { height, width } = input;
  const path = networkModules(architecture, input);
  const parameters = createParameters(recipe.seed, weights);
  for (const module of modulesOf(path)) parameters.ensure(module);
  const photos = data.dataset.val.slice(0, images);
  const session = await createSession(model, { threads: recipe.threads, takesTurns: true });
  let largest = 0;
  try {
    for await (const batch of loadEvaluation(photos, height, width, photos.length)) {
      const exported = (await session.run({ image: tensor(batch.images, [photos.length, 3, height, width]) }))
        .probability!.data as Float32Array;
      const expected = await predict(
        { backend, batch: photos.length, threads: recipe.threads, parameters },
        path,
        batch.images,
        input,
      );
      expected.forEach((p, i) => {
        largest = Math.max(largest, Math.abs(p - exported[i]!));
      });
    }
  } finally {
    await session.release();
  }
  folder.log(
    `export of ${architecture.name}: probabilities within ${largest.toExponential(1)} of the training graph's`,
  );
  if (!(largest <= tolerance))
    throw new Error(`the exported ${architecture.name} differs from the training graph by ${largest}`);
}
