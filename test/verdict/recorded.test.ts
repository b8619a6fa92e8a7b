// The verdict on samples that were recorded from real comparisons (fixtures/README.md): a model with its copy, and made slower by known work.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeSamples, type Samples } from '../../bench/block-statistics.ts';

interface Recorded extends Samples {
  readonly slower: number;
}

const read = (name: string): Recorded[] =>
  JSON.parse(readFileSync(new URL(`../../fixtures/verdict/${name}.json`, import.meta.url), 'utf8')) as Recorded[];

const outcomes = (all: readonly Recorded[], slower: (share: number) => boolean, threshold: number): string[] =>
  all.filter((one) => slower(one.slower)).map((one) => judgeSamples(one, { threshold, confidence: 0.99 }).outcome);

describe('the verdict on recorded comparisons', () => {
  it('never fails what is within the threshold, on quiet cores and with other processes in bursts', () => {
    for (const name of ['quiet', 'load']) {
      const all = read(name);
      expect(outcomes(all, (share) => share === 0, 0.05).length).toBeGreaterThan(20);
      expect(outcomes(all, (share) => share <= 0.03, 0.05)).not.toContain('fail');
      expect(outcomes(all, (share) => share <= 0.02, 0.03)).not.toContain('fail');
    }
  });

  it('fails what is twice as slow as the threshold on quiet cores, and passes nothing slower than the threshold', () => {
    const quiet = read('quiet');
    const all = [...outcomes(quiet, (share) => share >= 0.1, 0.05), ...outcomes(quiet, (share) => share >= 0.06, 0.03)];
    expect(all.length).toBeGreaterThan(50);
    expect(new Set(all)).toEqual(new Set(['fail']));
    for (const name of ['quiet', 'load']) {
      expect(outcomes(read(name), (share) => share >= 0.1, 0.05)).not.toContain('pass');
    }
  });
});
