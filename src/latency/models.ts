// Models as subjects: one image at a time, inputs that are made once, several models in turn.

import { Tensor } from 'onnxruntime-node';
import type { Layer } from '../contracts/architecture.ts';
import { UserError } from '../lib/errors.ts';
import { createRandom, type Random } from '../lib/random.ts';
import { deployModules } from '../network/deploy.ts';
import { layerModule, layerOutput } from '../network/modules.ts';
import type { Feature } from '../network/types.ts';
import { withPinnedThreads } from '../runtime/pinning.ts';
import { createSession, optimizeModel, type SessionSettings } from '../runtime/session.ts';
import { type PreparedModel, prepareToTime, type TimedModel } from './image-model.ts';
import { measureInterleaved, type Samples, type Subject } from './measure.ts';
import type { RoundFigures } from './rounds.ts';

/** A subject that holds a session until it is released. */
export interface ModelSubject extends Subject {
  readonly release: () => Promise<void>;
}

/** Latency of one model for one image. */
export interface ModelLatency {
  readonly name: string;
  /**
   * The run that nothing disturbs (`p10Ms` of `Samples`): predictions are about this figure. On a machine without other work it lies a few
   * percent below the median of all runs. On a shared machine the median says as much about the neighbors as about the model.
   */
  readonly p10Ms: number;
  /** Median over all runs. */
  readonly p50Ms: number;
  readonly samples: Samples;
}

/**
 * Makes a subject from a model with image inputs: batch 1, the same random values in every run.
 * @throws UserError when the model cannot be measured
 */
export async function createModelSubject(
  model: TimedModel,
  { threads, cores }: Pick<SessionSettings, 'threads' | 'cores'>,
  random: Random = createRandom(0, model.name),
): Promise<ModelSubject> {
  const [prepared] = prepareToTime([model], random);
  const { bytes, feeds, dimensions } = prepared!;
  const session = await createSession(bytes, timedSession({ threads, cores, dimensions })).catch(refuse(model.name));
  return { name: model.name, run: () => session.run(feeds), release: () => session.release() };
}

/**
 * Prepares models that are compared. Each returned function makes a subject of its model, with a new session, as often as it is called.
 * @throws UserError when a model cannot be measured
 */
export async function prepareModels(
  models: readonly TimedModel[],
  settings: Pick<SessionSettings, 'threads' | 'cores'>,
  random: Random,
): Promise<(() => Promise<ModelSubject>)[]> {
  const images = prepareToTime(models, random);
  const prepared: (() => Promise<ModelSubject>)[] = [];
  for (const [i, { name }] of models.entries()) prepared.push(await prepareModel(name, images[i]!, settings));
  return prepared;
}

async function prepareModel(
  name: string,
  { bytes, feeds: images, dimensions }: PreparedModel,
  { threads, cores }: Pick<SessionSettings, 'threads' | 'cores'>,
): Promise<() => Promise<ModelSubject>> {
  const { optimized, settings } = await optimizeTimed(name, bytes, { threads, cores, dimensions });
  return async () => {
    const session = await createSession(optimized, settings);
    // Each session has its own copy: where an input lies in memory counts too.
    const feeds = Object.fromEntries(Object.entries(images).map(([input, pixels]) => [input, copyOf(pixels)]));
    return { name, run: () => session.run(feeds), release: () => session.release() };
  };
}

/**
 * A model as ONNX Runtime optimizes it, and the settings of timed sessions on the result.
 * @throws UserError when it cannot be loaded
 */
export async function optimizeTimed(
  name: string,
  bytes: Uint8Array,
  of: Pick<SessionSettings, 'threads' | 'cores' | 'dimensions'>,
): Promise<{ readonly optimized: Uint8Array; readonly settings: SessionSettings }> {
  const settings = timedSession(of);
  return {
    optimized: await optimizeModel(bytes, settings).catch(refuse(name)),
    settings: { ...settings, optimize: false },
  };
}

