// Pictures made of a photo and its alpha: cut out, over another background, or tinted to show the mask.
import type { Sides } from '../lib/resize.ts';
import { createBoxFilter } from './box-filter.ts';
import type { Picture } from './matte.ts';

/** A photo with its matte. All are of one size. */
export interface Cut extends Picture {
  /** [height * width], 0 to 1. */
  readonly alpha: Float32Array;
  /** [height * width * 3]: the person's own colors, as `estimateForeground` gives them. */
  readonly foreground: Uint8Array;
}

/** [height * width * 4]: the person alone, colors not multiplied by alpha. */
export function cutOut({ alpha, foreground }: Cut): Uint8Array {
  const result = new Uint8ClampedArray(4 * alpha.length);
  for (let i = 0; i < alpha.length; i++) {
    for (let c = 0; c < 3; c++) result[4 * i + c] = foreground[3 * i + c]!;
    result[4 * i + 3] = 255 * alpha[i]!;
  }
  return new Uint8Array(result.buffer);
}

/**
 * The person over a background.
 * @param background [height * width * 3]
 */
export function compose({ alpha, foreground }: Cut, background: Uint8Array): Uint8Array {
  const result = new Uint8ClampedArray(3 * alpha.length);
  for (let i = 0; i < alpha.length; i++) {
    const a = alpha[i]!;
    for (let k = 3 * i; k < 3 * i + 3; k++) result[k] = a * foreground[k]! + (1 - a) * background[k]!;
  }
  return new Uint8Array(result.buffer);
}

/** [height * width * 3] of one color. */
export function plainBackground({ height, width }: Sides, color: readonly [number, number, number]): Uint8Array {
  const result = new Uint8Array(3 * height * width);
  for (let i = 0; i < result.length; i++) result[i] = color[i % 3]!;
  return result;
}

/** The radius of a blurred background as a share of the longer side. */
const blurRadius = 0.025;

/**
 * The photo's own background, blurred by two passes of a box. The person is left out of the blur, so that their colors do not shine around them.
 * @returns [height * width * 3]
 */
export function blurredBackground({ rgb, alpha, height, width }: Cut): Uint8Array {
  const box = createBoxFilter(width, height, Math.max(1, Math.round(blurRadius * Math.max(width, height))));
  const blur = (map: Float32Array): Float32Array => {
    box.sum(map, map);
    box.sum(map, map);
    return map;
  };
  // The small weight gives the photo's own color to the middle of a person, where no background is near: it is never visible.
  const size = alpha.length;
  const weight = new Float32Array(size);
  for (let i = 0; i < size; i++) weight[i] = 1 - alpha[i]! + 1e-3;
  const planes = [0, 1, 2].map((c) => {
    const plane = new Float32Array(size);
    for (let i = 0; i < size; i++) plane[i] = weight[i]! * rgb[3 * i + c]!;
    return blur(plane);
  });
  const total = blur(weight);
  const result = new Uint8ClampedArray(3 * size);
  for (const [c, plane] of planes.entries()) for (let i = 0; i < size; i++) result[3 * i + c] = plane[i]! / total[i]!;
  return new Uint8Array(result.buffer);
}

/** What an overlay mixes into the person: a blue that clothes and skin rarely have. */
const tint = [30, 110, 255] as const;

/** [height * width * 3]: the photo with the person tinted. */
export function overlay({ rgb, alpha }: Pick<Cut, 'rgb' | 'alpha'>): Uint8Array {
  const result = new Uint8ClampedArray(rgb.length);
  for (let i = 0, k = 0; i < alpha.length; i++) {
    const strength = 0.5 * alpha[i]!;
    for (const color of tint) {
      result[k] = (1 - strength) * rgb[k]! + strength * color;
      k++;
    }
  }
  return new Uint8Array(result.buffer);
}
