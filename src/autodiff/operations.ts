// The operations of networks on the tape, a table with one entry each: how the forward graph computes it, and its gradient rule.

import type { Value } from '../graph/values.ts';
import {
  type Activation,
  type BatchNormOptions,
  batchNormEpsilon,
  type ConvOptions,
  type NetworkBuilder,
} from '../network/types.ts';
import {
  activationGradient,
  applyActivation,
  convInputGradient,
  convWeightGradient,
  forwardConv,
  maxPoolGradient,
  overImages,
  padGates,
  squeezeExciteGates,
  squeezeExciteGradient,
} from './gradients.ts';
import { averaging, interpolation, transposed } from './maps.ts';
import type { ConvGeometry, NormActivation, Upstream } from './norms.ts';
import {
  type BackwardContext,
  type Forward,
  operation,
  type Recorded,
  type Recorder,
  readOnce,
  type TapeFeature,
} from './operation.ts';
import { type ChannelMove, dimsOf, inverseMove, type Matrix, type Primitives, sameWindow } from './primitives.ts';

/** A convolution of x by the parameter `name.weight`. */
interface Convolution extends ConvGeometry {
  readonly x: TapeFeature;
  readonly name: string;
  /** Of the weight. */
  readonly dims: readonly [number, number, number, number];
  /** Whether the fused operators (norms.ts) have it. */
  readonly fused: boolean;
}

interface NormSaved {
  readonly convolution: Convolution;
  readonly y: Value;
  readonly norm: Value;
  readonly activation: NormActivation;
  readonly residual: TapeFeature | undefined;
}

/** An activation that is computed with a norm; for the others, the recording adds steps of their own. */
function ofNorms(activation: BatchNormOptions['activation']): NormActivation {
  if (activation === 'relu6') throw new Error('ReLU6 is not computed with a norm');
  return activation;
}

type Arguments<Name extends keyof NetworkBuilder<TapeFeature>> = Parameters<NetworkBuilder<TapeFeature>[Name]>;

