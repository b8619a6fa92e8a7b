// Gradient rules over the primitives: batch norm, activations, convolutions, squeeze-excite. Written once for both layouts.

import type { Value } from '../graph/values.ts';
import type { Activation } from '../network/types.ts';
import { batchNormEpsilon } from '../network/types.ts';
import { insertZeros, interleave } from './maps.ts';
import { dimsOf, type Primitives, type Window } from './primitives.ts';

const unary = (k: Primitives, op: string, x: Value): Value => k.graph.node(op, [x]);
const binary = (k: Primitives, op: string, a: Value, b: Value): Value => k.graph.node(op, [a, b]);
const times = (k: Primitives, x: Value, factor: number): Value =>
  factor === 1 ? x : binary(k, 'Mul', x, k.graph.scalar(factor));
const reshape = (k: Primitives, x: Value, dims: readonly number[]): Value =>
  k.graph.node('Reshape', [x, k.graph.ints(dims)]);
const clip = (k: Primitives, x: Value, low: number, high: number): Value =>
  k.graph.node('Clip', [x, k.graph.scalar(low), k.graph.scalar(high)]);

/** [N, Cp, 1, 1] to [Cp]: the sum over images. */
export function overImages(k: Primitives, perImage: Value): Value {
  return k.graph.node('ReduceSum', [perImage, k.graph.ints([0, 2, 3])], { keepdims: 0 });
}

/** Batch statistics and the affine that applies them. Everything is [Cp]. */
export interface BatchNorm {
  readonly mean: Value;
  readonly variance: Value;
  readonly inverseDeviation: Value;
  readonly scale: Value;
  readonly shift: Value;
}

/**
 * Batch norm's statistics over N, H, W of y [N, Cp, H, W] and its affine form: out = scale * y + shift.
 * The variance is E[y^2] - mean^2, clamped at zero: y must arrive roughly centered (the convolution before subtracts the running
 * mean through its bias, which batch norm cancels), else the difference loses its digits.
 */
export function batchNorm(k: Primitives, y: Value, gamma: Value, beta: Value): BatchNorm {
  const [n, , h, w] = dimsOf(y);
  const mean = times(k, overImages(k, k.meanPerImage(y)), 1 / n);
  const meanSquare = times(k, overImages(k, k.dotPerImage(y, y)), 1 / (n * h * w));
  const variance = unary(k, 'Relu', binary(k, 'Sub', meanSquare, binary(k, 'Mul', mean, mean)));
  const deviation = unary(k, 'Sqrt', binary(k, 'Add', variance, k.graph.scalar(batchNormEpsilon)));
  const inverseDeviation = unary(k, 'Reciprocal', deviation);
  const scale = binary(k, 'Mul', gamma, inverseDeviation);
  const shift = binary(k, 'Sub', beta, binary(k, 'Mul', mean, scale));
  return { mean, variance, inverseDeviation, scale, shift };
}

/**
 * Batch norm backward as an affine of dn and y (Ioffe and Szegedy 2015, section 3): dy = a dn + b y + c.
 * @param dn gradient at the norm's output
 * @returns the affine, and the gradients of gamma and beta, all [Cp]
 */
export function batchNormGradient(
  k: Primitives,
  dn: Value,
  y: Value,
  bn: Pick<BatchNorm, 'mean' | 'inverseDeviation' | 'scale'>,
) {
  const [n, , h, w] = dimsOf(y);
  const count = n * h * w;
  const sum = times(k, overImages(k, k.meanPerImage(dn)), h * w);
  const dot = overImages(k, k.dotPerImage(dn, y));
  const gamma = binary(k, 'Mul', bn.inverseDeviation, binary(k, 'Sub', dot, binary(k, 'Mul', bn.mean, sum)));
  const slope = times(k, binary(k, 'Mul', binary(k, 'Mul', bn.scale, bn.inverseDeviation), gamma), 1 / count);
  const constant = binary(
    k,
    'Sub',
    binary(k, 'Mul', slope, bn.mean),
    times(k, binary(k, 'Mul', bn.scale, sum), 1 / count),
  );
  return { a: bn.scale, b: unary(k, 'Neg', slope), c: constant, gamma, beta: sum };
}

