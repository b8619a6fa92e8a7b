import { describe, expect, it } from 'vitest';
import { hasSettled, summarizeRounds } from '../../src/latency/rounds.ts';
import { createRandom } from '../../src/lib/random.ts';

/** Rounds of a machine that now and then slows a run down a lot, as others' work does. */
function roundsOf(count: number, seed: number, noise: number): number[] {
  const random = createRandom(seed, 'rounds');
  return Array.from(
    { length: count },
    () => 2 * (1 + noise * random.uniform() + (random.uniform() < 0.4 ? random.uniform() : 0)),
  );
}

describe('summarizeRounds', () => {
  it('gives a standard error that is the scatter of the figure over repetitions, whatever the distribution', () => {
    for (const count of [20, 40, 120]) {
      const repetitions = Array.from({ length: 400 }, (_, seed) => summarizeRounds(roundsOf(count, seed, 0.05)));
      const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
      const steady = repetitions.map(({ p10Ms }) => p10Ms);
      const scatter = Math.sqrt(mean(steady.map((ms) => (ms - mean(steady)) ** 2)));
      const claimed = mean(repetitions.map(({ errorMs }) => errorMs));
      expect(claimed / scatter).toBeGreaterThan(0.7);
      expect(claimed / scatter).toBeLessThan(1.4);
    }
  });

  it('calls settled what more rounds would change by little, however wild the slow rounds are', () => {
    expect(hasSettled(summarizeRounds(roundsOf(40, 1, 0.01)))).toBe(true);
    expect(hasSettled(summarizeRounds(roundsOf(10, 1, 0.5)))).toBe(false);
  });
});
