// int8 networks give what their float32 ones give, to within the steps of a byte, and ONNX Runtime runs them with int8 kernels.
import { create, toBinary } from '@bufbuild/protobuf';
import { TensorProto_DataType as DataType, ModelProtoSchema } from 'onnx-buf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { Layer } from '../../src/contracts/architecture.ts';
import type { Extent } from '../../src/contracts/quantization.ts';
import { decodeModel } from '../../src/graph/onnx.ts';
import { createRandom } from '../../src/lib/random.ts';
import { loadArchitecture } from '../../src/network/architecture.ts';
import { deployArchitecture, deployModules } from '../../src/network/deploy.ts';
import { layerModule, networkModules } from '../../src/network/modules.ts';
import { operations } from '../../src/network/operations/index.ts';
import { calibrate } from '../../src/quantization/calibrate.ts';
import { prepareGraph } from '../../src/quantization/prepare.ts';
import { profileRuns } from '../../src/runtime/profile.ts';
import { trainedWeights } from '../network/reference.ts';

const signal = new AbortController().signal;
const whole = { method: 'minmax', bits: 8, extent: 'all' } as const;
const settings = { threads: 1, dimensions: {}, signal };

function inputs(name: string, dims: readonly number[], count = 4): Record<string, Tensor>[] {
  return Array.from({ length: count }, (_, n) => {
    const { normal } = createRandom(3, 'input', n);
    const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => normal());
    return { [name]: new Tensor('float32', data, dims) };
  });
}

async function* each<T>(values: readonly T[]) {
  yield* values;
}

async function run(model: Uint8Array, feeds: Record<string, Tensor>): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const [output] = Object.values(await session.run(feeds));
  await session.release();
  return output!.data as Float32Array;
}

/** Root of the mean squared difference, as a share of the expected values' deviation. */
function relativeError(actual: Float32Array, expected: Float32Array): number {
  const mean = expected.reduce((a, b) => a + b, 0) / expected.length;
  const squares = (of: (i: number) => number) => expected.reduce((sum, _, i) => sum + of(i) ** 2, 0);
  return Math.sqrt(squares((i) => actual[i]! - expected[i]!) / squares((i) => expected[i]! - mean));
}

async function operatorsOf(model: Uint8Array, feeds: Record<string, Tensor>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const nodes = await profileRuns(model, { threads: 1 }, async (session) => {
    await session.run(feeds);
  });
  for (const { operator } of nodes) counts[operator] = (counts[operator] ?? 0) + 1;
  return counts;
}

/** A network of search/architectures at 64 x 64, with what its tensors hold on some images. */
async function calibrateNetwork(name: string, images = 4) {
  const architecture = await loadArchitecture(name);
  const size = { height: 64, width: 64 };
  const { head, layers, tail } = networkModules(architecture, size);
  const float32 = deployArchitecture(architecture, trainedWeights([head, ...layers, tail], 2), size);
  const feeds = inputs('image', [1, 3, 64, 64], images);
  return { float32, feeds, calibrated: await calibrate({ name, bytes: float32 }, () => each(feeds), settings) };
}

