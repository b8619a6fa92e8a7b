// What the table of a space consists of: every distinct operation in its frame, the frames alone, head and tail; and the hash of their graphs.

import { createHash } from 'node:crypto';
import { toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import type { Layer } from '../contracts/architecture.ts';
import { decodeModel } from '../graph/onnx.ts';
import { moduleMacs, moduleOutputs, moduleParameters, sizeOf } from '../network/count.ts';
import { deployModules } from '../network/deploy.ts';
import { type InputSize, spaceModules } from '../network/modules.ts';
import type { Space } from '../network/space.ts';
import type { Feature, NetworkModule, Weights } from '../network/types.ts';
import type { TimedModel } from './image-model.ts';

/** Channels at both ends of a frame: one block of AVX-512, so that the frame costs little beside what it holds. */
const frameWidth = 16;

interface TableSubject {
  readonly name: string;
  readonly module: NetworkModule;
}

/** A distinct operation of a space. */
export interface PlannedEntry {
  readonly layer: Layer;
  readonly module: NetworkModule;
  readonly output: Feature;
}

export interface TablePlan {
  readonly head: NetworkModule;
  readonly tail: NetworkModule;
  /** By signature. */
  readonly entries: ReadonlyMap<string, PlannedEntry>;
  /** layers[layer][candidate]: which entry, counted from 0 in the order of `entries`. */
  readonly layers: readonly (readonly number[])[];
  /** Feature maps at the ends of operations, by the names of their frames. */
  readonly frames: ReadonlyMap<string, Feature>;
  readonly subjects: readonly TableSubject[];
}

/** What the frame around a feature map is called. */
export const frameName = ({ channels, height, width }: Feature): string => `frame ${channels}x${height}x${width}`;

/** Everything that the table of a space measures. */
export function planTable(space: Space, input: InputSize): TablePlan {
  const modules = spaceModules(space, input);
  const entries = new Map<string, PlannedEntry>();
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
  const order = [...entries.keys()];
  const layers = modules.layers.map((candidates) => candidates.map(({ signature }) => order.indexOf(signature)));
  const subjects = [
    { name: 'head', module: head },
    { name: 'tail', module: withResize(tail, input) },
    ...[...frames].map(([name, feature]) => ({ name, module: inFrame(feature) })),
    ...[...entries].map(([name, { module }]) => ({ name, module: inFrame(module.inputs[0]!, module) })),
  ];
  return { head, tail, entries, layers, frames, subjects };
}

/** How a table describes an operation. */
export function describeEntry({ layer, module }: PlannedEntry) {
  const convolutions = moduleMacs(module);
  const { height, width } = module.inputs[0]!;
  return {
    ...layer,
    kernel: Math.max(0, ...convolutions.map(({ kernel }) => kernel)),
    dilation: Math.max(0, ...convolutions.map(({ dilation }) => dilation)),
    height,
    width,
    batch: 1 as const,
  };
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

/** A subject of the plan as a model that can be measured. */
export function timedSubject({ name, module }: TableSubject): TimedModel {
  const { height, width } = module.inputs[0]!;
  return { name, bytes: deployModules([module], constantWeights(module)), height, width };
}

/** Weights that keep values moderate and cost little to make. Latency does not depend on weights, except through denormal numbers. */
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

/** Hash of all graphs without the values of filters: operators, attributes, connections and shapes. */
export function hashDefinitions(plan: TablePlan): string {
  const hash = createHash('sha256');
  for (const { name, module } of plan.subjects) {
    const model = decodeModel(deployModules([module], constantWeights(module)));
    for (const tensor of model.graph?.initializer ?? []) if (tensor.dims.length > 1) tensor.rawData = new Uint8Array();
    hash.update(name).update(toBinary(ModelProtoSchema, model));
  }
  return hash.digest('hex').slice(0, 16);
}
