import { expect, it } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import { spreadOfProcesses } from '../../src/verdict/processes.ts';

/** Blocks of 50 processes, four in each. */
function blocks(between: number, within: number, outliers = 0) {
  const random = createRandom(5);
  const processes = Array.from({ length: 200 }, (_, i) => Math.floor(i / 4));
  const own = Array.from({ length: 50 }, () => between * random.normal());
  const logs = processes.map(
    (process) => own[process]! + within * random.normal() + (random.uniform() < outliers ? 1 : 0),
  );
  return spreadOfProcesses(logs, processes);
}

it('finds what processes differ by beside what blocks do', () => {
  expect(blocks(0.02, 0.01)).toMatchObject({ count: 50 });
  expect(blocks(0.02, 0.01).deviation).toBeGreaterThan(0.015);
  expect(blocks(0.02, 0.01).deviation).toBeLessThan(0.025);
});

it('finds little where processes do not differ, bursts or not', () => {
  expect(blocks(0, 0.01).deviation).toBeLessThan(0.004);
  expect(blocks(0, 0.01, 0.05).deviation).toBeLessThan(0.006);
});

it('says nothing of one process', () => {
  expect(spreadOfProcesses([0, 1, 2], [0, 0, 0])).toEqual({ count: 1, deviation: undefined });
});
