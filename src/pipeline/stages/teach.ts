// Teachers: what other segmentation models say of the training photos, once a photo, kept in the run folder as pictures.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { describeFacts } from '../../contracts/model.ts';
import type { Recipe } from '../../contracts/recipe.ts';
import { loadEvaluation } from '../../data/batches.ts';
import type { Photo } from '../../data/images.ts';
import { canonicalJson } from '../../lib/canonical.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { openSegmentation, type PersonMaps, type SegmentationModel } from '../../runtime/segmentation.ts';
import { type Context, say } from '../context.ts';
import { readModelBytes } from '../model-file.ts';

type Teacher = NonNullable<Recipe['teacher']>['models'][number];

/**
 * The photos with what the recipe's teachers say of them; maps that the run folder holds already are not made again.
 * @throws UserError when a teacher cannot be read or is no segmentation model
 */
export async function teachStage(context: Context, photos: readonly Photo[]): Promise<readonly Photo[]> {
  const { teacher } = context.recipe;
  if (!teacher) return photos;
  const maps = photos.map((): string[] => []);
  for (const model of teacher.models) {
    const made = await mapsOf(context, model, photos);
    made.forEach((path, i) => {
      maps[i]!.push(path);
    });
  }
  return photos.map((photo, i) => ({ ...photo, teaching: { maps: maps[i]!, weight: teacher.weight } }));
}

/** The paths of a teacher's maps, all of them made. */
async function mapsOf(context: Context, { file, ...settings }: Teacher, photos: readonly Photo[]): Promise<string[]> {
  const { progress, folder, signal, recipe } = context;
  const bytes = await readModelBytes(file);
  // The key is a hash of the contents: a file that has changed since gets new maps.
  const key = createHash('sha256').update(bytes).update(canonicalJson(settings)).digest('hex').slice(0, 16);
  const path = ({ id }: Photo): string => join(folder.teacher(key), `${id.replaceAll('/', '--')}.png`);
  const missing = photos.filter((photo) => !existsSync(path(photo)));
  if (missing.length > 0) {
    const model = await openSegmentation({ name: file, bytes }, settings, recipe.threads);
    try {
      say(context, `teacher ${basename(file)}: ${describeFacts(model.facts)}`);
      const stage = progress.stage(`asking teacher ${basename(file)}`, missing.length, 'photos');
      let done = 0;
      for await (const batch of loadEvaluation(missing, model.height, model.width)) {
        signal.throwIfAborted();
        const { probability, height, width } = await predictBothWays(model, batch.images);
        for (let i = 0; i < batch.ids.length; i++) {
          const one = probability.subarray(i * height * width, (i + 1) * height * width);
          const levels = Uint8Array.from(one, (p) => Math.round(255 * Math.min(1, Math.max(0, p))));
          const png = await sharp(levels, { raw: { width, height, channels: 1 } })
            .png({ compressionLevel: 4 })
            .toBuffer();
          await writeFileAtomic(path(missing[done++]!), png);
        }
        stage.update(done);
      }
      stage.done();
    } finally {
      await model.release();
    }
  }
  return photos.map(path);
}

/** The mean of what a model says of photos and of their mirror images: better than either, and asked for once a photo. */
async function predictBothWays(model: SegmentationModel, images: Float32Array): Promise<PersonMaps> {
  const { height, width } = model;
  const maps = await model.predict({ images, height, width });
  const mirrored = await model.predict({ images: mirror(images, width), height, width });
  const back = mirror(mirrored.probability, maps.width);
  return { ...maps, probability: maps.probability.map((p, i) => (p + back[i]!) / 2) };
}

/** Rows of `width` values, each turned around. */
function mirror(values: Float32Array, width: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += width) turned.set(values.slice(row, row + width).reverse(), row);
  return turned;
}
