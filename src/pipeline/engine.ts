// The training engine as stages use it: opened for one batch size, and a loop with progress, checkpoints and a line in the log.
import { createExecutor, type Executor } from '../autodiff/executor.ts';
import type { Parameters } from '../autodiff/parameters.ts';
import type { Weights } from '../network/types.ts';
import { type LoopOptions, type LoopResult, runLoop } from '../training/loop.ts';
import { createLoss, type Loss } from '../training/loss.ts';
import { type Context, checkpointEveryMs, say } from './context.ts';

/** Backends of which it was said that they do not multiply as the recipe asks. */
const told = new WeakSet<Context['backend']>();

function tellPrecision(context: Context): void {
  const { backend, recipe } = context;
  if (backend.precision === recipe.precision || told.has(backend)) return;
  told.add(backend);
  const why = backend.block === 1 ? 'plain operators have' : 'this CPU has';
  say(context, `${why} no products of ${recipe.precision}: training multiplies in ${backend.precision}`);
}

/** An executor and a loss for one batch size; both are closed when `use` ends. */
export async function withEngine<T>(
  { recipe, backend }: Context,
  batch: number,
  parameters: Parameters,
  use: (executor: Executor, loss: Loss) => Promise<T>,
): Promise<T> {
  const { threads, input } = recipe;
  const executor = createExecutor({ backend, batch, threads, parameters });
  const logits = { height: input.height / 4, width: input.width / 4 };
  const loss = await createLoss({ backend, batch, logits, mask: input }, threads);
  try {
    return await use(executor, loss);
  } finally {
    await executor.close();
    await loss.close();
  }
}

export interface Training extends Pick<LoopOptions, 'spec' | 'parameters' | 'paths' | 'openBatches'> {
  /** File in the run folder's checkpoints. */
  readonly checkpoint: string;
  /** What progress and log call it. */
  readonly title: string;
  readonly batch: number;
  /** Paths of a step, each with the batch. */
  readonly perStep?: number;
  /** mIoU of the weights as they are, for the curve of the training. */
  readonly score?: ((weights: Weights, executor: Executor) => Promise<number>) | undefined;
}

/** Runs (or goes on with) a training loop to its end. */
export async function train(
  context: Context,
  { checkpoint, title, batch, perStep = 1, score, ...loop }: Training,
): Promise<LoopResult> {
  const { progress, folder, signal } = context;
  const { steps } = loop.spec;
  let stage: ReturnType<typeof progress.stage> | undefined;
  const result = await withEngine(context, batch, loop.parameters, (executor, loss) =>
    runLoop({
      ...loop,
      executor,
      loss,
      checkpoint: folder.checkpoint(checkpoint),
      checkpointEveryMs,
      precision: context.backend.precision,
      signal,
      score: score && ((weights) => score(weights, executor)),
      onStep: ({ step, loss: value }) => {
        if (!stage) tellPrecision(context);
        stage ??= progress.stage(title, steps, 'steps', step - 1);
        stage.update(step, `loss ${value.toFixed(3)}`);
      },
    }),
  );
  const rate = (steps * batch * perStep) / result.seconds;
  stage?.done(`loss ${result.loss.toFixed(3)}, ${rate.toFixed(0)} images/s`);
  folder.log(
    `${title}: ${steps} steps, ${rate.toFixed(1)} images/s, ${(100 * result.dataWaitShare).toFixed(1)} % waiting for data, ` +
      `loss ${result.loss.toFixed(4)}`,
  );
  return result;
}
