// Inferred shapes against what ONNX Runtime makes of the same graphs, over random ones of every operator that this project writes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGraph, type OnnxGraph } from '../../src/graph/onnx.ts';
import { type Attributes, type Dim, domains, type Value } from '../../src/graph/values.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import { createSession } from '../../src/runtime/session.ts';
import { tensor } from '../../src/runtime/tensors.ts';

/** Inputs by shape, and a node (or several) over them. */
interface Sample {
  readonly inputs: readonly (readonly number[])[];
  readonly node: (g: OnnxGraph, inputs: readonly Value[]) => Value;
  /** The first dimension is declared as a symbol: whatever it is at run time. */
  readonly dynamic?: boolean;
}

async function checkSample({ inputs, node, dynamic }: Sample): Promise<void> {
  const g = createGraph();
  const declared = inputs.map((dims, i) => g.input(`x${i}`, dynamic ? ['batch', ...dims.slice(1)] : dims));
  const y = node(g, declared);
  // A graph must not end in one of its inputs; and the declared output shape would be checked by ONNX Runtime instead of by us.
  g.output({ name: y.name, dims: y.dims.map((_, i) => `free${i}`) });
  const session = await createSession(g.encode(), { threads: 1 });
  const feeds = inputs.map((dims, i) => {
    const size = dims.reduce((a, b) => a * b, 1);
    return [`x${i}`, tensor(new Float32Array(size).fill(0.5), dims)] as const;
  });
  const result = await session.run(Object.fromEntries(feeds));
  await session.release();
  const concrete = (d: Dim): Dim => (d === 'batch' ? inputs[0]![0]! : d);
  expect(y.dims.map(concrete)).toEqual(Object.values(result)[0]!.dims);
}

const check = (name: string, samples: fc.Arbitrary<Sample>, numRuns = 12): void =>
  test(name, () => fc.assert(fc.asyncProperty(samples, checkSample), { numRuns, seed: 1 }));

const side = fc.integer({ min: 1, max: 6 });
const shapes = (minLength: number, maxLength = 4) => fc.array(side, { minLength, maxLength });
const maps = fc.tuple(side, side, fc.integer({ min: 3, max: 9 }), fc.integer({ min: 3, max: 9 }));
const axesOf = (rank: number) => fc.uniqueArray(fc.integer({ min: 0, max: rank - 1 }), { minLength: 1 });
const floats = { alpha: { float: 1 / 6 }, beta: { float: 0.5 } };
const elementwise: [string, Attributes?][] = [
  ...['Relu', 'Sigmoid', 'HardSwish', 'Sqrt', 'Reciprocal', 'Neg', 'Abs', 'Softplus', 'Identity'].map(
    (op): [string] => [op],
  ),
  ['HardSigmoid', floats],
];

