// The blocked layout: ONNX Runtime's nchwc operators with weights as graph inputs, reordered inside the graph.
//
// Filter layouts are those of MLAS: "OIHWBiBo" for dense convolutions, "OIHWBo" for depthwise ones and for images of few channels.
// Channels are moved by an operator of native/: as convolutions by constant matrices, moves took half of a shuffle unit's time.
// One trick is used throughout: a depthwise 1x1 convolution is an affine pass with a fused sum and activation, and a depthwise
// convolution whose kernel is a whole feature map is a reduction.

import type { ChannelBlock } from '../graph/channel-block.ts';
import type { OnnxGraph } from '../graph/onnx.ts';
import { type Attributes, domains, type Value } from '../graph/values.ts';
import type { AffineEnd, ConvEnd, Primitives, Window } from './primitives.ts';
import { dimsOf, windowAttributes } from './primitives.ts';

export function blockedPrimitives(g: OnnxGraph, block: Exclude<ChannelBlock, 1>): Primitives {
  const b = block;
  const padded = (channels: number): number => Math.ceil(channels / b) * b;
  const reshape = (x: Value, dims: readonly number[]): Value => g.node('Reshape', [x, g.ints(dims)]);
  const transpose = (x: Value, perm: readonly number[]): Value => g.node('Transpose', [x], { perm });
  /** Pads axes at the end with zeros up to the given sizes. */
  const padTo = (x: Value, sizes: readonly number[]): Value => {
    const dims = x.dims as readonly number[];
    if (dims.every((d, i) => d === sizes[i])) return x;
    return g.node('Pad', [x, g.ints([...dims.map(() => 0), ...dims.map((d, i) => sizes[i]! - d)])]);
  };
  const nchwcConv = (x: Value, weight: Value, end: ConvEnd, attributes: Attributes): Value =>
    g.node('Conv', end.sum ? [x, weight, end.bias, end.sum] : [x, weight, end.bias], attributes, domains.blocked);
  const attributesOf = (w: Window, group: number): Attributes => ({ ...windowAttributes(w), group });
  const activationAttributes = (activation: AffineEnd['activation']): Attributes => {
    if (activation === undefined) return {};
    if (activation === 'relu') return { activation: 'Relu' };
    const name = activation === 'hswish' ? 'HardSwish' : 'HardSigmoid';
    return { activation: name, activation_params: { floats: [1 / 6, 0.5] } };
  };

  /** [O, I, k, k] padded to multiples of the block. */
  const padDense = (weight: Value): { weight: Value; o: number; i: number; taps: number } => {
    const [outs, ins, kh, kw] = dimsOf(weight);
    const [o, i] = [padded(outs), padded(ins)];
    return { weight: padTo(weight, [o, i, kh, kw]), o, i, taps: kh * kw };
  };
  /** [C, ...] to [C/B, ..., B] for filters, by the operator that reorders images: many times as fast as a transposition. */
  const blockRows = (x: Value, rows: number, columns: number): Value =>
    g.node('ReorderInput', [reshape(x, [1, rows, columns, 1])], {}, domains.blocked);
  const reverseLast = (x: Value, axis: number): Value =>
    g.node('Slice', [x, g.ints([-1]), g.ints([-(2 ** 31)]), g.ints([axis]), g.ints([-1])]);
  const unpadVector = (v: Value, channels: number): Value =>
    v.dims[0] === channels ? v : g.node('Slice', [v, g.ints([0]), g.ints([channels]), g.ints([0])]);

  const toPlain = (x: Value, channels: number): Value => g.node('ReorderOutput', [x], { channels }, domains.blocked);
  const reduction = (x: Value, kernel: Value, geometry: Attributes): Value => {
    const [n, c, h, w] = dimsOf(x);
    const [, , kh, kw] = dimsOf(kernel);
    return nchwcConv(
      reshape(x, [1, n * c, h, w]),
      reshape(kernel, [n * c, 1, kh, kw]),
      {},
      { ...geometry, kernel_shape: [kh, kw], group: n * c },
    );
  };

  return {
    graph: g,
    block,
    padded,
    toPlain,
    fromPlain: (x) => {
      const [n, c, h, w] = dimsOf(x);
      return g.node('ReorderInput', [padTo(x, [n, padded(c), h, w])], {}, domains.blocked);
    },
    vector: (v) => padTo(v, [padded(v.dims[0] as number)]),
    unvector: unpadVector,
    conv: (x, weight, window, end = {}) => {
      const attributes = attributesOf(window, 1);
      if (end.image) {
        const [outs, ins, kh, kw] = dimsOf(weight);
        const o = padded(outs);
        const rows = blockRows(padTo(weight, [o, ins, kh, kw]), o, ins * kh * kw);
        return nchwcConv(x, reshape(rows, [o, ins, kh, kw]), end, attributes);
      }
      const { weight: w, o, i, taps } = padDense(weight);
      // "OIHWBiBo" is [O/B, I/B, taps, B, B].
      const rows = blockRows(w, o, i * taps);
      const filter = taps === 1 ? rows : transpose(reshape(rows, [o / b, i / b, b, taps, b]), [0, 1, 3, 2, 4]);
      return nchwcConv(x, reshape(filter, [o, i, window.kernel, window.kernel]), end, attributes);
    },
    convTransposed: (dy, weight, window, sum) => {
      const { weight: w, o, i, taps } = padDense(weight);
      const filter =
        taps === 1
          ? transpose(reshape(w, [o, i / b, b]), [1, 0, 2])
          : transpose(reverseLast(reshape(w, [o / b, b, i / b, b, taps]), 4), [2, 0, 4, 1, 3]);
      const kernel = reshape(filter, [i, o, window.kernel, window.kernel]);
      return nchwcConv(dy, kernel, { sum }, attributesOf(window, 1));
    },
    depthwise: (x, weight, window, bias) => {
      const [, c] = dimsOf(x);
      const [channels, , kh, kw] = dimsOf(weight);
      const flat = padTo(reshape(weight, [channels, kh * kw]), [c, kh * kw]);
      const filter = reshape(blockRows(flat, c, kh * kw), [c, 1, kh, kw]);
      return nchwcConv(x, filter, { bias }, attributesOf(window, c));
    },
    affine: (x, scale, shift, end = {}) => {
      const [, c] = dimsOf(x);
      return nchwcConv(
        x,
        reshape(scale, [c, 1, 1, 1]),
        { bias: shift, sum: end.sum },
        {
          kernel_shape: [1, 1],
          pads: [0, 0, 0, 0],
          group: c,
          ...activationAttributes(end.activation),
        },
      );
    },
    affinePerImage: (x, scale, shift) => {
      const [n, c, h, w] = dimsOf(x);
      const bias = shift && reshape(shift, [n * c]);
      const y = nchwcConv(
        reshape(x, [1, n * c, h, w]),
        reshape(scale, [n * c, 1, 1, 1]),
        { bias },
        {
          kernel_shape: [1, 1],
          pads: [0, 0, 0, 0],
          group: n * c,
        },
      );
      return reshape(y, [n, c, h, w]);
    },
    moveChannels: (x, { inputs, outputs, ...move }, sum) => {
      const [n, , h, w] = dimsOf(x);
      const attributes = { block, n, inputs, outputs, out_height: h, out_width: w, ...move };
      return g.nodes('MoveChannels', sum ? [x, sum] : [x], [[n, padded(outputs), h, w]], attributes, domains.own)[0]!;
    },
    spatialMap: (x, rows, columns) => {
      const [n, c, height, width] = dimsOf(x);
      const [out_height, out_width] = [rows.rows, columns.rows];
      const attributes = { block, n, outputs: c, height, width, out_height, out_width };
      const inputs = [x, ...[rows, columns].map((m) => g.constant(m.data, [m.rows, m.columns]))];
      return g.nodes('SpatialMap', inputs, [[n, c, out_height, out_width]], attributes, domains.own)[0]!;
    },
    maxPool: (x, window) => g.node('MaxPool', [x], windowAttributes(window), domains.blocked),
    meanPerImage: (x) => g.node('GlobalAveragePool', [x], {}, domains.blocked),
    dotPerImage: (a, c) => {
      const [n, channels] = dimsOf(a);
      return reshape(reduction(a, c, { pads: [0, 0, 0, 0] }), [n, channels, 1, 1]);
    },
  };
}