/** A power of two: scaling by it is exact, and it turns any visible difference into a saturated one. */
const huge = 2 ** 100;

/** Activations as standard operators. */
export function applyActivation(k: Primitives, x: Value, kind: Activation): Value {
  if (kind === 'relu') return unary(k, 'Relu', x);
  if (kind === 'relu6') return clip(k, x, 0, 6);
  if (kind === 'sigmoid') return unary(k, 'Sigmoid', x);
  const gate = k.graph.node('HardSigmoid', [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  return kind === 'hsigmoid' ? gate : binary(k, 'Mul', gate, x);
}

/**
 * The gradient through an activation at z: a hard-sigmoid of slope 2^100 is the mask of what is positive. hard-swish has the derivative 0
 * below -3, 1 above 3, and z / 3 + 1/2 between.
 * @param dh gradient at the output
 */
export function activationGradient(k: Primitives, dh: Value, z: Value, kind: Activation): Value {
  const g = k.graph;
  const positive = (x: Value): Value => g.node('HardSigmoid', [x], { alpha: { float: huge }, beta: { float: 0 } });
  const mask = (...masks: Value[]): Value => masks.reduce((a, b) => binary(k, 'Mul', a, b));
  if (kind === 'relu') return mask(positive(z), dh);
  if (kind === 'relu6') return mask(positive(z), positive(binary(k, 'Sub', g.scalar(6), z)), dh);
  if (kind === 'sigmoid') {
    const y = unary(k, 'Sigmoid', z);
    return mask(y, binary(k, 'Sub', g.scalar(1), y), dh);
  }
  const above = positive(binary(k, 'Add', z, g.scalar(3)));
  const below = positive(binary(k, 'Sub', g.scalar(3), z));
  if (kind === 'hsigmoid') return times(k, mask(above, below, dh), 1 / 6);
  const between = mask(binary(k, 'Add', times(k, z, 1 / 3), g.scalar(0.5)), above, below);
  const beyond = positive(binary(k, 'Sub', z, g.scalar(3)));
  return mask(binary(k, 'Add', between, beyond), dh);
}

/**
 * The gradient through a max pooling of 3 x 3 at stride 2. A window's goes to the first of its greatest values, row by row, as in PyTorch.
 * @param y what the pooling gave for x
 */
export function maxPoolGradient(k: Primitives, dy: Value, x: Value, y: Value): Value {
  const g = k.graph;
  const [n, c, height, width] = dimsOf(x);
  const [, , h, w] = dimsOf(y);
  // A block of channels is the last axis in memory, so rows and columns are sliced in both layouts alike.
  const images = (n * c) / k.block;
  const view = (v: Value, rows: number, columns: number): Value => reshape(k, v, [images, rows, columns, k.block]);
  const around = [0, 1, 1, 0, 0, 2 * h - height, 2 * w - width, 0];
  const padded = g.node('Pad', [view(x, height, width), g.ints(around), g.scalar(-3e38)]);
  const greatest = view(y, h, w);
  let left = view(dy, h, w);
  const parts: (Value | undefined)[] = [undefined, undefined, undefined, undefined];
  for (let tap = 0; tap < 9; tap++) {
    const [row, column] = [Math.floor(tap / 3), tap % 3];
    const ends = [row + 2 * h - 1, column + 2 * w - 1];
    const seen = g.node('Slice', [padded, g.ints([row, column]), g.ints(ends), g.ints([1, 2]), g.ints([2, 2])]);
    const slope = { alpha: { float: -huge }, beta: { float: 1 } };
    const taken = binary(k, 'Mul', left, g.node('HardSigmoid', [binary(k, 'Sub', greatest, seen)], slope));
    left = binary(k, 'Sub', left, taken);
    // Window i looks at rows 2i - 1, 2i and 2i + 1: its first is the odd row of the pair before.
    const [up, back] = [row === 0 ? 1 : 0, column === 0 ? 1 : 0];
    const moved =
      up + back === 0
        ? taken
        : g.node('Pad', [
            g.node('Slice', [taken, g.ints([up, back]), g.ints([h, w]), g.ints([1, 2])]),
            g.ints([0, 0, 0, 0, 0, up, back, 0]),
          ]);
    const part = 2 * (row === 1 ? 0 : 1) + (column === 1 ? 0 : 1);
    const sum = parts[part];
    parts[part] = sum ? binary(k, 'Add', sum, moved) : moved;
  }
  const whole = interleave(
    k,
    parts.map((part) => reshape(k, part!, [n, c, h, w])),
  );
  if (2 * h === height && 2 * w === width) return whole;
  const kept = g.node('Slice', [view(whole, 2 * h, 2 * w), g.ints([0, 0]), g.ints([height, width]), g.ints([1, 2])]);
  return reshape(k, kept, [n, c, height, width]);
}

/** Spreads dy: puts zeros between its pixels where the stride is 2. Also returns the window of the input gradient, at stride 1, over the result. */
export function spreadGradient(
  k: Primitives,
  dy: Value,
  window: Window,
  x: { height: number; width: number },
): { spread: Value; window: Window } {
  const [, , h, w] = dimsOf(dy);
  const rows = inputGradientWindow(window, x.height, h);
  const columns = inputGradientWindow(window, x.width, w);
  return {
    spread: insertZeros(k, dy, window.stride),
    window: { ...rows, pads: [rows.pads[0], columns.pads[1], rows.pads[2], columns.pads[3]] },
  };
}

function inputGradientWindow(window: Window, xSide: number, dySide: number): Window {
  const reach = window.dilation * (window.kernel - 1);
  const begin = reach - window.pads[0];
  const end = xSide - dySide * window.stride - begin + reach;
  if (end < 0) throw new Error(`no input gradient for side ${xSide}, kernel ${window.kernel}, stride ${window.stride}`);
  return { kernel: window.kernel, stride: 1, dilation: window.dilation, pads: [begin, begin, end, end] };
}

/** dx [N, Cp, H, W] of a dense convolution; `sum` is joined in the same pass. */
export function convInputGradient(
  k: Primitives,
  dy: Value,
  weight: Value,
  window: Window,
  x: { height: number; width: number },
  sum?: Value,
): Value {
  const over = spreadGradient(k, dy, window, x);
  return k.convTransposed(over.spread, weight, over.window, sum);
}

/** The weight gradient of a dense convolution, [O, I, k, k]: with images and channels exchanged, dy acting as the kernel. */
export function convWeightGradient(
  k: Primitives,
  x: Value,
  dy: Value,
  window: Window,
  inputs: number,
  outputs: number,
): Value {
  const g = k.graph;
  const { kernel, stride, dilation, pads } = window;
  const plainX = k.toPlain(x, inputs);
  const plainDy = k.toPlain(dy, outputs);
  const [, , h, w] = dimsOf(plainX);
  const [, , ho, wo] = dimsOf(plainDy);
  const end = (side: number, out: number): number =>
    Math.max(0, (kernel - 1) * dilation + (out - 1) * stride + 1 - side - pads[0]);
  const exchanged = g.node(
    'Conv',
    [g.node('Transpose', [plainX], { perm: [1, 0, 2, 3] }), g.node('Transpose', [plainDy], { perm: [1, 0, 2, 3] })],
    {
      kernel_shape: [ho, wo],
      strides: [dilation, dilation],
      dilations: [stride, stride],
      pads: [pads[0], pads[1], end(h, ho), end(w, wo)],
      group: 1,
    },
  );
  // Where the stride steps over the last rows or columns of x, there are taps that the filter does not have.
  const [, , kh, kw] = dimsOf(exchanged);
  const taps =
    kh > kernel || kw > kernel
      ? g.node('Slice', [exchanged, g.ints([0, 0]), g.ints([kernel, kernel]), g.ints([2, 3])])
      : exchanged;
  return g.node('Transpose', [taps], { perm: [1, 0, 2, 3] });
}

/** Parameters of squeeze-excite: reduce [S, C, 1, 1] with bias [S], expand [C, S, 1, 1] with bias [C]. */
export interface SqueezeExciteWeights {
  readonly reduceWeight: Value;
  readonly reduceBias: Value;
  readonly expandWeight: Value;
  readonly expandBias: Value;
}

/** The two small matrix products of squeeze-excite on pooled features; gates are [N, C]. */
export function squeezeExciteGates(k: Primitives, pooled: Value, channels: number, w: SqueezeExciteWeights) {
  const g = k.graph;
  const [n, padded] = dimsOf(pooled);
  const squeezed = w.reduceBias.dims[0] as number;
  const flat = dropPadding(k, reshape(k, pooled, [n, padded]), channels);
  const product = (a: Value, b: Value, out: number, inner: number): Value =>
    g.node('FusedMatMul', [a, reshape(k, b, [out, inner])], { transA: 0, transB: 1 }, 'com.microsoft');
  const hidden = unary(k, 'Relu', binary(k, 'Add', product(flat, w.reduceWeight, squeezed, channels), w.reduceBias));
  const raw = binary(k, 'Add', product(hidden, w.expandWeight, channels, squeezed), w.expandBias);
  const gates = g.node('HardSigmoid', [raw], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  return { flat, hidden, gates };
}

/** Gates [N, C] to [N, Cp, 1, 1], zeros where padded. */
export function padGates(k: Primitives, gates: Value): Value {
  const g = k.graph;
  const [n, c] = gates.dims as readonly number[];
  const extra = k.padded(c!) - c!;
  return reshape(k, extra ? g.node('Pad', [gates, g.ints([0, 0, 0, extra])]) : gates, [n!, k.padded(c!), 1, 1]);
}

function dropPadding(k: Primitives, flat: Value, channels: number): Value {
  if (flat.dims[1] === channels) return flat;
  return k.graph.node('Slice', [flat, k.graph.ints([0]), k.graph.ints([channels]), k.graph.ints([1])]);
}

/** Squeeze-excite backward: dx and the four parameter gradients, from dy, x and what the forward pass kept. */
export function squeezeExciteGradient(
  k: Primitives,
  dy: Value,
  x: Value,
  kept: { flat: Value; hidden: Value; gates: Value },
  w: Pick<SqueezeExciteWeights, 'reduceWeight' | 'expandWeight'>,
) {
  const g = k.graph;
  const [n, padded, h, width] = dimsOf(x);
  const [, channels] = kept.flat.dims as readonly [number, number];
  const squeezed = kept.hidden.dims[1] as number;
  const fused = (a: Value, b: Value, transA: 0 | 1): Value =>
    g.node('FusedMatMul', [a, b], { transA, transB: 0 }, 'com.microsoft');
  const columnSums = (v: Value): Value => g.node('ReduceSum', [v, g.ints([0])], { keepdims: 0 });
  const open = (v: Value): Value => clip(k, times(k, v, huge), 0, 1);

  const dGates = dropPadding(k, reshape(k, k.dotPerImage(dy, x), [n, padded]), channels);
  const inside = binary(k, 'Mul', open(kept.gates), open(binary(k, 'Sub', g.scalar(1), kept.gates)));
  const dRaw = times(k, binary(k, 'Mul', dGates, inside), 1 / 6);
  const dHidden = fused(dRaw, reshape(k, w.expandWeight, [channels, squeezed]), 0);
  const dReduced = binary(k, 'Mul', dHidden, open(kept.hidden));
  const dPooled = fused(dReduced, reshape(k, w.reduceWeight, [squeezed, channels]), 0);
  const dx = k.affinePerImage(dy, padGates(k, kept.gates), padGates(k, times(k, dPooled, 1 / (h * width))));
  return {
    dx,
    expandWeight: () => reshape(k, fused(dRaw, kept.hidden, 1), [channels, squeezed, 1, 1]),
    expandBias: () => columnSums(dRaw),
    reduceWeight: () => reshape(k, fused(dReduced, kept.flat, 1), [squeezed, channels, 1, 1]),
    reduceBias: () => columnSums(dReduced),
  };
}

/** A convolution, dense or depthwise; `image` as in `Primitives.conv`. */
export function forwardConv(
  k: Primitives,
  x: Value,
  weight: Value,
  o: { window: Window; depthwise: boolean; image: boolean; bias?: Value | undefined },
): Value {
  return o.depthwise
    ? k.depthwise(x, weight, o.window, o.bias)
    : k.conv(x, weight, o.window, { bias: o.bias, image: o.image });
}
