// Gradient rules against an independent autodiff (tfjs), in every layout this machine has.
import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import type { Block } from '../../src/graph/kernels.ts';
import { moduleOutputs } from '../../src/network/count.ts';
import type { Feature, NetworkBuilder, NetworkModule } from '../../src/network/types.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import { createExecutor } from '../../src/training/executor.ts';
import { toPlain, toStorage } from '../../src/training/layout.ts';
import { createParameters } from '../../src/training/parameters.ts';
import { oracle } from '../oracle/tfjs-builder.ts';

const batch = 2;
type Build = <F extends Feature>(b: NetworkBuilder<F>, xs: readonly F[]) => F[];
const f = (channels: number, height: number, width = height): Feature => ({ channels, height, width });

/** name, inputs, what is built. Widths of 16 fill the blocks, 24 and 10 do not. */
const cases: [string, Feature[], Build][] = [
  ['pointwise convolution and batch norm', [f(16, 6)], (b, [x]) => [b.convBn(x!, 'c', { out: 32, kernel: 1 })]],
  ['pointwise with ReLU, widths off the block', [f(24, 6)], (b, [x]) => [b.convBn(x!, 'c', { out: 40, kernel: 1 }, { activation: 'relu' })]],
  ['pointwise with hard-swish', [f(24, 6, 4)], (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 1 }, { activation: 'hswish' })]],
  ['pointwise with a residual before the activation', [f(24, 6)], (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 1 }, { activation: 'hswish', residual: x! })]],
  ['depthwise 3x3', [f(16, 8)], (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 3, depthwise: true })]],
  ['depthwise 5x5, stride 2, hard-swish', [f(24, 8)], (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 5, stride: 2, depthwise: true }, { activation: 'hswish' })]],
  ['depthwise 3x3, stride 2, odd side', [f(16, 7)], (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 3, stride: 2, depthwise: true })]],
  ['depthwise 5x5, dilation 2', [f(24, 9)], (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 5, dilation: 2, depthwise: true })]],
  ['depthwise 3x3, dilation 2, stride 2', [f(16, 8)], (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 3, dilation: 2, stride: 2, depthwise: true })]],
  ['dense 3x3, stride 2, on an image', [f(3, 12)], (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 3, stride: 2 }, { activation: 'hswish' })]],
  ['dense 3x3', [f(16, 6)], (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 3 })]],
  ['dense 3x3, stride 2, dilation 2', [f(24, 8)], (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 3, stride: 2, dilation: 2 })]],
  ['convolution with bias', [f(24, 6)], (b, [x]) => [b.conv(x!, 'c', { out: 10, kernel: 1, bias: true })]],
  ['ReLU, hard-swish and hard-sigmoid alone', [f(24, 6)], (b, [x]) => [b.activation(b.activation(b.activation(x!, 'hswish'), 'hsigmoid'), 'relu')]],
  ['squeeze-excite', [f(24, 6)], (b, [x]) => [b.squeezeExcite(x!, 'se', 8)]],
  ['squeeze-excite, aligned', [f(32, 6)], (b, [x]) => [b.squeezeExcite(x!, 'se', 16)]],
  ['global pooling, resized back and added', [f(24, 6, 4)], (b, [x]) => [b.add(b.resize(b.globalPool(x!), 6, 4), x!)]],
  ['bilinear enlargement', [f(16, 5, 3)], (b, [x]) => [b.resize(x!, 10, 6)]],
  ['bilinear reduction', [f(24, 8)], (b, [x]) => [b.resize(x!, 4, 5)]],
  ['concat of aligned and of odd widths', [f(16, 4), f(24, 4)], (b, [x, y]) => [b.concat([x!, x!]), b.concat([x!, y!, y!])]],
  ['split and shuffle', [f(24, 4)], (b, [x]) => [b.shuffle(b.concat([b.channels(x!, 12, 24), b.channels(x!, 0, 12)]), 2)]],
  ['an identity', [f(16, 4)], (b, [x]) => [b.add(x!, x!), x!]],
];

