// The accuracy of a model: the deployed graph itself on whole images, at the masks' own resolution.
import { describeFacts, type ModelSettings } from '../contracts/model.ts';
import { loadEvaluation } from '../data/batches.ts';
import type { Photo } from '../data/images.ts';
import type { ModelSource } from '../graph/image-model.ts';
import { addCounts, type Counts, countPixels, type Iou, iouOf } from '../metrics/miou.ts';
import { createSilhouette } from '../metrics/silhouette.ts';
import { openSegmentation } from '../runtime/segmentation.ts';

/** IoU over all images, and the pixels counted on each, in their order. */
export interface Accuracy extends Iou {
  readonly images: readonly Counts[];
  /** mIoU of a constant mask on the same images. */
  readonly silhouetteMiou: number;
  /** What was taken for true of the model, in one line. */
  readonly reading: string;
}

export interface ScoreSettings {
  readonly photos: readonly Photo[];
  readonly threads: number;
  readonly signal: AbortSignal;
  /** What is stated of a model that says nothing of itself. */
  readonly settings?: ModelSettings | undefined;
}

/**
 * Accuracy of any segmentation model over the given images.
 * @throws UserError when the model takes no photos, or its output is not a mask
 */
export async function scoreModel(
  source: ModelSource,
  { photos, threads, signal, settings = {} }: ScoreSettings,
): Promise<Accuracy> {
  const model = await openSegmentation(source, settings, threads);
  try {
    const silhouette = createSilhouette();
    const images: Counts[] = [];
    for await (const batch of loadEvaluation(photos, model.height, model.width)) {
      signal.throwIfAborted();
      const { probability, height, width } = await model.predict({
        ...batch,
        height: model.height,
        width: model.width,
      });
      batch.masks.forEach((mask, i) => {
        const one = probability.subarray(i * height * width, (i + 1) * height * width);
        images.push(countPixels(one, [height, width], mask.data, [mask.height, mask.width]));
        silhouette.add(mask.data, mask.height, mask.width);
      });
    }
    const reading = describeFacts(model.facts);
    return { ...iouOf(addCounts(images)), images, silhouetteMiou: silhouette.miou(), reading };
  } finally {
    await model.release();
  }
}
