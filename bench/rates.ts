// What this machine gives ONNX Runtime at best: multiply-accumulates of a large matrix product, and bytes of an addition far beyond the caches.
import { createGraph, type OnnxGraph } from '../src/graph/onnx.ts';
import type { Value } from '../src/graph/values.ts';
import { createSession } from '../src/runtime/session.ts';
import { runInPlace, tensor } from '../src/runtime/tensors.ts';

/** The least of 20 runs of a graph over two inputs of equal dimensions, in milliseconds. */
async function fastest(threads: number, dims: readonly number[], build: (g: OnnxGraph, a: Value, b: Value) => Value) {
  const graph = createGraph('rate');
  const y = build(graph, graph.input('a', dims), graph.input('b', dims));
  graph.output(y);
  const session = await createSession(graph.encodeInPlace(), { threads });
  const buffer = () => tensor(new Float32Array(dims.reduce((p, q) => p * q, 1)).fill(1), dims);
  const [feeds, fetches] = [{ a: buffer(), b: buffer() }, { [y.name]: buffer() }];
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    await runInPlace(session, feeds, fetches);
    best = Math.min(best, performance.now() - start);
  }
  await session.release();
  return best;
}

/** MACs and bytes a millisecond. */
export async function machineRates(threads: number): Promise<{ macsPerMs: number; bytesPerMs: number }> {
  const side = 1024;
  const product = await fastest(threads, [side, side], (g, a, b) => g.node('MatMul', [a, b]));
  const length = 2 ** 24;
  const addition = await fastest(threads, [length], (g, a, b) => g.node('Add', [a, b]));
  return { macsPerMs: side ** 3 / product, bytesPerMs: (3 * 4 * length) / addition };
}
