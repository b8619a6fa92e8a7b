import { expect, it } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import { studentQuantile } from '../../src/lib/student.ts';
import { clusteredQuantile, meanInterval } from '../../src/metrics/quantiles.ts';

it.each([
  [0.975, 1, 12.7062],
  [0.975, 2, 4.3027],
  [0.95, 5, 2.015],
  [0.995, 9, 3.2498],
  [0.975, 10, 2.2281],
  [0.999, 30, 3.3852],
  [0.5, 4, 0],
])("Student's t: %d at %d degrees of freedom", (p, degrees, expected) => {
  expect(studentQuantile(p, degrees)).toBeCloseTo(expected, 3);
});

/** Ten blocks of twelve runs, which are slowed together and one by one: the true median is 1. */
function* measurements(trials: number) {
  const random = createRandom(11);
  for (let trial = 0; trial < trials; trial++)
    yield Array.from({ length: 10 }, () => {
      const block = 0.02 * random.normal();
      return Array.from({ length: 12 }, () => Math.exp(block + 0.02 * random.normal()));
    });
}

it.each([0.95, 0.99])('intervals of a median over ten blocks cover it as often as they say: %d', (confidence) => {
  const trials = 3000;
  let covered = 0;
  for (const blocks of measurements(trials)) {
    const [low, high] = clusteredQuantile(blocks, 0.5, confidence).interval;
    if (low <= 1 && 1 <= high) covered++;
  }
  // Three standard errors of the count.
  expect(covered / trials).toBeGreaterThan(confidence - 3 * Math.sqrt((confidence * (1 - confidence)) / trials));
});

it('intervals of a mean over ten values cover it as often as they say', () => {
  const random = createRandom(3);
  let covered = 0;
  for (let trial = 0; trial < 3000; trial++) {
    const [low, high] = meanInterval(
      Array.from({ length: 10 }, () => random.normal()),
      0.95,
    );
    if (low <= 0 && 0 <= high) covered++;
  }
  expect(covered / 3000).toBeGreaterThan(0.938);
  expect(covered / 3000).toBeLessThan(0.962);
});
