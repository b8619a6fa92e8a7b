// A finished training graph: its model, what it reads and writes, and where its large intermediate values live.
import type { ChannelBlock } from '../graph/channel-block.ts';
import type { OnnxGraph } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';
import type { Port, SessionGraph } from '../runtime/training-session.ts';
import { type MemoryPlan, planMemory, type TracedGraph } from './memory.ts';

export type { Port };

export interface RunnableGraph extends SessionGraph {
  readonly memory: MemoryPlan;
}

export const port = (value: Value): Port => ({ name: value.name, dims: value.dims as readonly number[] });

const portsOf = (graph: OnnxGraph): SessionGraph['ports'] => ({
  inputs: graph.inputs.map(port),
  outputs: graph.outputs.map(port),
});

/**
 * Plans the graph's memory and writes its model.
 * @param spent names of inputs that nobody reads after the run, see `planMemory`
 */
export function finishGraph(graph: TracedGraph, block: ChannelBlock, spent?: ReadonlySet<string>): RunnableGraph {
  const memory = planMemory(graph, spent);
  return { memory, ports: portsOf(graph), model: block === 1 ? graph.encodeInPlace() : graph.encode() };
}

/** The same without a plan, for onnxruntime-node. */
export function unplanned(graph: OnnxGraph): RunnableGraph {
  return { memory: { scratch: [], places: [] }, ports: portsOf(graph), model: graph.encodeInPlace() };
}
