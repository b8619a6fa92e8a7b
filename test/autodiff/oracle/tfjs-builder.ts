// An independent autodiff for whole modules: the same NetworkBuilder over @tensorflow/tfjs (CPU backend), differentiated by tfjs itself.
import * as tf from '@tensorflow/tfjs';
import type { Activation, Feature, NetworkBuilder, NetworkModule } from '../../../src/network/types.ts';

interface TfFeature extends Feature {
  readonly value: tf.Tensor4D;
}

const feature = (value: tf.Tensor4D): TfFeature => {
  const [, height, width, channels] = value.shape;
  return { value, channels, height, width };
};

/** [N, C, H, W] data as an NHWC tensor, and back. */
export const fromPlanar = (data: Float32Array, [n, c, h, w]: readonly number[]): tf.Tensor4D =>
  tf.transpose(tf.tensor4d(data, [n!, c!, h!, w!]), [0, 2, 3, 1]);
export const toPlanar = (x: tf.Tensor): Float32Array => tf.transpose(x, [0, 3, 1, 2]).dataSync() as Float32Array;

/** Normalizes over batch and space with batch statistics, as training does. */
function batchNorm(x: tf.Tensor4D, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor4D {
  const mean = tf.mean(x, [0, 1, 2], true);
  const centered = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centered), [0, 1, 2], true);
  return tf.add(tf.mul(tf.div(centered, tf.sqrt(tf.add(variance, 1e-5))), gamma), beta);
}

function activate(x: tf.Tensor4D, kind: Activation): tf.Tensor4D {
  if (kind === 'relu') return tf.relu(x);
  if (kind === 'relu6') return tf.relu6(x);
  if (kind === 'sigmoid') return tf.sigmoid(x);
  const gate = tf.clipByValue(tf.add(tf.div(x, 6), 0.5), 0, 1);
  return kind === 'hsigmoid' ? (gate as tf.Tensor4D) : tf.mul(x, gate);
}

/** Linear interpolation along one axis, half-pixel centers: tfjs's own resize has no right gradient for these (it ignores the half pixel). */
function bilinear(x: tf.Tensor4D, axis: 1 | 2, to: number): tf.Tensor4D {
  const from = x.shape[axis];
  const positions = Array.from({ length: to }, (_, i) =>
    Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5)),
  );
  const low = positions.map(Math.floor);
  const shape = axis === 1 ? [1, to, 1, 1] : [1, 1, to, 1];
  const share = tf.tensor(
    positions.map((p, i) => p - low[i]!),
    shape,
  );
  const at = (indices: number[]): tf.Tensor4D => tf.gather(x, tf.tensor1d(indices, 'int32'), axis);
  return tf.add(tf.mul(at(low), tf.sub(1, share)), tf.mul(at(low.map((i) => Math.min(from - 1, i + 1))), share));
}

/** Spreads a kernel [O, I, k, k] with zeros between its taps: tfjs has no gradients for dilations. */
function dilated(weight: tf.Tensor, dilation: number): tf.Tensor4D {
  const [o, i, k] = weight.shape as [number, number, number, number];
  if (dilation === 1) return weight as tf.Tensor4D;
  const side = dilation * (k - 1) + 1;
  const place = tf.tile(
    tf.tensor3d(
      Array.from({ length: side }, (_, r) => Array.from({ length: k }, (_, c) => Number(r === c * dilation))).flat(),
      [1, side, k],
    ),
    [o * i, 1, 1],
  );
  const spread = tf.matMul(tf.matMul(place, tf.reshape(weight, [o * i, k, k])), place, false, true);
  return tf.reshape(spread, [o, i, side, side]);
}

