// The recording half of the tape: building a module's forward graph writes down one gradient rule per operation.
import { foldedNorm, foldedNormGradient } from '../graph/folded-norm.ts';
import {
  activationGradient,
  batchNorm,
  batchNormEpsilon,
  batchNormGradient,
  convInputGradient,
  convWeightGradient,
  forwardConv,
  overImages,
  padGates,
  squeezeExciteGates,
  squeezeExciteGradient,
} from '../graph/gradients.ts';
import { type Block, createKernels, dimsOf, type Kernels, sameWindow, type Window } from '../graph/kernels.ts';
import { averaging, channelMap, interpolation, type Matrix, matrix, spatialMap, transposed } from '../graph/maps.ts';
import { createGraph, type Value } from '../graph/onnx.ts';
import type { Activation, ConvOptions, Feature, NetworkBuilder, NetworkModule } from '../network/types.ts';
import { type TracedGraph, traceGraph } from './memory.ts';

/** A feature map on the tape. */
export interface TapeFeature extends Feature {
  readonly value: Value;
  /** The network's input: plain layout, and nobody asks for its gradient. */
  readonly image: boolean;
}

/** What a gradient rule sees while the backward graph is built. */
export interface BackwardContext {
  readonly k: Kernels;
  /** The accumulated gradient of a feature, or undefined when nothing depends on it. */
  gradient(feature: TapeFeature): Value | undefined;
  /** Joins a contribution: `make` receives what is there already, to be summed in the same pass. */
  contribute(feature: TapeFeature, make: (sum: Value | undefined) => Value): void;
  /** A forward value, as an input of the backward graph. */
  kept(value: Value): Value;
  parameter(name: string): Value;
  parameterGradient(name: string, make: () => Value): void;
}
type Rule = (context: BackwardContext) => void;

/** Training uses batch statistics; evaluation the running ones. */
export type TapeMode = 'train' | 'eval';

export interface TapeOptions {
  readonly block: Block;
  readonly batch: number;
  readonly mode: TapeMode;
}

/** A forward graph with its gradient rules, in the order of the forward pass. */
export interface Recording {
  readonly graph: TracedGraph;
  readonly inputs: readonly TapeFeature[];
  readonly outputs: readonly TapeFeature[];
  readonly parameters: ReadonlyMap<string, Value>;
  readonly norms: readonly { name: string; mean: Value; variance: Value }[];
  readonly rules: readonly Rule[];
}

/** An input of fewer than 8 channels is taken to be the image: it stays plain and has no gradient. */
export const isImage = ({ channels }: Pick<Feature, 'channels'>): boolean => channels < 8;

/** Storage dimensions of a feature: the image stays plain. */
function storageDims(k: Kernels, batch: number, f: Feature, image: boolean): number[] {
  return [batch, image ? f.channels : k.padded(f.channels), f.height, f.width];
}

/** Whether batch norm goes into the convolution: where the map it makes is much wider than the one it reads. */
function normFolds(x: TapeFeature, o: ConvOptions): boolean {
  const pointwise = o.kernel === 1 && (o.stride ?? 1) === 1 && !o.depthwise;
  return pointwise && !x.image && o.out >= 2 * x.channels;
}

