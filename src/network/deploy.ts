// Deployable graphs: one float32 ONNX file of standard operators, batch norm folded, weights as constants, dynamic batch.
import type { Architecture } from '../contracts/architecture.ts';
import { createGraph, type OnnxGraph, opset } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';
import { UserError } from '../lib/errors.ts';
import { normalization } from '../lib/normalization.ts';
import { initializeParameters } from './count.ts';
import { type InputSize, networkModules, tailInputs } from './modules.ts';
import { checkOperators } from './operators.ts';
import type { Activation, ConvOptions, Feature, NetworkBuilder, NetworkModule, Weights } from './types.ts';
import { batchNormEpsilon } from './types.ts';

export interface DeployOptions extends InputSize {
  /** The target runtime's operators; the finished file is checked against them. */
  readonly operators?: readonly string[];
}

/** A feature map in a graph under construction: [batch, channels, height, width]. */
interface GraphFeature extends Feature {
  readonly value: Value;
}

const activations: Readonly<Record<Activation, (graph: OnnxGraph, x: Value) => Value>> = {
  relu: (graph, x) => graph.node('Relu', [x]),
  relu6: (graph, x) => graph.node('Clip', [x, graph.scalar(0), graph.scalar(6)]),
  hswish: (graph, x) => graph.node('HardSwish', [x]),
  hsigmoid: (graph, x) => graph.node('HardSigmoid', [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  sigmoid: (graph, x) => graph.node('Sigmoid', [x]),
};

/** The parameter of that key. @throws UserError when it is missing or of another size */
function takeWeight(weights: Weights, key: string, size: number): Float32Array {
  const data = weights.get(key);
  if (data?.length === size) return data;
  const problem = data ? `has ${data.length} values where the architecture needs ${size}` : 'is missing';
  throw new UserError(`weights: ${key} ${problem}; they belong to another architecture`);
}

/** Folds batch norm into the convolution before it, in double precision: w * gamma / std and beta - mean * gamma / std. */
function foldBatchNorm(weight: Float32Array, bn: (name: string) => Float32Array, channels: number) {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'var'].map(bn) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const each = weight.length / channels;
  const scale = Float64Array.from(gamma, (g, c) => g / Math.sqrt(variance[c]! + batchNormEpsilon));
  return {
    weight: weight.map((w, i) => w * scale[Math.floor(i / each)]!),
    bias: beta.map((shift, c) => shift - mean[c]! * scale[c]!),
  };
}

/** The builder of one module's deployable graph. */
function deployBuilder(graph: OnnxGraph, prefix: string, weights: Weights): NetworkBuilder<GraphFeature> {
  const feature = (value: Value): GraphFeature => {
    const [, channels, height, width] = value.dims as [string, number, number, number];
    return { value, channels, height, width };
  };
  const weightOf = (x: Feature, name: string, { out, kernel, depthwise }: ConvOptions) => {
    const dims = [out, depthwise ? 1 : x.channels, kernel, kernel];
    const key = `${prefix}/${name}.weight`;
    return {
      key,
      dims,
      data: takeWeight(
        weights,
        key,
        dims.reduce((a, b) => a * b),
      ),
    };
  };
  const convolve = (x: Feature & { value: Value }, conv: ConvOptions, weight: Value, bias?: Value): Value => {
    const { kernel, stride = 1, dilation = 1, depthwise } = conv;
    const pad = (dilation * (kernel - 1)) / 2;
    return graph.node('Conv', [x.value, weight, bias], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      dilations: [dilation, dilation],
      pads: [pad, pad, pad, pad],
      group: depthwise ? x.channels : 1,
    });
  };
  const biasOf = (name: string, out: number): Value =>
    graph.constant(takeWeight(weights, `${prefix}/${name}.bias`, out), [out], `${prefix}/${name}.bias`);

  const builder: NetworkBuilder<GraphFeature> = {
    convBn(x, name, conv, { activation, residual } = {}) {
      const { key, dims, data } = weightOf(x, name, conv);
      const bn = (part: string) => takeWeight(weights, `${prefix}/${name}.bn.${part}`, conv.out);
      const folded = foldBatchNorm(data, bn, conv.out);
      const bias = graph.constant(folded.bias, [conv.out], `${prefix}/${name}.bias`);
      let y = convolve(x, conv, graph.constant(folded.weight, dims, key), bias);
      if (residual) y = graph.node('Add', [y, residual.value]);
      return feature(activation ? activations[activation](graph, y) : y);
    },
    conv(x, name, conv) {
      const { key, dims, data } = weightOf(x, name, conv);
      const bias = conv.bias ? biasOf(name, conv.out) : undefined;
      return feature(convolve(x, conv, graph.constant(data, dims, key), bias));
    },
    activation: (x, kind) => feature(activations[kind](graph, x.value)),
    add: (a, b) => feature(graph.node('Add', [a.value, b.value])),
    squeezeExcite(x, name, squeezed) {
      const reduced = builder.conv(builder.globalPool(x), `${name}.reduce`, { out: squeezed, kernel: 1, bias: true });
      const excited = builder.conv(builder.activation(reduced, 'relu'), `${name}.expand`, {
        out: x.channels,
        kernel: 1,
        bias: true,
      });
      return builder.scale(x, builder.activation(excited, 'hsigmoid'));
    },
    globalPool: (x) => feature(graph.node('GlobalAveragePool', [x.value])),
    scale: (x, factors) => feature(graph.node('Mul', [x.value, factors.value])),
    maxPool: (x) =>
      feature(graph.node('MaxPool', [x.value], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] })),
    concat: (xs) =>
      feature(
        graph.node(
          'Concat',
          xs.map((x) => x.value),
          { axis: 1 },
        ),
      ),
    channels: (x, from, to) =>
      feature(graph.node('Slice', [x.value, graph.ints([from]), graph.ints([to]), graph.ints([1])])),
    shuffle(x, groups) {
      const { channels, height, width } = x;
      // Height and width as one axis: the transpose then moves whole rows of the map.
      const grouped = graph.ints([0, groups, channels / groups, height * width]);
      const split = graph.node('Reshape', [x.value, grouped]);
      const turned = graph.node('Transpose', [split], { perm: [0, 2, 1, 3] });
      return feature(graph.node('Reshape', [turned, graph.ints([0, channels, height, width])]));
    },
    resize: (x, height, width) => feature(resize(graph, x.value, height, width)),
  };
  return builder;
}

