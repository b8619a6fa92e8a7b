// Any ONNX model with image inputs, ready to be timed: what its inputs are, what they are fed, outputs cut so that copying them costs nothing.
import { create, toBinary } from '@bufbuild/protobuf';
import {
  TensorProto_DataType as DataType,
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
  TensorProto_DataLocation,
  type ValueInfoProto,
} from 'onnx-buf';
import { Tensor } from 'onnxruntime-node';
import { decodeModel } from '../graph/onnx.ts';
import { UserError } from '../lib/errors.ts';
import type { Random } from '../lib/random.ts';

/** A model to measure. */
export interface TimedModel {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Of the image input, where the model leaves them open. */
  readonly height?: number;
  readonly width?: number;
}

/** A model as it is timed. */
export interface ImageModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly ImageInput[];
  /** Numbers that the model holds as constants: its weights, where batch norm is folded and shapes are not counted. */
  readonly parameters: number;
  /** Values for the model's named open dimensions. */
  readonly dimensions: Readonly<Record<string, number>>;
}

export interface ImageInput {
  readonly name: string;
  readonly type: 'float32' | 'float16' | 'uint8';
  /** [1, C, H, W] or [1, H, W, C]. */
  readonly dims: readonly number[];
  readonly height: number;
  readonly width: number;
}

/** Operator sets that the CPU build of ONNX Runtime has. */
const knownDomains = [
  '',
  'ai.onnx',
  'ai.onnx.ml',
  'com.microsoft',
  'com.microsoft.nchwc',
  'com.microsoft.experimental',
];

/** The opset from which Slice takes its bounds as inputs. */
const sliceWithInputs = 10;

/**
 * Reads a model and its image inputs: four dimensions of float32, float16 or uint8, batch first, channels second or last.
 * @throws UserError when it is no ONNX model, needs files or operators that are not there, or has an input that is no image of known size
 */
export function readImageModel(model: TimedModel): ImageModel {
  const { name } = model;
  const decoded = decodeOrRefuse(model);
  const graph = decoded.graph!;
  const local = new Set(decoded.functions.map(({ domain }) => domain));
  const foreign = graph.node.find(({ domain }) => !knownDomains.includes(domain) && !local.has(domain));
  if (foreign) {
    throw new UserError(
      `${name}: uses the custom operator ${foreign.domain}.${foreign.opType}, which ONNX Runtime does not have; ` +
        'export the model with standard operators only',
    );
  }
  if (keepsDataOutside(graph) || decoded.functions.some(({ node }) => node.some(nodeKeepsDataOutside))) {
    throw new UserError(`${name}: keeps its weights in a separate file; save it as one file with its weights inside`);
  }
  const constants = new Set(graph.initializer.map((initializer) => initializer.name));
  const stated = graph.input.filter((input) => !constants.has(input.name));
  if (stated.length === 0) throw new UserError(`${name}: has no input; only models with image inputs can be measured`);
  const inputs = stated.map((input) => imageInput(input, model));
  const parameters = graph.initializer
    .filter(({ dataType }) => weightTypes.includes(dataType))
    .reduce((sum, { dims }) => sum + dims.reduce((product, dim) => product * Number(dim), 1), 0);
  const dimensions = Object.fromEntries(inputs.flatMap(({ symbolic }) => symbolic));
  return { bytes: cutOutputs(decoded), inputs: inputs.map(({ input }) => input), parameters, dimensions };
}

/** Random pixels for an input: standard normal floats, or bytes. */
export function randomImage({ type, dims }: ImageInput, random: Random): Tensor {
  const length = dims.reduce((a, b) => a * b, 1);
  if (type === 'float32')
    return new Tensor(
      type,
      Float32Array.from({ length }, () => random.normal()),
      dims,
    );
  if (type === 'uint8')
    return new Tensor(
      type,
      Uint8Array.from({ length }, () => random.int(256)),
      dims,
    );
  // Half floats from 1 to 2 by their bits: exponent 0, ten random bits of fraction.
  return new Tensor(
    type,
    Uint16Array.from({ length }, () => 0x3c00 | random.int(1024)),
    dims,
  );
}

function decodeOrRefuse({ name, bytes }: TimedModel): ModelProto {
  try {
    return decodeModel(bytes);
  } catch {
    throw new UserError(`${name}: not an ONNX model, or a damaged one`);
  }
}

const isOutside = ({ dataLocation }: TensorProto): boolean => dataLocation === TensorProto_DataLocation.EXTERNAL;

