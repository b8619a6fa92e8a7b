// Sessions of training graphs: run many times, in turns with hundreds of others, on arrays that the caller keeps.
import type { Tensor } from 'onnxruntime-node';
import type { KernelsLibrary, Port } from './kernels-library.ts';
import { createSession } from './session.ts';
import { runInPlace, tensor } from './tensors.ts';

export type { Port };

/** Arrays by the names of their ports. */
export type Buffers = Readonly<Record<string, Float32Array>>;

export interface SessionGraph {
  readonly model: Uint8Array;
  readonly ports: { readonly inputs: readonly Port[]; readonly outputs: readonly Port[] };
}

export interface TrainingSession {
  /** Writes every output into its array, and nowhere else. */
  run(inputs: Buffers, outputs: Buffers): Promise<void>;
  /** Frees its memory and threads, and writes the profile where one was asked for. */
  release(): Promise<void>;
}

export interface SessionOptions {
  readonly threads: number;
  /** Start of a file name for ONNX Runtime's profile; native sessions only. */
  readonly profile?: string | undefined;
}

/**
 * A session of the native library for a graph exactly as it is written; the graph may hold this project's custom operators.
 * @throws Error of ONNX Runtime when the model is not valid
 */
export function nativeSession(
  library: KernelsLibrary,
  { model, ports }: SessionGraph,
  { threads, profile }: SessionOptions,
): TrainingSession {
  const session = library.createSession(model, threads, ports.inputs, ports.outputs, profile);
  const ordered = (list: readonly Port[], buffers: Buffers): Float32Array[] => list.map(({ name }) => buffers[name]!);
  return {
    run: async (inputs, outputs) =>
      library.run(session, ordered(ports.inputs, inputs), ordered(ports.outputs, outputs)),
    release: async () => library.release(session),
  };
}

/**
 * A session of onnxruntime-node for a graph of standard operators, whose model was made by `encodeInPlace`.
 * @throws Error of ONNX Runtime when the model is not valid
 */
export async function plainSession(
  { model, ports }: SessionGraph,
  { threads }: SessionOptions,
): Promise<TrainingSession> {
  const session = await createSession(model, { threads, takesTurns: true, arena: false, optimize: false });
  const tensors = (list: readonly Port[], buffers: Buffers): Record<string, Tensor> =>
    Object.fromEntries(list.map(({ name, dims }) => [name, tensor(buffers[name]!, dims)]));
  return {
    run: (inputs, outputs) => runInPlace(session, tensors(ports.inputs, inputs), tensors(ports.outputs, outputs)),
    release: () => session.release(),
  };
}
