// One step on a whole network: its gradients against tfjs on the same network in one piece; training that learns, repeats and holds its memory.

import { beforeAll, describe, expect, test } from 'vitest';
import { createBackend } from '../../src/autodiff/backend.ts';
import { createExecutor } from '../../src/autodiff/executor.ts';
import { createParameters, type Parameters } from '../../src/autodiff/parameters.ts';
import type { Architecture, Layer } from '../../src/contracts/architecture.ts';
import type { ChannelBlock } from '../../src/graph/channel-block.ts';
import { createRandom } from '../../src/lib/random.ts';
import { moduleOutputs } from '../../src/network/count.ts';
import { networkModules, tailInputs } from '../../src/network/modules.ts';
import type { Feature, NetworkBuilder, NetworkModule } from '../../src/network/types.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import { createLoss } from '../../src/training/loss.ts';
import { createOptimizer } from '../../src/training/optimizer.ts';
import { modulesOf, type PathModules, runPath, type StepBatch } from '../../src/training/step.ts';
import { relativeError } from '../autodiff/oracle/engine.ts';
import { evaluateReference } from '../autodiff/oracle/reference-builder.ts';
import { oracle } from '../autodiff/oracle/tfjs-builder.ts';

const batch = 2;
const layer = (operation: string, from: number, out: number, stride: 1 | 2): Layer => ({
  operation,
  in: from,
  out,
  stride,
  expanded: 3 * from,
  activation: 'hswish',
  squeezeExcite: true,
});
const architecture: Architecture = {
  schema: 'proxyless-ci/architecture@1',
  name: 'tiny',
  macro: { head: { width: 16, activation: 'hswish' }, aspp: { width: 16, rates: [1, 6] }, decoder: { width: 16 } },
  // An operation of each kind; the features of s4 and s8 feed the tail and a layer, the first layer of s8 a layer only.
  layers: [
    layer('mbv3_3x3', 16, 16, 2),
    layer('sepconv_3x3', 16, 24, 2),
    layer('mbv3_5x5', 24, 24, 1),
    layer('dilconv_3x3', 24, 32, 2),
    layer('shuffle', 32, 40, 2),
  ],
};
const path = networkModules(architecture, { height: 60, width: 36 });
/** Its tail takes the image too. */
const biSeNet: Architecture = {
  ...architecture,
  macro: {
    head: architecture.macro.head,
    bisenet: { spatial: 8, context: 24, fusion: 40, classifier: 16 },
  },
  layers: [
    layer('maxpool_3x3', 16, 16, 2),
    layer('xception', 16, 24, 2),
    layer('xception', 24, 24, 1),
    layer('xception', 24, 32, 2),
    layer('xception', 32, 40, 2),
  ],
};
const images = { channels: 3, height: 60, width: 36 };

/** Noise around a bright ellipse, the ellipse as the target, and a band of ignored pixels. */
function makeBatch(): StepBatch {
  const random = createRandom(1, 'batch');
  const pixels = images.height * images.width;
  const inside = (i: number): boolean =>
    ((i % images.width) / images.width - 0.4) ** 2 +
      (Math.floor((i % pixels) / images.width) / images.height - 0.5) ** 2 <
    0.08;
  return {
    images: Float32Array.from({ length: batch * 3 * pixels }, (_, i) => Number(inside(i)) + random.normal()),
    targets: Float32Array.from({ length: batch * pixels }, (_, i) => Number(inside(i))),
    pixelWeights: Float32Array.from({ length: batch * pixels }, (_, i) => Number(i % images.width > 4)),
  };
}
const data = makeBatch();

/** The path as one module: parameters keep their full names. */
function wholeNetwork({ head, layers, tail, features }: PathModules): NetworkModule {
  const inside = <F extends Feature>(b: NetworkBuilder<F>, module: NetworkModule, xs: F[]): F[] =>
    module.build(
      {
        ...b,
        convBn: (x, name, ...rest) => b.convBn(x, `${module.prefix}/${name}`, ...rest),
        conv: (x, name, ...rest) => b.conv(x, `${module.prefix}/${name}`, ...rest),
        squeezeExcite: (x, name, ...rest) => b.squeezeExcite(x, `${module.prefix}/${name}`, ...rest),
      },
      xs,
    );
  return {
    prefix: 'whole',
    signature: 'whole',
    inputs: head.inputs,
    build(b, xs) {
      let x = inside(b, head, [...xs])[0]!;
      const outputs = layers.map((module) => {
        x = inside(b, module, [x])[0]!;
        return x;
      });
      return inside(b, tail, tailInputs(features, xs[0]!, outputs));
    },
  };
}

async function createStep(block: ChannelBlock, of: PathModules = path) {
  const backend = createBackend(block);
  const parameters = createParameters(1);
  for (const module of modulesOf(of)) parameters.ensure(module);
  const executor = createExecutor({ backend, batch, threads: 2, parameters });
  const { height, width } = moduleOutputs(of.tail)[0]!;
  const loss = await createLoss({ backend, batch, logits: { height, width }, mask: images }, 2);
  return {
    parameters,
    executor,
    loss,
    run: (updateWeights = true) => runPath(executor, loss, of, data, { updateWeights }),
    close: () => Promise.all([executor.close(), loss.close()]),
  };
}

