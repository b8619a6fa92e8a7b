// The recording half of the tape: building a module's forward graph writes down each operation with what its gradient rule needs.

import { createGraph } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';
import type { NetworkBuilder, NetworkModule } from '../network/types.ts';
import type { Backend } from './backend.ts';
import { applyActivation } from './gradients.ts';
import { type TracedGraph, traceGraph } from './memory.ts';
import type { NormOperators, Source } from './norms.ts';
import { type Recorded, type Recorder, readOnce, type Step, type TapeFeature, type TapeMap } from './operation.ts';
import { operations, output } from './operations.ts';
import { dimsOf, type Primitives } from './primitives.ts';

export interface TapeOptions {
  readonly backend: Backend;
  readonly batch: number;
  readonly mode: 'train' | 'eval';
}

/** A forward graph with its steps, in the order of the forward pass. */
export interface Recording {
  readonly graph: TracedGraph;
  readonly recorder: Recorder;
  readonly inputs: readonly TapeFeature[];
  readonly outputs: readonly TapeFeature[];
  readonly parameters: ReadonlyMap<string, Value>;
  /** Batch norms with their vectors, see norms.ts. */
  readonly norms: readonly { name: string; vectors: Value; channels: number }[];
  readonly steps: readonly Step[];
}

/** Runs the module's `build` and records the tape. */
export function record(module: NetworkModule, { backend, batch, mode }: TapeOptions): Recording {
  const graph = traceGraph(createGraph(module.prefix));
  const k = backend.primitives(graph);
  const parameters = new Map<string, Value>();
  const norms: { name: string; vectors: Value; channels: number }[] = [];
  const recorder = createRecorder(graph, k, backend.norms(k), mode === 'train', parameters, norms);
  const steps: Step[] = [];
  const inputs = module.inputs.map((f, i): TapeFeature => {
    const dims = [batch, f.image ? f.channels : k.padded(f.channels), f.height, f.width];
    return { ...f, map: { value: graph.input(`x${i}`, dims), source: undefined, readers: 0 } };
  });
  const run = <Given extends readonly unknown[]>(operation: Recorded<Given>, ...given: Given): TapeFeature => {
    const step = operation(recorder, ...given);
    steps.push(step);
    return step.y;
  };
  const builder = builderOf(operations, run);
  const outputs = module.build(builder, inputs).map((y) => {
    const value = recorder.valuesOf(y);
    // An output is neither an input nor another output: each lives in a buffer of its own.
    const taken = inputs.some((x) => x.map.value === value) || graph.outputs.includes(value);
    const own = taken ? graph.node('Identity', [value]) : value;
    graph.output(own);
    return run(output, y, own);
  });
  return { graph, recorder, inputs, outputs, parameters, norms, steps };
}

/** The table as a builder of networks. */
function builderOf(
  table: typeof operations,
  run: (operation: Recorded<never[]>, ...given: never[]) => TapeFeature,
): NetworkBuilder<TapeFeature> {
  const methods = Object.entries(table).map(([name, operation]) => [
    name,
    (...given: never[]) => run(operation as Recorded<never[]>, ...given),
  ]);
  const builder = Object.fromEntries(methods) as NetworkBuilder<TapeFeature>;
  return {
    ...builder,
    // The kernels of norms have ReLU and hard-swish; other activations are steps of their own.
    convBn(x, name, conv, { activation, ...end } = {}) {
      if (activation !== 'relu6') return builder.convBn(x, name, conv, activation ? { ...end, activation } : end);
      return builder.activation(builder.convBn(x, name, conv, end), activation);
    },
  };
}

function createRecorder(
  graph: TracedGraph,
  k: Primitives,
  operators: NormOperators,
  training: boolean,
  parameters: Map<string, Value>,
  norms: { name: string; vectors: Value; channels: number }[],
): Recorder {
  const feature = (shape: Value, channels: number, map: Pick<TapeMap, 'value' | 'source'>): TapeFeature => {
    const [, , height, width] = dimsOf(shape);
    return { channels, height, width, map: { ...map, readers: 0 } };
  };
  const write = ({ map, norm, activation }: Source): Value =>
    norm ? operators.apply(map, norm, activation) : applyActivation(k, map, activation!);
  return {
    k,
    norms: operators,
    training,
    parameter(name, dims) {
      const value = parameters.get(name) ?? graph.input(name, dims);
      parameters.set(name, value);
      return value;
    },
    norm: (name, vectors, channels) => norms.push({ name, vectors, channels }),
    written: (value, channels) => feature(value, channels, { value, source: undefined }),
    computed: (source, channels) => feature(source.map, channels, { value: undefined, source }),
    valuesOf({ map }) {
      map.value ??= write(map.source!);
      return map.value;
    },
    read({ map }) {
      if (map.value) return { map: map.value };
      map.readers++;
      return map.source!;
    },
  };
}

/**
 * Writes the maps that gradient rules read but that the forward pass did not write: those with several readers, because the gradients of
 * the readers meet at the map.
 */
export function writeReadMaps({ recorder, steps }: Recording): void {
  for (const { reads } of [...steps].reverse()) for (const x of reads) if (!readOnce(x)) recorder.valuesOf(x);
}
