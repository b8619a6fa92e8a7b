// Verdicts on accuracy: the mean mIoU over seeds, with an interval over seeds and images by a two-level bootstrap, against a limit or a base.
import { addCounts, iouOf } from '../metrics/miou.ts';
import { bootstrap, type IntervalSettings, mean, type SeedCounts, type SeedSpread } from './bootstrap.ts';

export type { IntervalSettings, SeedCounts, SeedSpread };

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

/** The interval of a network's mean mIoU over seeds and images. With too few images, it is the whole range of mIoU. */
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

/** A change of mIoU, from -1 to 1, in points. */
export const points = (share: number): string => `${share < 0 ? '-' : '+'}${Math.abs(100 * share).toFixed(2)} points`;
