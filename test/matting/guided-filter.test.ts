import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import { createBoxFilter } from '../../src/matting/box-filter.ts';
import { fitGuidedFilter } from '../../src/matting/guided-filter.ts';

const random = createRandom(1, 'guided-filter');
const [width, height] = [13, 9];
const values = Float32Array.from({ length: width * height }, () => random.uniform());
const rgb = Uint8Array.from({ length: 3 * width * height }, () => random.int(256));

/** Indices of the window around a pixel, cut off at the edges. */
function windowOf(i: number, radius: number): number[] {
  const [x, y] = [i % width, Math.floor(i / width)];
  return Array.from({ length: width * height }, (_, j) => j).filter(
    (j) => Math.abs((j % width) - x) <= radius && Math.abs(Math.floor(j / width) - y) <= radius,
  );
}

describe('box filter', () => {
  test.each([0, 1, 3, 20])('sums the window of radius %i as a loop over its pixels does', (radius) => {
    const sums = new Float32Array(values.length);
    createBoxFilter(width, height, radius).sum(values, sums);
    values.forEach((_, i) => {
      const expected = windowOf(i, radius).reduce((sum, j) => sum + values[j]!, 0);
      expect(sums[i]).toBeCloseTo(expected, 4);
    });
  });
});

/** Least squares with a ridge in each window , its normal equations solved by elimination, in plain loops. */
function slowGuidedFilter(p: Float32Array, radius: number, epsilon: number): number[] {
  const color = (i: number, c: number): number => rgb[3 * i + c]! / 255;
  const fits = Array.from(values, (_, k) => fitWindow(windowOf(k, radius)));
  function fitWindow(pixels: number[]): { a: number[]; b: number } {
    const n = pixels.length;
    const mean = [0, 1, 2].map((c) => pixels.reduce((s, i) => s + color(i, c), 0) / n);
    const pMean = pixels.reduce((s, i) => s + p[i]!, 0) / n;
    const matrix = [0, 1, 2].map((c) =>
      [0, 1, 2].map(
        (d) =>
          pixels.reduce((s, i) => s + (color(i, c) - mean[c]!) * (color(i, d) - mean[d]!), 0) / n +
          (c === d ? epsilon : 0),
      ),
    );
    const right = [0, 1, 2].map((c) => pixels.reduce((s, i) => s + (color(i, c) - mean[c]!) * (p[i]! - pMean), 0) / n);
    const a = solve(matrix, right);
    return { a, b: pMean - a.reduce((s, value, c) => s + value * mean[c]!, 0) };
  }
  return Array.from(values, (_, i) => {
    const around = windowOf(i, radius);
    const sum = around.reduce((s, k) => s + fits[k]!.a.reduce((t, a, c) => t + a * color(i, c), 0) + fits[k]!.b, 0);
    return sum / around.length;
  });
}

/** Gaussian elimination with pivots. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let c = 0; c < rows.length; c++) {
    const pivot = rows
      .slice(c)
      .reduce((best, _, k) => (Math.abs(rows[c + k]![c]!) > Math.abs(rows[best]![c]!) ? c + k : best), c);
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    for (let r = 0; r < rows.length; r++)
      if (r !== c) {
        const factor = rows[r]![c]! / rows[c]![c]!;
        rows[r] = rows[r]!.map((v, k) => v - factor * rows[c]![k]!);
      }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}

/** The filter applied to the image that it was fitted to. */
function smoothed(p: Float32Array, epsilon: number): number[] {
  const { slope, offset } = fitGuidedFilter(rgb, p, [width, height], 2, epsilon);
  return Array.from(offset, (b, i) => slope.reduce((sum, map, c) => sum + (map[i]! * rgb[3 * i + c]!) / 255, b));
}

describe('guided filter', () => {
  test('agrees with the least-squares fit of every window, written out', () => {
    const smooth = smoothed(values, 1e-2);
    const expected = slowGuidedFilter(values, 2, 1e-2);
    smooth.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 4);
    });
  });

  test('keeps what is linear in color', () => {
    const linear = Float32Array.from(
      { length: width * height },
      (_, i) => 0.2 + rgb[3 * i]! / 510 - rgb[3 * i + 2]! / 2550,
    );
    const smooth = smoothed(linear, 1e-7);
    smooth.forEach((value, i) => {
      expect(value).toBeCloseTo(linear[i]!, 3);
    });
  });
});
