// Photos, folders of frames and videos through a model: masks, overlays, cut-outs, other backgrounds.
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { describeFacts } from '../../contracts/model.ts';
import type { PictureKind, Segmentation, SegmentedFile, StageTimes } from '../../contracts/segmentation.ts';
import { decodePicture } from '../../data/pictures.ts';
import { isVideo, probeVideo, readFrames } from '../../data/video.ts';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { segmentationSummary } from '../../report/segmentation.ts';
import { readModelBytes } from '../model-file.ts';
import type { Outcome, SegmentOptions } from '../options.ts';
import { createPictureWriter, type PictureWriter } from '../picture-writer.ts';
import { openSegmenter, type Segmenter, stopwatch, type VideoState } from '../segmenter.ts';
import { resolveThreads } from '../settings.ts';

const photoExtensions = ['.jpg', '.jpeg', '.png', '.webp', '.avif', '.tif', '.tiff', '.gif'];

/** One thing to segment: a photo or a video. */
interface Job {
  readonly kind: 'photo' | 'video';
  readonly path: string;
  /** Outputs are called after it. */
  readonly name: string;
  /** The folder that a frame of a video is in: one video each. */
  readonly folder?: string | undefined;
}

/** @throws UserError when an input cannot be found or read, or two outputs would have one name */
export async function runSegment(options: SegmentOptions): Promise<Outcome> {
  const { model, modelSettings, inputs, out, progress, signal } = options;
  const jobs = await collectJobs(inputs, options.frames);
  const kinds = kindsOf(options, jobs);
  const bytes = await readModelBytes(model);
  const threads = await resolveThreads(options.threads);
  const segmenter = await openSegmenter({ name: model, bytes }, modelSettings, { threads, edges: options.edges });
  try {
    const writer = await createPictureWriter({ out, kinds, background: options.background, format: options.format });
    const times = createTimes();
    const files: SegmentedFile[] = [];
    const stage = progress.stage(
      'segment',
      jobs.length,
      jobs.some(({ kind }) => kind === 'video') ? 'files' : 'photos',
    );
    const videos = new Map<string, VideoState>();
    for (const [index, job] of jobs.entries()) {
      signal.throwIfAborted();
      const work = { segmenter, writer, times, signal };
      files.push(
        job.kind === 'video'
          ? await segmentVideo(job, work, (frame, of) =>
              stage.update(index, `${job.name}: frame ${frame}${of ? ` of ${of}` : ''}`),
            )
          : await segmentPhoto(job, work, job.folder === undefined ? undefined : stateOf(videos, job.folder)),
      );
      stage.update(index + 1);
    }
    stage.done();
    const ms = times.mean();
    const total = Object.values(ms).reduce((sum, value) => sum + value, 0);
    const json: Segmentation = {
      model: basename(model),
      threads,
      reading: describeFacts(segmenter.facts),
      files,
      frames: times.count(),
      ms,
      fps: 1000 / total,
    };
    return { exitCode: ExitCode.pass, summary: segmentationSummary(json, out), json };
  } finally {
    await segmenter.release();
  }
}

function stateOf(videos: Map<string, VideoState>, folder: string): VideoState {
  const known = videos.get(folder) ?? {};
  videos.set(folder, known);
  return known;
}

interface Work {
  readonly segmenter: Segmenter;
  readonly writer: PictureWriter;
  readonly times: Times;
  readonly signal: AbortSignal;
}

async function segmentPhoto(job: Job, { segmenter, writer, times }: Work, video?: VideoState): Promise<SegmentedFile> {
  const clock = stopwatch();
  const picture = await decodePicture(job.path);
  const decode = clock();
  const { alpha, ms } = await segmenter.segment(picture, video);
  const written = await writer.writePhoto(job.name, { ...picture, alpha });
  times.add({ decode, ...ms, compose: written.composeMs, encode: written.encodeMs });
  const { width, height } = picture;
  return { input: job.path, outputs: written.paths, width, height, frames: 1, personShare: mean(alpha) };
}

