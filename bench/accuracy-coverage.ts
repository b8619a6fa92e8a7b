// How often the intervals of src/verdict/accuracy.ts hold the truth, in a simulation: `node bench/run.mjs accuracy-coverage [--trials 400]`.
// Images differ by far more than networks, seeds by 0.3 points, and each network is lucky on some images (docs/results/accuracy-intervals.md).
import { parseArgs } from 'node:util';
import { quantileSorted } from 'simple-statistics';
import { createRandom, type Random } from '../src/lib/random.ts';
import { addCounts, type Counts, iouOf } from '../src/metrics/miou.ts';
import { judgeAccuracy, meanMiou, miouInterval, pooledSpread, type SeedCounts } from '../src/verdict/accuracy.ts';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '400' },
    seeds: { type: 'string', default: '2,3' },
    images: { type: 'string', default: '30,64,128,256' },
  },
});
const trials = Number(values.trials);

/** Pixels of an image. */
const pixels = 256 * 341;
/** Natural logarithms of the share of wrong pixels: its mean, and how it varies over images, over seeds, and over both together. */
const share = { mean: Math.log(0.022), image: 0.75, seed: 0.055, both: 0.3 };

interface Image {
  readonly person: number;
  readonly hard: number;
}

const drawImage = (random: Random): Image => ({
  person: Math.min(0.9, Math.max(0.1, 0.5 + 0.15 * random.normal())),
  hard: share.image * random.normal(),
});

/** What a network gets right and wrong on an image. @param worse added to the logarithm of the wrong share */
function count({ person, hard }: Image, seed: number, worse: number, random: Random): Counts {
  const wrong = Math.min(0.3, Math.exp(share.mean + worse + hard + seed + share.both * random.normal()));
  const missed = wrong * (0.3 + 0.4 * random.uniform());
  return [1 - person - (wrong - missed), wrong - missed, missed, person - missed].map((s) =>
    Math.max(0, Math.round(s * pixels)),
  ) as unknown as Counts;
}

const train = (images: readonly Image[], seeds: number, worse: number, random: Random): SeedCounts =>
  Array.from({ length: seeds }, () => {
    const seed = share.seed * random.normal();
    return images.map((image) => count(image, seed, worse, random));
  });

/** mIoU over all images and seeds. */
function truth(worse: number): number {
  const random = createRandom(1, 'truth');
  const seeds = Array.from({ length: 40 }, (_, i) => share.seed * normalQuantile((i + 0.5) / 40));
  const mious = seeds.map((seed) => {
    const images = Array.from({ length: 20_000 }, () => count(drawImage(random), seed, worse, random));
    return iouOf(addCounts(images)).miou;
  });
  return mious.reduce((a, b) => a + b) / mious.length;
}

/** By the sum of many draws: a bench needs no more. */
function normalQuantile(p: number): number {
  const random = createRandom(1, 'normal');
  return quantileSorted(
    Array.from({ length: 100_000 }, () => random.normal()).sort((a, b) => a - b),
    p,
  );
}

/** Seeds and images both drawn with replacement, as it is usually written: for comparison. */
function usual(seeds: SeedCounts, confidence: number, random: Random): [number, number] {
  const n = seeds[0]!.length;
  const drawn = Array.from({ length: 1000 }, () => {
    const images = Array.from({ length: n }, () => random.int(n));
    return meanMiou(seeds.map(() => seeds[random.int(seeds.length)]!).map((counts) => images.map((i) => counts[i]!)));
  }).sort((a, b) => a - b);
  return [quantileSorted(drawn, (1 - confidence) / 2), quantileSorted(drawn, (1 + confidence) / 2)];
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
const points = (value: number): string => (100 * value).toFixed(2);

const expected = truth(0);
/** How much worse a network is that loses one point: found by bisection. */
let [low, high] = [0, 0.5];
while (high - low > 1e-3) {
  const middle = (low + high) / 2;
  if (expected - truth(middle) < 0.01) low = middle;
  else high = middle;
}
const pointWorse = (low + high) / 2;
console.log(`true mIoU ${points(expected)}; a network that is worse by ${pointWorse.toFixed(3)} loses a point\n`);
console.log(
  '| seeds | images | nominal | images alone | both with replacement | ours, one network | ours, three networks | half width |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const seeds of values.seeds.split(',').map(Number)) {
  for (const images of values.images.split(',').map(Number)) {
    for (const confidence of [0.95, 0.99]) {
      const hits = [0, 0, 0, 0];
      let width = 0;
      for (let trial = 0; trial < trials; trial++) {
        const random = createRandom(trial, 'coverage', seeds, images);
        const set = Array.from({ length: images }, () => drawImage(random));
        const [head, ...others] = [0, -0.1, 0.3].map((worse) => train(set, seeds, worse, random));
        const intervals = [
          miouInterval(head!, { confidence, random, spread: undefined }),
          usual(head!, confidence, random),
          miouInterval(head!, { confidence, random, spread: pooledSpread([head!]) }),
          miouInterval(head!, { confidence, random, spread: pooledSpread([head!, ...others]) }),
        ];
        for (const [i, [from, to]] of intervals.entries()) if (from <= expected && expected <= to) hits[i]! += 1;
        width += (intervals[3]![1] - intervals[3]![0]) / 2;
      }
      const cells = hits.map((hit) => percent(hit, trials));
      console.log(
        `| ${seeds} | ${images} | ${100 * confidence} % | ${cells.join(' | ')} | ${points(width / trials)} |`,
      );
    }
  }
}

console.log('\nHead against base, one point allowed, confidence 99 %, spread pooled over head, base and a baseline:\n');
console.log('| seeds of head / base | images | true change | fail | pass | inconclusive |');
console.log('|---|---|---|---|---|---|');
for (const [seeds, ofBase] of [
  [2, 2],
  [3, 3],
  [3, 1],
] as const) {
  for (const images of [64, 256]) {
    for (const lost of [0, 1, 3]) {
      const outcomes = { fail: 0, pass: 0, inconclusive: 0 };
      for (let trial = 0; trial < trials; trial++) {
        const random = createRandom(trial, 'verdict', seeds, images, lost);
        const set = Array.from({ length: images }, () => drawImage(random));
        const base = train(set, ofBase, 0, random);
        const head = train(set, seeds, lost * pointWorse, random);
        const spread = pooledSpread([base, head, train(set, seeds, 0.3, random)]);
        outcomes[judgeAccuracy(base, head, { threshold: 0.01, confidence: 0.99, random, spread }).outcome]++;
      }
      const cells = [outcomes.fail, outcomes.pass, outcomes.inconclusive].map((n) => percent(n, trials));
      console.log(
        `| ${seeds} / ${ofBase} | ${images} | ${lost === 0 ? '0' : `about -${lost}`} points | ${cells.join(' | ')} |`,
      );
    }
  }
}
