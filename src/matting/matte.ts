// An alpha matte from a person's probability: sure pixels stay 0 or 1, and the band around the edge is computed from the photo's colors.
import { bilinear, type Sides } from '../lib/resize.ts';
import { createBoxFilter } from './box-filter.ts';
import { fitGuidedFilter } from './guided-filter.ts';

/** [height * width * 3], 0 to 255. */
export interface Picture extends Sides {
  readonly rgb: Uint8Array;
}

/** What a matte is made from. */
export interface MatteInput {
  readonly photo: Picture;
  /** The photo made smaller, or the photo itself: the filter is fitted to it. Its longer side decides what a matte costs. */
  readonly small: Picture;
  /** [small.height * small.width], probability of the person, 0 to 1. */
  readonly probability: Float32Array;
  /** Pixels of `small` for each pixel of the network's output: the network's edge may be off by this much. */
  readonly networkPixel: number;
}

/** Width of the band on both sides of the edge, as shares of the photo's longer side; one pixel of the network's output is added to each. */
const band = { inside: 0.008, outside: 0.017 } as const;
/** Windows of the filter: radius as a share of the longer side, and the ridge in squared color from 0 to 1. */
const filter = { radius: 0.0083, epsilon: 1e-4 } as const;
/** The filter's output is a mean over windows, so that it rarely reaches 0 or 1: this much at either end counts as sure. */
const sure = 0.2;

/** What `bandOf` says of a pixel. */
export const BandValue = { background: 0, unknown: 1, person: 2 } as const;

/** [small.height * small.width], values of `BandValue`: where alpha is unknown. */
export function bandOf({ small: { width, height }, probability, networkPixel }: MatteInput): Uint8Array {
  const side = Math.max(width, height);
  const person = new Float32Array(probability.length);
  for (let i = 0; i < person.length; i++) person[i] = probability[i]! >= 0.5 ? 1 : 0;
  const sums = new Float32Array(person.length);
  const inner = createBoxFilter(width, height, Math.ceil(networkPixel + band.inside * side));
  inner.sum(person, sums);
  const near = new Float32Array(person.length);
  createBoxFilter(width, height, Math.ceil(networkPixel + band.outside * side)).sum(person, near);
  const known = new Uint8Array(person.length).fill(BandValue.unknown);
  for (let i = 0; i < known.length; i++) {
    if (probability[i]! > 0.1 && probability[i]! < 0.9) continue;
    if (person[i] === 1) {
      if (sums[i]! > inner.counts[i]! - 0.5) known[i] = BandValue.person;
    } else if (near[i]! < 0.5) known[i] = BandValue.background;
  }
  return known;
}

/**
 * The alpha matte: the guided filter of the probability in the band.
 * @returns [photo.height * photo.width], 0 to 1
 */
export function alphaMatte(input: MatteInput): Float32Array {
  const { photo, small, probability } = input;
  const known = bandOf(input);
  const radius = Math.max(2, Math.round(filter.radius * Math.max(small.width, small.height)));
  const { slope, offset } = fitGuidedFilter(
    small.rgb,
    probability,
    [small.width, small.height],
    radius,
    filter.epsilon,
  );
  const [red, green, blue] = slope;
  const rows = bilinear(photo.height, small.height);
  const columns = bilinear(photo.width, small.width);
  const alpha = new Float32Array(photo.height * photo.width);
  for (let y = 0, i = 0; y < photo.height; y++) {
    const above = rows.low[y]! * small.width;
    const below = rows.high[y]! * small.width;
    const down = rows.weight[y]!;
    const nearest = down < 0.5 ? above : below;
    for (let x = 0; x < photo.width; x++, i++) {
      const left = columns.low[x]!;
      const right = columns.high[x]!;
      const across = columns.weight[x]!;
      const state = known[nearest + (across < 0.5 ? left : right)]!;
      if (state !== BandValue.unknown) {
        alpha[i] = state === BandValue.person ? 1 : 0;
        continue;
      }
      const [a, b, c, d] = [above + left, above + right, below + left, below + right];
      const at = (map: Float32Array): number => {
        const top = map[a]! * (1 - across) + map[b]! * across;
        const bottom = map[c]! * (1 - across) + map[d]! * across;
        return top * (1 - down) + bottom * down;
      };
      const color = at(red) * photo.rgb[3 * i]! + at(green) * photo.rgb[3 * i + 1]! + at(blue) * photo.rgb[3 * i + 2]!;
      const value = color / 255 + at(offset);
      alpha[i] = Math.min(1, Math.max(0, (value - sure) / (1 - 2 * sure)));
    }
  }
  return alpha;
}