async function segmentVideo(
  job: Job,
  { segmenter, writer, times, signal }: Work,
  onFrame: (done: number, total: number | undefined) => void,
): Promise<SegmentedFile> {
  const facts = await probeVideo(job.path);
  const { width, height } = facts;
  const video: VideoState = {};
  const output = await writer.openVideo(job.name, facts, job.path);
  let frames = 0;
  let share = 0;
  try {
    const clock = stopwatch();
    for await (const rgb of readFrames(job.path, facts)) {
      signal.throwIfAborted();
      const decode = clock();
      const picture = { rgb, width, height };
      const { alpha, ms } = await segmenter.segment(picture, video);
      const written = await output.write({ ...picture, alpha });
      times.add({ decode, ...ms, compose: written.composeMs, encode: written.encodeMs });
      share += mean(alpha);
      onFrame(++frames, facts.frames);
      clock();
    }
    if (frames === 0) throw new UserError(`${job.path}: has no frame that ffmpeg can read`);
    await output.close();
  } catch (error) {
    await output.abandon();
    // Ctrl-C in a terminal reaches ffmpeg too, which then ends first.
    signal.throwIfAborted();
    throw error;
  }
  return { input: job.path, outputs: output.paths, width, height, frames, personShare: share / frames };
}

/** What is written: as asked, or what suits the inputs. */
function kindsOf({ write, background }: SegmentOptions, jobs: readonly Job[]): readonly PictureKind[] {
  const videos = jobs.some(({ kind }) => kind === 'video');
  const kinds = write ?? [background ? 'composite' : videos ? 'overlay' : 'cutout'];
  if (kinds.includes('composite') && !background)
    throw new UserError(
      '--write composite: needs a background; give --background blur, a color such as #00b140, or a photo',
    );
  if (videos && kinds.includes('cutout'))
    throw new UserError('--write cutout: a video cannot be cut out; give --background, or --write mask');
  return kinds;
}

/** Every photo of folders, sorted by name; files as they are given. */
async function collectJobs(inputs: readonly string[], frames: boolean): Promise<Job[]> {
  const jobs: Job[] = [];
  const add = (kind: Job['kind'], path: string, folder?: string): void => {
    jobs.push({ kind, path, name: basename(path, extname(path)), folder });
  };
  for (const input of inputs) {
    const found = await stat(input).catch(() => undefined);
    if (!found) throw new UserError(`${input}: no such file or folder`);
    if (!found.isDirectory()) {
      add(isVideo(input) ? 'video' : 'photo', input);
      continue;
    }
    const names = (await readdir(input)).filter((name) => isPhoto(name) || (!frames && isVideo(name)));
    if (names.length === 0) throw new UserError(`${input}: holds no photos (${photoExtensions.join(', ')})`);
    for (const name of names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })))
      add(isVideo(name) ? 'video' : 'photo', join(input, name), frames ? input : undefined);
  }
  const seen = new Map<string, string>();
  for (const { name, path } of jobs) {
    const other = seen.get(name);
    if (other !== undefined)
      throw new UserError(
        `${path}: its outputs would have the names of those of ${other}; segment them into two folders`,
      );
    seen.set(name, path);
  }
  return jobs;
}

const isPhoto = (name: string): boolean =>
  !name.startsWith('.') && photoExtensions.includes(extname(name).toLowerCase());

interface Times {
  add(times: StageTimes): void;
  count(): number;
  mean(): StageTimes;
}

function createTimes(): Times {
  const sums = { decode: 0, resize: 0, network: 0, steady: 0, matte: 0, compose: 0, encode: 0 };
  const stages = Object.keys(sums) as (keyof StageTimes)[];
  let count = 0;
  return {
    add(times) {
      count++;
      for (const stage of stages) sums[stage] += times[stage];
    },
    count: () => count,
    mean: () => {
      const means = { ...sums };
      for (const stage of stages) means[stage] /= Math.max(1, count);
      return means;
    },
  };
}

function mean(alpha: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < alpha.length; i++) sum += alpha[i]!;
  return sum / alpha.length;
}
