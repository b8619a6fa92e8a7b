// Intervals over seeds and images: a bootstrap of two levels, corrected for few and uneven images.
import { errorFunction, probit, quantileSorted } from 'simple-statistics';
import type { Random } from '../lib/random.ts';
import { studentQuantile } from '../lib/student.ts';
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

/** Draws beyond each end of an interval, so that neither hangs on a handful of them. */
const drawsBeyond = 20;
/** Enough of them for bias and acceleration, however wide the interval; and what takes seconds, enough for 25 comparisons of one run. */
const [fewestDraws, mostDraws] = [4000, 100_000];

/**
 * An interval by a bootstrap of two levels. Images are drawn with replacement, the same for all networks and seeds, since images differ far more
 * than networks do. Seeds are not: draws with replacement from two seeds never leave the two, and the truth lies outside them half of the times.
 * The mean over a network's seeds is moved instead by a draw from Student's distribution, by the spread of all networks of the run.
 *
 * The ends are BCa's (Efron 1987, "Better bootstrap confidence intervals"): a few photos have most of the wrong pixels, and where none of those
 * was drawn into val, mIoU is too high and its percentiles too close together. Draws of images are stretched as Hesterberg 2015 ("What teachers
 * should know about the bootstrap", expanded percentiles) does: n images vary by more than draws from them, and by Student's distribution.
 * @param statistic of the networks' mean mIoUs
 */
export function bootstrap(
  networks: readonly SeedCounts[],
  statistic: (mious: readonly number[]) => number,
  { confidence, random, spread }: IntervalSettings,
): [number, number] {
  const images = networks[0]![0]!.length;
  const packed = networks.map((seeds) => seeds.map((counts) => Float64Array.from(counts.flat())));
  const totals = networks.map((seeds) => seeds.map((counts) => addCounts(counts)));
  const found = statistic(totals.map((seeds) => mean(seeds.map((counts) => iouOf(counts).miou))));
  const upper = (1 + confidence) / 2;
  const resamples = Math.min(mostDraws, Math.max(fewestDraws, Math.ceil(drawsBeyond / (1 - upper) - 1e-6)));
  const stretch = Math.sqrt(images / (images - 1)) * (studentQuantile(upper, images - 1) / probit(upper));
  const drawn = new Int32Array(images);
  const [byImages, bySeeds] = [new Float64Array(resamples), new Float64Array(resamples)];
  for (let draw = 0; draw < resamples; draw++) {
    for (let i = 0; i < images; i++) drawn[i] = random.int(images);
    const resampled = statistic(packed.map((seeds) => mean(seeds.map((counts) => miouOfDrawn(counts, drawn)))));
    const deviation = spread ? drawDeviation(spread, random) : 0;
    const moved = networks.map((seeds) => (deviation / Math.sqrt(seeds.length)) * random.normal());
    byImages[draw] = stretch * (resampled - found);
    bySeeds[draw] = statistic(moved);
  }
  const changes = Array.from(byImages, (change, i) => change + bySeeds[i]!).sort((a, b) => a - b);
  const without = Array.from({ length: images }, (_, left) =>
    statistic(networks.map((seeds, n) => mean(seeds.map((counts, s) => miouWithout(totals[n]![s]!, counts[left]!))))),
  );
  // What seeds add is even on both sides: it thins out the images' skewness.
  const share = squares(byImages) / (squares(byImages) + squares(bySeeds) || 1);
  const level = bcaLevel(changes, accelerationOf(without) * share ** 1.5);
  return [found + quantileSorted(changes, level(1 - upper)), found + quantileSorted(changes, level(upper))];
}

/** Which quantile of the draws takes the place of one: bias from the share of draws below what was found, and acceleration. */
function bcaLevel(changes: readonly number[], acceleration: number): (level: number) => number {
  const below = changes.reduce((sum, change) => sum + (1 - Math.sign(change)) / 2, 0);
  // Half a draw from the ends: all draws on one side say no more than that.
  const bias = probit(Math.min(changes.length - 0.5, Math.max(0.5, below)) / changes.length);
  return (level) => {
    const moved = bias + probit(level);
    return normalShare(bias + moved / (1 - acceleration * moved));
  };
}

/** Efron's acceleration, a sixth of the skewness of what is found without each image. */
function accelerationOf(without: readonly number[]): number {
  const middle = mean(without);
  const [second, third] = [2, 3].map((power) => without.reduce((sum, value) => sum + (middle - value) ** power, 0));
  return second! > 0 ? third! / (6 * second! ** 1.5) : 0;
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

const miouWithout = (total: Counts, image: Counts): number =>
  iouOf(total.map((n, i) => n - image[i]!) as unknown as Counts).miou;

/** The probability that a normal variable is below z. */
const normalShare = (z: number): number => (1 + errorFunction(z / Math.SQRT2)) / 2;

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
