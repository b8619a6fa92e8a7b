// Batch-norm statistics of given images.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBackend } from '../../src/autodiff/backend.ts';
import { createExecutor, type Executor } from '../../src/autodiff/executor.ts';
import { toPlain } from '../../src/autodiff/layout.ts';
import { createParameters } from '../../src/autodiff/parameters.ts';
import type { Architecture } from '../../src/contracts/architecture.ts';
import { createRandom } from '../../src/lib/random.ts';
import { networkModules } from '../../src/network/modules.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import { predict } from '../../src/training/predict.ts';
import { recalibrate } from '../../src/training/recalibrate.ts';
import { forwardPath, modulesOf } from '../../src/training/step.ts';
import { relativeError } from '../autodiff/oracle/engine.ts';
import { referenceBuilder } from '../autodiff/oracle/reference-builder.ts';

const batch = 3;
const input = { height: 32, width: 40 };
const common = { in: 16, out: 16, expanded: 32, activation: 'hswish', squeezeExcite: true } as const;
const architecture: Architecture = {
  schema: 'proxyless-ci/architecture@1',
  name: 'tiny',
  macro: { head: { width: 16, activation: 'hswish' }, aspp: { width: 16, rates: [1] }, decoder: { width: 16 } },
  layers: [2, 2, 2, 2].map((stride) => ({ ...common, operation: 'mbv3_3x3', stride: stride as 2 })),
};
const path = networkModules(architecture, input);
const parameters = createParameters(4);
for (const module of modulesOf(path)) parameters.ensure(module);

let executor: Executor;
beforeAll(async () => {
  executor = createExecutor({ backend: createBackend(await detectBlock()), batch, threads: 1, parameters });
});
afterAll(() => executor.close());

describe('recalibrate', () => {
  test('makes of the running statistics those of a batch: evaluation then gives what training mode gives', async () => {
    const random = createRandom(2, 'images');
    const images = Float32Array.from({ length: batch * 3 * input.height * input.width }, () => 2 + random.normal());
    const { head, layers, tail } = await forwardPath(executor, path, images, false);
    const { height, width } = path.tail.inputs[0]!;
    const logits = Float64Array.from(toPlain(tail.outputs[0]!, executor.backend.block, batch, 1, height * width));
    for (const pass of [head, ...layers, tail]) executor.release(pass);
    const reference = referenceBuilder(
      () => new Float64Array(),
      () => {},
    );
    const resized = reference.resize({ height, width, batch, channels: 1, data: logits }, input.height, input.width);
    const expected = Float64Array.from(resized.data, (z) => 1 / (1 + Math.exp(-z)));

    // The same batch twice: its mean and variance all the same.
    const weights = await recalibrate(executor, parameters, path, [images, images]);
    const recalibrated = createParameters(4, weights);
    for (const module of modulesOf(path)) recalibrated.ensure(module);
    const settings = { backend: executor.backend, batch, threads: 1 };
    const given = await predict({ ...settings, parameters: recalibrated }, path, images, input);
    expect(relativeError(given, expected)).toBeLessThan(1e-4);
    const before = await predict({ ...settings, parameters }, path, images, input);
    expect(relativeError(before, expected)).toBeGreaterThan(1e-2);
  });
});
