// Moves of channels in every layout that this machine has kernels for, over random widths: each value is exactly where it belongs.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBackend } from '../../src/autodiff/backend.ts';
import { toStorage } from '../../src/autodiff/layout.ts';
import { type ChannelMove, inverseMove } from '../../src/autodiff/primitives.ts';
import type { ChannelBlock } from '../../src/graph/channel-block.ts';
import { createGraph } from '../../src/graph/onnx.ts';
import { loadKernels } from '../../src/runtime/kernels-library.ts';

const images = 2;
const random = {
  ...{ before: fc.nat(20), after: fc.nat(20), beforeMoved: fc.nat(20), afterMoved: fc.nat(20) },
  ...{ groups: fc.integer({ min: 1, max: 8 }), size: fc.integer({ min: 1, max: 12 }), positions: fc.nat(300) },
  summed: fc.boolean(),
};
const numbered = (channels: number, positions: number, first: number): Float32Array =>
  Float32Array.from({ length: images * channels * positions }, (_, i) => first + i);

/** Runs a move over maps [images, channels, 1, positions] in canonical layout; the result as it is stored, with its padding. */
async function run(block: ChannelBlock, move: ChannelMove, x: Float32Array, sum: Float32Array | undefined) {
  const positions = x.length / images / move.inputs;
  const backend = createBackend(block);
  const g = createGraph();
  const k = backend.primitives(g);
  const input = (name: string, channels: number) => g.input(name, [images, k.padded(channels), 1, positions]);
  const [from, added] = [input('x', move.inputs), sum && input('sum', move.outputs)];
  const y = k.moveChannels(from, move, added);
  g.output(y);
  const ports = [from, added, y].flatMap((v) => (v ? [{ name: v.name, dims: v.dims as number[] }] : []));
  const graph = { model: backend.encode(g), ports: { inputs: ports.slice(0, -1), outputs: ports.slice(-1) } };
  const session = await backend.createSession(graph, { threads: 2 });
  const made = new Float32Array(images * k.padded(move.outputs) * positions);
  const stored = (values: Float32Array, channels: number) => toStorage(values, block, images, channels, positions);
  const fed = { x: stored(x, move.inputs), ...(sum ? { sum: stored(sum, move.outputs) } : {}) };
  await session.run(fed, { [y.name]: made });
  await session.release();
  return made;
}

const most = loadKernels()?.blocks() ?? 1;
describe.each(([1, 8, 16] as const).filter((block) => block <= most))('in blocks of %i', (block) => {
  test('a move takes each channel to its place, leaves zeros elsewhere, and its inverse takes it back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(random), async ({ groups, size, summed, ...c }) => {
        const count = groups * size;
        const move = {
          ...{ inputs: c.before + count + c.after, outputs: c.beforeMoved + count + c.afterMoved },
          ...{ from: c.before, to: c.beforeMoved, count, groups },
        };
        const positions = c.positions + 1;
        const x = numbered(move.inputs, positions, 1);
        const sum = summed ? numbered(move.outputs, positions, 0.5) : undefined;
        const expected = new Float32Array(images * move.outputs * positions);
        const kept = new Float32Array(x.length);
        for (let image = 0; image < images; image++)
          for (let i = 0; i < count; i++) {
            const source = move.from + (i % groups) * size + Math.floor(i / groups);
            const at = (image * move.inputs + source) * positions;
            expected.set(x.subarray(at, at + positions), (image * move.outputs + move.to + i) * positions);
            kept.set(x.subarray(at, at + positions), at);
          }
        const there = sum ? expected.map((v, i) => v + sum[i]!) : expected;
        const stored = (values: Float32Array, channels: number) =>
          toStorage(values, block, images, channels, positions);
        expect(await run(block, move, x, sum)).toEqual(stored(there, move.outputs));
        expect(await run(block, inverseMove(move), expected, undefined)).toEqual(stored(kept, move.inputs));
      }),
      { numRuns: 30, seed: 1 },
    );
  }, 60_000);
});
