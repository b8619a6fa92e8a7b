// One decoded sample becomes network input: crop, scale, flip, color, cutout and blur in as few passes as possible.

import type { Augmentation } from '../contracts/augmentation.ts';
import { normalization } from '../lib/normalization.ts';
import type { Random } from '../lib/random.ts';
import type { Sample } from './images.ts';

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

/** Where one sample is written to: views of a batch, height x width pixels each. */
export interface AugmentTarget {
  readonly height: number;
  readonly width: number;
  /** [3, height, width] float32: normalized planar RGB. */
  readonly image: Float32Array;
  /** [1, height, width] float32: the person's share of the pixel, from 0 to 1. */
  readonly target: Float32Array;
  /** [1, height, width] float32: the share of the pixel that has a label. */
  readonly weight: Float32Array;
}

/**
 * Writes a randomly changed sample: random resized crop (bilinear, one geometry for photo and labels), flip, brightness, contrast, color,
 * another background, cutout, blur or sharpening. Every draw is made whatever the strengths are, so switching one change off leaves the
 * others as they were.
 * @param sample any size; crops keep its width to height ratio, so that scale [1, 1] is the whole of it
 * @param backdrop what takes the place of the background, where it is to be replaced
 */
export function augment(
  sample: Sample,
  augmentation: Augmentation,
  random: Random,
  out: AugmentTarget,
  backdrop?: Backdrop,
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
  resample(sample, { left, top, width: cropWidth, height: cropHeight, flip }, { contrast, shift, gains }, out);

  if (backdrop) replaceBackground(out, backdrop);

  const strength = around(augmentation.blur);
  // Half of all samples keep their sharpness.
  if (random.uniform() < 0.5 && strength !== 0) mixBlur(out, strength);

  const holeWidth = Math.round(out.width * augmentation.cutout * random.uniform());
  const holeHeight = Math.round(out.height * augmentation.cutout * random.uniform());
  const x0 = Math.round(random.uniform() * (out.width - holeWidth));
  const y0 = Math.round(random.uniform() * (out.height - holeHeight));
  erase(out, x0, y0, holeWidth, holeHeight);
}

/** The deterministic evaluation transform: the whole sample, resized bilinearly to height x width where it has not that size. */
export function resizeWhole(sample: Sample, out: AugmentTarget): void {
  const window = { left: 0, top: 0, width: sample.width, height: sample.height, flip: false };
  resample(sample, window, { contrast: 1, shift: 127.5, gains: [1, 1, 1] }, out);
}

/** The part of the photo that fills the output, in pixels of the photo. */
export interface CropWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly flip: boolean;
}

/** What is put behind a person: a part of another photo. */
export interface Backdrop {
  readonly sample: Sample;
  readonly window: CropWindow;
  /** What it is written to, and then mixed from. */
  readonly scratch: AugmentTarget;
}

/** The backdrop shows where a pixel is labeled as background; pixels without label stay. */
function replaceBackground(out: AugmentTarget, { sample, window, scratch }: Backdrop): void {
  resample(sample, window, { contrast: 1, shift: 127.5, gains: [1, 1, 1] }, scratch);
  const plane = out.height * out.width;
  for (let pixel = 0; pixel < plane; pixel++) {
    const shown = out.weight[pixel]! * (1 - out.target[pixel]!);
    if (shown === 0) continue;
    for (let i = pixel; i < 3 * plane; i += plane) out.image[i]! += shown * (scratch.image[i]! - out.image[i]!);
  }
}

/** value -> clamp(((value - 127.5) * contrast + shift) * gain, 0, 255). */
interface ColorChange {
  readonly contrast: number;
  readonly shift: number;
  readonly gains: readonly number[];
}

/** Where each output column (or row) lies in the photo, half-pixel centers, edges clamped. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly fraction: Float32Array;
  /** Output positions from..to (exclusive) whose center lies in the photo. */
  readonly from: number;
  readonly to: number;
}

function taps(start: number, length: number, size: number, outputs: number, flip: boolean): Taps {
  const first = new Int32Array(outputs);
  const second = new Int32Array(outputs);
  const fraction = new Float32Array(outputs);
  let from = outputs;
  let to = 0;
  for (let i = 0; i < outputs; i++) {
    const position = start + (((flip ? outputs - 1 - i : i) + 0.5) * length) / outputs;
    if (position >= 0 && position < size) {
      from = Math.min(from, i);
      to = i + 1;
    }
    const center = Math.min(size - 1, Math.max(0, position - 0.5));
    first[i] = Math.floor(center);
    second[i] = Math.min(size - 1, first[i]! + 1);
    fraction[i] = center - first[i]!;
  }
  return { first, second, fraction, from, to };
}

