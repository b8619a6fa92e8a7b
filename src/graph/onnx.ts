// A typed builder for ONNX graphs: every value knows its dimensions, which are inferred node by node.
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
} from 'onnx-buf';
import { inferDims } from './shapes.ts';
import type { Attribute, Attributes, Dim, Domain, Value } from './values.ts';

/** The opset of every graph this project writes. */
export const opset = 17;
const irVersion = 8n;

interface NodeRecord {
  readonly opType: string;
  readonly domain: Domain;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attributes: Attributes;
}

export interface OnnxGraph {
  /** Declares a float32 input. */
  input(name: string, dims: readonly Dim[]): Value;
  /** A constant float32 tensor; equal small constants are stored once. */
  constant(data: Float32Array, dims: readonly number[], name?: string): Value;
  /** A float32 scalar constant. */
  scalar(value: number): Value;
  /** A constant int64 vector. */
  ints(values: readonly number[]): Value;
  /** Adds a node with one output. An undefined input is an omitted optional one. */
  node(opType: string, inputs: readonly (Value | undefined)[], attributes?: Attributes, domain?: Domain): Value;
  /** Adds a node with outputs of the given dimensions: those of operators whose shapes are not inferred here. */
  nodes(
    opType: string,
    inputs: readonly (Value | undefined)[],
    outputs: readonly (readonly number[])[],
    attributes: Attributes,
    domain: Domain,
  ): Value[];
  /** Marks a value as an output; `name`, where given, renames it. */
  output(value: Value, name?: string): void;
  /** The values declared as inputs, in order. */
  readonly inputs: readonly Value[];
  /** The values marked as outputs, in order. */
  readonly outputs: Value[];
  /** The int64 vector behind a constant made by `ints`, if it is one. */
  intsOf(value: Value): readonly number[] | undefined;
  /** The finished model as protobuf bytes. */
  encode(metadata?: Readonly<Record<string, string>>): Uint8Array;
  /** The finished model with one more output in front, a sequence named `inPlaceMarker`: see `runInPlace` in runtime/. */
  encodeInPlace(): Uint8Array;
}

/** The output that marks a model whose other outputs are only ever written in place. */
export const inPlaceMarker = 'in-place-marker';

