// An alpha matte from a person's probability: what is sure stays 0 or 1, and the band around the edge is told from the photo's colors.
import { createBoxFilter } from './box-filter.ts';
import { createGuidedFilter } from './guided-filter.ts';

/** A photo with what a network says of it; both height x width. */
export interface MatteInput {
  /** [height * width * 3], 0 to 255. */
  readonly rgb: Uint8Array;
  /** [height * width], probability of the person, 0 to 1. */
  readonly probability: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Pixels of the photo to one of the network's output: how far the network's edge may be off. */
  readonly networkPixel: number;
}

/** The band around the edge as shares of the photo's longer side, beside one pixel of the network's output on both sides. */
const band = { inside: 0.008, outside: 0.017 } as const;
/** Windows of the filter: radius as a share of the longer side, and the ridge in squared color from 0 to 1. */
const filter = { radius: 0.0083, epsilon: 1e-4 } as const;
/** The filter's output is a mean over windows, so that it rarely reaches 0 or 1: this much at either end counts as sure. */
const sure = 0.2;

/** The band in which alpha is unknown: 0 sure background, 1 sure person, 0.5 unknown. */
export function bandOf({ probability, width, height, networkPixel }: MatteInput): Float32Array {
  const side = Math.max(width, height);
  const person = Float32Array.from(probability, (p) => (p >= 0.5 ? 1 : 0));
  const share = (radius: number): Float32Array => {
    const box = createBoxFilter(width, height, Math.ceil(radius));
    const sums = new Float32Array(person.length);
    box.sum(person, sums);
    return sums.map((sum, i) => sum / box.counts[i]!);
  };
  const near = share(networkPixel + band.inside * side);
  const far = share(networkPixel + band.outside * side);
  return person.map((p, i) => {
    const unsure = probability[i]! > 0.1 && probability[i]! < 0.9;
    if (p === 1) return near[i]! >= 1 && !unsure ? 1 : 0.5;
    return far[i]! <= 0 && !unsure ? 0 : 0.5;
  });
}

/**
 * The alpha matte: the guided filter of the probability in the band.
 * @returns [height * width], 0 to 1
 */
export function alphaMatte(input: MatteInput): Float32Array {
  const { rgb, width, height, probability } = input;
  const known = bandOf(input);
  const radius = Math.max(2, Math.round(filter.radius * Math.max(width, height)));
  const smooth = createGuidedFilter(rgb, width, height, radius, filter.epsilon).smooth(probability);
  return known.map((k, i) => (k === 0.5 ? Math.min(1, Math.max(0, (smooth[i]! - sure) / (1 - 2 * sure))) : k));
}
