// Sessions of the native library: what they refuse, and that sums of gradients and shared memory work.
import { describe, expect, test } from 'vitest';
import { createBackend } from '../../src/autodiff/backend.ts';
import { createGraph, type OnnxGraph } from '../../src/graph/onnx.ts';
import { type KernelsLibrary, loadKernels } from '../../src/runtime/kernels-library.ts';

const backend = createBackend(8);
const normsOf = (g: OnnxGraph) => backend.norms(backend.primitives(g));

const found = loadKernels();
describe.skipIf(!found)('a session of the native library', () => {
  const library = found as KernelsLibrary;
  const open = (dims = [2, 8, 3, 3], gammas = 8) => {
    const g = createGraph();
    const [y, gamma, beta] = [g.input('y', dims), g.input('gamma', [gammas]), g.input('beta', [8])];
    const norm = normsOf(g).statistics(y, { gamma, beta });
    const out = normsOf(g).apply(y, norm, 'relu');
    g.output(out);
    const ports = [
      [
        { name: 'y', dims },
        { name: 'gamma', dims: [gammas] },
        { name: 'beta', dims: [8] },
      ],
      [{ name: out.name, dims }],
    ] as const;
    return { session: library.createSession(g.encode(), 1, ports[0], ports[1], undefined), output: out.name };
  };
  const ones = (length: number): Float32Array => new Float32Array(length).fill(1);

  test('normalizes, and reads memory that threads share', () => {
    const { session } = open();
    const y = new Float32Array(new SharedArrayBuffer(4 * 144)).map((_, i) => (Math.floor(i / 8) % 2 === 0 ? 3 : 5));
    const shared = new Float32Array(new SharedArrayBuffer(4 * 144));
    shared.set(y);
    const out = new Float32Array(144);
    library.run(session, [shared, ones(8), new Float32Array(8)], [out]);
    for (const [i, v] of out.entries()) expect(v).toBeCloseTo(shared[i] === 3 ? 0 : 1, 4);
    library.release(session);
  });

  test('makes no numbers of what is none, so that a divergence is seen', () => {
    const { session } = open();
    const y = ones(144).fill(Number.NaN, 40, 41);
    const out = new Float32Array(144);
    library.run(session, [y, ones(8), ones(8)], [out]);
    // Channel 40 % 8 of both images: the mean is none either.
    expect(out.every((v, i) => Number.isNaN(v) === (i % 8 === 0))).toBe(true);
    library.release(session);
  });

  test('names the port of an array that has not its size, and runs nothing', () => {
    const { session, output } = open();
    const out = ones(144);
    const run = (y: unknown, result: unknown) => () =>
      library.run(session, [y, ones(8), ones(8)] as Float32Array[], [result] as Float32Array[]);
    expect(run(ones(143), out)).toThrow('y: not a Float32Array of 144');
    expect(run(new Float64Array(144), out)).toThrow('y: not a Float32Array of 144');
    expect(run(ones(144), ones(145))).toThrow(`${output}: not a Float32Array of 144`);
    expect(() => library.run(session, [ones(144)], [out])).toThrow('an array for each port');
    expect(out).toEqual(ones(144));
    library.release(session);
    expect(run(ones(144), out)).toThrow('released');
  });

  test('refuses a model that is none, and a graph whose attributes and tensors disagree', () => {
    expect(() => library.createSession(ones(4) as never, 1, [], [], undefined)).toThrow('Uint8Array');
    expect(() => library.createSession(new Uint8Array(7), 1, [], [], undefined)).toThrow();
    const g = createGraph();
    const [y, gamma, beta] = [g.input('y', [1, 8, 1, 1]), g.input('gamma', [8]), g.input('beta', [8])];
    const norm = normsOf(g).statistics({ name: y.name, dims: [1, 8, 2, 2] }, { gamma, beta });
    g.output(norm);
    const inputs = [y, gamma, beta].map(({ name, dims }) => ({ name, dims: dims as number[] }));
    const session = library.createSession(g.encode(), 1, inputs, [{ name: norm.name, dims: [5, 8] }], undefined);
    expect(() => library.run(session, [ones(8), ones(8), ones(8)], [ones(40)])).toThrow(
      'input 0 holds 8 floats where 32 belong',
    );
    library.release(session);
    const h = createGraph();
    const [x, weight] = [h.input('x', [1, 8, 9, 9]), h.input('weight', [8, 1, 9, 9])];
    const window = { kernel: 9, stride: 1, dilation: 1, pads: [4, 4, 4, 4] as const };
    const large = normsOf(h).conv({ map: x }, weight, {
      window,
      depthwise: true,
      image: false,
    });
    h.output(large);
    const ports = [x, weight, large].map(({ name, dims }) => ({ name, dims: dims as number[] }));
    expect(() => library.createSession(h.encode(), 1, ports.slice(0, 2), ports.slice(2), undefined)).toThrow('7 x 7');
  });

  test('adds arrays of one length', () => {
    const to = Float32Array.from({ length: 37 }, (_, i) => i);
    library.addInto(to, ones(37));
    expect(to).toEqual(Float32Array.from({ length: 37 }, (_, i) => i + 1));
    expect(() => library.addInto(to, ones(36))).toThrow('one length');
  });
});
