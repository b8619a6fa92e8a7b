// A widening pointwise convolution with its batch norm, as one convolution.
//
// With y = W x the statistics of y follow from those of x, which is narrow: mean W m, variance the diagonal of W Cov W^T. So the norm's
// scale goes into the weight, y is never written, and no pass over the wide map takes statistics. Backward, dy is never written either:
// with dz the gradient at the norm's output, dy = scale dz - slope (y - mean) - constant is linear in dz and in x, and the two
// products that need it (with W^T for dx, with x^T for dW) are taken apart. x is centred first: nothing here subtracts large numbers.
import { batchNormEpsilon, overImages } from './gradients.ts';
import { dimsOf, type Kernels, sameWindow } from './kernels.ts';
import { domains, type Value } from './onnx.ts';

/** What the backward pass needs of the forward one. */
export interface FoldedNorm {
  /** [O]; the mean is that of y less the running mean. */
  readonly mean: Value;
  readonly variance: Value;
  readonly inverseDeviation: Value;
  readonly scale: Value;
  /** x less its mean, [N, Ip, H, W], and the same as `Kernels.positions`. */
  readonly centred: Value;
  readonly positions: Value;
  /** What rounding left of the mean in `centred`, [I, 1]: counts where the mean is a thousand deviations. */
  readonly rest: Value;
  /** Covariance of x, [I, I]. */
  readonly covariance: Value;
}

const tools = (k: Kernels) => {
  const g = k.graph;
  const op = (name: string, ...inputs: Value[]): Value => g.node(name, inputs);
  const reshape = (x: Value, dims: readonly number[]): Value => g.node('Reshape', [x, g.ints(dims)]);
  const times = (x: Value, factor: number): Value => (factor === 1 ? x : op('Mul', x, g.scalar(factor)));
  const sumOver = (x: Value, axis: number): Value => g.node('ReduceSum', [x, g.ints([axis])], { keepdims: 0 });
  const channelMeans = (x: Value): Value => times(overImages(k, k.meanPerImage(x)), 1 / dimsOf(x)[0]);
  return { g, op, reshape, times, sumOver, channelMeans };
};

/**
 * out = relu?(gamma (W x - mean) / deviation + beta).
 * @param x [N, Ip, H, W]  @param weight [O, I, 1, 1]  @param gamma [O], as are beta and runningMean
 */
export function foldedNorm(
  k: Kernels,
  x: Value,
  weight: Value,
  { gamma, beta, runningMean }: { gamma: Value; beta: Value; runningMean: Value },
  activation: 'relu' | undefined,
): FoldedNorm & { out: Value } {
  const { g, op, reshape, times, sumOver, channelMeans } = tools(k);
  const [n, ip, h, w] = dimsOf(x);
  const [outs, ins] = dimsOf(weight);
  const matrix = reshape(weight, [outs, ins]);
  const first = channelMeans(x);
  const centred = k.affine(x, g.constant(new Float32Array(ip).fill(1), [ip]), op('Neg', first));
  const restMeans = channelMeans(centred);
  const rest = reshape(k.unvector(restMeans, ins), [ins, 1]);
  const positions = k.positions(centred, ins);
  const products = reshape(k.pointwiseWeightGradient(centred, centred, ins, ins, positions), [ins, ins]);
  const covariance = op('Sub', times(products, 1 / (n * h * w)), op('Mul', rest, reshape(rest, [1, ins])));
  const variance = op('Relu', sumOver(op('Mul', op('MatMul', matrix, covariance), matrix), 1));
  const inverseDeviation = op('Reciprocal', op('Sqrt', op('Add', variance, g.scalar(batchNormEpsilon))));
  const scale = op('Mul', gamma, inverseDeviation);
  const restMean = reshape(op('MatMul', matrix, rest), [outs]);
  const shift = op('Sub', beta, op('Mul', scale, restMean));
  const mean = op(
    'Sub',
    reshape(op('MatMul', matrix, reshape(k.unvector(op('Add', first, restMeans), ins), [ins, 1])), [outs]),
    runningMean,
  );
  const scaled = op('Mul', weight, reshape(scale, [outs, 1, 1, 1]));
  const out = k.conv(centred, scaled, sameWindow(1), { bias: k.vector(shift), activation });
  return { out, mean, variance, inverseDeviation, scale, centred, positions, rest, covariance };
}

/**
 * Gradients of the same.
 * @param dz gradient at the norm's output times `factor`, [N, Op, H, W]
 * @returns `dx` joins `sum`; gamma and beta are [O]
 */
export function foldedNormGradient(
  k: Kernels,
  dz: Value,
  factor: number,
  weight: Value,
  norm: Pick<FoldedNorm, 'inverseDeviation' | 'scale' | 'centred' | 'positions' | 'rest' | 'covariance'>,
) {
  const { g, op, reshape, times, sumOver } = tools(k);
  const [n, , h, w] = dimsOf(dz);
  const [outs, ins] = dimsOf(weight);
  const count = n * h * w;
  const matrix = reshape(weight, [outs, ins]);
  const column = (v: Value): Value => reshape(v, [outs, 1]);
  const beta = k.unvector(times(overImages(k, k.meanPerImage(dz)), (h * w) / factor), outs);
  const uncorrected = k.pointwiseWeightGradient(norm.centred, dz, ins, outs, norm.positions);
  const products = op(
    'Sub',
    times(reshape(uncorrected, [outs, ins]), 1 / factor),
    op('Mul', column(beta), reshape(norm.rest, [1, ins])),
  );
  const gamma = op('Mul', norm.inverseDeviation, sumOver(op('Mul', products, matrix), 1));
  const scale = column(norm.scale);
  const slope = op('Mul', op('Mul', scale, column(norm.inverseDeviation)), column(gamma));
  return {
    gamma,
    beta,
    weight: (): Value => {
      const ofInputs = op('Mul', slope, op('MatMul', matrix, norm.covariance));
      return reshape(op('Sub', op('Mul', scale, products), ofInputs), [outs, ins, 1, 1]);
    },
    dx: (sum: Value | undefined): Value => {
      const byTransposed = (v: Value): Value =>
        g.node('FusedMatMul', [matrix, v], { transA: 1, transB: 0 }, domains.microsoft);
      const ofInputs = byTransposed(op('Mul', matrix, times(slope, -1 / count)));
      const constant = op(
        'Sub',
        byTransposed(op('Mul', scale, column(times(beta, -1 / count)))),
        op('MatMul', ofInputs, norm.rest),
      );
      const fromInputs = k.conv(norm.centred, reshape(ofInputs, [ins, ins, 1, 1]), sameWindow(1), {
        bias: k.vector(reshape(constant, [ins])),
        sum,
      });
      const scaled = op('Mul', weight, reshape(times(norm.scale, 1 / factor), [outs, 1, 1, 1]));
      return k.convTransposed(dz, scaled, sameWindow(1), fromInputs);
    },
  };
}
