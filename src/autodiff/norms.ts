// Batch-normalized convolutions, forward and backward: the operations that training spends its time in, and their two forms.
//
// A norm's vectors are one value [5, Cp], with the rows mean, variance, 1 / deviation, scale and shift: its output is scale * y + shift.
// Its gradient's vectors are another, with the rows a, b, c, d gamma, d beta: from the gradient dn at the norm's output, the gradient at y is
// a * dn + b * y + c. So neither a norm's output nor the gradient at its input needs to be written: the operators that read it compute it.

import type { Value } from '../graph/values.ts';
import type { Window } from './primitives.ts';

/** Rows of the two kinds of vectors. */
export const normRows = { mean: 0, variance: 1, inverseDeviation: 2, scale: 3, shift: 4 } as const;
export const gradientRows = { a: 0, b: 1, c: 2, gamma: 3, beta: 4 } as const;

/** Activations that are computed together with a norm. */
export type NormActivation = 'relu' | 'hswish' | undefined;

/** A map [N, Cp, H, W], to which the reader applies its norm, where it has one, and then the activation. */
export interface Source {
  readonly map: Value;
  readonly norm?: Value | undefined;
  readonly activation?: NormActivation;
}

/** Canonical [C]. */
export interface NormParameters {
  readonly runningMean: Value;
  readonly gamma: Value;
  readonly beta: Value;
}

/** The gradient dn at a norm's output, and the norm's y and gradient vectors, which give the gradient at y. Without `norm`, dn is the gradient at y itself. */
export interface Upstream {
  readonly dn: Value;
  readonly norm?: { readonly y: Value; readonly gradient: Value } | undefined;
}

/** A pointwise convolution at stride 1, a depthwise one, or a dense one without dilation over an image (plain, and without a gradient). */
export interface ConvGeometry {
  readonly window: Window;
  readonly depthwise: boolean;
  readonly image: boolean;
}

export interface NormOperators {
  /** y = the convolution of x less the running mean, which batch norm cancels and which keeps E[y^2] - mean^2 well conditioned. */
  convNorm(x: Source, weight: Value, conv: ConvGeometry, parameters: NormParameters): { y: Value; norm: Value };
  /** The convolution alone, with a bias [O] where there is one. */
  conv(x: Source, weight: Value, conv: ConvGeometry, bias?: Value): Value;
  /** A norm's vectors from y. */
  statistics(y: Value, parameters: Pick<NormParameters, 'gamma' | 'beta'>): Value;
  /** activation(norm(y) + residual). */
  apply(y: Value, norm: Value, activation: NormActivation, residual?: Value): Value;
  /** From the gradient at what `apply` made. */
  upstream(dOut: Value, y: Value, norm: Value, activation: NormActivation, residual?: Value): Required<Upstream>;
  /** The gradient at y. */
  convolved(upstream: Upstream): Value;
  /**
   * dx of a convolution. Where x has a norm, dx is the gradient at the norm's output, and `gradient` has the norm's gradient vectors. Where x has an
   * activation only, dx is the gradient at the activation's input. Otherwise `sum` is added.
   * @param options `updateWeights`: whether to compute the gradient of the weight, in canonical layout
   */
  convGradient(
    upstream: Upstream,
    weight: Value,
    conv: ConvGeometry,
    x: Source,
    options: { readonly updateWeights: boolean; readonly sum?: Value | undefined },
  ): { dx: Value; gradient?: Value | undefined; weight?: Value | undefined };
  /** The gradient of a dense convolution's weight over an image. */
  imageWeightGradient(upstream: Upstream, weight: Value, window: Window, image: Value): Value;
}
