// Opens data folders (images/, masks/, splits.json) and checks all of each before any work: every problem in one list.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { DataFolder } from '../contracts/recipe.ts';
import { nearestName, UserError } from '../lib/errors.ts';
import { errorCode, readJson, readOptional } from '../lib/files.ts';
import { createRandom } from '../lib/random.ts';
import { setsOf } from './epochs.ts';
import { locateImages, MaskValue, mapConcurrently, maskPath, type Photo, probeImage, readMask } from './images.ts';

const splitsSchema = z.strictObject({
  train: z.array(z.string()).min(1, 'name at least one sample to train on'),
  val: z.array(z.string()).min(1, 'name at least one sample to validate on'),
  unlabeled: z.array(z.string()).optional(),
});

type Splits = z.infer<typeof splitsSchema>;

const layout = 'expected images/ID.jpg (.jpeg, .png), masks/ID.png and splits.json with {"train": [IDs], "val": [IDs]}';
const listedProblems = 20;
// Decoding runs on libuv's pool of four threads; a few more in flight keep it busy while results are looked at.
const concurrentChecks = 6;

/** The data of a run: one folder or several, that have passed every check. */
export interface Dataset {
  readonly sets: readonly DataSet[];
  /** Of all sets in their order; those of weight 0 are not trained on. */
  readonly train: readonly Photo[];
  readonly val: readonly Photo[];
  /** Photos without masks, for a teacher. */
  readonly unlabeled: readonly Photo[];
  /** SHA-256 (hex) over the split lists, the contents of their files, and the weights: tells whether two runs saw the same data. */
  readonly fingerprint: string;
}

/** What one folder gave. */
export interface DataSet extends DataFolder {
  /** The folder's own name, with as much of the path before it as tells it from other sets. */
  readonly name: string;
  readonly train: number;
  readonly val: number;
}

/**
 * Opens data folders and checks each whole: the splits against the files, and every photo and mask of the splits by decoding it.
 * EXIF orientation is not applied to photos, as masks are drawn on stored pixels.
 * @throws UserError listing every problem of a folder (the first 20 in words, the rest counted), with file and remedy
 */
export async function openDataset(folders: readonly DataFolder[]): Promise<Dataset> {
  const names = setNames(folders);
  const opened: Awaited<ReturnType<typeof openFolder>>[] = [];
  for (const { folder } of folders) opened.push(await openFolder(folder));
  const photosOf = (split: keyof Splits): Photo[] =>
    opened.flatMap(({ images, splits }, i) =>
      (splits[split] ?? []).map((id) => ({
        id: folders.length === 1 ? id : `${names[i]}/${id}`,
        image: images.get(id)!,
        ...(split === 'unlabeled' ? {} : { mask: maskPath(folders[i]!.folder, id) }),
        set: names[i]!,
        weight: folders[i]!.weight,
      })),
    );
  return {
    sets: folders.map((folder, i) => {
      const { train, val } = opened[i]!.splits;
      return { ...folder, name: names[i]!, train: train.length, val: val.length };
    }),
    train: photosOf('train').filter(({ weight }) => weight > 0),
    val: photosOf('val'),
    unlabeled: photosOf('unlabeled').filter(({ weight }) => weight > 0),
    fingerprint: await combinedFingerprint(folders, (folder, i) => {
      const { splits, images } = opened[i]!;
      return fingerprint(folder, splits, images);
    }),
  };
}

/** The last parts of the folders' paths, as many as make them differ. */
function setNames(folders: readonly DataFolder[]): string[] {
  const paths = folders.map(({ folder }) => resolve(folder));
  const repeated = paths.find((path, i) => paths.indexOf(path) < i);
  if (repeated !== undefined)
    throw new UserError(`data: ${repeated} is given twice; give each folder once, with a weight`);
  for (let parts = 1; ; parts++) {
    const names = paths.map((path) => path.split(sep).slice(-parts).join('/'));
    if (new Set(names).size === names.length) return names;
  }
}

