import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import type { Counts } from '../../src/metrics/miou.ts';
import { judgeAccuracy } from '../../src/verdict/accuracy.ts';

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
  return judgeAccuracy(base, head, { threshold: 0.01, confidence: 0.99, random: createRandom(seed) });
};

describe('accuracy verdict', () => {
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
      const { interval } = judgeAccuracy(one.base, one.head, {
        threshold: 0.01,
        confidence: 0.9,
        random: createRandom(seed),
      });
      return truth < interval[0] || truth > interval[1];
    }).filter(Boolean).length;
    expect(missed).toBeLessThan(11);
    expect(missed).toBeGreaterThan(0);
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
