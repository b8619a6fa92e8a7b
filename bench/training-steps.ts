// Whole training steps at batch 16: sample a path, forward, loss, backward, AdamW; and what an alpha step costs beside one.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { quantile } from 'simple-statistics';
import type { Backend } from '../src/autodiff/backend.ts';
import { createExecutor } from '../src/autodiff/executor.ts';
import { createParameters } from '../src/autodiff/parameters.ts';
import { defaultAugmentation } from '../src/contracts/augmentation.ts';
import { openBatches } from '../src/data/batches.ts';
import { openDataset } from '../src/data/dataset.ts';
import { createRandom } from '../src/lib/random.ts';
import { searchAlphas } from '../src/nas/alpha-search.ts';
import { createSupernet } from '../src/nas/supernet.ts';
import { loadArchitecture } from '../src/network/architecture.ts';
import { networkModules, spaceModules } from '../src/network/modules.ts';
import { loadSpace } from '../src/network/space.ts';
import type { NetworkModule } from '../src/network/types.ts';
import type { BatchStream } from '../src/training/loop.ts';
import { createLoss } from '../src/training/loss.ts';
import { createOptimizer } from '../src/training/optimizer.ts';
import { modulesOf, type PathModules, runPath } from '../src/training/step.ts';
import type { Peer } from './peer.ts';
import { programOf } from './program.ts';
import { spread } from './statistics.ts';
import { pauseMs } from './training-blocks.ts';

export interface StepOptions {
  readonly backend: Backend;
  readonly threads: number;
  readonly rounds: number;
  readonly peer: Peer | undefined;
  /** A data folder: its augmented batches are part of our step (never of the peer's). */
  readonly data: string;
  /** See `ExecutorOptions`. */
  readonly profile?: string | undefined;
}

/** Networks whose steps are timed. Paths index the modules: head, layers, tail. */
interface Work {
  readonly side: number;
  readonly batch: number;
  readonly modules: readonly NetworkModule[];
  readonly features: PathModules['features'];
  readonly paths: (draw: number) => readonly number[];
}

async function supernetWork(side: number, batch: number): Promise<Work & { cover: readonly (readonly number[])[] }> {
  const parts = spaceModules(await loadSpace('person'), { height: side, width: side });
  const starts: number[] = [];
  let at = 1;
  for (const candidates of parts.layers) {
    starts.push(at);
    at += candidates.length;
  }
  return {
    side,
    batch,
    modules: [parts.head, ...parts.layers.flat(), parts.tail],
    features: parts.features,
    cover: Array.from({ length: Math.max(...parts.layers.map(({ length }) => length)) }, (_, k) => [
      0,
      ...parts.layers.map(({ length }, i) => starts[i]! + (k % length)),
      at,
    ]),
    paths(draw) {
      const random = createRandom(2, 'paths', draw);
      return [0, ...parts.layers.map(({ length }, i) => starts[i]! + random.int(length)), at];
    },
  };
}

async function networkWork(name: string): Promise<Work> {
  const size = { height: 160, width: 160 };
  const parts = networkModules(await loadArchitecture(name), size);
  const modules = modulesOf(parts);
  return { side: 160, batch: 16, modules, features: parts.features, paths: () => modules.map((_, i) => i) };
}

