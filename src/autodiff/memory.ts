// Where the large intermediate values of a graph live: in planned places, buffers that all sessions share.
//
// ONNX Runtime would take each of them from malloc (new pages, faulted in at every run) or keep an arena for each session. Instead they
// are declared as outputs, which the caller preallocates. Values that are never alive together share a place. An operator that may
// work in place gets the place of its operand: a pass over one buffer, not two, and no copy where a blocked convolution adds a sum.
// The plan allows every order of nodes that the graph allows. But the graph must run as written, so these sessions are created
// without graph optimization.
import type { OnnxGraph } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';
import type { Buffers } from '../runtime/training-session.ts';
import { elementwiseOperators } from './fused-norms.ts';

/** A planned value: the index of its place, or the name of the output or input whose buffer it shares. */
export interface Scratch {
  readonly name: string;
  readonly dims: readonly number[];
  readonly at: number | string;
}

export interface MemoryPlan {
  readonly scratch: readonly Scratch[];
  /** Sizes of the places in floats. */
  readonly places: readonly number[];
}

/** A node as it was added. */
interface TracedNode {
  readonly opType: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
  readonly attributes: Parameters<OnnxGraph['node']>[2];
}

export interface TracedGraph extends OnnxGraph {
  readonly traced: readonly TracedNode[];
}

/** The graph, remembering its nodes; a node equal to an earlier one is not added again. */
export function traceGraph(graph: OnnxGraph): TracedGraph {
  const traced: TracedNode[] = [];
  const known = new Map<string, Value>();
  return {
    ...graph,
    traced,
    nodes(opType, inputs, dims, attributes, domain) {
      const outputs = graph.nodes(opType, inputs, dims, attributes, domain);
      traced.push({ opType, inputs, outputs, attributes });
      return outputs;
    },
    node(opType, inputs, attributes, domain) {
      const key = JSON.stringify([opType, domain, inputs.map((v) => v?.name), attributes]);
      // Identity is there to make a second buffer.
      const value =
        (opType === 'Identity' ? undefined : known.get(key)) ?? graph.node(opType, inputs, attributes, domain);
      if (known.get(key) !== value) traced.push({ opType, inputs, outputs: [value], attributes });
      known.set(key, value);
      return value;
    },
  };
}

/** Smaller values (64 KB) are left to malloc, which keeps them. */
const smallestPlanned = 16384;

const sizeOf = (value: Value): number => (value.dims as readonly number[]).reduce((a, b) => a * b, 1);
const elementwise = new Set([
  ...['Add', 'Sub', 'Mul', 'Div'],
  ...['Relu', 'Clip', 'HardSigmoid', 'Sigmoid', 'Log', 'Neg', 'Abs'],
]);

/** Operands whose memory the node's output may take, best first. */
function inPlaceOperands({ opType, inputs, outputs, attributes }: TracedNode, y: Value): Value[] {
  const fits = (v: Value | undefined): v is Value => v !== undefined && sizeOf(v) === sizeOf(y);
  if (elementwise.has(opType)) return inputs.filter(fits);
  if (elementwiseOperators.has(opType))
    return y === outputs.at(-1) ? inputs.filter((v): v is Value => fits(v) && v.dims.length === y.dims.length) : [];
  if (opType === 'MoveChannels') return inputs.slice(1).filter(fits);
  if (opType !== 'Conv') return [];
  const [x, , , sum] = inputs;
  // A sum that is not in place is first copied into the output, so x must not be in the output's buffer.
  if (sum) return [sum];
  const pointwise = (attributes?.kernel_shape as readonly number[] | undefined)?.every((k) => k === 1);
  return pointwise && attributes?.group === x!.dims[1] && fits(x) ? [x] : [];
}

/**
 * Plans every large value that is neither input nor output, and marks it as an output. Call it when the graph is complete.
 * @param donated names of inputs that nobody reads after the run: their buffers may be written to once the graph is done with them
 */