/** Weights a little off their start: beta and gamma are not all zeros and ones. */
function perturb(parameters: Parameters): void {
  for (const { name, data: values, trainable } of parameters.all()) {
    const random = createRandom(2, name);
    if (trainable)
      values.forEach((v, i) => {
        values[i] = v + 0.1 * random.normal();
      });
  }
}

let machine: ChannelBlock = 1;
beforeAll(async () => {
  machine = await detectBlock();
});

describe('a step', () => {
  test.each([
    ['the shared macro-architecture', path],
    ["BiSeNet's", networkModules(biSeNet, { height: 60, width: 36 })],
  ])(
    'under %s gives the loss and the gradient of every parameter that tfjs gives on the whole network, in every layout',
    async (_, of) => {
      const plain = await createStep(1, of);
      perturb(plain.parameters);
      const trainable = new Map([...plain.parameters.all()].filter((p) => p.trainable).map((p) => [p.name, p]));
      const whole = wholeNetwork(of);
      const values = new Map([...trainable].map(([name, p]) => [name, Float64Array.from(p.data)]));
      const [logits] = evaluateReference(whole, batch, values.set('x0', Float64Array.from(data.images)));
      const upstream = new Float32Array(logits!.data.length);
      const expectedLoss = await plain.loss.evaluate(
        Float32Array.from(logits!.data),
        data.targets,
        data.pixelWeights,
        upstream,
      );
      const truth = oracle(whole, batch, [data.images], [upstream], trainable);

      // Some are zero by construction (a shift that the next batch norm takes out again): there only rounding is compared.
      const norm = (g: Float32Array): number => Math.hypot(...g);
      const floor = 1e-3 * Math.max(...[...truth.parameters.values()].map(norm));

      for (const block of new Set<ChannelBlock>([1, machine])) {
        const step = await createStep(block, of);
        perturb(step.parameters);
        expect(await step.run()).toBeCloseTo(expectedLoss, 4);
        for (const [name, expected] of truth.parameters) {
          const difference = norm(step.parameters.gradient(name).map((g, i) => g - expected[i]!));
          expect(difference / Math.max(norm(expected), floor), `${name}, block ${block}`).toBeLessThan(1e-3);
        }
        await step.close();
      }
      await plain.close();
    },
  );

  test('learns a fixed batch, with buffers that are given back by every step and grow no more after the first two of 50', async () => {
    const step = await createStep(machine);
    const names = [...step.parameters.all()].map((p) => p.name);
    const optimizer = createOptimizer(
      { kind: 'adamw', learningRate: 1, weightDecay: 0, momentum: 0.9 },
      step.parameters,
      step.executor,
    );
    const losses: number[] = [];
    const bytes: number[] = [];
    for (let i = 0; i < 50; i++) {
      losses.push(await step.run());
      optimizer.step(names, 0.01);
      expect(step.executor.pool.inUse()).toBe(0);
      bytes.push(step.executor.pool.bytes());
    }
    expect(losses[20]!).toBeLessThan(0.7 * losses[0]!);
    expect(losses[49]!).toBeLessThan(losses[20]!);
    expect(bytes[49]).toBe(bytes[1]);
    await step.close();
  });

  test('repeats: three steps from the same seed end with the same weights, bit by bit', async () => {
    const train = async () => {
      const step = await createStep(machine);
      const names = [...step.parameters.all()].map((p) => p.name);
      const spec = { kind: 'sgd', learningRate: 1, weightDecay: 1e-4, momentum: 0.9 } as const;
      const optimizer = createOptimizer(spec, step.parameters, step.executor);
      for (let i = 0; i < 3; i++) {
        await step.run();
        optimizer.step(names, 0.05);
      }
      await step.close();
      return step.parameters.weights();
    };
    expect(await train()).toEqual(await train());
  });

  test('without weights moves no running statistic and writes no gradient, and tells every layer of its own', async () => {
    const step = await createStep(machine);
    const withWeights: Float32Array[] = [];
    const without: Float32Array[] = [];
    const note = (into: Float32Array[]) => async (i: number, _: unknown, upstream: Float32Array) => {
      into[i] = Float32Array.from(upstream);
    };
    const { executor, loss, parameters } = step;
    const before = new Map([...parameters.all()].map((p) => [p.name, Float32Array.from(p.data)]));
    await runPath(executor, loss, path, data, { updateWeights: false, onLayer: note(without) });
    for (const { name, data: values } of parameters.all()) {
      expect(values, name).toEqual(before.get(name));
      expect(
        parameters.gradient(name).every((g) => g === 0),
        name,
      ).toBe(true);
    }
    await runPath(executor, loss, path, data, { updateWeights: true, onLayer: note(withWeights) });
    expect(without).toHaveLength(path.layers.length);
    without.forEach((upstream, i) => {
      expect(relativeError(upstream, withWeights[i]!)).toBeLessThan(1e-5);
    });
    await step.close();
  });
});
