// The accuracy of an exported model: the deployed graph itself on whole images, at the masks' own resolution.
import { loadEvaluation } from '../data/batches.ts';
import { addCounts, type Counts, countPixels, type Iou, iouOf } from '../metrics/miou.ts';
import { createSession } from '../runtime/session.ts';
import { tensor } from '../runtime/tensors.ts';

/** IoU over all images, and the pixels counted on each, in the order of the ids. */
export interface Accuracy extends Iou {
  readonly images: readonly Counts[];
}

export interface ScoreSettings {
  readonly folder: string;
  readonly ids: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly threads: number;
  readonly signal: AbortSignal;
}

/** mIoU of a model made by `deployArchitecture` over the given images. */
export async function scoreModel(
  model: Uint8Array,
  { folder, ids, height, width, threads, signal }: ScoreSettings,
): Promise<Accuracy> {
  const session = await createSession(model, { threads, takesTurns: true });
  try {
    const images: Counts[] = [];
    for await (const batch of loadEvaluation(folder, ids, height, width)) {
      signal.throwIfAborted();
      const result = await session.run({ image: tensor(batch.images, [batch.masks.length, 3, height, width]) });
      const probability = result.probability!.data as Float32Array;
      batch.masks.forEach((mask, i) => {
        const one = probability.subarray(i * height * width, (i + 1) * height * width);
        images.push(countPixels(one, [height, width], mask.data, [mask.height, mask.width]));
      });
    }
    return { ...iouOf(addCounts(images)), images };
  } finally {
    await session.release();
  }
}
