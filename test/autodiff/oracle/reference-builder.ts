// Networks in float64, forward only: what finite differences are taken of, and what deployed graphs are compared with. Written to be read, not
// to be fast.
import type { Activation, ConvOptions, Feature, NetworkBuilder, NetworkModule } from '../../../src/network/types.ts';

/** A feature map of a whole batch: data is [N, C, H, W]. */
export interface Map64 extends Feature {
  readonly batch: number;
  readonly data: Float64Array;
}

type Indices = (n: number, c: number, y: number, x: number) => number;

function fill(batch: number, channels: number, height: number, width: number, value: Indices): Map64 {
  const data = new Float64Array(batch * channels * height * width);
  let at = 0;
  for (let n = 0; n < batch; n++)
    for (let c = 0; c < channels; c++)
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[at++] = value(n, c, y, x);
  return { batch, channels, height, width, data };
}
const like = (m: Map64, value: Indices): Map64 => fill(m.batch, m.channels, m.height, m.width, value);
const at = (m: Map64, n: number, c: number, y: number, x: number): number =>
  m.data[((n * m.channels + c) * m.height + y) * m.width + x]!;

function convolve(m: Map64, weight: ArrayLike<number>, o: ConvOptions): Map64 {
  const { out, kernel, stride = 1, dilation = 1, depthwise = false } = o;
  const pad = (dilation * (kernel - 1)) / 2;
  const side = (length: number): number => Math.floor((length + 2 * pad - dilation * (kernel - 1) - 1) / stride) + 1;
  const [height, width, inputs] = [side(m.height), side(m.width), depthwise ? 1 : m.channels];
  const result = fill(m.batch, out, height, width, () => 0);
  const { data: source, height: sourceHeight, width: sourceWidth } = m;
  const { data: target } = result;
  /** Adds one tap of one filter: every output pixel takes the input pixel that the tap falls on, if it is inside. */
  const addTap = (tap: number, from: number, to: number, ky: number, kx: number): void => {
    for (let y = 0; y < height; y++) {
      const row = y * stride + ky * dilation - pad;
      if (row < 0 || row >= sourceHeight) continue;
      for (let x = 0; x < width; x++) {
        const column = x * stride + kx * dilation - pad;
        if (column < 0 || column >= sourceWidth) continue;
        target[(to * height + y) * width + x]! += tap * source[(from * sourceHeight + row) * sourceWidth + column]!;
      }
    }
  };
  for (let n = 0; n < m.batch; n++)
    for (let c = 0; c < out; c++)
      for (let i = 0; i < inputs; i++)
        for (let ky = 0; ky < kernel; ky++)
          for (let kx = 0; kx < kernel; kx++) {
            const tap = weight[((c * inputs + i) * kernel + ky) * kernel + kx]!;
            addTap(tap, n * m.channels + (depthwise ? c : i), n * out + c, ky, kx);
          }
  return result;
}

/** Where batch norm takes mean and variance from: the batch, as in training, or the running ones. */
export type Statistics = 'batch' | 'running';

interface Moments {
  readonly mean: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
}

function batchMoments(m: Map64): Moments {
  const count = m.batch * m.height * m.width;
  const perChannel = (value: (v: number, c: number) => number): Float64Array => {
    const sums = new Float64Array(m.channels);
    like(m, (n, c, y, x) => {
      sums[c]! += value(at(m, n, c, y, x), c) / count;
      return 0;
    });
    return sums;
  };
  const mean = perChannel((v) => v);
  return { mean, variance: perChannel((v, c) => (v - mean[c]!) ** 2) };
}

/** Where a sample of a resized line comes from: half-pixel centers, clamped at the edges. */
function taps(position: number, from: number, to: number) {
  const source = Math.min(Math.max(((position + 0.5) * from) / to - 0.5, 0), from - 1);
  const low = Math.floor(source);
  return { low, high: Math.min(low + 1, from - 1), share: source - low };
}

/**
 * @param parameter gives a parameter by name, in canonical layout
 * @param onBranch hears of every decision of a piecewise function, in order: which piece a value fell into
 */
