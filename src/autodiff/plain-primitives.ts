// The plain layout: standard operators on [N, C, H, W]. The path for CPUs without blocked kernels, and the oracle of the blocked one.

import type { OnnxGraph } from '../graph/onnx.ts';
import { domains, type Value } from '../graph/values.ts';
import { matrix, transposed } from './maps.ts';
import {
  type AffineEnd,
  dimsOf,
  type Matrix,
  type Primitives,
  sameWindow,
  type Window,
  windowAttributes,
} from './primitives.ts';

/** What gradients of pointwise and depthwise convolutions need; in the blocked layout those are operators of their own. */
export interface PlainPrimitives extends Primitives {
  /** Depthwise convolution by the weight turned by 180 degrees, at stride 1. */
  depthwiseTurned(dy: Value, weight: Value, window: Window): Value;
  /** Sum over images and positions of dy[o] * x[i]: the gradient [O, I, 1, 1] of a pointwise convolution at stride 1. */
  pointwiseWeightGradient(x: Value, dy: Value): Value;
  /** The gradient [O, I, k, k] of a dense convolution's weight over few channels, such as an image's: computed from its patches. */
  patchWeightGradient(x: Value, dy: Value, window: Window): Value;
  /** The gradient [C, 1, k, k] of a depthwise convolution's weight. */
  depthwiseWeightGradient(x: Value, dy: Value, window: Window): Value;
}

