// A float32 graph before it is quantized: constants in one place, batch norm in the convolutions, hard-swish as one node.
import { create } from '@bufbuild/protobuf';
import {
  TensorProto_DataType as DataType,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from 'onnx-buf';
import { standardOpset } from '../graph/onnx.ts';

/** The operator set that brought HardSwish. What else it changed since 13 is in training and in types: inference has the same values. */
const hardSwishOpset = 14n;

/** Brings the graph of a model of opset 13 or later into the form that is planned for, in place. */
export function prepareGraph(model: ModelProto): void {
  const graph = model.graph!;
  constantsToInitializers(graph);
  // Some exporters list constants among the inputs, as defaults that a run may replace. None does, and what replaces them here has other names.
  const constants = new Set(graph.initializer.map(({ name }) => name));
  graph.input = graph.input.filter(({ name }) => !constants.has(name));
  foldBatchNorms(graph);
  const opset = standardOpset(model)!;
  if (opset.version < hardSwishOpset) opset.version = hardSwishOpset;
  joinHardSwish(graph);
}

/** The float32 values of a tensor; undefined for other types. */
export function floatsOf({ dataType, floatData, rawData, dims }: TensorProto): Float32Array | undefined {
  if (dataType !== DataType.FLOAT) return undefined;
  if (floatData.length > 0) return Float32Array.from(floatData);
  const size = dims.reduce((product, dim) => product * Number(dim), 1);
  // A copy: the bytes may begin anywhere in the file. (A Buffer's own `slice` copies nothing.)
  return new Float32Array(new Uint8Array(rawData).buffer, 0, size);
}

export const floatTensor = (name: string, data: Float32Array, dims: readonly number[]): TensorProto =>
  create(TensorProtoSchema, {
    name,
    dataType: DataType.FLOAT,
    dims: dims.map(BigInt),
    rawData: new Uint8Array(data.slice().buffer),
  });

/** Nodes that read each value. */
export function consumersOf(graph: GraphProto): Map<string, NodeProto[]> {
  const consumers = new Map<string, NodeProto[]>();
  for (const node of graph.node)
    for (const input of new Set(valuesReadBy(node))) consumers.set(input, [...(consumers.get(input) ?? []), node]);
  return consumers;
}

/** What a node reads, and what the graphs in its attributes (the branches of an If, the body of a Loop) read. */
export const valuesReadBy = (node: NodeProto): string[] => [
  ...node.input,
  ...node.attribute.flatMap(({ g, graphs }) => [...(g ? [g] : []), ...graphs].flatMap(graphReads)),
];

const graphReads = ({ node, output }: GraphProto): string[] => [
  ...node.flatMap(valuesReadBy),
  ...output.map(({ name }) => name),
];

export const attributeOf = (node: NodeProto, name: string) => node.attribute.find((one) => one.name === name);
/** A float attribute of a node. */
export const floatAttribute = (node: NodeProto, name: string, fallback: number): number =>
  attributeOf(node, name)?.f ?? fallback;

const outputNames = (graph: GraphProto): ReadonlySet<string> => new Set(graph.output.map(({ name }) => name));

function constantsToInitializers(graph: GraphProto): void {
  const isTensor = (node: NodeProto): boolean =>
    node.opType === 'Constant' && attributeOf(node, 'value')?.t !== undefined;
  for (const node of graph.node.filter(isTensor))
    graph.initializer.push({ ...attributeOf(node, 'value')!.t!, name: node.output[0]! });
  graph.node = graph.node.filter((node) => !isTensor(node));
}

/** BatchNormalization after a convolution that nothing else reads: w * gamma / std, (b - mean) * gamma / std + beta. */
function foldBatchNorms(graph: GraphProto): void {
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const makers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const consumers = consumersOf(graph);
  const shown = outputNames(graph);
  const floats = (name: string | undefined) => {
    const tensor = name === undefined ? undefined : constants.get(name);
    return tensor && floatsOf(tensor);
  };
  for (const norm of graph.node.filter(({ opType }) => opType === 'BatchNormalization')) {
    const [x, ...names] = norm.input;
    const conv = makers.get(x!);
    const [gamma, beta, mean, variance] = names.map(floats);
    const weight = conv?.opType === 'Conv' ? floats(conv.input[1]) : undefined;
    if (!conv || !weight || !gamma || !beta || !mean || !variance) continue;
    if (consumers.get(x!)!.length > 1 || shown.has(x!)) continue;
    const bias = conv.input[2] ? floats(conv.input[2]) : new Float32Array(gamma.length);
    if (!bias) continue;
    const epsilon = floatAttribute(norm, 'epsilon', 1e-5);
    const scale = Float64Array.from(gamma, (g, c) => g / Math.sqrt(variance[c]! + epsilon));
    const each = weight.length / gamma.length;
    const dims = constants.get(conv.input[1]!)!.dims.map(Number);
    const [weightName, biasName] = [`${conv.input[1]}/${norm.output[0]}`, `${norm.output[0]}/folded-bias`];
    graph.initializer.push(
      floatTensor(
        weightName,
        weight.map((w, i) => w * scale[Math.floor(i / each)]!),
        dims,
      ),
      floatTensor(
        biasName,
        beta.map((shift, c) => shift + (bias[c]! - mean[c]!) * scale[c]!),
        [gamma.length],
      ),
    );
    conv.input = [conv.input[0]!, weightName, biasName];
    conv.output = [norm.output[0]!];
    graph.node = graph.node.filter((node) => node !== norm);
  }
}

/** x * HardSigmoid(x), as exporters before opset 14 write hard-swish. */
function joinHardSwish(graph: GraphProto): void {
  const consumers = consumersOf(graph);
  const shown = outputNames(graph);
  for (const gate of graph.node.filter(isHardSigmoidOfSixths)) {
    const [x, y] = [gate.input[0]!, gate.output[0]!];
    const [product, ...others] = consumers.get(y) ?? [];
    if (product?.opType !== 'Mul' || others.length > 0 || shown.has(y)) continue;
    if (!product.input.includes(x)) continue;
    const place = graph.node.indexOf(product);
    graph.node[place] = create(NodeProtoSchema, {
      name: product.name,
      opType: 'HardSwish',
      input: [x],
      output: [...product.output],
    });
    graph.node = graph.node.filter((node) => node !== gate);
  }
}

const isHardSigmoidOfSixths = (node: NodeProto): boolean =>
  node.opType === 'HardSigmoid' &&
  Math.abs(floatAttribute(node, 'alpha', 0.2) - 1 / 6) < 1e-4 &&
  Math.abs(floatAttribute(node, 'beta', 0.5) - 0.5) < 1e-6;
