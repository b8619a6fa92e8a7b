import { describe, expect, it } from 'vitest';
import { measureInterleaved } from '../../src/latency/measure.ts';
import { createRandom } from '../../src/lib/random.ts';

/** Subjects whose runs take what `cost` says of a clock that only they move. */
function fakeMachine(names: string[], cost: (name: string, call: number) => number) {
  let now = 0;
  const calls: string[] = [];
  const subjects = names.map((name) => ({
    name,
    run: async () => {
      now += cost(name, calls.length);
      calls.push(name);
    },
  }));
  return { subjects, calls, clock: () => now };
}

describe('measureInterleaved', () => {
  it('visits every subject once a round, in an order that changes from round to round', async () => {
    const { subjects, calls, clock } = fakeMachine(['a', 'b', 'c', 'd'], () => 10);
    await measureInterleaved(subjects, { rounds: 8, runsPerRound: 2, random: createRandom(3), clock });
    const warmUp = calls.length - 8 * 4 * 3;
    const visits = calls.slice(warmUp).filter((_, i) => i % 3 === 0);
    const rounds = Array.from({ length: 8 }, (_, i) => visits.slice(4 * i, 4 * i + 4));
    for (const round of rounds) expect([...round].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(rounds.map(String)).size).toBeGreaterThan(3);
  });

  it('visits a subject as often a round as is asked, with a sample for each visit', async () => {
    const { subjects, calls, clock } = fakeMachine(['a', 'b'], () => 10);
    const visits = ({ name }: { name: string }) => (name === 'b' ? 3 : 1);
    const settings = { rounds: 5, runsPerRound: 1, random: createRandom(3), clock, visits };
    const measured = await measureInterleaved(subjects, settings);
    expect([...measured.values()].map(({ samples }) => samples.length)).toEqual([5, 15]);
    const order = calls.slice(-5 * 4 * 2).filter((_, i) => i % 2 === 0);
    for (let round = 0; round < 5; round++)
      expect(order.slice(4 * round, 4 * round + 4).sort()).toEqual(['a', 'b', 'b', 'b']);
  });

  it('keeps the true times and their order while bursts of another process slow half of all runs down', async () => {
    const random = createRandom(1);
    const times = { a: 1, b: 1.1, c: 3 } as Record<string, number>;
    const { subjects, clock } = fakeMachine(['a', 'b', 'c'], (name, call) => {
      const disturbed = call > 40 && Math.floor(call / 7) % 2 === 0;
      return times[name]! * (1 + 0.01 * random.uniform()) * (disturbed ? 1.5 + 4 * random.uniform() : 1);
    });
    const measured = await measureInterleaved(subjects, {
      rounds: 30,
      runsPerRound: 5,
      minRunMs: 0,
      random: createRandom(2),
      clock,
    });
    for (const [name, ms] of Object.entries(times)) {
      const samples = measured.get(name)!;
      expect(samples.count).toBe(30);
      expect(samples.samples).toHaveLength(30);
      expect(Math.abs(samples.p10Ms / ms - 1)).toBeLessThan(0.02);
    }
  });

  it('times short runs in batches, so that a coarse clock does not round them away', async () => {
    const machine = fakeMachine(['short'], () => 0.03);
    const clock = () => Math.floor(machine.clock() / 0.1) * 0.1;
    const measured = await measureInterleaved(machine.subjects, {
      rounds: 10,
      runsPerRound: 3,
      random: createRandom(1),
      clock,
    });
    expect(measured.get('short')!.medianMs).toBeGreaterThan(0.027);
    expect(measured.get('short')!.medianMs).toBeLessThan(0.033);
  });
});