describe('an inferred shape is the one that ONNX Runtime arrives at', () => {
  check(
    'elementwise',
    fc.record({ dims: shapes(1), op: fc.constantFrom(...elementwise), dynamic: fc.boolean() }).map((s) => ({
      inputs: [s.dims],
      dynamic: s.dynamic,
      node: (g, [x]) => g.node(s.op[0], [x], s.op[1]),
    })),
    30,
  );

  check(
    'clipping',
    shapes(1).map((dims) => ({
      inputs: [dims],
      node: (g, [x]) => g.node('Clip', [x, g.scalar(-1), g.scalar(1)]),
    })),
    4,
  );

  check(
    'broadcasting, either operand smaller',
    fc
      .record({
        dims: shapes(1),
        ones: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        drop: fc.nat(3),
        op: fc.constantFrom('Add', 'Sub', 'Mul', 'Div', 'Max'),
        turned: fc.boolean(),
      })
      .map(({ dims, ones, drop, op, turned }) => {
        const smaller = dims.map((d, i) => (ones[i] ? 1 : d)).slice(Math.min(drop, dims.length));
        const inputs = turned ? [smaller, dims] : [dims, smaller];
        return { inputs, node: (g, [a, b]) => g.node(op, [a, b]) };
      }),
    30,
  );

  check(
    'convolution, dense and depthwise, with stride, dilation and uneven padding',
    fc
      .record({
        dims: maps,
        out: side,
        depthwise: fc.boolean(),
        kernel: fc.constantFrom(1, 2, 3, 5),
        stride: fc.integer({ min: 1, max: 3 }),
        dilation: fc.integer({ min: 1, max: 3 }),
        pads: fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }),
        dynamic: fc.boolean(),
      })
      .filter(({ dims, kernel, dilation, pads }) =>
        [0, 1].every((i) => dims[2 + i]! + pads[i]! + pads[i + 2]! > dilation * (kernel - 1)),
      )
      .map(({ dims, out, depthwise, kernel, stride, dilation, pads, dynamic }) => {
        const channels = dims[1];
        const weight = depthwise ? [channels, 1, kernel, kernel] : [out, channels, kernel, kernel];
        const geometry = { strides: [stride, stride], dilations: [dilation, dilation], pads };
        return {
          inputs: [dims],
          dynamic,
          node: (g, [x]) =>
            g.node('Conv', [x, g.constant(new Float32Array(weight.reduce((a, b) => a * b)), weight)], {
              ...geometry,
              kernel_shape: [kernel, kernel],
              group: depthwise ? channels : 1,
            }),
        };
      }),
    40,
  );

  check(
    'matrix products, batched, broadcast and transposed',
    fc.record({ batches: shapes(0, 2), m: side, k: side, n: side, a: fc.boolean(), b: fc.boolean() }).map((s) => {
      const left = [...s.batches, ...(s.a ? [s.k, s.m] : [s.m, s.k])];
      const right = [...s.batches, ...(s.b ? [s.n, s.k] : [s.k, s.n])];
      const flags = { transA: Number(s.a), transB: Number(s.b) };
      return {
        inputs: [left, right],
        node: (g, [x, y]) =>
          s.a || s.b ? g.node('FusedMatMul', [x, y], flags, domains.microsoft) : g.node('MatMul', [x, y]),
      };
    }),
    20,
  );

  check(
    'a matrix times a batch',
    fc.tuple(side, side, side, side).map(([n, m, k, j]) => ({
      inputs: [
        [m, k],
        [n, k, j],
      ],
      node: (g, [a, b]) => g.node('MatMul', [a, b]),
    })),
    4,
  );

  check(
    'reshaping, with kept (0) and computed (-1) dimensions',
    fc.record({ dims: fc.tuple(side, side, side, side), way: fc.nat(4) }).map(({ dims: [a, b, c, d], way }) => {
      const targets = [
        [a * b, c * d],
        [0, -1],
        [0, 0, c * d],
        [-1, c, d],
        [a, b * c, 1, d],
      ];
      return { inputs: [[a, b, c, d]], node: (g, [x]) => g.node('Reshape', [x, g.ints(targets[way]!)]) };
    }),
    20,
  );

  check(
    'reductions, axes as an input or as an attribute, kept or dropped',
    shapes(1)
      .chain((dims) => fc.record({ dims: fc.constant(dims), axes: axesOf(dims.length), keep: fc.boolean() }))
      .map(({ dims, axes, keep }) => {
        const keepdims = Number(keep);
        return {
          inputs: [dims],
          node: (g, [x]) =>
            g.node('Add', [
              g.node('ReduceSum', [x, g.ints(axes)], { keepdims }),
              g.node('ReduceMean', [x], { axes, keepdims }),
            ]),
        };
      }),
    20,
  );

  check(
    'concatenation',
    maps.chain(([n, c, h, w]) =>
      fc.record({ others: fc.array(side, { minLength: 1, maxLength: 3 }), dynamic: fc.boolean() }).map((s) => ({
        inputs: [c, ...s.others].map((channels) => [n, channels, h, w]),
        dynamic: s.dynamic,
        node: (g, xs) => g.node('Concat', xs, { axis: 1 }),
      })),
    ),
  );

  const bound = fc.oneof(fc.integer({ min: -8, max: 8 }), fc.constantFrom(-(2 ** 31), 1000));
  check(
    'slices, forwards and backwards, beyond the ends and empty',
    fc
      .record({ dims: shapes(2), from: bound, to: bound, step: fc.constantFrom(-2, -1, 1, 2), last: fc.boolean() })
      .map(({ dims, from, to, step, last }) => ({
        inputs: [dims],
        node: (g, [x]) =>
          g.node('Slice', [x, g.ints([from]), g.ints([to]), g.ints([last ? dims.length - 1 : 0]), g.ints([step])]),
      })),
    60,
  );

  check(
    'padding',
    shapes(1)
      .chain((dims) =>
        fc.record({
          dims: fc.constant(dims),
          pads: fc.array(fc.nat(3), { minLength: 2 * dims.length, maxLength: 2 * dims.length }),
        }),
      )
      .map(({ dims, pads }) => ({ inputs: [dims], node: (g, [x]) => g.node('Pad', [x, g.ints(pads)]) })),
  );

  check(
    'transposition',
    shapes(1)
      .chain((dims) => {
        const axes = dims.map((_, i) => i);
        const perm = fc.shuffledSubarray(axes, { minLength: axes.length, maxLength: axes.length });
        return fc.record({ dims: fc.constant(dims), perm });
      })
      .map(({ dims, perm }) => ({ inputs: [dims], node: (g, [x]) => g.node('Transpose', [x], { perm }) })),
  );

  check(
    'global pooling, and resizing to given sizes',
    fc.record({ dims: maps, to: fc.tuple(side, side) }).map(({ dims, to }) => ({
      inputs: [dims],
      node: (g, [x]) => {
        const sizes = g.ints([dims[0], dims[1], ...to]);
        const attributes = { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
        return g.node('Resize', [g.node('GlobalAveragePool', [x]), undefined, undefined, sizes], attributes);
      },
    })),
  );

  test('the blocked layout and back, where this machine has one', async () => {
    const block = await detectBlock();
    if (block === 1) return;
    for (const channels of [block, 2 * block - 3])
      await checkSample({
        inputs: [[2, 2 * block, 3, 5]],
        node: (g, [x]) => {
          const blocked = g.node('ReorderInput', [x], {}, domains.blocked);
          const weight = g.constant(new Float32Array(2 * block * 9), [2 * block, 1, 3, 3]);
          const geometry = { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], group: 2 * block };
          const y = g.node('Conv', [blocked, weight], geometry, domains.blocked);
          return g.node('ReorderOutput', [y], { channels }, domains.blocked);
        },
      });
  });
});

