// Varied synthetic portraits with exact masks, for fixtures and tests: a person drawn over clutter, then lit, blurred and made noisy.
// Drawn as SVG; the mask is the person layer's own coverage, so it fits by construction.
import { join } from 'node:path';
import sharp from 'sharp';
import { writeFileAtomic, writeJson } from '../base/files.ts';
import { createRandom, type Random } from '../base/random.ts';
import { MaskValue, mapConcurrently } from './images.ts';
import { drawBackdrop } from './synthetic-backdrop.ts';
import { drawPerson } from './synthetic-person.ts';

/** Photos are drawn at this multiple and shrunk, for smooth edges and textures. */
const supersampling = 2;
/** The share of portraits whose mask leaves out a thin band along the hair, as annotators do. */
const hairBandShare = 0.25;

/**
 * Draws one portrait.
 * @param random its state decides everything that is drawn
 * @returns rgb [height, width, 3] and mask [height, width] with 0 background, 255 person, 128 ignore
 */
export async function makePortrait(
  random: Random,
  width: number,
  height: number,
): Promise<{ rgb: Uint8Array; mask: Uint8Array }> {
  const person = drawPerson(random, width, height);
  const backdrop = drawBackdrop(random, width, height, person.palette);
  const defocus = random.uniform() < 0.6 ? 0.3 + 2.2 * random.uniform() : 0;
  const [front, back] = await Promise.all([
    rasterise(person.svg, width, height, 0),
    rasterise(backdrop, width, height, (defocus * width) / 128),
  ]);

  const linear = new Float32Array(width * height * 3);
  const mask = new Uint8Array(width * height);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const alpha = front[pixel * 4 + 3]! / 255;
    for (let c = 0; c < 3; c++) {
      linear[pixel * 3 + c] = front[pixel * 4 + c]! * alpha + back[pixel * 4 + c]! * (1 - alpha);
    }
    mask[pixel] = alpha >= 0.5 ? MaskValue.person : MaskValue.background;
  }
  const band = random.uniform() < hairBandShare;
  if (band) ignoreEdges(mask, width, height, person.chinY);
  return { rgb: await expose(linear, width, height, random), mask };
}

/**
 * Writes a data folder of synthetic portraits: images/ID.jpg, masks/ID.png, splits.json.
 * @param set sizes of the splits and of each portrait in pixels; equal seeds give equal portraits
 * @throws UserError when the disk is full or the folder cannot be written
 */
export async function writePortraitSet(
  folder: string,
  set: {
    readonly train: number;
    readonly val: number;
    readonly width: number;
    readonly height: number;
    readonly seed: number;
  },
): Promise<void> {
  const { width, height } = set;
  const ids = Array.from({ length: set.train + set.val }, (_, index) => String(index + 1).padStart(4, '0'));
  // Seeds from one stream rather than the IDs as labels: labels that differ in one digit begin with like numbers.
  const seeds = createRandom(set.seed, 'portraits');
  const portraits = ids.map((id) => ({ id, random: createRandom(set.seed, 'portrait', seeds.int(2 ** 32)) }));
  await mapConcurrently(portraits, 2, async ({ id, random }) => {
    const { rgb, mask } = await makePortrait(random, width, height);
    const jpeg = sharp(rgb, { raw: { width, height, channels: 3 } }).jpeg({ quality: 85 });
    const png = sharp(mask, { raw: { width, height, channels: 1 } })
      .toColourspace('b-w')
      .png({ compressionLevel: 9 });
    await writeFileAtomic(join(folder, 'images', `${id}.jpg`), await jpeg.toBuffer());
    await writeFileAtomic(join(folder, 'masks', `${id}.png`), await png.toBuffer());
  });
  await writeJson(join(folder, 'splits.json'), { train: ids.slice(0, set.train), val: ids.slice(set.train) });
}

/** [height, width, 4] RGBA, colours not multiplied by alpha. */
async function rasterise(svg: string, width: number, height: number, blur: number): Promise<Uint8Array> {
  let layer = sharp(Buffer.from(svg), { density: 72 * supersampling }).resize(width, height, { fit: 'fill' });
  if (blur >= 0.3) layer = layer.blur(blur);
  return layer.ensureAlpha().raw().toBuffer();
}

/** Marks the pixels beside the outline above `bottom` as ignore. */
function ignoreEdges(mask: Uint8Array, width: number, height: number, bottom: number): void {
  const labels = mask.slice();
  for (let y = 1; y < Math.min(height - 1, bottom); y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const label = labels[i];
      const atEdge = [i - 1, i + 1, i - width, i + width].some((neighbour) => labels[neighbour] !== label);
      if (atEdge) mask[i] = MaskValue.ignore;
    }
  }
}

/** Light from one side, exposure, contrast, colour cast, vignette, softness and sensor noise. */
async function expose(pixels: Float32Array, width: number, height: number, random: Random): Promise<Uint8Array> {
  const angle = 2 * Math.PI * random.uniform();
  const slope = 0.35 * random.uniform();
  const exposure = 0.7 + 0.6 * random.uniform();
  const gamma = 0.75 + 0.4 * random.uniform();
  const warmth = 0.14 * (2 * random.uniform() - 1);
  const tint = 0.06 * (2 * random.uniform() - 1);
  const gains = [1 + warmth, 1 + tint, 1 - warmth];
  const vignette = random.uniform() < 0.4 ? 0.35 * random.uniform() : 0;
  const noise = random.uniform() < 0.7 ? 7 * random.uniform() : 0;
  const softness = random.uniform() < 0.3 ? 0.3 + 0.5 * random.uniform() : 0;

  const exposed = new Uint8ClampedArray(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = (2 * x) / width - 1;
      const v = (2 * y) / height - 1;
      const light =
        exposure * (1 + slope * (u * Math.cos(angle) + v * Math.sin(angle))) * (1 - (vignette * (u * u + v * v)) / 2);
      const grain = noise * random.normal();
      for (let c = 0; c < 3; c++) {
        const i = (y * width + x) * 3 + c;
        const value = 255 * (pixels[i]! / 255) ** gamma * light * gains[c]!;
        exposed[i] = value + grain + 0.4 * noise * random.normal();
      }
    }
  }
  const rgb = new Uint8Array(exposed.buffer);
  if (softness === 0) return rgb;
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .blur(softness)
    .raw()
    .toBuffer();
}
