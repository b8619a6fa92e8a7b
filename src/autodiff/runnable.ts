// A finished training graph: its model, what it reads and writes, and where its large intermediate values live.
import type { OnnxGraph } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';
import type { Port, SessionGraph } from '../runtime/training-session.ts';
import type { Backend } from './backend.ts';
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
 * @param donated names of inputs whose buffers the run may write over, see `planMemory`
 */
export function finishGraph(
  graph: TracedGraph,
  backend: Pick<Backend, 'encode'>,
  donated?: ReadonlySet<string>,
): RunnableGraph {
  const memory = planMemory(graph, donated);
  return { memory, ports: portsOf(graph), model: backend.encode(graph) };
}
