// The plain layout: standard operators on [N, C, H, W]. The path for CPUs without blocked kernels, and the oracle of the blocked one.
import type { AffineEnd, Kernels } from './kernels.ts';
import { dimsOf, weightGradientWindow } from './kernels.ts';
import { domains, type OnnxGraph, type Value } from './onnx.ts';

export function plainKernels(g: OnnxGraph): Kernels {
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
  const attributes = (
    w: { stride: number; dilation: number; pads: readonly number[]; kernel: number },
    group: number,
  ) => ({
    kernel_shape: [w.kernel, w.kernel],
    strides: [w.stride, w.stride],
    dilations: [w.dilation, w.dilation],
    pads: w.pads,
    group,
  });

  return {
    graph: g,
    block: 1,
    padded: (channels) => channels,
    toPlain: (x) => x,
    fromPlain: (x) => x,
    vector: (v) => v,
    unvector: (v) => v,
    conv: (x, weight, window, end = {}) => finish(g.node('Conv', [x, weight, end.bias], attributes(window, 1)), end),
    convTransposed: (dy, weight, window, sum) =>
      plus(
        g.node(
          'Conv',
          [dy, g.node('Transpose', [turn(weight, [2, 3])], { perm: [1, 0, 2, 3] })],
          attributes(window, 1),
        ),
        sum,
      ),
    positions: (x) => x,
    pointwiseWeightGradient: (x, dy, inputs, outputs) => {
      const [n, , h, w] = dimsOf(x);
      const product = g.node(
        'FusedMatMul',
        [reshape(dy, [n, outputs, h * w]), reshape(x, [n, inputs, h * w])],
        { transA: 0, transB: 1 },
        domains.microsoft,
      );
      return reshape(g.node('ReduceSum', [product, g.ints([0])], { keepdims: 0 }), [outputs, inputs, 1, 1]);
    },
    depthwise: (x, weight, window, end = {}) =>
      plus(
        g.node('Conv', [x, end.flip ? turn(weight, [2, 3]) : weight, end.bias], {
          ...attributes(window, dimsOf(x)[1]),
          kernel_shape: dimsOf(weight).slice(2),
        }),
        end.sum,
      ),
    depthwiseWeightGradient: (x, dy, window, channels) => {
      const [n, c, h, w] = dimsOf(x);
      const [, , ho, wo] = dimsOf(dy);
      const y = g.node('Conv', [reshape(x, [1, n * c, h, w]), reshape(dy, [n * c, 1, ho, wo])], {
        ...weightGradientWindow(x, dy, window),
        kernel_shape: [ho, wo],
        group: n * c,
      });
      const perImage = reshape(y, [n, channels, window.kernel, window.kernel]);
      return reshape(g.node('ReduceSum', [perImage, g.ints([0])], { keepdims: 0 }), [
        channels,
        1,
        window.kernel,
        window.kernel,
      ]);
    },
    affine: (x, scale, shift, end) => {
      const scaled = g.node('Mul', [x, perChannel(scale)]);
      return finish(shift ? g.node('Add', [scaled, perChannel(shift)]) : scaled, end);
    },
    affinePerImage: (x, scale, shift) => plus(g.node('Mul', [x, scale]), shift),
    meanPerImage: (x) => g.node('ReduceMean', [x], { axes: [2, 3], keepdims: 1 }),
    dotPerImage: (a, b) => g.node('ReduceSum', [g.node('Mul', [a, b]), g.ints([2, 3])], { keepdims: 1 }),
  };
}
