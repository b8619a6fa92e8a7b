// Mean intersection over union of person and background, pixels accumulated over a whole set, at each mask's own resolution.
import { bilinear } from '../lib/resize.ts';

/** Mask value of pixels that count for nothing. */
export const ignoreLabel = 128;

/** IoU of each class and their mean, from 0 to 1. */
export interface Iou {
  readonly miou: number;
  readonly personIou: number;
  readonly backgroundIou: number;
}

/** Pixels: [true background, false person, missed person, true person]. */
export type Counts = readonly [number, number, number, number];

/**
 * Where a person is seen: 1 where the probability, brought to the mask's size (bilinear, half-pixel centers, edges clamped), reaches a threshold.
 * @param probability [height, width] float32, of person
 * @returns [maskHeight, maskWidth], 1 or 0
 * @throws Error when the buffer does not fill its shape
 */
export function personPixels(
  probability: Float32Array,
  [height, width]: readonly [number, number],
  [maskHeight, maskWidth]: readonly [number, number],
  threshold = 0.5,
): Uint8Array {
  if (probability.length !== height * width) throw new Error(`[${height}, ${width}] does not match its buffer`);
  const person = new Uint8Array(maskHeight * maskWidth);
  const columns = bilinear(maskWidth, width);
  const rows = bilinear(maskHeight, height);
  for (let y = 0; y < maskHeight; y++) {
    const above = rows.low[y]! * width;
    const below = rows.high[y]! * width;
    const down = rows.weight[y]!;
    for (let x = 0; x < maskWidth; x++) {
      const left = columns.low[x]!;
      const right = columns.high[x]!;
      const across = columns.weight[x]!;
      const top = probability[above + left]! * (1 - across) + probability[above + right]! * across;
      const bottom = probability[below + left]! * (1 - across) + probability[below + right]! * across;
      person[y * maskWidth + x] = top * (1 - down) + bottom * down >= threshold ? 1 : 0;
    }
  }
  return person;
}

/**
 * Counts the pixels of one image.
 * @param person [height, width], 1 where a person is seen, 0 elsewhere
 * @param mask [height, width]: 0 background, 255 person, 128 ignored
 * @throws Error when they differ in size
 */
export function countPixels(person: Uint8Array, mask: Uint8Array): Counts {
  if (person.length !== mask.length) throw new Error(`${person.length} pixels do not match a mask of ${mask.length}`);
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (let i = 0; i < mask.length; i++) {
    const label = mask[i]!;
    if (label !== ignoreLabel) counts[(label > ignoreLabel ? 2 : 0) + person[i]!]! += 1;
  }
  return counts;
}

/**
 * IoU from counted pixels. A class that neither the mask nor the prediction has counts as 1.
 * @throws Error when no pixel was counted
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