/** Whether a tensor of a graph, or of a branch or loop within it, has its values in another file. */
function keepsDataOutside({ initializer, node }: GraphProto): boolean {
  return initializer.some(isOutside) || node.some(nodeKeepsDataOutside);
}

function nodeKeepsDataOutside({ attribute }: NodeProto): boolean {
  return attribute.some(({ t, tensors, g, graphs }) => {
    const [inner, own] = [g ? [g, ...graphs] : graphs, t ? [t, ...tensors] : tensors];
    return own.some(isOutside) || inner.some(keepsDataOutside);
  });
}

function imageInput(
  { name, type }: ValueInfoProto,
  model: TimedModel,
): { readonly input: ImageInput; readonly symbolic: readonly (readonly [string, number])[] } {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  const element = elementTypes.get(tensor?.elemType ?? -1);
  const stated = tensor?.shape?.dim.map(({ value }) => value) ?? [];
  const fixed = stated.map((dim) => (dim.case === 'dimValue' && dim.value > 0n ? Number(dim.value) : undefined));
  const channelsLast = isColors(fixed[3]) && !isColors(fixed[1]);
  const [channels, height, width] = channelsLast ? [3, 1, 2] : [1, 2, 3];
  if (!element || stated.length !== 4 || fixed[channels!] === undefined) {
    throw new UserError(
      `${model.name}: input "${name}" is not an image: it must have four dimensions, [batch, channels, height, width] or ` +
        '[batch, height, width, channels], a stated number of channels, and float32, float16 or uint8 values',
    );
  }
  const dims = fixed.map((dim, axis) => {
    const asked = axis === height ? model.height : axis === width ? model.width : axis === 0 ? 1 : undefined;
    const size = dim ?? asked;
    if (size === undefined) {
      throw new UserError(
        `${model.name}: input "${name}" has no fixed height and width; say at which size to measure: --size HEIGHTxWIDTH`,
      );
    }
    return size;
  });
  const symbolic = stated.flatMap((dim, axis) => (dim.case === 'dimParam' ? [[dim.value, dims[axis]!] as const] : []));
  return { input: { name, type: element, dims, height: dims[height!]!, width: dims[width!]! }, symbolic };
}

const elementTypes = new Map<number, ImageInput['type']>([
  [DataType.FLOAT, 'float32'],
  [DataType.FLOAT16, 'float16'],
  [DataType.UINT8, 'uint8'],
]);

/** Of initializers that are weights; int64 and int32 ones are shapes and indices. */
const weightTypes: readonly number[] = [
  DataType.FLOAT,
  DataType.FLOAT16,
  DataType.BFLOAT16,
  DataType.DOUBLE,
  DataType.INT8,
  DataType.UINT8,
];

const isColors = (channels: number | undefined): boolean => channels === 1 || channels === 3 || channels === 4;

/**
 * Cuts every output of a model to the first column. onnxruntime-node copies each output into a new ArrayBuffer in every run, even where an
 * output tensor is given, and the fresh pages cost up to 0.4 ms per 100 KB, on and off with the garbage collector: none of it is the
 * model's, and other hosts of ONNX Runtime do not have it. Outputs without a last dimension, and those of old operator sets, stay whole.
 */
function cutOutputs(model: ModelProto): Uint8Array {
  const graph = model.graph!;
  const standard = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  if (Number(standard?.version ?? 0) < sliceWithInputs) return toBinary(ModelProtoSchema, model);
  const cut = graph.output.map((output) => {
    const tensor = output.type?.value.case === 'tensorType' ? output.type.value.value : undefined;
    const whole = !tensor?.shape || tensor.shape.dim.length === 0;
    return { output, whole, name: `${output.name}/first-column`, elemType: tensor?.elemType ?? 0 };
  });
  const vector = (name: string, value: number) => ({
    name,
    dataType: DataType.INT64,
    dims: [1n],
    int64Data: [BigInt(value)],
  });
  const shortened = cut.filter(({ whole }) => !whole);
  const additions = create(GraphProtoSchema, {
    node: shortened.map(({ name, output }) => ({
      opType: 'Slice',
      input: [output.name, 'cut/0', 'cut/1', 'cut/-1'],
      output: [name],
    })),
    initializer: [vector('cut/0', 0), vector('cut/1', 1), vector('cut/-1', -1)],
    output: shortened.map(({ name, elemType }) => ({
      name,
      type: { value: { case: 'tensorType' as const, value: { elemType } } },
    })),
  });
  graph.node.push(...additions.node);
  graph.initializer.push(...additions.initializer);
  graph.output = [...additions.output, ...cut.filter(({ whole }) => whole).map(({ output }) => output)];
  return toBinary(ModelProtoSchema, model);
}
