// The passes over pixels that make network input of a decoded sample. Each step of their arithmetic is rounded to float32, so that the kernels
// of native/pixels.c write the same bits: batches do not depend on whether a machine has kernels.

import { normalization } from '../lib/normalization.ts';
import type { Sample } from './images.ts';

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

/** The part of the photo that fills the output, in pixels of the photo. */
export interface CropWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly flip: boolean;
}

/** value -> clamp(((value - 127.5) * contrast + shift) * gain, 0, 255). */
export interface ColorChange {
  readonly contrast: number;
  readonly shift: number;
  readonly gains: readonly number[];
}

export const unchanged: ColorChange = { contrast: 1, shift: 127.5, gains: [1, 1, 1] };

/** The passes; the kernels' write the same bits as the plain ones. */
export interface PixelPasses {
  /**
   * Crop, resize (bilinear, half-pixel centers, edges clamped), flip, color and normalize; pixels outside the photo become the mean color
   * without label.
   * @param colors as `normalizedColors` gives them
   */
  resample(sample: Sample, window: CropWindow, colors: Float32Array, out: AugmentTarget): void;
  /** Shows the backdrop's image where a pixel is labeled as background; pixels without label stay. */
  replaceBackground(out: AugmentTarget, backdrop: Float32Array): void;
  /** image += strength * (blurred - image), blurred with the separable kernel (1, 2, 1) / 4; the border row and column stay. */
  mixBlur(out: AugmentTarget, strength: number): void;
}

/** For each channel gain, offset, scale and mean: value -> clamp(value * gain + offset, 0, 255) * scale - mean, the change and then `normalization`. */
export function normalizedColors({ contrast, shift, gains }: ColorChange): Float32Array {
  const { mean, std } = normalization;
  const offset = shift - 127.5 * contrast;
  return Float32Array.from(
    [0, 1, 2].flatMap((c) => [contrast * gains[c]!, offset * gains[c]!, 1 / (255 * std[c]!), mean[c]! / std[c]!]),
  );
}

const f = Math.fround;
const between = (a: number, b: number, share: number): number => f(a + f(share * f(b - a)));

type Four = [number, number, number, number];

/** The value among four neighbors: first between the rows, then between the columns. */
function amid(v00: number, v01: number, v10: number, v11: number, across: number, down: number): number {
  const left = f(v00 + f(down * f(v10 - v00)));
  const right = f(v01 + f(down * f(v11 - v01)));
  return f(left + f(across * f(right - left)));
}

export const plainPixels: PixelPasses = {
  resample(sample, window, colors, out) {
    const { width, height, image, target, weight } = out;
    const { rgb, person, labeled } = sample;
    const columns = taps(window.left, window.width, sample.width, width, window.flip);
    const rows = taps(window.top, window.height, sample.height, height, false);
    const { first, second, fraction, from, to } = columns;
    const plane = height * width;
    const [gain0, offset0, scale0, mean0] = colors as unknown as Four;
    const [gain1, offset1, scale1, mean1] = colors.subarray(4) as unknown as Four;
    const [gain2, offset2, scale2, mean2] = colors.subarray(8) as unknown as Four;
    if (columns.from > 0 || columns.to < width || rows.from > 0 || rows.to < height) {
      image.fill(0);
      target.fill(0);
      weight.fill(0);
    }
    for (let y = rows.from; y < rows.to; y++) {
      const above = rows.first[y]! * sample.width;
      const below = rows.second[y]! * sample.width;
      const down = rows.fraction[y]!;
      for (let x = from; x < to; x++) {
        const across = fraction[x]!;
        const p00 = above + first[x]!;
        const p01 = above + second[x]!;
        const p10 = below + first[x]!;
        const p11 = below + second[x]!;
        const pixel = y * width + x;
        const [i00, i01, i10, i11] = [3 * p00, 3 * p01, 3 * p10, 3 * p11];
        const r = amid(rgb[i00]!, rgb[i01]!, rgb[i10]!, rgb[i11]!, across, down);
        const g = amid(rgb[i00 + 1]!, rgb[i01 + 1]!, rgb[i10 + 1]!, rgb[i11 + 1]!, across, down);
        const b = amid(rgb[i00 + 2]!, rgb[i01 + 2]!, rgb[i10 + 2]!, rgb[i11 + 2]!, across, down);
        image[pixel] = f(Math.min(255, Math.max(0, f(f(r * gain0) + offset0))) * scale0) - mean0;
        image[pixel + plane] = f(Math.min(255, Math.max(0, f(f(g * gain1) + offset1))) * scale1) - mean1;
        image[pixel + 2 * plane] = f(Math.min(255, Math.max(0, f(f(b * gain2) + offset2))) * scale2) - mean2;
        // The person's share of the labeled part: unlabeled neighbors have no say.
        const l00 = labeled[p00]!;
        const l01 = labeled[p01]!;
        const l10 = labeled[p10]!;
        const l11 = labeled[p11]!;
        const known = amid(l00, l01, l10, l11, across, down);
        const shown = amid(
          person[p00]! * l00,
          person[p01]! * l01,
          person[p10]! * l10,
          person[p11]! * l11,
          across,
          down,
        );
        weight[pixel] = known / 255;
        target[pixel] = known > 0 ? Math.min(1, f(shown / f(255 * known))) : 0;
      }
    }
  },

  replaceBackground({ image, target, weight }, backdrop) {
    const plane = target.length;
    for (let pixel = 0; pixel < plane; pixel++) {
      const shown = f(weight[pixel]! * f(1 - target[pixel]!));
      for (let i = pixel; i < 3 * plane; i += plane) image[i] = between(image[i]!, backdrop[i]!, shown);
    }
  },

  mixBlur({ width, height, image }, strength) {
    const share = f(strength);
    const above = new Float32Array(width);
    const current = new Float32Array(width);
    const sums = new Float32Array(width);
    for (let channel = 0; channel < 3; channel++) {
      const base = channel * height * width;
      current.set(image.subarray(base, base + width));
      for (let y = 1; y < height - 1; y++) {
        const row = base + y * width;
        // `above` and `current` hold the rows before any change, as the blur is written in place.
        above.set(current);
        current.set(image.subarray(row, row + width));
        for (let x = 0; x < width; x++) sums[x] = f(above[x]! + 2 * current[x]!) + image[row + width + x]!;
        for (let x = 1; x < width - 1; x++) {
          const blurred = f(f(sums[x - 1]! + 2 * sums[x]!) + sums[x + 1]!) / 16;
          image[row + x] = between(current[x]!, blurred, share);
        }
      }
    }
  },
};

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
