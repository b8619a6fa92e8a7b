// The operators of native/, as nodes: each reads its maps once, applies norms and activations on the way, and sums for the next norm.

import { domains, type Value } from '../graph/values.ts';
import type { Precision } from '../lib/precision.ts';
import type { ConvGeometry, NormActivation, NormOperators, NormParameters, Source } from './norms.ts';
import { dimsOf, type Primitives } from './primitives.ts';

/** Operators that may write their last output, a map, over an input. */
export const elementwiseOperators: ReadonlySet<string> = new Set(['NormApply', 'NormGradient', 'ConvolvedGradient']);

/** The operators' numbers for activations. */
const activations = { relu: 1, hswish: 2 } as const;
const kindOf = ({ depthwise, image }: ConvGeometry): string =>
  image ? 'Image' : depthwise ? 'Depthwise' : 'Pointwise';
const numberOf = (activation: NormActivation): number => (activation ? activations[activation] : 0);

export function fusedNorms({ graph: g, block, padded }: Primitives, precision: Precision = 'float32'): NormOperators {
  const vectors = (channels: number): number[] => [5, padded(channels)];
  const add = (
    name: string,
    inputs: readonly (Value | undefined)[],
    outputs: readonly (readonly number[])[],
    attributes: Readonly<Record<string, number>>,
  ): Value[] =>
    g.nodes(
      name,
      inputs.slice(0, inputs.findLastIndex((v) => v !== undefined) + 1),
      outputs,
      { block, ...attributes },
      domains.own,
    );

  const productsOf = ({ depthwise, image }: ConvGeometry): Record<string, number> =>
    precision === 'bfloat16' && !depthwise && !image ? { bfloat16: 1 } : {};

  /** Sizes of a convolution from x [N, Ip, H, W] by its canonical weight. */
  const shapeOf = (x: Value, weight: Value, { window, depthwise }: ConvGeometry) => {
    const [n, , height, width] = dimsOf(x);
    const [outputs, perGroup] = dimsOf(weight);
    const { kernel, stride, dilation } = window;
    const reach = dilation * (kernel - 1);
    if (window.pads.some((pad) => pad !== reach / 2)) throw new Error('the fused operators pad all sides alike');
    const out = (side: number): number => Math.floor((side - 1) / stride) + 1;
    const inputs = depthwise ? outputs : perGroup;
    return {
      n,
      inputs,
      outputs,
      height,
      width,
      out_height: out(height),
      out_width: out(width),
      kernel,
      stride,
      dilation,
    };
  };
  const convolve = (
    x: Source,
    weight: Value,
    conv: ConvGeometry,
    norm?: Pick<NormParameters, 'runningMean'> & Partial<NormParameters>,
  ): Value[] => {
    const shape = shapeOf(x.map, weight, conv);
    const y = [shape.n, padded(shape.outputs), shape.out_height, shape.out_width];
    return add(
      kindOf(conv),
      [x.map, weight, norm?.runningMean, norm?.gamma, norm?.beta, x.norm],
      norm?.gamma ? [y, vectors(shape.outputs)] : [y],
      { ...shape, ...productsOf(conv), activation: numberOf(x.activation), norm: norm?.gamma ? 1 : 0 },
    );
  };
  /** Sizes of a pass over y. */
  const passOf = (y: Value, channels: number) => {
    const [n, , height, width] = dimsOf(y);
    return { n, outputs: channels, out_height: height, out_width: width };
  };

  return {
    convNorm(x, weight, conv, parameters) {
      const [y, norm] = convolve(x, weight, conv, parameters);
      return { y: y!, norm: norm! };
    },
    conv: (x, weight, conv, bias) => convolve(x, weight, conv, bias && { runningMean: g.node('Neg', [bias]) })[0]!,
    statistics(y, { gamma, beta }) {
      const channels = gamma.dims[0] as number;
      return add('NormStatistics', [y, gamma, beta], [vectors(channels)], passOf(y, channels))[0]!;
    },
    apply(y, norm, activation, residual) {
      const dims = dimsOf(y);
      const attributes = { ...passOf(y, dims[1]), activation: numberOf(activation) };
      return add('NormApply', [y, norm, residual], [dims], attributes)[0]!;
    },
    upstream(dOut, y, norm, activation, residual) {
      const dims = dimsOf(y);
      const outputs = activation ? [vectors(dims[1]), dims] : [vectors(dims[1])];
      const attributes = { ...passOf(y, dims[1]), activation: numberOf(activation) };
      const [gradient, dn] = add('NormGradient', [dOut, y, norm, residual], outputs, attributes);
      return { dn: dn ?? dOut, norm: { y, gradient: gradient! } };
    },
    convolved({ dn, norm }) {
      if (!norm) return dn;
      const dims = dimsOf(norm.y);
      return add('ConvolvedGradient', [dn, norm.y, norm.gradient], [dims], passOf(norm.y, dims[1]))[0]!;
    },
    convGradient({ dn, norm }, weight, conv, x, { updateWeights, sum }) {
      const shape = shapeOf(x.map, weight, conv);
      if ((x.norm || x.activation) && sum) throw new Error('a gradient through an activation has no sum to join');
      const outputs = [
        dimsOf(x.map),
        ...(x.norm ? [vectors(shape.inputs)] : []),
        ...(updateWeights ? [dimsOf(weight)] : []),
      ];
      const made = add(
        `${kindOf(conv)}Gradient`,
        [dn, norm?.y, norm?.gradient, weight, x.map, x.norm ?? sum],
        outputs,
        {
          ...shape,
          ...productsOf(conv),
          activation: numberOf(x.activation),
          normed: x.norm ? 1 : 0,
          weights: updateWeights ? 1 : 0,
        },
      );
      return { dx: made[0]!, gradient: x.norm && made[1], weight: updateWeights ? made.at(-1) : undefined };
    },
    imageWeightGradient({ dn, norm }, weight, window, image) {
      const inputs = [dn, norm?.y, norm?.gradient, weight, image];
      const shape = shapeOf(image, weight, { window, depthwise: false, image: true });
      return add('ImageGradient', inputs, [dimsOf(weight)], shape)[0]!;
    },
  };
}