/** Starts an empty graph. Names it makes begin with `prefix`: two graphs that exchange values need different ones. */
export function createGraph(graphName = 'graph', prefix = ''): OnnxGraph {
  const nodes: NodeRecord[] = [];
  const inputs: Value[] = [];
  const outputs: Value[] = [];
  const initializers: { name: string; dataType: DataType; dims: readonly number[]; data: Uint8Array }[] = [];
  const shared = new Map<string, Value>();
  const intVectors = new Map<string, readonly number[]>();
  let counter = 0;
  const fresh = (kind: string): string => `${prefix}${kind}${counter++}`;

  const initializer = (
    name: string,
    dataType: DataType,
    dims: readonly number[],
    array: Float32Array | BigInt64Array,
  ) => {
    initializers.push({ name, dataType, dims, data: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) });
    return { name, dims };
  };
  const share = (key: string, make: () => Value): Value => {
    const known = shared.get(key);
    if (known) return known;
    const value = make();
    shared.set(key, value);
    return value;
  };

  const graph: OnnxGraph = {
    inputs,
    outputs,
    input(name, dims) {
      const value = { name, dims };
      inputs.push(value);
      return value;
    },
    constant(data, dims, name) {
      const size = dims.reduce((a, b) => a * b, 1);
      if (size !== data.length) throw new Error(`constant of ${data.length} values does not fill [${dims}]`);
      if (name !== undefined || data.length > 64) return initializer(name ?? fresh('c'), DataType.FLOAT, dims, data);
      return share(`f:${dims}:${data}`, () => initializer(fresh('c'), DataType.FLOAT, dims, data));
    },
    scalar: (value) => graph.constant(new Float32Array([value]), []),
    ints: (values) =>
      share(`i:${values}`, () => {
        const value = initializer(fresh('i'), DataType.INT64, [values.length], new BigInt64Array(values.map(BigInt)));
        intVectors.set(value.name, values);
        return value;
      }),
    intsOf: (value) => intVectors.get(value.name),
    node(opType, ins, attributes = {}, domain = '') {
      const dims = inferDims({ opType, domain, attributes, inputs: ins, intsOf: graph.intsOf });
      const made = { name: fresh('t'), dims };
      nodes.push({ opType, domain, input: ins.map((v) => v?.name ?? ''), output: [made.name], attributes });
      return made;
    },
    nodes(opType, ins, outs, attributes, domain) {
      const made = outs.map((dims) => ({ name: fresh('t'), dims }));
      nodes.push({
        opType,
        domain,
        input: ins.map((v) => v?.name ?? ''),
        output: made.map((v) => v.name),
        attributes,
      });
      return made;
    },
    output(value, name) {
      if (name === undefined || name === value.name) {
        outputs.push(value);
        return;
      }
      // An input keeps its own name; what comes out under another is a copy.
      if (inputs.includes(value)) {
        nodes.push({ opType: 'Identity', domain: '', input: [value.name], output: [name], attributes: {} });
        outputs.push({ name, dims: value.dims });
        return;
      }
      nodes.forEach((node, i) => {
        const rename = (n: string): string => (n === value.name ? name : n);
        nodes[i] = { ...node, input: node.input.map(rename), output: node.output.map(rename) };
      });
      outputs.push({ name, dims: value.dims });
    },
    encode: (metadata = {}) => toBinary(ModelProtoSchema, toModel(metadata)),
    encodeInPlace() {
      const one = graph.scalar(1);
      const model = toModel({}, [one.name]);
      const graphProto = model.graph!;
      const marker = create(GraphProtoSchema, {
        node: [{ opType: 'SequenceConstruct', input: [one.name], output: [inPlaceMarker] }],
        output: [
          {
            name: inPlaceMarker,
            type: {
              value: {
                case: 'sequenceType',
                value: { elemType: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT } } } },
              },
            },
          },
        ],
      });
      graphProto.node.push(...marker.node);
      graphProto.output.unshift(...marker.output);
      return toBinary(ModelProtoSchema, model);
    },
  };

  function toModel(metadata: Readonly<Record<string, string>>, alsoUsed: readonly string[] = []): ModelProto {
    const used = new Set([...nodes.flatMap((node) => node.input), ...alsoUsed]);
    const usedDomains = new Set<string>(['', ...nodes.map((node) => node.domain)]);
    return create(ModelProtoSchema, {
      irVersion,
      producerName: 'proxyless-ci',
      opsetImport: [...usedDomains].map((domain) => ({ domain, version: BigInt(domain === '' ? opset : 1) })),
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: graphName,
        node: nodes.map((node) => ({
          opType: node.opType,
          domain: node.domain,
          input: [...node.input],
          output: [...node.output],
          attribute: Object.entries(node.attributes).map(([name, value]) => encodeAttribute(name, value)),
        })),
        initializer: initializers
          .filter((tensor) => used.has(tensor.name))
          .map(({ name, dataType, dims, data }) => ({
            name,
            dataType,
            dims: dims.map(BigInt),
            rawData: data as Uint8Array<ArrayBuffer>,
          })),
        input: inputs.map(encodeValueInfo),
        output: outputs.map(encodeValueInfo),
      },
    });
  }

  return graph;
}

function encodeAttribute(name: string, value: Attribute) {
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: BigInt(value) };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  if ('floats' in value) return { name, type: AttributeType.FLOATS, floats: [...value.floats] };
  return { name, type: AttributeType.INTS, ints: value.map(BigInt) };
}

function encodeValueInfo(value: Value) {
  const dim = value.dims.map((d) =>
    typeof d === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(d) } }
      : { value: { case: 'dimParam' as const, value: d } },
  );
  return {
    name: value.name,
    type: { value: { case: 'tensorType' as const, value: { elemType: DataType.FLOAT, shape: { dim } } } },
  };
}

/** The entry of ONNX's own operators in what a model imports, with their version. */
export const standardOpset = ({ opsetImport }: ModelProto): ModelProto['opsetImport'][number] | undefined =>
  opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');

/**
 * Decodes an ONNX model.
 * @throws Error when the bytes are not a model
 */
export function decodeModel(bytes: Uint8Array): ModelProto {
  const model = fromBinary(ModelProtoSchema, bytes);
  // Protocol buffers also accept an empty file, and a file that ends between two fields; every model has a graph and an opset.
  if (!model.graph || model.opsetImport.length === 0) throw new Error('not an ONNX model, or one that is cut short');
  return model;
}
