// The training loop shared by the supernet and by single networks: batch, path, step, update, average; resumable at every checkpoint.
import { z } from 'zod';
import type { Executor } from '../autodiff/executor.ts';
import type { Parameters } from '../autodiff/parameters.ts';
import { UserError } from '../lib/errors.ts';
import { parseJson } from '../lib/files.ts';
import { type Precision, precisions } from '../lib/precision.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { type Curve, curveStateSchema, isScored, noteLoss, noteScore } from './curve.ts';
import type { Loss } from './loss.ts';
import {
  createAverage,
  createOptimizer,
  type OptimizerSpec,
  type ScheduleSpec,
  scheduleAt,
  type WeightAverage,
} from './optimizer.ts';
import { trainPaths } from './paths.ts';
import type { PathModules, StepBatch } from './step.ts';

/** Where batches come from: batch t is a pure function of t, so a resumed loop sees the same ones. */
export interface BatchStream {
  /** Its arrays may be written to by the next call. */
  next(): Promise<StepBatch>;
  waitedMs(): number;
  close(): Promise<void>;
}

/** Chooses the paths of a step. Its state, where it has any, is saved with the weights. */
export interface PathSource {
  at(step: number): readonly PathModules[];
  state(): string;
  restore(state: string): void;
}

export interface LoopSpec {
  readonly steps: number;
  readonly optimizer: OptimizerSpec;
  readonly schedule: ScheduleSpec;
  /** Decay of the moving average of the weights; 0: none. */
  readonly ema: number;
  /** Step at which the schedule begins; the steps before it were a separate training. Default 0. */
  readonly cycleStart?: number;
  /** Whether the paths of a step after the first learn from the output of the first. */
  readonly distill?: boolean;
}

export interface LoopReport {
  readonly step: number;
  readonly loss: number;
}

export interface LoopOptions {
  readonly spec: LoopSpec;
  /** Already made for every module that a path may hold. */
  readonly parameters: Parameters;
  readonly executor: Executor;
  readonly loss: Loss;
  readonly paths: PathSource;
  readonly openBatches: (startStep: number) => Promise<BatchStream>;
  /** What the executor multiplies in. */
  readonly precision: Precision;
  /** Checkpoint file. */
  readonly checkpoint: string;
  /** Milliseconds between checkpoints. */
  readonly checkpointEveryMs: number;
  readonly signal: AbortSignal;
  readonly onStep: (report: LoopReport) => void;
  /** mIoU of the given weights (the averaged ones where there are any), for the curve. The training's time leaves it out. */
  readonly score?: ((weights: ReadonlyMap<string, Float32Array>) => Promise<number>) | undefined;
}

/** What a finished loop has. Times include those of earlier processes that trained the same checkpoint. */
export interface LoopResult {
  readonly seconds: number;
  /** Share of the loop's time spent waiting for data. */
  readonly dataWaitShare: number;
  /** Mean loss over the last 100 steps. */
  readonly loss: number;
  readonly curve: Curve;
  /** What its steps multiplied in: of a training that went on on another CPU, both. */
  readonly precisions: Precision[];
  /** Averaged weights where the spec asks for them, else the last ones. */
  readonly weights: Map<string, Float32Array>;
}

const metaSchema = z.object({
  step: z.int(),
  seconds: z.number(),
  waitedSeconds: z.number(),
  recentLosses: z.array(z.number()),
  paths: z.string(),
  curve: curveStateSchema,
  precisions: z.array(z.enum(precisions)).default([]),
});
type Meta = z.output<typeof metaSchema>;

/**
 * Runs (or goes on with) a training loop. On abort it writes a checkpoint and throws the signal's reason.
 * @throws UserError when the checkpoint is damaged or the loss is not finite; Error when it has other parameters than these
 */
