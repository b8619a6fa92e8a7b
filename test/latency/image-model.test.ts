import { create, toBinary } from '@bufbuild/protobuf';
import { TensorProto_DataLocation as DataLocation, TensorProto_DataType as DataType, ModelProtoSchema } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { readImageModel } from '../../src/graph/image-model.ts';
import { decodeModel } from '../../src/graph/onnx.ts';
import { sampleBlocks } from '../../src/latency/blocks.ts';
import { prepareToTime, type TimedModel } from '../../src/latency/image-model.ts';
import { createRandom } from '../../src/lib/random.ts';

interface Change {
  readonly dims?: readonly (number | string)[];
  readonly elemType?: number;
  readonly domain?: string;
  readonly opset?: number;
  readonly weights?: Place;
  /** Whether the weights are in another file. */
  readonly external?: boolean;
}

type Place = 'at the top' | 'in a branch' | 'in a constant';

/** A model of one Identity: image in, image out. */
function model({
  dims = ['batch', 3, 8, 8],
  elemType = DataType.FLOAT,
  domain = '',
  opset = 17,
  weights: place,
  external = false,
}: Change = {}) {
  const dim = dims.map((d) =>
    typeof d === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(d) } }
      : { value: { case: 'dimParam' as const, value: d } },
  );
  const value = (name: string) => ({
    name,
    type: { value: { case: 'tensorType' as const, value: { elemType, shape: { dim } } } },
  });
  const weights = {
    name: 'w',
    dims: [2n, 3n],
    dataType: DataType.FLOAT,
    ...(external ? { dataLocation: DataLocation.EXTERNAL } : { floatData: [1, 2, 3, 4, 5, 6] }),
  };
  const proto = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: '', version: BigInt(opset) }],
    graph: {
      name: 'g',
      node: [
        { opType: domain ? 'Fancy' : 'Identity', domain, input: ['x'], output: ['y'] },
        ...(place === 'in a branch'
          ? [{ opType: 'If', attribute: [{ name: 'then_branch', g: { initializer: [weights] } }] }]
          : []),
        ...(place === 'in a constant' ? [{ opType: 'Constant', attribute: [{ name: 'value', t: weights }] }] : []),
      ],
      initializer: place === 'at the top' ? [weights] : [],
      input: [value('x')],
      output: [value('y')],
    },
  });
  return toBinary(ModelProtoSchema, proto);
}

const timed = (change: Change, size: Partial<TimedModel> = {}): TimedModel => ({
  name: 'm.onnx',
  bytes: model(change),
  ...size,
});

describe('image models', () => {
  it.each<[string, Change, Partial<TimedModel>, number[]]>([
    ['channels first, open batch', {}, {}, [1, 3, 8, 8]],
    ['channels last, bytes', { dims: [1, 6, 8, 3], elemType: DataType.UINT8 }, {}, [1, 6, 8, 3]],
    ['half floats', { elemType: DataType.FLOAT16 }, {}, [1, 3, 8, 8]],
    ['open height and width', { dims: ['n', 3, 'h', 'w'] }, { height: 4, width: 6 }, [1, 3, 4, 6]],
    ['an operator set older than Slice with inputs', { opset: 9 }, {}, [1, 3, 8, 8]],
  ])('runs %s', async (_, change, size, dims) => {
    const subject = timed(change, size);
    expect(readImageModel(subject).inputs[0]!.dims).toEqual(dims);
    for await (const {
      timings: [timings],
    } of sampleBlocks([subject], {
      threads: 1,
      rounds: 3,
      warm: true,
      random: createRandom(1),
    })) {
      expect(timings!.every((ms) => ms > 0)).toBe(true);
      expect(timings).toHaveLength(3);
      break;
    }
  });

  it.each<Place>(['at the top', 'in a branch', 'in a constant'])('count weights %s', (weights) => {
    expect(readImageModel(timed({ weights })).parameters).toBe(6);
  });

  it('are cut alike, or not at all: a comparison never times the outputs of one side alone', () => {
    const outputsOf = (...opsets: number[]) =>
      prepareToTime(
        opsets.map((opset) => timed({ opset })),
        createRandom(1),
      ).map(({ bytes }) => decodeModel(bytes).graph!.output[0]!.name);
    expect(outputsOf(17, 17)).toEqual(['y/first-column', 'y/first-column']);
    expect(outputsOf(17, 9)).toEqual(['y', 'y']);
  });

  it.each<[string, TimedModel, RegExp]>([
    ['no ONNX at all', { name: 'm.onnx', bytes: new Uint8Array([1, 2, 3]) }, /m\.onnx: not an ONNX model/],
    ['a custom operator', timed({ domain: 'acme' }), /custom operator acme\.Fancy/],
    ['weights in another file', timed({ weights: 'at the top', external: true }), /separate file/],
    ["a branch's weights in another file", timed({ weights: 'in a branch', external: true }), /separate file/],
    ['a constant in another file', timed({ weights: 'in a constant', external: true }), /separate file/],
    ['tokens for input', timed({ dims: [1, 128] }), /input "x" is not an image/],
    ['integers for input', timed({ elemType: DataType.INT64 }), /input "x" is not an image/],
    ['an unknown number of channels', timed({ dims: [1, 'c', 8, 8] }), /stated number of channels/],
    ['a batch of eight', timed({ dims: [8, 3, 8, 8] }), /"x" has a fixed batch of 8; export it with a batch of 1/],
    ['unknown size', timed({ dims: [1, 3, 'h', 'w'] }), /--size HEIGHTxWIDTH/],
  ])('refuses %s, saying why', (_, subject, message) => {
    expect(() => readImageModel(subject)).toThrow(message);
  });
});