export const operations: { readonly [Name in keyof NetworkBuilder<TapeFeature>]: Recorded<Arguments<Name>> } = {
  convBn: operation({
    forward(r, x: TapeFeature, name: string, o: ConvOptions, end: BatchNormOptions & { residual?: TapeFeature } = {}) {
      const { k, norms } = r;
      const convolution = convolutionOf(r, x, name, o);
      const weight = r.parameter(`${name}.weight`, convolution.dims);
      const [gamma, beta, runningMean] = ['gamma', 'beta', 'mean'].map((part) =>
        r.parameter(`${name}.bn.${part}`, [o.out]),
      ) as [Value, Value, Value];
      const { residual } = end;
      const activation = ofNorms(end.activation);
      if (!r.training) {
        const y = forwardConv(k, r.valuesOf(x), weight, convolution);
        const variance = r.parameter(`${name}.bn.var`, [o.out]);
        const { scale, shift } = evaluatedNorm(k, { gamma, beta, runningMean, variance });
        const sum = residual && r.valuesOf(residual);
        return { y: r.written(k.affine(y, scale, shift, { sum, activation }), o.out), saved: undefined };
      }
      const parameters = { gamma, beta, runningMean };
      let made: { y: Value; norm: Value };
      if (convolution.fused) made = norms.convNorm(r.read(x), weight, convolution, parameters);
      else {
        const bias = k.graph.node('Neg', [k.vector(runningMean)]);
        const y = forwardConv(k, r.valuesOf(x), weight, { ...convolution, bias });
        made = { y, norm: norms.statistics(y, parameters) };
      }
      const { y, norm } = made;
      r.norm(name, norm, o.out);
      const out = residual
        ? r.written(norms.apply(y, norm, activation, r.valuesOf(residual)), o.out)
        : r.computed({ map: y, norm, activation }, o.out);
      const saved: NormSaved = { convolution, y, norm, activation, residual };
      return { y: out, saved, reads: convolution.fused ? [x] : [] };
    },
    gradient(c, { convolution, y, norm, activation, residual }, dy, arrived) {
      let upstream: Required<Upstream>;
      if (arrived?.gradient) upstream = { dn: dy, norm: { y: c.kept(y), gradient: arrived.gradient } };
      else {
        const before = activation && residual ? c.keptMap(residual) : undefined;
        upstream = c.norms.upstream(dy, c.kept(y), c.kept(norm), activation, before);
        if (residual) c.plus(residual, upstream.dn);
      }
      c.normGradient(convolution.name, upstream.norm!.gradient, convolution.dims[0]);
      if (convolution.fused) fusedConvGradient(c, convolution, upstream);
      else denseConvGradient(c, convolution, c.norms.convolved(upstream));
    },
  }),
  conv: operation({
    forward(r, x: TapeFeature, name: string, o: ConvOptions & { bias?: boolean }) {
      const convolution = convolutionOf(r, x, name, o);
      const weight = r.parameter(`${name}.weight`, convolution.dims);
      const bias = o.bias ? r.parameter(`${name}.bias`, [o.out]) : undefined;
      const y = convolution.fused
        ? r.norms.conv(r.read(x), weight, convolution, bias)
        : forwardConv(r.k, r.valuesOf(x), weight, { ...convolution, bias: bias && r.k.vector(bias) });
      return {
        y: r.written(y, o.out),
        saved: { convolution, bias: o.bias },
        reads: convolution.fused ? [x] : [],
      };
    },
    gradient(c, { convolution, bias }, dy) {
      if (convolution.fused) fusedConvGradient(c, convolution, { dn: dy });
      else denseConvGradient(c, convolution, dy);
      if (!bias) return;
      c.parameterGradient(`${convolution.name}.bias`, () => {
        const [, , h, w] = dimsOf(dy);
        const sum = c.k.graph.node('Mul', [overImages(c.k, c.k.meanPerImage(dy)), c.k.graph.scalar(h * w)]);
        return c.k.unvector(sum, convolution.dims[0]);
      });
    },
  }),
  activation: operation({
    forward(r, x: TapeFeature, kind: Activation) {
      const map = r.valuesOf(x);
      const y =
        r.training && (kind === 'relu' || kind === 'hswish')
          ? r.computed({ map, activation: kind }, x.channels)
          : r.written(applyActivation(r.k, map, kind), x.channels);
      return { y, saved: { x, kind } };
    },
    gradient(c, { x, kind }, dy, arrived) {
      c.plus(x, arrived ? dy : activationGradient(c.k, dy, c.keptMap(x), kind));
    },
  }),
  add: operation({
    forward: (r, a: TapeFeature, b: TapeFeature) => ({
      y: r.written(r.k.graph.node('Add', [r.valuesOf(a), r.valuesOf(b)]), a.channels),
      saved: [a, b],
    }),
    gradient(c, terms, dy) {
      for (const term of terms) c.plus(term, dy);
    },
  }),
  squeezeExcite: operation({
    forward(r, x: TapeFeature, name: string, squeezed: number) {
      const { k } = r;
      const weights = {
        reduceWeight: r.parameter(`${name}.reduce.weight`, [squeezed, x.channels, 1, 1]),
        reduceBias: r.parameter(`${name}.reduce.bias`, [squeezed]),
        expandWeight: r.parameter(`${name}.expand.weight`, [x.channels, squeezed, 1, 1]),
        expandBias: r.parameter(`${name}.expand.bias`, [x.channels]),
      };
      const made = squeezeExciteGates(k, k.meanPerImage(r.valuesOf(x)), x.channels, weights);
      const y = k.affinePerImage(r.valuesOf(x), padGates(k, made.gates));
      return { y: r.written(y, x.channels), saved: { x, name, ...made } };
    },
    gradient(c, { x, name, flat, hidden, gates }, dy) {
      const kept = { flat: c.kept(flat), hidden: c.kept(hidden), gates: c.kept(gates) };
      const gradient = squeezeExciteGradient(c.k, dy, c.keptMap(x), kept, {
        reduceWeight: c.parameter(`${name}.reduce.weight`),
        expandWeight: c.parameter(`${name}.expand.weight`),
      });
      c.plus(x, gradient.dx);
      c.parameterGradient(`${name}.reduce.weight`, gradient.reduceWeight);
      c.parameterGradient(`${name}.reduce.bias`, gradient.reduceBias);
      c.parameterGradient(`${name}.expand.weight`, gradient.expandWeight);
      c.parameterGradient(`${name}.expand.bias`, gradient.expandBias);
    },
  }),
  globalPool: operation({
    forward: (r, x: TapeFeature) => spatialForward(r, x, averaging(x.height), averaging(x.width)),
    gradient: spatialGradient,
  }),
  scale: operation({
    forward: (r, x: TapeFeature, factors: TapeFeature) => ({
      y: r.written(r.k.affinePerImage(r.valuesOf(x), r.valuesOf(factors)), x.channels),
      saved: { x, factors },
    }),
    gradient(c, { x, factors }, dy) {
      c.plus(x, c.k.affinePerImage(dy, c.keptMap(factors)));
      c.plus(factors, c.k.dotPerImage(dy, c.keptMap(x)));
    },
  }),
  maxPool: operation({
    forward(r, x: TapeFeature) {
      const y = r.k.maxPool(r.valuesOf(x), sameWindow(3, 2));
      return { y: r.written(y, x.channels), saved: { x, y } };
    },
    gradient(c, { x, y }, dy) {
      c.plus(x, maxPoolGradient(c.k, dy, c.keptMap(x), c.kept(y)));
    },
  }),
  resize: operation({
    forward: (r, x: TapeFeature, height: number, width: number) =>
      spatialForward(r, x, interpolation(x.height, height), interpolation(x.width, width)),
    gradient: spatialGradient,
  }),
  concat: operation({
    forward(r, xs: readonly TapeFeature[]) {
      const { k } = r;
      const outputs = xs.reduce((sum, x) => sum + x.channels, 0);
      const aligned = xs.every((x) => x.channels % k.block === 0);
      let to = 0;
      const moves = xs.map(({ channels: count }): ChannelMove => {
        to += count;
        return { inputs: count, outputs, from: 0, to: to - count, count, groups: 1 };
      });
      const value = aligned
        ? k.graph.node('Concat', xs.map(r.valuesOf), { axis: 1 })
        : xs.reduce<Value | undefined>((sum, x, i) => k.moveChannels(r.valuesOf(x), moves[i]!, sum), undefined)!;
      return { y: r.written(value, outputs), saved: { xs, moves, aligned } };
    },
    gradient(c, { xs, moves, aligned }, dy) {
      for (const [i, x] of xs.entries()) {
        const move = moves[i]!;
        if (aligned) c.plus(x, sliceChannels(c.k, dy, move.to, move.to + move.count));
        else moveGradient(c, { x, move }, dy);
      }
    },
  }),
  channels: operation({
    forward: (r, x: TapeFeature, from: number, to: number) =>
      moveForward(r, x, { inputs: x.channels, outputs: to - from, from, to: 0, count: to - from, groups: 1 }),
    gradient: moveGradient,
  }),
  shuffle: operation({
    forward: (r, x: TapeFeature, groups: number) =>
      moveForward(r, x, { inputs: x.channels, outputs: x.channels, from: 0, to: 0, count: x.channels, groups }),
    gradient: moveGradient,
  }),
};

