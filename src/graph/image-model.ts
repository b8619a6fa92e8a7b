// Any ONNX model with an image input: what its inputs are, at which size, and whether ONNX Runtime can run it.
import {
  TensorProto_DataType as DataType,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  TensorProto_DataLocation,
  type ValueInfoProto,
} from 'onnx-buf';
import { UserError } from '../lib/errors.ts';
import { decodeModel } from './onnx.ts';

/** A model as it is read from a file. */
export interface ModelSource {
  /** What errors call it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Sides of the image input, where the model leaves them open. */
  readonly height?: number | undefined;
  readonly width?: number | undefined;
}

/** A model and what it takes. */
export interface ImageModel {
  readonly model: ModelProto;
  /** At least one. */
  readonly inputs: readonly ImageInput[];
  /** Inputs beside the images, such as the state of a recurrent model. They are fed zeros. */
  readonly others: readonly OtherInput[];
  /** Number of values in the model's constants that are weights (`weightTypes`). Where batch norm is folded, these are its parameters. */
  readonly parameters: number;
  /** Values for the model's named open dimensions. */
  readonly dimensions: Readonly<Record<string, number>>;
}

export interface ImageInput {
  readonly name: string;
  readonly type: 'float32' | 'float16' | 'uint8';
  /** [1, C, H, W] or [1, H, W, C]. */
  readonly dims: readonly number[];
  readonly layout: 'NCHW' | 'NHWC';
  readonly height: number;
  readonly width: number;
}

export interface OtherInput {
  readonly name: string;
  readonly type: 'float32' | 'float16' | 'uint8' | 'int8' | 'int32' | 'int64' | 'bool' | 'float64';
  readonly dims: readonly number[];
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

/**
 * Reads a model and its image inputs: four dimensions of float32, float16 or uint8, batch first, channels second or last.
 * @throws UserError when it is not an ONNX model, needs files or operators that are missing, has no image input, or has an input of unknown size
 */
export function readImageModel(source: ModelSource): ImageModel {
  const { name } = source;
  const decoded = decodeOrRefuse(source);
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
  const read = stated.map((input) => readInput(input, source));
  const inputs = read.flatMap(({ image }) => image ?? []);
  if (inputs.length === 0) throw noImage(name, stated[0]!.name);
  const parameters = countWeights(graph);
  const dimensions = Object.fromEntries(read.flatMap(({ symbolic }) => symbolic));
  return { model: decoded, inputs, others: read.flatMap(({ other }) => other ?? []), parameters, dimensions };
}

function decodeOrRefuse({ name, bytes }: ModelSource): ModelProto {
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

/** Values of weights: of initializers, and of constants, as which some exporters write them; also in branches and loops. */
function countWeights({ initializer, node }: GraphProto): number {
  const attributes = node.flatMap(({ attribute }) => attribute);
  const constants = node.flatMap(({ opType, attribute }) =>
    opType === 'Constant' ? attribute.flatMap(({ name, t }) => (name === 'value' && t ? [t] : [])) : [],
  );
  const own = [...initializer, ...constants]
    .filter(({ dataType }) => weightTypes.includes(dataType))
    .reduce((sum, { dims }) => sum + dims.reduce((product, dim) => product * Number(dim), 1), 0);
  const inner = attributes.flatMap(({ g, graphs }) => (g ? [g, ...graphs] : graphs));
  return inner.reduce((sum, one) => sum + countWeights(one), own);
}

const noImage = (model: string, input: string): UserError =>
  new UserError(
    `${model}: input "${input}" is not an image: it must have four dimensions, [batch, channels, height, width] or ` +
      '[batch, height, width, channels], a stated number of channels, and float32, float16 or uint8 values',
  );

interface ReadInput {
  readonly image?: ImageInput;
  readonly other?: OtherInput;
  /** Values of its named open dimensions. */
  readonly symbolic: readonly (readonly [string, number])[];
}

function readInput({ name, type }: ValueInfoProto, source: ModelSource): ReadInput {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  const element = imageTypes.get(tensor?.elemType ?? -1);
  const stated = tensor?.shape?.dim.map(({ value }) => value) ?? [];
  const fixed = stated.map((dim) => (dim.case === 'dimValue' && dim.value > 0n ? Number(dim.value) : undefined));
  const symbols = (dims: readonly number[]) =>
    stated.flatMap((dim, axis) => (dim.case === 'dimParam' ? [[dim.value, dims[axis]!] as const] : []));
  const channelsLast = isColors(fixed[3]) && !isColors(fixed[1]);
  const [channels, height, width] = channelsLast ? [3, 1, 2] : [1, 2, 3];
  if (!element || stated.length !== 4 || fixed[channels!] === undefined) {
    const other = otherTypes.get(tensor?.elemType ?? -1);
    const dims = fixed.map((dim, axis) => dim ?? (axis === 0 ? 1 : undefined));
    if (!other || !tensor?.shape || dims.includes(undefined)) throw noImage(source.name, name);
    return { other: { name, type: other, dims: dims as number[] }, symbolic: symbols(dims as number[]) };
  }
  const dims = fixed.map((dim, axis) => {
    const asked = axis === height ? source.height : axis === width ? source.width : axis === 0 ? 1 : undefined;
    const size = dim ?? asked;
    if (size === undefined) {
      throw new UserError(
        `${source.name}: input "${name}" has no fixed height and width; say at which size: --size HEIGHTxWIDTH`,
      );
    }
    return size;
  });
  if (dims[0] !== 1)
    throw new UserError(
      `${source.name}: input "${name}" has a fixed batch of ${dims[0]}; export it with a batch of 1, or an open one`,
    );
  const layout = channelsLast ? 'NHWC' : 'NCHW';
  const image: ImageInput = { name, type: element, dims, layout, height: dims[height!]!, width: dims[width!]! };
  return { image, symbolic: symbols(dims) };
}

const imageTypes = new Map<number, ImageInput['type']>([
  [DataType.FLOAT, 'float32'],
  [DataType.FLOAT16, 'float16'],
  [DataType.UINT8, 'uint8'],
]);
const otherTypes = new Map<number, OtherInput['type']>([
  ...imageTypes,
  [DataType.INT8, 'int8'],
  [DataType.INT32, 'int32'],
  [DataType.INT64, 'int64'],
  [DataType.BOOL, 'bool'],
  [DataType.DOUBLE, 'float64'],
]);

/** Types of initializers that are weights; int64 and int32 ones are shapes and indices. */
const weightTypes: readonly number[] = [
  DataType.FLOAT,
  DataType.FLOAT16,
  DataType.BFLOAT16,
  DataType.DOUBLE,
  DataType.INT8,
  DataType.UINT8,
];

const isColors = (channels: number | undefined): boolean => channels === 1 || channels === 3 || channels === 4;
