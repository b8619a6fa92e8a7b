// The search is shown to search: in a supernet whose weights were trained along one path alone, and whose other candidates shift their
// outputs at random on top, the architecture parameters find that path again.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { detectBackend } from '../../src/autodiff/backend.ts';
import { createExecutor, type Executor } from '../../src/autodiff/executor.ts';
import { createParameters } from '../../src/autodiff/parameters.ts';
import type { LatencyCosts } from '../../src/latency/types.ts';
import { pathLatency } from '../../src/latency/types.ts';
import { createRandom } from '../../src/lib/random.ts';
import { type AlphaSearchSpec, searchAlphas } from '../../src/nas/alpha-search.ts';
import { logProbabilities, probabilities } from '../../src/nas/alphas.ts';
import { kBestPaths } from '../../src/nas/decoding.ts';
import type { Supernet } from '../../src/nas/supernet.ts';
import { headModule, layerModule } from '../../src/network/modules.ts';
import type { NetworkModule } from '../../src/network/types.ts';
import { type BatchStream, runLoop } from '../../src/training/loop.ts';
import { createLoss, type Loss } from '../../src/training/loss.ts';

const operations = ['mbv3_3x3', 'sepconv_3x3', 'shuffle'];
const planted = [1, 0, 2];
const input = { height: 32, width: 32 };
const batch = 4;

/** Three layers in a row and nothing beside them: no decoder through which the image could pass them by. */
const supernet = chain();
function chain(): Supernet {
  const macro = {
    head: { width: 16, activation: 'relu' },
    aspp: { width: 16, rates: [1] },
    decoder: { width: 16 },
  } as const;
  const feature = { channels: 16, height: 16, width: 16 };
  const head = headModule(macro, input);
  const shape = { in: 16, out: 16, stride: 1, expanded: 32, activation: 'relu', squeezeExcite: false } as const;
  const layers = planted.map((_, index) =>
    operations.map((operation) => layerModule({ operation, ...shape }, index, feature)),
  );
  const tail: NetworkModule = {
    prefix: 'tail',
    signature: 'one-by-one',
    inputs: [feature],
    build: (b, [x]) => [b.conv(x!, 'classifier', { out: 1, kernel: 1, bias: true })],
  };
  return {
    sizes: layers.map((candidates) => candidates.length),
    pathModules: (path) => ({
      head,
      layers: path.map((o, layer) => layers[layer]![o]!),
      tail,
      features: [planted.length - 1],
    }),
    candidate: (layer, operation) => layers[layer]![operation]!,
    ensure(parameters) {
      for (const module of [head, ...layers.flat(), tail]) parameters.ensure(module);
    },
  };
}

/** A bright rectangle on a noisy ground; the mask is the rectangle. Batch t depends on t alone. */
function openBatches(start: number): Promise<BatchStream> {
  let step = start;
  const next = () => {
    const random = createRandom(3, 'rectangles', step++);
    const size = input.height * input.width;
    const images = Float32Array.from({ length: batch * 3 * size }, () => 0.5 * random.normal());
    const targets = new Float32Array(batch * size);
    for (let n = 0; n < batch; n++) {
      const [top, left, height, width] = [random.int(16), random.int(16), 8 + random.int(8), 8 + random.int(8)];
      for (let y = top; y < top + height; y++)
        for (let x = left; x < left + width; x++) {
          targets[n * size + y * input.width + x] = 1;
          for (let c = 0; c < 3; c++) images[(n * 3 + c) * size + y * input.width + x]! += 1.5;
        }
    }
    return { images, targets, pixelWeights: new Float32Array(batch * size).fill(1) };
  };
  return Promise.resolve({ next: async () => next(), waitedMs: () => 0, close: async () => {} });
}

const parameters = createParameters(1);
supernet.ensure(parameters);
let executor: Executor;
let loss: Loss;
let folder: string;

/** The planted operation of a layer takes 2 ms, one rival less, the other more: by latency alone the planted path has no advantage. */
const costs: LatencyCosts = {
  constant: 0,
  single: planted.map((best) => operations.map((_, o) => [2, 1, 3][(o - best + 3) % 3]!)),
};
/** What the planted path takes: no layer can be slower than its planted operation unless another is faster. */
const maxLatencyMs = 6;

