// One decoded sample becomes network input: crop, scale, flip, color, cutout and blur in as few passes as possible.

import type { Augmentation } from '../contracts/augmentation.ts';
import type { Random } from '../lib/random.ts';
import type { Sample } from './images.ts';
import {
  type AugmentTarget,
  type CropWindow,
  normalizedColors,
  type PixelPasses,
  plainPixels,
  unchanged,
} from './pixels.ts';

/** The plain resize that evaluation and the exported network see. */
export const noAugmentation: Augmentation = {
  scale: [1, 1],
  aspect: 0,
  flip: 0,
  cutout: 0,
  brightness: 0,
  contrast: 0,
  color: 0,
  blur: 0,
  background: 0,
};

export interface AugmentOptions {
  /** What takes the place of the background, where it is to be replaced. */
  readonly backdrop?: Backdrop | undefined;
  readonly pixels?: PixelPasses;
}

/**
 * Writes a randomly changed sample: random resized crop (bilinear, one geometry for photo and labels), flip, brightness, contrast, color,
 * another background, cutout, blur or sharpening. Every draw is made whatever the strengths are, so switching one change off leaves the
 * others as they were.
 * @param sample any size; crops keep its width to height ratio, so that scale [1, 1] is the whole of it
 */
export function augment(
  sample: Sample,
  augmentation: Augmentation,
  random: Random,
  out: AugmentTarget,
  { backdrop, pixels = plainPixels }: AugmentOptions = {},
): void {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const around = (strength: number): number => between(-strength, strength);

  const scale = between(augmentation.scale[0], augmentation.scale[1]);
  const aspect = (1 + augmentation.aspect) ** around(1);
  const cropWidth = sample.width * Math.sqrt(scale * aspect);
  const cropHeight = sample.height * Math.sqrt(scale / aspect);
  // Works for crops larger than the photo too: the left edge then lies outside, by at most the whole margin.
  const left = random.uniform() * (sample.width - cropWidth);
  const top = random.uniform() * (sample.height - cropHeight);
  const flip = random.uniform() < augmentation.flip;

  const contrast = 1 + around(augmentation.contrast);
  const shift = 127.5 + 255 * around(augmentation.brightness);
  const gains = [0, 1, 2].map(() => 1 + around(augmentation.color));
  const colors = normalizedColors({ contrast, shift, gains });
  pixels.resample(sample, { left, top, width: cropWidth, height: cropHeight, flip }, colors, out);

  if (backdrop) {
    pixels.resample(backdrop.sample, backdrop.window, normalizedColors(unchanged), backdrop.scratch);
    pixels.replaceBackground(out, backdrop.scratch.image);
  }

  const strength = around(augmentation.blur);
  // Half of all samples keep their sharpness.
  if (random.uniform() < 0.5 && strength !== 0) pixels.mixBlur(out, strength);

  const holeWidth = Math.round(out.width * augmentation.cutout * random.uniform());
  const holeHeight = Math.round(out.height * augmentation.cutout * random.uniform());
  const x0 = Math.round(random.uniform() * (out.width - holeWidth));
  const y0 = Math.round(random.uniform() * (out.height - holeHeight));
  erase(out, x0, y0, holeWidth, holeHeight);
}

/** The deterministic evaluation transform: the whole sample, resized bilinearly to height x width where it has not that size. */
export function resizeWhole(sample: Sample, out: AugmentTarget): void {
  const window = { left: 0, top: 0, width: sample.width, height: sample.height, flip: false };
  plainPixels.resample(sample, window, normalizedColors(unchanged), out);
}

/** What is put behind a person: a part of another photo. */
export interface Backdrop {
  readonly sample: Sample;
  readonly window: CropWindow;
  /** What it is written to, and then mixed from. */
  readonly scratch: AugmentTarget;
}

/** Sets a rectangle to the mean color, 0 after normalization. */
function erase({ width, height, image }: AugmentTarget, x0: number, y0: number, w: number, h: number): void {
  if (w === 0) return;
  for (let channel = 0; channel < 3; channel++) {
    for (let y = y0; y < y0 + h; y++) {
      const row = (channel * height + y) * width;
      image.fill(0, row + x0, row + x0 + w);
    }
  }
}
