import { expect, test } from 'vitest';
import { createRandom, restoreRandom } from '../../src/lib/random.ts';

test('streams whose labels differ in the last digit are independent from the first draw on', () => {
  const first = Array.from({ length: 1000 }, (_, i) => createRandom(1, 'weights', 100, i).uniform());
  const mean = first.reduce((a, b) => a + b) / 1000;
  const spread = Math.sqrt(first.reduce((a, b) => a + (b - mean) ** 2, 0) / 1000);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  expect(Math.abs(spread - Math.sqrt(1 / 12))).toBeLessThan(0.02);
});

test('a restored generator goes on with the very same draws', () => {
  const random = createRandom(5, 'a');
  random.normal();
  const copy = restoreRandom(random.state());
  expect(Array.from({ length: 5 }, () => copy.uniform())).toEqual(Array.from({ length: 5 }, () => random.uniform()));
});
