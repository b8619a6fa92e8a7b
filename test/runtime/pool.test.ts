// Buffers in use never overlap, and what was given back serves again, whatever the order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBufferPool } from '../../src/runtime/pool.ts';

const floatsOf = (buffer: Float32Array): number => buffer.buffer.byteLength / 4;

describe('a buffer pool', () => {
  test('never hands out what is in use', () => {
    const action = fc.record({ length: fc.integer({ min: 1, max: 5000 }), release: fc.nat() });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const pool = createBufferPool();
        const held: { buffer: Float32Array; mark: number }[] = [];
        for (const [mark, { length, release }] of actions.entries()) {
          const buffer = pool.acquire([length]);
          expect(buffer).toHaveLength(length);
          held.push({ buffer: buffer.fill(mark), mark });
          if (release % 2) pool.release(held.splice(release % held.length, 1)[0]!.buffer);
          for (const { buffer, mark } of held) expect(buffer.every((v) => v === mark)).toBe(true);
          expect(pool.inUse()).toBe(held.length);
        }
        // One chunk held it all, and is whole again.
        for (const { buffer } of held) pool.release(buffer);
        const all = pool.acquire([2 ** 23]);
        for (const { buffer } of held) expect(buffer.buffer).toBe(all.buffer);
      }),
      { numRuns: 50 },
    );
  });

  test('makes a chunk of its own for what is larger than a chunk, and uses it again', () => {
    const pool = createBufferPool();
    const small = pool.acquire([10]);
    const large = pool.acquire([3, 2 ** 22]);
    expect(floatsOf(large)).toBe(3 * 2 ** 22);
    expect(large.buffer).not.toBe(small.buffer);
    pool.release(large);
    expect(pool.acquire([2 ** 23 + 1]).buffer).toBe(large.buffer);
  });

  test('refuses a buffer that is not in use', () => {
    const pool = createBufferPool();
    const buffer = pool.acquire([10]);
    pool.release(buffer);
    expect(() => pool.release(buffer)).toThrow('released before');
    expect(() => pool.release(new Float32Array(10))).toThrow('not one of the pool');
  });
});