async function open(
  { side, batch, modules, features }: Work,
  { backend, threads, data, profile }: Pick<StepOptions, 'backend' | 'threads' | 'data' | 'profile'>,
) {
  const parameters = createParameters(1);
  for (const module of modules) parameters.ensure(module);
  const executor = createExecutor({ backend, batch, threads, parameters, profile });
  const mask = { height: side, width: side };
  const loss = await createLoss({ backend, batch, logits: { height: side / 4, width: side / 4 }, mask }, threads);
  const optimizer = createOptimizer(
    { kind: 'adamw', learningRate: 1e-3, weightDecay: 0.01, momentum: 0.9 },
    parameters,
    executor,
  );
  const { train } = await openDataset([{ folder: data, weight: 1 }]);
  const spec = {
    photos: train,
    batch,
    ...mask,
    seed: 1,
    stream: 'bench',
    augmentation: defaultAugmentation,
  };
  const batches = await openBatches(spec, 0, {
    workerUrl: pathToFileURL('dist/data-worker.js'),
    ahead,
    native: backend.block > 1,
  });
  const { images, targets, pixelWeights } = await batches.next();
  const fixed = { images: images.slice(), targets: targets.slice(), pixelWeights: pixelWeights.slice() };
  /** `data: false` takes the same batch again, as the peer does. */
  const step = async (path: readonly number[], data = true): Promise<void> => {
    const [head, ...rest] = path.map((i) => modules[i]!);
    const parts: PathModules = { head: head!, layers: rest.slice(0, -1), tail: rest.at(-1)!, features };
    await runPath(executor, loss, parts, data ? await batches.next() : fixed, { updateWeights: true });
    optimizer.step(
      modulesOf(parts).flatMap((module) => [...parameters.namesOf(module)]),
      1e-3,
    );
  };
  const close = async (): Promise<void> => {
    await batches.close();
    await executor.close();
    await loss.close();
  };
  return { parameters, executor, loss, batches, step, close };
}

/** Batches that the data thread makes ahead. */
const ahead = 4;

const timed = async (step: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await step();
  return performance.now() - start;
};
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
const peak = (): number => 1024 * process.resourceUsage().maxRSS;

/** Runs steps of MobileNetV3-Large or of the supernet, and closes the sessions. */
export async function runSteps(
  name: 'large' | 'supernet',
  steps: number,
  options: Pick<StepOptions, 'backend' | 'threads' | 'data' | 'profile'>,
): Promise<void> {
  const work = name === 'large' ? await networkWork('mobilenetv3-large') : await supernetWork(224, 16);
  const engine = await open(work, options);
  for (let draw = 0; draw < steps; draw++) await engine.step(work.paths(draw), false);
  await engine.close();
}

/** Times steps beside the peer's on the same paths. */
async function timeSteps(title: string, work: Work, options: StepOptions): Promise<void> {
  const { peer, rounds, threads } = options;
  const engine = await open(work, options);
  await peer?.ask({ ...work, modules: undefined, paths: undefined, network: work.modules.map(programOf), threads });
  const warm = 3 * work.modules.length;
  const made = await timed(async () => {
    for (let draw = 0; draw < warm; draw++) await engine.step(work.paths(draw));
  });
  await peer?.times({ paths: [0, 1, 2, 3].map(work.paths) });
  const ours: number[] = [];
  const withoutData: number[] = [];
  const theirs: number[] = [];
  let waitedMs = 0;
  for (let round = 0; round < rounds; round++) {
    const paths = [0, 1, 2, 3].map((i) => work.paths(1000 + 4 * round + i));
    // As with blocks: a pause, and the first step of a turn does not count. The batches made in the pause are dropped: they would cost nothing.
    await setTimeout(pauseMs);
    for (let batch = 0; batch < ahead; batch++) await engine.batches.next();
    await engine.step(paths[0]!);
    const waitedBefore = engine.batches.waitedMs();
    for (const path of paths) ours.push(await timed(() => engine.step(path)));
    waitedMs += engine.batches.waitedMs() - waitedBefore;
    for (const path of paths) withoutData.push(await timed(() => engine.step(path, false)));
    if (peer) theirs.push(...(await peer.times({ paths: [paths[0], ...paths] })).slice(1));
  }
  const rate = (times: number[]): string => `${((1000 * work.batch) / quantile(times, 0.5)).toFixed(1)} images/s`;
  const total = ours.reduce((a, b) => a + b, 0);
  console.log(`\n${title} at ${work.side} x ${work.side}, batch ${work.batch}, ${threads} threads`);
  console.log(
    `  ours    ${spread(ours)} ms, ${rate(ours)}, ${engine.executor.sessions()} sessions (${warm} first steps: ${(made / 1000).toFixed(1)} s), ` +
      `${((100 * waitedMs) / total).toFixed(1)} % waiting for data, peak ${gigabytes(peak())}`,
  );
  console.log(`          ${spread(withoutData)} ms, ${rate(withoutData)} on the same batch again`);
  if (peer) {
    const memory = (await peer.ask({ memory: true })).bytes as number;
    console.log(`  PyTorch ${spread(theirs)} ms, ${rate(theirs)}, data not included, peak ${gigabytes(memory)}`);
    const speedUp = (times: number[]): string => (quantile(theirs, 0.5) / quantile(times, 0.5)).toFixed(2);
    console.log(`  speed-up ${speedUp(ours)}; ${speedUp(withoutData)} without data on either side`);
  }
  await engine.close();
}