/** What all timed sessions have in common: those of tables and predictors, of measurements and of verdicts. */
const timedSession = (settings: Pick<SessionSettings, 'threads' | 'cores' | 'dimensions'>): SessionSettings => ({
  ...settings,
  takesTurns: true,
});

function copyOf({ type, data, dims }: Tensor): Tensor {
  return new Tensor(type, (data as Float32Array | Uint8Array | Uint16Array).slice(), dims);
}

const refuse =
  (name: string) =>
  (error: unknown): never => {
    throw new UserError(`${name}: ONNX Runtime cannot load it: ${error instanceof Error ? error.message : error}`);
  };

/** How steady the machine was: a fixed reference network, measured in the same rounds as everything else. */
export interface Drift {
  /** Compare it between two sessions: all other latencies differ by the same ratio (on a shared machine by up to a fifth). */
  readonly referenceMs: number;
  /** Interquartile range over median of its rounds. */
  readonly spread: number;
}

export interface ModelSettings {
  readonly threads: number;
  readonly rounds: number;
  readonly random: Random;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Uses models and, last, the drift reference as subjects, each with a session of its own, with threads pinned as for verdicts. */
export function withTimedModels<T>(
  models: readonly TimedModel[],
  threads: number,
  use: (subjects: readonly ModelSubject[]) => Promise<T>,
): Promise<T> {
  return withPinnedThreads(threads, ({ cores }) =>
    withSubjects(
      [...models, driftReference()].map((model) => () => createModelSubject(model, { threads, cores })),
      use,
    ),
  );
}

/**
 * Measures models and the drift reference against each other, in interleaved rounds on sessions of their own, with threads pinned as for verdicts.
 * @throws UserError when a model cannot be measured
 */
export async function measureModels(
  models: readonly TimedModel[],
  settings: ModelSettings,
): Promise<{ readonly latencies: ModelLatency[]; readonly drift: Drift }> {
  const { threads, ...rest } = settings;
  const samples = await withTimedModels(models, threads, (subjects) =>
    measureInterleaved(subjects, { ...rest, runsPerRound: 3, minRunMs: 0 }),
  );
  const latencies = models.map(({ name }) => {
    const s = samples.get(name)!;
    return { name, p10Ms: s.p10Ms, p50Ms: s.p50Ms, samples: s };
  });
  return { latencies, drift: driftOf(samples) };
}

/** What the drift reference is called among samples. */
export const referenceName = 'drift reference';

/** The reference: a small network of fixed shapes, from maps that exceed the second-level cache to maps that fit into it. */
export function driftReference(): TimedModel {
  const layers = [
    { operation: 'mbv3_3x3', in: 32, out: 32, stride: 1, expanded: 128 },
    { operation: 'sepconv_3x3', in: 32, out: 64, stride: 2, expanded: 64 },
    { operation: 'mbv3_5x5', in: 64, out: 64, stride: 1, expanded: 256 },
    { operation: 'mbv3_3x3', in: 64, out: 128, stride: 2, expanded: 256 },
  ] as const;
  let feature: Feature = { channels: 32, height: 40, width: 40 };
  const modules = layers.map((shape, index) => {
    const layer: Layer = { ...shape, activation: 'hswish', squeezeExcite: false };
    const module = layerModule(layer, index, feature);
    feature = layerOutput(layer, feature);
    return module;
  });
  return { name: referenceName, bytes: deployModules(modules), height: 40, width: 40 };
}

/** The drift reference's figures among measured samples. */
export function driftOf(samples: ReadonlyMap<string, RoundFigures>): Drift {
  const { p10Ms, spread } = samples.get(referenceName)!;
  return { referenceMs: p10Ms, spread };
}

/** Opens subjects one after the other, uses them, and releases every one that was opened. */
export async function withSubjects<T>(
  open: readonly (() => Promise<ModelSubject>)[],
  use: (subjects: readonly ModelSubject[]) => Promise<T>,
): Promise<T> {
  const subjects: ModelSubject[] = [];
  try {
    for (const one of open) subjects.push(await one());
    return await use(subjects);
  } finally {
    for (const subject of subjects) await subject.release();
  }
}
