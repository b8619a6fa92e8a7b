import { describe, expect, test } from 'vitest';
import { addCounts, type Counts, countPixels as countPersons, iouOf, personPixels } from '../../src/metrics/miou.ts';

type Size = readonly [number, number];
const countPixels = (map: Float32Array, size: Size, mask: Uint8Array, maskSize: Size, threshold?: number): Counts =>
  countPersons(personPixels(map, size, maskSize, threshold), mask);

const P = 255;
const I = 128;

describe('mean IoU', () => {
  test('equals the count by hand at equal resolution, ignored pixels left out', () => {
    const probability = Float32Array.of(0.9, 0.8, 0.5, 0.1, 0.2, 0.9, 0.4, 0.0);
    const mask = Uint8Array.of(P, P, 0, 0, P, I, I, 0);
    const counts = countPixels(probability, [2, 4], mask, [2, 4]);
    // person: both 2, only predicted 1 (0.5 reaches the threshold), only in the mask 1; background: both 2
    expect(iouOf(counts)).toEqual({ personIou: 2 / 4, backgroundIou: 2 / 4, miou: 0.5 });
  });

  test('upsamples with half-pixel centers and clamped edges before it compares', () => {
    // [0, 1] to 4 columns gives 0, 0.25, 0.75, 1 (align-corners would give 0, 0.33, 0.67, 1); the rows are equal
    const agree = (threshold: number, mask: number[]) => {
      const counts = countPixels(Float32Array.of(0, 1), [1, 2], Uint8Array.from(mask), [2, 4], threshold);
      return iouOf(counts).miou;
    };
    expect(agree(0.5, [0, 0, P, P, 0, 0, P, P])).toBe(1);
    expect(agree(0.3, [0, 0, P, P, 0, 0, P, P])).toBe(1);
    expect(agree(0.7, [0, 0, P, P, 0, 0, P, P])).toBe(1);
    expect(agree(0.2, [0, P, P, P, 0, P, P, P])).toBe(1);
  });

  test('rows are interpolated as columns are', () => {
    const counts = countPixels(Float32Array.of(0, 1), [2, 1], Uint8Array.of(0, 0, P, P), [4, 1], 0.7);
    expect(iouOf(counts).miou).toBe(1);
  });

  test('pixels are pooled over images of different sizes, not averaged over images', () => {
    const large = countPixels(Float32Array.of(1), [1, 1], new Uint8Array(100).fill(P), [10, 10]);
    const small = countPixels(Float32Array.of(1), [1, 1], new Uint8Array(1).fill(0), [1, 1]);
    const iou = iouOf(addCounts([large, small]));
    expect(iou.personIou).toBeCloseTo(100 / 101, 12);
    expect(iou.backgroundIou).toBe(0);
  });

  test('a class that occurs nowhere counts as 1; nothing counted at all is an error', () => {
    expect(() => iouOf(addCounts([]))).toThrow('no pixel');
    const counts = countPixels(Float32Array.of(0), [1, 1], Uint8Array.of(0), [1, 1]);
    expect(iouOf(counts)).toEqual({ personIou: 1, backgroundIou: 1, miou: 1 });
  });
});
