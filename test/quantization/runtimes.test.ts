// What cannot be int8, and what runs int8 networks.
import * as node from 'onnxruntime-node';
import * as web from 'onnxruntime-web';
import { expect, it } from 'vitest';
import { decodeModel } from '../../src/graph/onnx.ts';
import { createRandom } from '../../src/lib/random.ts';
import { loadArchitecture } from '../../src/network/architecture.ts';
import { deployArchitecture } from '../../src/network/deploy.ts';
import { networkModules } from '../../src/network/modules.ts';
import { calibrate } from '../../src/quantization/calibrate.ts';
import { trainedWeights } from '../network/reference.ts';
import { conventionModel } from '../runtime/conventions.ts';

const signal = new AbortController().signal;
it('the logits of several classes stay float32, so that a model of two convolutions has nothing to quantize', async () => {
  const source = { name: 'classes.onnx', bytes: conventionModel({ output: 'softmax', classes: 3, person: 2 }) };
  const calibrated = calibrate(
    source,
    async function* () {
      yield* [];
    },
    { threads: 1, dimensions: {}, signal },
  );
  await expect(calibrated).rejects.toThrow(/^classes\.onnx: has no float32 convolution between its first and its last/);
});

it('ONNX Runtime Web computes what ONNX Runtime does, for a batch as well; with 7 bits no weight is over 63', async () => {
  const architecture = await loadArchitecture('mobilenetv3-small');
  const size = { height: 32, width: 32 };
  const { head, layers, tail } = networkModules(architecture, size);
  const bytes = deployArchitecture(architecture, trainedWeights([head, ...layers, tail], 2), size);
  const { normal } = createRandom(1, 'image');
  const pixels = Float32Array.from({ length: 2 * 3 * 32 * 32 }, () => normal());
  async function* feeds() {
    yield { image: new node.Tensor('float32', pixels, [2, 3, 32, 32]) };
  }
  const calibrated = await calibrate({ name: 'small', bytes }, feeds, { threads: 1, dimensions: {}, signal });
  const { model } = calibrated.write({ method: 'percentile', bits: 7, extent: 'all' });
  const weights = decodeModel(model).graph!.initializer.filter(({ dataType }) => dataType === 3);
  const largest = weights.reduce(
    (most, { rawData }) => new Int8Array(rawData).reduce((a, w) => Math.max(a, Math.abs(w)), most),
    0,
  );
  expect(largest).toBe(63);
  const inNode = await node.InferenceSession.create(model, { intraOpNumThreads: 1 });
  const inWeb = await web.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const dims = [2, 3, 32, 32];
  const ours = await inNode.run({ image: new node.Tensor('float32', pixels, dims) });
  const theirs = await inWeb.run({ image: new web.Tensor('float32', pixels, dims) });
  const [a, b] = [ours.probability!.data as Float32Array, theirs.probability!.data as Float32Array];
  expect(a).toHaveLength(2 * 32 * 32);
  expect(Math.max(...a.map((p, i) => Math.abs(p - b[i]!)))).toBeLessThan(1e-5);
});
