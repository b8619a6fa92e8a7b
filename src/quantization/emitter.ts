// The nodes and constants of an int8 graph as they are written: bytes of tensors, and the float values that are read from them.
import { create } from '@bufbuild/protobuf';
import {
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  type GraphProto,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from 'onnx-buf';
import { type QuantizedConvolution, type Scale, scaleOf, type TensorScale } from './parameters.ts';
import { floatsOf, valuesReadBy } from './prepare.ts';
import { emptyRange, widen } from './ranges.ts';

export interface Emitter {
  /** Adds a node as it is. */
  keep(node: NodeProto): void;
  /** Adds a node with one output. */
  put(opType: string, input: readonly string[], output: string, attributes?: NodeProto['attribute']): void;
  /** The bytes of a tensor; where float32 nodes made it, they are made here, once. */
  bytes(name: string): string;
  /** A byte constant of one value. */
  byte(name: string, value: number): string;
  /** A value read from bytes. */
  read(bytes: string, as: string, scale: Scale): string;
  /** A tensor or a constant as an int8 node reads it. Each reader has a node of its own, which ONNX Runtime fuses into it. */
  operand(name: string): string;
  /** A convolution's weight and bias as int8 and int32, read back to float. */
  weights(of: string, dims: readonly number[], quantized: QuantizedConvolution): [weight: string, bias: string];
  /** Ends an int8 node: its value becomes bytes, and is float again under the tensor's own name. @param value undefined: it is bytes already */
  finish(name: string, value: string | undefined): void;
  /** The values that a convolution is made of. */
  constant(name: string): TensorProto | undefined;
  /** Puts what was written in place of the graph's nodes; values and constants that nobody reads are left out. */
  replace(): void;
}

const bytesName = (name: string): string => `${name}/bytes`;

export function createEmitter(graph: GraphProto, scales: ReadonlyMap<string, TensorScale>): Emitter {
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const nodes: NodeProto[] = [];
  const added = new Map<string, TensorProto>();
  const written = new Set<string>();
  let readers = 0;

  const add = (name: string, dataType: DataType, dims: readonly number[], { buffer }: ArrayBufferView): string => {
    const rawData = new Uint8Array(buffer as ArrayBuffer);
    added.set(name, create(TensorProtoSchema, { name, dataType, dims: dims.map(BigInt), rawData }));
    return name;
  };
  const scaleNames = (of: string, { scale, zeroPoint }: Scale): [string, string] => [
    add(`${of}/scale`, DataType.FLOAT, [], Float32Array.of(scale)),
    add(`${of}/zero`, DataType.UINT8, [], Uint8Array.of(zeroPoint)),
  ];
  const emitter: Emitter = {
    keep: (node) => nodes.push(node),
    put(opType, input, output, attribute = []) {
      nodes.push(create(NodeProtoSchema, { name: output, opType, input: [...input], output: [output], attribute }));
    },
    bytes(name) {
      if (!written.has(name)) quantize(name, name);
      return bytesName(name);
    },
    byte: (name, value) => add(name, DataType.UINT8, [], Uint8Array.of(value)),
    read(bytes, as, scale) {
      emitter.put('DequantizeLinear', [bytes, ...scaleNames(as, scale)], as);
      return as;
    },
    operand(name) {
      const constant = constants.get(name);
      const as = `${name}/read${readers++}`;
      if (!constant) return emitter.read(emitter.bytes(name), as, scales.get(name)!.read);
      const values = floatsOf(constant)!;
      const scale = scaleOf(widen(emptyRange, values));
      const bytes = Uint8ClampedArray.from(values, (v) => Math.round(v / scale.scale) + scale.zeroPoint);
      return emitter.read(add(bytesName(as), DataType.UINT8, constant.dims.map(Number), bytes), as, scale);
    },
    weights(of, dims, { weight, weightScale, bias, biasScale }) {
      const channels = [dims[0]!];
      const axis = [create(AttributeProtoSchema, { name: 'axis', type: AttributeType.INT, i: 0n })];
      const [w, b] = [`${of}/int8/weight`, `${of}/int8/bias`];
      const readBack = (name: string, dataType: DataType, size: readonly number[], values: Int8Array | Int32Array) => {
        const zeros = dataType === DataType.INT8 ? new Int8Array(dims[0]!) : new Int32Array(dims[0]!);
        const inputs = [
          add(name, dataType, size, values),
          add(`${name}/scale`, DataType.FLOAT, channels, dataType === DataType.INT8 ? weightScale : biasScale),
          add(`${name}/zero`, dataType, channels, zeros),
        ];
        emitter.put('DequantizeLinear', inputs, `${name}/read`, axis);
      };
      readBack(w, DataType.INT8, dims, weight);
      readBack(b, DataType.INT32, channels, bias);
      return [`${w}/read`, `${b}/read`];
    },
    finish(name, value) {
      if (value !== undefined) quantize(name, value);
      written.add(name);
      emitter.read(bytesName(name), name, scales.get(name)!.read);
    },
    constant: (name) => constants.get(name),
    replace() {
      const used = new Set([...nodes.flatMap(valuesReadBy), ...graph.output.map(({ name }) => name)]);
      graph.node = nodes.filter(({ opType, output }) => opType !== 'DequantizeLinear' || used.has(output[0]!));
      const read = new Set(graph.node.flatMap(valuesReadBy));
      graph.initializer = [...graph.initializer, ...added.values()].filter(({ name }) => read.has(name));
      graph.valueInfo = [];
    },
  };
  function quantize(name: string, from: string): void {
    written.add(name);
    emitter.put('QuantizeLinear', [from, ...scaleNames(bytesName(name), scales.get(name)!.write)], bytesName(name));
  }
  return emitter;
}
