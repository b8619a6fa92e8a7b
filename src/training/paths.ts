// Several paths of a supernet on one batch, and the sum of their gradients for one update.
import type { Executor } from '../autodiff/executor.ts';
import type { Parameters } from '../autodiff/parameters.ts';
import type { Loss } from './loss.ts';
import { modulesOf, type PathModules, runPath, type StepBatch } from './step.ts';

/** What paths are trained on. */
export interface PathEngine {
  readonly executor: Executor;
  readonly loss: Loss;
  readonly parameters: Parameters;
}

/** What a step of training found. The gradients themselves are in the parameters. */
export interface TrainedPaths {
  /** Parameters to update, each named once. */
  readonly names: readonly string[];
  /** Mean over the paths. */
  readonly loss: number;
}

/**
 * Runs paths one after the other on a batch, forward and backward. With several paths, each parameter's gradient is the sum over the paths that hold it,
 * as in FairNAS (Chu et al. 2021).
 * @param distill the paths after the first learn from its output in place of the masks (in-place distillation, Yu and Huang 2019; BigNAS, Yu et al. 2020)
 */
export async function trainPaths(
  { executor, loss, parameters }: PathEngine,
  paths: readonly PathModules[],
  batch: StepBatch,
  distill = false,
): Promise<TrainedPaths> {
  const namesOf = (path: PathModules): string[] => modulesOf(path).flatMap((module) => [...parameters.namesOf(module)]);
  const run = (path: PathModules, on: StepBatch): Promise<number> =>
    runPath(executor, loss, path, on, { updateWeights: true });
  if (paths.length === 1) return { names: namesOf(paths[0]!), loss: await run(paths[0]!, batch) };

  const sums = new Map<string, Float32Array>();
  let total = 0;
  let taught = batch;
  for (const [i, path] of paths.entries()) {
    total += await run(path, taught);
    if (distill && i === 0) taught = { ...batch, targets: loss.probabilities.slice() };
    for (const name of namesOf(path)) {
      const { parameter, gradient } = parameters.update(name);
      if (!parameter.trainable) continue;
      const sum = sums.get(parameter.name);
      if (sum) executor.backend.addInto(sum, gradient);
      else sums.set(parameter.name, gradient.slice());
    }
  }
  for (const [name, sum] of sums) parameters.gradient(name).set(sum);
  return { names: [...sums.keys()], loss: total / paths.length };
}
