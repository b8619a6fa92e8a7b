import { expect, test } from 'vitest';
import { type PathParts, pathErrorOf, weakest } from '../../src/latency/path-error.ts';

const figures = new Map([
  ['head', { p10Ms: 1, errorMs: 0.03 }],
  ['tail', { p10Ms: 2, errorMs: 0 }],
  ['frame', { p10Ms: 0.5, errorMs: 0.02 }],
  ['fast', { p10Ms: 1.5, errorMs: 0.04 }],
]);

test('errors of a path add up in squares, those of frames as often as frames are subtracted', () => {
  // Two layers of the same operation: 1 + 2 + 2 (1.5 - 0.5) ms; its own error counts twice, and so does the frame's.
  const parts: PathParts = { entries: [{ name: 'fast', frames: ['frame', 'frame'] }], layers: [[0], [0]] };
  const { share, shares } = pathErrorOf(parts, figures);
  expect(share).toBeCloseTo(Math.sqrt(0.03 ** 2 + (2 * 0.04) ** 2 + (2 * 0.02) ** 2) / 5, 10);
  expect([...shares.values()].reduce((a, b) => a + b)).toBeCloseTo(1, 10);
  expect(shares.get('fast')).toBeCloseTo(0.0064 / 0.0089, 10);
  expect([...weakest({ share, shares })]).toEqual(['fast']);
});

test('a path chooses one operation of each layer', () => {
  const exact = new Map([...figures, ['frame', { p10Ms: 0.5, errorMs: 0 }], ['slow', { p10Ms: 5.5, errorMs: 0.8 }]]);
  const entries = (['fast', 'slow'] as const).map((name) => ({ name, frames: ['frame', 'frame'] as const }));
  const only = (layer: number[]) => pathErrorOf({ entries, layers: [layer] }, exact).share ** 2;
  const both = only([0, 1]);
  expect(only([0])).toBeLessThan(both);
  expect(both).toBeLessThan(only([1]));
  // About half of the paths have either.
  expect(both / ((only([0]) + only([1])) / 2)).toBeCloseTo(1, 0);
});
