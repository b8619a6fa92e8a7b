// One small segmentation network in the conventions of several toolchains: the same mask must come out of all.
import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  ModelProtoSchema,
} from 'onnx-buf';
import { createRandom } from '../../src/lib/random.ts';

export interface Convention {
  readonly layout?: 'NCHW' | 'NHWC';
  readonly type?: 'float32' | 'float16' | 'uint8';
  /** What the model expects pixels to be. */
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly colors?: 'RGB' | 'BGR';
  readonly output?: 'probability' | 'logit' | 'softmax' | 'two logits' | 'argmax' | 'argmax of floats';
  /** Classes of a softmax or argmax, and which is the person. */
  readonly classes?: number;
  readonly person?: number;
  /** The output is half as large as the input. */
  readonly half?: boolean;
  readonly open?: boolean;
  /** A second image input and a second output, which do nothing of use. */
  readonly extras?: boolean;
  readonly metadata?: Readonly<Record<string, string>>;
}

export const side = { height: 24, width: 16 };

interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly i?: bigint;
  readonly ints?: bigint[];
}

interface Node {
  readonly opType: string;
  readonly input: string[];
  readonly output: string[];
  readonly attribute: Attribute[];
}

const elementTypes = { float32: DataType.FLOAT, float16: DataType.FLOAT16, uint8: DataType.UINT8 } as const;

/**
 * A network of a 3x3 convolution on pixels of 0..1: it sees a bright, reddish blob. What surrounds the convolution undoes the convention:
 * normalization, layout and type at the entrance, activation at the exit.
 */
export function conventionModel(convention: Convention = {}): Uint8Array {
  const {
    layout = 'NCHW',
    type = 'float32',
    mean = [0, 0, 0],
    std = [1, 1, 1],
    colors = 'RGB',
    output = 'probability',
  } = convention;
  const { classes = 2, person = 1, half = false, open = false, extras = false, metadata = {} } = convention;
  const nodes: Node[] = [];
  const constants: { name: string; dims: number[]; data: Float32Array<ArrayBuffer> }[] = [];
  const constant = (name: string, dims: number[], data: Float32Array<ArrayBuffer>): string => {
    constants.push({ name, dims, data });
    return name;
  };
  let last = 'photo';
  const node = (opType: string, more: string[] = [], attribute: Attribute[] = []): void => {
    const next = `${opType}-${nodes.length}`;
    nodes.push({ opType, input: [last, ...more], output: [next], attribute });
    last = next;
  };
  const ints = (name: string, values: number[]) => ({ name, type: AttributeType.INTS, ints: values.map(BigInt) });
  const int = (name: string, value: number) => ({ name, type: AttributeType.INT, i: BigInt(value) });

  if (type !== 'float32') node('Cast', [], [int('to', DataType.FLOAT)]);
  if (layout === 'NHWC') node('Transpose', [], [ints('perm', [0, 3, 1, 2])]);
  const scale = type === 'uint8' ? [1 / 255, 1 / 255, 1 / 255] : std;
  node('Mul', [constant('std', [1, 3, 1, 1], Float32Array.from(ordered(scale, colors)))]);
  if (type !== 'uint8') node('Add', [constant('mean', [1, 3, 1, 1], Float32Array.from(ordered(mean, colors)))]);
  const random = createRandom(7);
  const filter = [2, -1, -0.5].map((weight) =>
    Array.from({ length: 9 }, () => (weight * (1 + 0.2 * random.normal())) / 3),
  );
  node(
    'Conv',
    [
      constant('filter', [1, 3, 3, 3], Float32Array.from(ordered(filter, colors).flat())),
      constant('bias', [1], Float32Array.of(-0.4)),
    ],
    [ints('pads', [1, 1, 1, 1])],
  );
  if (half) node('AveragePool', [], [ints('kernel_shape', [2, 2]), ints('strides', [2, 2])]);
  if (output === 'probability') node('Sigmoid');
  else if (output !== 'logit') {
    // Logit z of the person; the class before it has -z, all others far less: softmax over (-z/2, z/2) is sigmoid(z).
    const weights = Float32Array.from({ length: classes }, (_, c) =>
      c === person ? 0.5 : c === (person + classes - 1) % classes ? -0.5 : 0,
    );
    const biases = Float32Array.from({ length: classes }, (_, c) => (weights[c] === 0 ? -50 : 0));
    node('Conv', [constant('heads', [classes, 1, 1, 1], weights), constant('biases', [classes], biases)]);
    if (output === 'softmax') node('Softmax', [], [int('axis', 1)]);
    if (output.startsWith('argmax')) node('ArgMax', [], [int('axis', 1), int('keepdims', 0)]);
    if (output === 'argmax of floats') node('Cast', [], [int('to', DataType.FLOAT)]);
  }
  const flat = output.startsWith('argmax');
  if (layout === 'NHWC' && !flat) node('Transpose', [], [ints('perm', [0, 2, 3, 1])]);
  if (type === 'float16' && output !== 'argmax') node('Cast', [], [int('to', DataType.FLOAT16)]);
  const outputType = output === 'argmax' ? DataType.INT64 : type === 'float16' ? DataType.FLOAT16 : DataType.FLOAT;

  const { height, width } = side;
  const [h, w] = open ? ['h', 'w'] : [height, width];
  const dims = layout === 'NCHW' ? [open ? 'n' : 1, 3, h, w] : [open ? 'n' : 1, h, w, 3];
  const value = (name: string, elemType: number, shape?: readonly (number | string)[]) => ({
    name,
    type: {
      value: {
        case: 'tensorType' as const,
        value: { elemType, ...(shape ? { shape: { dim: shape.map(dimension) } } : {}) },
      },
    },
  });
  if (extras) nodes.push({ opType: 'Identity', input: ['guide'], output: ['guide-again'], attribute: [] });
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ domain: '', version: 17n }],
      metadataProps: Object.entries(metadata).map(([key, text]) => ({ key, value: text })),
      graph: {
        name: 'convention',
        node: nodes,
        initializer: constants.map(({ name, dims: shape, data }) => ({
          name,
          dims: shape.map(BigInt),
          dataType: DataType.FLOAT,
          rawData: new Uint8Array(data.buffer),
        })),
        input: [
          ...(extras ? [value('guide', DataType.FLOAT, [1, 1, height, width])] : []),
          value('photo', elementTypes[type], dims),
        ],
        output: [...(extras ? [value('guide-again', DataType.FLOAT)] : []), value(last, outputType)],
      },
    }),
  );
}

const dimension = (dim: number | string) =>
  typeof dim === 'number'
    ? { value: { case: 'dimValue' as const, value: BigInt(dim) } }
    : { value: { case: 'dimParam' as const, value: dim } };

const ordered = <T>(values: readonly T[], colors: 'RGB' | 'BGR'): T[] =>
  colors === 'BGR' ? [...values].reverse() : [...values];
