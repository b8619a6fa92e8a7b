// One block: new sessions, then every model once in each round, in an order drawn for the block. Everything that makes two sessions of one model differ
// changes between blocks (where their memory lies, which model runs before which). So a verdict may count blocks as samples, but not runs.
import { readFile } from 'node:fs/promises';
import type { TimingBlock } from '../contracts/timing.ts';
import type { Random } from '../lib/random.ts';
import type { CorePlan } from '../runtime/pinning.ts';
import type { TimedModel } from './image-model.ts';
import { type ModelSubject, prepareModels, withSubjects } from './models.ts';

export interface BlockSettings {
  readonly threads: number;
  /** Rounds in a block. */
  readonly rounds: number;
  /**
   * Run a model once, not timed, before each timed run: it brings the model's weights back into the caches. So the latency is that of a model that has
   * the machine to itself. Comparisons do without: in the same time they take twice as many samples.
   */
  readonly warm: boolean;
}

/** What a block found. */
export interface MeasuredBlock {
  readonly timings: TimingBlock;
  /** Share of all cores that other processes used during the block, whichever model ran; undefined where the system does not say. */
  readonly othersShare: number | undefined;
  /** By how many bytes the memory of the process has grown since before its first block. */
  readonly memoryBytes: number;
}

/**
 * Rounds at the start of a block that are not timed. In the first runs ONNX Runtime plans its memory, and the system has yet to spread the
 * new sessions' threads over the cores: for some runs one session, not the other, has both of its threads on one core.
 */
const settlingRounds = 8;

/**
 * Prepares models, and returns a function that measures one block of them. A model that is listed several times has as many sessions.
 * @throws UserError when a model cannot be measured
 */
export async function prepareBlocks(
  models: readonly TimedModel[],
  settings: BlockSettings,
  { cores }: Pick<CorePlan, 'cores'>,
  random: Random,
): Promise<() => Promise<MeasuredBlock>> {
  const distinct = [...new Set(models)];
  const prepared = await prepareModels(distinct, { threads: settings.threads, cores }, random);
  const open = models.map((model) => prepared[distinct.indexOf(model)]!);
  const before = process.memoryUsage.rss();
  return async () => {
    const start = await readUse();
    const timings = await measureBlock(open, settings, random);
    const memoryBytes = Math.max(0, process.memoryUsage.rss() - before);
    return { timings, othersShare: othersBetween(start, await readUse()), memoryBytes };
  };
}

async function measureBlock(
  models: readonly (() => Promise<ModelSubject>)[],
  { rounds, warm }: BlockSettings,
  random: Random,
): Promise<TimingBlock> {
  const open = random.permutation(models.length).map((model) => ({ model, open: models[model]! }));
  const timings: number[][] = models.map(() => []);
  await withSubjects(
    open.map((one) => one.open),
    async (subjects) => {
      // One order for the whole block: the same number of runs then lies between two runs of a model, so its caches are always equally cold.
      const order = random.permutation(models.length);
      for (let round = -settlingRounds; round < rounds; round++) {
        for (const place of order) {
          const { run } = subjects[place]!;
          if (warm && round >= 0) await run();
          const start = performance.now();
          await run();
          if (round >= 0) timings[open[place]!.model]!.push(performance.now() - start);
        }
      }
    },
  );
  return timings;
}

/** Time that the cores have spent since the machine was started, in ticks of 10 ms. */
interface CoreUse {
  readonly busy: number;
  readonly all: number;
  /** Of these, the time of this process. */
  readonly own: number;
}

async function readUse(): Promise<CoreUse | undefined> {
  const [line = ''] = (await readFile('/proc/stat', 'utf8').catch(() => '')).split('\n');
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  if (ticks.length < 8) return undefined;
  const all = ticks.reduce((a, b) => a + b, 0);
  const { user, system } = process.cpuUsage();
  return { busy: all - ticks[3]! - ticks[4]!, all, own: (user + system) / 1e4 };
}

function othersBetween(from: CoreUse | undefined, to: CoreUse | undefined): number | undefined {
  if (!from || !to || to.all === from.all) return undefined;
  const share = (to.busy - from.busy - (to.own - from.own)) / (to.all - from.all);
  return Math.min(1, Math.max(0, share));
}
