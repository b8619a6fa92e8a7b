// A model ready to be timed: random pixels to feed it, outputs cut so that copying them costs nothing.
import { create, toBinary } from '@bufbuild/protobuf';
import { TensorProto_DataType as DataType, GraphProtoSchema, type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { Tensor } from 'onnxruntime-node';
import { type ImageInput, type ImageModel, type ModelSource, readImageModel } from '../graph/image-model.ts';
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

/** @throws UserError when the model cannot be measured */
export function prepareToTime(source: TimedModel, random: Random): PreparedModel {
  const { model, inputs, others, dimensions } = readImageModel(source);
  const feeds = Object.fromEntries([
    ...inputs.map((input) => [input.name, randomImage(input, random)] as const),
    ...others.map((input) => [input.name, zeros(input.type, input.dims)] as const),
  ]);
  return { bytes: cutOutputs(model), feeds, dimensions };
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
