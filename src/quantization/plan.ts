// Which nodes of a graph become int8, and what each of their tensors is quantized by.
//
// These stay float32: the first convolutions (three channels fill a fifth of a vector, and the image has more levels after normalization than
// bytes); all nodes before them; all nodes that no convolution follows (resizing and squashing of the mask); the last convolution where it makes
// several classes (their logits differ by more than a common scale can show); and operators that ONNX Runtime has no int8 kernel for.
import { TensorProto_DataType as DataType, type ModelProto, type NodeProto } from 'onnx-buf';
import type { Extent } from '../contracts/quantization.ts';
import { consumersOf, floatAttribute } from './prepare.ts';

/** How a tensor's scale and zero point come about. */
export type TensorRule =
  /** From the range seen of it. */
  | { readonly kind: 'range' }
  /** Those of another tensor: the operator only moves values, or mixes them by weights that sum to 1. */
  | { readonly kind: 'same'; readonly as: string }
  /** The input of a hard-swish, cut at -3, so that 3 is a whole number of steps. */
  | { readonly kind: 'hard-swish-input' }
  /** A hard sigmoid by saturation alone: the convolution's bias is shifted, and 0 to 1 are the bytes 0 to 255. */
  | { readonly kind: 'hard-sigmoid'; readonly alpha: number; readonly beta: number };

export interface Plan {
  /** Nodes that become int8. */
  readonly nodes: ReadonlySet<NodeProto>;
  /** Activations that are removed, because saturation does their work: the node before the activation, and the activation. */
  readonly absorbed: ReadonlyMap<NodeProto, NodeProto>;
  /** By name: every tensor that is quantized. */
  readonly tensors: ReadonlyMap<string, TensorRule>;
  /** Operators that stay float32, with their number. */
  readonly kept: Readonly<Record<string, number>>;
}

/** Operators that work on bytes as they are: the output has the input's scale. */
export const passing: ReadonlySet<string> = new Set([
  'Reshape',
  'Transpose',
  'Slice',
  'MaxPool',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
]);
/** Operators that compute. Resize does so in float32, between bytes: ONNX Runtime's Resize of bytes takes twice as long as that with both conversions. */
const computing: ReadonlySet<string> = new Set([
  'Conv',
  'Add',
  'Mul',
  'Concat',
  'GlobalAveragePool',
  'AveragePool',
  'Sigmoid',
  'HardSwish',
  'Resize',
]);

/** Channels under which a convolution is narrow: int8 kernels take 32 or 64 bytes at once. */
const narrow = 32;