export function plainPrimitives(g: OnnxGraph): PlainPrimitives {
  const reshape = (x: Value, dims: readonly number[]): Value => g.node('Reshape', [x, g.ints(dims)]);
  const perChannel = (v: Value): Value => reshape(v, [1, v.dims[0] as number, 1, 1]);
  const plus = (x: Value, y: Value | undefined): Value => (y ? g.node('Add', [x, y]) : x);
  const finish = (x: Value, end: AffineEnd = {}): Value => {
    const y = plus(x, end.sum);
    if (end.activation === undefined) return y;
    if (end.activation === 'relu') return g.node('Relu', [y]);
    if (end.activation === 'hswish') return g.node('HardSwish', [y]);
    return g.node('HardSigmoid', [y], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  };
  /** Turns the last two axes by 180 degrees. */
  const turn = (w: Value, axes: readonly number[]): Value =>
    g.node('Slice', [
      w,
      g.ints(axes.map(() => -1)),
      g.ints(axes.map(() => -(2 ** 31))),
      g.ints(axes),
      g.ints(axes.map(() => -1)),
    ]);
  const attributes = (w: Window, group: number) => ({ ...windowAttributes(w), group });

  /** Sum over images and positions of dy[o] * x[i]: [O, I]. */
  const channelProducts = (x: Value, dy: Value): Value => {
    const [[n, inputs, h, w], outputs] = [dimsOf(x), dimsOf(dy)[1]];
    const product = g.node(
      'FusedMatMul',
      [reshape(dy, [n, outputs, h * w]), reshape(x, [n, inputs, h * w])],
      { transA: 0, transB: 1 },
      domains.microsoft,
    );
    return g.node('ReduceSum', [product, g.ints([0])], { keepdims: 0 });
  };

  return {
    graph: g,
    block: 1,
    padded: (channels) => channels,
    toPlain: (x) => x,
    fromPlain: (x) => x,
    vector: (v) => v,
    unvector: (v) => v,
    conv: (x, weight, window, end = {}) => plus(g.node('Conv', [x, weight, end.bias], attributes(window, 1)), end.sum),
    convTransposed: (dy, weight, window, sum) =>
      plus(
        g.node(
          'Conv',
          [dy, g.node('Transpose', [turn(weight, [2, 3])], { perm: [1, 0, 2, 3] })],
          attributes(window, 1),
        ),
        sum,
      ),
    depthwise: (x, weight, window, bias) => g.node('Conv', [x, weight, bias], attributes(window, dimsOf(x)[1])),
    depthwiseTurned: (dy, weight, window) =>
      g.node('Conv', [dy, turn(weight, [2, 3])], attributes(window, dimsOf(dy)[1])),
    pointwiseWeightGradient: (x, dy) => reshape(channelProducts(x, dy), [dimsOf(dy)[1], dimsOf(x)[1], 1, 1]),
    patchWeightGradient: (x, dy, window) => {
      const inputs = dimsOf(x)[1];
      const { kernel } = window;
      const taps = inputs * kernel * kernel;
      // A convolution with one-hot filters.
      const oneHot = matrix(taps, taps, (r, c) => (r === c ? 1 : 0));
      const filters = g.constant(oneHot.data, [taps, inputs, kernel, kernel]);
      const patches = g.node('Conv', [x, filters], attributes(window, 1));
      return reshape(channelProducts(patches, dy), [dimsOf(dy)[1], inputs, kernel, kernel]);
    },
    depthwiseWeightGradient: (x, dy, { kernel, stride, dilation, pads }) => {
      const [n, c, h, w] = dimsOf(x);
      const [, , ho, wo] = dimsOf(dy);
      // The upstream gradient acts as the kernel, so stride and dilation change places.
      const end = (out: number, side: number, pad: number): number =>
        Math.max(0, (kernel - 1) * dilation + (out - 1) * stride + 1 - side - pad);
      const y = g.node('Conv', [reshape(x, [1, n * c, h, w]), reshape(dy, [n * c, 1, ho, wo])], {
        kernel_shape: [ho, wo],
        strides: [dilation, dilation],
        dilations: [stride, stride],
        pads: [pads[0], pads[1], end(ho, h, pads[0]), end(wo, w, pads[1])],
        group: n * c,
      });
      const summed = g.node('ReduceSum', [reshape(y, [n, c, kernel, kernel]), g.ints([0])], { keepdims: 0 });
      return reshape(summed, [c, 1, kernel, kernel]);
    },
    affine: (x, scale, shift, end) => {
      const scaled = g.node('Mul', [x, perChannel(scale)]);
      return finish(shift ? g.node('Add', [scaled, perChannel(shift)]) : scaled, end);
    },
    affinePerImage: (x, scale, shift) => plus(g.node('Mul', [x, scale]), shift),
    moveChannels: (x, { inputs, outputs, from, to, count, groups }, sum) => {
      const source = (i: number): number => from + (i % groups) * (count / groups) + Math.floor(i / groups);
      const m = matrix(outputs, inputs, (row, column) =>
        row >= to && row < to + count && column === source(row - to) ? 1 : 0,
      );
      const weight = g.constant(m.data, [outputs, inputs, 1, 1]);
      return plus(g.node('Conv', [x, weight], attributes(sameWindow(1), 1)), sum);
    },
    spatialMap: (x, rows, columns) => {
      const [n, c, h, w] = dimsOf(x);
      const constant = (m: Matrix): Value => g.constant(m.data, [m.rows, m.columns]);
      const alongRows = (v: Value, width: number): Value =>
        g.node('MatMul', [constant(rows), reshape(v, [n * c, h, width])]);
      const alongColumns = (v: Value, height: number): Value =>
        g.node('MatMul', [reshape(v, [n * c * height, w]), constant(transposed(columns))]);
      // The cheaper order first: columns before an enlargement, rows before a reduction.
      const y = rows.rows >= h ? alongRows(alongColumns(x, h), columns.rows) : alongColumns(alongRows(x, w), rows.rows);
      return reshape(y, [n, c, rows.rows, columns.rows]);
    },
    maxPool: (x, window) => g.node('MaxPool', [x], windowAttributes(window)),
    meanPerImage: (x) => g.node('ReduceMean', [x], { axes: [2, 3], keepdims: 1 }),
    dotPerImage: (a, b) => g.node('ReduceSum', [g.node('Mul', [a, b]), g.ints([2, 3])], { keepdims: 1 }),
  };
}
