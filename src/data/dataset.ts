// Opens a data folder (images/, masks/, splits.json) and checks all of it before any work: every problem in one list.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { nearestName, UserError } from '../lib/errors.ts';
import { errorCode, readJson, readOptional } from '../lib/files.ts';
import { createRandom } from '../lib/random.ts';
import { locateImages, MaskValue, mapConcurrently, maskPath, probeImage, readMask } from './images.ts';

const splitsSchema = z.strictObject({
  train: z.array(z.string()).min(1, 'name at least one sample to train on'),
  val: z.array(z.string()).min(1, 'name at least one sample to validate on'),
});

const layout = 'expected images/ID.jpg (.jpeg, .png), masks/ID.png and splits.json with {"train": [IDs], "val": [IDs]}';
const listedProblems = 20;
// Decoding runs on libuv's pool of four threads; a few more in flight keep it busy while results are looked at.
const concurrentChecks = 6;

/** A data folder that has passed every check. */
export interface Dataset {
  readonly folder: string;
  readonly train: readonly string[];
  readonly val: readonly string[];
  /** SHA-256 (hex) over the split lists and the contents of their files: tells whether two runs saw the same data. */
  readonly fingerprint: string;
  /** ID to the photo's path. */
  readonly images: ReadonlyMap<string, string>;
}

/**
 * Opens a data folder and checks it whole: the splits against the files, and every photo and mask of the splits by decoding it.
 * EXIF orientation is not applied to photos, as masks are drawn on stored pixels.
 * @throws UserError listing every problem (the first 20 in words, the rest counted), with file and remedy
 */
export async function openDataset(folder: string): Promise<Dataset> {
  const problems: string[] = [];
  const images = await findImages(folder, problems);
  const splits = await readSplits(folder, problems);
  if (!images || !splits) throw listing(folder, problems);

  const used = new Set<string>();
  for (const [split, ids] of Object.entries(splits)) {
    const seen = new Set<string>();
    for (const id of ids) {
      const field = `${join(folder, 'splits.json')}: ${split}: "${id}"`;
      if (seen.has(id)) problems.push(`${field} is listed twice; list it once`);
      else if (used.has(id)) problems.push(`${field} is also in train; a sample belongs to one split`);
      else if (/[/\\]/.test(id)) problems.push(`${field} has a path separator; an ID is a file name without extension`);
      else if (images.has(id)) used.add(id);
      else {
        const near = nearestName(id, [...images.keys()]);
        problems.push(`${field} has no image in images/${near ? `; did you mean "${near}"?` : ''}`);
      }
      seen.add(id);
    }
  }

  const ids = [...images.keys()];
  const found = await mapConcurrently(ids, concurrentChecks, (id) => checkSample(folder, id, images, used.has(id)));
  problems.push(...found.flat());
  if (problems.length > 0) throw listing(folder, problems);

  return { folder, ...splits, fingerprint: await fingerprint(folder, splits, images), images };
}

/**
 * The fingerprint that `openDataset` gives, without decoding a file. Whether the data can be used is not looked at.
 * @throws UserError when there are no images or no readable splits
 */
export async function datasetFingerprint(folder: string): Promise<string> {
  const problems: string[] = [];
  const images = await findImages(folder, problems);
  const splits = await readSplits(folder, problems);
  if (!images || !splits) throw listing(folder, problems);
  return fingerprint(folder, splits, images);
}

/**
 * Splits training IDs by chance: one part to train weights on, one that a search may look at and training has not seen.
 * @param share of the IDs that goes to `search`, in (0, 1); both parts get at least one
 * @returns both parts in the order of `ids`
 * @throws UserError when there are fewer than two IDs
 */
export function splitHoldout(
  ids: readonly string[],
  share: number,
  seed: number,
): { supernetIds: string[]; searchIds: string[] } {
  if (ids.length < 2)
    throw new UserError('a training split of one sample cannot be shared by training and search; add more');
  const held = Math.min(ids.length - 1, Math.max(1, Math.round(ids.length * share)));
  const chosen = new Set(createRandom(seed, 'holdout').permutation(ids.length).slice(0, held));
  return {
    supernetIds: ids.filter((_, index) => !chosen.has(index)),
    searchIds: ids.filter((_, index) => chosen.has(index)),
  };
}

