import { expect, test } from 'vitest';
import { takeBlocks } from '../../src/latency/blocks.ts';

/** Blocks that take so many milliseconds of a clock that stands still otherwise. */
function timed(blockMs: number) {
  const state = { now: 5_000, begun: 0, closed: false };
  async function* blocks() {
    try {
      for (;;) {
        state.begun++;
        state.now += blockMs;
        yield state.begun;
      }
    } finally {
      state.closed = true;
    }
  }
  return { state, blocks: blocks(), clock: () => state.now };
}

async function taken(blockMs: number, stopAfter = Number.POSITIVE_INFINITY) {
  const { state, blocks, clock } = timed(blockMs);
  let count = 0;
  for await (const _ of takeBlocks(blocks, { most: 20, timeLimitMs: 90, fewest: 4 }, clock))
    if (++count >= stopAfter) break;
  return { ...state, count };
}

test('blocks end at their number, or after the time limit once there are enough; none is begun in vain, and the source is closed', async () => {
  expect(await taken(1)).toMatchObject({ count: 20, begun: 20, closed: true });
  // Ten blocks of 9 ms take the 90 ms, which is not longer; the eleventh is.
  expect(await taken(9)).toMatchObject({ count: 11, begun: 11, closed: true });
  expect(await taken(500)).toMatchObject({ count: 4, begun: 4, closed: true });
  expect(await taken(9, 2)).toMatchObject({ count: 2, begun: 2, closed: true });
});
