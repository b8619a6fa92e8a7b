// Scales and zero points: activations are bytes over a range; weights are int8 around 0, with a scale for each output channel.

import type { Plan, TensorRule } from './plan.ts';
import type { Range } from './ranges.ts';

/** value = scale * (byte - zeroPoint) */
export interface Scale {
  readonly scale: number;
  readonly zeroPoint: number;
}

export interface TensorScale {
  /** How the value becomes bytes. */
  readonly write: Scale;
  /** How bytes are read. For a hard sigmoid this differs from how they are written. */
  readonly read: Scale;
}

/** The gate of a hard-swish: the bytes of its input, cut at `most`, and how they are read. */
export interface GateScale {
  readonly most: number;
  readonly read: Scale;
}

/** Bytes over a range that holds 0. */
export function scaleOf({ low, high }: Range): Scale {
  const scale = Math.max((high - low) / 255, 1e-8);
  return { scale: Math.fround(scale), zeroPoint: Math.min(255, Math.max(0, Math.round(-low / scale))) };
}

/** The zero point of a hard-swish's input for a range up to `high`: the number of steps from 0 to 3. */
export const hardSwishSteps = (high: number): number => Math.max(1, Math.floor((3 * 255) / (Math.max(high, 0) + 3)));

/** Scale and zero point of every planned tensor. @param ranges of the tensors that rules take a range of */
export function tensorScales(plan: Plan, ranges: ReadonlyMap<string, Range>): Map<string, TensorScale> {
  const scales = new Map<string, TensorScale>();
  const both = (scale: Scale): TensorScale => ({ write: scale, read: scale });
  const make = (name: string, rule: TensorRule): TensorScale => {
    if (rule.kind === 'same') return both(scales.get(rule.as)!.read);
    if (rule.kind === 'hard-sigmoid') {
      const { alpha } = rule;
      return {
        write: { scale: Math.fround(1 / (255 * alpha)), zeroPoint: 0 },
        read: { scale: Math.fround(1 / 255), zeroPoint: 0 },
      };
    }
    const range = ranges.get(name)!;
    if (rule.kind === 'range') return both(scaleOf(range));
    const zeroPoint = hardSwishSteps(range.high);
    return both({ scale: Math.fround(3 / zeroPoint), zeroPoint });
  };
  for (const [name, rule] of plan.tensors) scales.set(name, make(name, rule));
  return scales;
}

/** The gate of hard-swish: (x + 3) / 6 between 0 and 1, from the bytes of x themselves. */
export function gateOf({ write }: TensorScale): GateScale {
  const { zeroPoint } = write;
  return { most: Math.min(255, 2 * zeroPoint), read: { scale: Math.fround(1 / (2 * zeroPoint)), zeroPoint: 0 } };
}

export interface QuantizedConvolution {
  readonly weight: Int8Array;
  /** By output channel. */
  readonly weightScale: Float32Array;
  readonly bias: Int32Array;
  readonly biasScale: Float32Array;
}

/** Largest magnitude of a bias in int32 that leaves room for the sum over the inputs. */
const mostBias = 2 ** 30;

/**
 * Quantizes a convolution: its weights by output channel, and its bias in the steps of the accumulator.
 * @param weight [O, I / groups, kH, kW]
 * @param bias [O]
 * @param bits of weights: 7 where pairs of products would overflow 16 bits (AVX2 and AVX-512 without VNNI)
 */
export function quantizeConvolution(
  weight: Float32Array,
  bias: Float32Array,
  input: Scale,
  bits: 7 | 8,
): QuantizedConvolution {
  const channels = bias.length;
  const each = weight.length / channels;
  const most = bits === 8 ? 127 : 63;
  const weightScale = new Float32Array(channels);
  const quantized = new Int8Array(weight.length);
  const quantizedBias = new Int32Array(channels);
  for (let c = 0; c < channels; c++) {
    let largest = 0;
    for (let i = c * each; i < (c + 1) * each; i++) largest = Math.max(largest, Math.abs(weight[i]!));
    const scale = Math.max(largest / most, Math.abs(bias[c]!) / (input.scale * mostBias), 1e-12);
    weightScale[c] = scale;
    for (let i = c * each; i < (c + 1) * each; i++)
      quantized[i] = Math.max(-most, Math.min(most, Math.round(weight[i]! / weightScale[c]!)));
    quantizedBias[c] = Math.round(bias[c]! / (input.scale * weightScale[c]!));
  }
  return {
    weight: quantized,
    weightScale,
    bias: quantizedBias,
    biasScale: weightScale.map((scale) => scale * input.scale),
  };
}
