// A picture of what a model sees on some photos.
import { join } from 'node:path';
import type { ModelSettings } from '../../contracts/model.ts';
import { loadEvaluation } from '../../data/batches.ts';
import { drawSheet, type Tile } from '../../data/contact-sheet.ts';
import type { Photo } from '../../data/images.ts';
import type { ModelSource } from '../../graph/image-model.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { personPixels } from '../../metrics/miou.ts';
import { openSegmentation } from '../../runtime/segmentation.ts';

const pictureName = 'worst.jpg';

/** Writes the picture into a folder. @returns its name */
export async function drawPredictions(
  source: ModelSource,
  photos: readonly Photo[],
  run: {
    readonly folder: string;
    readonly threads: number;
    readonly signal: AbortSignal;
    readonly settings: ModelSettings | undefined;
  },
): Promise<string> {
  const model = await openSegmentation(source, run.settings ?? {}, run.threads);
  const tiles: Tile[] = [];
  try {
    for await (const { images, masks } of loadEvaluation(photos, model.height, model.width, 1)) {
      run.signal.throwIfAborted();
      const map = await model.predict({ images, height: model.height, width: model.width });
      const [mask] = masks as [(typeof masks)[number]];
      const person = personPixels(map.probability, [map.height, map.width], [mask.height, mask.width]);
      tiles.push({ image: photos[tiles.length]!.image, mask, person });
    }
  } finally {
    await model.release();
  }
  await writeFileAtomic(join(run.folder, pictureName), await drawSheet(tiles));
  return pictureName;
}