/** @param parameter gives a parameter by name, in canonical layout */
export function tfjsBuilder(parameter: (name: string) => tf.Tensor): NetworkBuilder<TfFeature> {
  const convolve = (x: TfFeature, name: string, o: Parameters<NetworkBuilder<TfFeature>['conv']>[2]): tf.Tensor4D => {
    const { kernel, stride = 1, dilation = 1 } = o;
    const pad = (dilation * (kernel - 1)) / 2;
    const padded = tf.pad(x.value, [
      [0, 0],
      [pad, pad],
      [pad, pad],
      [0, 0],
    ]);
    const weight = dilated(parameter(`${name}.weight`), dilation);
    return o.depthwise
      ? tf.depthwiseConv2d(padded, tf.transpose(weight, [2, 3, 0, 1]) as tf.Tensor4D, stride, 'valid')
      : tf.conv2d(padded, tf.transpose(weight, [2, 3, 1, 0]) as tf.Tensor4D, stride, 'valid');
  };
  return {
    convBn(x, name, o, end = {}) {
      let y = batchNorm(convolve(x, name, o), parameter(`${name}.bn.gamma`), parameter(`${name}.bn.beta`));
      if (end.residual) y = tf.add(y, end.residual.value);
      return feature(end.activation ? activate(y, end.activation) : y);
    },
    conv(x, name, o) {
      const y = convolve(x, name, o);
      return feature(o.bias ? tf.add(y, parameter(`${name}.bias`)) : y);
    },
    activation: (x, kind) => feature(activate(x.value, kind)),
    add: (a, b) => feature(tf.add(a.value, b.value)),
    squeezeExcite(x, name, squeezed) {
      const pooled = tf.mean(x.value, [1, 2]) as tf.Tensor2D;
      const matrix = (part: string, o: number, i: number): tf.Tensor2D =>
        tf.reshape(parameter(`${name}.${part}.weight`), [o, i]);
      const hidden = tf.relu(
        tf.add(
          tf.matMul(pooled, matrix('reduce', squeezed, x.channels), false, true),
          parameter(`${name}.reduce.bias`),
        ),
      );
      const raw = tf.add(
        tf.matMul(hidden as tf.Tensor2D, matrix('expand', x.channels, squeezed), false, true),
        parameter(`${name}.expand.bias`),
      );
      const gates = tf.clipByValue(tf.add(tf.div(raw, 6), 0.5), 0, 1);
      return feature(tf.mul(x.value, tf.reshape(gates, [-1, 1, 1, x.channels])));
    },
    globalPool: (x) => feature(tf.mean(x.value, [1, 2], true)),
    scale: (x, factors) => feature(tf.mul(x.value, factors.value)),
    maxPool: (x) => feature(tf.maxPool(x.value, 3, 2, 1)),
    concat: (xs) =>
      feature(
        tf.concat(
          xs.map((x) => x.value),
          3,
        ),
      ),
    channels: (x, from, to) => feature(tf.slice(x.value, [0, 0, 0, from], [-1, -1, -1, to - from])),
    shuffle(x, groups) {
      const [n, h, w, c] = x.value.shape;
      const split = tf.reshape(x.value, [n, h, w, groups, c / groups]);
      return feature(tf.reshape(tf.transpose(split, [0, 1, 2, 4, 3]), [n, h, w, c]));
    },
    resize: (x, height, width) => feature(bilinear(bilinear(x.value, 1, height), 2, width)),
  };
}

/**
 * Outputs of a module, and the gradients of sum(outputs * upstream) with respect to inputs and parameters. Everything planar.
 */
export function oracle(
  module: NetworkModule,
  batch: number,
  inputs: Float32Array[],
  upstream: Float32Array[],
  parameters: Map<string, { data: Float32Array; shape: readonly number[] }>,
) {
  tf.engine().startScope();
  const xs = module.inputs.map((f, i) => fromPlanar(inputs[i]!, [batch, f.channels, f.height, f.width]));
  const names = [...parameters.keys()];
  const values = names.map((name) => tf.tensor(parameters.get(name)!.data, [...parameters.get(name)!.shape]));
  let outputs: Float32Array[] = [];
  const run = (...args: tf.Tensor[]): tf.Scalar => {
    const table = new Map(names.map((name, i) => [name, args[xs.length + i]!]));
    const builder = tfjsBuilder((name) => table.get(name)!);
    const ys = module.build(
      builder,
      args.slice(0, xs.length).map((x) => feature(x as tf.Tensor4D)),
    );
    outputs = ys.map((y) => toPlanar(y.value));
    const terms = ys.map((y, i) =>
      tf.sum(tf.mul(y.value, fromPlanar(upstream[i]!, [batch, y.channels, y.height, y.width]))),
    );
    return tf.addN(terms) as tf.Scalar;
  };
  const gradients = tf.grads(run)([...xs, ...values]);
  const result = {
    outputs,
    inputs: gradients.slice(0, xs.length).map(toPlanar),
    parameters: new Map(names.map((name, i) => [name, gradients[xs.length + i]!.dataSync() as Float32Array])),
  };
  tf.engine().endScope();
  return result;
}
