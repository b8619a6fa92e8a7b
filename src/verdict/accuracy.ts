// The verdict on a change of accuracy: the difference of mIoU between two models on the same images, with a paired bootstrap over images.
import { quantileSorted } from 'simple-statistics';
import type { Random } from '../lib/random.ts';
import { addCounts, type Counts, iouOf } from '../metrics/miou.ts';

export interface AccuracyLimit {
  /** The largest drop of mIoU that passes: 0.01 is one point. */
  readonly threshold: number;
  /** Two-sided, such as 0.99. */
  readonly confidence: number;
  readonly random: Random;
}

export interface AccuracyVerdict {
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  /** One sentence that says why. */
  readonly reason: string;
  /** mIoU of head less that of base, over all images. */
  readonly change: number;
  readonly interval: readonly [number, number];
}

/** Fewer images than this say nothing of others: their bootstrap's intervals are too narrow. */
const fewestImages = 30;

/** Enough for the 0.5th percentile to hang on more than a handful of resamples. */
const resamples = 4000;

/**
 * Compares two models on the same images. Images are drawn with replacement, both models' pixels of an image together, since images differ
 * far more than models do (B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993, percentile intervals).
 * @param base [image] pixels counted
 * @param head of the same images in the same order
 */
export function judgeAccuracy(base: readonly Counts[], head: readonly Counts[], limit: AccuracyLimit): AccuracyVerdict {
  const { threshold, confidence, random } = limit;
  if (base.length !== head.length || base.length === 0)
    throw new Error('base and head were scored on different images');
  const miou = (images: readonly Counts[]): number => iouOf(addCounts(images)).miou;
  const change = miou(head) - miou(base);
  if (base.length < fewestImages) {
    const reason = `mIoU: ${base.length} images are too few to compare by; give at least ${fewestImages}.`;
    return { outcome: 'inconclusive', reason, change, interval: [-1, 1] };
  }
  const differences = Array.from({ length: resamples }, () => {
    const drawn = base.map(() => random.int(base.length));
    return miou(drawn.map((image) => head[image]!)) - miou(drawn.map((image) => base[image]!));
  });
  differences.sort((a, b) => a - b);
  const at = (p: number): number => quantileSorted(differences, p);
  const interval = [at((1 - confidence) / 2), at((1 + confidence) / 2)] as const;
  const found = `${points(change)} (between ${points(interval[0])} and ${points(interval[1])})`;
  const limitText = `${(100 * threshold).toFixed(1)} points`;
  if (interval[1] < -threshold)
    return { outcome: 'fail', reason: `mIoU falls by more than ${limitText}: ${found}.`, change, interval };
  if (interval[0] > -threshold)
    return { outcome: 'pass', reason: `mIoU does not fall by ${limitText} or more: ${found}.`, change, interval };
  const reason = `mIoU: too few images to tell whether it falls by ${limitText}: ${found}.`;
  return { outcome: 'inconclusive', reason, change, interval };
}

/**
 * The interval of mIoU over images, by the bootstrap: that of all images like these. All that mIoU can be, where there are too few.
 * @param images pixels counted on each
 */
export function miouInterval(
  images: readonly Counts[],
  confidence: number,
  random: Random,
): readonly [low: number, high: number] {
  if (images.length < fewestImages) return [0, 1];
  const mious = Array.from({ length: resamples }, () => {
    const drawn = images.map(() => images[random.int(images.length)]!);
    return iouOf(addCounts(drawn)).miou;
  });
  mious.sort((a, b) => a - b);
  return [quantileSorted(mious, (1 - confidence) / 2), quantileSorted(mious, (1 + confidence) / 2)];
}

const points = (share: number): string => `${share < 0 ? '-' : '+'}${Math.abs(100 * share).toFixed(2)} points`;
