// The accuracy of a model: the deployed graph itself on whole images, at the masks' own resolution.
import { describeFacts, type ModelSettings } from '../contracts/model.ts';
import { type EvaluationBatch, loadEvaluation } from '../data/batches.ts';
import type { Mask, Photo } from '../data/images.ts';
import type { ModelSource } from '../graph/image-model.ts';
import { underCenter } from '../lib/resize.ts';
import {
  type BoundaryCounts,
  boundaryIou,
  type ChangeCounts,
  changedShare,
  countBoundary,
  countChanges,
  edgeBand,
  type Size,
} from '../metrics/boundary.ts';
import { addCounts, type Counts, countPixels, type Iou, iouOf, personPixels } from '../metrics/miou.ts';
import { createSilhouette } from '../metrics/silhouette.ts';
import { openSegmentation, type PersonMaps, type SegmentationModel } from '../runtime/segmentation.ts';
import { stillFrames } from './still-frames.ts';

/** IoU over all images, and the pixels counted on each, in their order. */
export interface Accuracy extends Iou {
  readonly images: readonly Counts[];
  /** mIoU of a constant mask on the same images. */
  readonly silhouetteMiou: number;
  /** What was taken for true of the model, in one line. */
  readonly reading: string;
}

/** How a model does at the edges of people. */
export interface EdgeAccuracy {
  /** IoU of the persons' boundaries. */
  readonly boundaryIou: number;
  /** Share of the pixels around the true edge that change where the photo hardly does. */
  readonly flicker: number;
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
export function scoreModel(source: ModelSource, settings: ScoreSettings): Promise<Accuracy> {
  return scoring(source, settings, async () => {});
}

/** As `scoreModel`, and what the edges are like: five times the work. */
export async function scoreInFull(source: ModelSource, settings: ScoreSettings): Promise<Accuracy & EdgeAccuracy> {
  const boundaries: BoundaryCounts[] = [];
  const changes: ChangeCounts[] = [];
  const accuracy = await scoring(source, settings, async (model, batch, persons, maps) => {
    for (const [i, person] of persons.entries()) {
      const { data, height, width } = batch.masks[i]!;
      boundaries.push(countBoundary(person, data, [height, width]));
    }
    changes.push(...(await countFlicker(model, batch, maps)));
  });
  return { ...accuracy, boundaryIou: boundaryIou(boundaries), flicker: changedShare(changes) };
}

/** What is done with the predictions for a batch: the masks of persons at the size of the true masks, and the maps that they come from. */
type Look = (
  model: SegmentationModel,
  batch: EvaluationBatch,
  persons: readonly Uint8Array[],
  maps: PersonMaps,
) => Promise<void>;

async function scoring(
  source: ModelSource,
  { photos, threads, signal, settings = {} }: ScoreSettings,
  look: Look,
): Promise<Accuracy> {
  const model = await openSegmentation(source, settings, threads);
  try {
    const silhouette = createSilhouette();
    const images: Counts[] = [];
    for await (const batch of loadEvaluation(photos, model.height, model.width)) {
      signal.throwIfAborted();
      const maps = await model.predict({ ...batch, height: model.height, width: model.width });
      const persons = batch.masks.map((mask, i) => personPixels(mapOf(maps, i), sizeOf(maps), sizeOf(mask)));
      batch.masks.forEach((mask, i) => {
        images.push(countPixels(persons[i]!, mask.data));
        silhouette.add(mask.data, mask.height, mask.width);
      });
      await look(model, batch, persons, maps);
    }
    const reading = describeFacts(model.facts);
    return { ...iouOf(addCounts(images)), images, silhouetteMiou: silhouette.miou(), reading };
  } finally {
    await model.release();
  }
}

/** Pixels at the size of the model's input that change from a photo to each frame of the same still scene. */
async function countFlicker(
  model: SegmentationModel,
  { images, masks }: EvaluationBatch,
  before: PersonMaps,
): Promise<ChangeCounts[]> {
  const size: Size = [model.height, model.width];
  const bands = masks.map((mask) => edgeBand(nearest(mask, size), size));
  const seen = masks.map((_, i) => personPixels(mapOf(before, i), sizeOf(before), size));
  const changes: ChangeCounts[] = [];
  for (const { frames, move } of stillFrames(images, size)) {
    const after = await model.predict({ images: frames, height: model.height, width: model.width });
    for (const [i, band] of bands.entries()) {
      const person = personPixels(mapOf(after, i), sizeOf(after), size);
      changes.push(countChanges(seen[i]!, person, band, size, move));
    }
  }
  return changes;
}

const sizeOf = ({ height, width }: { readonly height: number; readonly width: number }): Size => [height, width];

const mapOf = ({ probability, height, width }: PersonMaps, i: number): Float32Array =>
  probability.subarray(i * height * width, (i + 1) * height * width);

/** A mask at another size, each pixel as the one under its center. */
function nearest(mask: Mask, [height, width]: Size): Uint8Array {
  return Uint8Array.from({ length: height * width }, (_, i) => {
    const row = underCenter(Math.floor(i / width), height, mask.height);
    return mask.data[row * mask.width + underCenter(i % width, width, mask.width)]!;
  });
}
