// The latency table: what every distinct operation of a space costs on this machine, measured in context and in interleaved rounds.
import { createHash } from 'node:crypto';
import { toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { z } from 'zod';
import { UserError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import { decodeModel } from '../graph/onnx.ts';
import { moduleOutputs, moduleParameters, sizeOf } from '../network/count.ts';
import { deployModules } from '../network/deploy.ts';
import { type InputSize, spaceModules } from '../network/modules.ts';
import type { Space } from '../network/space.ts';
import type { Feature, Layer, NetworkModule, Weights } from '../network/types.ts';
import { describeHardware } from '../runtime/hardware.ts';
import { type Hardware, HardwareSchema } from '../runtime/hardware-schema.ts';
import { measureInterleaved } from './measure.ts';
import { createModelSubject, driftOf, driftReference, withSubjects } from './models.ts';

const side = z.int().positive();
const samples = {
  /** Rounds. */
  count: z.int().positive(),
  minMs: z.number().nonnegative(),
  medianMs: z.number().nonnegative(),
  steadyMs: z.number().nonnegative(),
  spread: z.number().nonnegative(),
};

const measuredSubnet = z.object({
  path: z.array(z.int().nonnegative()).readonly(),
  latencyMs: z.number().positive(),
  macs: z.number().nonnegative(),
});

/** A sum of head, layers and tail as measured; samples are those of the operation in its frame. */
export const latencyTableSchema = z.object({
  schema: z.literal('proxyless-ci/latency-table@1'),
  hardware: HardwareSchema,
  threads: z.int().positive(),
  input: z.object({ height: side, width: side }),
  batch: z.literal(1),
  space: z.object({
    name: z.string(),
    /** Hash of the graphs of everything measured, weights left out. */
    definitions: z.string(),
  }),
  /** The fixed reference network in the same rounds: see `Drift`. */
  drift: z.object({ referenceMs: z.number().positive(), spread: z.number().nonnegative() }),
  /** Two pointwise convolutions around each feature map: what is subtracted. */
  frames: z.array(z.object({ channels: side, height: side, width: side, ...samples })),
  /** Head and tail, alone. */
  fixed: z.array(
    z.object({
      part: z.enum(['head', 'tail']),
      signature: z.string(),
      latencyMs: z.number().nonnegative(),
      ...samples,
    }),
  ),
  entries: z.array(
    z.object({
      signature: z.string(),
      operation: z.string(),
      in: side,
      out: side,
      stride: z.union([z.literal(1), z.literal(2)]),
      /** Of the input. */
      height: side,
      width: side,
      expanded: side,
      activation: z.enum(['relu', 'hswish']),
      squeezeExcite: z.boolean(),
      /** What the operation adds to its frame. */
      latencyMs: z.number().nonnegative(),
      ...samples,
    }),
  ),
  /** Whole networks measured with the table: what the predictor is fitted on and checked with, and baselines that budgets refer to. */
  calibration: z
    .object({
      subnets: z.array(measuredSubnet),
      heldOut: z.array(measuredSubnet),
      baselines: z.array(z.object({ name: z.string(), latencyMs: z.number().positive() })),
    })
    .optional(),
});
export type LatencyTable = z.infer<typeof latencyTableSchema>;

export interface TableSettings extends InputSize {
  readonly space: Space;
  readonly threads: number;
  readonly seed: number;
  readonly rounds?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Channels at both ends of a frame: one block of AVX-512, so that the frame costs little beside what it holds. */
const frameWidth = 16;

interface TableSubject {
  readonly name: string;
  readonly module: NetworkModule;
}

interface Plan {
  readonly head: NetworkModule;
  readonly tail: NetworkModule;
  /** One layer and module a signature. */
  readonly entries: ReadonlyMap<
    string,
    { readonly layer: Layer; readonly module: NetworkModule; readonly output: Feature }
  >;
  readonly frames: ReadonlyMap<string, Feature>;
  readonly subjects: readonly TableSubject[];
}

/**
 * Measures the table of a space.
 *
 * In context: an operation stands between two pointwise convolutions (16 -> C_in, C_out -> 16), so that it meets its input and leaves its
 * output in ONNX Runtime's blocked layout, with convolutions to fuse with, as in a network; the same frame around nothing is measured in the
 * same rounds and subtracted. Where an operation changes the map, half of the frame around its input and half of that around its output.
 * @throws UserError when `threads` exceeds the cores, or an input side is no multiple of 32
 */
export async function buildTable(settings: TableSettings): Promise<LatencyTable> {
  const { space, height, width, threads, seed, rounds = 40, onProgress } = settings;
  const hardware = await describeHardware(threads);
  const plan = planTable(space, { height, width });
  const models = plan.subjects.map(({ name, module }) => ({
    name,
    bytes: deployModules([module], constantWeights(module)),
    height,
    width,
  }));
  const measured = await withSubjects(
    [...models, driftReference()].map((model) => () => createModelSubject(model, threads)),
    (subjects) =>
      measureInterleaved(subjects, {
        rounds,
        runsPerRound: 5,
        minRunMs: 1,
        random: createRandom(seed, 'latency-table'),
        ...(onProgress ? { onProgress } : {}),
      }),
  );
  const figures = (name: string) => {
    const { count, minMs, medianMs, steadyMs, spread } = measured.get(name)!;
    return { count, minMs, medianMs, steadyMs, spread };
  };
  const frameMs = (feature: Feature): number => measured.get(frameName(feature))!.steadyMs;
  return {
    schema: 'proxyless-ci/latency-table@1',
    hardware,
    threads,
    input: { height, width },
    batch: 1,
    space: { name: space.name, definitions: hashDefinitions(plan) },
    drift: driftOf(measured),
    frames: [...plan.frames].map(([name, feature]) => ({ ...feature, ...figures(name) })),
    fixed: (['head', 'tail'] as const).map((part) => ({
      part,
      signature: plan[part].signature,
      latencyMs: figures(part).steadyMs,
      ...figures(part),
    })),
    entries: [...plan.entries].map(([signature, { layer, module, output }]) => ({
      signature,
      ...layer,
      height: module.inputs[0]!.height,
      width: module.inputs[0]!.width,
      latencyMs: Math.max(0, figures(signature).steadyMs - (frameMs(module.inputs[0]!) + frameMs(output)) / 2),
      ...figures(signature),
    })),
  };
}

/**
 * Checks that a stored table holds for this machine and this search.
 * @param source how errors call the table, usually its file
 * @throws UserError saying everything that differs, and what to do
 */
export function validateTable(
  table: LatencyTable,
  expected: InputSize & { readonly hardware: Hardware; readonly space: Space; readonly source: string },
): void {
  const { hardware, space, height, width, source } = expected;
  const made = table.hardware;
  const differences: string[] = [];
  const compare = (what: string, was: string | number, is: string | number): void => {
    if (was !== is) differences.push(`${what}: the table's is ${was}, here it is ${is}`);
  };
  compare('processor', describeCpu(made), describeCpu(hardware));
  compare('instruction sets', made.isa.join(' '), hardware.isa.join(' '));
  compare('ONNX Runtime version', made.onnxRuntimeVersion, hardware.onnxRuntimeVersion);
  compare('threads', table.threads, hardware.threads);
  compare('cores available', made.cores.available, hardware.cores.available);
  if (differences.length === 0) compare('hardware key', made.key, hardware.key);
  compare('input size', `${table.input.height}x${table.input.width}`, `${height}x${width}`);
  compare('space', table.space.name, space.name);
  if (table.space.name === space.name && table.input.height === height && table.input.width === width) {
    compare('operation definitions', table.space.definitions, hashDefinitions(planTable(space, { height, width })));
  }
  if (differences.length > 0) {
    const list = differences.map((difference) => `  ${difference}`).join('\n');
    throw new UserError(
      `${source}: this latency table does not hold here\n${list}\nremove it, and the same command measures a new one`,
    );
  }
}

const describeCpu = ({ cpu, caches, arch }: Hardware): string =>
  [cpu.model, `family ${cpu.family} model ${cpu.modelNumber} stepping ${cpu.stepping}`, caches, arch]
    .filter(Boolean)
    .join(', ');

const frameName = ({ channels, height, width }: Feature): string => `frame ${channels}x${height}x${width}`;

/** Everything that the table of a space measures. */
function planTable(space: Space, input: InputSize): Plan {
  const modules = spaceModules(space, input);
  const entries = new Map<string, { layer: Layer; module: NetworkModule; output: Feature }>();
  const frames = new Map<string, Feature>();
  modules.layers.forEach((candidates, layer) => {
    candidates.forEach((module, candidate) => {
      if (entries.has(module.signature)) return;
      const output = moduleOutputs(module)[0]!;
      entries.set(module.signature, { layer: space.layers[layer]![candidate]!, module, output });
      for (const feature of [module.inputs[0]!, output]) frames.set(frameName(feature), feature);
    });
  });
  const { head, tail } = modules;
  const subjects = [
    { name: 'head', module: head },
    { name: 'tail', module: withResize(tail, input) },
    ...[...frames].map(([name, feature]) => ({ name, module: inFrame(feature) })),
    ...[...entries].map(([name, { module }]) => ({ name, module: inFrame(module.inputs[0]!, module) })),
  ];
  return { head, tail, entries, frames, subjects };
}

/** A module between two pointwise convolutions, or the two alone. */
function inFrame(feature: Feature, module?: NetworkModule): NetworkModule {
  return {
    prefix: module?.prefix ?? 'frame',
    signature: `framed ${module?.signature ?? frameName(feature)}`,
    inputs: [{ ...feature, channels: frameWidth }],
    build(b, [x]) {
      const before = b.conv(x!, 'frame.in', { out: feature.channels, kernel: 1 });
      const [after] = module ? module.build(b, [before]) : [before];
      return [b.conv(after!, 'frame.out', { out: frameWidth, kernel: 1 })];
    },
  };
}

/** The tail with the resize to the input's size that every deployed network ends in. */
function withResize(tail: NetworkModule, { height, width }: InputSize): NetworkModule {
  return { ...tail, build: (b, inputs) => tail.build(b, inputs).map((logits) => b.resize(logits, height, width)) };
}

/** Weights that keep values moderate without the cost of drawing them: latency does not depend on them, short of denormal numbers. */
function constantWeights(module: NetworkModule): Weights {
  return new Map(
    moduleParameters(module).map((spec) => {
      const size = sizeOf(spec);
      const fanIn = spec.shape.slice(1).reduce((a, b) => a * b, 1);
      const data = new Float32Array(size);
      for (let i = 0; i < size; i++) data[i] = spec.init === 'ones' ? 1 : ((i % 7) - 3) / 2 / Math.sqrt(fanIn);
      return [`${module.prefix}/${spec.name}`, data];
    }),
  );
}

/** Hash of all graphs, weights left out: operators, attributes, connections and shapes. */
function hashDefinitions(plan: Plan): string {
  const hash = createHash('sha256');
  for (const { name, module } of plan.subjects) {
    const model = decodeModel(deployModules([module], constantWeights(module)));
    for (const tensor of model.graph?.initializer ?? []) if (tensor.dims.length > 1) tensor.rawData = new Uint8Array();
    hash.update(name).update(toBinary(ModelProtoSchema, model));
  }
  return hash.digest('hex').slice(0, 16);
}
