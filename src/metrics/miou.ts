// Mean intersection over union of person and background, pixels accumulated over a whole set, at each mask's own resolution.
import { bilinear } from '../lib/resize.ts';

/** Mask value of pixels that count for nothing. */
const ignoreLabel = 128;

/** IoU of each class and their mean, from 0 to 1. */
export interface Iou {
  readonly miou: number;
  readonly personIou: number;
  readonly backgroundIou: number;
}

/** Pixels: [true background, false person, missed person, true person]. */
export type Counts = readonly [number, number, number, number];

/**
 * Counts the pixels of one image. The probability is brought to the mask's size (bilinear, half-pixel centers, edges clamped) before it is
 * compared.
 * @param probability [height, width] float32, of person
 * @param mask [maskHeight, maskWidth] uint8: 0 background, 255 person, 128 ignored
 * @param threshold a pixel is person where its probability reaches this
 * @throws Error when a buffer does not fill its shape
 */
export function countPixels(
  probability: Float32Array,
  [height, width]: readonly [number, number],
  mask: Uint8Array,
  [maskHeight, maskWidth]: readonly [number, number],
  threshold = 0.5,
): Counts {
  if (probability.length !== height * width || mask.length !== maskHeight * maskWidth) {
    throw new Error(`[${height}, ${width}] or [${maskHeight}, ${maskWidth}] does not match its buffer`);
  }
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  const columns = bilinear(maskWidth, width);
  const rows = bilinear(maskHeight, height);
  for (let y = 0; y < maskHeight; y++) {
    const above = rows.low[y]! * width;
    const below = rows.high[y]! * width;
    const down = rows.weight[y]!;
    for (let x = 0; x < maskWidth; x++) {
      const label = mask[y * maskWidth + x]!;
      if (label === ignoreLabel) continue;
      const left = columns.low[x]!;
      const right = columns.high[x]!;
      const across = columns.weight[x]!;
      const top = probability[above + left]! * (1 - across) + probability[above + right]! * across;
      const bottom = probability[below + left]! * (1 - across) + probability[below + right]! * across;
      const person = top * (1 - down) + bottom * down >= threshold;
      counts[(label > ignoreLabel ? 2 : 0) + (person ? 1 : 0)]! += 1;
    }
  }
  return counts;
}

/**
 * IoU from counted pixels. A class that occurs nowhere counts as 1.
 * @throws Error when none was counted
 */
export function iouOf([trueBackground, falsePerson, missedPerson, truePerson]: Counts): Iou {
  if (trueBackground + falsePerson + missedPerson + truePerson === 0) throw new Error('no pixel was counted');
  const wrong = falsePerson + missedPerson;
  const personIou = ratio(truePerson, truePerson + wrong);
  const backgroundIou = ratio(trueBackground, trueBackground + wrong);
  return { miou: (personIou + backgroundIou) / 2, personIou, backgroundIou };
}

/** Pixels of several images together. */
export function addCounts(images: readonly Counts[]): Counts {
  const sum: [number, number, number, number] = [0, 0, 0, 0];
  for (const counts of images) for (let i = 0; i < 4; i++) sum[i]! += counts[i]!;
  return sum;
}

function ratio(intersection: number, union: number): number {
  return union === 0 ? 1 : intersection / union;
}