/** An output of the module: the same values under a name of its own. */
export const output = operation({
  forward: (r, x: TapeFeature, value: Value) => ({ y: r.written(value, x.channels), saved: x }),
  gradient: (c, x, dy) => c.plus(x, dy),
});

function convolutionOf(r: Recorder, x: TapeFeature, name: string, o: ConvOptions): Convolution {
  const { kernel, stride = 1, dilation = 1, depthwise = false } = o;
  const image = x.image ?? false;
  const isFused = depthwise ? !image : dilation === 1 && (image || (kernel === 1 && stride === 1));
  return {
    ...{ x, name, depthwise, image },
    window: sameWindow(kernel, stride, dilation),
    dims: [o.out, depthwise ? 1 : x.channels, kernel, kernel],
    fused: r.training && isFused,
  };
}

/** Batch norm by its running statistics, as an affine map. */
function evaluatedNorm(k: Primitives, p: { gamma: Value; beta: Value; runningMean: Value; variance: Value }) {
  const { graph } = k;
  const deviation = graph.node('Sqrt', [graph.node('Add', [k.vector(p.variance), graph.scalar(batchNormEpsilon)])]);
  const scale = graph.node('Div', [k.vector(p.gamma), deviation]);
  const shift = graph.node('Sub', [k.vector(p.beta), graph.node('Mul', [k.vector(p.runningMean), scale])]);
  return { scale, shift };
}

