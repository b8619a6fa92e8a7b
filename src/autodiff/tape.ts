// A network module written down twice: as a forward graph that keeps what its gradient needs, and as a backward graph.
//
// Building the forward graph records its operations; replaying their gradient rules in reverse builds the backward graph. A forward
// value that a rule reads becomes an output of the forward graph and an input of the backward one, so the two run as two sessions.

import { createGraph } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';
import type { NetworkModule } from '../network/types.ts';
import { traceGraph } from './memory.ts';
import type { Arrived, BackwardContext, TapeFeature } from './operation.ts';
import { type Recording, record, type TapeOptions, writeReadMaps } from './recording.ts';
import { finishGraph, type Port, port, type RunnableGraph } from './runnable.ts';

/** The forward graph of a module. Parameters are inputs by their own names. */
export interface ForwardGraph extends RunnableGraph {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly parameters: readonly Port[];
  /** Batch norms with the port of their vectors [5, Cp], of values less the running mean (norms.ts). Empty in eval mode. */
  readonly norms: readonly (Port & { readonly norm: string; readonly channels: number })[];
  readonly kept: readonly Port[];
}

/** The backward graph: from gradients at the outputs, kept values and parameters to gradients of inputs and parameters. */
export interface BackwardGraph extends RunnableGraph {
  readonly gradients: readonly Port[];
  readonly inputs: readonly (Port & { readonly input: number })[];
  readonly parameters: readonly string[];
  readonly kept: readonly Port[];
  readonly parameterGradients: readonly (Port & { readonly parameter: string })[];
  /** Batch norms whose gradients of gamma and beta are rows of a port [5, Cp] (norms.ts). */
  readonly normGradients: readonly (Port & { readonly norm: string; readonly channels: number })[];
}

/** The map of a module's input or output: these are always written. */
const mapOf = ({ map }: TapeFeature): Value => map.value!;

/** Replays the tape in reverse into a backward graph; `updateWeights` also asks for the parameters' gradients. */
function replay(
  module: NetworkModule,
  recording: Recording,
  { backend }: TapeOptions,
  updateWeights: boolean,
): BackwardGraph {
  const graph = traceGraph(createGraph(`${module.prefix}.backward`, 'b.'));
  const k = backend.primitives(graph);
  const gradients = new Map<TapeFeature, Value>();
  const arrivals = new Map<TapeFeature, Arrived>();
  const kept = new Map<string, Value>();
  const used = new Map<string, Value>();
  const parameterGradients: (Port & { parameter: string })[] = [];
  const normGradients: (Port & { norm: string; channels: number })[] = [];
  const upstream = recording.outputs.map((y, i) => {
    const value = graph.input(`d${i}`, mapOf(y).dims);
    gradients.set(y, value);
    return port(value);
  });
  const context: BackwardContext = {
    k,
    norms: backend.norms(k),
    updateWeights,
    arrive: (feature, arrived) => arrivals.set(feature, arrived),
    plus: (feature, value) => context.contribute(feature, (sum) => (sum ? graph.node('Add', [value, sum]) : value)),
    contribute: (feature, make, copies = true) => {
      if (feature.image) return;
      const sum = gradients.get(feature);
      // ONNX Runtime's convolution copies a sum that it may not overwrite, on one thread; a separate Add uses all threads.
      const apart = copies && sum !== undefined && graph.inputs.includes(sum);
      gradients.set(feature, apart ? graph.node('Add', [make(undefined), sum]) : make(sum));
    },
    kept(value) {
      const known = kept.get(value.name) ?? graph.input(value.name, value.dims);
      kept.set(value.name, known);
      return known;
    },
    keptMap: ({ map }) => {
      if (!map.value) throw new Error(`${module.prefix}: a gradient rule reads a map that was not written`);
      return context.kept(map.value);
    },
    parameter(name) {
      const known = used.get(name) ?? graph.input(name, recording.parameters.get(name)!.dims);
      used.set(name, known);
      return known;
    },
    parameterGradient(name, make) {
      if (!updateWeights) return;
      const value = make();
      graph.output(value);
      parameterGradients.push({ parameter: name, ...port(value) });
    },
    normGradient(norm, vectors, channels) {
      if (!updateWeights) return;
      graph.output(vectors);
      normGradients.push({ norm, channels, ...port(vectors) });
    },
  };
  for (const { y, gradient } of [...recording.steps].reverse()) {
    const arrived = arrivals.get(y);
    const dy = arrived?.dx ?? gradients.get(y);
    if (dy) gradient(context, dy, arrived);
  }
  const inputs = recording.inputs.flatMap((x, i) => {
    const dx = gradients.get(x);
    if (x.image || !dx) return [];
    const value = graph.inputs.includes(dx) || graph.outputs.includes(dx) ? graph.node('Identity', [dx]) : dx;
    graph.output(value);
    return [{ input: i, ...port(value) }];
  });
  // The module's inputs belong to the module before it, which has yet to run backward; all else was kept for this run alone.
  const own = [...kept.keys()].filter((name) => !recording.inputs.some((x) => mapOf(x).name === name));
  return {
    ...finishGraph(graph, backend, new Set(own)),
    gradients: upstream,
    inputs,
    parameters: [...used.keys()],
    kept: [...kept.values()].map(port),
    parameterGradients,
    normGradients,
  };
}

