// The recording half of the tape: building a module's forward graph writes down one gradient rule per operation.

import type { ChannelBlock } from '../graph/channel-block.ts';
import { createGraph } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';
import type { ConvOptions, Feature, NetworkBuilder, NetworkModule } from '../network/types.ts';
import { batchNormEpsilon } from '../network/types.ts';
import { createNorms } from './create-norms.ts';
import { createPrimitives } from './create-primitives.ts';
import {
  activationGradient,
  applyActivation,
  convInputGradient,
  convWeightGradient,
  forwardConv,
  overImages,
  padGates,
  squeezeExciteGates,
  squeezeExciteGradient,
} from './gradients.ts';
import { averaging, channelMap, interpolation, type Matrix, matrix, spatialMap, transposed } from './maps.ts';
import { type TracedGraph, traceGraph } from './memory.ts';
import type { ConvGeometry, NormActivation, NormOperators, NormParameters, Source, Upstream } from './norms.ts';
import { dimsOf, type Primitives, sameWindow } from './primitives.ts';

/** A feature map on the tape. */
export interface TapeFeature extends Feature {
  readonly value: Value;
  /** The network's input: plain layout, and nobody asks for its gradient. */
  readonly image: boolean;
  /** What a norm or an activation would make of another map: written, as `value`, only when somebody asks for it. */
  readonly computed?: ComputedMap;
}

interface ComputedMap {
  readonly source: Source;
  /** Operations that read the source and compute the map themselves. */
  readers: number;
  written(): boolean;
}

/** What a gradient rule sees while the backward graph is built. */
export interface BackwardContext {
  readonly k: Primitives;
  readonly norms: NormOperators;
  /** Whether gradients of parameters are asked for. */
  readonly weights: boolean;
  /** The accumulated gradient of a feature, or undefined when nothing depends on it. */
  gradient(feature: TapeFeature): Value | undefined;
  /** Joins a contribution: `make` receives what is there already, to be summed in the same pass; `copies` says that it may have to be copied. */
  contribute(feature: TapeFeature, make: (sum: Value | undefined) => Value, copies?: boolean): void;
  /** The gradient of a computed map's source, from the only operation that reads it; `gradient` is its norm's. */
  readonly arrived: Map<TapeFeature, { readonly dx: Value; readonly gradient?: Value | undefined }>;
  /** A forward value, as an input of the backward graph. */
  kept(value: Value): Value;
  parameter(name: string): Value;
  parameterGradient(name: string, make: () => Value): void;
  /** The gradients of a norm's gamma and beta, as rows of its gradient's vectors. */
  normGradient(name: string, vectors: Value, channels: number): void;
}
type Rule = (context: BackwardContext) => void;

/** Training uses batch statistics; evaluation the running ones. */
export type TapeMode = 'train' | 'eval';

export interface TapeOptions {
  readonly block: ChannelBlock;
  readonly batch: number;
  readonly mode: TapeMode;
}

/** A forward graph with its gradient rules, in the order of the forward pass. */
export interface Recording {
  readonly graph: TracedGraph;
  readonly inputs: readonly TapeFeature[];
  readonly outputs: readonly TapeFeature[];
  readonly parameters: ReadonlyMap<string, Value>;
  /** Batch norms with their vectors, see graph/norms.ts. */
  readonly norms: readonly { name: string; vectors: Value; channels: number }[];
  readonly rules: readonly Rule[];
}

/** An input of fewer than 8 channels is taken to be the image: it stays plain and has no gradient. */
export const isImage = ({ channels }: Pick<Feature, 'channels'>): boolean => channels < 8;

/** Storage dimensions of a feature: the image stays plain. */
function storageDims(k: Primitives, batch: number, f: Feature, image: boolean): number[] {
  return [batch, image ? f.channels : k.padded(f.channels), f.height, f.width];
}

