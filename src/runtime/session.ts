// ONNX Runtime sessions, always with explicit threads and optimization level.
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { inTemporaryFolder } from '../lib/files.ts';

export interface SessionSettings {
  /** Threads within an operator; operators run one after the other. */
  readonly threads: number;
  /**
   * true: idle worker threads sleep as soon as a run ends. Sessions that take turns need it: otherwise the workers of the one that ran last
   * still spin on the cores while the next one runs (20-40 % on a median of 0.3-1.5 ms, two threads on two cores; sleeping costs 10 us a run).
   */
  readonly takesTurns?: boolean;
  /**
   * false: the session has no memory arena of its own and gives its temporaries back to malloc after a run. Hundreds of sessions that
   * take turns need it: their arenas together would hold hundreds of times the memory of one. Default true, as models are deployed.
   */
  readonly arena?: boolean;
  /** false: the graph runs exactly as it is written. Default true, as models are deployed. */
  readonly optimize?: boolean;
  /**
   * Logical processors on which the threads stay: the first is the calling thread's, which its process pins itself (`pinMainThread`), the
   * others are those of the session's own threads. Undefined: wherever the system puts them.
   */
  readonly cores?: readonly number[] | undefined;
  /** Values for symbolic dimensions, such as `{ batch: 1 }`. */
  readonly dimensions?: Readonly<Record<string, number>>;
}

/**
 * Creates a session on the CPU from an ONNX model in memory.
 * @throws Error of ONNX Runtime when the model is not valid
 */
export function createSession(model: Uint8Array, settings: SessionSettings): Promise<InferenceSession> {
  return InferenceSession.create(model, sessionOptions(settings));
}

/**
 * The model as ONNX Runtime runs it on this machine: fused, in the blocked layout. A session made from it with `optimize: false` runs the
 * same, and is made in a quarter of the time.
 * @throws Error of ONNX Runtime when the model is not valid
 */
export function optimizeModel(model: Uint8Array, settings: SessionSettings): Promise<Uint8Array> {
  return inTemporaryFolder(join(tmpdir(), 'proxyless-ci-'), async (folder) => {
    const file = join(folder, 'optimized.onnx');
    const options = { ...sessionOptions(settings), optimizedModelFilePath: file };
    const session = await InferenceSession.create(model, options);
    await session.release();
    return readFile(file);
  });
}

export function sessionOptions(settings: SessionSettings): InferenceSession.SessionOptions {
  // ONNX Runtime counts processors from 1.
  const affinities = settings.cores
    ?.slice(1)
    .map((core) => core + 1)
    .join(';');
  const extra = {
    ...(settings.takesTurns ? { force_spinning_stop: '1' } : {}),
    ...(affinities ? { intra_op_thread_affinities: affinities } : {}),
  };
  return {
    executionProviders: ['cpu'],
    intraOpNumThreads: settings.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: settings.optimize === false ? 'disabled' : 'all',
    logSeverityLevel: 3,
    enableCpuMemArena: settings.arena ?? true,
    enableMemPattern: settings.arena ?? true,
    ...(settings.dimensions ? { freeDimensionOverrides: settings.dimensions } : {}),
    ...(Object.keys(extra).length > 0 ? { extra: { session: extra } } : {}),
  };
}
