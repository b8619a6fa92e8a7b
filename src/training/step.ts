// One path of a network, forward and backward: the memory is that of this path alone.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Activated, Executor } from '../autodiff/executor.ts';
import { type TailInput, tailInputs } from '../network/modules.ts';
import type { NetworkModule } from '../network/types.ts';
import type { Loss } from './loss.ts';

/** The modules of one path; `features` are the tail's inputs. */
export interface PathModules {
  readonly head: NetworkModule;
  readonly layers: readonly NetworkModule[];
  readonly tail: NetworkModule;
  readonly features: readonly TailInput[];
}

/** Images [N, 3, H, W] normalized; targets and weights of pixels [N, 1, H, W]. */
export interface StepBatch {
  readonly images: Float32Array;
  readonly targets: Float32Array;
  readonly pixelWeights: Float32Array;
}

export interface StepOptions {
  /** Whether parameters get gradients and running statistics move. */
  readonly updateWeights: boolean;
  /** Called for every layer on the way back with its pass and the gradient at its output, all in storage layout. */
  readonly onLayer?: (layer: number, pass: Activated, upstream: Float32Array) => Promise<void>;
}

/** All modules of a path, in order. */
export const modulesOf = (path: PathModules): NetworkModule[] => [path.head, ...path.layers, path.tail];

/** Runs a path forward; the caller releases the passes. */
export async function forwardPath(
  executor: Executor,
  path: PathModules,
  images: Float32Array,
  updateStatistics: boolean,
): Promise<{ head: Activated; layers: Activated[]; tail: Activated }> {
  // Runs of a session block the thread. Once a step, this lets signals and batches be handled.
  await nextTurn();
  const forward = (module: NetworkModule, inputs: Float32Array[]): Promise<Activated> =>
    executor.forward(module, inputs, updateStatistics);
  const head = await forward(path.head, [images]);
  const layers: Activated[] = [];
  for (const module of path.layers) layers.push(await forward(module, [(layers.at(-1) ?? head).outputs[0]!]));
  const outputs = layers.map((pass) => pass.outputs[0]!);
  const tail = await forward(path.tail, tailInputs(path.features, images, outputs));
  return { head, layers, tail };
}

/** The loss of a path, forward only; it changes neither weights nor statistics. */
export async function pathLoss(executor: Executor, loss: Loss, path: PathModules, batch: StepBatch): Promise<number> {
  const { head, layers, tail } = await forwardPath(executor, path, batch.images, false);
  const dLogits = executor.pool.acquire(loss.gradientDims);
  const value = await loss.evaluate(tail.outputs[0]!, batch.targets, batch.pixelWeights, dLogits);
  executor.pool.release(dLogits);
  for (const pass of [head, ...layers, tail]) executor.release(pass);
  return value;
}

/**
 * Runs a path forward, the loss, and backward.
 * @returns the loss
 */
export async function runPath(
  executor: Executor,
  loss: Loss,
  path: PathModules,
  batch: StepBatch,
  options: StepOptions,
): Promise<number> {
  const { head, layers, tail } = await forwardPath(executor, path, batch.images, options.updateWeights);
  const dLogits = executor.pool.acquire(loss.gradientDims);
  const value = await loss.evaluate(tail.outputs[0]!, batch.targets, batch.pixelWeights, dLogits);
  const fromTail = await executor.backward(tail, [dLogits], options.updateWeights);
  executor.pool.release(dLogits);
  executor.release(tail);

  let upstream: Float32Array | undefined;
  for (let i = layers.length - 1; i >= 0; i--) {
    const feature = path.features.indexOf(i);
    const branch = feature < 0 ? undefined : fromTail[feature];
    if (branch && upstream) {
      executor.backend.addInto(upstream, branch);
      executor.pool.release(branch);
    } else upstream ??= branch;
    if (!upstream) throw new Error(`layer ${i} has no gradient`);
    const pass = layers[i]!;
    if (options.onLayer) await options.onLayer(i, pass, upstream);
    const [dx] = await executor.backward(pass, [upstream], options.updateWeights);
    executor.pool.release(upstream);
    executor.release(pass);
    upstream = dx;
  }
  if (options.updateWeights) await executor.backward(head, [upstream!], true);
  executor.pool.release(upstream!);
  executor.release(head);
  return value;
}