/** Crop, resize, flip, color and normalize in one pass; pixels outside the photo become the mean color without label. */
function resample(sample: Sample, window: CropWindow, color: ColorChange, out: AugmentTarget): void {
  const { width, height, image, target, weight } = out;
  const { rgb, person, labeled } = sample;
  const columns = taps(window.left, window.width, sample.width, width, window.flip);
  const rows = taps(window.top, window.height, sample.height, height, false);
  const { first, second, fraction, from, to } = columns;
  const plane = height * width;
  const { mean, std } = normalization;
  // One multiply-add per channel: bilinear value -> 0..255 after the color change; then another to normalize.
  const a0 = color.contrast * color.gains[0]!;
  const a1 = color.contrast * color.gains[1]!;
  const a2 = color.contrast * color.gains[2]!;
  const offset = color.shift - 127.5 * color.contrast;
  const b0 = offset * color.gains[0]!;
  const b1 = offset * color.gains[1]!;
  const b2 = offset * color.gains[2]!;
  const s0 = 1 / (255 * std[0]);
  const s1 = 1 / (255 * std[1]);
  const s2 = 1 / (255 * std[2]);
  const m0 = mean[0] / std[0];
  const m1 = mean[1] / std[1];
  const m2 = mean[2] / std[2];
  if (columns.from > 0 || columns.to < width || rows.from > 0 || rows.to < height) {
    image.fill(0);
    target.fill(0);
    weight.fill(0);
  }
  for (let y = rows.from; y < rows.to; y++) {
    const above = rows.first[y]! * sample.width;
    const below = rows.second[y]! * sample.width;
    const fy = rows.fraction[y]!;
    for (let x = from; x < to; x++) {
      const fx = fraction[x]!;
      const w11 = fx * fy;
      const w01 = fx - w11;
      const w10 = fy - w11;
      const w00 = 1 - fx - w10;
      const p00 = above + first[x]!;
      const p01 = above + second[x]!;
      const p10 = below + first[x]!;
      const p11 = below + second[x]!;
      const i00 = 3 * p00;
      const i01 = 3 * p01;
      const i10 = 3 * p10;
      const i11 = 3 * p11;
      let r = rgb[i00]! * w00 + rgb[i01]! * w01 + rgb[i10]! * w10 + rgb[i11]! * w11;
      let g = rgb[i00 + 1]! * w00 + rgb[i01 + 1]! * w01 + rgb[i10 + 1]! * w10 + rgb[i11 + 1]! * w11;
      let b = rgb[i00 + 2]! * w00 + rgb[i01 + 2]! * w01 + rgb[i10 + 2]! * w10 + rgb[i11 + 2]! * w11;
      r = r * a0 + b0;
      g = g * a1 + b1;
      b = b * a2 + b2;
      const pixel = y * width + x;
      image[pixel] = Math.min(255, Math.max(0, r)) * s0 - m0;
      image[pixel + plane] = Math.min(255, Math.max(0, g)) * s1 - m1;
      image[pixel + 2 * plane] = Math.min(255, Math.max(0, b)) * s2 - m2;
      // The person's share of the labeled part: unlabeled neighbors have no say.
      const l00 = labeled[p00]! * w00;
      const l01 = labeled[p01]! * w01;
      const l10 = labeled[p10]! * w10;
      const l11 = labeled[p11]! * w11;
      const known = l00 + l01 + l10 + l11;
      const shown = person[p00]! * l00 + person[p01]! * l01 + person[p10]! * l10 + person[p11]! * l11;
      weight[pixel] = known / 255;
      target[pixel] = known > 0 ? Math.min(1, shown / (255 * known)) : 0;
    }
  }
}

/** image += strength * (blurred - image), blurred with the separable kernel (1, 2, 1) / 4; the border row and column stay. */
function mixBlur({ width, height, image }: AugmentTarget, strength: number): void {
  const above = new Float32Array(width);
  const current = new Float32Array(width);
  for (let channel = 0; channel < 3; channel++) {
    const base = channel * height * width;
    current.set(image.subarray(base, base + width));
    for (let y = 1; y < height - 1; y++) {
      const row = base + y * width;
      // `above` and `current` hold the rows before any change, as the blur is written in place.
      above.set(current);
      current.set(image.subarray(row, row + width));
      let left = above[0]! + 2 * current[0]! + image[row + width]!;
      let middle = above[1]! + 2 * current[1]! + image[row + width + 1]!;
      for (let x = 1; x < width - 1; x++) {
        const right = above[x + 1]! + 2 * current[x + 1]! + image[row + width + x + 1]!;
        const value = current[x]!;
        image[row + x] = value + strength * ((left + 2 * middle + right) / 16 - value);
        left = middle;
        middle = right;
      }
    }
  }
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
