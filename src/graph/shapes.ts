// Shape inference for the operators this project writes (ONNX operator specification, opset 17; ONNX Runtime's contrib operators).
import type { Attribute, Attributes, Dim, Domain, Value } from './values.ts';

interface NodeShape {
  readonly opType: string;
  readonly domain: Domain;
  readonly attributes: Attributes;
  readonly inputs: readonly (Value | undefined)[];
  intsOf(value: Value): readonly number[] | undefined;
}
type Dims = readonly Dim[];

/**
 * The dimensions of a node's one output.
 * @throws Error when the operator is unknown or its inputs do not fit: a bug in the caller, never a user's
 */
export function inferDims(node: NodeShape): Dims {
  const infer = rules[node.opType];
  if (!infer) throw new Error(`no shape rule for operator ${node.opType}`);
  return infer(node);
}

const fail = (node: NodeShape, why: string): never => {
  throw new Error(`${node.opType}(${node.inputs.map((v) => (v ? `[${v.dims}]` : '-')).join(', ')}): ${why}`);
};
const dims = (node: NodeShape, i: number): Dims => node.inputs[i]?.dims ?? fail(node, `input ${i} is missing`);
const numeric = (node: NodeShape, d: Dim | undefined): number =>
  typeof d === 'number' ? d : fail(node, `dimension ${d} must be known`);
const intAttribute = (attribute: Attribute | undefined, fallback: number): number =>
  typeof attribute === 'number' ? attribute : fallback;
const intsAttribute = (attribute: Attribute | undefined): readonly number[] | undefined =>
  Array.isArray(attribute) ? (attribute as readonly number[]) : undefined;
const intsInput = (node: NodeShape, i: number): readonly number[] => {
  const value = node.inputs[i];
  return (value && node.intsOf(value)) ?? fail(node, `input ${i} must be a constant int64 vector`);
};

const same = (node: NodeShape): Dims => dims(node, 0);

function broadcastDims(node: NodeShape, a: Dims, b: Dims): Dims {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - (rank - a.length)] ?? 1;
    const y = b[i - (rank - b.length)] ?? 1;
    if (x === y || y === 1) return x;
    return x === 1 ? y : fail(node, 'operands do not broadcast');
  });
}
const broadcast = (node: NodeShape): Dims =>
  node.inputs.map((_, i) => dims(node, i)).reduce((a, b) => broadcastDims(node, a, b));

/** Output side of a window operator. */
function windowOutput(
  side: number,
  kernel: number,
  stride: number,
  dilation: number,
  padBegin: number,
  padEnd: number,
): number {
  return Math.floor((side + padBegin + padEnd - dilation * (kernel - 1) - 1) / stride) + 1;
}

function windowDims(node: NodeShape, channels: Dim, kernel: readonly number[]): Dims {
  const [n, , h, w] = dims(node, 0);
  const stride = intsAttribute(node.attributes.strides) ?? [1, 1];
  const dilation = intsAttribute(node.attributes.dilations) ?? [1, 1];
  const pads = intsAttribute(node.attributes.pads) ?? [0, 0, 0, 0];
  const out = [h, w].map((side, i) =>
    windowOutput(numeric(node, side), kernel[i]!, stride[i]!, dilation[i]!, pads[i]!, pads[i + 2]!),
  );
  if (out.some((side) => side < 1)) fail(node, `window does not fit (${out})`);
  return [n!, channels, ...out];
}

function conv(node: NodeShape): Dims {
  const w = dims(node, 1);
  const kernel = intsAttribute(node.attributes.kernel_shape) ?? w.slice(2).map((d) => numeric(node, d));
  const group = intAttribute(node.attributes.group, 1);
  const channels = numeric(node, dims(node, 0)[1]);
  // The blocked domain pads a small first operand, so only standard convolutions are checked to the channel.
  if (node.domain === '' && channels !== numeric(node, w[1]) * group)
    fail(node, `channels do not match group ${group}`);
  return windowDims(node, w[0]!, kernel);
}

function matmul(node: NodeShape): Dims {
  const flip = (d: Dims, on: number): Dims => (on ? [...d.slice(0, -2), d.at(-1)!, d.at(-2)!] : d);
  const a = flip(dims(node, 0), intAttribute(node.attributes.transA, 0));
  const b = flip(dims(node, 1), intAttribute(node.attributes.transB, 0));
  if (a.at(-1) !== b.at(-2)) fail(node, 'inner dimensions differ');
  return [...broadcastDims(node, a.slice(0, -2), b.slice(0, -2)), a.at(-2)!, b.at(-1)!];
}

