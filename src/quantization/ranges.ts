// From the values of a tensor to the range that its 256 levels span: all of them, all but rare ones, or what loses the least information
// (S. Migacz, "8-bit inference with TensorRT", 2017).
import type { CalibrationMethod } from '../contracts/quantization.ts';

/** Smallest and largest value seen. 0 is always in the range, because it must be a level. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Values counted in equal bins from `low` to `high`. */
export interface Histogram extends Range {
  readonly counts: Float64Array;
}

const bins = 2048;
/** Levels of a byte. */
const levels = 256;
/** Share of the values that the percentile's range holds. */
const heldShare = 0.9999;
/** The narrowest range that the entropy is computed for, as a share of all, and the number of ranges from there to all. */
const narrowest = 0.2;
const steps = 80;
/** A narrower range is left as it is: dividing by its width would not make sense. */
const tiny = 1e-30;

export const emptyRange: Range = { low: 0, high: 0 };

export function widen({ low, high }: Range, values: ArrayLike<number>): Range {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  return { low, high };
}

/** An empty histogram over a range. */
export function createHistogram({ low, high }: Range): Histogram {
  return { low, high, counts: new Float64Array(bins) };
}

/** Counts values; those outside the range count in the bin at that end. */
export function count({ low, high, counts }: Histogram, values: ArrayLike<number>): void {
  const scale = bins / Math.max(high - low, Number.MIN_VALUE);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i]! - low) * scale);
    counts[bin < 0 ? 0 : bin >= bins ? bins - 1 : bin]!++;
  }
}

/** The range that a method takes from what was seen. */
export function chooseRange(histogram: Histogram, method: CalibrationMethod): Range {
  const { low, high } = histogram;
  if (method === 'minmax' || high - low < tiny) return { low, high };
  return method === 'percentile' ? percentileRange(histogram) : entropyRange(histogram);
}

/** Without the rarest values at each end. */
function percentileRange({ low, high, counts }: Histogram): Range {
  const width = (high - low) / bins;
  const rare = ((1 - heldShare) / 2) * counts.reduce((a, b) => a + b, 0);
  const cut = (order: (i: number) => number): number => {
    let sum = 0;
    let i = 0;
    while (i < bins - 1 && sum + counts[order(i)]! <= rare) sum += counts[order(i++)]!;
    return i;
  };
  const fromBelow = cut((i) => i);
  const fromAbove = cut((i) => bins - 1 - i);
  return { low: Math.min(0, low + fromBelow * width), high: Math.max(0, high - fromAbove * width) };
}

/** The range, of those that shrink towards 0 at both ends alike, whose 256 levels keep the distribution best. */
function entropyRange({ low, high, counts }: Histogram): Range {
  const width = (high - low) / bins;
  let best = { low, high };
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= steps; step++) {
    const share = narrowest + ((1 - narrowest) * step) / steps;
    const from = Math.round((low * share - low) / width);
    const to = Math.max(from + 1, Math.round((high * share - low) / width));
    const divergence = klDivergence(counts, from, to);
    if (divergence <= least) {
      least = divergence;
      best = { low: low + from * width, high: low + to * width };
    }
  }
  return { low: Math.min(0, best.low), high: Math.max(0, best.high) };
}

/** KL divergence of the bins from..to, with the rest counted in the outermost two, from the same bins spread over 256 levels. */
function klDivergence(counts: Float64Array, from: number, to: number): number {
  const kept = counts.slice(from, to);
  let total = 0;
  for (const n of counts) total += n;
  const clipped = kept.slice();
  for (let i = 0; i < from; i++) clipped[0]! += counts[i]!;
  for (let i = to; i < counts.length; i++) clipped[clipped.length - 1]! += counts[i]!;
  const perLevel = kept.length / levels;
  let sum = 0;
  for (let level = 0; level < Math.min(levels, kept.length); level++) {
    const start = perLevel < 1 ? level : Math.floor(level * perLevel);
    const end = perLevel < 1 ? level + 1 : Math.floor((level + 1) * perLevel);
    let mass = 0;
    let filled = 0;
    for (let i = start; i < end; i++) {
      mass += kept[i]!;
      if (clipped[i]! > 0) filled++;
    }
    for (let i = start; i < end; i++) {
      const p = clipped[i]! / total;
      // A level that lost all of its mass to the clipping still has a little, or the divergence would be infinite.
      const q = Math.max(mass / Math.max(filled, 1) / total, 1e-9);
      if (p > 0) sum += p * Math.log(p / q);
    }
  }
  return sum;
}
