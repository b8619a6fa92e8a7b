import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../src/lib/random.ts';
import { createConfidenceSequence, samplesBeyond } from '../../src/verdict/confidence-sequence.ts';

/** Share of `trials` in which any look in 60 at the interval misses the median 0. */
function everWrong(draw: (random: Random) => number, confidence: number, trials: number): number {
  let wrong = 0;
  for (let trial = 0; trial < trials; trial++) {
    const random = createRandom(trial, 'coverage');
    const sequence = createConfidenceSequence(confidence);
    for (let look = 0; look < 60; look++) {
      sequence.add(draw(random));
      const [low, high] = sequence.interval();
      if (low > 0 || high < 0) {
        wrong++;
        break;
      }
    }
  }
  return wrong / trials;
}

describe('confidence sequence of a median', () => {
  it('misses the median at any of 60 looks no more often than it says, whatever the distribution', () => {
    const cauchy = (random: Random) => Math.tan(Math.PI * (random.uniform() - 0.5));
    const lopsided = (random: Random) => Math.exp(2 * random.normal()) - 1;
    const growing = (random: Random) => random.normal() * Math.exp(3 * random.uniform());
    // 2000 trials at 10 %: at most 12 % allows for three standard errors.
    for (const draw of [cauchy, lopsided, growing]) expect(everWrong(draw, 0.9, 2000)).toBeLessThan(0.12);
  });

  it('would be broken by looks at fixed 90 % intervals, so that the test above can fail', () => {
    // The sign test's own 95 % point (normal approximation), looked at again and again.
    let wrong = 0;
    for (let trial = 0; trial < 500; trial++) {
      const random = createRandom(trial, 'naive');
      let above = 0;
      for (let n = 1; n <= 60; n++) {
        above += random.uniform() < 0.5 ? 1 : 0;
        if (n >= 10 && Math.abs(above - n / 2) > 1.645 * Math.sqrt(n / 4)) {
          wrong++;
          break;
        }
      }
    }
    expect(wrong / 500).toBeGreaterThan(0.2);
  });

  it('decides after ten samples on one side at 99 %, and says nothing after nine', () => {
    expect(samplesBeyond(9, 0.005)).toBeUndefined();
    expect(samplesBeyond(10, 0.005)).toBe(10);
    const sequence = createConfidenceSequence(0.99);
    for (let i = 1; i <= 9; i++) sequence.add(i);
    expect(sequence.interval()).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    sequence.add(10);
    expect(sequence.interval()).toEqual([1, 10]);
  });

  it('is an exact test: under a fair coin the evidence averages 1 at every number of samples', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.001, max: 0.2, noNaN: true }), (n, error) => {
        // Chance of refusing a true median at this one look, by the binomial distribution.
        const needed = samplesBeyond(n, error);
        if (needed === undefined) return;
        let chance = 0;
        for (let k = needed; k <= n; k++) chance += binomial(n, k) / 2 ** n;
        expect(chance).toBeLessThanOrEqual(error);
      }),
    );
  });
});

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result *= (n - k + i) / i;
  return result;
}
