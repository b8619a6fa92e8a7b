// int8: a float32 model is calibrated on training photos, written with each method's ranges, and the one that agrees best with float32 is taken.
import { isDeepStrictEqual } from 'node:util';
import type { ModelSettings } from '../../contracts/model.ts';
import {
  type CalibrationMethod,
  calibrationMethods,
  type Extent,
  extents,
  type Int8,
  type Quantization,
} from '../../contracts/quantization.ts';
import { loadEvaluation } from '../../data/batches.ts';
import type { Photo } from '../../data/images.ts';
import type { ModelSource } from '../../graph/image-model.ts';
import { createRandom } from '../../lib/random.ts';
import { clusteredQuantile } from '../../metrics/quantiles.ts';
import { type Calibrated, calibrate } from '../../quantization/calibrate.ts';
import type { Plan } from '../../quantization/plan.ts';
import { describeHardware } from '../../runtime/hardware.ts';
import { profileRuns } from '../../runtime/profile.ts';
import { openSegmentation, readPhotoFeeds } from '../../runtime/segmentation.ts';
import { createSession } from '../../runtime/session.ts';
import { judgeInt8 } from '../../verdict/int8.ts';
import { compareLatency } from '../latency-comparison.ts';
import type { CommonOptions } from '../options.ts';
import type { EvaluatedNetwork, ExportedNetwork } from './evaluate.ts';

/** Photos on which the ranges of tensors are measured. */
const calibrationPhotos = 64;
/** An undecided comparison of latency ends after this long. */
const comparisonMs = 10_000;
/** Instruction sets that multiply bytes and add up in 32 bits, as /proc/cpuinfo spells them. Without them pairs of products overflow 16 bits. */
const byteInstructions = ['avx_vnni', 'avx512_vnni', 'amx_int8', 'asimddp', 'i8mm'];

export interface QuantizeSettings extends CommonOptions {
  /** Of training: never those that a network is scored on. */
  readonly photos: readonly Photo[];
  readonly threads: number;
  readonly seed: number;
  /** What is stated of a model that says nothing of itself. */
  readonly settings?: ModelSettings | undefined;
  /** Undefined: the method that agrees best with float32. */
  readonly calibration?: CalibrationMethod | undefined;
}

export interface QuantizedModel {
  readonly model: Uint8Array;
  readonly quantization: Quantization;
}

/**
 * Quantizes a model.
 * @throws UserError when it takes no photos, or has nothing that can be quantized
 */
async function quantizeStage(source: ModelSource, settings: QuantizeSettings): Promise<QuantizedModel> {
  const { threads, signal, progress, calibration } = settings;
  const stated = settings.settings ?? {};
  const { isa } = await describeHardware(threads);
  const instructions = byteInstructions.filter((name) => isa.includes(name));
  const weightBits = instructions.length > 0 ? 8 : 7;
  const shuffled = createRandom(settings.seed, 'calibration').permutation(settings.photos.length);
  const photos = shuffled.slice(0, calibrationPhotos).map((i) => settings.photos[i]!);
  const calibrated = await observe(source, stated, photos, settings);
  const methods = calibration ? [calibration] : calibrationMethods;
  const reference = await predictAll(source, stated, photos, settings);
  const stage = progress.stage(`int8 of ${source.name}`, methods.length, 'methods');
  const tried: (Quantization['methods'][number] & ReturnType<Calibrated['write']>)[] = [];
  const extent = await fastestExtent(calibrated, source, stated, { threads, weightBits });
  for (const method of methods) {
    signal.throwIfAborted();
    const { model, plan } = calibrated.write({ method, bits: weightBits, extent });
    const own = await predictAll({ ...source, bytes: model }, stated, photos, settings);
    tried.push({ method, model, plan, ...differenceOf(reference, own) });
    stage.update(tried.length);
  }
  stage.done();
  const [best] = [...tried].sort((a, b) => a.changedPixels - b.changedPixels || a.meanDifference - b.meanDifference);
  const { model, plan, method } = best!;
  return {
    model,
    quantization: {
      calibration: method,
      photos: photos.length,
      methods: tried.map(({ method, meanDifference, changedPixels }) => ({ method, meanDifference, changedPixels })),
      operators: await countOperators({ ...source, bytes: model }, stated),
      kept: { ...plan.kept },
      extent,
      weightBits,
      instructions,
    },
  };
}

/** The first of some networks as an int8 one beside it; undefined where there is none. */
export async function quantizeHead(
  [head]: readonly ExportedNetwork[],
  settings: QuantizeSettings,
): Promise<{ readonly network: ExportedNetwork; readonly quantization: Quantization } | undefined> {
  if (!head) return undefined;
  const { name, architecture, settings: stated } = head;
  const { model, quantization } = await quantizeStage({ name, bytes: head.model }, { ...settings, settings: stated });
  return { network: { role: 'int8', name: `${name}-int8`, architecture, settings: stated, model }, quantization };
}

/** Runs the photos through the model and sees what its tensors hold. */
async function observe(
  source: ModelSource,
  stated: ModelSettings,
  photos: readonly Photo[],
  { threads, signal, progress }: QuantizeSettings,
): Promise<Calibrated> {
  const { model, input, feed } = readPhotoFeeds(source, stated);
  const { height, width } = input.image;
  const size = 3 * height * width;
  async function* feeds() {
    for await (const { images, ids } of loadEvaluation(photos, height, width))
      for (const i of ids.keys()) yield feed(images.subarray(i * size, (i + 1) * size));
  }
  const stage = progress.stage(`calibration of ${source.name}`, 2 * photos.length, 'photos');
  const onProgress = (done: number): void => stage.update(done);
  const calibrated = await calibrate(source, feeds, { threads, dimensions: model.dimensions, signal, onProgress });
  stage.done();
  return calibrated;
}

