// Batches for training and evaluation. Batch t is a pure function of the specification and t, so that a resumed run, or one
// whose batches are made in a worker thread, sees the same numbers.
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { UserError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import { type Augmentation, type AugmentTarget, augment, resizeWhole } from './augment.ts';
import { loadSample, locateImages, type Mask, mapConcurrently, maskPath, type Sample } from './images.ts';

/** Samples are kept a little larger than the input, so that crops still have pixels to show. */
const reserve = 1.3;
/** Decoded samples kept in memory; what does not fit is decoded again each time. */
const cacheBytes = 1.5e9;
const concurrentDecodes = 6;

/** N samples ready for the network; N is the specification's `batch`. */
export interface Batch {
  /** [N, 3, height, width] normalised planar RGB. */
  readonly images: Float32Array;
  /** [N, 1, height, width] 1 person, 0 background. */
  readonly targets: Float32Array;
  /** [N, 1, height, width] 1 labelled, 0 to be left out of the loss. */
  readonly weights: Float32Array;
  readonly ids: string[];
}

/** Everything that batches depend on. Plain data, so that it can be handed to a worker. */
export interface BatchSpec {
  /** A data folder that `openDataset` has checked. */
  readonly folder: string;
  readonly ids: readonly string[];
  /** Samples a batch. */
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly seed: number;
  /** Names the purpose (say, `weights`): equal seeds with different streams give unrelated batches. */
  readonly stream: string;
  readonly augmentation: Augmentation;
}

/** Batches in order. One `next()` at a time. */
export interface BatchSource {
  /**
   * The next batch. Its arrays are the caller's to keep.
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
  readonly startStep: number;
  /** Batches that the worker may make before the first is taken. */
  readonly ahead: number;
  readonly port: MessagePort;
}

/** What the worker sends. A user's error crosses as its message, other errors with their stack as the worker's own. */
export type WorkerMessage =
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'userError'; readonly message: string };

/** What the worker is sent: a batch was taken, so one more may be made; or: finish. */
export type ConsumerMessage = 'taken' | 'close';

/** Steps in an epoch: a last partial batch is dropped; with fewer IDs than a batch holds, an epoch is one batch that repeats them. */
export function stepsPerEpoch(spec: Pick<BatchSpec, 'ids' | 'batch'>): number {
  return Math.max(1, Math.floor(spec.ids.length / spec.batch));
}

/**
 * Opens the batches `startStep`, `startStep + 1`, ... without end.
 * @param options.workerUrl the bundled `worker.ts`: batches are then made in a thread of their own, up to `ahead` (default 6)
 * before they are asked for, also while the caller blocks its event loop. Without it they are made when asked for.
 * @throws UserError when the folder cannot be listed
 */
export async function openBatches(
  spec: BatchSpec,
  startStep: number,
  options: { readonly workerUrl?: URL; readonly ahead?: number } = {},
): Promise<BatchSource> {
  if (options.workerUrl) return openWorker(spec, startStep, options.workerUrl, options.ahead ?? 6);
  const make = await createBatchMaker(spec);
  let step = startStep;
  let waited = 0;
  return {
    next: async () => {
      const since = performance.now();
      const batch = await make(step++);
      waited += performance.now() - since;
      return batch;
    },
    waitedMs: () => waited,
    close: async () => {},
  };
}

/**
 * The function from a step to its batch; decoded samples are kept between calls.
 * @throws UserError when the folder cannot be listed
 */
export async function createBatchMaker(spec: BatchSpec): Promise<(step: number) => Promise<Batch>> {
  const load = cached(await createLoader(spec.folder, spec.height, spec.width));
  return async (step) => {
    const ids = batchIds(spec, step);
    const samples = await mapConcurrently(ids, concurrentDecodes, load);
    const batch = allocate(ids, spec.height, spec.width);
    const random = createRandom(spec.seed, spec.stream, step);
    for (const [index, sample] of samples.entries()) {
      augment(sample, spec.augmentation, random, slot(batch, index, spec.height, spec.width));
    }
    return batch;
  };
}

/**
 * The samples in the given order under the evaluation transform, with their original masks; the last batch may be smaller.
 * The next batch is decoded while the caller works on the one before.
 * @throws UserError when a file has gone or is damaged since the data set was checked
 */