export const timeSupernet = async (options: StepOptions): Promise<void> =>
  timeSteps('step of supernet, person,', await supernetWork(224, 16), options);

export const timeLarge = async (options: StepOptions): Promise<void> =>
  timeSteps('step of MobileNetV3-Large', await networkWork('mobilenetv3-large'), options);

export const timeBiSeNet = async (options: StepOptions): Promise<void> =>
  timeSteps('step of BiSeNet', await networkWork('bisenet'), options);

/** Weight steps and alpha steps (full gates, every path allowed) on the same supernet, and how long all its sessions take to make. */
export async function timeAlphas(options: StepOptions): Promise<void> {
  const work = await supernetWork(224, 16);
  const engine = await open(work, options);
  const supernet = createSupernet(await loadSpace('person'), { height: 224, width: 224 });
  const { executor, loss } = engine;
  // Paths that hold every candidate between them: at first with making their sessions, then without.
  const everything = () =>
    timed(async () => {
      for (const path of work.cover) await engine.step(path);
    });
  const [first, second] = [await everything(), await everything()];
  console.log(`\nsessions of the whole supernet: ${executor.sessions()} in ${((first - second) / 1000).toFixed(1)} s`);
  const rounds = options.rounds;
  for (let draw = 0; draw < 10; draw++) await engine.step(work.paths(draw));
  const weight: number[] = [];
  for (let draw = 0; draw < rounds; draw++) weight.push(await timed(() => engine.step(work.paths(draw))));
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const alpha: number[] = [];
  let last = performance.now();
  const stream: BatchStream = { next: engine.batches.next, waitedMs: engine.batches.waitedMs, close: async () => {} };
  await searchAlphas({
    spec: {
      ...{ steps: 4 + rounds, learningRate: 0.01, strategy: 'layer', gates: 'full' },
      ...{ constraint: 'exact', latencyWeight: 0, seed: 1 },
    },
    supernet,
    executor,
    loss,
    costs: { constant: 0, single: supernet.sizes.map((n) => new Array<number>(n).fill(0)) },
    maxLatencyMs: 1,
    openBatches: async () => stream,
    checkpoint: join(folder, 'alphas.json'),
    checkpointEveryMs: Number.POSITIVE_INFINITY,
    signal: new AbortController().signal,
    onStep({ step }) {
      if (step > 4) alpha.push(performance.now() - last);
      last = performance.now();
    },
  });
  await rm(folder, { recursive: true });
  console.log(
    `weight step ${spread(weight)} ms, alpha step with full gates ${spread(alpha)} ms: ${(quantile(alpha, 0.5) / quantile(weight, 0.5)).toFixed(2)} times, peak ${gigabytes(peak())}`,
  );
  await engine.close();
}

/** Resident memory over 1,000 supernet steps at 96 x 96: it must not grow once every session is made. */
export async function watchMemory(options: StepOptions): Promise<void> {
  const work = await supernetWork(96, 8);
  const engine = await open(work, options);
  const sizes: string[] = [];
  for (let step = 1; step <= 1000; step++) {
    await engine.step(work.paths(step));
    if (step % 200 === 0) sizes.push(`${gigabytes(process.memoryUsage().rss)} after ${step}`);
  }
  console.log(`\nresident memory of supernet steps at 96 x 96, batch 8: ${sizes.join(', ')}`);
  await engine.close();
}
