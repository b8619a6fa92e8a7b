// Which library training runs on, and sessions of it: what they refuse, and that sums of gradients and shared memory work.
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBackend } from '../../src/autodiff/backend.ts';
import { createGraph, type OnnxGraph } from '../../src/graph/onnx.ts';
import { domains } from '../../src/graph/values.ts';
import { UserError } from '../../src/lib/errors.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import { chooseKernels, type KernelsLibrary, loadKernels } from '../../src/runtime/kernels-library.ts';

const backend = createBackend(8);
const normsOf = (g: OnnxGraph) => backend.norms(backend.primitives(g));

const found = loadKernels();

/** The block that this machine must train with, read from the kernel's list of CPU features; undefined where that is not Linux on x86-64. */
function expectedBlock(): 1 | 8 | 16 | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const flags = new Set(/^flags\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))![1]!.split(' '));
  const has = (names: string): boolean => names.split(' ').every((name) => flags.has(name));
  if (!has('avx2 bmi1 bmi2 f16c fma abm movbe')) return 1;
  return has('avx512f avx512bw avx512cd avx512dq avx512vl') ? 16 : 8;
}

// Nothing passes by falling back: tests that compare kernels with plain operators are left out where there are none.
test.runIf(expectedBlock() !== undefined)("the kernels' block is the one that this CPU can have", async () => {
  expect(found?.blocks() ?? 1).toBe(expectedBlock());
  expect(await detectBlock()).toBe(expectedBlock());
  const bfloat16 = expectedBlock() === 16 && /^flags.* avx512_bf16( |$)/m.test(readFileSync('/proc/cpuinfo', 'utf8'));
  expect(found?.bfloat16() ?? false).toBe(bfloat16);
});

test('products of bfloat16 are refused where the CPU or the block has none, and of any convolution but a pointwise one', () => {
  // Blocks of 8 have none on any CPU.
  expect(createBackend(8, 'bfloat16').precision).toBe('float32');
  for (const [name, block, message] of [
    ['Pointwise', 8, 'no products of bfloat16'],
    ['Depthwise', 16, /only pointwise|no products|no kernels/],
  ] as const) {
    if (!found) return;
    const g = createGraph();
    const attributes = {
      block,
      bfloat16: 1,
      n: 1,
      inputs: block,
      outputs: block,
      height: 1,
      width: 1,
      out_height: 1,
      out_width: 1,
      norm: 0,
    };
    const y = g.nodes(
      name,
      [g.input('x', [1, block, 1, 1]), g.input('w', [block, name === 'Depthwise' ? 1 : block, 1, 1])],
      [[1, block, 1, 1]],
      attributes,
      domains.own,
    );
    g.output(y[0]!);
    expect(() => found.createSession(g.encode(), 1, [], [], undefined)).toThrow(message);
  }
});

describe('which kernels are taken', () => {
  const library = { blocks: () => 8 } as KernelsLibrary;
  const choose = (asked?: string, source: { platform?: NodeJS.Platform; open?: () => KernelsLibrary } = {}) => {
    const warnings: string[] = [];
    const environment = asked === undefined ? {} : { PROXYLESS_CI_KERNELS: asked };
    const warn = (message: string): void => void warnings.push(message);
    const from = { platform: 'linux', arch: 'x64', open: () => library, warn, ...source } as const;
    return { chosen: chooseKernels(environment, from), warnings };
  };
  const broken = (): KernelsLibrary => {
    throw new Error('made for ONNX Runtime 1.30.0, and this process has loaded 1.29.1');
  };

  test("the library's, where the machine has any and nobody switched them off", () => {
    expect(choose()).toEqual({ chosen: library, warnings: [] });
    expect(choose('8').chosen).toBe(library);
    expect(choose('off').chosen).toBeUndefined();
    expect(choose(undefined, { platform: 'darwin', open: broken })).toEqual({ chosen: undefined, warnings: [] });
  });

  test('a library that cannot be opened is a warning that says why, and plain operators', () => {
    const { chosen, warnings } = choose(undefined, { open: broken });
    expect(chosen).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/plain operators.*has loaded 1\.29\.1$/)]);
  });

  test('kernels that are asked for and cannot be had are an error', () => {
    expect(() => choose('16')).toThrow(
      new UserError('PROXYLESS_CI_KERNELS is 16, but this CPU has no kernels for such blocks'),
    );
    expect(() => choose('8', { open: broken })).toThrow('has loaded 1.29.1');
    expect(() => choose('8', { platform: 'darwin' })).toThrow('no kernels for darwin');
    expect(() => choose('on')).toThrow('valid are off, 8 and 16');
  });
});

