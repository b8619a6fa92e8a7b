// A model made slower by real extra work: a convolution over the top rows of its input, whose result is one more output. The number of rows
// says how much.
import { create, toBinary } from '@bufbuild/protobuf';
import { TensorProto_DataType as DataType, GraphProtoSchema, ModelProtoSchema } from 'onnx-buf';
import { decodeModel } from '../src/graph/onnx.ts';
import type { TimedModel } from '../src/latency/image-model.ts';
import { createRandom } from '../src/lib/random.ts';

const channels = 96;
const kernel = 3;

/** The model with a 3x3 convolution from 3 to 96 channels over `rows` rows of its input `image` [batch, 3, H, W]. */
export function withExtraWork(model: TimedModel, rows: number): TimedModel {
  const decoded = decodeModel(model.bytes);
  const graph = decoded.graph!;
  const random = createRandom(1, 'extra');
  const weights = Float32Array.from({ length: channels * 3 * kernel * kernel }, () => random.normal());
  const integers = (name: string, values: number[]) => ({
    name,
    dataType: DataType.INT64,
    dims: [BigInt(values.length)],
    int64Data: values.map(BigInt),
  });
  const additions = create(GraphProtoSchema, {
    node: [
      { opType: 'Slice', input: ['image', 'extra/from', 'extra/to', 'extra/axis'], output: ['extra/rows'] },
      { opType: 'Conv', input: ['extra/rows', 'extra/weight'], output: ['extra/features'] },
      { opType: 'GlobalAveragePool', input: ['extra/features'], output: ['extra'] },
    ],
    initializer: [
      integers('extra/from', [0]),
      integers('extra/to', [rows]),
      integers('extra/axis', [2]),
      {
        name: 'extra/weight',
        dataType: DataType.FLOAT,
        dims: [channels, 3, kernel, kernel].map(BigInt),
        rawData: new Uint8Array(weights.buffer),
      },
    ],
    output: [
      {
        name: 'extra',
        type: {
          value: {
            case: 'tensorType',
            value: {
              elemType: DataType.FLOAT,
              shape: {
                dim: [1, channels, 1, 1].map((d) => ({ value: { case: 'dimValue' as const, value: BigInt(d) } })),
              },
            },
          },
        },
      },
    ],
  });
  graph.node.push(...additions.node);
  graph.initializer.push(...additions.initializer);
  graph.output.push(...additions.output);
  return { ...model, bytes: toBinary(ModelProtoSchema, decoded), name: `${rows} rows` };
}
