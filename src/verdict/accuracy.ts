// Verdicts on accuracy: the mean mIoU over seeds, with an interval over seeds and images by a two-level bootstrap, against a limit or a base.
import { quantileSorted } from 'simple-statistics';
import type { Random } from '../lib/random.ts';
import { addCounts, type Counts, iouOf } from '../metrics/miou.ts';

/** What a network scored: pixels counted [seed][image], of the same images in the same order for every seed. */
export type SeedCounts = readonly (readonly Counts[])[];

/** How far the trainings of a network from different seeds are apart. */
export interface SeedSpread {
  /** Standard deviation of one training's mIoU. */
  readonly deviation: number;
  /** Degrees of freedom that it is known with. */
  readonly freedom: number;
}

export interface IntervalSettings {
  /** Two-sided, such as 0.99. */
  readonly confidence: number;
  readonly random: Random;
  /** Undefined where no network was trained from several seeds: the interval is then over images alone. */
  readonly spread: SeedSpread | undefined;
}

export interface AccuracyLimit extends IntervalSettings {
  /** The largest drop of mIoU that passes: 0.01 is one point. */
  readonly threshold: number;
}

export interface AccuracyVerdict {
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  /** One sentence that says why. */
  readonly reason: string;
  /** mIoU of head less that of base, each the mean over its seeds. */
  readonly change: number;
  readonly interval: readonly [number, number];
}

/** Fewer images than this say nothing of others: their bootstrap's intervals are too narrow. */
const fewestImages = 30;

/** Enough for the 0.5th percentile to hang on more than a handful of resamples. */
const resamples = 4000;

/** mIoU over all images, pixels pooled, averaged over the seeds. */
export function meanMiou(seeds: SeedCounts): number {
  return mean(seeds.map((images) => iouOf(addCounts(images)).miou));
}

/**
 * The spread over seeds of all networks of a run together, each about its own mean: with two or three seeds one network alone says little.
 * @returns undefined where none has several seeds
 */
export function pooledSpread(networks: readonly SeedCounts[]): SeedSpread | undefined {
  let squares = 0;
  let freedom = 0;
  for (const seeds of networks) {
    const mious = seeds.map((images) => meanMiou([images]));
    const middle = mean(mious);
    for (const miou of mious) squares += (miou - middle) ** 2;
    freedom += seeds.length - 1;
  }
  return freedom === 0 ? undefined : { deviation: Math.sqrt(squares / freedom), freedom };
}

/** A mean mIoU, or a difference of two, with its interval over seeds and images. */
export interface MiouEstimate {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** The interval of a network's mean mIoU over seeds and images. All that mIoU can be, where there are too few images. */
export function miouInterval(seeds: SeedCounts, settings: IntervalSettings): [number, number] {
  if (seeds[0]!.length < fewestImages) return [0, 1];
  return bootstrap([seeds], ([head]) => head!, settings);
}

/**
 * By how much the mean mIoU of head is over that of base.
 * @param base [seed][image] pixels counted
 * @param head of the same images in the same order; its seeds are not base's
 */
export function miouDifference(base: SeedCounts, head: SeedCounts, settings: IntervalSettings): MiouEstimate {
  if (base[0]?.length !== head[0]?.length || !base[0]?.length)
    throw new Error('base and head were scored on different images');
  const value = meanMiou(head) - meanMiou(base);
  if (head[0]!.length < fewestImages) return { value, interval: [-1, 1] };
  return { value, interval: bootstrap([base, head], ([ofBase, ofHead]) => ofHead! - ofBase!, settings) };
}

/** Judges a change of accuracy: as `miouDifference`, against the largest drop that passes. */
export function judgeAccuracy(base: SeedCounts, head: SeedCounts, limit: AccuracyLimit): AccuracyVerdict {
  const { threshold, spread } = limit;
  const { value: change, interval } = miouDifference(base, head, limit);
  if (head[0]!.length < fewestImages) {
    const reason = `mIoU: ${head[0]!.length} images are too few to compare by; give at least ${fewestImages}.`;
    return { outcome: 'inconclusive', reason, change, interval };
  }
  const found = `${points(change)} (between ${points(interval[0])} and ${points(interval[1])})`;
  const limitText = `${(100 * threshold).toFixed(1)} points`;
  if (interval[1] < -threshold)
    return { outcome: 'fail', reason: `mIoU falls by more than ${limitText}: ${found}.`, change, interval };
  if (interval[0] > -threshold)
    return { outcome: 'pass', reason: `mIoU does not fall by ${limitText} or more: ${found}.`, change, interval };
  const few = spread ? 'images or seeds' : 'images';
  const reason = `mIoU: too few ${few} to tell whether it falls by ${limitText}: ${found}.`;
  return { outcome: 'inconclusive', reason, change, interval };
}

/**
 * An interval by a bootstrap of two levels. Images are drawn with replacement, the same for all networks and seeds, since images differ far more
 * than networks do (B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993, percentile intervals). Seeds are not: draws with
 * replacement from two seeds never leave the two, and the truth lies outside them half of the times. The mean over a network's seeds is moved
 * instead by a draw from Student's distribution, by the spread of all networks of the run.
 */
function bootstrap(
  networks: readonly SeedCounts[],
  statistic: (mious: readonly number[]) => number,
  { confidence, random, spread }: IntervalSettings,
): [number, number] {
  const images = networks[0]![0]!.length;
  // Draws of n images vary by (n - 1) / n of what n images do.
  const stretch = Math.sqrt(images / Math.max(1, images - 1));
  const packed = networks.map((seeds) => seeds.map((counts) => Float64Array.from(counts.flat())));
  const found = statistic(networks.map(meanMiou));
  const drawn = new Int32Array(images);
  const values = Array.from({ length: resamples }, () => {
    for (let i = 0; i < images; i++) drawn[i] = random.int(images);
    const resampled = statistic(packed.map((seeds) => mean(seeds.map((counts) => miouOfDrawn(counts, drawn)))));
    const deviation = spread ? drawDeviation(spread, random) : 0;
    const moved = networks.map((seeds) => (deviation / Math.sqrt(seeds.length)) * random.normal());
    return found + stretch * (resampled - found) + statistic(moved);
  });
  values.sort((a, b) => a - b);
  return [quantileSorted(values, (1 - confidence) / 2), quantileSorted(values, (1 + confidence) / 2)];
}

/** What the true deviation may be: times a normal draw it gives Student's distribution, the same for all networks. */
function drawDeviation({ deviation, freedom }: SeedSpread, random: Random): number {
  let chi = 0;
  for (let i = 0; i < freedom; i++) chi += random.normal() ** 2;
  return deviation / Math.sqrt(chi / freedom);
}

/** mIoU over the drawn images. @param counts [image, 4] */
function miouOfDrawn(counts: Float64Array, drawn: Int32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < drawn.length; i++) {
    const at = 4 * drawn[i]!;
    a += counts[at]!;
    b += counts[at + 1]!;
    c += counts[at + 2]!;
    d += counts[at + 3]!;
  }
  return iouOf([a, b, c, d]).miou;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const points = (share: number): string => `${share < 0 ? '-' : '+'}${Math.abs(100 * share).toFixed(2)} points`;
