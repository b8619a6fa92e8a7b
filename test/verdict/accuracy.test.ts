import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import type { Counts } from '../../src/metrics/miou.ts';
import { judgeAccuracy, meanMiou, miouInterval, pooledSpread, type SeedCounts } from '../../src/verdict/accuracy.ts';

/** Images of 1000 pixels, hard and easy ones; head gets `worse` more of them wrong, give or take. */
function pair(images: number, worse: number, seed: number): { base: Counts[]; head: Counts[] } {
  const random = createRandom(seed, 'images');
  const counted = (wrong: number): Counts => [500 - wrong, wrong, wrong, 500 - wrong];
  const base: Counts[] = [];
  const head: Counts[] = [];
  for (let i = 0; i < images; i++) {
    const wrong = Math.round(10 + 60 * random.uniform());
    base.push(counted(wrong));
    head.push(counted(Math.max(0, Math.round(wrong + worse + 4 * random.normal()))));
  }
  return { base, head };
}

const judge = (images: number, worse: number, seed = 1) => {
  const { base, head } = pair(images, worse, seed);
  return judgeAccuracy([base], [head], {
    threshold: 0.01,
    confidence: 0.99,
    random: createRandom(seed),
    spread: undefined,
  });
};

describe('accuracy verdict on two models', () => {
  it('tells a drop of two points from none, though images differ by far more than that', () => {
    // About 2.7 wrong pixels of 500 are a point of mIoU here.
    expect(judge(256, 6)).toMatchObject({ outcome: 'fail' });
    expect(judge(256, 0)).toMatchObject({ outcome: 'pass' });
    expect(judge(256, 0).change).toBeCloseTo(0, 2);
  });

  it('says that few images cannot tell', () => {
    expect(judge(4, 3)).toMatchObject({ outcome: 'inconclusive' });
  });

  it('has an interval that misses the true change about as often as it says', () => {
    // The true change, from many images.
    const { base, head } = pair(20_000, 3, 99);
    const truth = judgeAccuracyChange(base, head);
    const missed = Array.from({ length: 40 }, (_, seed) => {
      const one = pair(50, 3, seed + 1000);
      const { interval } = judgeAccuracy([one.base], [one.head], {
        threshold: 0.01,
        spread: undefined,
        confidence: 0.9,
        random: createRandom(seed),
      });
      return truth < interval[0] || truth > interval[1];
    }).filter(Boolean).length;
    expect(missed).toBeLessThan(11);
    expect(missed).toBeGreaterThan(0);
  });
});

describe('an interval over few images, a few of which have most of the wrong pixels', () => {
  /** Wrong pixels by a log-normal distribution. */
  const uneven = (images: number, seed: number): Counts[] => {
    const random = createRandom(seed, 'uneven');
    return Array.from({ length: images }, () => {
      const wrong = Math.min(5000, Math.round(100 * Math.exp(0.8 * random.normal())));
      return [10_000 - wrong, wrong, wrong, 10_000 - wrong];
    });
  };

  it('misses the truth on both sides, in all about as often as it says', () => {
    const truth = meanMiou([uneven(400_000, 1)]);
    const trials = 150;
    const missed = { above: 0, below: 0 };
    for (let seed = 0; seed < trials; seed++) {
      const settings = { confidence: 0.9, random: createRandom(seed), spread: undefined };
      const [low, high] = miouInterval([uneven(30, seed + 1000)], settings);
      if (truth < low) missed.below++;
      if (truth > high) missed.above++;
    }
    // Percentiles alone miss it below 13 times here, and above never.
    expect(missed.above + missed.below).toBeLessThan(22);
    expect(missed.above).toBeGreaterThan(1);
  });

  it('is a point where all images are alike', () => {
    const alike = Array.from({ length: 40 }, (): Counts => [450, 50, 50, 450]);
    const [low, high] = miouInterval([alike], { confidence: 0.95, random: createRandom(1), spread: undefined });
    expect([low, high]).toEqual([meanMiou([alike]), meanMiou([alike])]);
  });
});

