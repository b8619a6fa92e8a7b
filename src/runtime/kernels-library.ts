// The compiled kernels of native/, dist/kernels.node: operators for ONNX Runtime, and sessions that know them. For Linux on x86-64.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from '../lib/package-root.ts';
// Loads ONNX Runtime's library into the process, which the kernels look for there.
import 'onnxruntime-node';

/** A value of a graph that a run reads or writes: float32, of fixed size. */
export interface Port {
  readonly name: string;
  readonly dims: readonly number[];
}

declare const opaque: unique symbol;
export interface NativeSession {
  readonly [opaque]: never;
}

/** What native/addon.c exports. */
export interface KernelsLibrary {
  open(): void;
  /** The largest block of channels that the kernels can work with on this CPU; 1 for none. */
  blocks(): 1 | 8 | 16;
  createSession(
    model: Uint8Array,
    threads: number,
    inputs: readonly Port[],
    outputs: readonly Port[],
    profile: string | undefined,
  ): NativeSession;
  /** Arrays in the order of the ports. */
  run(session: NativeSession, inputs: readonly Float32Array[], outputs: readonly Float32Array[]): void;
  /** Ends the profile, where there is one, and frees the session's threads and memory. */
  release(session: NativeSession): void;
  /**
   * w = keep * w - scale * first / (sqrt(second) * secondScale + epsilon), once the moments have taken in the gradient g.
   * @param settings beta1, beta2, epsilon, keep, scale, secondScale
   */
  adamW(w: Float32Array, g: Float32Array, first: Float32Array, second: Float32Array, settings: Float32Array): void;
  /** to += from. */
  addInto(to: Float32Array, from: Float32Array): void;
}

/**
 * The library, or undefined where it is not for this machine.
 * @throws Error when it should load and does not
 */
export function loadKernels(): KernelsLibrary | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const library: KernelsLibrary = createRequire(import.meta.url)(join(packageRoot(), 'dist', 'kernels.node'));
  if (library.blocks() === 1) return undefined;
  library.open();
  return library;
}
