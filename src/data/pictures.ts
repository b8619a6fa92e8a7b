// Pictures as users give them and want them back: decoded upright at full size, encoded by the ending of their name.
import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { UserError } from '../lib/errors.ts';
import { normalization } from '../lib/normalization.ts';
import type { Sides } from '../lib/resize.ts';

/** [height * width * 3], sRGB, 0 to 255. */
export interface RgbPicture extends Sides {
  readonly rgb: Uint8Array;
}

/**
 * Decodes a photo, turned upright as its EXIF data say; transparent parts are black.
 * @throws UserError when it cannot be decoded
 */
export async function decodePicture(path: string): Promise<RgbPicture> {
  const { data, info } = await decode(path, sharp(path).rotate());
  return { rgb: data, height: info.height, width: info.width };
}

/** Resizes as networks are fed: bilinearly, over all pixels that a smaller one covers; the aspect is not kept. */
export async function resizePicture({ rgb, height, width }: RgbPicture, to: Sides): Promise<RgbPicture> {
  if (height === to.height && width === to.width) return { rgb, height, width };
  const data = await sharp(rgb, { raw: { height, width, channels: 3 } })
    .resize(to.width, to.height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return { rgb: data, height: to.height, width: to.width };
}

/** A photo that fills the given size, cropped in the middle: a background. */
export async function coverPicture(path: string, { height, width }: Sides): Promise<Uint8Array> {
  const { data } = await decode(path, sharp(path).rotate().resize(width, height, { fit: 'cover' }));
  return data;
}

/** The pixels of a picture as RGB. @throws UserError when it cannot be decoded */
async function decode(path: string, picture: Sharp): Promise<{ data: Buffer; info: OutputInfo }> {
  try {
    return await picture.flatten().toColorspace('srgb').raw().toBuffer({ resolveWithObject: true });
  } catch (error) {
    throw new UserError(`${path}: cannot be decoded (${(error as Error).message})`);
  }
}

/** [3, height, width], normalized as in training. */
export function toPlanes({ rgb, height, width }: RgbPicture): Float32Array {
  const pixels = height * width;
  const planes = new Float32Array(3 * pixels);
  for (let c = 0; c < 3; c++) {
    const [scale, shift] = [1 / (255 * normalization.std[c]!), normalization.mean[c]! / normalization.std[c]!];
    for (let i = 0; i < pixels; i++) planes[c * pixels + i] = rgb[3 * i + c]! * scale - shift;
  }
  return planes;
}

/** Brightness of a picture (ITU-R BT.601), [height * width], 0 to 255. */
export function lumaOf({ rgb, height, width }: RgbPicture): Uint8Array {
  const luma = new Uint8Array(height * width);
  for (let i = 0; i < luma.length; i++)
    luma[i] = 0.299 * rgb[3 * i]! + 0.587 * rgb[3 * i + 1]! + 0.114 * rgb[3 * i + 2]!;
  return luma;
}

/** How pictures are written. JPEG has no alpha. */
export type PictureFormat = 'png' | 'webp' | 'jpeg';

/**
 * Encodes a picture.
 * @param data [height * width * channels]; 1: gray, 3: RGB, 4: RGB and alpha
 */
export async function encodePicture(
  data: Uint8Array,
  { height, width }: Sides,
  channels: 1 | 3 | 4,
  format: PictureFormat,
): Promise<Uint8Array> {
  const image = sharp(data, { raw: { height, width, channels } });
  const typed = channels === 1 ? image.toColorspace('b-w') : image;
  if (format === 'jpeg') return typed.jpeg({ quality: 92 }).toBuffer();
  return format === 'png' ? typed.png().toBuffer() : typed.webp({ quality: 92, alphaQuality: 100 }).toBuffer();
}
