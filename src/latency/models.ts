// Models as subjects: one image, memory for input and output given once, several models in turn.
import { create, toBinary } from '@bufbuild/protobuf';
import { TensorProto_DataType as DataType, GraphProtoSchema, ModelProtoSchema, type ValueInfoProto } from 'onnx-buf';
import { Tensor } from 'onnxruntime-node';
import { UserError } from '../base/errors.ts';
import { createRandom, type Random } from '../base/random.ts';
import { decodeModel } from '../graph/onnx.ts';
import { deployModules } from '../network/deploy.ts';
import { layerModule, layerOutput } from '../network/modules.ts';
import type { Feature, Layer } from '../network/types.ts';
import { createSession } from '../runtime/session.ts';
import { measureInterleaved, type Samples, type Subject } from './measure.ts';

/** A subject that holds a session until it is released. */
export interface ModelSubject extends Subject {
  readonly release: () => Promise<void>;
}

/** A model to measure; height and width are those of its image input. */
export interface TimedModel {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/** Latency of one model for one image. */
export interface ModelLatency {
  readonly name: string;
  /**
   * The run that nothing disturbs (`steadyMs` of `Samples`): what predictions are about. On a machine of one's own it lies a few
   * per cent below the median of all runs; on a shared one the median says as much about the neighbours as about the model.
   */
  readonly steadyMs: number;
  /** Median over all runs. */
  readonly p50Ms: number;
  /** 95th percentile over all runs, bursts of other processes included. */
  readonly p95Ms: number;
  /** Images a second at `p50Ms`. */
  readonly fps: number;
  readonly samples: Samples;
}

/**
 * Makes a subject from a float32 model whose inputs are [batch, C, H, W]: batch 1, the same random values in every run.
 * @throws UserError when an input is not an image of known channels
 */
export async function createModelSubject(
  model: TimedModel,
  threads: number,
  random: Random = createRandom(0, model.name),
): Promise<ModelSubject> {
  const { bytes, inputs } = withSmallOutputs(model);
  const session = await createSession(bytes, {
    threads,
    takesTurns: true,
    dimensions: Object.fromEntries(inputs.flatMap((input) => input.symbolic)),
  });
  const feeds = Object.fromEntries(
    inputs.map(({ name, dims }) => {
      const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random.normal());
      return [name, new Tensor('float32', data, dims)];
    }),
  );
  return { name: model.name, run: () => session.run(feeds), release: () => session.release() };
}

/** How steady the machine was: a fixed reference network, measured in the same rounds as everything else. */
export interface Drift {
  /** Compare it between two sessions: what it differs by, everything differs by (a machine shared with others moves by a fifth). */
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

/**
 * Measures models and the drift reference against each other, in interleaved rounds on sessions of their own.
 * @throws UserError when a model's input is not an image
 */
export async function measureModels(
  models: readonly TimedModel[],
  settings: ModelSettings,
): Promise<{ readonly latencies: ModelLatency[]; readonly drift: Drift }> {
  const { threads, ...rest } = settings;
  const samples = await withSubjects(
    [...models, driftReference()].map((model) => () => createModelSubject(model, threads)),
    (subjects) => measureInterleaved(subjects, { ...rest, runsPerRound: 3, minRunMs: 0 }),
  );
  const latencies = models.map(({ name }) => {
    const s = samples.get(name)!;
    return { name, steadyMs: s.steadyMs, p50Ms: s.p50Ms, p95Ms: s.p95Ms, fps: 1000 / s.p50Ms, samples: s };
  });
  return { latencies, drift: driftOf(samples) };
}

const referenceName = 'drift reference';

/** The reference: a small network of fixed shapes, from maps that leave the second-level cache to maps that do not. */
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
export function driftOf(samples: ReadonlyMap<string, Samples>): Drift {
  const { steadyMs, spread } = samples.get(referenceName)!;
  return { referenceMs: steadyMs, spread };
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

interface ImageInput {
  readonly name: string;
  readonly dims: readonly number[];
  /** The model's own names for its open dimensions, with the values they get. */
  readonly symbolic: readonly (readonly [string, number])[];
}

/**
 * Cuts every output of a model to the first column. onnxruntime-node copies each output into a new ArrayBuffer in every run, even where an
 * output tensor is given, and the fresh pages cost up to 0.4 ms per 100 KB, on and off with the garbage collector: none of it is the
 * model's, and other hosts of ONNX Runtime do not have it.
 */
function withSmallOutputs(model: TimedModel): { bytes: Uint8Array; inputs: ImageInput[] } {
  const decoded = decodeModel(model.bytes);
  const graph = decoded.graph!;
  const constants = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !constants.has(name)).map((input) => imageInput(input, model));
  const cut = graph.output.map(({ name, type }) => ({ name: `${name}/first-column`, full: name, type }));
  const vector = (name: string, value: number) => ({
    name,
    dataType: DataType.INT64,
    dims: [1n],
    int64Data: [BigInt(value)],
  });
  const additions = create(GraphProtoSchema, {
    node: cut.map(({ name, full }) => ({
      opType: 'Slice',
      input: [full, 'cut/0', 'cut/1', 'cut/-1'],
      output: [name],
    })),
    initializer: [vector('cut/0', 0), vector('cut/1', 1), vector('cut/-1', -1)],
    output: cut.map(({ name, type }) => ({
      name,
      type: {
        value: {
          case: 'tensorType' as const,
          value: { elemType: type?.value.case === 'tensorType' ? type.value.value.elemType : 0 },
        },
      },
    })),
  });
  graph.node.push(...additions.node);
  graph.initializer.push(...additions.initializer);
  graph.output = additions.output;
  return { bytes: toBinary(ModelProtoSchema, decoded), inputs };
}

/** @throws UserError when it is not [batch, C, H, W] float32 with a stated C */
function imageInput({ name, type }: ValueInfoProto, model: TimedModel): ImageInput {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  const stated = tensor?.shape?.dim.map(({ value }) => value) ?? [];
  const fallback = [1, undefined, model.height, model.width];
  const dims = stated.map((dim, axis) => (dim.case === 'dimValue' ? Number(dim.value) : fallback[axis]));
  if (tensor?.elemType !== DataType.FLOAT || dims.length !== 4 || dims.some((dim) => dim === undefined)) {
    throw new UserError(
      `${model.name}: input "${name}" is not a float32 image [batch, channels, height, width] with stated channels; ` +
        'only models with image inputs can be measured',
    );
  }
  const symbolic = stated.flatMap((dim, axis) => (dim.case === 'dimParam' ? [[dim.value, dims[axis]!] as const] : []));
  return { name, dims: dims as number[], symbolic };
}
