// The one object that decides between the native kernels and graphs of standard operators. It is made once a run; whoever builds or runs a
// training graph is given it.

import type { ChannelBlock } from '../graph/channel-block.ts';
import type { OnnxGraph } from '../graph/onnx.ts';
import type { Precision } from '../lib/precision.ts';
import { detectBlock } from '../runtime/block.ts';
import { type KernelsLibrary, loadKernels } from '../runtime/kernels-library.ts';
import {
  nativeSession,
  plainSession,
  type SessionGraph,
  type SessionOptions,
  type TrainingSession,
} from '../runtime/training-session.ts';
import { blockedPrimitives } from './blocked-primitives.ts';
import { fusedNorms } from './fused-norms.ts';
import type { NormOperators } from './norms.ts';
import { plainNorms } from './plain-norms.ts';
import { plainPrimitives } from './plain-primitives.ts';
import type { Primitives } from './primitives.ts';

/** What training graphs are made of and run by. */
export interface Backend {
  /** Channels that lie together in memory; 1: the plain layout. */
  readonly block: ChannelBlock;
  readonly precision: Precision;
  /** Adds nodes to a graph, in the layout. */
  primitives(graph: OnnxGraph): Primitives;
  /** Batch-normalized convolutions over the same graph. */
  norms(primitives: Primitives): NormOperators;
  /** The model of a finished graph, as `createSession` takes it. */
  encode(graph: OnnxGraph): Uint8Array;
  createSession(graph: SessionGraph, options: SessionOptions): Promise<TrainingSession>;
  /** to += from. */
  addInto(to: Float32Array, from: Float32Array): void;
  /** Averages of lists of arrays, see `KernelsLibrary`. */
  moveToward: KernelsLibrary['moveToward'];
  /** Updates of lists of arrays, see `KernelsLibrary`. */
  adamW: KernelsLibrary['adamW'];
}

/** Standard operators on [N, C, H, W], by onnxruntime-node: any machine, and the oracle of the kernels. */
export const plainBackend: Backend = {
  block: 1,
  precision: 'float32',
  primitives: plainPrimitives,
  norms: ({ graph }) => plainNorms(graph),
  encode: (graph) => graph.encodeInPlace(),
  createSession: plainSession,
  addInto(to, from) {
    for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
  },
  moveToward(_, to, from, share) {
    for (const [item, average] of to.entries()) {
      const value = from[item]!;
      for (let i = 0; i < average.length; i++) average[i]! += share * (value[i]! - average[i]!);
    }
  },
  adamW(_, w, g, first, second, settings) {
    for (const item of w.keys())
      updateByAdamW(w[item]!, g[item]!, first[item]!, second[item]!, settings.subarray(6 * item, 6 * item + 6));
  },
};

function updateByAdamW(
  w: Float32Array,
  g: Float32Array,
  first: Float32Array,
  second: Float32Array,
  settings: Float32Array,
): void {
  const [beta1, beta2, epsilon, keep, scale, secondScale] = settings as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < w.length; i++) {
    const gradient = g[i]!;
    const m = beta1 * first[i]! + (1 - beta1) * gradient;
    const v = beta2 * second[i]! + (1 - beta2) * gradient * gradient;
    first[i] = m;
    second[i] = v;
    w[i] = keep * w[i]! - (scale * m) / (Math.sqrt(v) * secondScale + epsilon);
  }
}

/** The kernels of native/, on maps in blocks of channels. Graphs can be built anywhere; what runs them needs the library. */
function nativeBackend(block: Exclude<ChannelBlock, 1>, asked: Precision): Backend {
  const library = loadKernels();
  const usable = library && library.blocks() >= block ? library : undefined;
  const kernels = (): KernelsLibrary => {
    if (usable) return usable;
    throw new Error(`no kernels for blocks of ${block} on this machine`);
  };
  const precision = asked === 'bfloat16' && block === 16 && usable?.bfloat16() ? 'bfloat16' : 'float32';
  return {
    block,
    precision,
    primitives: (graph) => blockedPrimitives(graph, block),
    norms: (primitives) => fusedNorms(primitives, precision),
    encode: (graph) => graph.encode(),
    createSession: async (graph, options) => nativeSession(kernels(), graph, options),
    addInto: (to, from) => kernels().addInto(to, from),
    moveToward: (threads, to, from, share) => kernels().moveToward(threads, to, from, share),
    adamW: (threads, w, g, first, second, settings) => kernels().adamW(threads, w, g, first, second, settings),
  };
}

/** The backend of a block; 1 is the plain one. Where the machine has no products of bfloat16, they are float32: its `precision` says so. */
export function createBackend(block: ChannelBlock, precision: Precision = 'float32'): Backend {
  return block === 1 ? plainBackend : nativeBackend(block, precision);
}

/** The fastest backend of this machine. */
export async function detectBackend(precision: Precision = 'float32'): Promise<Backend> {
  return createBackend(await detectBlock(), precision);
}
