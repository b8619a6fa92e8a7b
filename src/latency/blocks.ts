// Models against each other in blocks: sessions made anew, then every model once a round in random order. Between blocks everything changes
// that makes two sessions of one model differ (where their memory lies), so blocks, not runs, are the samples that a verdict may count.
import type { Random } from '../base/random.ts';
import type { TimedModel } from './image-model.ts';
import { type ModelSubject, prepareModel, withSubjects } from './models.ts';

/** One block's timings in milliseconds: [model][round], those of a round taken within milliseconds of each other. */
export type Block = readonly (readonly number[])[];

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

/** A session is warm when so many runs in a row set no new record, at the latest after `most` runs. */
const warmUp = { calmRuns: 2, record: 0.98, most: 30 };

/**
 * Measures blocks for as long as the caller asks for more. A model that is given twice has two sessions.
 * @throws UserError when a model cannot be measured
 */
export async function* sampleBlocks(models: readonly TimedModel[], settings: BlockSettings): AsyncGenerator<Block> {
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
): Promise<Block> {
  const order = random.permutation(models.length);
  const open = order.map((index) => models[index]!);
  const timings: number[][] = models.map(() => []);
  await withSubjects(open, async (subjects) => {
    for (const { run } of subjects) await untilWarm(run, clock);
    for (let round = 0; round < rounds; round++) {
      for (const visit of random.permutation(models.length)) {
        const { run } = subjects[visit]!;
        if (warm) await run();
        const start = clock();
        await run();
        timings[order[visit]!]!.push(clock() - start);
      }
    }
  });
  return timings;
}

/** Runs until nothing gets faster any more: ONNX Runtime plans its memory in the first runs. */
async function untilWarm(run: () => Promise<unknown>, clock: () => number): Promise<void> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let runs = 0, calm = 0; runs < warmUp.most && calm < warmUp.calmRuns; runs++) {
    const start = clock();
    await run();
    const ms = clock() - start;
    calm = ms < warmUp.record * fastest ? 0 : calm + 1;
    fastest = Math.min(fastest, ms);
  }
}
