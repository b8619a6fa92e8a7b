// The primitives that forward passes and gradient rules are written over, and their two layouts.
//
// A feature map is stored as [N, Cp, H, W]. In the plain layout Cp = C. In the blocked layout (ONNX Runtime's own "nchwc", domain
// com.microsoft.nchwc) memory is [N, Cp/B, H, W, B] with Cp the next multiple of the block B; padded channels always hold zeros.
// Parameters enter and gradients leave in canonical layout ([O, I, kH, kW], [C]), unpadded.
import type { ChannelBlock } from '../graph/channel-block.ts';
import type { OnnxGraph } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';
import type { Activation } from '../network/types.ts';

/** Geometry of a window operator; pads are [top, left, bottom, right]. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pads: readonly [number, number, number, number];
}

/** What an affine pass ends with. */
export interface AffineEnd {
  /** Added after scale and shift, before the activation. */
  readonly sum?: Value | undefined;
  readonly activation?: Exclude<Activation, 'relu6' | 'sigmoid'> | undefined;
}

export interface ConvEnd {
  /** [Cp] */
  readonly bias?: Value | undefined;
  readonly sum?: Value | undefined;
}

/**
 * Channels [from, from + count) of a map with `inputs` channels, as [to, to + count) of a map with `outputs`. Split, concat and shuffle are such
 * moves, and so are their inverses.
 */
export interface ChannelMove {
  readonly inputs: number;
  readonly outputs: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Of a shuffle: channel to + i is channel from + (i % groups) * (count / groups) + floor(i / groups). 1: the order is kept. */
  readonly groups: number;
}

/** The gradient of a move. */
export function inverseMove({ inputs, outputs, from, to, count, groups }: ChannelMove): ChannelMove {
  return { inputs: outputs, outputs: inputs, from: to, to: from, count, groups: count / groups };
}

/** A dense constant matrix, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** Primitives over feature maps x [N, Cp, H, W]; vectors are [Cp], per-image values [N, Cp, 1, 1]. */
export interface Primitives {
  readonly graph: OnnxGraph;
  readonly block: ChannelBlock;
  padded(channels: number): number;
  /** Blocked to plain [N, C, H, W], padding dropped. */
  toPlain(x: Value, channels: number): Value;
  /** Plain [N, C, H, W] to the layout, padding added. */
  fromPlain(x: Value): Value;
  /** Canonical [C] to [Cp], zeros at the end. */
  vector(v: Value): Value;
  /** [Cp] to canonical [C]. */
  unvector(v: Value, channels: number): Value;
  /** Dense convolution by weight [O, I, k, k]. `image`: x is a plain [N, I, H, W] with fewer channels than a block. */
  conv(x: Value, weight: Value, window: Window, end?: ConvEnd & { readonly image?: boolean }): Value;
  /** The same with the weight transposed and turned by 180 degrees, at stride 1: what an input gradient needs. */
  convTransposed(dy: Value, weight: Value, window: Window, sum?: Value): Value;
  /** Depthwise convolution by weight [C, 1, kH, kW]. */
  depthwise(x: Value, weight: Value, window: Window, bias?: Value): Value;
  /** x * scale + shift (+ sum), then the activation: one pass. Vectors [Cp]. */
  affine(x: Value, scale: Value, shift?: Value, end?: AffineEnd): Value;
  /** x * scale + shift with one scale an image and channel, [N, Cp, 1, 1]. */
  affinePerImage(x: Value, scale: Value, shift?: Value): Value;
  /** The moved channels of x and zeros elsewhere (+ sum): exact. */
  moveChannels(x: Value, move: ChannelMove, sum?: Value): Value;
  /** y = rows * x * columns^T of every image and channel: [N, Cp, columns of rows, columns of columns] to [N, Cp, rows of rows, rows of columns]. */
  spatialMap(x: Value, rows: Matrix, columns: Matrix): Value;
  /** The greatest value of each window. */
  maxPool(x: Value, window: Window): Value;
  /** Mean over height and width: [N, Cp, 1, 1]. */
  meanPerImage(x: Value): Value;
  /** Sum over height and width of a * b: [N, Cp, 1, 1]. */
  dotPerImage(a: Value, b: Value): Value;
}

/** A window's attributes as operators call them. */
export function windowAttributes({ kernel, stride, dilation, pads }: Window) {
  return { kernel_shape: [kernel, kernel], strides: [stride, stride], dilations: [dilation, dilation], pads };
}

/** "Same" padding: dilation * (kernel - 1) / 2 on every side. */
export function sameWindow(kernel: number, stride = 1, dilation = 1): Window {
  const pad = (dilation * (kernel - 1)) / 2;
  return { kernel, stride, dilation, pads: [pad, pad, pad, pad] };
}

/** The dimensions of a value as numbers: training graphs have no dynamic ones. */
export function dimsOf(value: Value): [number, number, number, number] {
  return value.dims as unknown as [number, number, number, number];
}
