// A sheet of photos with what networks saw on them: each photo, and under it the same with the mistakes of each network painted over.
import sharp from 'sharp';
import { underCenter } from '../lib/resize.ts';
import { type Mask, MaskValue } from './images.ts';

/** Pixels on the sheet: a photo's height, its largest width, and the gap between photos. */
const tileHeight = 240;
const tileWidth = 320;
const gap = 6;

/** One photo of the sheet. */
export interface Tile {
  /** Path of the photo. */
  readonly image: string;
  readonly mask: Mask;
  /** [mask's height, width], 1 where the network saw a person. */
  readonly person: Uint8Array;
}

/** Colors: a person seen where there is none, one that is there and was missed, and pixels without label; how much of them is mixed in. */
const paint = {
  false: { rgb: [230, 30, 30], share: 0.65 },
  missed: { rgb: [40, 90, 255], share: 0.65 },
  right: { rgb: [60, 220, 90], share: 0.3 },
  ignored: { rgb: [128, 128, 128], share: 0.8 },
} as const;

/**
 * Draws photos from left to right, and under them a row for each network.
 * @param networks [network][photo], of the same photos
 * @returns the sheet as JPEG
 */
export async function drawSheet(networks: readonly (readonly Tile[])[]): Promise<Buffer> {
  const layers: { input: Buffer; raw: { width: number; height: number; channels: 3 }; left: number; top: number }[] =
    [];
  let width = 0;
  for (const [row, tiles] of networks.entries()) {
    let left = 0;
    for (const tile of tiles) {
      const { photo, painted, ...size } = await drawTile(tile);
      const raw = { ...size, channels: 3 as const };
      if (row === 0) layers.push({ input: photo, raw, left, top: 0 });
      layers.push({ input: painted, raw, left, top: (row + 1) * (tileHeight + gap) });
      left += size.width + gap;
    }
    width = left - gap;
  }
  const height = (networks.length + 1) * (tileHeight + gap) - gap;
  const sheet = sharp({ create: { width, height, channels: 3, background: 'white' } });
  return sheet.composite(layers).jpeg({ quality: 85 }).toBuffer();
}

async function drawTile({ image, mask, person }: Tile) {
  const { data: photo, info } = await sharp(image)
    .resize(tileWidth, tileHeight, { fit: 'inside' })
    .toColorspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const painted = Buffer.from(photo);
  for (let y = 0; y < height; y++) {
    const row = underCenter(y, height, mask.height) * mask.width;
    for (let x = 0; x < width; x++) {
      const at = row + underCenter(x, width, mask.width);
      const color = colorOf(mask.data[at]!, person[at] === 1);
      const pixel = 3 * (y * width + x);
      if (color) for (let c = 0; c < 3; c++) painted[pixel + c]! += color.share * (color.rgb[c]! - painted[pixel + c]!);
    }
  }
  return { photo, painted, width, height };
}

function colorOf(label: number, seen: boolean) {
  if (label === MaskValue.ignore) return paint.ignored;
  if (label === MaskValue.person) return seen ? paint.right : paint.missed;
  return seen ? paint.false : undefined;
}
