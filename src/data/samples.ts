// Samples: a photo, its mask and what teachers say of it, decoded to one size.

import sharp from 'sharp';
import { UserError } from '../lib/errors.ts';
import { type Mask, MaskValue, type Photo, readMask, type Sample, shareLabels } from './images.ts';
import { teach } from './teaching.ts';

/**
 * Decodes a photo and its mask at the given size; a side that is shorter stays as it is. The photo is resized as networks are to be fed:
 * bilinearly, over all pixels that a smaller one covers (Pillow's BILINEAR), aspect not kept. The mask becomes shares of pixels.
 * @throws UserError when a file has gone or is damaged since the data set was checked
 */
export async function loadSample(photo: Photo, width: number, height: number): Promise<{ sample: Sample; mask: Mask }> {
  const [image, drawn] = await Promise.all([
    explain(photo.image, decodeRgb(photo.image, width, height)),
    photo.mask === undefined ? undefined : explain(photo.mask, readMask(photo.mask)),
  ]);
  const mask = drawn ?? { ...image, data: new Uint8Array(image.width * image.height).fill(MaskValue.ignore) };
  const own = shareLabels(mask, image.width, image.height);
  const { teaching } = photo;
  const labels = teaching ? await explain(teaching.maps.join(', '), teach(own, image, teaching)) : own;
  return { sample: { ...image, ...labels }, mask };
}

async function decodeRgb(
  path: string,
  width: number,
  height: number,
): Promise<{ rgb: Uint8Array; width: number; height: number }> {
  const { data, info } = await sharp(path)
    .resize(width, height, { fit: 'fill', kernel: 'linear', withoutEnlargement: true, fastShrinkOnLoad: false })
    .toColorspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels instead of 3`);
  return { rgb: data, width: info.width, height: info.height };
}

async function explain<T>(path: string, decoding: Promise<T>): Promise<T> {
  try {
    return await decoding;
  } catch (error) {
    throw new UserError(`${path}: cannot be decoded (${(error as Error).message}); restore or replace it`);
  }
}
