// Deployed graphs give what the network defines: against a naive float64 evaluation with batch norm unfolded.

import * as node from 'onnxruntime-node';
import * as web from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import type { Architecture, Layer } from '../../src/contracts/architecture.ts';
import { decodeModel } from '../../src/graph/onnx.ts';
import { createRandom } from '../../src/lib/random.ts';
import { moduleOutputs } from '../../src/network/count.ts';
import { deployArchitecture, deployModules } from '../../src/network/deploy.ts';
import { layerModule, networkModules, tailInputs, tailModule } from '../../src/network/modules.ts';
import { operations } from '../../src/network/operations/index.ts';
import { operatorsOf } from '../../src/network/operators.ts';
import type { Feature, NetworkModule, Weights } from '../../src/network/types.ts';
import { evaluate, makeTensor, type Tensor, trainedWeights } from './reference.ts';

const layerOf = (operation: string, change: Partial<Layer> = {}): Layer => ({
  operation,
  in: 24,
  out: 24,
  stride: 1,
  expanded: 24 * (operations.get(operation)?.expansion ?? 4),
  activation: 'hswish',
  squeezeExcite: true,
  ...change,
});
const images = (shape: Feature, seed: number): Tensor[] =>
  Array.from({ length: 3 }, (_, n) => makeTensor(shape, createRandom(seed, n).normal));

/** One batch of images as ONNX Runtime takes it. */
function batch<T>(Kind: new (type: 'float32', data: Float32Array, dims: number[]) => T, xs: readonly Tensor[]): T {
  const { channels, height, width } = xs[0]!;
  return new Kind('float32', Float32Array.from(xs.flatMap((x) => [...x.data])), [xs.length, channels, height, width]);
}

function largestDifference(actual: ArrayLike<number>, expected: readonly Tensor[]): number {
  const flat = expected.flatMap((x) => [...x.data]);
  expect(actual.length).toBe(flat.length);
  return flat.reduce((worst, value, i) => Math.max(worst, Math.abs(value - actual[i]!)), 0);
}

async function checkModule(module: NetworkModule): Promise<void> {
  const weights = trainedWeights([module], 7);
  const session = await node.InferenceSession.create(deployModules([module], weights), { intraOpNumThreads: 1 });
  const inputs = module.inputs.map((shape, i) => images(shape, i));
  const expected = [0, 1, 2].map(
    (n) =>
      evaluate(
        module,
        weights,
        inputs.map((xs) => xs[n]!),
      )[0]!,
  );
  expect(moduleOutputs(module)).toEqual([
    { channels: expected[0]!.channels, height: expected[0]!.height, width: expected[0]!.width },
  ]);
  for (const size of [1, 3]) {
    const feeds = Object.fromEntries(inputs.map((xs, i) => [`x${i}`, batch(node.Tensor, xs.slice(0, size))]));
    const { y0 } = await session.run(feeds);
    expect(largestDifference(y0!.data as Float32Array, expected.slice(0, size))).toBeLessThan(1e-4);
  }
}

describe('an operation deployed alone', () => {
  const input = { channels: 24, height: 9, width: 7 };
  const sites: Partial<Layer>[] = [{}, { stride: 2, out: 40 }, { out: 32, activation: 'relu', squeezeExcite: false }];
  for (const operation of operations.values())
    it(`${operation.name} gives what it is defined as, for batches of 1 and 3, at stride 1 and 2`, async () => {
      for (const site of sites) {
        const layer = layerOf(operation.name, site);
        if (operation.check(layer) === undefined) await checkModule(layerModule(layer, 0, input));
      }
    });

  it('mbv3 without widening has no expanding convolution and still equals its definition', async () => {
    await checkModule(layerModule(layerOf('mbv3_3x3', { expanded: 24 }), 0, input));
  });
});

const small: Architecture = {
  schema: 'proxyless-ci/architecture@1',
  name: 'small',
  macro: { head: { width: 16, activation: 'hswish' }, aspp: { width: 16, rates: [1, 6] }, decoder: { width: 24 } },
  layers: [
    layerOf('mbv3_3x3', { in: 16, stride: 2, expanded: 64 }),
    layerOf('shuffle'),
    layerOf('sepconv_5x5', { stride: 2, out: 40 }),
    layerOf('mbv3_5x5', { in: 40, out: 40, stride: 2, activation: 'relu' }),
    layerOf('shuffle', { in: 40, out: 48, stride: 2 }),
  ],
};
/** Maps of odd sides at s8 and beyond. */
const size = { height: 72, width: 100 };

