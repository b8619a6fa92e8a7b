// Models as bytes: what the builder writes can be read back, and bytes that are no model are refused.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGraph, decodeModel } from '../../src/graph/onnx.ts';
import { createSession } from '../../src/runtime/session.ts';
import { tensor } from '../../src/runtime/tensors.ts';

function sampleModel(metadata?: Record<string, string>): Uint8Array {
  const g = createGraph('sample');
  const x = g.input('x', ['batch', 2, 3, 3]);
  const weight = g.constant(
    Float32Array.from({ length: 100 * 2 }, (_, i) => i / 100),
    [100, 2, 1, 1],
    'weight',
  );
  const y = g.node('Relu', [g.node('Conv', [x, weight], { kernel_shape: [1, 1] })]);
  g.output(y, 'y');
  return g.encode(metadata);
}
const bytes = sampleModel({ key: 'value' });

describe('a model', () => {
  test('reads back as it was built: names, attributes, constants, metadata, and runs', async () => {
    const { graph, metadataProps, opsetImport } = decodeModel(bytes);
    expect(graph?.node.map((node) => [node.opType, node.input[0]])).toEqual([
      ['Conv', 'x'],
      ['Relu', graph?.node[0]?.output[0]],
    ]);
    expect(graph?.node[0]?.attribute[0]).toMatchObject({ name: 'kernel_shape', ints: [1n, 1n] });
    expect(graph?.initializer.map(({ name, dims }) => [name, dims])).toEqual([['weight', [100n, 2n, 1n, 1n]]]);
    expect(metadataProps.map(({ key, value }) => [key, value])).toEqual([['key', 'value']]);
    expect(opsetImport.map(({ domain, version }) => [domain, version])).toEqual([['', 17n]]);
    const session = await createSession(bytes, { threads: 1 });
    const { y } = await session.run({ x: tensor(new Float32Array(36).fill(1), [2, 2, 3, 3]) });
    expect(y!.dims).toEqual([2, 100, 3, 3]);
    expect((y!.data as Float32Array)[0]).toBeCloseTo(0.01, 6);
    await session.release();
  });

  test('keeps equal small constants once and unused ones not at all', () => {
    const g = createGraph();
    g.ints([7]);
    const x = g.node('Add', [g.node('Add', [g.input('x', [2]), g.scalar(1)]), g.scalar(1)]);
    g.output(x);
    expect(decodeModel(g.encode()).graph?.initializer).toHaveLength(1);
  });

  test('cut short anywhere is refused', () => {
    // Without metadata: they come last, and a model is whole without them.
    const whole = sampleModel();
    for (let length = 0; length < whole.length; length++)
      expect(() => decodeModel(whole.subarray(0, length)), `${length} of ${whole.length} bytes`).toThrow();
  });

  test('that is an image, text or nothing at all is refused', () => {
    const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46]);
    // The empty one decodes as protobuf, and so does a lone field: neither has a graph.
    const field = Uint8Array.from([0x08, 0x08]);
    for (const other of [field, jpeg, new TextEncoder().encode('{"schema": 1}'), new Uint8Array(64), new Uint8Array()])
      expect(() => decodeModel(other)).toThrow();
  });

  test('with damaged bytes is refused or read, never anything else than an Error', () => {
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, (changes) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        try {
          decodeModel(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
