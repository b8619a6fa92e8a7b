// A model ready to be timed: random pixels as its input, and outputs cut so that copying them costs almost nothing.
import { create, toBinary } from '@bufbuild/protobuf';
import { TensorProto_DataType as DataType, GraphProtoSchema, type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { Tensor } from 'onnxruntime-node';
import { type ImageInput, type ImageModel, type ModelSource, readImageModel } from '../graph/image-model.ts';
import { standardOpset } from '../graph/onnx.ts';
import type { Random } from '../lib/random.ts';
import { zeros } from '../runtime/tensors.ts';

/** A model to measure. */
export type TimedModel = ModelSource;

/** A model as it is timed. */
export interface PreparedModel extends Pick<ImageModel, 'dimensions'> {
  readonly bytes: Uint8Array;
  /** What is fed: random pixels, and zeros for inputs that are not images. */
  readonly feeds: Readonly<Record<string, Tensor>>;
}

/**
 * Prepares models that are compared: their outputs are cut alike, or not at all.
 * @throws UserError when a model cannot be measured
 */
export function prepareToTime(sources: readonly TimedModel[], random: Random): PreparedModel[] {
  const images = sources.map(readImageModel);
  const cut = images.every(canCutOutputs);
  return images.map(({ model, inputs, others, dimensions }) => ({
    bytes: cut ? cutOutputs(model) : toBinary(ModelProtoSchema, model),
    feeds: Object.fromEntries([
      ...inputs.map((input) => [input.name, randomImage(input, random)] as const),
      ...others.map((input) => [input.name, zeros(input.type, input.dims)] as const),
    ]),
    dimensions,
  }));
}

/** The opset from which Slice takes its bounds as inputs. */
const sliceWithInputs = 10;

/** Random pixels for an input: standard normal floats, or bytes. */
function randomImage({ type, dims }: ImageInput, random: Random): Tensor {
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

/** Whether every output of a model can be cut: it has a last dimension, and the operator set has Slice as it is needed. */
function canCutOutputs({ model }: ImageModel): boolean {
  return (
    Number(standardOpset(model)?.version ?? 0) >= sliceWithInputs &&
    model.graph!.output.every(({ type }) => type?.value.case === 'tensorType' && type.value.value.shape?.dim.length)
  );
}

/**
 * Cuts every output of a model to the first column. onnxruntime-node copies each output into a new ArrayBuffer in every run, even where an
 * output tensor is given. The fresh pages cost up to 0.4 ms per 100 KB, and this changes with the garbage collector. It is not a cost of the
 * model, and other hosts of ONNX Runtime do not have it.
 */
function cutOutputs(model: ModelProto): Uint8Array {
  const graph = model.graph!;
  const cut = graph.output.map((output) => {
    const elemType = output.type?.value.case === 'tensorType' ? output.type.value.value.elemType : 0;
    return { output, name: `${output.name}/first-column`, elemType };
  });
  const vector = (name: string, value: number) => ({
    name,
    dataType: DataType.INT64,
    dims: [1n],
    int64Data: [BigInt(value)],
  });
  const additions = create(GraphProtoSchema, {
    node: cut.map(({ name, output }) => ({
      opType: 'Slice',
      input: [output.name, 'cut/0', 'cut/1', 'cut/-1'],
      output: [name],
    })),
    initializer: [vector('cut/0', 0), vector('cut/1', 1), vector('cut/-1', -1)],
    output: cut.map(({ name, elemType }) => ({
      name,
      type: { value: { case: 'tensorType' as const, value: { elemType } } },
    })),
  });
  graph.node.push(...additions.node);
  graph.initializer.push(...additions.initializer);
  graph.output = additions.output;
  return toBinary(ModelProtoSchema, model);
}
