import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationMethods } from '../../src/contracts/quantization.ts';
import { createRandom } from '../../src/lib/random.ts';
import {
  chooseRange,
  count,
  createHistogram,
  emptyRange,
  type Histogram,
  widen,
} from '../../src/quantization/ranges.ts';

function histogramOf(values: readonly number[]): Histogram {
  const histogram = createHistogram(widen(emptyRange, values));
  count(histogram, values);
  return histogram;
}

describe('ranges', () => {
  it('never leave what was seen, and always hold 0', () => {
    const values = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.constantFrom(...calibrationMethods), (seen, method) => {
        const histogram = histogramOf(seen);
        const { low, high } = chooseRange(histogram, method);
        const slack = 1e-9 * (histogram.high - histogram.low);
        return low <= 0 && high >= 0 && low >= histogram.low - slack && high <= histogram.high + slack;
      }),
    );
  });

  it('keep a uniform distribution whole, and cut what a few outliers span', () => {
    const random = createRandom(1, 'ranges');
    const uniform = Array.from({ length: 50_000 }, () => random.uniform());
    const gaussian = Array.from({ length: 50_000 }, () => random.normal());
    for (const method of calibrationMethods)
      expect(chooseRange(histogramOf(uniform), method).high).toBeGreaterThan(0.99);
    const spoiled = histogramOf([...gaussian, 40, -40]);
    expect(chooseRange(spoiled, 'minmax')).toMatchObject({ low: -40, high: 40 });
    for (const method of ['percentile', 'entropy'] as const) {
      const { low, high } = chooseRange(spoiled, method);
      expect(high).toBeGreaterThan(2.5);
      expect(high).toBeLessThan(16);
      expect(low).toBeLessThan(-2.5);
      expect(low).toBeGreaterThan(-16);
    }
  });

  it('the percentile leaves a ten-thousandth out', () => {
    const values = (outliers: number) =>
      Array.from({ length: 100_000 }, (_, i) => (i < outliers ? 100 : (i + 1) / 1e5));
    // 5 of 100,000 at the upper end, to within a bin of 100 / 2048.
    expect(chooseRange(histogramOf(values(4)), 'percentile').high).toBeLessThan(1.1);
    expect(chooseRange(histogramOf(values(7)), 'percentile')).toMatchObject({ low: 0, high: 100 });
  });
});