/** Runs the module's `build` and records the tape. */
export function record(module: NetworkModule, options: TapeOptions): Recording {
  const graph = traceGraph(createGraph(module.prefix));
  const k = createKernels(graph, options.block);
  const parameters = new Map<string, Value>();
  const norms: { name: string; mean: Value; variance: Value }[] = [];
  const rules: Rule[] = [];
  const parameter = (name: string, dims: readonly number[]): Value => {
    const value = parameters.get(name) ?? graph.input(name, dims);
    parameters.set(name, value);
    return value;
  };
  const feature = (value: Value, channels: number): TapeFeature => {
    const [, , height, width] = dimsOf(value);
    return { value, channels, height, width, image: false };
  };
  const inputs = module.inputs.map((f, i): TapeFeature => {
    const image = isImage(f);
    return { ...f, value: graph.input(`x${i}`, storageDims(k, options.batch, f, image)), image };
  });

  const geometry = (x: TapeFeature, o: ConvOptions): { window: Window; depthwise: boolean; dims: number[] } => ({
    window: sameWindow(o.kernel, o.stride ?? 1, o.dilation ?? 1),
    depthwise: o.depthwise ?? false,
    dims: [o.out, o.depthwise ? 1 : x.channels, o.kernel, o.kernel],
  });
  const convRule =
    (x: TapeFeature, name: string, out: number, window: Window, depthwise: boolean) =>
    (c: BackwardContext, dy: Value): void => {
      if (!x.image)
        c.contribute(x, (sum) => convInputGradient(c.k, dy, c.parameter(`${name}.weight`), window, x, depthwise, sum));
      c.parameterGradient(`${name}.weight`, () =>
        depthwise
          ? c.k.depthwiseWeightGradient(c.kept(x.value), dy, window, x.channels)
          : convWeightGradient(c.k, c.kept(x.value), dy, window, x.channels, out, x.image),
      );
    };
  /** Rules run only where something downstream asks for a gradient. */
  const rule = (y: TapeFeature, apply: (c: BackwardContext, dy: Value) => void): TapeFeature => {
    rules.push((c) => {
      const dy = c.gradient(y);
      if (dy) apply(c, dy);
    });
    return y;
  };
  const selection = (x: TapeFeature, m: Matrix): TapeFeature =>
    rule(feature(channelMap(k, x.value, m), m.rows), (c, dy) =>
      c.contribute(x, (sum) => channelMap(c.k, dy, transposed(m), sum)),
    );
  const spatial = (x: TapeFeature, rows: Matrix, columns: Matrix): TapeFeature =>
    rule(feature(spatialMap(k, x.value, rows, columns), x.channels), (c, dy) =>
      c.contribute(x, (sum) => {
        const dx = spatialMap(c.k, dy, transposed(rows), transposed(columns));
        return sum ? c.k.graph.node('Add', [dx, sum]) : dx;
      }),
    );
  const plus = (c: BackwardContext, f: TapeFeature, value: Value): void =>
    c.contribute(f, (sum) => (sum ? c.k.graph.node('Add', [value, sum]) : value));

  const builder: NetworkBuilder<TapeFeature> = {
    convBn(x, name, o, end = {}) {
      const { window, depthwise, dims } = geometry(x, o);
      const weight = parameter(`${name}.weight`, dims);
      const vector = (part: string): Value => k.vector(parameter(`${name}.bn.${part}`, [o.out]));
      const [gamma, beta, runningMean] = [vector('gamma'), vector('beta'), vector('mean')];
      const affineEnd = { sum: end.residual?.value, activation: end.activation };
      if (options.mode === 'eval') {
        const y = forwardConv(k, x.value, weight, { window, depthwise, image: x.image });
        const deviation = graph.node('Sqrt', [graph.node('Add', [vector('var'), graph.scalar(batchNormEpsilon)])]);
        const scale = graph.node('Div', [gamma, deviation]);
        const shift = graph.node('Sub', [beta, graph.node('Mul', [runningMean, scale])]);
        return feature(k.affine(y, scale, shift, affineEnd), o.out);
      }
      if (normFolds(x, o) && !end.residual && end.activation !== 'hsigmoid') {
        const [gammaIn, betaIn, meanIn] = ['gamma', 'beta', 'mean'].map((part) =>
          parameter(`${name}.bn.${part}`, [o.out]),
        );
        const relu = end.activation === 'relu' ? end.activation : undefined;
        const vectors = { gamma: gammaIn!, beta: betaIn!, runningMean: meanIn! };
        const norm = foldedNorm(k, x.value, weight, vectors, relu);
        norms.push({ name, mean: norm.mean, variance: norm.variance });
        const out = feature(end.activation === 'hswish' ? applyActivation(k, norm.out, 'hswish') : norm.out, o.out);
        return rule(out, (c, dOut) => {
          const { dz, factor } = end.activation
            ? activationGradientOf(c, dOut, end.activation, norm.out, out.value)
            : { dz: dOut, factor: 1 };
          const kept = {
            inverseDeviation: c.kept(norm.inverseDeviation),
            scale: c.kept(norm.scale),
            centred: c.kept(norm.centred),
            positions: c.kept(norm.positions),
            rest: c.kept(norm.rest),
            covariance: c.kept(norm.covariance),
          };
          const gradient = foldedNormGradient(c.k, dz, factor, c.parameter(`${name}.weight`), kept);
          c.parameterGradient(`${name}.bn.gamma`, () => gradient.gamma);
          c.parameterGradient(`${name}.bn.beta`, () => gradient.beta);
          c.parameterGradient(`${name}.weight`, gradient.weight);
          c.contribute(x, gradient.dx);
        });
      }
      // Subtracting the running mean costs nothing here and keeps E[y^2] - mean^2 well conditioned; batch norm cancels it.
      const bias = graph.node('Neg', [runningMean]);
      const y = forwardConv(k, x.value, weight, { window, depthwise, image: x.image, bias });
      const bn = batchNorm(k, y, gamma, beta);
      norms.push({ name, mean: k.unvector(bn.mean, o.out), variance: k.unvector(bn.variance, o.out) });
      // As in the backward graph: a residual that is still needed is added apart, not copied.
      const apart = end.residual && !end.activation;
      const value = apart
        ? graph.node('Add', [k.affine(y, bn.scale, bn.shift), end.residual.value])
        : k.affine(y, bn.scale, bn.shift, affineEnd);
      const out = feature(value, o.out);
      return rule(out, (c, dOut) => {
        const gradient = end.activation
          ? throughActivation(c, dOut, out, y, bn, end.activation, end.residual)
          : { dz: dOut, factor: 1 };
        if (end.residual) plus(c, end.residual, descale(c, gradient));
        const saved = { mean: c.kept(bn.mean), inverseDeviation: c.kept(bn.inverseDeviation), scale: c.kept(bn.scale) };
        const norm = batchNormGradient(c.k, gradient.dz, c.kept(y), saved, gradient.factor);
        c.parameterGradient(`${name}.bn.gamma`, () => c.k.unvector(norm.gamma, o.out));
        c.parameterGradient(`${name}.bn.beta`, () => c.k.unvector(norm.beta, o.out));
        convRule(x, name, o.out, window, depthwise)(c, norm.dy);
      });
    },
    conv(x, name, o) {
      const { window, depthwise, dims } = geometry(x, o);
      const weight = parameter(`${name}.weight`, dims);
      const bias = o.bias ? k.vector(parameter(`${name}.bias`, [o.out])) : undefined;
      return rule(
        feature(forwardConv(k, x.value, weight, { window, depthwise, image: x.image, bias }), o.out),
        (c, dy) => {
          convRule(x, name, o.out, window, depthwise)(c, dy);
          if (!o.bias) return;
          c.parameterGradient(`${name}.bias`, () => {
            const [, , h, w] = dimsOf(dy);
            const sum = c.k.graph.node('Mul', [overImages(c.k, c.k.meanPerImage(dy)), c.k.graph.scalar(h * w)]);
            return c.k.unvector(sum, o.out);
          });
        },
      );
    },
    activation(x, kind) {
      const y = feature(applyActivation(k, x.value, kind), x.channels);
      return rule(y, (c, dy) => {
        plus(c, x, descale(c, activationGradientOf(c, dy, kind, x.value, y.value)));
      });
    },
    add: (a, b) =>
      rule(feature(graph.node('Add', [a.value, b.value]), a.channels), (c, dy) => {
        plus(c, a, dy);
        plus(c, b, dy);
      }),
    squeezeExcite(x, name, squeezed) {
      const weights = {
        reduceWeight: parameter(`${name}.reduce.weight`, [squeezed, x.channels, 1, 1]),
        reduceBias: parameter(`${name}.reduce.bias`, [squeezed]),
        expandWeight: parameter(`${name}.expand.weight`, [x.channels, squeezed, 1, 1]),
        expandBias: parameter(`${name}.expand.bias`, [x.channels]),
      };
      const { flat, hidden, gates } = squeezeExciteGates(k, k.meanPerImage(x.value), x.channels, weights);
      return rule(feature(k.affinePerImage(x.value, padGates(k, gates)), x.channels), (c, dy) => {
        const kept = { flat: c.kept(flat), hidden: c.kept(hidden), gates: c.kept(gates) };
        const gradient = squeezeExciteGradient(c.k, dy, c.kept(x.value), kept, {
          reduceWeight: c.parameter(`${name}.reduce.weight`),
          expandWeight: c.parameter(`${name}.expand.weight`),
        });
        plus(c, x, gradient.dx);
        c.parameterGradient(`${name}.reduce.weight`, gradient.reduceWeight);
        c.parameterGradient(`${name}.reduce.bias`, gradient.reduceBias);
        c.parameterGradient(`${name}.expand.weight`, gradient.expandWeight);
        c.parameterGradient(`${name}.expand.bias`, gradient.expandBias);
      });
    },
    globalPool: (x) => spatial(x, averaging(x.height), averaging(x.width)),
    resize: (x, height, width) => spatial(x, interpolation(x.height, height), interpolation(x.width, width)),
    concat(xs) {
      const total = xs.reduce((sum, x) => sum + x.channels, 0);
      const starts = xs.map((_, i) => xs.slice(0, i).reduce((sum, x) => sum + x.channels, 0));
      const aligned = xs.every((x) => x.channels % k.block === 0);
      const place = (i: number): Matrix => matrix(total, xs[i]!.channels, (r, col) => (r === starts[i]! + col ? 1 : 0));
      const value = aligned
        ? graph.node(
            'Concat',
            xs.map((x) => x.value),
            { axis: 1 },
          )
        : xs.reduce<Value | undefined>((sum, x, i) => channelMap(k, x.value, place(i), sum), undefined)!;
      return rule(feature(value, total), (c, dy) => {
        xs.forEach((x, i) => {
          if (aligned) plus(c, x, sliceChannels(c.k, dy, starts[i]!, starts[i]! + x.channels));
          else c.contribute(x, (sum) => channelMap(c.k, dy, transposed(place(i)), sum));
        });
      });
    },
    channels: (x, from, to) =>
      selection(
        x,
        matrix(to - from, x.channels, (r, c) => (c === from + r ? 1 : 0)),
      ),
    shuffle(x, groups) {
      const size = x.channels / groups;
      return selection(
        x,
        matrix(x.channels, x.channels, (r, c) => (c === (r % groups) * size + Math.floor(r / groups) ? 1 : 0)),
      );
    },
  };

  /** Gradient before the activation; hard-swish's pre-activation is one affine pass over y and the residual. */
  function throughActivation(
    c: BackwardContext,
    dOut: Value,
    out: TapeFeature,
    y: Value,
    bn: { scale: Value; shift: Value },
    kind: Activation,
    residual: TapeFeature | undefined,
  ) {
    if (kind !== 'hswish') return activationGradient(c.k, dOut, { kind, output: c.kept(out.value) });
    return activationGradient(c.k, dOut, {
      kind,
      preActivation: (slope, offset) => {
        const { scale, shift } = { scale: c.kept(bn.scale), shift: c.kept(bn.shift) };
        if (residual) {
          const z = c.k.affine(c.kept(y), scale, shift, { sum: c.kept(residual.value) });
          return linear(c.k, z, slope, offset);
        }
        const { graph: g } = c.k;
        const scaled = (v: Value): Value => g.node('Mul', [v, g.scalar(slope)]);
        return c.k.affine(c.kept(y), scaled(scale), g.node('Add', [scaled(shift), g.scalar(offset)]));
      },
    });
  }

  const outputs = module.build(builder, inputs).map((y) => {
    // An identity module's output must not be its input: the two live in different buffers.
    const value = inputs.some((x) => x.value === y.value) ? graph.node('Identity', [y.value]) : y.value;
    graph.output(value);
    return rule({ ...y, value }, (c, dy) => plus(c, y, dy));
  });
  return { graph, inputs, outputs, parameters, norms, rules };
}

