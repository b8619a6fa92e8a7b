// Writes what an importer found as a data folder: photos upright, masks in our values, near-identical photos in one split.
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { UserError } from '../../lib/errors.ts';
import { errorCode, explainFileError, writeFileAtomic, writeJson } from '../../lib/files.ts';
import { createRandom } from '../../lib/random.ts';
import { groupsOfLike, type PhotoHash, photoHash } from '../hash.ts';
import { type Mask, MaskValue, mapConcurrently, probeImage } from '../images.ts';
import { encodePicture } from '../pictures.ts';

/** A photo as an importer found it. */
export interface ImportedPhoto {
  /** Its name at the source, from which its ID is made. */
  readonly name: string;
  readonly image: string;
  /** Undefined where the source does not say: it is then drawn at random. */
  readonly split: 'train' | 'val' | undefined;
  /** @throws Error saying what is wrong with the mask */
  readMask(): Promise<Mask>;
}

export interface ImportSettings {
  /** Folder to write; it must not exist or be empty. */
  readonly out: string;
  /** Share of the photos that go to val where nothing says which do. */
  readonly valShare: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onPhoto?: (done: number) => void;
}

const listedProblems = 20;
const concurrent = 4;

/**
 * Writes a data folder.
 * @returns how many photos are in which split
 * @throws UserError listing every photo that cannot be used; nothing is left then
 */
export async function writeDataFolder(
  photos: readonly ImportedPhoto[],
  settings: ImportSettings,
): Promise<{ train: number; val: number }> {
  const { out } = settings;
  if (photos.length < 2)
    throw new UserError(`${out}: ${photos.length} photos to import; a data folder needs two at least`);
  const there = await readdir(out).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw explainFileError(error, out, 'write');
  });
  if (there && there.length > 0) throw new UserError(`${out}: is not empty; name a folder that does not exist yet`);
  const ids = idsOf(photos);
  for (const wanted of ['train', 'val'] as const)
    if (photos.every(({ split }) => split !== undefined && split !== wanted))
      throw new UserError(
        `${out}: no photo would be in ${wanted}; list photos for both splits, or for one of them alone`,
      );
  try {
    return await writeAll(photos, ids, settings);
  } catch (error) {
    // What was written is taken away; of a folder that was there, nothing else.
    for (const name of there ? ['images', 'masks', 'splits.json'] : ['.'])
      await rm(join(out, name), { recursive: true, force: true });
    throw explainFileError(error, out, 'write');
  }
}

async function writeAll(
  photos: readonly ImportedPhoto[],
  ids: readonly string[],
  { out, valShare, seed, signal, onPhoto }: ImportSettings,
): Promise<{ train: number; val: number }> {
  for (const folder of ['images', 'masks']) await mkdir(join(out, folder), { recursive: true });
  const problems: string[] = [];
  const hashes: PhotoHash[] = [];
  let done = 0;
  let marked = 0;
  await mapConcurrently([...photos.entries()], concurrent, async ([i, photo]) => {
    // Not thrown here: what is being written beside it must have ended before the folder is removed.
    if (signal.aborted) return;
    try {
      const { path, isMarked } = await writeOne(photo, out, ids[i]!);
      hashes[i] = await photoHash(path);
      marked += Number(isMarked);
    } catch (error) {
      problems.push(`${photo.image}: ${(error as Error).message.trim().replace(/\s*\n\s*/g, '; ')}`);
    }
    onPhoto?.(++done);
  });
  signal.throwIfAborted();
  if (problems.length > 0) {
    const more = problems.length > listedProblems ? [`... and ${problems.length - listedProblems} more`] : [];
    throw new UserError(
      `${problems.length} of ${photos.length} photos cannot be imported:\n${[...problems.sort().slice(0, listedProblems), ...more].map((line) => `  ${line}`).join('\n')}`,
    );
  }
  if (marked === 0)
    throw new UserError(`${out}: no mask marks a person; see which values the masks have, and docs/guide/data.md`);
  const splits = drawSplits(photos, ids, hashes, valShare, seed);
  await writeJson(join(out, 'splits.json'), splits);
  return { train: splits.train.length, val: splits.val.length };
}

/** File names of our own: what other systems' paths hold is replaced, and names that repeat are numbered. */
function idsOf(photos: readonly ImportedPhoto[]): string[] {
  const used = new Set<string>();
  return photos.map(({ name }) => {
    const plain = name.replace(/\.(?:jpe?g|png|webp|tiff?|avif)$/i, '').replaceAll(/[^\w.+-]+/g, '_');
    let id = plain;
    for (let n = 2; used.has(id); n++) id = `${plain}-${n}`;
    used.add(id);
    return id;
  });
}

/** @returns the path of the photo that was written, and whether its mask marks a person */
async function writeOne(
  { image, readMask }: ImportedPhoto,
  out: string,
  id: string,
): Promise<{ path: string; isMarked: boolean }> {
  const { width, height, orientation = 1, format } = await sharp(image).metadata();
  const mask = await readMask();
  const turned = orientation > 4;
  const fits = (w: number, h: number): boolean => mask.width === w && mask.height === h;
  // Masks are drawn on what people see, which is upright; some tools look at the stored pixels.
  const upright = fits(turned ? height : width, turned ? width : height);
  if (!upright && !fits(width, height))
    throw new Error(`is ${width} x ${height}, its mask ${mask.width} x ${mask.height}; both must have one size`);
  const plain = orientation === 1 && (format === 'jpeg' || format === 'png');
  const path = join(out, 'images', `${id}${plain && format === 'png' ? '.png' : '.jpg'}`);
  // Decoded whole in either case: a truncated file must be found now.
  if (plain) {
    await probeImage(image);
    await copyFile(image, path);
  } else {
    const decoder = upright ? sharp(image).autoOrient() : sharp(image);
    const flat = decoder.toColorspace('srgb').flatten({ background: 'black' });
    await writeFileAtomic(path, await flat.jpeg({ quality: 95 }).toBuffer());
  }
  await writeFileAtomic(join(out, 'masks', `${id}.png`), await encodePicture(mask.data, mask, 1, 'png'));
  return { path, isMarked: mask.data.includes(MaskValue.person) };
}

/** Photos that say which split they belong to stay there; the others are drawn, those that look alike together. */
function drawSplits(
  photos: readonly ImportedPhoto[],
  ids: readonly string[],
  hashes: readonly PhotoHash[],
  valShare: number,
  seed: number,
): { train: string[]; val: string[] } {
  const given = photos.map(({ split }) => split);
  const free = [...ids.keys()].filter((i) => given[i] === undefined);
  const wanted = Math.max(1, Math.round(valShare * free.length));
  const val = new Set([...ids.keys()].filter((i) => given[i] === 'val'));
  if (!given.some((split) => split === 'val')) {
    const groups = groupsOfLike(free.map((i) => hashes[i]!)).map((group) => group.map((k) => free[k]!));
    for (const at of createRandom(seed, 'splits').permutation(groups.length)) {
      const group = groups[at]!;
      if (val.size >= wanted) break;
      if (val.size + group.length < photos.length) for (const i of group) val.add(i);
    }
    // All photos look alike: no split keeps them together.
    if (val.size === 0) for (const i of free.slice(-wanted)) val.add(i);
  }
  return { train: ids.filter((_, i) => !val.has(i)), val: ids.filter((_, i) => val.has(i)) };
}