function denseConvGradient(c: BackwardContext, { x, name, window, dims }: Convolution, dy: Value): void {
  const weight = `${name}.weight`;
  c.contribute(x, (sum) => convInputGradient(c.k, dy, c.parameter(weight), window, x, sum));
  c.parameterGradient(weight, () => convWeightGradient(c.k, c.keptMap(x), dy, window, x.channels, dims[0]));
}

function fusedConvGradient(c: BackwardContext, convolution: Convolution, upstream: Upstream): void {
  const { x, name, window, image } = convolution;
  const ofWeight = (make: () => Value): void => c.parameterGradient(`${name}.weight`, make);
  const weight = c.parameter(`${name}.weight`);
  if (image) {
    ofWeight(() => c.norms.imageWeightGradient(upstream, weight, window, c.keptMap(x)));
    return;
  }
  const source = readOnce(x);
  const input = source
    ? { ...source, map: c.kept(source.map), norm: source.norm && c.kept(source.norm) }
    : { map: c.keptMap(x) };
  const gradient = (sum?: Value) => {
    const made = c.norms.convGradient(upstream, weight, convolution, input, { updateWeights: c.updateWeights, sum });
    if (made.weight) ofWeight(() => made.weight!);
    return made;
  };
  if (source) c.arrive(x, gradient());
  else c.contribute(x, (sum) => gradient(sum).dx, false);
}

interface Spatial {
  readonly x: TapeFeature;
  readonly rows: Matrix;
  readonly columns: Matrix;
}

function spatialForward(r: Recorder, x: TapeFeature, rows: Matrix, columns: Matrix): Forward<Spatial> {
  return { y: r.written(r.k.spatialMap(r.valuesOf(x), rows, columns), x.channels), saved: { x, rows, columns } };
}

function spatialGradient(c: BackwardContext, { x, rows, columns }: Spatial, dy: Value): void {
  c.contribute(x, (sum) => {
    const dx = c.k.spatialMap(dy, transposed(rows), transposed(columns));
    return sum ? c.k.graph.node('Add', [dx, sum]) : dx;
  });
}

interface Moved {
  readonly x: TapeFeature;
  readonly move: ChannelMove;
}

function moveForward(r: Recorder, x: TapeFeature, move: ChannelMove): Forward<Moved> {
  return { y: r.written(r.k.moveChannels(r.valuesOf(x), move), move.outputs), saved: { x, move } };
}

function moveGradient(c: BackwardContext, { x, move }: Moved, dy: Value): void {
  c.contribute(x, (sum) => c.k.moveChannels(dy, inverseMove(move), sum), false);
}

function sliceChannels(k: Primitives, x: Value, from: number, to: number): Value {
  return k.graph.node('Slice', [x, k.graph.ints([from]), k.graph.ints([to]), k.graph.ints([1])]);
}
