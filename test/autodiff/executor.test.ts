// What the executor promises beyond right gradients: shared sessions, gates, statistics, and buffers that come back.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { detectBackend } from '../../src/autodiff/backend.ts';
import { createExecutor, type Executor } from '../../src/autodiff/executor.ts';
import { toPlain, toStorage } from '../../src/autodiff/layout.ts';
import { createParameters, type Parameters } from '../../src/autodiff/parameters.ts';
import { createRandom } from '../../src/lib/random.ts';
import type { NetworkModule } from '../../src/network/types.ts';
import { relativeError } from './oracle/engine.ts';
import { evaluateReference } from './oracle/reference-builder.ts';

const batch = 2;
const [channels, side] = [24, 6];
const count = batch * channels * side * side;

/** A layer of a supernet: equal in shape to its namesakes elsewhere, with weights of its own. */
const layer = (prefix: string): NetworkModule => ({
  prefix,
  signature: 'layer',
  inputs: [{ channels, height: side, width: side }],
  build: (b, [x]) => [
    b.convBn(b.squeezeExcite(x!, 'se', 8), 'c', { out: channels, kernel: 1 }, { activation: 'hswish', residual: x! }),
  ],
});
const [first, second] = [layer('layers.0'), layer('layers.1')];

let executor: Executor;
let parameters: Parameters;
let store: (data: Float32Array) => Float32Array;
beforeEach(async () => {
  parameters = createParameters(1);
  for (const module of [first, second]) parameters.ensure(module);
  const backend = await detectBackend();
  executor = createExecutor({ backend, batch, threads: 1, parameters });
  store = (data) => toStorage(data, backend.block, batch, channels, side * side);
});
afterEach(() => executor.close());

const normal = (label: string, mean = 0): Float32Array => {
  const random = createRandom(4, label);
  return Float32Array.from({ length: count }, () => mean + random.normal());
};
const planar = (data: Float32Array): Float32Array =>
  toPlain(data, executor.backend.block, batch, channels, side * side);
function reference(module: NetworkModule, x: Float32Array): Float64Array {
  const values = new Map([['x0', Float64Array.from(x)]]);
  for (const name of parameters.namesOf(module))
    values.set(name.slice(module.prefix.length + 1), Float64Array.from(parameters.get(name).data));
  return evaluateReference(module, batch, values)[0]!.data;
}

describe('an executor', () => {
  test('shares the sessions of modules with equal signatures, each running on its own weights', async () => {
    const x = normal('x');
    for (const module of [first, second]) {
      const pass = await executor.forward(module, [store(x)], true);
      expect(relativeError(planar(pass.outputs[0]!), reference(module, x))).toBeLessThan(1e-5);
      await executor.backward(pass, [store(normal('dy'))], true);
      executor.release(pass);
      expect(executor.sessions()).toBe(2);
    }
    const gradients = [first, second].map((module) => parameters.gradient(`${module.prefix}/c.weight`));
    expect(relativeError(gradients[0]!, gradients[1]!)).toBeGreaterThan(0.1);
  });

  test("gives a binary gate's gradient: the product of output and upstream, summed", async () => {
    const [x, dy] = [normal('x'), normal('dy')];
    const y = reference(first, x);
    const expected = y.reduce((sum, v, i) => sum + v * dy[i]!, 0);
    expect(await executor.gate(first, store(x), store(dy))).toBeCloseTo(expected, 3);
  });

  test('moves running statistics by a tenth towards those of the batch, and only when asked', async () => {
    const pass = await executor.forward(first, [store(normal('x'))], false);
    const mean = parameters.get('layers.0/c.bn.mean').data;
    const variance = parameters.get('layers.0/c.bn.var').data;
    expect([...mean, ...variance]).toEqual([...mean.map(() => 0), ...variance.map(() => 1)]);
    executor.release(pass);
    const again = await executor.forward(first, [store(normal('x'))], true);
    executor.release(again);
    const convolution: NetworkModule = {
      ...first,
      build: (b, [x]) => [b.conv(b.squeezeExcite(x!, 'se', 8), 'c', { out: channels, kernel: 1 })],
    };
    const y = reference(convolution, normal('x'));
    const area = side * side;
    for (let c = 0; c < channels; c++) {
      const values = [0, 1].flatMap((n) => [...y.subarray((n * channels + c) * area, (n * channels + c + 1) * area)]);
      const m = values.reduce((a, b) => a + b) / values.length;
      const v = values.reduce((a, b) => a + (b - m) ** 2, 0) / values.length;
      expect(mean[c]).toBeCloseTo(0.1 * m, 5);
      expect(variance[c]).toBeCloseTo(0.9 + 0.1 * v, 5);
    }
  });

  test('takes every buffer back: 50 steps hold no more than the first, centring included', async () => {
    // Now far above zero, now far below: every pass runs again, better centered.
    const step = async (i: number): Promise<number> => {
      const pass = await executor.forward(first, [store(normal('x', i % 2 ? 1000 : -1000))], true);
      const next = await executor.forward(second, [pass.outputs[0]!], true);
      const [dy] = await executor.backward(next, [store(normal('dy'))], true);
      executor.release(next);
      const [dx] = await executor.backward(pass, [dy!], false);
      for (const gradient of [dx!, dy!]) executor.pool.release(gradient);
      executor.release(pass);
      expect(executor.pool.inUse()).toBe(0);
      return executor.pool.bytes();
    };
    const bytes = await step(0);
    for (let i = 1; i < 50; i++) expect(await step(i)).toBe(bytes);
  });

  test('runs a pass backward once: that writes over what the pass kept', async () => {
    const pass = await executor.forward(first, [store(normal('x'))], true);
    await executor.backward(pass, [store(normal('dy'))], true);
    await expect(executor.backward(pass, [store(normal('dy'))], true)).rejects.toThrow('layers.0: this pass');
  });
});