/** Trainings on the same images, from seeds that differ by so many wrong pixels (standard deviation). */
function trainings(images: number, seeds: number, worse: number, deviation: number, seed: number): SeedCounts {
  const hard = createRandom(seed, 'images');
  const wrongs = Array.from({ length: images }, () => 20 + 40 * hard.uniform());
  const random = createRandom(seed, 'trainings', seeds, worse);
  return Array.from({ length: seeds }, () => {
    const luck = worse + deviation * random.normal();
    return wrongs.map((wrong): Counts => {
      const count = Math.max(0, Math.round(wrong + luck + 4 * random.normal()));
      return [500 - count, count, count, 500 - count];
    });
  });
}

describe('mean mIoU over seeds', () => {
  it('is the mean of what each seed scores, pixels pooled', () => {
    const seeds: SeedCounts = [
      [
        [10, 0, 0, 10],
        [0, 10, 10, 0],
      ],
      [
        [10, 0, 0, 10],
        [10, 0, 0, 10],
      ],
    ];
    expect(meanMiou(seeds)).toBeCloseTo((1 / 3 + 1) / 2, 12);
  });

  it('has the spread of seeds from all networks together, and none where each has one', () => {
    const one = trainings(20, 1, 0, 0, 1);
    expect(pooledSpread([one, one])).toBeUndefined();
    const [two, three] = [trainings(20, 2, 0, 4, 1), trainings(20, 3, 5, 4, 1)];
    const squares = [two, three].flatMap((seeds) => {
      const mious = seeds.map((images) => meanMiou([images]));
      return mious.map((miou) => (miou - meanMiou(seeds)) ** 2);
    });
    const { deviation, freedom } = pooledSpread([one, two, three])!;
    expect(freedom).toBe(3);
    expect(deviation).toBeCloseTo(Math.sqrt(squares.reduce((a, b) => a + b) / 3), 12);
  });

  it('has an interval that holds the truth as often as it says, where two seeds drawn with replacement cannot', () => {
    // Seeds matter far more than images here: the truth lies between two seeds half of the times only.
    const truth = meanMiou(trainings(300, 60, 0, 8, 7));
    const trials = 60;
    const missed = { by: 0, between: 0 };
    for (let seed = 0; seed < trials; seed++) {
      const head = trainings(100, 2, 0, 8, seed + 100);
      const others = [1, 2].map((i) => trainings(100, 2, 10 * i, 8, seed + 100));
      const spread = pooledSpread([head, ...others]);
      const [low, high] = miouInterval(head, { confidence: 0.95, random: createRandom(seed), spread });
      if (truth < low || truth > high) missed.by++;
      const [a, b] = head.map((images) => meanMiou([images])) as [number, number];
      if (truth < Math.min(a, b) || truth > Math.max(a, b)) missed.between++;
    }
    expect(missed.by).toBeLessThanOrEqual(8);
    expect(missed.between).toBeGreaterThan(15);
  });

  it('of single seeds that differ passes no judgment that more seeds would turn round', () => {
    const head = trainings(256, 3, 8, 8, 3);
    const base = trainings(256, 3, 0, 8, 3);
    const limit = { threshold: 0.01, confidence: 0.99, random: createRandom(3) };
    const spread = pooledSpread([head, base]);
    const one = judgeAccuracy(base.slice(0, 1), head.slice(0, 1), { ...limit, spread: undefined });
    const all = judgeAccuracy(base, head, { ...limit, spread });
    expect(all.interval[1] - all.interval[0]).toBeGreaterThan(2 * (one.interval[1] - one.interval[0]));
    expect(all).toMatchObject({ outcome: 'inconclusive' });
    expect(all.reason).toContain('too few images or seeds');
  });
});

function judgeAccuracyChange(base: Counts[], head: Counts[]): number {
  const miou = (all: Counts[]): number => {
    const [tb, fp, fn, tp] = [0, 1, 2, 3].map((i) => all.reduce((sum, counts) => sum + counts[i]!, 0)) as [
      number,
      number,
      number,
      number,
    ];
    return (tp / (tp + fp + fn) + tb / (tb + fp + fn)) / 2;
  };
  return miou(head) - miou(base);
}
