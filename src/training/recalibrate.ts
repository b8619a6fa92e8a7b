// Batch-norm statistics of one path, computed again: the running statistics of a supernet mix all the paths that were trained.
import type { Activated, Executor } from '../autodiff/executor.ts';
import type { Parameters } from '../autodiff/parameters.ts';
import { forwardPath, modulesOf, type PathModules } from './step.ts';

/**
 * The path's weights with mean and variance of every batch norm taken over the given batches (variances by the law of total variance).
 * The parameters themselves are not changed.
 * @param batches normalized images, each [N, 3, H, W]
 * @returns weights by full name, of this path only
 */
export async function recalibrate(
  executor: Executor,
  parameters: Parameters,
  path: PathModules,
  batches: readonly Float32Array[],
): Promise<Map<string, Float32Array>> {
  const sums = new Map<string, { mean: Float64Array; square: Float64Array }>();
  const add = ({ module, statistics }: Activated): void => {
    for (const s of statistics) {
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
  };
  for (const images of batches) {
    const { head, layers, tail } = await forwardPath(executor, path, images, false);
    for (const pass of [head, ...layers, tail]) {
      add(pass);
      executor.release(pass);
    }
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
