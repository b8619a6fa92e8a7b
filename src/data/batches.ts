// Batches for training and evaluation. Batch t is a pure function of the specification and t, so that a resumed run, or one
// whose batches are made in a worker thread, sees the same numbers.

import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Augmentation } from '../contracts/augmentation.ts';
import { UserError } from '../lib/errors.ts';
import { createRandom } from '../lib/random.ts';
import { augment, type Backdrop, resizeWhole } from './augment.ts';
import { findBackdrop } from './backdrops.ts';
import { batchPhotos, type EpochSpec } from './epochs.ts';
import { type Mask, mapConcurrently, type Photo, type Sample } from './images.ts';
import { nativePixels } from './native-pixels.ts';
import { type AugmentTarget, plainPixels } from './pixels.ts';
import { loadSample } from './samples.ts';

/** Samples are kept a little larger than the input, so that crops still have pixels to show. */
const reserve = 1.3;
/** Decoded samples kept in memory; what does not fit is decoded again each time. */
const cacheBytes = 1.5e9;
const concurrentDecodes = 6;

/** N samples ready for the network; N is the specification's `batch`. */
export interface BatchArrays {
  /** [N, 3, height, width] normalized planar RGB. */
  readonly images: Float32Array;
  /** [N, 1, height, width] the person's share of each pixel. */
  readonly targets: Float32Array;
  /** [N, 1, height, width] the share that is labeled; 0 is left out of the loss. */
  readonly pixelWeights: Float32Array;
}

export interface Batch extends BatchArrays {
  readonly ids: readonly string[];
}

/** Everything that batches depend on. Plain data, so that it can be handed to a worker. */
export interface BatchSpec extends EpochSpec {
  readonly height: number;
  readonly width: number;
  readonly augmentation: Augmentation;
}

/** Batches in order. One `next()` at a time. */
export interface BatchSource {
  /**
   * The next batch. The call after it writes into the same arrays: megabytes of new ones at every step would have the garbage collector mark
   * the heap at every step, on the cores that train.
   * @throws UserError when a file has gone or is damaged since the data set was checked
   */
  next(): Promise<Batch>;
  /** Milliseconds that `next()` has kept its callers waiting, in total. */
  waitedMs(): number;
  /** Ends the worker, if any. */
  close(): Promise<void>;
}

/** A batch of the deterministic evaluation transform, with the masks as they are on disk. */
export interface EvaluationBatch extends Batch {
  /** One per sample, at the mask's own resolution. */
  readonly masks: readonly Mask[];
}

/** What the worker thread is started with. */
export interface WorkerStart {
  readonly spec: BatchSpec;
  readonly native: boolean;
  readonly startStep: number;
  /** Where batches are written to in turn: as many as the worker may make before the first is taken. */
  readonly slots: readonly SharedArrayBuffer[];
  readonly port: MessagePort;
}

/** What the worker sends: the next slot is filled, or an error of the user. Other errors arrive with their stack, by the worker's `error` event. */
export type WorkerMessage =
  | { readonly kind: 'batch'; readonly ids: readonly string[] }
  | { readonly kind: 'userError'; readonly message: string };

/** What the worker is sent: a batch was taken, so its slot is free; or: finish. */
export type ConsumerMessage = 'taken' | 'close';

export interface BatchOptions {
  /** The bundled `worker.ts`: batches are made in a thread of their own. Without it they are made when asked for. */
  readonly workerUrl?: URL;
  /** Batches that the worker makes before they are asked for, also while the caller blocks its event loop. */
  readonly ahead?: number;
  /**
   * For training on the native kernels. They make the samples, with the same bits as otherwise. The worker's arrays are handed over without a copy, in
   * memory that threads share, which onnxruntime-node would refuse.
   */
  readonly native?: boolean;
}

/**
 * Opens the batches `startStep`, `startStep + 1`, ... without end.
 */
