import { describe, expect, it } from 'vitest';
import {
  type CoreFacts,
  parseProcessorList,
  pinMainThread,
  planCores,
  readCoreFacts,
} from '../../src/runtime/pinning.ts';

/** A machine of four physical cores with two logical processors each: 0 and 4 are one core, 1 and 5, and so on. */
const machine = (change: Partial<CoreFacts> = {}): CoreFacts => ({
  platform: 'linux',
  allowed: [0, 1, 2, 3, 4, 5, 6, 7],
  coreOf: (processor) => String(processor % 4),
  canPin: true,
  ...change,
});

describe('a core for every thread', () => {
  it('is a physical one, among those that the process may use', () => {
    expect(planCores(3, machine()).cores).toEqual([0, 1, 2]);
    expect(planCores(2, machine({ allowed: [2, 6, 7] })).cores).toEqual([2, 7]);
  });

  it.each<[string, number, Partial<CoreFacts>, RegExp]>([
    ['one thread', 1, {}, /single thread/],
    ['macOS', 2, { platform: 'darwin' }, /macOS does not/],
    ['a cpuset of two halves of one core', 2, { allowed: [1, 5] }, /1 physical core, which is fewer than 2 threads/],
    ['no taskset', 2, { canPin: false }, /taskset/],
  ])('is not given to %s, and the plan says why', (_, threads, change, reason) => {
    const plan = planCores(threads, machine(change));
    expect(plan.cores).toBeUndefined();
    expect(plan.statement).toMatch(reason);
  });
});

it('reads lists of processors as the kernel writes them', () => {
  expect(parseProcessorList('0-2,5,7-7')).toEqual([0, 1, 2, 5, 7]);
  expect(parseProcessorList('')).toEqual([]);
});

it('the calling thread stays on its core until it is let go', async () => {
  const before = await readCoreFacts();
  if (!before.canPin || before.allowed.length < 2) return;
  const [, last] = [before.allowed[0]!, before.allowed.at(-1)!];
  const { unpin } = await pinMainThread({ cores: [last], statement: '' });
  const pinned = (await readCoreFacts()).allowed;
  unpin();
  expect(pinned).toEqual([last]);
  expect((await readCoreFacts()).allowed).toEqual(before.allowed);
});