/** Opens and checks one folder. */
async function openFolder(folder: string): Promise<{ images: ReadonlyMap<string, string>; splits: Splits }> {
  const problems: string[] = [];
  const images = await findImages(folder, problems);
  const splits = await readSplits(folder, problems);
  if (!images || !splits) throw listing(folder, problems);

  const used = new Set<string>();
  for (const [split, ids = []] of Object.entries(splits)) {
    const seen = new Set<string>();
    for (const id of ids) {
      const field = `${join(folder, 'splits.json')}: ${split}: "${id}"`;
      if (seen.has(id)) problems.push(`${field} is listed twice; list it once`);
      else if (used.has(id)) problems.push(`${field} is in another split too; a sample belongs to one`);
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
  const unlabeled = new Set(splits.unlabeled);
  const found = await mapConcurrently(ids, concurrentChecks, (id) =>
    checkSample(folder, id, images, { used: used.has(id), unlabeled: unlabeled.has(id) }),
  );
  problems.push(...found.flat());
  if (problems.length > 0) throw listing(folder, problems);

  return { images, splits };
}

/**
 * The fingerprint that `openDataset` gives, without decoding a file. Whether the data can be used is not looked at.
 * @throws UserError when there are no images or no readable splits
 */
export const datasetFingerprint = (folders: readonly DataFolder[]): Promise<string> =>
  combinedFingerprint(folders, folderFingerprint);

async function combinedFingerprint(
  folders: readonly DataFolder[],
  fingerprintOf: (folder: string, index: number) => Promise<string>,
): Promise<string> {
  const each: (readonly [fingerprint: string, weight: number])[] = [];
  for (const [i, { folder, weight }] of folders.entries()) each.push([await fingerprintOf(folder, i), weight]);
  const [[only, weight] = []] = each;
  if (each.length === 1 && weight === 1) return only!;
  return createHash('sha256').update(JSON.stringify(each)).digest('hex');
}

async function folderFingerprint(folder: string): Promise<string> {
  const problems: string[] = [];
  const images = await findImages(folder, problems);
  const splits = await readSplits(folder, problems);
  if (!images || !splits) throw listing(folder, problems);
  return fingerprint(folder, splits, images);
}

/**
 * Splits training photos by chance, those of each set by themselves: one part to train weights on, one that a search may look at and
 * training has not seen.
 * @param share of each set that goes to `search`, in (0, 1); both parts get at least one
 * @returns both parts in the order of `photos`
 * @throws UserError when a set has fewer than two
 */
export function splitHoldout(
  photos: readonly Photo[],
  share: number,
  seed: number,
): { supernetPhotos: Photo[]; searchPhotos: Photo[] } {
  const chosen = new Set<Photo>();
  for (const set of setsOf(photos)) {
    if (set.length < 2)
      throw new UserError(
        `data set ${set[0]!.set}: a training split of one sample cannot be shared by training and search; add more`,
      );
    const held = Math.min(set.length - 1, Math.max(1, Math.round(set.length * share)));
    for (const index of createRandom(seed, 'holdout').permutation(set.length).slice(0, held)) chosen.add(set[index]!);
  }
  return {
    supernetPhotos: photos.filter((photo) => !chosen.has(photo)),
    searchPhotos: photos.filter((photo) => chosen.has(photo)),
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

async function readSplits(folder: string, problems: string[]): Promise<Splits | undefined> {
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
  { used, unlabeled }: { readonly used: boolean; readonly unlabeled: boolean },
): Promise<string[]> {
  const imageFile = images.get(id)!;
  const undecodable = (error: Error): string =>
    `${imageFile}: cannot be decoded (${oneLine(error)}); the file may be truncated, replace it`;
  if (unlabeled)
    return probeImage(imageFile).then(
      () => [],
      (error: Error) => [undecodable(error)],
    );
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
      problems.push(undecodable(error));
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

async function fingerprint(folder: string, splits: Splits, images: ReadonlyMap<string, string>): Promise<string> {
  const { train, val, unlabeled } = splits;
  const hash = createHash('sha256').update(JSON.stringify(unlabeled ? [train, val, unlabeled] : [train, val]));
  const ids = [...train, ...val, ...(unlabeled ?? [])].sort();
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