function descale(c: BackwardContext, gradient: { dz: Value; factor: number }): Value {
  return gradient.factor === 1
    ? gradient.dz
    : c.k.graph.node('Mul', [gradient.dz, c.k.graph.scalar(1 / gradient.factor)]);
}

function sliceChannels(k: Kernels, x: Value, from: number, to: number): Value {
  return k.graph.node('Slice', [x, k.graph.ints([from]), k.graph.ints([to]), k.graph.ints([1])]);
}

/** slope * x + offset. */
function linear(k: Kernels, x: Value, slope: number, offset: number): Value {
  const filled = (value: number): Value => k.graph.constant(new Float32Array(dimsOf(x)[1]).fill(value), [dimsOf(x)[1]]);
  return k.affine(x, filled(slope), filled(offset));
}

/** The gradient through an activation whose input and output are both at hand. */
function activationGradientOf(c: BackwardContext, dOut: Value, kind: Activation, input: Value, output: Value) {
  return activationGradient(
    c.k,
    dOut,
    kind === 'hswish'
      ? { kind, preActivation: (slope, offset) => linear(c.k, c.kept(input), slope, offset) }
      : { kind, output: c.kept(output) },
  );
}

function applyActivation(k: Kernels, x: Value, kind: Activation): Value {
  if (kind === 'relu') return k.graph.node('Relu', [x]);
  // The standard operators are vectorised; as a convolution's fused activation these take twice as long.
  const gate = k.graph.node('HardSigmoid', [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  return kind === 'hsigmoid' ? gate : k.graph.node('Mul', [gate, x]);
}
