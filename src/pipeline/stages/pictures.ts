// Pictures of what models see on some photos: a sheet of those that head does worst on, one of those that it does best on compared with another
// model, and overlays for the report page.
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

const sheetNames = { worst: 'worst.jpg', improved: 'improved.jpg' } as const;

/** A photo to draw. */
export interface Subject extends Pick<PagePhotos[number], 'group' | 'miou' | 'personIou'> {
  readonly photo: Photo;
}

export interface Pictured {
  readonly folder: string;
  readonly threads: number;
  readonly signal: AbortSignal;
}

/** A model with what is stated of it. */
export interface StatedModel {
  readonly source: ModelSource;
  readonly settings?: ModelSettings | undefined;
}

/** Writes the sheet of the worst and the overlays of all into a folder. @returns the name of the sheet */
export async function drawPredictions(
  model: StatedModel,
  subjects: readonly Subject[],
  run: Pictured,
): Promise<string> {
  const tiles = await predict(
    model,
    subjects.map(({ photo }) => photo),
    run,
  );
  const photos: PagePhotos = [];
  for (const [i, { photo, group, miou, personIou }] of subjects.entries())
    photos.push({ id: photo.id, group, miou, personIou, ...(await drawOverlay(tiles[i]!)) });
  await writeJson(join(run.folder, photosFile), { schema: 'proxyless-ci/photos@1', photos });
  const worst = tiles.filter((_, i) => subjects[i]!.group === 'worst');
  await writeFileAtomic(join(run.folder, sheetNames.worst), await drawSheet([worst]));
  return sheetNames.worst;
}

/** Writes a sheet of photos with what each of several models sees on them. @returns its name */
export async function drawImproved(
  models: readonly StatedModel[],
  photos: readonly Photo[],
  run: Pictured,
): Promise<string> {
  const networks = [];
  for (const model of models) networks.push(await predict(model, photos, run));
  await writeFileAtomic(join(run.folder, sheetNames.improved), await drawSheet(networks));
  return sheetNames.improved;
}

async function predict(
  { source, settings = {} }: StatedModel,
  photos: readonly Photo[],
  run: Pick<Pictured, 'threads' | 'signal'>,
): Promise<Tile[]> {
  const model = await openSegmentation(source, settings, run.threads);
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
