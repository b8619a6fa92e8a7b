// One forward and one backward pass of the training engine on a module, everything planar: what the oracles are compared with.

import { createBackend } from '../../../src/autodiff/backend.ts';
import { createExecutor } from '../../../src/autodiff/executor.ts';
import { toPlain, toStorage } from '../../../src/autodiff/layout.ts';
import { createParameters, type Parameters } from '../../../src/autodiff/parameters.ts';
import type { ChannelBlock } from '../../../src/graph/channel-block.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { moduleOutputs } from '../../../src/network/count.ts';
import type { Feature, InputFeature, NetworkModule } from '../../../src/network/types.ts';
import type { Build } from './cases.ts';

export type Named<T> = Map<string, T>;

/** A module with numbers: its gradients are those of sum(outputs * upstream). Inputs and upstream are [N, C, H, W]. */
export interface Problem {
  readonly module: NetworkModule;
  readonly batch: number;
  readonly inputs: Float32Array[];
  readonly upstream: Float32Array[];
  /** Trainable parameters by their name within the module. */
  readonly trainable: Named<{ data: Float32Array; shape: readonly number[] }>;
  readonly parameters: Parameters;
}

/** @param adjust may change inputs and parameters before anything runs */
export function createProblem(
  inputs: InputFeature[],
  build: Build,
  adjust: (problem: Pick<Problem, 'inputs' | 'trainable'>) => void = () => {},
): Problem {
  const batch = 2;
  const module: NetworkModule = { prefix: 'm', signature: 'm', inputs, build };
  const random = createRandom(7, 'gradients');
  const normal = (length: number, scale = 1, mean = 0): Float32Array =>
    Float32Array.from({ length }, () => mean + scale * random.normal());
  const parameters = createParameters(3);
  parameters.ensure(module);
  const trainable: Problem['trainable'] = new Map();
  for (const p of parameters.all()) {
    if (!p.trainable) continue;
    p.data.set(normal(p.data.length, 0.5, p.name.endsWith('gamma') ? 1 : 0));
    trainable.set(p.name.slice('m/'.length), p);
  }
  const plain = inputs.map((x) => normal(batch * x.channels * x.height * x.width));
  const upstream = moduleOutputs(module).map((y) => normal(batch * y.channels * y.height * y.width));
  adjust({ inputs: plain, trainable });
  return { module, batch, inputs: plain, upstream, trainable, parameters };
}

/**
 * What the engine makes of a problem: outputs `y0`, ...; gradients `x0`, ... (none for an image) and by parameter; those of the inputs once
 * more, asked for alone.
 */
export async function runEngine(
  { module, batch, inputs, upstream, trainable, parameters }: Problem,
  block: ChannelBlock,
) {
  const executor = createExecutor({ backend: createBackend(block), batch, threads: 2, parameters });
  const stored = (data: Float32Array, f: Feature): Float32Array =>
    toStorage(data, block, batch, f.channels, f.height * f.width);
  const planar = (data: Float32Array, f: Feature): Float32Array =>
    toPlain(data, block, batch, f.channels, f.height * f.width);
  const shapes = moduleOutputs(module);
  const images = inputs.map((x, i) => (module.inputs[i]!.image ? x : stored(x, module.inputs[i]!)));
  const dy = upstream.map((d, i) => stored(d, shapes[i]!));
  const outputs: Named<Float32Array> = new Map();
  const gradients: Named<Float32Array> = new Map();
  const inputsOnly: Named<Float32Array> = new Map();
  for (const updateWeights of [true, false]) {
    const pass = await executor.forward(module, images, true);
    if (updateWeights) for (const [i, y] of pass.outputs.entries()) outputs.set(`y${i}`, planar(y, shapes[i]!));
    const into = updateWeights ? gradients : inputsOnly;
    for (const [i, dx] of (await executor.backward(pass, dy, updateWeights)).entries())
      if (dx) into.set(`x${i}`, planar(dx, module.inputs[i]!));
  }
  for (const name of trainable.keys())
    gradients.set(name, Float32Array.from(parameters.gradient(`${module.prefix}/${name}`)));
  await executor.close();
  return { outputs, gradients, inputsOnly };
}

/** Norm of the difference over the norm of what was expected. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values, not ${expected.length}`);
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i]! - expected[i]!) ** 2;
    norm += expected[i]! ** 2;
  }
  return Math.sqrt(difference / Math.max(norm, 1e-12));
}
