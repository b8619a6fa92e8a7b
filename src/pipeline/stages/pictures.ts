// Pictures of what a model sees on some photos: a sheet of those that it does worst on, and overlays for the report page.
import { join } from 'node:path';
import type { ModelSettings } from '../../contracts/model.ts';
import { type PagePhotos, photosFile } from '../../contracts/page.ts';
import { loadEvaluation } from '../../data/batches.ts';
import { drawSheet, type Tile } from '../../data/contact-sheet.ts';
import type { Photo } from '../../data/images.ts';
import { drawOverlay } from '../../data/overlays.ts';
import type { ModelSource } from '../../graph/image-model.ts';
import { writeFileAtomic, writeJson } from '../../lib/files.ts';
import { personPixels } from '../../metrics/miou.ts';
import { openSegmentation } from '../../runtime/segmentation.ts';

const sheetName = 'worst.jpg';

/** A photo to draw. */
export interface Subject extends Pick<PagePhotos[number], 'group' | 'miou' | 'personIou'> {
  readonly photo: Photo;
}

/** Writes both into a folder. @returns the name of the sheet */
export async function drawPredictions(
  source: ModelSource,
  subjects: readonly Subject[],
  run: {
    readonly folder: string;
    readonly threads: number;
    readonly signal: AbortSignal;
    readonly settings: ModelSettings | undefined;
  },
): Promise<string> {
  const tiles = await predict(
    source,
    subjects.map(({ photo }) => photo),
    run,
  );
  const photos: PagePhotos = [];
  for (const [i, { photo, group, miou, personIou }] of subjects.entries())
    photos.push({ id: photo.id, group, miou, personIou, ...(await drawOverlay(tiles[i]!)) });
  await writeJson(join(run.folder, photosFile), { schema: 'proxyless-ci/photos@1', photos });
  const worst = tiles.filter((_, i) => subjects[i]!.group === 'worst');
  await writeFileAtomic(join(run.folder, sheetName), await drawSheet(worst));
  return sheetName;
}

async function predict(
  source: ModelSource,
  photos: readonly Photo[],
  run: { readonly threads: number; readonly signal: AbortSignal; readonly settings: ModelSettings | undefined },
): Promise<Tile[]> {
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
  return tiles;
}
