import { describe, expect, test } from 'vitest';
import { largestRegion, mattingErrors } from '../../src/metrics/matting.ts';

const [width, height] = [40, 30];
const disk = (radius: number, value = 1): Float32Array =>
  Float32Array.from({ length: width * height }, (_, i) =>
    Math.hypot((i % width) - 20, Math.floor(i / width) - 15) <= radius ? value : 0,
  );

describe('matting errors', () => {
  test('are 0 for the matte itself', () => {
    expect(mattingErrors(disk(8), disk(8), width, height)).toEqual({ sad: 0, mse: 0, gradient: 0, connectivity: 0 });
  });

  test('SAD and MSE are sums and means by hand', () => {
    const truth = disk(8);
    const alpha = truth.slice();
    alpha[0] = 0.5;
    alpha[15 * width + 20] = 0.75;
    const { sad, mse } = mattingErrors(alpha, truth, width, height);
    expect(sad).toBeCloseTo(0.75 / 1000, 7);
    expect(mse).toBeCloseTo((0.25 + 0.0625) / (width * height), 7);
  });

  test('a blurred edge costs gradient, a constant offset inside does not', () => {
    const sharp = disk(8);
    const half = sharp.map((a) => 0.5 * a);
    const soft = disk(7).map((a, i) => (a + disk(9)[i]!) / 2);
    const gradientOf = (alpha: Float32Array, truth: Float32Array) =>
      mattingErrors(alpha, truth, width, height).gradient;
    expect(gradientOf(soft, sharp)).toBeGreaterThan(0);
    expect(gradientOf(half, half)).toBe(0);
    expect(gradientOf(half, sharp)).toBeGreaterThan(gradientOf(soft, sharp));
  });

  test('a piece that floats apart costs connectivity, by the pixels that it has', () => {
    const truth = disk(8);
    const floating = truth.slice();
    for (const i of [0, 1, width]) floating[i] = 1;
    const { connectivity } = mattingErrors(floating, truth, width, height);
    expect(connectivity).toBeCloseTo(3 / 1000, 7);
  });
});

test('the largest region is the one with most pixels that touch by a side', () => {
  const marked = Uint8Array.from([1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0]);
  expect([...largestRegion(marked, 4, 3)]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
});
