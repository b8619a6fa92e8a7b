// Batch-norm statistics of one path, computed anew: a supernet's running ones mix all the paths that passed.
import type { NetworkModule } from '../network/types.ts';
import type { Activated, Executor } from './executor.ts';
import type { Parameters } from './parameters.ts';
import { modulesOf, type PathModules, type StepBatch } from './step.ts';

/**
 * The path's weights with mean and variance of every batch norm taken over the given batches (variances by the law of total variance).
 * The parameters themselves are not changed.
 * @returns weights by full name, of this path only
 */
export async function recalibrate(
  executor: Executor,
  parameters: Parameters,
  path: PathModules,
  batches: readonly StepBatch[],
): Promise<Map<string, Float32Array>> {
  const sums = new Map<string, { mean: Float64Array; square: Float64Array }>();
  const forward = async (module: NetworkModule, inputs: readonly Float32Array[]): Promise<Activated> => {
    const pass = await executor.forward(module, inputs, false);
    for (const s of pass.statistics) {
      const name = `${module.prefix}/${s.name}`;
      const running = parameters.get(`${name}.bn.mean`).data;
      const sum = sums.get(name) ?? {
        mean: new Float64Array(running.length),
        square: new Float64Array(running.length),
      };
      sums.set(name, sum);
      for (let c = 0; c < running.length; c++) {
        const mean = running[c]! + s.mean[c]!;
        sum.mean[c]! += mean;
        sum.square[c]! += s.variance[c]! + mean * mean;
      }
    }
    return pass;
  };
  for (const batch of batches) {
    const passes = [await forward(path.head, [batch.images])];
    for (const module of path.layers) passes.push(await forward(module, [passes.at(-1)!.outputs[0]!]));
    passes.push(
      await forward(
        path.tail,
        path.features.map((i) => passes[i + 1]!.outputs[0]!),
      ),
    );
    for (const pass of passes) executor.release(pass);
  }
  const weights = new Map<string, Float32Array>();
  for (const module of modulesOf(path)) {
    for (const name of parameters.namesOf(module)) weights.set(name, parameters.get(name).data);
  }
  for (const [name, { mean, square }] of sums) {
    const n = batches.length;
    weights.set(
      `${name}.bn.mean`,
      Float32Array.from(mean, (sum) => sum / n),
    );
    weights.set(
      `${name}.bn.var`,
      Float32Array.from(square, (sum, c) => Math.max(0, sum / n - (mean[c]! / n) ** 2)),
    );
  }
  return weights;
}