/** An inverted bottleneck with squeeze-excite, a shuffle unit and a decoder step: every rule together. */
const small: [string, Feature[], Build] = [
  'a small network',
  [f(3, 16)],
  (b, [x]) => {
    const head = b.convBn(x!, 'head', { out: 16, kernel: 3, stride: 2 }, { activation: 'hswish' });
    const wide = b.convBn(head, 'expand', { out: 40, kernel: 1 }, { activation: 'hswish' });
    const deep = b.convBn(wide, 'depthwise', { out: 40, kernel: 5, depthwise: true }, { activation: 'hswish' });
    const block = b.convBn(b.squeezeExcite(deep, 'se', 16), 'project', { out: 16, kernel: 1 }, { residual: head });
    const down = b.convBn(b.activation(block, 'relu'), 'down', { out: 16, kernel: 3, stride: 2, depthwise: true });
    const mixed = b.shuffle(b.concat([b.channels(down, 0, 8), b.convBn(b.channels(down, 8, 16), 'half', { out: 8, kernel: 1 }, { activation: 'relu' })]), 2);
    const up = b.resize(b.convBn(mixed, 'top', { out: 24, kernel: 3, dilation: 2, stride: 1 }), 8, 8);
    const sum = b.convBn(head, 'lateral', { out: 24, kernel: 1 }, { residual: up });
    return [b.conv(sum, 'classifier', { out: 1, kernel: 1, bias: true })];
  },
];

const relative = (actual: Float32Array, expected: Float32Array): number => {
  let difference = 0;
  let norm = 0;
  expected.forEach((e, i) => {
    difference += (actual[i]! - e) ** 2;
    norm += e * e;
  });
  return Math.sqrt(difference / Math.max(norm, 1e-12));
};

async function compare(inputs: Feature[], build: Build, block: Block, offset = 0) {
  const module: NetworkModule = { prefix: 'm', signature: 'm', inputs, build };
  const random = createRandom(7, 'gradients');
  const normal = (length: number, scale = 1, mean = 0): Float32Array => Float32Array.from({ length }, () => mean + scale * random.normal());
  const parameters = createParameters(3);
  parameters.ensure(module);
  for (const p of parameters.all()) {
    if (p.trainable) p.data.set(normal(p.data.length, 0.5, p.name.endsWith('gamma') ? 1 : 0));
  }
  const executor = createExecutor({ block, batch, threads: 2, parameters });
  const plain = inputs.map((x) => normal(batch * x.channels * x.height * x.width, 1, offset));
  const store = (data: Float32Array, x: Feature): Float32Array =>
    x.channels < 8 ? data : toStorage(data, block, batch, x.channels, x.height * x.width);
  const pass = await executor.forward(module, inputs.map((x, i) => store(plain[i]!, x)), true);
  const shapes = moduleOutputs(module);
  const upstream = shapes.map((y) => normal(batch * y.channels * y.height * y.width));
  const stored = upstream.map((d, i) => toStorage(d, block, batch, shapes[i]!.channels, shapes[i]!.height * shapes[i]!.width));
  const dx = await executor.backward(pass, stored, true);
  const trainable = new Map([...parameters.all()].filter((p) => p.trainable).map((p) => [p.name.slice(2), p]));
  const truth = oracle(module, batch, plain, upstream, trainable);
  const errors: Record<string, number> = {};
  pass.outputs.forEach((y, i) => {
    const s = shapes[i]!;
    errors[`y${i}`] = relative(toPlain(y, block, batch, s.channels, s.height * s.width), truth.outputs[i]!);
  });
  dx.forEach((d, i) => {
    const x = inputs[i]!;
    if (d) errors[`dx${i}`] = relative(toPlain(d, block, batch, x.channels, x.height * x.width), truth.inputs[i]!);
  });
  for (const [name, p] of trainable) errors[name] = relative(parameters.gradient(p.name), truth.parameters.get(name)!);
  await executor.close();
  return errors;
}

let machine: Block = 1;
beforeAll(async () => {
  machine = await detectBlock();
});

describe.each(['plain', 'blocked'] as const)('gradients in the %s layout equal tfjs to 1e-3', (layout) => {
  test.each([...cases, small])('%s', async (_, inputs, build) => {
    const errors = await compare(inputs, build, layout === 'plain' ? 1 : machine);
    for (const [name, error] of Object.entries(errors)) expect(error, name).toBeLessThan(1e-3);
  });
});
