// Base against head, in blocks: sessions made anew, every model once a round in random order. Between blocks everything changes that makes
// two sessions of one model differ (where their memory lies), so blocks, not runs, are the samples that a verdict may count.
import type { Random } from '../base/random.ts';
import type { TimedModel } from './image-model.ts';
import { type ModelSubject, prepareModel, withSubjects } from './models.ts';

/** One block's timings in milliseconds, one a round, in the order in which they were taken. */
export interface Block {
  readonly base: readonly number[];
  /** An identical copy of base in a session of its own: what a difference of nothing looks like. */
  readonly copy: readonly number[];
  /** [head][round] */
  readonly heads: readonly (readonly number[])[];
}

export interface BlockSettings {
  readonly threads: number;
  /** Rounds in a block. */
  readonly rounds: number;
  readonly random: Random;
  /** Milliseconds, monotonic; default `performance.now`. */
  readonly clock?: () => number;
}

/** Runs before a session is timed: ONNX Runtime plans its memory in the first ones. */
const warmUpRuns = 2;

/**
 * Measures blocks of base, its copy and the heads for as long as the caller asks for more.
 * @throws UserError when a model cannot be measured
 */
export async function* sampleBlocks(
  base: TimedModel,
  heads: readonly TimedModel[],
  settings: BlockSettings,
): AsyncGenerator<Block, never> {
  const { threads, random } = settings;
  const openBase = await prepareModel(base, threads, random);
  const openHeads: (() => Promise<ModelSubject>)[] = [];
  for (const head of heads) openHeads.push(await prepareModel(head, threads, random));
  for (;;) yield await measureBlock([openBase, openBase, ...openHeads], settings);
}

async function measureBlock(
  models: readonly (() => Promise<ModelSubject>)[],
  { rounds, random, clock = () => performance.now() }: BlockSettings,
): Promise<Block> {
  const order = random.permutation(models.length);
  const open = order.map((index) => models[index]!);
  const timings: number[][] = models.map(() => []);
  await withSubjects(open, async (subjects) => {
    for (const { run } of subjects) for (let i = 0; i < warmUpRuns; i++) await run();
    for (let round = 0; round < rounds; round++) {
      for (const visit of random.permutation(models.length)) {
        const { run } = subjects[visit]!;
        // Not timed: it brings the model's weights back into the caches.
        await run();
        const start = clock();
        await run();
        timings[order[visit]!]!.push(clock() - start);
      }
    }
  });
  const [base, copy, ...heads] = timings as [number[], number[], ...number[][]];
  return { base, copy, heads };
}
