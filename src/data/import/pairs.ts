// Two folders, photos and masks of the same names: masks as zeros and ones, as black and white, as mattes, or in the alpha channel.
import { join } from 'node:path';
import sharp from 'sharp';
import { UserError } from '../../lib/errors.ts';
import { type Mask, MaskValue } from '../images.ts';
import { namesIn } from './voc.ts';
import type { ImportedPhoto } from './write.ts';

/** What masks are called beside the photo's name. */
const suffix = /[-_. ]?(?:mask|matte|seg|segmentation|label|alpha|gt)$/i;

/**
 * The photos of a folder, each with the mask of its name in another folder.
 * @param nameOf what the mask of a photo is called, without ending
 * @throws UserError listing photos without mask
 */
export async function readPairs(
  images: string,
  masks: string,
  nameOf: (photo: string) => string = (photo) => photo,
): Promise<ImportedPhoto[]> {
  const byName = new Map<string, string>();
  for (const [stem, name] of await namesIn(masks, 'give the folder of masks')) {
    byName.set(stem, name);
    const plain = stem.replace(suffix, '');
    if (plain !== '' && !byName.has(plain)) byName.set(plain, name);
  }
  const photos = [...(await namesIn(images, 'give the folder of photos'))];
  if (photos.length === 0) throw new UserError(`${images}: no photos (.jpg, .png, .webp, .tif, .avif, .gif)`);
  const alone = photos.filter(([stem]) => !byName.has(nameOf(stem))).map(([, name]) => join(images, name));
  if (alone.length > 0) {
    const more = alone.length > 10 ? ` and ${alone.length - 10} more` : '';
    throw new UserError(`${masks}: no mask of the same name for ${alone.slice(0, 10).join(', ')}${more}`);
  }
  return photos.map(([stem, name]) => {
    const mask = join(masks, byName.get(nameOf(stem))!);
    return { name: stem, image: join(images, name), split: undefined, readMask: () => readAnyMask(mask) };
  });
}

/**
 * A mask of any of the usual kinds. Gray values from 128 on are the person; 128 itself is "ignore" where there are only 0, 128 and 255.
 * @throws Error when it is a photo or a map of classes
 */
export async function readAnyMask(path: string): Promise<Mask> {
  const { depth, format, hasAlpha } = await sharp(path).metadata();
  const {
    width,
    height,
    data: gray,
  } = await (depth === 'ushort' && !hasAlpha ? readDeepMask(path) : readShallowMask(path));
  const values = new Set(gray);
  const known = [MaskValue.background, MaskValue.ignore, MaskValue.person] as const;
  const exact = [...values].every((value) => (known as readonly number[]).includes(value));
  const bits = [...values].every((value) => value <= 1);
  const greatest = Math.max(...values);
  if (values.size === 3 && [0, 1, 255].every((value) => values.has(value)))
    throw new Error('holds 0, 1 and 255, which may be a class and "ignore"; make the person 255 and "ignore" 128');
  // JPEG leaves a little around black.
  if (!bits && greatest < 128 && format !== 'jpeg')
    throw new Error(
      `has no value above ${greatest}, like a map of classes; give masks of the person alone, black and white`,
    );
  const mask = gray.map((value) => {
    if (exact) return value;
    return bits ? 255 * value : value >= 128 ? MaskValue.person : MaskValue.background;
  });
  return { width, height, data: mask };
}

/** 16 bits a pixel; small numbers in them are meant as they are. */
async function readDeepMask(path: string): Promise<Mask> {
  const { data, info } = await sharp(path)
    .toColorspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const deep = new Uint16Array(data.buffer, data.byteOffset, info.width * info.height);
  const shift = deep.some((value) => value > 255) ? 8 : 0;
  return { width: info.width, height: info.height, data: Uint8Array.from(deep, (value) => value >> shift) };
}

async function readShallowMask(path: string): Promise<Mask> {
  const { data, info } = await sharp(path)
    .toColorspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = info.width * info.height;
  const gray = new Uint8Array(pixels);
  let colored = 0;
  let transparent = false;
  for (let i = 0; i < pixels; i++) {
    const [r, g, b] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!];
    // JPEG's colors are off by a little.
    if (Math.max(r, g, b) - Math.min(r, g, b) > 12) colored++;
    if (data[4 * i + 3]! < 255) transparent = true;
  }
  for (let i = 0; i < pixels; i++) gray[i] = data[4 * i + (transparent ? 3 : 1)]!;
  if (colored > 0.01 * pixels && !transparent)
    throw new Error('is in color: a photo, or a map of classes; give masks of the person alone, black and white');
  return { width: info.width, height: info.height, data: gray };
}