export function planMemory(graph: TracedGraph, donated: ReadonlySet<string> = new Set()): MemoryPlan {
  const nodes = graph.traced;
  const root = new Map<string, string>();
  const rootOf = (value: Value): string => root.get(value.name) ?? value.name;
  const producer = new Map<string, number>();
  const users = new Map<string, number[]>();
  const ancestors: Set<number>[] = [];
  for (const [i, node] of nodes.entries()) {
    const before = new Set<number>();
    for (const input of node.inputs) {
      if (!input) continue;
      const name = rootOf(input);
      users.set(name, [...(users.get(name) ?? []), i]);
      const from = producer.get(input.name);
      if (from === undefined) continue;
      before.add(from);
      for (const a of ancestors[from]!) before.add(a);
    }
    ancestors.push(before);
    for (const y of node.outputs) {
      producer.set(y.name, i);
      // A reshape is a view of its input.
      if (node.opType === 'Reshape') root.set(y.name, rootOf(node.inputs[0]!));
    }
  }

  const outputs = new Map(graph.outputs.map((y) => [y.name, y]));
  const inputs = new Set(graph.inputs.map((x) => x.name));
  const large = new Map<string, Value>();
  for (const node of nodes) {
    if (node.opType === 'Reshape') continue;
    for (const y of node.outputs) if (sizeOf(y) >= smallestPlanned && !inputs.has(y.name)) large.set(y.name, y);
  }
  // An output that is a view: its root is written straight to the output's buffer.
  const shared = new Map<string, string>();
  for (const y of graph.outputs) {
    const name = rootOf(y);
    if (name !== y.name && large.has(name) && !outputs.has(name) && !shared.has(name)) shared.set(name, y.name);
  }

  // Groups of values that share one buffer: each value takes it in place from the one before.
  const group = new Map<string, { members: string[]; at?: string; donated?: true }>();
  for (const name of donated) group.set(name, { members: [name], at: name, donated: true });
  const made = nodes.flatMap((node, i) => node.outputs.map((y) => ({ i, node, y })));
  for (const { i, node, y } of made) {
    if (!large.has(y.name)) continue;
    const fixed = outputs.has(y.name) ? y.name : shared.get(y.name);
    const operand = inPlaceOperands(node, y)
      .map(rootOf)
      .find((name) => {
        const known = group.get(name);
        if (!known || (known.donated ? fixed !== undefined : known.at !== undefined)) return false;
        // Neither a convolution nor a move may overwrite what it also reads elsewhere.
        if (
          ['Conv', 'MoveChannels'].includes(node.opType) &&
          node.inputs.filter((v) => v && rootOf(v) === name).length > 1
        )
          return false;
        return users.get(name)!.every((u) => u === i || ancestors[i]!.has(u));
      });
    const joined = (operand === undefined ? undefined : group.get(operand)) ?? { members: [] };
    joined.members.push(y.name);
    if (fixed !== undefined) joined.at = fixed;
    group.set(y.name, joined);
  }

  const places: { floats: number; last: number[] }[] = [];
  const placed = new Map<object, number>();
  for (const { y } of made) {
    const own = group.get(y.name);
    if (!own || own.at !== undefined || placed.has(own)) continue;
    const head = ancestors[producer.get(own.members[0]!)!]!;
    const floats = sizeOf(large.get(own.members[0]!)!);
    const uses = own.members.flatMap((name) => [producer.get(name)!, ...(users.get(name) ?? [])]);
    const free = places.filter((place) => place.last.every((u) => head.has(u)));
    const fitting = free.filter((place) => place.floats >= floats).sort((a, b) => a.floats - b.floats);
    const place = fitting[0] ?? free.sort((a, b) => b.floats - a.floats)[0] ?? { floats: 0, last: [] };
    if (!places.includes(place)) places.push(place);
    place.floats = Math.max(place.floats, floats);
    place.last = uses;
    placed.set(own, places.indexOf(place));
  }
  const scratch: Scratch[] = [];
  for (const [name, value] of large) {
    if (outputs.has(name)) continue;
    const own = group.get(name)!;
    scratch.push({ name, dims: value.dims as readonly number[], at: own.at ?? placed.get(own)! });
    graph.output(value);
  }
  return { scratch, places: places.map(({ floats }) => floats) };
}

/** A run's outputs, with those of the plan added: views of the places (one buffer each) and of the buffers of outputs and inputs. */
export function withScratch(
  { scratch }: MemoryPlan,
  places: readonly Float32Array[],
  inputs: Buffers,
  outputs: Buffers,
): Record<string, Float32Array> {
  const all = { ...outputs };
  for (const { name, dims, at } of scratch) {
    const size = dims.reduce((a, b) => a * b, 1);
    all[name] = typeof at === 'string' ? (outputs[at] ?? inputs[at])! : places[at]!.subarray(0, size);
  }
  return all;
}