export function referenceBuilder(
  parameter: (name: string) => ArrayLike<number>,
  onBranch: (piece: number) => void,
  statistics: Statistics = 'batch',
): NetworkBuilder<Map64> {
  const hardSigmoid = (v: number): number => {
    onBranch(v < -3 ? -1 : v < 3 ? 0 : 1);
    return Math.min(Math.max(v / 6 + 0.5, 0), 1);
  };
  const functions: Readonly<Record<Activation, (v: number) => number>> = {
    relu: (v) => {
      onBranch(v > 0 ? 1 : 0);
      return Math.max(v, 0);
    },
    relu6: (v) => {
      onBranch(v > 6 ? 2 : v > 0 ? 1 : 0);
      return Math.min(Math.max(v, 0), 6);
    },
    hsigmoid: hardSigmoid,
    hswish: (v) => v * hardSigmoid(v),
    sigmoid: (v) => 1 / (1 + Math.exp(-v)),
  };
  const b: NetworkBuilder<Map64> = {
    convBn(m, name, conv, { activation, residual } = {}) {
      const convolved = convolve(m, parameter(`${name}.weight`), conv);
      const [gamma, beta] = ['gamma', 'beta'].map((part) => parameter(`${name}.bn.${part}`));
      const { mean, variance } =
        statistics === 'batch'
          ? batchMoments(convolved)
          : { mean: parameter(`${name}.bn.mean`), variance: parameter(`${name}.bn.var`) };
      const y = like(convolved, (n, c, row, column) => {
        const normalized = (at(convolved, n, c, row, column) - mean[c]!) / Math.sqrt(variance[c]! + 1e-5);
        return normalized * gamma![c]! + beta![c]!;
      });
      const sum = residual ? b.add(y, residual) : y;
      return activation ? b.activation(sum, activation) : sum;
    },
    conv(m, name, conv) {
      const y = convolve(m, parameter(`${name}.weight`), conv);
      const bias = conv.bias ? parameter(`${name}.bias`) : new Float64Array(conv.out);
      return like(y, (n, c, row, column) => at(y, n, c, row, column) + bias[c]!);
    },
    activation: (m, kind) => ({ ...m, data: m.data.map(functions[kind]) }),
    add: (p, q) => ({ ...p, data: p.data.map((v, i) => v + q.data[i]!) }),
    squeezeExcite(m, name, squeezed) {
      const reduced = b.conv(b.globalPool(m), `${name}.reduce`, { out: squeezed, kernel: 1, bias: true });
      const back = { out: m.channels, kernel: 1, bias: true };
      const gate = b.activation(b.conv(b.activation(reduced, 'relu'), `${name}.expand`, back), 'hsigmoid');
      return b.scale(m, gate);
    },
    globalPool: (m) =>
      fill(m.batch, m.channels, 1, 1, (n, c) => {
        const area = m.height * m.width;
        const from = (n * m.channels + c) * area;
        return m.data.subarray(from, from + area).reduce((p, q) => p + q) / area;
      }),
    scale: (m, factors) => like(m, (n, c, y, x) => at(m, n, c, y, x) * at(factors, n, c, 0, 0)),
    maxPool: (m) =>
      fill(m.batch, m.channels, Math.ceil(m.height / 2), Math.ceil(m.width / 2), (n, c, y, x) => {
        const rows = [2 * y - 1, 2 * y, 2 * y + 1].filter((row) => row >= 0 && row < m.height);
        const columns = [2 * x - 1, 2 * x, 2 * x + 1].filter((column) => column >= 0 && column < m.width);
        const window = rows.flatMap((row) => columns.map((column) => at(m, n, c, row, column)));
        const greatest = Math.max(...window);
        onBranch(window.indexOf(greatest));
        return greatest;
      }),
    concat(ms) {
      const owners = ms.flatMap((m) => Array.from({ length: m.channels }, (_, c) => ({ m, c })));
      const { batch, height, width } = ms[0]!;
      return fill(batch, owners.length, height, width, (n, c, y, x) => at(owners[c]!.m, n, owners[c]!.c, y, x));
    },
    channels: (m, from, to) => fill(m.batch, to - from, m.height, m.width, (n, c, y, x) => at(m, n, from + c, y, x)),
    shuffle: (m, groups) =>
      like(m, (n, c, y, x) => at(m, n, (c % groups) * (m.channels / groups) + Math.floor(c / groups), y, x)),
    resize: (m, height, width) =>
      fill(m.batch, m.channels, height, width, (n, c, y, x) => {
        const [r, s] = [taps(y, m.height, height), taps(x, m.width, width)];
        const along = (row: number): number =>
          at(m, n, c, row, s.low) * (1 - s.share) + at(m, n, c, row, s.high) * s.share;
        return along(r.low) * (1 - r.share) + along(r.high) * r.share;
      }),
  };
  return b;
}

/** Runs a module. @param values inputs as `x0`, `x1`, ... [N, C, H, W], and parameters by name */
export function evaluateReference(
  module: NetworkModule,
  batch: number,
  values: ReadonlyMap<string, Float64Array>,
  onBranch: (piece: number) => void = () => {},
): Map64[] {
  const get = (name: string): Float64Array => {
    const data = values.get(name);
    if (!data) throw new Error(`no value ${name}`);
    return data;
  };
  const inputs = module.inputs.map((f, i): Map64 => ({ ...f, batch, data: get(`x${i}`) }));
  return module.build(referenceBuilder(get, onBranch), inputs);
}
