// What happens at the edge of a person: boundary IoU (B. Cheng et al., "Boundary IoU: Improving Object-Centric Image Segmentation Evaluation",
// CVPR 2021), and the band around an edge in which a mask may flicker. A distance is the larger of its horizontal and vertical part, as in the authors' code.

import { ignoreLabel } from './miou.ts';

/** Share of an image's diagonal that a boundary is wide: the paper's for objects in photos. */
const widthShare = 0.02;

export type Size = readonly [height: number, width: number];

/** Pixels: [in both boundaries, in either]. */
export type BoundaryCounts = readonly [intersection: number, union: number];

/** Pixels: [changed, compared]. */
export type ChangeCounts = readonly [changed: number, compared: number];

/** Pixels that a boundary is wide in an image of this size. */
export function boundaryWidth([height, width]: Size): number {
  return Math.max(1, Math.round(widthShare * Math.hypot(height, width)));
}

/**
 * Counts the pixels of one image's boundaries. A boundary is the pixels of a person that are at most `boundaryWidth` from a pixel that is not of one;
 * outside the image there is no person. Where the mask has no label, the prediction is taken as the truth, and nothing is counted.
 * @param person [height, width], 1 where a person is predicted, 0 elsewhere
 * @param mask [height, width]: 0 background, 255 person, 128 ignored
 */
export function countBoundary(person: Uint8Array, mask: Uint8Array, size: Size): BoundaryCounts {
  const truth = mask.map((label, i) => (label === ignoreLabel ? person[i]! : label > ignoreLabel ? 1 : 0));
  const width = boundaryWidth(size);
  const inner = [erode(person, size, width, 0), erode(truth, size, width, 0)] as const;
  let intersection = 0;
  let union = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === ignoreLabel) continue;
    const predicted = person[i]! - inner[0][i]!;
    const labeled = truth[i]! - inner[1][i]!;
    intersection += predicted & labeled;
    union += predicted | labeled;
  }
  return [intersection, union];
}

/** Boundary IoU of the person over several images, pixels pooled; 1 where there is no boundary at all. */
export function boundaryIou(images: readonly BoundaryCounts[]): number {
  return sharedOf(images, 1);
}

/** Share of the compared pixels that changed; 0 where none was compared. */
export function changedShare(images: readonly ChangeCounts[]): number {
  return sharedOf(images, 0);
}

function sharedOf(pairs: readonly (readonly [number, number])[], otherwise: number): number {
  const part = pairs.reduce((sum, [a]) => sum + a, 0);
  const whole = pairs.reduce((sum, [, b]) => sum + b, 0);
  return whole === 0 ? otherwise : part / whole;
}

/**
 * The band around the true edge: pixels that are at most `boundaryWidth` from one of the other class, on both sides. The border of the image is
 * not an edge; where the mask has no label there is no band.
 * @returns [height, width], 1 in the band
 */
export function edgeBand(mask: Uint8Array, size: Size): Uint8Array {
  const width = boundaryWidth(size);
  const person = erode(
    mask.map((label) => (label === 0 ? 0 : 1)),
    size,
    width,
    1,
  );
  const background = erode(
    mask.map((label) => (label > ignoreLabel ? 0 : 1)),
    size,
    width,
    1,
  );
  return mask.map((label, i) => (label === ignoreLabel || person[i] === 1 || background[i] === 1 ? 0 : 1));
}

/**
 * Counts the pixels in a band on which two predictions disagree: that for an image, and that for the same image moved by (right, down) pixels.
 * @param before [height, width], 1 where a person is predicted
 * @param after the same for the moved image; what the move brought in or took out is not compared
 */
export function countChanges(
  before: Uint8Array,
  after: Uint8Array,
  band: Uint8Array,
  [height, width]: Size,
  [right, down]: readonly [number, number] = [0, 0],
): ChangeCounts {
  let changed = 0;
  let compared = 0;
  for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
    for (let x = Math.max(0, -right); x < Math.min(width, width - right); x++) {
      const at = y * width + x;
      if (band[at] !== 1) continue;
      compared++;
      if (before[at] !== after[at + down * width + right]) changed++;
    }
  }
  return [changed, compared];
}

/**
 * What remains of a set of pixels when those within `distance` of a pixel outside it go: erosion by a square.
 * @param pixels [height, width], 1 in the set
 * @param outside whether what lies beyond the image belongs to the set
 */
function erode(pixels: Uint8Array, [height, width]: Size, distance: number, outside: 0 | 1): Uint8Array {
  const across = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) erodeLine(pixels, across, y * width, 1, width, distance, outside);
  const both = new Uint8Array(pixels.length);
  for (let x = 0; x < width; x++) erodeLine(across, both, x, width, height, distance, outside);
  return both;
}

/** A pixel stays where the run of set pixels that it is in reaches `distance` beyond it to both sides. */
function erodeLine(
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  stride: number,
  length: number,
  distance: number,
  outside: 0 | 1,
): void {
  const beyond = outside === 1 ? distance : 0;
  let run = beyond;
  for (let i = 0; i < length; i++) {
    const at = start + i * stride;
    run = from[at] === 1 ? run + 1 : 0;
    to[at] = run > distance ? 1 : 0;
  }
  run = beyond;
  for (let i = length - 1; i >= 0; i--) {
    const at = start + i * stride;
    run = from[at] === 1 ? run + 1 : 0;
    if (run <= distance) to[at] = 0;
  }
}