export async function openBatches(
  spec: BatchSpec,
  startStep: number,
  { workerUrl, ahead = 4, native = false }: BatchOptions = {},
): Promise<BatchSource> {
  if (workerUrl) return openWorker(spec, startStep, { workerUrl, ahead, native });
  const make = createBatchMaker(spec, native);
  const arrays = batchArrays(spec);
  let step = startStep;
  let waited = 0;
  return {
    next: async () => {
      const since = performance.now();
      const ids = await make(step++, arrays);
      waited += performance.now() - since;
      return { ...arrays, ids };
    },
    waitedMs: () => waited,
    close: async () => {},
  };
}

/** The function that writes the batch of a step into arrays and returns its IDs; decoded samples are kept between calls. */
export function createBatchMaker(
  spec: BatchSpec,
  native: boolean,
): (step: number, into: BatchArrays) => Promise<readonly string[]> {
  const { height, width, augmentation } = spec;
  const load = cached(createLoader(Math.ceil(reserve * height), Math.ceil(reserve * width)));
  const pixels = native ? nativePixels() : plainPixels;
  const scratch = sampleOf(batchArrays({ batch: 1, height, width }), 0, height, width);
  return async (step, into) => {
    const photos = batchPhotos(spec, step);
    const samples = await mapConcurrently(photos, concurrentDecodes, load);
    const backdrops = await chooseBackdrops(spec, step, augmentation.background, load);
    const random = createRandom(spec.seed, spec.stream, step);
    for (const [index, sample] of samples.entries()) {
      const backdrop = backdrops[index] && { ...backdrops[index], scratch };
      augment(sample, augmentation, random, sampleOf(into, index, height, width), { backdrop, pixels });
    }
    return photos.map(({ id }) => id);
  };
}

/** For each sample of a batch: what is put behind its person, or undefined. */
async function chooseBackdrops(
  spec: BatchSpec,
  step: number,
  probability: number,
  load: (photo: Photo) => Promise<Sample>,
): Promise<(Omit<Backdrop, 'scratch'> | undefined)[]> {
  if (probability === 0) return [];
  const random = createRandom(spec.seed, spec.stream, 'backdrops', step);
  return mapConcurrently(
    Array.from(
      { length: spec.batch },
      () => [random.uniform(), random.int(2 ** 31), random.int(spec.photos.length)] as const,
    ),
    concurrentDecodes,
    async ([chance, seed, index]) => {
      if (chance >= probability) return undefined;
      const sample = await load(spec.photos[index]!);
      const window = findBackdrop(sample, createRandom(seed, 'backdrop'));
      return window && { sample, window };
    },
  );
}

type BatchSize = Pick<BatchSpec, 'batch' | 'height' | 'width'>;

/** Bytes of a batch's arrays. */
const batchBytes = ({ batch, height, width }: BatchSize): number => 4 * 5 * batch * height * width;

/** A batch's arrays, one after the other in `memory`. */
export function batchArrays(size: BatchSize, memory: ArrayBufferLike = new ArrayBuffer(batchBytes(size))): BatchArrays {
  const pixels = size.batch * size.height * size.width;
  return {
    images: new Float32Array(memory, 0, 3 * pixels),
    targets: new Float32Array(memory, 4 * 3 * pixels, pixels),
    pixelWeights: new Float32Array(memory, 4 * 4 * pixels, pixels),
  };
}

/**
 * The samples in the given order under the evaluation transform, with their original masks; the last batch may be smaller.
 * The next batch is decoded while the caller works on the one before.
 * @throws UserError when a file has gone or is damaged since the data set was checked
 */
export async function* loadEvaluation(
  photos: readonly Photo[],
  height: number,
  width: number,
  batchSize = 16,
): AsyncGenerator<EvaluationBatch> {
  const load = createLoader(height, width);
  const make = async (start: number): Promise<EvaluationBatch> => {
    const chunk = photos.slice(start, start + batchSize);
    const loaded = await mapConcurrently(chunk, concurrentDecodes, load);
    const batch = batchArrays({ batch: chunk.length, height, width });
    for (const [index, { sample }] of loaded.entries()) resizeWhole(sample, sampleOf(batch, index, height, width));
    return { ...batch, ids: chunk.map(({ id }) => id), masks: loaded.map(({ mask }) => mask) };
  };
  let coming = make(0);
  for (let start = 0; start < photos.length; start += batchSize) {
    const batch = await coming;
    if (start + batchSize < photos.length) {
      coming = make(start + batchSize);
      // If the caller stops early, nobody awaits this promise.
      coming.catch(() => {});
    }
    yield batch;
  }
}