describe('a node that cannot be is refused with the shapes it was given', () => {
  const refused: [string, (g: OnnxGraph, x: Value, y: Value) => Value, RegExp][] = [
    ['operands that do not broadcast', (g, x, y) => g.node('Add', [x, y]), /^Add\(\[2,3,5,5\], \[4,7\]\): .*broadcast/],
    ['inner dimensions that differ', (g, x, y) => g.node('MatMul', [x, y]), /^MatMul.*inner dimensions/],
    ['a reshape to another size', (g, x) => g.node('Reshape', [x, g.ints([7, 7])]), /^Reshape.*cannot become \[7,7\]/],
    [
      'a window larger than the map',
      (g, x) => g.node('Conv', [x, g.constant(new Float32Array(147), [1, 3, 7, 7])], { kernel_shape: [7, 7] }),
      /^Conv.*window does not fit/,
    ],
    [
      'channels that the weight does not have',
      (g, x) => g.node('Conv', [x, g.constant(new Float32Array(4), [1, 4, 1, 1])], { kernel_shape: [1, 1] }),
      /^Conv.*channels/,
    ],
    ['a target that is no constant', (g, x, y) => g.node('Reshape', [x, y]), /^Reshape.*constant int64/],
    ['an operator without a rule', (g, x) => g.node('Einsum', [x]), /no shape rule for operator Einsum/],
  ];
  test.each(refused)('%s', (_, build, message) => {
    const g = createGraph();
    expect(() => build(g, g.input('x', [2, 3, 5, 5]), g.input('y', [4, 7]))).toThrow(message);
  });
});
