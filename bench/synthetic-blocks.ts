// Blocks of which the truth is known: sessions that differ as real ones do, and other processes that disturb them.
import type { TimingBlock } from '../src/contracts/timing.ts';
import type { Random } from '../src/lib/random.ts';

/** A machine, in shares of a run's time. */
export interface Machine {
  /** Standard deviation of what sessions of one model differ by. */
  readonly session: number;
  /** Of single runs. */
  readonly run: number;
  /** The chance that a burst meets a round, and the chance that it meets a single run. */
  readonly bursts: { readonly round: number; readonly run: number };
  /** The chance that a session has both of its threads on one core for the whole block. */
  readonly stuck: number;
}

/** From recordings: docs/design/verdict.md. */
export const machines: Readonly<Record<string, Machine>> = {
  'quiet, pinned': { session: 0.01, run: 0.015, bursts: { round: 0.01, run: 0.01 }, stuck: 0 },
  'bursts, pinned': { session: 0.01, run: 0.02, bursts: { round: 0.3, run: 0.2 }, stuck: 0 },
  'bursts, threads free': { session: 0.01, run: 0.02, bursts: { round: 0.3, run: 0.2 }, stuck: 0.12 },
};

/** How much longer a run takes with both threads on one core. */
const stuckFactor = 3.7;
const rounds = 10;

/** Two sessions of base and two of head, which takes `slower` more. */
export function syntheticBlock(machine: Machine, slower: number, random: Random): TimingBlock {
  const burst = (chance: number): number => (random.uniform() < chance ? 1 + random.uniform() : 1);
  const sessions = [1, 1, 1 + slower, 1 + slower].map(
    (ms) => ms * Math.exp(machine.session * random.normal()) * (random.uniform() < machine.stuck ? stuckFactor : 1),
  );
  const timings: number[][] = sessions.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const common = burst(machine.bursts.round);
    sessions.forEach((ms, i) => {
      timings[i]!.push(ms * common * burst(machine.bursts.run) * Math.exp(machine.run * random.normal()));
    });
  }
  return timings;
}