export async function* loadEvaluation(
  folder: string,
  ids: readonly string[],
  height: number,
  width: number,
  batchSize = 16,
): AsyncGenerator<EvaluationBatch> {
  const load = await createLoader(folder, height, width);
  const make = async (start: number): Promise<EvaluationBatch> => {
    const chunk = ids.slice(start, start + batchSize);
    const loaded = await mapConcurrently(chunk, concurrentDecodes, load);
    const batch = allocate(chunk, height, width);
    for (const [index, { sample }] of loaded.entries()) resizeWhole(sample, slot(batch, index, height, width));
    return { ...batch, masks: loaded.map(({ mask }) => mask) };
  };
  let coming = make(0);
  for (let start = 0; start < ids.length; start += batchSize) {
    const batch = await coming;
    if (start + batchSize < ids.length) {
      coming = make(start + batchSize);
      // Should the caller stop early, nobody awaits this one.
      coming.catch(() => {});
    }
    yield batch;
  }
}

function batchIds(spec: BatchSpec, step: number): string[] {
  const steps = stepsPerEpoch(spec);
  const order = createRandom(spec.seed, spec.stream, 'epoch', Math.floor(step / steps)).permutation(spec.ids.length);
  const start = (step % steps) * spec.batch;
  return Array.from({ length: spec.batch }, (_, index) => spec.ids[order[(start + index) % order.length]!]!);
}

function allocate(ids: string[], height: number, width: number): Batch {
  const pixels = ids.length * height * width;
  return {
    images: new Float32Array(3 * pixels),
    targets: new Float32Array(pixels),
    weights: new Float32Array(pixels),
    ids,
  };
}

function slot(batch: Batch, index: number, height: number, width: number): AugmentTarget {
  const pixels = height * width;
  return {
    height,
    width,
    image: batch.images.subarray(index * 3 * pixels, (index + 1) * 3 * pixels),
    target: batch.targets.subarray(index * pixels, (index + 1) * pixels),
    weight: batch.weights.subarray(index * pixels, (index + 1) * pixels),
  };
}

type Loader = (id: string) => Promise<{ sample: Sample; mask: Mask }>;

async function createLoader(folder: string, height: number, width: number): Promise<Loader> {
  const images = await locateImages(folder).catch((error: Error) => {
    throw new UserError(`${folder}: the images cannot be listed (${error.message}); was the data set moved?`);
  });
  return async (id) => {
    const path = images.get(id);
    if (path === undefined) throw new UserError(`${folder}: has no image "${id}" any more; restore it`);
    return loadSample(path, maskPath(folder, id), Math.ceil(reserve * width), Math.ceil(reserve * height));
  };
}

/**
 * Keeps samples until the bound is reached and never drops one: epochs visit all in turn, so dropping the least recently used
 * would drop each just before its use.
 */
function cached(load: Loader): (id: string) => Promise<Sample> {
  const samples = new Map<string, Promise<Sample>>();
  let bytes = 0;
  return (id) => {
    const known = samples.get(id);
    if (known) return known;
    const loading = load(id).then(({ sample }) => {
      const size = sample.rgb.byteLength + sample.mask.byteLength;
      if (bytes + size > cacheBytes) samples.delete(id);
      else bytes += size;
      return sample;
    });
    samples.set(id, loading);
    return loading;
  };
}

function openWorker(spec: BatchSpec, startStep: number, workerUrl: URL, ahead: number): BatchSource {
  const { port1: port, port2 } = new MessageChannel();
  const start: WorkerStart = { spec, startStep, ahead, port: port2 };
  const worker = new Worker(workerUrl, { workerData: start, transferList: [port2] });
  const ready: Batch[] = [];
  const waiting: (() => void)[] = [];
  let failure: Error | undefined;
  let closed = false;
  let waited = 0;

  const wake = (): void => {
    for (const resume of waiting.splice(0)) resume();
  };
  const receive = (message: WorkerMessage): void => {
    if (message.kind === 'batch') ready.push(message.batch);
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
      for (;;) {
        drain();
        const batch = ready.shift();
        if (batch) {
          send('taken');
          waited += performance.now() - since;
          return batch;
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