describe('int8', () => {
  it.each([...operations.keys()].filter((name) => !['skip', 'maxpool_3x3'].includes(name)))(
    '%s, with and without squeeze-excite, stays close',
    async (operation) => {
      const layerOf = (change: Partial<Layer>): Layer => ({
        operation,
        in: 24,
        out: 24,
        stride: 1,
        expanded: 24 * (operations.get(operation)?.expansion ?? 4),
        activation: 'hswish',
        squeezeExcite: false,
        ...change,
      });
      const feature = { channels: 24, height: 12, width: 12 };
      const layers = [
        layerOf({}),
        layerOf({ squeezeExcite: true, residual: true }),
        layerOf({ activation: 'relu', squeezeExcite: true, residual: true }),
      ];
      const modules = layers.map((layer, i) => layerModule(layer, i, feature));
      const float32 = deployModules(modules, trainedWeights(modules, 5));
      const feeds = inputs('x0', [1, 24, 12, 12]);
      const calibrated = await calibrate({ name: operation, bytes: float32 }, () => each(feeds), settings);
      const { model: int8, plan } = calibrated.write(whole);
      expect(relativeError(await run(int8, feeds[0]!), await run(float32, feeds[0]!))).toBeLessThan(0.12);
      const { QLinearConv = 0, Conv = 0 } = await operatorsOf(int8, feeds[0]!);
      expect(Conv).toBe(plan.kept.Conv ?? 0);
      expect(QLinearConv).toBe([...plan.nodes].filter(({ opType }) => opType === 'Conv').length);
      expect(QLinearConv).toBeGreaterThan(3);
    },
  );

  it('a whole network is int8 but for its first convolution and the mask, and a quarter as large', async () => {
    const { float32, feeds, calibrated } = await calibrateNetwork('mobilenetv3-small');
    const { model: int8, plan } = calibrated.write(whole);
    expect(plan.kept).toEqual({ Conv: 1, HardSwish: 1, Resize: 1, Sigmoid: 1 });
    expect(int8.length).toBeLessThan(0.35 * float32.length);
    const operators = await operatorsOf(int8, feeds[0]!);
    expect(operators.Conv).toBe(1);
    expect(operators.QLinearConv).toBe(67);
    expect(operators.HardSigmoid).toBeUndefined();
    const metadata = Object.fromEntries(decodeModel(int8).metadataProps.map(({ key, value }) => [key, value]));
    expect(JSON.parse(metadata.quantization!)).toMatchObject({ calibration: 'minmax' });
    expect(metadata.normalization).toBe(
      decodeModel(float32).metadataProps.find(({ key }) => key === 'normalization')!.value,
    );
  });

  it('BiSeNet is int8 too, its attention included, but for what looks at the image, and the mask', async () => {
    const { feeds, calibrated } = await calibrateNetwork('bisenet');
    const { model: int8, plan } = calibrated.write(whole);
    expect(plan.kept).toEqual({ Conv: 2, MaxPool: 1, Relu: 2, Resize: 2, Sigmoid: 1 });
    const { Conv, QLinearConv } = await operatorsOf(int8, feeds[0]!);
    expect([Conv, QLinearConv]).toEqual([2, [...plan.nodes].filter(({ opType }) => opType === 'Conv').length]);
  });

  it('leaves narrow convolutions at its ends float32 where that is asked for, and no others', async () => {
    const { feeds, calibrated } = await calibrateNetwork('mobilenetv3-small', 1);
    const convolutions = (extent: Extent) => calibrated.write({ ...whole, extent }).plan.kept.Conv;
    // Head; and the first layer, of 16 channels: depthwise, squeeze-excite, project.
    expect(convolutions('not the narrow start')).toBe(1 + 4);
    // The classifier.
    expect(convolutions('not the narrow end')).toBe(1 + 1);
    const { model } = calibrated.write({ ...whole, extent: 'not the narrow ends' });
    const { Conv, QLinearConv } = await operatorsOf(model, feeds[0]!);
    expect([Conv, QLinearConv]).toEqual([1 + 4 + 1, 62]);
  });

  it('refuses what is quantized already, and a model in which nothing can be', async () => {
    const modules = [
      layerModule(
        { operation: 'mbv3_3x3', in: 8, out: 8, stride: 1, expanded: 16, activation: 'relu', squeezeExcite: false },
        0,
        { channels: 8, height: 8, width: 8 },
      ),
    ];
    const float32 = deployModules(modules);
    const feeds = inputs('x0', [1, 8, 8, 8], 1);
    const { write } = await calibrate({ name: 'once', bytes: float32 }, () => each(feeds), settings);
    const twice = calibrate({ name: 'twice.onnx', bytes: write(whole).model }, () => each(feeds), settings);
    await expect(twice).rejects.toThrow(/^twice\.onnx: is quantized already/);
    const model = decodeModel(float32);
    model.graph!.node = model.graph!.node.filter(({ opType }) => opType !== 'Conv');
    model.opsetImport[0]!.version = 11n;
    const old = calibrate({ name: 'old.onnx', bytes: toBinary(ModelProtoSchema, model) }, () => each(feeds), settings);
    await expect(old).rejects.toThrow(/^old\.onnx: has opset 11; int8 needs 13/);
  });
});

it('batch norm, hard-swish in two nodes and constants as nodes are brought into the form of an export, and compute the same', async () => {
  const random = createRandom(4, 'foreign');
  const floats = (name: string, dims: readonly number[], of = random.normal) => ({
    name,
    dataType: DataType.FLOAT,
    dims: dims.map(BigInt),
    floatData: Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => of()),
  });
  const ofChannels = (name: string) => floats(name, [6]);
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    // That of exports from before HardSwish.
    opsetImport: [{ domain: '', version: 13n }],
    graph: {
      name: 'foreign',
      input: [
        {
          name: 'x',
          type: {
            value: {
              case: 'tensorType',
              value: {
                elemType: DataType.FLOAT,
                shape: { dim: [1n, 3n, 8n, 8n].map((value) => ({ value: { case: 'dimValue' as const, value } })) },
              },
            },
          },
        },
      ],
      output: [{ name: 'y', type: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT } } } }],
      initializer: [
        floats('w', [6, 3, 3, 3]),
        ...['gamma', 'beta', 'mean'].map(ofChannels),
        floats('var', [6], () => 0.5 + random.uniform()),
      ],
      node: [
        { opType: 'Constant', output: ['b'], attribute: [{ name: 'value', type: 4, t: ofChannels('') }] },
        { opType: 'Conv', input: ['x', 'w', 'b'], output: ['c'] },
        {
          opType: 'BatchNormalization',
          input: ['c', 'gamma', 'beta', 'mean', 'var'],
          output: ['n'],
          attribute: [{ name: 'epsilon', type: 1, f: 0.02 }],
        },
        {
          opType: 'HardSigmoid',
          input: ['n'],
          output: ['s'],
          attribute: [
            { name: 'alpha', type: 1, f: 1 / 6 },
            { name: 'beta', type: 1, f: 0.5 },
          ],
        },
        { opType: 'Mul', input: ['s', 'n'], output: ['y'] },
      ],
    },
  });
  const [feeds] = inputs('x', [1, 3, 8, 8], 1);
  const before = await run(toBinary(ModelProtoSchema, model), feeds!);
  prepareGraph(model);
  expect(model.graph!.node.map(({ opType }) => opType)).toEqual(['Conv', 'HardSwish']);
  const after = await run(toBinary(ModelProtoSchema, model), feeds!);
  expect(Math.max(...after.map((value, i) => Math.abs(value - before[i]!)))).toBeLessThan(1e-5);
});

