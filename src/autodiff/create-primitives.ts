// Chooses the layout that primitives add their nodes in.
import type { ChannelBlock } from '../graph/channel-block.ts';
import type { OnnxGraph } from '../graph/onnx.ts';
import { blockedPrimitives } from './blocked-primitives.ts';
import { plainPrimitives } from './plain-primitives.ts';
import type { Primitives } from './primitives.ts';

/** The primitives in one layout, adding nodes to one graph. */
export function createPrimitives(graph: OnnxGraph, block: ChannelBlock): Primitives {
  return block === 1 ? plainPrimitives(graph) : blockedPrimitives(graph, block);
}