/** A module's forward graph and both of its backward graphs: with parameter gradients, and to the inputs only. */
export function buildTrainingGraphs(
  module: NetworkModule,
  options: TapeOptions,
): { forward: ForwardGraph; backward: BackwardGraph; inputsOnly: BackwardGraph } {
  const recording = record(module, options);
  writeReadMaps(recording);
  const backward = replay(module, recording, options, true);
  const inputsOnly = replay(module, recording, options, false);
  return { forward: finishForward(recording, options, backward.kept), backward, inputsOnly };
}

/** A module's forward graph alone, in the given mode. */
export function buildForwardGraph(module: NetworkModule, options: TapeOptions): ForwardGraph {
  return finishForward(record(module, options), options, []);
}

/** A graph that gives sum(y * dy) for a single-output module. */
export interface GateGraph extends RunnableGraph {
  readonly inputs: readonly Port[];
  readonly upstream: Port;
  /** Name of the scalar output. */
  readonly gate: string;
  readonly parameters: readonly Port[];
}

/** The binary gate's gradient of a module, without keeping its output. */
export function buildGateGraph(module: NetworkModule, options: TapeOptions): GateGraph {
  const { graph, recorder, inputs, outputs, parameters } = record(module, options);
  const y = mapOf(outputs[0]!);
  const dy = graph.input('d0', y.dims);
  const perImage = recorder.k.dotPerImage(y, dy);
  const gate = graph.node('ReduceSum', [perImage, graph.ints([0, 1, 2, 3])], { keepdims: 0 });
  graph.outputs.splice(0, graph.outputs.length, gate);
  return {
    ...finishGraph(graph, options.backend),
    inputs: inputs.map((x) => port(mapOf(x))),
    upstream: port(dy),
    gate: gate.name,
    parameters: [...parameters.values()].map(port),
  };
}

function finishForward(recording: Recording, options: TapeOptions, kept: readonly Port[]): ForwardGraph {
  const { graph, inputs, outputs, parameters, norms } = recording;
  for (const { vectors } of norms) graph.output(vectors);
  const given = new Set([...inputs.map((x) => mapOf(x).name), ...graph.outputs.map((y) => y.name)]);
  const internal = kept.filter((p) => !given.has(p.name));
  for (const p of internal) graph.output(p);
  return {
    ...finishGraph(graph, options.backend),
    inputs: inputs.map((x) => port(mapOf(x))),
    outputs: outputs.map((y) => port(mapOf(y))),
    parameters: [...parameters.values()].map(port),
    norms: norms.map(({ name, vectors, channels }) => ({ norm: name, channels, ...port(vectors) })),
    kept: internal,
  };
}