function sampleOf(batch: BatchArrays, index: number, height: number, width: number): AugmentTarget {
  const pixels = height * width;
  return {
    height,
    width,
    image: batch.images.subarray(index * 3 * pixels, (index + 1) * 3 * pixels),
    target: batch.targets.subarray(index * pixels, (index + 1) * pixels),
    weight: batch.pixelWeights.subarray(index * pixels, (index + 1) * pixels),
  };
}

type Loader = (photo: Photo) => Promise<{ sample: Sample; mask: Mask }>;

const createLoader =
  (height: number, width: number): Loader =>
  (photo) =>
    loadSample(photo, width, height);

/**
 * Keeps samples until the bound is reached and never drops one: epochs visit all in turn, so dropping the least recently used
 * would drop each just before its use.
 */
function cached(load: Loader): (photo: Photo) => Promise<Sample> {
  const samples = new Map<string, Promise<Sample>>();
  let bytes = 0;
  return (photo) => {
    const { id } = photo;
    const known = samples.get(id);
    if (known) return known;
    const loading = load(photo).then(({ sample }) => {
      const size = sample.rgb.byteLength + 2 * sample.person.byteLength;
      if (bytes + size > cacheBytes) samples.delete(id);
      else bytes += size;
      return sample;
    });
    samples.set(id, loading);
    return loading;
  };
}

function openWorker(
  spec: BatchSpec,
  startStep: number,
  { workerUrl, ahead, native }: Required<BatchOptions>,
): BatchSource {
  const { port1: port, port2 } = new MessageChannel();
  // The worker writes into shared memory, which is made once. A batch that is handed over in it keeps its slot until the next one is asked for;
  // otherwise it is copied out.
  const slots = Array.from({ length: native ? ahead + 1 : ahead }, () => new SharedArrayBuffer(batchBytes(spec)));
  const handedOver = native ? slots.map((memory) => batchArrays(spec, memory)) : [batchArrays(spec)];
  let taken = 0;
  let held = false;
  const start: WorkerStart = { spec, native, startStep, slots, port: port2 };
  const worker = new Worker(workerUrl, { workerData: start, transferList: [port2] });
  const ready: (readonly string[])[] = [];
  const waiting: (() => void)[] = [];
  let failure: Error | undefined;
  let closed = false;
  let waited = 0;

  const wake = (): void => {
    for (const resume of waiting.splice(0)) resume();
  };
  const receive = (message: WorkerMessage): void => {
    if (message.kind === 'batch') ready.push(message.ids);
    else failure ??= new UserError(message.message);
  };
  // The caller's event loop may have stood still while batches arrived: look at the port itself before waiting for events.
  const drain = (): void => {
    for (let got = receiveMessageOnPort(port); got; got = receiveMessageOnPort(port)) receive(got.message);
  };
  port.on('message', (message: WorkerMessage) => {
    receive(message);
    wake();
  });
  worker.on('error', (error) => {
    failure ??= error as Error;
    wake();
  });
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      drain();
      failure ??= new Error(closed ? 'the batches are closed' : `the data worker ended by itself with code ${code}`);
      port.close();
      wake();
      resolve();
    });
  });
  const send = (message: ConsumerMessage): void => port.postMessage(message);

  return {
    next: async () => {
      const since = performance.now();
      if (held) send('taken');
      held = false;
      for (;;) {
        drain();
        const ids = ready.shift();
        if (ids) {
          const slot = taken++ % slots.length;
          const arrays = handedOver[slot % handedOver.length]!;
          if (native) held = true;
          else {
            new Float32Array(arrays.images.buffer).set(new Float32Array(slots[slot]!));
            send('taken');
          }
          waited += performance.now() - since;
          return { ...arrays, ids };
        }
        if (failure) throw failure;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    waitedMs: () => waited,
    close: async () => {
      closed = true;
      // Asked, not terminated: a thread must not die under image operations in flight.
      send('close');
      await ended;
    },
  };
}
