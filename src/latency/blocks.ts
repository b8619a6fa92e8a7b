// Measures models against each other in blocks, a few blocks in each process. So what differs between processes (the layout of code and memory, where
// threads run) is drawn again too: repetitions belong at every level that matters (T. Kalibera and R. Jones, "Rigorous benchmarking in reasonable time", 2013).
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../lib/errors.ts';
import type { Random } from '../lib/random.ts';
import { type CorePlan, planCores, readCoreFacts } from '../runtime/pinning.ts';
import { type BlockSettings, type MeasuredBlock, prepareBlocks } from './block.ts';
import type { TimedModel } from './image-model.ts';

/** A block, with the process that measured it. */
export interface SampledBlock extends MeasuredBlock {
  /** Counted from 0. */
  readonly process: number;
  /** Where its threads ran. */
  readonly plan: CorePlan;
}

/** The first message to a process that measures blocks. */
export interface BlockJob {
  readonly models: readonly TimedModel[];
  /** Which model each session is of. */
  readonly sessions: readonly number[];
  readonly settings: BlockSettings;
  readonly plan: CorePlan;
  readonly seed: number;
}

/** The answer of the process to a job, and to every `next`. */
export type BlockMessage =
  | { readonly kind: 'block'; readonly block: MeasuredBlock; readonly plan: CorePlan }
  | { readonly kind: 'userError' | 'error'; readonly message: string };

/** A process takes about as long to start as two blocks of a small model to measure. */
const blocksPerProcess = 4;

/**
 * Measures blocks for as long as the caller asks for more. A model that is listed several times has as many sessions. When the sources run without
 * the bundle (in tests), all blocks are measured in this process, and threads are not pinned.
 * @throws UserError when a model cannot be measured
 */
export async function* sampleBlocks(
  models: readonly TimedModel[],
  settings: BlockSettings & { readonly random: Random },
): AsyncGenerator<SampledBlock> {
  const { random, threads, rounds, warm } = settings;
  const worker = import.meta.url.endsWith('.ts') ? undefined : new URL('./block-worker.js', import.meta.url);
  if (!worker) {
    const plan: CorePlan = {
      cores: undefined,
      statement: 'Threads are not pinned to cores: the sources run as they are.',
    };
    const measure = await prepareBlocks(models, settings, plan, random);
    for (;;) yield { ...(await measure()), process: 0, plan };
  }
  const plan = planCores(threads, await readCoreFacts());
  const distinct = [...new Set(models)];
  const sessions = models.map((model) => distinct.indexOf(model));
  for (let process = 0; ; process++) {
    const job = { models: distinct, sessions, settings: { threads, rounds, warm }, plan, seed: random.int(2 ** 31) };
    for await (const block of blocksOfProcess(worker, job)) yield { ...block, process };
  }
}

/** When measuring ends by itself. */
export interface BlockLimits {
  readonly most: number;
  /** No block is begun after this long, once there are `fewest`. */
  readonly timeLimitMs: number;
  readonly fewest: number;
}

/**
 * Blocks until there are enough of them, or it takes too long.
 * @param clock milliseconds, monotonic
 */
export async function* takeBlocks<T>(
  blocks: AsyncIterable<T>,
  { most, timeLimitMs, fewest }: BlockLimits,
  clock = () => performance.now(),
): AsyncGenerator<T> {
  const started = clock();
  let taken = 0;
  for await (const block of blocks) {
    taken++;
    yield block;
    if (taken >= most || (taken >= fewest && clock() - started > timeLimitMs)) return;
  }
}

async function* blocksOfProcess(worker: URL, job: BlockJob): AsyncGenerator<Omit<SampledBlock, 'process'>> {
  const child = fork(fileURLToPath(worker), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    for (let block = 0; block < blocksPerProcess; block++) {
      const answer = new Promise<BlockMessage>((resolve, reject) => {
        child.once('message', resolve);
        child.once('error', reject);
        child.once('exit', (code, signal) =>
          reject(new Error(`the process that measures ended by itself (${signal ?? `code ${code}`})`)),
        );
      });
      child.send(block === 0 ? job : 'next');
      const message = await answer;
      child.removeAllListeners();
      if (message.kind !== 'block')
        throw message.kind === 'userError' ? new UserError(message.message) : new Error(message.message);
      yield { ...message.block, plan: message.plan };
    }
  } finally {
    child.removeAllListeners();
    child.on('error', () => {});
    child.kill('SIGKILL');
  }
}