function reshape(node: NodeShape): Dims {
  const from = dims(node, 0);
  const target = intsInput(node, 1).map((d, i) => (d === 0 ? from[i]! : d));
  const size = (d: Dims): number => d.reduce<number>((a, b) => (typeof b === 'number' ? a * b : a), 1);
  const dynamic = from.filter((d) => typeof d === 'string');
  if (target.includes(-1)) {
    const rest = size(target.filter((d) => d !== -1));
    const keeps = target.some((d) => typeof d === 'string');
    const known = size(from) / rest;
    return target.map((d) => (d === -1 ? (dynamic.length > 0 && !keeps ? dynamic[0]! : known) : d));
  }
  if (size(target) !== size(from)) fail(node, `cannot become [${target}]`);
  return target;
}

function reduce(node: NodeShape): Dims {
  const from = dims(node, 0);
  const axes = intsAttribute(node.attributes.axes) ?? (node.inputs[1] ? intsInput(node, 1) : from.map((_, i) => i));
  const set = new Set(axes.map((axis) => (axis < 0 ? axis + from.length : axis)));
  const keep = intAttribute(node.attributes.keepdims, 1) === 1;
  return keep ? from.map((d, i) => (set.has(i) ? 1 : d)) : from.filter((_, i) => !set.has(i));
}

function concat(node: NodeShape): Dims {
  const first = dims(node, 0);
  const axis = (intAttribute(node.attributes.axis, 0) + first.length) % first.length;
  const total = node.inputs.reduce((sum, _, i) => sum + numeric(node, dims(node, i)[axis]), 0);
  return first.map((d, i) => (i === axis ? total : d));
}

function slice(node: NodeShape): Dims {
  const from = dims(node, 0);
  const [starts, ends] = [intsInput(node, 1), intsInput(node, 2)];
  const axes = node.inputs[3] ? intsInput(node, 3) : from.map((_, i) => i);
  const steps = node.inputs[4] ? intsInput(node, 4) : axes.map(() => 1);
  const result = [...from];
  axes.forEach((axis, i) => {
    const side = numeric(node, from[axis]);
    const step = steps[i]!;
    // A backward slice starts at the last element at the latest and may run past the first one.
    const resolve = (x: number, low: number, high: number): number =>
      Math.max(low, Math.min(high, x < 0 ? x + side : x));
    const first = resolve(starts[i]!, 0, step > 0 ? side : side - 1);
    const last = step > 0 ? resolve(ends[i]!, 0, side) : resolve(ends[i]!, -1, side - 1);
    result[axis] = Math.max(0, Math.ceil((last - first) / step));
  });
  return result;
}

function pad(node: NodeShape): Dims {
  const from = dims(node, 0);
  const pads = intsInput(node, 1);
  return from.map((d, i) => {
    const extra = pads[i]! + pads[i + from.length]!;
    return extra === 0 ? d : numeric(node, d) + extra;
  });
}

const rules: Readonly<Record<string, (node: NodeShape) => Dims>> = {
  ...Object.fromEntries(
    [
      'Relu',
      'Sigmoid',
      'HardSigmoid',
      'HardSwish',
      'Clip',
      'Sqrt',
      'Reciprocal',
      'Neg',
      'Abs',
      'Log',
      'Softplus',
      'Identity',
    ].map((op) => [op, same]),
  ),
  ...Object.fromEntries(['Add', 'Sub', 'Mul', 'Div', 'Max'].map((op) => [op, broadcast])),
  Conv: conv,
  MaxPool: (node) => windowDims(node, dims(node, 0)[1]!, intsAttribute(node.attributes.kernel_shape)!),
  MatMul: matmul,
  FusedMatMul: matmul,
  Reshape: reshape,
  ReduceSum: reduce,
  ReduceMean: reduce,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Transpose: (node) => (intsAttribute(node.attributes.perm) ?? []).map((axis) => dims(node, 0)[axis]!),
  GlobalAveragePool: (node) => [dims(node, 0)[0]!, dims(node, 0)[1]!, 1, 1],
  ReorderInput: same,
  ReorderOutput: (node) => {
    const [n, , h, w] = dims(node, 0);
    const channels = intAttribute(node.attributes.channels, 0);
    return intAttribute(node.attributes.channels_last, 0) === 1 ? [n!, h!, w!, channels] : [n!, channels, h!, w!];
  },
  // `sizes` (input 3) give all sides. `scales` are floats, whose values no rule can see: then the code that adds the node has to know the sides.
  Resize: (node) => {
    const [n, c] = dims(node, 0);
    return node.inputs[3] ? [n!, c!, ...intsInput(node, 3).slice(2)] : [n!, c!, 'height', 'width'];
  },
};
