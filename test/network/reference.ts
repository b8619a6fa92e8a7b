// A naive evaluation of networks in float64, batch norm unfolded: the oracle that deployed graphs are compared with.

import { createRandom } from '../../src/lib/random.ts';
import { moduleParameters, sizeOf } from '../../src/network/count.ts';
import type {
  Activation,
  ConvOptions,
  Feature,
  NetworkBuilder,
  NetworkModule,
  Weights,
} from '../../src/network/types.ts';
import { batchNormEpsilon } from '../../src/network/types.ts';

/** One image's feature map: data is [channels, height, width]. */
export interface Tensor extends Feature {
  readonly data: Float64Array;
}

export function makeTensor({ channels, height, width }: Feature, value: (i: number) => number): Tensor {
  return {
    channels,
    height,
    width,
    data: Float64Array.from({ length: channels * height * width }, (_, i) => value(i)),
  };
}

const functions: Readonly<Record<Activation, (x: number) => number>> = {
  relu: (x) => Math.max(x, 0),
  hsigmoid: (x) => Math.min(Math.max(x / 6 + 0.5, 0), 1),
  hswish: (x) => x * Math.min(Math.max(x / 6 + 0.5, 0), 1),
};
const map = (x: Tensor, f: (value: number, channel: number, i: number) => number): Tensor =>
  makeTensor(x, (i) => f(x.data[i]!, Math.floor(i / (x.height * x.width)), i));

function convolve(x: Tensor, weight: Float32Array, conv: ConvOptions): Tensor {
  const { out, kernel, stride = 1, dilation = 1, depthwise = false } = conv;
  const pad = (dilation * (kernel - 1)) / 2;
  const side = (n: number) => Math.floor((n + 2 * pad - dilation * (kernel - 1) - 1) / stride) + 1;
  const [height, width, inputs] = [side(x.height), side(x.width), depthwise ? 1 : x.channels];
  return makeTensor({ channels: out, height, width }, (index) => {
    const [o, row, column] = [Math.floor(index / (height * width)), Math.floor(index / width) % height, index % width];
    let sum = 0;
    for (let i = 0; i < inputs; i++)
      for (let ky = 0; ky < kernel; ky++)
        for (let kx = 0; kx < kernel; kx++) {
          const [y, z] = [row * stride + ky * dilation - pad, column * stride + kx * dilation - pad];
          if (y < 0 || z < 0 || y >= x.height || z >= x.width) continue;
          const value = x.data[((depthwise ? o : i) * x.height + y) * x.width + z]!;
          sum += value * weight[((o * inputs + i) * kernel + ky) * kernel + kx]!;
        }
    return sum;
  });
}

function bilinear(x: Tensor, height: number, width: number): Tensor {
  const tap = (position: number, from: number, to: number) => {
    const source = Math.min(Math.max(((position + 0.5) * from) / to - 0.5, 0), from - 1);
    const low = Math.floor(source);
    return { low, high: Math.min(low + 1, from - 1), t: source - low };
  };
  return makeTensor({ channels: x.channels, height, width }, (index) => {
    const c = Math.floor(index / (height * width));
    const [y, z] = [tap(Math.floor(index / width) % height, x.height, height), tap(index % width, x.width, width)];
    const at = (row: number, column: number) => x.data[(c * x.height + row) * x.width + column]!;
    const row = (r: number) => at(r, z.low) * (1 - z.t) + at(r, z.high) * z.t;
    return row(y.low) * (1 - y.t) + row(y.high) * y.t;
  });
}

function referenceBuilder(prefix: string, weights: Weights): NetworkBuilder<Tensor> {
  const get = (name: string) => {
    const data = weights.get(`${prefix}/${name}`);
    if (!data) throw new Error(`no weight ${prefix}/${name}`);
    return data;
  };
  const b: NetworkBuilder<Tensor> = {
    convBn(x, name, conv, { activation, residual } = {}) {
      const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'var'].map((part) => get(`${name}.bn.${part}`));
      const y = map(
        convolve(x, get(`${name}.weight`), conv),
        (v, c) => ((v - mean![c]!) / Math.sqrt(variance![c]! + batchNormEpsilon)) * gamma![c]! + beta![c]!,
      );
      const sum = residual ? b.add(y, residual) : y;
      return activation ? b.activation(sum, activation) : sum;
    },
    conv(x, name, conv) {
      const y = convolve(x, get(`${name}.weight`), conv);
      return conv.bias ? map(y, (v, c) => v + get(`${name}.bias`)[c]!) : y;
    },
    activation: (x, kind) => map(x, functions[kind]),
    add: (x, y) => map(x, (v, _, i) => v + y.data[i]!),
    squeezeExcite(x, name, squeezed) {
      const reduced = b.conv(b.globalPool(x), `${name}.reduce`, { out: squeezed, kernel: 1, bias: true });
      const back = { out: x.channels, kernel: 1, bias: true };
      const gate = b.activation(b.conv(b.activation(reduced, 'relu'), `${name}.expand`, back), 'hsigmoid');
      return map(x, (v, c) => v * gate.data[c]!);
    },
    globalPool(x) {
      const area = x.height * x.width;
      const mean = (c: number) => x.data.slice(c * area, (c + 1) * area).reduce((p, q) => p + q) / area;
      return makeTensor({ channels: x.channels, height: 1, width: 1 }, mean);
    },
    concat(xs) {
      const data = Float64Array.from(xs.flatMap((x) => [...x.data]));
      return { ...xs[0]!, channels: xs.reduce((sum, x) => sum + x.channels, 0), data };
    },
    channels: (x, from, to) => {
      const area = x.height * x.width;
      return { ...x, channels: to - from, data: x.data.slice(from * area, to * area) };
    },
    shuffle(x, groups) {
      const [area, each] = [x.height * x.width, x.channels / groups];
      const data = new Float64Array(x.data.length);
      for (let g = 0; g < groups; g++)
        for (let i = 0; i < each; i++)
          data.set(x.data.subarray((g * each + i) * area, (g * each + i + 1) * area), (i * groups + g) * area);
      return { ...x, data };
    },
    resize: bilinear,
  };
  return b;
}

/** Runs a module on one image. */
export function evaluate(module: NetworkModule, weights: Weights, inputs: readonly Tensor[]): Tensor[] {
  return module.build(referenceBuilder(module.prefix, weights), inputs);
}

/** Weights as training leaves them: no parameter and no running statistic at its start, variances positive. */
export function trainedWeights(modules: readonly NetworkModule[], seed: number): Map<string, Float32Array> {
  const draw = (name: string, fanIn: number, random: () => number): number => {
    if (name.endsWith('.var')) return 0.3 + random() ** 2;
    if (name.endsWith('.gamma')) return 1 + 0.3 * random();
    return name.endsWith('.weight') ? random() / Math.sqrt(fanIn) : 0.5 * random();
  };
  return new Map(
    modules.flatMap((module) =>
      moduleParameters(module).map((spec) => {
        const random = createRandom(seed, module.prefix, spec.name);
        const fanIn = sizeOf(spec) / spec.shape[0]!;
        const data = Float32Array.from({ length: sizeOf(spec) }, () => draw(spec.name, fanIn, random.normal));
        return [`${module.prefix}/${spec.name}`, data] as const;
      }),
    ),
  );
}