/** Runs of each extent that are timed. */
const extentRuns = 40;

/** The part of the network that makes it the fastest here when it is int8, by the lower quartiles of interleaved runs. */
async function fastestExtent(
  calibrated: Calibrated,
  source: ModelSource,
  stated: ModelSettings,
  { threads, weightBits }: { readonly threads: number; readonly weightBits: 7 | 8 },
): Promise<Extent> {
  const { model, input, feed } = readPhotoFeeds(source, stated);
  const { height, width } = input.image;
  const feeds = feed(new Float32Array(3 * height * width));
  const written = extents.map((extent) => ({
    extent,
    ...calibrated.write({ method: 'minmax', bits: weightBits, extent }),
  }));
  // Left out: extents in which nothing is int8, or the same as in an earlier one.
  const candidates = written.filter(
    ({ plan }, i) =>
      plan.nodes.size > 0 && written.findIndex((other) => isDeepStrictEqual(namesOf(other), namesOf({ plan }))) === i,
  );
  if (candidates.length === 1) return candidates[0]!.extent;
  const { dimensions } = model;
  const sessions = await Promise.all(
    candidates.map(({ model: bytes }) => createSession(bytes, { threads, takesTurns: true, dimensions })),
  );
  try {
    const times = candidates.map((): number[] => []);
    const random = createRandom(0, 'extents');
    for (let round = -5; round < extentRuns; round++)
      for (const i of random.permutation(sessions.length)) {
        const start = performance.now();
        await sessions[i]!.run(feeds);
        if (round >= 0) times[i]!.push(performance.now() - start);
      }
    // What others on the machine do makes runs longer, never shorter.
    const quartiles = times.map((values) => clusteredQuantile([values], 0.25).value);
    return candidates[quartiles.indexOf(Math.min(...quartiles))]!.extent;
  } finally {
    for (const session of sessions) await session.release();
  }
}

/** What an extent makes int8. */
const namesOf = ({ plan }: { readonly plan: Plan }): string[] => [...plan.nodes].map(({ output }) => output[0]!);

/** Probabilities of the person on all photos, one after the other. */
async function predictAll(
  source: ModelSource,
  stated: ModelSettings,
  photos: readonly Photo[],
  { threads, signal }: QuantizeSettings,
): Promise<Float32Array[]> {
  const model = await openSegmentation(source, stated, threads);
  try {
    const maps: Float32Array[] = [];
    for await (const { images } of loadEvaluation(photos, model.height, model.width)) {
      signal.throwIfAborted();
      maps.push((await model.predict({ images, height: model.height, width: model.width })).probability);
    }
    return maps;
  } finally {
    await model.release();
  }
}

function differenceOf(a: readonly Float32Array[], b: readonly Float32Array[]) {
  let [sum, changed, count] = [0, 0, 0];
  for (const [batch, values] of a.entries()) {
    const others = b[batch]!;
    count += values.length;
    for (let i = 0; i < values.length; i++) {
      sum += Math.abs(values[i]! - others[i]!);
      if (values[i]! >= 0.5 !== others[i]! >= 0.5) changed++;
    }
  }
  return { meanDifference: sum / Math.max(1, count), changedPixels: changed / Math.max(1, count) };
}

/** The kernels that ONNX Runtime runs a model with: what it made of the graph, not what the graph says. */
async function countOperators(source: ModelSource, stated: ModelSettings): Promise<Record<string, number>> {
  const { model, input, feed } = readPhotoFeeds(source, stated);
  const { height, width } = input.image;
  const { dimensions } = model;
  const nodes = await profileRuns(source.bytes, { threads: 1, dimensions }, async (session) => {
    await session.run(feed(new Float32Array(3 * height * width)));
  });
  const counts: Record<string, number> = {};
  for (const { operator } of nodes) counts[operator] = (counts[operator] ?? 0) + 1;
  return counts;
}

interface JudgeInt8Settings extends CommonOptions {
  readonly threads: number;
  readonly seed: number;
  /** After this long an undecided comparison of latency ends. */
  readonly timeLimitMs?: number | undefined;
}

/** What int8 is worth beside float32: latency interleaved, two sessions of each, and accuracy as both were scored. */
export async function judgeInt8Stage(
  float32: EvaluatedNetwork,
  int8: EvaluatedNetwork,
  quantization: Quantization,
  { threads, seed, progress, signal, timeLimitMs = comparisonMs }: JudgeInt8Settings,
): Promise<Int8> {
  const stage = progress.stage('int8 against float32', 1, 'comparison');
  const {
    verdicts: [verdict],
  } = await compareLatency(float32.model, [int8.model], {
    threads,
    threshold: 0,
    confidence: 0.95,
    random: createRandom(seed, 'int8'),
    timeLimitMs,
    onProgress: () => signal.throwIfAborted(),
  });
  stage.update(1);
  stage.done();
  const { change, interval } = verdict!;
  const miouChange = int8.miou === undefined || float32.miou === undefined ? undefined : int8.miou - float32.miou;
  return {
    ...quantization,
    network: int8.name,
    float32: float32.name,
    latencyChange: change,
    latencyInterval: [...interval],
    ...judgeInt8({ change, interval, miouChange }),
  };
}
