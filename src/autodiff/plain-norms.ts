// The operations of norms.ts as graphs of standard operators: for CPUs without the native kernels, and as the oracle of the kernels.

import type { OnnxGraph } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';
import {
  activationGradient,
  applyActivation,
  batchNorm,
  batchNormGradient,
  convInputGradient,
  forwardConv,
  spreadGradient,
} from './gradients.ts';
import { gradientRows, type NormOperators, normRows, type Source } from './norms.ts';
import { plainPrimitives } from './plain-primitives.ts';
import { dimsOf, type Window } from './primitives.ts';

export function plainNorms(g: OnnxGraph): NormOperators {
  const k = plainPrimitives(g);
  const stack = (rows: readonly Value[]): Value =>
    g.node(
      'Concat',
      rows.map((v) => g.node('Reshape', [v, g.ints([1, v.dims[0] as number])])),
      { axis: 0 },
    );
  const row = (vectors: Value, index: number): Value =>
    g.node('Reshape', [
      g.node('Slice', [vectors, g.ints([index]), g.ints([index + 1]), g.ints([0])]),
      g.ints([vectors.dims[1] as number]),
    ]);
  const read = (x: Source): Value => {
    if (x.norm) return operators.apply(x.map, x.norm, x.activation);
    return x.activation ? applyActivation(k, x.map, x.activation) : x.map;
  };

  const depthwiseInputGradient = (
    dy: Value,
    weight: Value,
    window: Window,
    x: { height: number; width: number },
    sum: Value | undefined,
  ): Value => {
    const over = spreadGradient(k, dy, window, x);
    const dx = k.depthwiseTurned(over.spread, weight, over.window);
    return sum ? g.node('Add', [dx, sum]) : dx;
  };

  const operators: NormOperators = {
    convNorm(x, weight, conv, { runningMean, gamma, beta }) {
      const bias = g.node('Neg', [runningMean]);
      const y = forwardConv(k, read(x), weight, { ...conv, bias });
      return { y, norm: operators.statistics(y, { gamma, beta }) };
    },
    conv: (x, weight, conv, bias) => forwardConv(k, read(x), weight, { ...conv, bias }),
    statistics(y, { gamma, beta }) {
      const bn = batchNorm(k, y, gamma, beta);
      return stack([bn.mean, bn.variance, bn.inverseDeviation, bn.scale, bn.shift]);
    },
    apply: (y, norm, activation, residual) =>
      k.affine(y, row(norm, normRows.scale), row(norm, normRows.shift), { sum: residual, activation }),
    upstream(dOut, y, norm, activation, residual) {
      const dn = activation
        ? activationGradient(k, dOut, operators.apply(y, norm, undefined, residual), activation)
        : dOut;
      const [mean, inverseDeviation, scale] = [normRows.mean, normRows.inverseDeviation, normRows.scale].map((r) =>
        row(norm, r),
      );
      const { a, b, c, gamma, beta } = batchNormGradient(k, dn, y, {
        mean: mean!,
        inverseDeviation: inverseDeviation!,
        scale: scale!,
      });
      return { dn, norm: { y, gradient: stack([a, b, c, gamma, beta]) } };
    },
    convolved({ dn, norm }) {
      if (!norm) return dn;
      const { y, gradient } = norm;
      const ofY = k.affine(y, row(gradient, gradientRows.b), row(gradient, gradientRows.c));
      return k.affine(dn, row(gradient, gradientRows.a), undefined, { sum: ofY });
    },
    convGradient(upstream, weight, { window, depthwise }, x, { updateWeights, sum }) {
      const dy = operators.convolved(upstream);
      const input = read(x);
      const [, , height, width] = dimsOf(input);
      const dOut = depthwise
        ? depthwiseInputGradient(dy, weight, window, { height, width }, sum)
        : convInputGradient(k, dy, weight, window, { height, width }, sum);
      const through = (): { dx: Value; gradient?: Value } => {
        if (x.norm) {
          const { dn, norm } = operators.upstream(dOut, x.map, x.norm, x.activation);
          return { dx: dn, gradient: norm!.gradient };
        }
        return { dx: x.activation ? activationGradient(k, dOut, x.map, x.activation) : dOut };
      };
      const ofWeight = (): Value =>
        depthwise ? k.depthwiseWeightGradient(input, dy, window) : k.pointwiseWeightGradient(input, dy);
      return { ...through(), weight: updateWeights ? ofWeight() : undefined };
    },
    imageWeightGradient: (upstream, _, window, image) =>
      k.patchWeightGradient(image, operators.convolved(upstream), window),
  };
  return operators;
}
