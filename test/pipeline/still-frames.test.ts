import { describe, expect, it } from 'vitest';
import { normalization } from '../../src/lib/normalization.ts';
import { stillFrames } from '../../src/pipeline/still-frames.ts';

const { mean, std } = normalization;
/** Photos of one color value a pixel, as [1, 3, 2, 3]. */
const photo = (pixels: readonly number[]): Float32Array =>
  Float32Array.from([0, 1, 2].flatMap((c) => pixels.map((color) => (color - mean[c]!) / std[c]!)));
const colors = (planes: Float32Array): number[][] =>
  [0, 1, 2].map((c) => [...planes.subarray(6 * c, 6 * c + 6)].map((x) => Number((x * std[c]! + mean[c]!).toFixed(4))));

describe('frames of a still scene', () => {
  it('move by a pixel to the right and down, edges repeated, and change the light by a twentieth', () => {
    const seen: { move: readonly number[]; colors: number[][] }[] = [];
    for (const { frames, move } of stillFrames(photo([0.1, 0.2, 0.3, 0.4, 0.5, 1]), [2, 3]))
      seen.push({ move, colors: colors(frames) });
    expect(seen).toHaveLength(4);
    expect(seen.map(({ move }) => move)).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
    const expected = [
      [0.1, 0.1, 0.2, 0.4, 0.4, 0.5],
      [0.1, 0.2, 0.3, 0.1, 0.2, 0.3],
      [0.095, 0.19, 0.285, 0.38, 0.475, 0.95],
      // White stays white.
      [0.105, 0.21, 0.315, 0.42, 0.525, 1],
    ];
    expect(seen.map((frame) => frame.colors)).toEqual(expected.map((plane) => [plane, plane, plane]));
  });
});