it('a graph as PyTorch exports it becomes int8: batch norms, sizes computed from shapes, constants listed as inputs, indices of a pooling', async () => {
  const random = createRandom(5, 'exported');
  const initializer: {
    name: string;
    dataType: DataType;
    dims: bigint[];
    floatData?: number[];
    int64Data?: bigint[];
  }[] = [];
  const floats = (name: string, dims: readonly number[], of = () => 0.3 * random.normal()): string => {
    const floatData = Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => of());
    initializer.push({ name, dataType: DataType.FLOAT, dims: dims.map(BigInt), floatData });
    return name;
  };
  const ints = (name: string, values: readonly number[], dims = [values.length]): string => {
    initializer.push({ name, dataType: DataType.INT64, dims: dims.map(BigInt), int64Data: values.map(BigInt) });
    return name;
  };
  const int = (name: string, i: number) => ({ name, type: 2, i: BigInt(i) });
  const list = (name: string, values: readonly number[]) => ({ name, type: 7, ints: values.map(BigInt) });
  const block = (name: string, input: string, from: number) => [
    {
      opType: 'Conv',
      input: [input, floats(`${name}.weight`, [16, from, 3, 3])],
      output: [name],
      attribute: [list('pads', [1, 1, 1, 1])],
    },
    {
      opType: 'BatchNormalization',
      input: [
        name,
        ...['gamma', 'beta', 'mean'].map((part) => floats(`${name}.${part}`, [16])),
        floats(`${name}.var`, [16], () => 0.5 + random.uniform()),
      ],
      output: [`${name}.bn`],
    },
  ];
  const node = [
    ...block('stem', 'x', 3),
    { opType: 'Relu', input: ['stem.bn'], output: ['a'] },
    ...block('body', 'a', 16),
    { opType: 'HardSwish', input: ['body.bn'], output: ['b'] },
    {
      opType: 'MaxPool',
      input: ['b'],
      output: ['pooled', 'indices'],
      attribute: [list('kernel_shape', [2, 2]), list('strides', [2, 2])],
    },
    {
      opType: 'MaxUnpool',
      input: ['pooled', 'indices'],
      output: ['c'],
      attribute: [list('kernel_shape', [2, 2]), list('strides', [2, 2])],
    },
    ...block('deep', 'c', 16),
    { opType: 'Shape', input: ['deep.bn'], output: ['shape'] },
    { opType: 'Gather', input: ['shape', ints('first', [0], [])], output: ['batch'] },
    { opType: 'Unsqueeze', input: ['batch', ints('axes', [0])], output: ['batch.1'] },
    { opType: 'Concat', input: ['batch.1', ints('rest', [16, 64])], output: ['flat'], attribute: [int('axis', 0)] },
    { opType: 'Reshape', input: ['deep.bn', 'flat'], output: ['d'] },
    { opType: 'Reshape', input: ['d', ints('square', [-1, 16, 8, 8])], output: ['e'] },
    { opType: 'HardSwish', input: ['e'], output: ['f'] },
    ...block('last', 'f', 16),
    { opType: 'Relu', input: ['last.bn'], output: ['g'] },
    { opType: 'Conv', input: ['g', floats('classifier', [1, 16, 1, 1])], output: ['y'] },
  ];
  const input = (name: string, dims: readonly bigint[], elemType: number = DataType.FLOAT) => ({
    name,
    type: {
      value: {
        case: 'tensorType' as const,
        value: { elemType, shape: { dim: dims.map((value) => ({ value: { case: 'dimValue' as const, value } })) } },
      },
    },
  });
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: '', version: 14n }],
    graph: {
      name: 'exported',
      node,
      initializer,
      input: [
        input('x', [1n, 3n, 8n, 8n]),
        ...initializer.map(({ name, dims, dataType }) => input(name, dims, dataType)),
      ],
      output: [{ name: 'y', type: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT } } } }],
    },
  });
  const float32 = toBinary(ModelProtoSchema, model);
  const feeds = inputs('x', [1, 3, 8, 8], 8);
  const calibrated = await calibrate({ name: 'exported', bytes: float32 }, () => each(feeds), settings);
  const { model: int8, plan } = calibrated.write(whole);
  expect(relativeError(await run(int8, feeds[0]!), await run(float32, feeds[0]!))).toBeLessThan(0.25);
  expect([...plan.nodes].map(({ opType }) => opType)).toEqual([
    'Conv',
    'HardSwish',
    'Conv',
    'Reshape',
    'Reshape',
    'Conv',
    'Conv',
  ]);
  expect(decodeModel(int8).graph!.input.map(({ name }) => name)).toEqual(['x']);
});
