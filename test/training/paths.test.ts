// Several paths of a supernet on one batch: the gradient that an update sees, against central differences of the losses' sum.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainBackend } from '../../src/autodiff/backend.ts';
import { createExecutor, type Executor } from '../../src/autodiff/executor.ts';
import { createParameters, type Parameters } from '../../src/autodiff/parameters.ts';
import { createRandom } from '../../src/lib/random.ts';
import { createSupernet, kernelsShare } from '../../src/nas/supernet.ts';
import { parseSpace } from '../../src/network/space.ts';
import { runLoop } from '../../src/training/loop.ts';
import { createLoss, type Loss } from '../../src/training/loss.ts';
import { trainPaths } from '../../src/training/paths.ts';
import { pathLoss, type StepBatch } from '../../src/training/step.ts';

const stage = (stride: number, operations: string): string =>
  `  - { width: 16, layers: 1, stride: ${stride}, expansion: 2, activation: hswish, squeeze-excite: false, operations: [${operations}] }`;
const space = parseSpace(
  [
    'name: nested',
    'macro: { head: { width: 16, activation: hswish }, aspp: { width: 16, rates: [1] }, decoder: { width: 16 } }',
    'stages:',
    stage(2, 'mbv3_5x5'),
    stage(1, 'mbv3_3x3, mbv3_5x5, mbv3_7x7, sepconv_3x3, sepconv_5x5'),
    ...[2, 2, 2].map((stride) => stage(stride, 'mbv3_3x3')),
  ].join('\n'),
  'nested',
);
const input = { height: 48, width: 48 };
const batch = 4;
const supernet = createSupernet(space, input);
const pathOf = (operation: number) => supernet.pathModules([0, operation, 0, 0, 0]);
/** What all kernels of layer 1's blocks share, 7 x 7. */
const filters = 'layers.1.mbv3/depthwise.weight';

function makeBatch(): StepBatch {
  const random = createRandom(1, 'paths');
  const pixels = batch * input.height * input.width;
  return {
    images: Float32Array.from({ length: 3 * pixels }, () => random.normal()),
    targets: Float32Array.from({ length: pixels }, (_, i) => Number(i % input.width > 12)),
    pixelWeights: new Float32Array(pixels).fill(1),
  };
}
const data = makeBatch();

let parameters: Parameters;
let executor: Executor;
let loss: Loss;
beforeAll(async () => {
  parameters = createParameters(1, undefined, (own) => kernelsShare(own, true));
  supernet.ensure(parameters);
  executor = createExecutor({ backend: plainBackend, batch, threads: 1, parameters });
  loss = await createLoss({ backend: plainBackend, batch, logits: { height: 12, width: 12 }, mask: input }, 1);
});
afterAll(() => Promise.all([executor.close(), loss.close()]));

test('a smaller kernel is the middle of the largest, made first whatever the order of the candidates', () => {
  const { data: whole, shape } = parameters.get(filters);
  expect(shape).toEqual([32, 1, 7, 7]);
  expect(parameters.get('layers.1.mbv3_7x7/depthwise.weight').data).toBe(whole);
  for (const [kernel, margin] of [
    [3, 2],
    [5, 1],
  ] as const) {
    const { data: small, shape: own } = parameters.get(`layers.1.mbv3_${kernel}x${kernel}/depthwise.weight`);
    expect(own).toEqual([32, 1, kernel, kernel]);
    const at = (filter: number, row: number, column: number): number =>
      whole[filter * 49 + (row + margin) * 7 + column + margin]!;
    expect([small[0], small.at(-1)]).toEqual([at(0, 0, 0), at(31, kernel - 1, kernel - 1)]);
    expect(small[kernel * kernel + kernel + 2]).toBe(at(1, 1, 2));
  }
  // sepconv has no 7 x 7: its 5 x 5 is the largest.
  expect(parameters.get('layers.1.sepconv/first.depthwise.weight').shape).toEqual([16, 1, 5, 5]);
});