function evaluateLogits(weights: Weights, image: Tensor): Tensor {
  const { head, layers, tail, features } = networkModules(small, size);
  let [x] = evaluate(head, weights, [image]);
  const outputs = layers.map((layer) => {
    [x] = evaluate(layer, weights, [x!]);
    return x!;
  });
  return evaluate(tail, weights, tailInputs(features, image, outputs))[0]!;
}

describe('a deployed network', () => {
  const { head, layers, tail } = networkModules(small, size);
  const weights = trainedWeights([head, ...layers, tail], 3);
  const model = deployArchitecture(small, weights, size);
  const inputs = images(head.inputs[0]!, 5);

  it('gives the sigmoid of the resized logits, for one image and for three, and the same in onnxruntime-web', async () => {
    const upsampler: NetworkModule = {
      prefix: 'up',
      signature: 'up',
      inputs: [],
      build: (b, [x]) => [b.resize(x!, size.height, size.width)],
    };
    const expected = inputs.map((image) => {
      const [full] = evaluate(upsampler, weights, [evaluateLogits(weights, image)]);
      return makeTensor(full!, (i) => 1 / (1 + Math.exp(-full!.data[i]!)));
    });
    const session = await node.InferenceSession.create(model, { intraOpNumThreads: 1 });
    web.env.wasm.numThreads = 1;
    const webSession = await web.InferenceSession.create(model, { executionProviders: ['wasm'] });
    for (const count of [1, 3]) {
      const { probability } = await session.run({ image: batch(node.Tensor, inputs.slice(0, count)) });
      expect(probability!.dims).toEqual([count, 1, size.height, size.width]);
      expect(largestDifference(probability!.data as Float32Array, expected.slice(0, count))).toBeLessThan(1e-4);
      const inWeb = await webSession.run({ image: batch(web.Tensor, inputs.slice(0, count)) });
      expect(largestDifference(inWeb.probability!.data as Float32Array, expected.slice(0, count))).toBeLessThan(1e-4);
    }
  });

  it('is standard operators of one opset, described in its metadata', () => {
    const decoded = decodeModel(model);
    expect(decoded.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([['', 17n]]);
    expect(operatorsOf(model)).not.toContain('BatchNormalization');
    const metadata = Object.fromEntries(decoded.metadataProps.map(({ key, value }) => [key, value]));
    expect(JSON.parse(metadata.architecture!)).toEqual(small);
    expect(JSON.parse(metadata.input!)).toMatchObject({ name: 'image', ...size });
    expect(JSON.parse(metadata.normalization!)).toMatchObject({ mean: [0.485, 0.456, 0.406] });
  });

  it('is refused when the target lacks an operator, naming it', () => {
    const operators = operatorsOf(model).filter((operator) => operator !== 'HardSwish');
    expect(() => deployArchitecture(small, weights, { ...size, operators })).toThrow(
      /not in export\.operators: HardSwish$/,
    );
  });

  it('is refused when weights are missing or belong to another architecture, naming the parameter', () => {
    const fewer = new Map(weights);
    fewer.delete('layers.1.shuffle/main.reduce.weight');
    expect(() => deployArchitecture(small, fewer, size)).toThrow(/layers\.1\.shuffle\/main\.reduce\.weight is missing/);
    const other = new Map(weights).set('tail/classifier.weight', new Float32Array(7));
    expect(() => deployArchitecture(small, other, size)).toThrow(/tail\/classifier\.weight has 7 values .* needs 24/);
  });

  it('is refused for sides that s4 does not divide', () => {
    expect(() => deployArchitecture(small, weights, { height: 64, width: 90 })).toThrow(
      /input width: .* multiple of 4/,
    );
  });
});

describe('the tail', () => {
  it('gives what it is defined as where the map is smaller than its rates', async () => {
    const features = [16, 24, 32, 40].map((channels, i) => ({ channels, height: 16 >> i, width: 24 >> i }));
    await checkModule(tailModule(small.macro, features));
  });

  it('enlarges by no whole number where a side was odd', async () => {
    const sides = [18, 9, 5, 3].map((height, i) => ({ height, width: 32 >> i }));
    const features = sides.map((side, i) => ({ channels: [16, 24, 32, 40][i]!, ...side }));
    await checkModule(tailModule(small.macro, features));
  });
});
