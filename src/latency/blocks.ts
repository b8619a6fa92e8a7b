// Models against each other in blocks: sessions made anew, then every model once a round, in an order drawn for the block. Between blocks
// everything changes that makes two sessions of one model differ (where their memory lies, who runs before whom), so blocks, not runs, are
// the samples that a verdict may count.
import type { TimingBlock } from '../contracts/timing.ts';
import type { Random } from '../lib/random.ts';
import type { TimedModel } from './image-model.ts';
import { type ModelSubject, prepareModel, withSubjects } from './models.ts';

export interface BlockSettings {
  readonly threads: number;
  /** Rounds in a block. */
  readonly rounds: number;
  /**
   * Run a model once, not timed, before each timed run: it brings the model's weights back into the caches, as for latencies that are to be
   * those of a model that has the machine to itself. Comparisons do without: the same time holds twice as many samples.
   */
  readonly warm: boolean;
  readonly random: Random;
  /** Milliseconds, monotonic; default `performance.now`. */
  readonly clock?: () => number;
}

/**
 * Rounds at the start of a block that are not timed. In the first runs ONNX Runtime plans its memory, and the system has yet to spread the
 * new sessions' threads over the cores: for some runs one session, not the other, has both of its threads on one core.
 */
const settlingRounds = 8;

/**
 * Measures blocks for as long as the caller asks for more. A model that is given twice has two sessions.
 * @throws UserError when a model cannot be measured
 */
export async function* sampleBlocks(
  models: readonly TimedModel[],
  settings: BlockSettings,
): AsyncGenerator<TimingBlock> {
  const prepared = new Map<TimedModel, () => Promise<ModelSubject>>();
  for (const model of new Set(models)) {
    prepared.set(model, await prepareModel(model, settings.threads, settings.random));
  }
  const open = models.map((model) => prepared.get(model)!);
  for (;;) yield await measureBlock(open, settings);
}

async function measureBlock(
  models: readonly (() => Promise<ModelSubject>)[],
  { rounds, warm, random, clock = () => performance.now() }: BlockSettings,
): Promise<TimingBlock> {
  const open = random.permutation(models.length).map((model) => ({ model, open: models[model]! }));
  const timings: number[][] = models.map(() => []);
  await withSubjects(
    open.map((one) => one.open),
    async (subjects) => {
      // One order for the whole block: as many other runs lie between two of a model every time, so its caches are always as cold.
      const order = random.permutation(models.length);
      for (let round = -settlingRounds; round < rounds; round++) {
        for (const place of order) {
          const { run } = subjects[place]!;
          if (warm && round >= 0) await run();
          const start = clock();
          await run();
          if (round >= 0) timings[open[place]!.model]!.push(clock() - start);
        }
      }
    },
  );
  return timings;
}