/** Runs the module's `build` and records the tape. */
export function record(module: NetworkModule, options: TapeOptions): Recording {
  const graph = traceGraph(createGraph(module.prefix));
  const k = createPrimitives(graph, options.block);
  const parameters = new Map<string, Value>();
  const operators = createNorms(k);
  const training = options.mode === 'train';
  const norms: { name: string; vectors: Value; channels: number }[] = [];
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

  const computed = (source: Source, channels: number, write: () => Value): TapeFeature => {
    const [, , height, width] = dimsOf(source.map);
    let value: Value | undefined;
    return {
      ...{ channels, height, width, image: false },
      computed: { source, readers: 0, written: () => value !== undefined },
      get value() {
        value ??= write();
        return value;
      },
    };
  };
  /** x as the fused operations read it. */
  const read = (x: TapeFeature): Source => {
    if (!x.computed || x.computed.written()) return { map: x.value };
    x.computed.readers++;
    return x.computed.source;
  };
  /** Where it has one reader and was never written, x's gradient goes through to its source. */
  const readOnce = ({ computed: x }: TapeFeature): Source | undefined =>
    x && !x.written() && x.readers === 1 ? x.source : undefined;
  /** Whether graph/norms.ts has the convolution. */
  const isFused = ({ window, depthwise, image }: ConvGeometry): boolean =>
    training && (depthwise ? !image : window.dilation === 1 && (image || (window.kernel === 1 && window.stride === 1)));

  const geometry = (x: TapeFeature, o: ConvOptions): ConvGeometry & { dims: number[] } => ({
    window: sameWindow(o.kernel, o.stride ?? 1, o.dilation ?? 1),
    depthwise: o.depthwise ?? false,
    image: x.image,
    dims: [o.out, o.depthwise ? 1 : x.channels, o.kernel, o.kernel],
  });
  type Conv = ReturnType<typeof geometry>;
  const denseRule = (c: BackwardContext, x: TapeFeature, name: string, { window, dims }: Conv, dy: Value): void => {
    c.contribute(x, (sum) => convInputGradient(c.k, dy, c.parameter(`${name}.weight`), window, x, sum));
    c.parameterGradient(`${name}.weight`, () =>
      convWeightGradient(c.k, c.kept(x.value), dy, window, x.channels, dims[0]!),
    );
  };
  const fusedRule = (c: BackwardContext, x: TapeFeature, name: string, conv: Conv, upstream: Upstream): void => {
    const weight = (make: () => Value): void => c.parameterGradient(`${name}.weight`, make);
    const canonical = c.parameter(`${name}.weight`);
    if (x.image) {
      weight(() => c.norms.imageWeightGradient(upstream, canonical, conv.window, c.kept(x.value)));
      return;
    }
    const source = readOnce(x);
    const input = source
      ? { ...source, map: c.kept(source.map), norm: source.norm && c.kept(source.norm) }
      : { map: c.kept(x.value) };
    const gradient = (sum?: Value) => {
      const made = c.norms.convGradient(upstream, canonical, conv, input, { weights: c.weights, sum });
      if (made.weight) weight(() => made.weight!);
      return made;
    };
    if (source) c.arrived.set(x, gradient());
    else c.contribute(x, (sum) => gradient(sum).dx, false);
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
      if (end.activation === 'hsigmoid') {
        const { activation, ...rest } = end;
        return builder.activation(builder.convBn(x, name, o, rest), activation);
      }
      const conv = geometry(x, o);
      const weight = parameter(`${name}.weight`, conv.dims);
      const [gamma, beta, runningMean] = ['gamma', 'beta', 'mean'].map((part) =>
        parameter(`${name}.bn.${part}`, [o.out]),
      ) as [Value, Value, Value];
      const { activation, residual } = end;
      if (!training) {
        const y = forwardConv(k, x.value, weight, conv);
        const variance = k.vector(parameter(`${name}.bn.var`, [o.out]));
        const deviation = graph.node('Sqrt', [graph.node('Add', [variance, graph.scalar(batchNormEpsilon)])]);
        const scale = graph.node('Div', [k.vector(gamma), deviation]);
        const shift = graph.node('Sub', [k.vector(beta), graph.node('Mul', [k.vector(runningMean), scale])]);
        return feature(k.affine(y, scale, shift, { sum: residual?.value, activation }), o.out);
      }
      const fused = isFused(conv);
      const { y, norm } = fused
        ? operators.convNorm(read(x), weight, conv, { gamma, beta, runningMean })
        : convThenNorm(x, weight, conv, { gamma, beta, runningMean });
      norms.push({ name, vectors: norm, channels: o.out });
      const out = residual
        ? feature(operators.apply(y, norm, activation, residual.value), o.out)
        : computed({ map: y, norm, activation }, o.out, () => operators.apply(y, norm, activation));
      rules.push((c) => {
        const upstream = upstreamOf(c, out, y, norm, { activation, residual });
        if (!upstream) return;
        c.normGradient(name, upstream.norm!.gradient, o.out);
        if (fused) fusedRule(c, x, name, conv, upstream);
        else denseRule(c, x, name, conv, c.norms.convolved(upstream));
      });
      return out;
    },
    conv(x, name, o) {
      const conv = geometry(x, o);
      const weight = parameter(`${name}.weight`, conv.dims);
      const fused = isFused(conv);
      const bias = o.bias ? parameter(`${name}.bias`, [o.out]) : undefined;
      const y = fused
        ? operators.conv(read(x), weight, conv, bias)
        : forwardConv(k, x.value, weight, { ...conv, bias: bias && k.vector(bias) });
      return rule(feature(y, o.out), (c, dy) => {
        if (fused) fusedRule(c, x, name, conv, { dn: dy });
        else denseRule(c, x, name, conv, dy);
        if (!o.bias) return;
        c.parameterGradient(`${name}.bias`, () => {
          const [, , h, w] = dimsOf(dy);
          const sum = c.k.graph.node('Mul', [overImages(c.k, c.k.meanPerImage(dy)), c.k.graph.scalar(h * w)]);
          return c.k.unvector(sum, o.out);
        });
      });
    },
    activation(x, kind) {
      const write = (): Value => applyActivation(k, x.value, kind);
      const y =
        training && kind !== 'hsigmoid'
          ? computed({ map: x.value, activation: kind }, x.channels, write)
          : feature(write(), x.channels);
      rules.push((c) => {
        const [arrived, dy] = [c.arrived.get(y), c.gradient(y)];
        if (arrived) plus(c, x, arrived.dx);
        else if (dy) plus(c, x, activationGradient(c.k, dy, c.kept(x.value), kind));
      });
      return y;
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

  /** A convolution of another kind, and a norm after it. */
  function convThenNorm(
    x: TapeFeature,
    weight: Value,
    conv: ConvGeometry,
    { gamma, beta, runningMean }: NormParameters,
  ): { y: Value; norm: Value } {
    const bias = graph.node('Neg', [k.vector(runningMean)]);
    const y = forwardConv(k, x.value, weight, { ...conv, bias });
    return { y, norm: operators.statistics(y, { gamma, beta }) };
  }

  /** The gradient at a norm's output: as its only reader made it, or from the gradient of the map that was written. */
  function upstreamOf(
    c: BackwardContext,
    out: TapeFeature,
    y: Value,
    norm: Value,
    { activation, residual }: { activation: NormActivation; residual: TapeFeature | undefined },
  ): Upstream | undefined {
    const arrived = c.arrived.get(out);
    if (arrived?.gradient) return { dn: arrived.dx, norm: { y: c.kept(y), gradient: arrived.gradient } };
    const dOut = c.gradient(out);
    if (!dOut) return undefined;
    const before = activation && residual ? c.kept(residual.value) : undefined;
    const upstream = c.norms.upstream(dOut, c.kept(y), c.kept(norm), activation, before);
    if (residual) plus(c, residual, upstream.dn);
    return upstream;
  }

  const outputs = module.build(builder, inputs).map((y) => {
    // An output is neither an input nor another output: each lives in a buffer of its own.
    const taken = inputs.some((x) => x.value === y.value) || graph.outputs.includes(y.value);
    const value = taken ? graph.node('Identity', [y.value]) : y.value;
    graph.output(value);
    return rule({ ...y, value }, (c, dy) => plus(c, y, dy));
  });
  return { graph, inputs, outputs, parameters, norms, rules };
}

function sliceChannels(k: Primitives, x: Value, from: number, to: number): Value {
  return k.graph.node('Slice', [x, k.graph.ints([from]), k.graph.ints([to]), k.graph.ints([1])]);
}