/** @param model as `prepareGraph` leaves it */
export function planQuantization(model: ModelProto, extent: Extent = 'all'): Plan {
  const graph = model.graph!;
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const makers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const consumers = consumersOf(graph);
  const shown = new Set(graph.output.map(({ name }) => name));
  const sources = (node: NodeProto): NodeProto[] =>
    node.input.filter((name) => isData(node, name)).flatMap((name) => makers.get(name) ?? []);
  const aloneAfter = (name: string): boolean => consumers.get(name)?.length === 1 && !shown.has(name);
  const isConstant = (name: string | undefined): boolean => name !== undefined && constants.has(name);

  const fits = (node: NodeProto): boolean => {
    if (node.domain !== '' && node.domain !== 'ai.onnx') return false;
    // The indices of a MaxPool, which an unpooling reads.
    if (node.output.length > 1) return false;
    if (node.opType === 'Conv') {
      const weight = constants.get(node.input[1]!);
      const bias = node.input[2] ? constants.get(node.input[2]) : undefined;
      const known = weight?.dataType === DataType.FLOAT && weight.dims.length === 4;
      return known && (!node.input[2] || bias?.dataType === DataType.FLOAT);
    }
    if (passing.has(node.opType) || node.opType === 'Resize') return !isConstant(node.input[0]);
    // Its gate is cut from bytes of a range of its own, which what only moves values does not have.
    if (node.opType === 'HardSwish')
      return aloneAfter(node.input[0]!) && !passing.has(makers.get(node.input[0]!)?.opType ?? '');
    if (!computing.has(node.opType)) return false;
    return node.input.every((name) => !isConstant(name) || constants.get(name)!.dataType === DataType.FLOAT);
  };

  // A convolution with another before it; nodes stand in the order in which they run.
  const afterConvolution = reach(graph.node, sources, (node) => node.opType === 'Conv');
  const users = (node: NodeProto): NodeProto[] =>
    node.output.flatMap((name) => (consumers.get(name) ?? []).filter((user) => isData(user, name)));
  const reversed = [...graph.node].reverse();
  const widthOf = (node: NodeProto): number => Number(constants.get(node.input[1]!)!.dims[0]);
  const later = graph.node.filter((node) => node.opType === 'Conv' && fits(node) && afterConvolution.has(node));
  const beforeLater = reach(reversed, users, (node) => later.includes(node));
  let core = new Set(later.filter((node) => beforeLater.has(node) || widthOf(node) === 1));
  const trim = (ordered: readonly NodeProto[], next: (node: NodeProto) => NodeProto[]): void => {
    const wide = new Set([...core].filter((node) => widthOf(node) >= narrow));
    const reached = reach(ordered, next, (node) => wide.has(node));
    core = new Set([...core].filter((node) => wide.has(node) || reached.has(node)));
  };
  if (extent === 'not the narrow start' || extent === 'not the narrow ends') trim(graph.node, sources);
  if (extent === 'not the narrow end' || extent === 'not the narrow ends') trim(reversed, users);
  const afterCore = reach(graph.node, sources, (node) => core.has(node));
  const beforeCore = reach(reversed, users, (node) => core.has(node));
  const nodes = new Set(
    graph.node.filter((node) => core.has(node) || (fits(node) && afterCore.has(node) && beforeCore.has(node))),
  );

  const absorbed = new Map<NodeProto, NodeProto>();
  const tensors = new Map<string, TensorRule>();
  for (const node of graph.node) {
    const maker = makers.get(node.input[0] ?? '');
    if (!maker || !nodes.has(maker) || !aloneAfter(node.input[0]!) || passing.has(maker.opType)) continue;
    if (node.opType === 'Relu' || (node.opType === 'HardSigmoid' && maker.opType === 'Conv')) absorbed.set(maker, node);
  }
  const gone = new Set(absorbed.values());
  for (const node of nodes) {
    for (const name of node.input) {
      if (!makers.has(name) && !graph.input.some((input) => input.name === name)) continue;
      if (!tensors.has(name) && isData(node, name)) tensors.set(name, ruleOfInput(node));
    }
    const follower = absorbed.get(node);
    const output = (follower ?? node).output[0]!;
    if (follower?.opType === 'HardSigmoid')
      tensors.set(output, {
        kind: 'hard-sigmoid',
        alpha: floatAttribute(follower, 'alpha', 0.2),
        beta: floatAttribute(follower, 'beta', 0.5),
      });
    else if (passing.has(node.opType)) tensors.set(output, { kind: 'same', as: node.input[0]! });
    else tensors.set(output, ruleOfOutput(output, consumers, nodes));
  }
  const kept: Record<string, number> = {};
  for (const node of graph.node)
    if (!nodes.has(node) && !gone.has(node)) kept[node.opType] = (kept[node.opType] ?? 0) + 1;
  return { nodes, absorbed, tensors, kept };
}

/** Operators that make whole numbers of data: what follows them is arithmetic on shapes or classes. */
const counting: ReadonlySet<string> = new Set(['Shape', 'Size', 'ArgMax', 'ArgMin', 'NonZero', 'Cast']);
/** Operators beside the passing ones whose first input alone is data; the others are weights, sizes, pads or indices. */
const ofFirst: ReadonlySet<string> = new Set(['Conv', 'ConvTranspose', 'Resize', 'Expand', 'Tile', 'Pad', 'Gather']);

/** Whether an input of a node is data, not a shape, a weight or sizes. */
const isData = (node: NodeProto, name: string): boolean =>
  !counting.has(node.opType) &&
  (ofFirst.has(node.opType) || passing.has(node.opType) ? node.input[0] === name : node.opType !== 'ConstantOfShape');

const ruleOfInput = (node: NodeProto): TensorRule =>
  node.opType === 'HardSwish' ? { kind: 'hard-swish-input' } : { kind: 'range' };

function ruleOfOutput(
  name: string,
  consumers: ReadonlyMap<string, readonly NodeProto[]>,
  nodes: ReadonlySet<NodeProto>,
): TensorRule {
  const [only] = consumers.get(name) ?? [];
  return only?.opType === 'HardSwish' && nodes.has(only) ? { kind: 'hard-swish-input' } : { kind: 'range' };
}

/** Nodes from which a chain of `next`, of one step or more, leads to a node that `holds`. @param ordered so that a node's `next` stand before it */
function reach(
  ordered: readonly NodeProto[],
  next: (node: NodeProto) => readonly NodeProto[],
  holds: (node: NodeProto) => boolean,
): Set<NodeProto> {
  const found = new Set<NodeProto>();
  for (const node of ordered) if (next(node).some((one) => holds(one) || found.has(one))) found.add(node);
  return found;
}
