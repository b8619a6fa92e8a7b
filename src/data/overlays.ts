// A photo for the report page with two masks to lay over it: the true one and what a network saw. All three as small as they can be and still be read.
import sharp from 'sharp';
import { underCenter } from '../lib/resize.ts';
import type { Tile } from './contact-sheet.ts';
import { MaskValue } from './images.ts';

/** The longer side in pixels. */
const side = 240;
/**
 * Bytes of one photo. With its masks (about 1 kB each) and nine photos, base64 included, pictures take at most 110 kB of the page's 300.
 */
const photoBytes = 7000;
const qualities = [70, 55, 40, 25, 10];

/** Okabe and Ito's green and vermilion, which the color-blind tell apart; gray where nothing is known. */
const colors = {
  truth: [0, 158, 115, 150],
  prediction: [213, 94, 0, 150],
  ignored: [128, 128, 128, 200],
} as const;
const clear = [0, 0, 0, 0] as const;

export interface Overlay {
  readonly width: number;
  readonly height: number;
  /** Addresses that hold the pictures themselves. */
  readonly photo: string;
  readonly truth: string;
  readonly prediction: string;
}

/** Draws a photo and both masks at one size. */
export async function drawOverlay({ image, mask, person }: Tile): Promise<Overlay> {
  const resized = sharp(image).resize(side, side, { fit: 'inside', withoutEnlargement: true });
  const { data, info } = await resized.flatten().toColorspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const at = (x: number, y: number): number =>
    underCenter(y, height, mask.height) * mask.width + underCenter(x, width, mask.width);
  const draw = (colorAt: (pixel: number) => readonly number[]): Promise<string> => {
    const pixels = Buffer.from(
      Array.from({ length: width * height }, (_, i) => colorAt(at(i % width, Math.floor(i / width)))).flat(),
    );
    const raw = { width, height, channels: 4 as const };
    return sharp(pixels, { raw })
      .png({ palette: true, colors: 4, dither: 0, effort: 10 })
      .toBuffer()
      .then(address('png'));
  };
  return {
    width,
    height,
    photo: address('webp')(await smallest(data, width, height)),
    truth: await draw((pixel) => {
      const label = mask.data[pixel]!;
      return label === MaskValue.ignore ? colors.ignored : label === MaskValue.person ? colors.truth : clear;
    }),
    prediction: await draw((pixel) => (person[pixel] === 1 ? colors.prediction : clear)),
  };
}

/** The best quality that the budget allows; the worst one where it allows none. */
async function smallest(data: Buffer, width: number, height: number): Promise<Buffer> {
  let encoded = data;
  for (const quality of qualities) {
    encoded = await sharp(data, { raw: { width, height, channels: 3 } })
      .webp({ quality, effort: 6 })
      .toBuffer();
    if (encoded.length <= photoBytes) break;
  }
  return encoded;
}

const address =
  (type: 'png' | 'webp') =>
  (bytes: Buffer): string =>
    `data:image/${type};base64,${bytes.toString('base64')}`;
