// Times the whole way of a photo, with the code that `segment` runs: the photo is decoded, resized and put through the network, its mask becomes a matte,
// and the person is put over another background.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type EndToEnd, type StageTime, type WayStage, wayStages } from '../../contracts/end-to-end.ts';
import { describeFacts } from '../../contracts/model.ts';
import { decodePicture } from '../../data/pictures.ts';
import { ExitCode } from '../../lib/errors.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { clusteredQuantile } from '../../metrics/quantiles.ts';
import { endToEndSummary } from '../../report/end-to-end.ts';
import { describeHardware } from '../../runtime/hardware.ts';
import { readModelBytes } from '../model-file.ts';
import type { EndToEndOptions, Outcome } from '../options.ts';
import { createComposer } from '../picture-writer.ts';
import { openSegmenter, type Segmenter, stopwatch } from '../segmenter.ts';
import { resolveThreads } from '../settings.ts';

/** Rounds that are not timed: memory is planned and code compiled in them. */
const warmRounds = 2;
const mostRounds = 30;
/** No round is begun after this long, once there are enough for an interval. */
const timeLimitMs = 20_000;
const fewestRounds = 5;
/** How many of the photos that come with the tool are used. */
const ownPhotos = 4;

type Times = Record<WayStage, number>;

/** @throws UserError when the model or a photo cannot be read */
export async function runEndToEnd(options: EndToEndOptions): Promise<Outcome> {
  const { model, modelSettings, edges, background, progress, signal } = options;
  const threads = await resolveThreads(options.threads);
  const paths = options.photos.length > 0 ? options.photos : await fixturePhotos();
  const bytes = await readModelBytes(model);
  const segmenter = await openSegmenter({ name: model, bytes }, modelSettings, { threads, edges });
  try {
    const way = createWay(segmenter, createComposer(background));
    const photos: EndToEnd['photos'][number][] = [];
    for (const path of paths) {
      const { width, height } = await decodePicture(path);
      photos.push({ name: basename(path), width, height });
    }
    const rounds: Times[][] = [];
    const stage = progress.stage('the whole way', mostRounds, 'rounds');
    const started = performance.now();
    for (let round = -warmRounds; round < mostRounds; round++) {
      const times: Times[] = [];
      for (const path of paths) {
        signal.throwIfAborted();
        times.push(await way(path));
      }
      if (round < 0) continue;
      rounds.push(times);
      stage.update(rounds.length);
      if (rounds.length >= fewestRounds && performance.now() - started > timeLimitMs) break;
    }
    stage.done();
    const found = describeTimes(rounds);
    const json: EndToEnd = {
      model: basename(model),
      threads,
      reading: describeFacts(segmenter.facts),
      photos,
      rounds: rounds.length,
      runs: rounds.flat().length,
      edges,
      ...found,
      fps: 1000 / found.total.p50.value,
      hardware: await describeHardware(threads),
    };
    return { exitCode: ExitCode.pass, summary: endToEndSummary(json), json };
  } finally {
    await segmenter.release();
  }
}

/** One photo from its file to the composed picture, with the time of each stage. */
function createWay(segmenter: Segmenter, compose: ReturnType<typeof createComposer>): (path: string) => Promise<Times> {
  return async (path) => {
    const clock = stopwatch();
    const picture = await decodePicture(path);
    const decode = clock();
    const { alpha, ms } = await segmenter.segment(picture);
    clock();
    await compose({ ...picture, alpha });
    return { decode, resize: ms.resize, network: ms.network, matte: ms.matte, compose: clock() };
  };
}

/** Medians and spread of each stage and of all together. @param rounds [round][photo] */
export function describeTimes(rounds: readonly (readonly Times[])[]): Pick<EndToEnd, 'stages' | 'total'> {
  const describe = (of: (times: Times) => number): StageTime => {
    const values = rounds.map((round) => round.map(of));
    const [p5, p50, p95] = [0.05, 0.5, 0.95].map((p) => clusteredQuantile(values, p));
    return { p50: p50!, p5: p5!.value, p95: p95!.value };
  };
  const stages = Object.fromEntries(wayStages.map((stage) => [stage, describe((times) => times[stage])]));
  const sum = (times: Times): number => wayStages.reduce((total, stage) => total + times[stage], 0);
  return { stages: stages as EndToEnd['stages'], total: describe(sum) };
}

/** Photos of the data set that the tool is tested with. */
export async function fixturePhotos(): Promise<string[]> {
  const folder = join(packageRoot(), 'fixtures/portraits/images');
  return (await readdir(folder))
    .sort()
    .slice(0, ownPhotos)
    .map((name) => join(folder, name));
}
