// A widening pointwise convolution with its batch norm, as one convolution.
//
// With y = W x the statistics of y follow from those of x, which is narrow: mean W m, variance the diagonal of W Cov W^T. So the norm's
// scale goes into the weight, y is never written, and no pass over the wide map takes statistics. Backward, dy is never written either:
// with dz the gradient at the norm's output, dy = scale dz - slope (y - mean) - constant is linear in dz and in x, and the two
// products that need it (with W^T for dx, with x^T for dW) are taken apart. x is centred first: nothing here subtracts large numbers.
import { batchNormEpsilon, overImages } from './gradients.ts';
import { dimsOf, type Kernels, sameWindow } from './kernels.ts';
import type { Value } from './onnx.ts';

/** What the backward pass needs of the forward one. Canonical, unpadded, but for `center`. */
export interface FoldedNorm {
  /** [O]; the mean is that of y less the running mean. */
  readonly mean: Value;
  readonly variance: Value;
  readonly inverseDeviation: Value;
  readonly scale: Value;
  /** Mean of x, [Ip]. */
  readonly center: Value;
  /** Covariance of x, [I, I]. */
  readonly covariance: Value;
}

const tools = (k: Kernels) => {
  const g = k.graph;
  const op = (name: string, ...inputs: Value[]): Value => g.node(name, inputs);
  const reshape = (x: Value, dims: readonly number[]): Value => g.node('Reshape', [x, g.ints(dims)]);
  const times = (x: Value, factor: number): Value => (factor === 1 ? x : op('Mul', x, g.scalar(factor)));
  const sumOver = (x: Value, axis: number): Value => g.node('ReduceSum', [x, g.ints([axis])], { keepdims: 0 });
  const centred = (x: Value, center: Value): Value => {
    const ones = g.constant(new Float32Array(dimsOf(x)[1]).fill(1), [dimsOf(x)[1]]);
    return k.affine(x, ones, op('Neg', center));
  };
  const channelMeans = (x: Value): Value => times(overImages(k, k.meanPerImage(x)), 1 / dimsOf(x)[0]);
  return { g, op, reshape, times, sumOver, centred, channelMeans };
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
  const { g, op, reshape, times, sumOver, centred, channelMeans } = tools(k);
  const [n, , h, w] = dimsOf(x);
  const [outs, ins] = dimsOf(weight);
  const matrix = reshape(weight, [outs, ins]);
  const first = channelMeans(x);
  const xc = centred(x, first);
  // What rounding left of the mean: counts where the mean is a thousand deviations.
  const rest = channelMeans(xc);
  const restColumn = reshape(k.unvector(rest, ins), [ins, 1]);
  const center = op('Add', first, rest);
  const products = reshape(k.pointwiseWeightGradient(xc, xc, ins, ins), [ins, ins]);
  const covariance = op('Sub', times(products, 1 / (n * h * w)), op('Mul', restColumn, reshape(restColumn, [1, ins])));
  const variance = op('Relu', sumOver(op('Mul', op('MatMul', matrix, covariance), matrix), 1));
  const inverseDeviation = op('Reciprocal', op('Sqrt', op('Add', variance, g.scalar(batchNormEpsilon))));
  const scale = op('Mul', gamma, inverseDeviation);
  const restMean = reshape(op('MatMul', matrix, restColumn), [outs]);
  const shift = op('Sub', beta, op('Mul', scale, restMean));
  const mean = op(
    'Sub',
    reshape(op('MatMul', matrix, reshape(k.unvector(center, ins), [ins, 1])), [outs]),
    runningMean,
  );
  const scaled = op('Mul', weight, reshape(scale, [outs, 1, 1, 1]));
  const out = k.conv(xc, scaled, sameWindow(1), { bias: k.vector(shift), activation });
  return { out, mean, variance, inverseDeviation, scale, center, covariance };
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
  x: Value,
  weight: Value,
  norm: Pick<FoldedNorm, 'inverseDeviation' | 'scale' | 'center' | 'covariance'>,
) {
  const { g, op, reshape, times, sumOver, centred } = tools(k);
  const [n, , h, w] = dimsOf(x);
  const [outs, ins] = dimsOf(weight);
  const count = n * h * w;
  const matrix = reshape(weight, [outs, ins]);
  const column = (v: Value): Value => reshape(v, [outs, 1]);
  const xc = centred(x, norm.center);
  const beta = k.unvector(times(overImages(k, k.meanPerImage(dz)), (h * w) / factor), outs);
  const products = times(reshape(k.pointwiseWeightGradient(xc, dz, ins, outs), [outs, ins]), 1 / factor);
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
      const transposed = g.node('Transpose', [matrix], { perm: [1, 0] });
      const ofInputs = op('MatMul', transposed, op('Mul', matrix, times(slope, -1 / count)));
      const constant = op('MatMul', transposed, op('Mul', scale, column(times(beta, -1 / count))));
      const rest = k.conv(xc, reshape(ofInputs, [ins, ins, 1, 1]), sameWindow(1), {
        bias: k.vector(reshape(constant, [ins])),
        sum,
      });
      const scaled = op('Mul', weight, reshape(times(norm.scale, 1 / factor), [outs, 1, 1, 1]));
      return k.convTransposed(dz, scaled, sameWindow(1), rest);
    },
  };
}