function listing(folder: string, problems: readonly string[]): UserError {
  const shown = problems.slice(0, listedProblems);
  if (problems.length > shown.length) shown.push(`... and ${problems.length - shown.length} more problems`);
  return new UserError(`the data set ${folder} cannot be used:\n${shown.map((line) => `  ${line}`).join('\n')}`);
}

async function findImages(folder: string, problems: string[]): Promise<Map<string, string> | undefined> {
  const kind = await stat(folder).catch((error: unknown) => errorCode(error));
  if (typeof kind !== 'object') {
    const reason = kind === 'ENOENT' ? 'no such folder' : `cannot be read (${kind})`;
    throw new UserError(`${folder}: ${reason}; ${layout}`);
  }
  if (!kind.isDirectory()) throw new UserError(`${folder}: not a folder; ${layout}`);
  try {
    const images = await locateImages(folder, (id, path) =>
      problems.push(`${path}: a second image for ID "${id}"; remove one`),
    );
    if (images.size > 0) return images;
    problems.push(`${join(folder, 'images')}: no images; ${layout}`);
  } catch (error) {
    problems.push(`${join(folder, 'images')}: cannot be listed (${errorCode(error)}); ${layout}`);
  }
  return undefined;
}

async function readSplits(folder: string, problems: string[]): Promise<z.infer<typeof splitsSchema> | undefined> {
  try {
    return await readJson(join(folder, 'splits.json'), splitsSchema);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(...error.message.split('\n'));
    return undefined;
  }
}

/** The problems of one photo and its mask. Files that no split uses are not decoded. */
async function checkSample(
  folder: string,
  id: string,
  images: ReadonlyMap<string, string>,
  used: boolean,
): Promise<string[]> {
  const imageFile = images.get(id)!;
  const maskFile = maskPath(folder, id);
  const missing = await stat(maskFile).then(
    () => false,
    () => true,
  );
  if (missing) return [`${imageFile}: has no mask; expected ${maskFile}`];
  if (!used) return [];

  const problems: string[] = [];
  const [image, mask] = await Promise.all([
    probeImage(imageFile).catch((error: Error) => {
      problems.push(`${imageFile}: cannot be decoded (${oneLine(error)}); the file may be truncated, replace it`);
    }),
    readMask(maskFile).catch((error: Error) => {
      problems.push(`${maskFile}: cannot be used (${oneLine(error)}); replace it`);
    }),
  ]);
  if (mask) {
    const odd = firstOddValue(mask.data);
    if (odd !== undefined) {
      problems.push(`${maskFile}: has the value ${odd}; valid are 0 (background), 255 (person) and 128 (ignore)`);
    }
    if (image && (image.width !== mask.width || image.height !== mask.height)) {
      const sizes = `${mask.width} x ${mask.height}, its image ${image.width} x ${image.height}`;
      problems.push(`${maskFile}: is ${sizes}; both must have one size, stored upright (EXIF orientation is ignored)`);
    }
  }
  return problems;
}

function oneLine(error: Error): string {
  return error.message.trim().replace(/\s*\n\s*/g, '; ');
}

function firstOddValue(mask: Uint8Array): number | undefined {
  const { background, ignore, person } = MaskValue;
  return mask.find((value) => value !== background && value !== person && value !== ignore);
}

async function fingerprint(
  folder: string,
  splits: z.infer<typeof splitsSchema>,
  images: ReadonlyMap<string, string>,
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([splits.train, splits.val]));
  const ids = [...splits.train, ...splits.val].sort();
  const contents = await mapConcurrently(ids, concurrentChecks, async (id) => [
    id,
    await contentHash(images.get(id) ?? join(folder, 'images', id)),
    await contentHash(maskPath(folder, id)),
  ]);
  return hash.update(JSON.stringify(contents)).digest('hex');
}

/** SHA-256 of a file, or undefined where there is none. */
async function contentHash(path: string): Promise<string | undefined> {
  const data = await readOptional(path);
  return data && createHash('sha256').update(data).digest('hex');
}