describe.skipIf(!found)('a session of the native library', () => {
  const library = found as KernelsLibrary;

  test('refuses another version of ONNX Runtime than it was made for, and makes no session then', () => {
    // This process has opened it: a copy of the addon has a state of its own.
    const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
    copyFileSync('dist/kernels.node', join(folder, 'copy.node'));
    const copy: KernelsLibrary = createRequire(import.meta.url)(join(folder, 'copy.node'));
    expect(() => copy.open('1.29.1')).toThrow(/made for ONNX Runtime 1\.29\.1, and this process has loaded 1\./);
    expect(() => copy.createSession(new Uint8Array(1), 1, [], [], undefined)).toThrow('not open');
    rmSync(folder, { recursive: true });
  });

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

  /** Sessions of one node of the library's, whose attributes, inputs (names, empty where left out) and outputs are given. */
  const node = (
    operator: string,
    inputs: readonly string[],
    outputs: readonly (readonly number[])[],
    attributes: Readonly<Record<string, number>>,
  ) => {
    const g = createGraph();
    const values = inputs.map((name) => (name ? g.input(name, [1]) : undefined));
    const made = g.nodes(operator, values, outputs, attributes, domains.own);
    for (const value of made) g.output(value);
    const ports = (all: readonly { readonly name: string }[]) => all.map(({ name }) => ({ name, dims: [1] }));
    const [fed, fetched] = [ports(values.filter((v) => v !== undefined)), ports(made)];
    return library.createSession(g.encode(), 1, fed, fetched, undefined);
  };
  const y = [1, 8, 4, 4];
  const pass = { block: 8, n: 1, outputs: 8, out_height: 4, out_width: 4 };
  const conv = { ...pass, inputs: 8, height: 4, width: 4, kernel: 1, norm: 1 };
  const depthwise = { ...conv, kernel: 3 };
  const move = { ...pass, inputs: 8, from: 2, to: 0, count: 6, groups: 2 };

  test.each<[string, () => unknown]>([
    ['Pointwise: input 3 is missing', () => node('Pointwise', ['x', 'w'], [y, [5, 8]], conv)],
    ['Pointwise: input 4 is missing', () => node('Pointwise', ['x', 'w', '', 'gamma', '', 'n'], [y, [5, 8]], conv)],
    ['Pointwise: its outputs', () => node('Pointwise', ['x', 'w'], [y, [5, 8]], { ...conv, norm: 0 })],
    [
      'DepthwiseGradient: input 5',
      () => node('DepthwiseGradient', ['d', '', '', 'w', 'x'], [y], { ...depthwise, normed: 1 }),
    ],
    [
      'NormStatistics: the attribute n is 0',
      () => node('NormStatistics', ['y', 'g', 'b'], [[5, 8]], { ...pass, n: 0 }),
    ],
    ['Pointwise: the attribute outputs is missing', () => node('Pointwise', ['x', 'w'], [y], { block: 8, n: 1 })],
    ['blocks are of 8 or 16', () => node('NormStatistics', ['y', 'g', 'b'], [[5, 8]], { ...pass, block: 12 })],
    ['the attribute stride is 0', () => node('Depthwise', ['x', 'w'], [y], { ...depthwise, norm: 0, stride: 0 })],
    ['kernels have odd sides', () => node('Depthwise', ['x', 'w'], [y], { ...depthwise, norm: 0, kernel: 2 })],
    ["the output's sides", () => node('Depthwise', ['x', 'w'], [y], { ...depthwise, norm: 0, stride: 2 })],
    ['a kernel and a stride of 1', () => node('Pointwise', ['x', 'w'], [y], { ...conv, norm: 0, kernel: 3 })],
    ['as many outputs as inputs', () => node('Depthwise', ['x', 'w'], [y], { ...depthwise, norm: 0, inputs: 16 })],
    [
      'larger than 2^31',
      () => node('NormStatistics', ['y', 'g', 'b'], [[5, 8]], { ...pass, n: 65536, out_height: 65536 }),
    ],
    ['has no dilation', () => node('Image', ['x', 'w'], [y], { ...depthwise, norm: 0, dilation: 2 })],
    ['that a map does not have', () => node('MoveChannels', ['x'], [y], { ...move, from: 3 })],
    ['that a map does not have', () => node('MoveChannels', ['x'], [y], { ...move, to: 3 })],
    ['groups of a shuffle', () => node('MoveChannels', ['x'], [y], { ...move, groups: 4 })],
    [
      'has no sum to join',
      () => node('PointwiseGradient', ['d', '', '', 'w', 'x', 's'], [y], { ...conv, weights: 0, activation: 1 }),
    ],
  ])('refuses, when the session is made: %s', (message, make) => {
    expect(make).toThrow(message);
  });

  test.runIf(found?.blocks() === 8)('refuses blocks of 16 on a CPU without AVX-512', () => {
    const make = () => node('NormStatistics', ['y', 'g', 'b'], [[5, 16]], { ...pass, block: 16 });
    expect(make).toThrow('this CPU has no kernels');
  });

  test('refuses what is not a session of its own', () => {
    for (const other of [{}, undefined, 1, library]) {
      expect(() => library.run(other as never, [], [])).toThrow('not a session');
      expect(() => library.release(other as never)).toThrow('not a session');
    }
  });

  test('adds arrays of one length', () => {
    const to = Float32Array.from({ length: 37 }, (_, i) => i);
    library.addInto(to, ones(37));
    expect(to).toEqual(Float32Array.from({ length: 37 }, (_, i) => i + 1));
    expect(() => library.addInto(to, ones(36))).toThrow('one length');
  });

  test('moves an array toward another', () => {
    const to = Float32Array.from({ length: 37 }, (_, i) => i);
    library.moveToward(1, [to], [ones(37)], 0.25);
    expect(to).toEqual(Float32Array.from({ length: 37 }, (_, i) => 0.75 * i + 0.25));
    expect(() => library.moveToward(1, [to], [ones(36)], 0.25)).toThrow('one length');
  });

  test('updates lists of arrays with the same bits on any number of threads', () => {
    const lengths = [1, 40_000, 0, 16_384, 99_999];
    const wave = (seed: number) =>
      lengths.map((length) => Float32Array.from({ length }, (_, i) => 1 + Math.sin(seed + i * 0.37)));
    const settings = Float32Array.from(lengths.flatMap((_, i) => [0.9, 0.999, 1e-8, 0.99, 1e-2 * (i + 1), 1.5]));
    const update = (threads: number) => {
      const [w, g, first, second, average] = [0, 1, 2, 3, 4].map(wave) as Float32Array[][];
      library.adamW(threads, w!, g!, first!, second!, settings);
      library.moveToward(threads, average!, w!, 0.1);
      return [w, first, second, average];
    };
    const one = update(1);
    for (const threads of [2, 3, 40]) expect(update(threads)).toEqual(one);
    const [w] = one as [Float32Array[]];
    for (const [i, array] of w.entries()) {
      array.forEach((value, k) => {
        if (k % 997 > 0) return;
        const [before, gradient, m, v] = [0, 1, 2, 3].map((seed) => 1 + Math.sin(seed + k * 0.37)) as [
          number,
          number,
          number,
          number,
        ];
        const moment = 0.9 * m + 0.1 * gradient;
        const rate = (1e-2 * (i + 1) * moment) / (Math.sqrt(0.999 * v + 0.001 * gradient ** 2) * 1.5 + 1e-8);
        expect(value).toBeCloseTo(0.99 * before - rate, 4);
      });
    }
    expect(() => library.adamW(1, w, w, w, [], settings)).toThrow('lists of one length');
    expect(() => library.adamW(1, w, w, w, w, settings.subarray(1))).toThrow('six numbers');
    expect(() => library.adamW(0, w, w, w, w, settings)).toThrow('threads');
  });
});
