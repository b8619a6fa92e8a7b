import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import {
  correctedConfidence,
  createLatencyJudge,
  type JudgedBlock,
  type LatencyVerdict,
} from '../../src/verdict/latency.ts';

interface Machine {
  /** Deviation between sessions of one model, of the logarithm. */
  readonly session: number;
  /** Its tails: the logarithms between sessions are Cauchy's, not normal. */
  readonly heavy?: boolean;
  /** Chance that a run meets another process, which makes it up to five times slower. */
  readonly bursts?: number;
  /** What the second session of a block is slower by. */
  readonly bias?: number;
}

/** Blocks of ten rounds of a head that is `slower` by a share. */
function* blocks(
  slower: number,
  { session, heavy = false, bursts = 0, bias = 0 }: Machine,
  seed: number,
): Generator<JudgedBlock> {
  const random = createRandom(seed, 'machine');
  let count = 0;
  for (;;) {
    const runs = (share: number): number[] => {
      const deviation = heavy ? Math.tan(Math.PI * (random.uniform() - 0.5)) : random.normal();
      const placed = 2 * (1 + share) * Math.exp(session * Math.min(1000, Math.max(-1000, deviation)));
      return Array.from({ length: 10 }, () => {
        const disturbed = random.uniform() < bursts ? 1 + 4 * random.uniform() : 1;
        return placed * (1 + 0.02 * random.uniform()) * disturbed;
      });
    };
    // Sessions of head are as likely to be the slower ones.
    const [first, second] = random.uniform() < 0.5 ? [0, bias] : [bias, 0];
    yield {
      timings: [runs(0), runs(bias), runs(slower + first), runs(slower + second)],
      process: Math.floor(count++ / 4),
    };
  }
}

function compare(slower: number, threshold: number, machine: Machine, seed: number): LatencyVerdict {
  const judge = createLatencyJudge(1, { threshold, confidence: 0.99 });
  let count = 0;
  for (const block of blocks(slower, machine, seed)) {
    judge.add(block);
    if (judge.decided() || ++count >= 60) break;
  }
  return judge.verdicts()[0]!;
}

const outcomes = (slower: number, threshold: number, machine: Machine): Record<string, number> => {
  const counts: Record<string, number> = { pass: 0, fail: 0, inconclusive: 0 };
  for (let seed = 0; seed < 100; seed++) counts[compare(slower, threshold, machine, seed).outcome]!++;
  return counts;
};

describe('latency verdict', () => {
  it('fails what is slower than the threshold and passes what is not, on a quiet machine', () => {
    const quiet = { session: 0.005 };
    expect(outcomes(0.1, 0.05, quiet)).toMatchObject({ fail: 100 });
    expect(outcomes(0.06, 0.03, quiet).fail).toBeGreaterThan(95);
    expect(outcomes(0.02, 0.05, quiet)).toMatchObject({ pass: 100 });
    expect(outcomes(0, 0.03, quiet)).toMatchObject({ pass: 100 });
  });

  it('does not fail what is within the threshold while other processes disturb a third of all runs', () => {
    const loaded = { session: 0.02, bursts: 0.33 };
    expect(outcomes(0, 0.03, loaded).fail).toBe(0);
    expect(outcomes(0.03, 0.05, loaded).fail).toBe(0);
    expect(outcomes(0.2, 0.05, loaded).pass).toBe(0);
  });

  it('fails what is as slow as the threshold no more often than it says, whatever the noise', () => {
    const machines = [{ session: 0.01 }, { session: 0.01, heavy: true }, { session: 0.01, bursts: 0.33 }];
    for (const machine of machines) {
      // Half of the 1 % that both bounds may err; six in 400 are three standard errors more.
      let wrong = 0;
      for (let seed = 0; seed < 400; seed++) if (compare(0.03, 0.03, machine, seed).outcome === 'fail') wrong++;
      expect(wrong).toBeLessThanOrEqual(6);
    }
  });

  it('says so where the machine is too noisy, and where it tells a copy from its original', () => {
    const noisy = compare(0, 0.03, { session: 0.08 }, 1);
    expect(noisy).toMatchObject({ outcome: 'inconclusive' });
    expect(noisy.reason).toMatch(/too noisy/);
    const biased = (slower: number) => compare(slower, 0.05, { session: 0.002, bias: 0.02 }, 1);
    expect(biased(0.065)).toMatchObject({ outcome: 'inconclusive' });
    expect(biased(0.065).reason).toMatch(/tells base from itself/);
    expect(biased(0.2)).toMatchObject({ outcome: 'fail' });
    expect(biased(0)).toMatchObject({ outcome: 'pass' });
  });

  it('is undisturbed by a clock that stands still or jumps in a few runs, and refuses one that never moves', () => {
    const judge = createLatencyJudge(1, { threshold: 0.05, confidence: 0.99 });
    const source = blocks(0.1, { session: 0.002 }, 1);
    for (let i = 0; i < 12; i++) {
      const { timings, process } = source.next().value as JudgedBlock;
      const [base, ...others] = timings;
      judge.add({ timings: [[0, -3, 1e9, ...base!.slice(3)], ...others], process });
    }
    expect(judge.verdicts()[0]).toMatchObject({ outcome: 'fail' });
    expect(() => judge.add({ timings: Array(4).fill([0, 0]), process: 0 })).toThrow(/clock/);
  });

  it('asks more of each of several comparisons', () => {
    expect(correctedConfidence(0.99, 1)).toBeCloseTo(0.99, 12);
    expect(correctedConfidence(0.99, 4)).toBeCloseTo(0.9975, 12);
  });
});