beforeAll(async () => {
  const backend = await detectBackend();
  folder = await mkdtemp(join(tmpdir(), 'planted-'));
  executor = createExecutor({ backend, batch, threads: 2, parameters });
  loss = await createLoss({ backend, batch, logits: { height: 16, width: 16 }, mask: input }, 2);
  const path = supernet.pathModules(planted);
  const { loss: final } = await runLoop({
    precision: 'float32',
    spec: {
      steps: 150,
      optimizer: { kind: 'adamw', learningRate: 0.01, weightDecay: 0, momentum: 0.9 },
      schedule: { kind: 'one-cycle', warmUp: 0.2 },
      ema: 0,
    },
    parameters,
    executor,
    loss,
    paths: { at: () => [path], state: () => '', restore: () => {} },
    openBatches,
    checkpoint: join(folder, 'supernet'),
    checkpointEveryMs: 1e9,
    signal: new AbortController().signal,
    onStep: () => {},
  });
  expect(final).toBeLessThan(0.8);
  const random = createRandom(2, 'spoilt');
  for (const { name, data } of parameters.all()) {
    const [, layer, operation] = /^layers\.(\d)\.(\w+)\/.*bn\.beta$/.exec(name) ?? [];
    if (operation === undefined || operation === operations[planted[Number(layer)]!]) continue;
    for (let c = 0; c < data.length; c++) data[c]! += random.normal();
  }
});

const search = (
  gates: AlphaSearchSpec['gates'],
  constraint: AlphaSearchSpec['constraint'],
  costs: LatencyCosts,
  maxLatencyMs: number,
  strategy: AlphaSearchSpec['strategy'] = 'layer',
) =>
  searchAlphas({
    spec: {
      // A row of sub-path alphas learns only where its predecessor was drawn: at 320 steps one seed of four missed the path, at 640 none.
      steps: strategy === 'subpath' ? 640 : gates === 'full' ? 160 : 320,
      learningRate: 0.06,
      strategy,
      gates,
      latencyWeight: 0.1,
      constraint,
      seed: 5,
    },
    supernet,
    executor,
    loss,
    costs,
    maxLatencyMs,
    openBatches,
    checkpoint: join(folder, `${strategy}-${gates}-${constraint}-${maxLatencyMs}.json`),
    checkpointEveryMs: 1e9,
    signal: new AbortController().signal,
    onStep: () => {},
  });

describe('a supernet trained along one path', () => {
  test.each([
    ['full', 'exact'],
    ['full', 'rejection'],
    ['two-path', 'exact'],
    ['two-path', 'rejection'],
  ] as const)('gives that path back to %s gates under the %s constraint', async (gates, constraint) => {
    const found = await search(gates, constraint, costs, maxLatencyMs);
    expect(found.violations).toBe(0);
    if (constraint === 'rejection') expect(found.acceptanceRate).toBeLessThan(1);
    else expect(found.acceptanceRate).toBeUndefined();
    expect(probabilities(found.alphas, supernet.sizes).map((p) => p.indexOf(Math.max(...p)))).toEqual(planted);
    expect(kBestPaths(costs, maxLatencyMs, logProbabilities(found.alphas, supernet.sizes), 1)[0]!.path).toEqual(
      planted,
    );
    expect(found.entropyAfter).toBeLessThan(found.entropyBefore);
  });

  test('gives it back to sub-path alphas', async () => {
    const found = await search('full', 'exact', costs, maxLatencyMs, 'subpath');
    expect(found.violations).toBe(0);
    expect(found.alphas.map((row) => row.length)).toEqual([3, 9, 9]);
    const [best] = kBestPaths(costs, maxLatencyMs, logProbabilities(found.alphas, supernet.sizes), 1);
    expect(best!.path).toEqual(planted);
  });

  test.each(['add', 'mul'] as const)(
    'is found by soft losses (%s), which weigh latency and do not bound it',
    async (constraint) => {
      const found = await search('full', constraint, costs, maxLatencyMs);
      expect(found.violations).toBeGreaterThan(0);
      expect(kBestPaths(costs, maxLatencyMs, logProbabilities(found.alphas, supernet.sizes), 1)[0]!.path).toEqual(
        planted,
      );
    },
  );

  test('never gives back what the budget excludes, and never activates it', async () => {
    const without: LatencyCosts = {
      constant: 0,
      single: planted.map((best, layer) => operations.map((_, o) => (layer === 1 && o === best ? 7 : 1))),
    };
    const found = await search('full', 'exact', without, 5);
    expect(found.violations).toBe(0);
    const [best] = kBestPaths(without, 5, logProbabilities(found.alphas, supernet.sizes), 1);
    expect(best!.path[1]).not.toBe(planted[1]);
    // What comes after the excluded operation was trained on its output; what comes before was not.
    expect(best!.path[0]).toBe(planted[0]);
    expect(pathLatency(without, best!.path)).toBeLessThanOrEqual(5);
  });
});