export async function runLoop(options: LoopOptions): Promise<LoopResult> {
  const { spec, parameters, executor, paths, signal } = options;
  const { cycleStart = 0 } = spec;
  const saved = await readCheckpoint(options.checkpoint);
  const meta: Meta = saved
    ? parseJson(saved.meta, options.checkpoint, metaSchema)
    : {
        step: 0,
        seconds: 0,
        waitedSeconds: 0,
        recentLosses: [],
        paths: paths.state(),
        curve: curveStateSchema.parse(undefined),
        precisions: [],
      };
  const restored = (prefix: string): Map<string, Float32Array> => group(saved?.tensors ?? new Map(), prefix);
  parameters.restore(restored('weight:'));
  const optimizer = createOptimizer(spec.optimizer, parameters, executor, restored('optimizer:'));
  const average =
    spec.ema > 0 ? createAverage(spec.ema, parameters, executor, meta.step, restored('average:')) : undefined;
  if (saved) paths.restore(meta.paths);
  if (meta.step >= spec.steps) return finish(meta, parameters, average);

  const batches = await options.openBatches(meta.step);
  const recentLosses = [...meta.recentLosses];
  const { curve } = meta;
  const used = [...new Set([...meta.precisions, options.precision])].sort();
  let started = performance.now();
  let { seconds, waitedSeconds } = meta;
  let waitedBefore = batches.waitedMs();
  let lastCheckpoint = started;
  const account = (): void => {
    const now = performance.now();
    seconds += (now - started) / 1000;
    waitedSeconds += (batches.waitedMs() - waitedBefore) / 1000;
    started = now;
    waitedBefore = batches.waitedMs();
  };
  const save = async (step: number): Promise<Meta> => {
    account();
    const now: Meta = { step, seconds, waitedSeconds, recentLosses, paths: paths.state(), curve, precisions: used };
    const tensors = new Map<string, Float32Array>();
    const add = (prefix: string, values: Iterable<[string, Float32Array]>): void => {
      for (const [name, data] of values) tensors.set(prefix + name, data);
    };
    add('weight:', parameters.weights());
    add('optimizer:', optimizer.state());
    if (average) add('average:', average.values());
    await writeCheckpoint(options.checkpoint, { tensors, meta: JSON.stringify(now) });
    lastCheckpoint = performance.now();
    return now;
  };

  try {
    let { step } = meta;
    while (step < spec.steps) {
      if (signal.aborted) {
        await save(step);
        signal.throwIfAborted();
      }
      const trained = await trainPaths(options, paths.at(step), await batches.next(), spec.distill);
      const { loss: value } = trained;
      if (!Number.isFinite(value))
        throw new UserError(
          `${options.checkpoint}: the loss is ${value} at step ${step}; lower optimizer.learning-rate in the recipe, and use another run folder`,
        );
      const rate = spec.optimizer.learningRate * scheduleAt(spec.schedule, step - cycleStart, spec.steps - cycleStart);
      optimizer.step(trained.names, rate);
      average?.update();
      recentLosses.push(value);
      if (recentLosses.length > 100) recentLosses.shift();
      step++;
      noteLoss(curve, step, spec.steps, value);
      options.onStep({ step, loss: value });
      if (options.score && isScored(step, spec.steps)) {
        account();
        noteScore(curve, step, await options.score(average?.values() ?? parameters.weights()));
        started = performance.now();
      }
      if (step < spec.steps && performance.now() - lastCheckpoint > options.checkpointEveryMs) await save(step);
    }
    return finish(await save(step), parameters, average);
  } finally {
    await batches.close();
  }
}

/**
 * The weights of a finished or running training: the averaged ones where the checkpoint has them.
 * @throws UserError when there is no such checkpoint or it is damaged
 */
export async function trainedWeights(path: string): Promise<Map<string, Float32Array>> {
  const saved = await readCheckpoint(path);
  if (!saved) throw new UserError(`${path}: no such checkpoint`);
  const average = group(saved.tensors, 'average:');
  return average.size > 0 ? average : group(saved.tensors, 'weight:');
}

/**
 * The step that a training's checkpoint was written at, or undefined where there is none.
 * @throws UserError when it is damaged
 */
export async function savedStep(path: string): Promise<number | undefined> {
  const saved = await readCheckpoint(path);
  return saved && parseJson(saved.meta, path, metaSchema).step;
}

function group(tensors: ReadonlyMap<string, Float32Array>, prefix: string): Map<string, Float32Array> {
  const named = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(named.map(([name, data]) => [name.slice(prefix.length), data]));
}

function finish(meta: Meta, parameters: Parameters, average: WeightAverage | undefined): LoopResult {
  const { seconds, waitedSeconds, recentLosses, curve, precisions: multiplied } = meta;
  return {
    precisions: multiplied,
    curve: { losses: curve.losses, mious: curve.mious },
    seconds,
    dataWaitShare: seconds > 0 ? waitedSeconds / seconds : 0,
    loss: recentLosses.reduce((a, b) => a + b, 0) / Math.max(1, recentLosses.length),
    weights: average?.values() ?? parameters.weights(),
  };
}