/**
 * A scale by which Resize makes `to` pixels of `from`. Resize rounds the product down, so a ratio that float32 rounds down would lose a pixel.
 */
function scaleTo(from: number, to: number): number {
  return to % from === 0 ? to / from : (to / from) * (1 + 2 ** -22);
}

/**
 * Bilinear resize by scales: they leave the batch dynamic, where sizes would have to state it. The two modes give the same numbers for outputs of
 * more than one pixel. But ONNX Runtime runs only `half_pixel` in its blocked layout, which pads a map of one channel to a block of 16.
 */
function resize(
  graph: OnnxGraph,
  x: Value,
  height: number,
  width: number,
  mode: 'half_pixel' | 'pytorch_half_pixel' = 'half_pixel',
): Value {
  const [batch, channels, h, w] = x.dims as [string, number, number, number];
  if (h === height && w === width) return x;
  const scales = graph.constant(new Float32Array([1, 1, scaleTo(h, height), scaleTo(w, width)]), [4]);
  const attributes = { mode: 'linear', coordinate_transformation_mode: mode };
  const { name } = graph.node('Resize', [x, undefined, scales], attributes);
  return { name, dims: [batch, channels, height, width] };
}

function buildModule(graph: OnnxGraph, module: NetworkModule, inputs: readonly GraphFeature[], weights: Weights) {
  return module.build(deployBuilder(graph, module.prefix, weights), inputs);
}

function declare(graph: OnnxGraph, name: string, feature: Feature): GraphFeature {
  const { channels, height, width } = feature;
  return { channels, height, width, value: graph.input(name, ['batch', channels, height, width]) };
}

/** Random weights for modules, as `initializeParameters` makes them. */
export function randomWeights(modules: readonly NetworkModule[], seed: number): Weights {
  return new Map(modules.flatMap((module) => [...initializeParameters(module, seed)]));
}

/**
 * A chain of modules as a deployable model: the outputs of each are the inputs of the next.
 * Inputs are called `x0`, `x1` ... and outputs `y0`, `y1` ..., all [batch, C, H, W] float32.
 * @param weights random ones unless given (latency does not depend on them)
 * @throws UserError when a weight is missing or of another size
 */
export function deployModules(
  modules: readonly NetworkModule[],
  weights: Weights = randomWeights(modules, 0),
): Uint8Array {
  const graph = createGraph('modules');
  let features = modules[0]!.inputs.map((input, i) => declare(graph, `x${i}`, input));
  for (const module of modules) features = buildModule(graph, module, features, weights);
  for (const [i, { value }] of features.entries()) graph.output(value, `y${i}`);
  return graph.encode();
}

/**
 * The deployable model of a network. Input `image` [batch, 3, height, width], normalized RGB; output `probability`
 * [batch, 1, height, width], of a person. Metadata: `name`, `input`, `output`, `normalization`, `opset`, `architecture`.
 * @param weights by `prefix/name`, running statistics included
 * @throws UserError when a side is not a multiple of 4 or is below 32, a weight is missing, or the model needs an operator that is not allowed
 */
export function deployArchitecture(architecture: Architecture, weights: Weights, options: DeployOptions): Uint8Array {
  const { height, width, operators } = options;
  const { head, layers, tail, features } = networkModules(architecture, { height, width });
  const graph = createGraph(architecture.name);
  const image = declare(graph, 'image', head.inputs[0]!);
  let [x] = buildModule(graph, head, [image], weights);
  const outputs = layers.map((layer) => {
    [x] = buildModule(graph, layer, [x!], weights);
    return x!;
  });
  const [logits] = buildModule(graph, tail, tailInputs(features, image, outputs), weights);
  const enlarged = resize(graph, logits!.value, height, width, 'pytorch_half_pixel');
  graph.output(graph.node('Sigmoid', [enlarged]), 'probability');
  const bytes = graph.encode({
    name: architecture.name,
    input: JSON.stringify({ name: 'image', layout: 'NCHW', channels: 'RGB', height, width }),
    output: JSON.stringify({ name: 'probability', layout: 'NCHW', channels: 'person', height, width }),
    normalization: JSON.stringify({ range: [0, 1], ...normalization }),
    opset: String(opset),
    architecture: JSON.stringify(architecture),
  });
  if (operators) checkOperators(bytes, operators);
  return bytes;
}
