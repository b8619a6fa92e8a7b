// Runs modules forward and backward on ONNX Runtime: one session per (signature, direction), made once, weights as inputs.

import type { NetworkModule } from '../network/types.ts';
import { batchNormEpsilon } from '../network/types.ts';
import { type BufferPool, createBufferPool } from '../runtime/pool.ts';
import type { TrainingSession } from '../runtime/training-session.ts';
import type { Backend } from './backend.ts';
import { withScratch } from './memory.ts';
import { gradientRows, normRows } from './norms.ts';
import type { Parameters } from './parameters.ts';
import type { Port, RunnableGraph } from './runnable.ts';
import { type BackwardGraph, buildGateGraph, buildTrainingGraphs, type ForwardGraph, type GateGraph } from './tape.ts';

/** What a forward pass left behind: outputs in storage layout, and the values that the backward pass needs. */
export interface Activated {
  readonly module: NetworkModule;
  readonly inputs: readonly Float32Array[];
  readonly outputs: readonly Float32Array[];
  readonly values: ReadonlyMap<string, Float32Array>;
  /** Batch statistics by batch norm, [C]; the mean is that of values less the running mean. */
  readonly statistics: readonly BatchStatistics[];
}

export interface BatchStatistics {
  readonly name: string;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

export interface Executor {
  readonly backend: Backend;
  readonly batch: number;
  readonly threads: number;
  readonly pool: BufferPool;
  /** Runs a module on its inputs (storage layout). Batch-norm statistics move the running ones when `updateStatistics`. */
  forward(module: NetworkModule, inputs: readonly Float32Array[], updateStatistics: boolean): Promise<Activated>;
  /**
   * Runs a module's gradient. Parameter gradients are written to the parameters when `updateWeights`. It overwrites the values and outputs of the
   * forward pass: so a pass runs backward once, after everything that reads its outputs.
   * @returns gradients of the inputs, undefined for the image; the caller releases them to the pool
   */
  backward(
    a: Activated,
    upstream: readonly Float32Array[],
    updateWeights: boolean,
  ): Promise<(Float32Array | undefined)[]>;
  /** sum(y * upstream) of a single-output module: the gradient of its binary gate. Nothing is kept. */
  gate(module: NetworkModule, input: Float32Array, upstream: Float32Array): Promise<number>;
  /** Gives the kept values and outputs of a pass back to the pool; its inputs belong to whoever made them. */
  release(a: Activated): void;
  /** Sessions made so far. */
  sessions(): number;
  close(): Promise<void>;
}

interface Compiled {
  readonly forward: ForwardGraph;
  readonly backward: BackwardGraph;
  readonly inputsOnly: BackwardGraph;
}

/** Momentum of the running statistics: the weight of a new batch, PyTorch's default. */
const statisticsMomentum = 0.1;
/** A batch mean beyond this many deviations costs E[y^2] - mean^2 its digits (64 of 2^24): the pass runs again, better centered. */
const maxMeanDeviations = 8;

export interface ExecutorOptions {
  readonly backend: Backend;
  readonly batch: number;
  readonly threads: number;
  readonly parameters: Parameters;
  /** Start of the names of ONNX Runtime's profiles, a file a session, written when it closes. Blocked layouts only. */
  readonly profile?: string | undefined;
}

/**
 * Threads of a session: no operator has more parts. Each of a supernet's sessions, up to some hundreds, has threads of its own. Results do not depend on
 * their number.
 */
const mostThreads = 16;

export function createExecutor({ backend, batch, threads, parameters, profile }: ExecutorOptions): Executor {
  const pool = createBufferPool();
  const compiled = new Map<string, Compiled>();
  const gates = new Map<string, GateGraph>();
  const sessions = new Map<string, Promise<TrainingSession>>();

  const compile = (module: NetworkModule): Compiled => {
    const known = compiled.get(module.signature) ?? buildTrainingGraphs(module, { backend, batch, mode: 'train' });
    compiled.set(module.signature, known);
    return known;
  };
  const session = (key: string, graph: RunnableGraph): Promise<TrainingSession> => {
    const known =
      sessions.get(key) ??
      backend.createSession(graph, {
        threads: Math.min(threads, mostThreads),
        profile: profile && `${profile}${sessions.size}`,
      });
    sessions.set(key, known);
    return known;
  };
  const feedParameters = (
    feeds: Record<string, Float32Array>,
    module: NetworkModule,
    names: Iterable<string>,
  ): void => {
    for (const name of names) feeds[name] = parameters.get(`${module.prefix}/${name}`).data;
  };
  const acquire = (fetches: Record<string, Float32Array>, port: Port): Float32Array => {
    const buffer = pool.acquire(port.dims);
    fetches[port.name] = buffer;
    return buffer;
  };

  const donated = new WeakSet<Activated>();
  const runPlanned = async (
    key: string,
    graph: RunnableGraph,
    feeds: Record<string, Float32Array>,
    fetches: Record<string, Float32Array>,
  ): Promise<void> => {
    const places = graph.memory.places.map((floats) => pool.acquire([floats]));
    try {
      await (await session(key, graph)).run(feeds, withScratch(graph.memory, places, feeds, fetches));
    } finally {
      for (const place of places) pool.release(place);
    }
  };

  const runForward = async (module: NetworkModule, inputs: readonly Float32Array[]): Promise<Activated> => {
    const { forward } = compile(module);
    const feeds: Record<string, Float32Array> = {};
    const fetches: Record<string, Float32Array> = {};
    const values = new Map<string, Float32Array>();
    forward.inputs.forEach((p, i) => {
      feeds[p.name] = inputs[i]!;
      values.set(p.name, inputs[i]!);
    });
    feedParameters(
      feeds,
      module,
      forward.parameters.map((p) => p.name),
    );
    const outputs = forward.outputs.map((p) => acquire(fetches, p));
    for (const [i, p] of forward.outputs.entries()) values.set(p.name, outputs[i]!);
    const statistics = forward.norms.map((p) => {
      const vectors = acquire(fetches, p);
      values.set(p.name, vectors);
      const row = (index: number): Float32Array => rowOf(vectors, p, index);
      return { name: p.norm, mean: row(normRows.mean), variance: row(normRows.variance) };
    });
    for (const p of forward.kept) if (!fetches[p.name]) values.set(p.name, acquire(fetches, p));
    await runPlanned(`forward ${module.signature}`, forward, feeds, fetches);
    return { module, inputs, outputs, values, statistics };
  };

  const release = (a: Activated): void => {
    const own = new Set(a.values.values());
    for (const input of a.inputs) own.delete(input);
    for (const buffer of own) pool.release(buffer);
  };

  return {
    backend,
    batch,
    threads,
    pool,
    release,
    async forward(module, inputs, updateStatistics) {
      for (let attempt = 0; ; attempt++) {
        const activated = await runForward(module, inputs);
        if (!updateStatistics) return activated;
        const { statistics } = activated;
        const offCenter = statistics.map(({ mean, variance }) =>
          mean.some((m, c) => m * m > maxMeanDeviations ** 2 * (variance[c]! + batchNormEpsilon)),
        );
        if (attempt < 3 && offCenter.some(Boolean)) {
          for (const [i, { name, mean }] of statistics.entries()) {
            const running = parameters.get(`${module.prefix}/${name}.bn.mean`).data;
            if (offCenter[i]) for (let c = 0; c < running.length; c++) running[c]! += mean[c]!;
          }
          release(activated);
          continue;
        }
        for (const s of statistics) moveStatistics(module, s);
        return activated;
      }
    },
    async backward(a, upstream, updateWeights) {
      if (donated.has(a)) throw new Error(`${a.module.prefix}: this pass has run backward already`);
      donated.add(a);
      const { backward, inputsOnly } = compile(a.module);
      const graph = updateWeights ? backward : inputsOnly;
      // Over an image, and without gradients of weights, there is nothing to compute.
      if (graph.inputs.length === 0 && graph.parameterGradients.length === 0) return a.inputs.map(() => undefined);
      const feeds: Record<string, Float32Array> = {};
      const fetches: Record<string, Float32Array> = {};
      for (const [i, p] of graph.gradients.entries()) feeds[p.name] = upstream[i]!;
      for (const p of graph.kept) feeds[p.name] = a.values.get(p.name)!;
      feedParameters(feeds, a.module, graph.parameters);
      for (const p of graph.parameterGradients) {
        fetches[p.name] = parameters.gradient(`${a.module.prefix}/${p.parameter}`);
      }
      const dx: (Float32Array | undefined)[] = a.inputs.map(() => undefined);
      for (const p of graph.inputs) dx[p.input] = acquire(fetches, p);
      const norms = graph.normGradients.map((p) => ({ p, vectors: acquire(fetches, p) }));
      await runPlanned(`${updateWeights ? 'backward' : 'inputs-only'} ${a.module.signature}`, graph, feeds, fetches);
      for (const { p, vectors } of norms) {
        for (const part of ['gamma', 'beta'] as const)
          parameters.gradient(`${a.module.prefix}/${p.norm}.bn.${part}`).set(rowOf(vectors, p, gradientRows[part]));
        pool.release(vectors);
      }
      return dx;
    },
    async gate(module, input, upstream) {
      const graph = gates.get(module.signature) ?? buildGateGraph(module, { backend, batch, mode: 'train' });
      gates.set(module.signature, graph);
      const feeds: Record<string, Float32Array> = {};
      feeds[graph.inputs[0]!.name] = input;
      feeds[graph.upstream.name] = upstream;
      feedParameters(
        feeds,
        module,
        graph.parameters.map((p) => p.name),
      );
      const value = new Float32Array(1);
      await runPlanned(`gate ${module.signature}`, graph, feeds, { [graph.gate]: value });
      return value[0]!;
    },
    sessions: () => sessions.size,
    async close() {
      for (const s of sessions.values()) await (await s).release();
      sessions.clear();
    },
  };

  function moveStatistics(module: NetworkModule, s: BatchStatistics): void {
    const mean = parameters.get(`${module.prefix}/${s.name}.bn.mean`).data;
    const variance = parameters.get(`${module.prefix}/${s.name}.bn.var`).data;
    for (let c = 0; c < mean.length; c++) {
      mean[c]! += statisticsMomentum * s.mean[c]!;
      variance[c]! += statisticsMomentum * (s.variance[c]! - variance[c]!);
    }
  }
}

/** One row of a norm's vectors [5, Cp], without the padding. */
function rowOf(
  vectors: Float32Array,
  { dims, channels }: Port & { readonly channels: number },
  row: number,
): Float32Array {
  const padded = dims[1]!;
  return vectors.subarray(row * padded, row * padded + channels);
}