describe('the sum over paths', () => {
  /** Slope of the summed losses along a direction of one parameter, by central differences. */
  async function slope(name: string, direction: Float32Array, operations: readonly number[]): Promise<number> {
    const { data: weights } = parameters.get(name);
    const start = weights.slice();
    const at = async (epsilon: number): Promise<number> => {
      weights.forEach((_, i) => {
        weights[i] = start[i]! + epsilon * direction[i]!;
      });
      let sum = 0;
      for (const operation of operations) sum += await pathLoss(executor, loss, pathOf(operation), data);
      weights.set(start);
      return sum;
    };
    const epsilon = 2e-3;
    return ((await at(epsilon)) - (await at(-epsilon))) / (2 * epsilon);
  }

  test.each([
    ['3 x 3 alone', [0]],
    ['3 x 3, 5 x 5 and 7 x 7 of one filter', [0, 1, 2]],
    ['5 x 5 twice and another operation', [1, 1, 3]],
  ])('is the slope of the summed losses: %s', async (_, operations) => {
    for (const name of [filters, 'head/conv.weight', 'layers.1.mbv3/expand.weight']) {
      const { names } = await trainPaths({ executor, loss, parameters }, operations.map(pathOf), data);
      // One path is updated by its own names, several by the shared ones; either way each parameter moves once.
      const updates = names.map((own) => parameters.update(own)).filter(({ parameter }) => parameter.trainable);
      expect(new Set(updates.map(({ parameter }) => parameter)).size).toBe(updates.length);
      const gradient = updates.find(({ parameter }) => parameter.name === name)!.gradient.slice();
      // Mostly downhill, so that the slope stands out from the rounding of the losses.
      const random = createRandom(3, name);
      const direction = gradient.map((g) => (Math.sign(g) + 0.5 * random.normal()) / Math.sqrt(gradient.length));
      const along = gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0);
      const expected = await slope(name, direction, operations);
      expect(Math.abs(along - expected), `${name}: ${along} and ${expected}`).toBeLessThan(0.02 * Math.abs(expected));
    }
  });

  test('leaves what is around a smaller kernel alone, and what no path holds out of the update', async () => {
    await trainPaths({ executor, loss, parameters }, [pathOf(0)], data);
    const { gradient } = parameters.update('layers.1.mbv3_3x3/depthwise.weight');
    const inside = (i: number): boolean => [i % 7, Math.floor((i % 49) / 7)].every((side) => side >= 2 && side <= 4);
    expect(gradient.every((g, i) => inside(i) || g === 0)).toBe(true);
    expect(gradient.some((g) => g !== 0)).toBe(true);
    const { names } = await trainPaths({ executor, loss, parameters }, [pathOf(0), pathOf(1)], data);
    expect(names).not.toContain('layers.1.sepconv/first.depthwise.weight');
    expect(names.filter((name) => name === filters)).toHaveLength(1);
  });
});

test('paths after the first learn from what it says, where it distills', async () => {
  const engine = { executor, loss, parameters };
  await pathLoss(executor, loss, pathOf(2), data);
  const said = loss.probabilities.slice();
  expect(said.every((p) => p > 0 && p < 1)).toBe(true);
  const masks = await pathLoss(executor, loss, pathOf(2), data);
  const soft = await pathLoss(executor, loss, pathOf(0), { ...data, targets: said });
  const { loss: mean } = await trainPaths(engine, [pathOf(2), pathOf(0)], data, true);
  expect(mean).toBeCloseTo((masks + soft) / 2, 5);
  const plain = await trainPaths(engine, [pathOf(2), pathOf(0)], data);
  expect(Math.abs(plain.loss - mean)).toBeGreaterThan(1e-3);
});

test('a further cycle begins at the weights of the one before, with the rate at its start again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cycles-'));
  const checkpoint = join(folder, 'training');
  const values = () => parameters.get('head/conv.weight').data.slice();
  const train = async (steps: number, cycleStart: number) => {
    const seen = new Map<number, Float32Array>();
    await runLoop({
      precision: 'float32',
      spec: {
        ...{ steps, cycleStart, ema: 0, schedule: { kind: 'cosine', warmUp: 0 } },
        optimizer: { kind: 'sgd', learningRate: 0.01, weightDecay: 0, momentum: 0 },
      },
      ...{ parameters, executor, loss, checkpoint },
      paths: { at: () => [pathOf(1)], state: () => '', restore: () => {} },
      openBatches: async () => ({ next: async () => data, waitedMs: () => 0, close: async () => {} }),
      checkpointEveryMs: 1e9,
      signal: new AbortController().signal,
      onStep: ({ step }) => seen.set(step, values()),
    });
    return seen;
  };
  await train(3, 0);
  const before = readFileSync(checkpoint);
  const start = values();
  const moved = ([...after]: Float32Array): number => Math.hypot(...after.map((w, i) => w - start[i]!));
  const cycle = moved((await train(6, 3)).get(4)!);
  writeFileSync(checkpoint, before);
  const whole = moved((await train(6, 0)).get(4)!);
  // Half of the rate is left in the middle of a cosine.
  expect(cycle / whole).toBeCloseTo(2, 2);
  rmSync(folder, { recursive: true });
});

test('weights of nested kernels come back whole from a checkpoint', () => {
  const values = parameters.weights();
  expect(values.get('layers.1.mbv3_3x3/depthwise.weight')).toHaveLength(32 * 9);
  const restored = createParameters(2, undefined, (own) => kernelsShare(own, true));
  supernet.ensure(restored);
  restored.restore(new Map([...values].map(([name, value]) => [name, value.slice()])));
  expect(restored.weights()).toEqual(values);
  expect([...restored.all()].map(({ name }) => name)).not.toContain('layers.1.mbv3_3x3/depthwise.weight');
});
