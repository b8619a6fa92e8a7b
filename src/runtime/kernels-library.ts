// The compiled kernels of native/, dist/kernels.node: custom operators for ONNX Runtime, and sessions that know them. For Linux on x86-64.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAddon } from '../lib/addon.ts';
import { UserError } from '../lib/errors.ts';
import { packageRoot } from '../lib/package-root.ts';
import { announceKernels } from '../lib/reexec.ts';
// Loads ONNX Runtime's library into the process, which the kernels look for there.
import 'onnxruntime-node';

/** A value of a graph that a run reads or writes: float32, of fixed size. */
export interface Port {
  readonly name: string;
  readonly dims: readonly number[];
}

type Arrays = readonly Float32Array[];

declare const opaque: unique symbol;
export interface NativeSession {
  readonly [opaque]: never;
}

/** What native/addon.c exports. */
export interface KernelsLibrary {
  /** @throws Error where the process has loaded another version of ONNX Runtime */
  open(runtimeVersion: string): void;
  /** The largest block of channels that the kernels can work with on this CPU; 1 for none. */
  blocks(): 1 | 8 | 16;
  /** Whether this CPU can multiply in bfloat16, in blocks of 16. */
  bfloat16(): boolean;
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
   * For each place of the lists, with this many threads: takes the gradient g into the moments, and then sets
   * w = keep * w - scale * first / (sqrt(second) * secondScale + epsilon).
   * @param settings for each place beta1, beta2, epsilon, keep, scale, secondScale
   */
  adamW(threads: number, w: Arrays, g: Arrays, first: Arrays, second: Arrays, settings: Float32Array): void;
  /** to += from. */
  addInto(to: Float32Array, from: Float32Array): void;
  /** to += share * (from - to), for each place of the lists, with this many threads. */
  moveToward(threads: number, to: Arrays, from: Arrays, share: number): void;
}

/** Chooses what training runs on: `off` plain operators; `8` or `16` kernels for blocks of that size, or an error. */
export const kernelsVariable = 'PROXYLESS_CI_KERNELS';

/** The block that PROXYLESS_CI_KERNELS asks for. @throws UserError where it is set to anything but off, 8 and 16 */
export function askedKernels(environment: NodeJS.ProcessEnv): 'any' | 'off' | 8 | 16 {
  const value = environment[kernelsVariable];
  if (!value) return 'any';
  if (value === 'off') return value;
  if (value === '8') return 8;
  if (value === '16') return 16;
  throw new UserError(`${kernelsVariable} is "${value}"; valid are off, 8 and 16`);
}

/** Where kernels come from. */
export interface KernelsSource {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** @throws Error where the library or a part of it is missing, or the runtime is another one */
  open(): KernelsLibrary;
  /** Told at most once, in a line. */
  warn(message: string): void;
}

/**
 * The library, or undefined where training has to run on plain operators: the system is not Linux on x86-64, the CPU has no kernels, kernels are
 * switched off, or (with a warning) the library cannot be loaded.
 * @throws UserError where the environment asks for kernels that cannot be had
 */
export function chooseKernels(environment: NodeJS.ProcessEnv, source: KernelsSource): KernelsLibrary | undefined {
  const asked = askedKernels(environment);
  if (asked === 'off') return undefined;
  const refuse = (why: string): undefined => {
    if (asked !== 'any') throw new UserError(`${kernelsVariable} is ${asked}, but ${why}`);
  };
  if (source.platform !== 'linux' || source.arch !== 'x64')
    return refuse(`there are no kernels for ${source.platform} on ${source.arch}`);
  let library: KernelsLibrary;
  try {
    library = source.open();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    refuse(`they cannot be loaded: ${reason}`);
    source.warn(
      `the native kernels cannot be loaded, so training takes plain operators, several times slower: ${reason}`,
    );
    return undefined;
  }
  const largest = library.blocks();
  if (largest === 1 || (asked !== 'any' && asked > largest)) return refuse('this CPU has no kernels for such blocks');
  return library;
}

const functions = [
  'open',
  'blocks',
  'bfloat16',
  'createSession',
  'run',
  'release',
  'adamW',
  'addInto',
  'moveToward',
] as const;

/** Opens dist/kernels.node for the ONNX Runtime that the package names; anything but that is refused. */
function openLibrary(): KernelsLibrary {
  const library = loadAddon<KernelsLibrary>(functions);
  const manifest = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  if (library.blocks() > 1) library.open(manifest.dependencies['onnxruntime-node']);
  return library;
}

/** The library that this process trains with, chosen once. See `chooseKernels`. */
export const loadKernels: () => KernelsLibrary | undefined = (() => {
  let chosen: { readonly library: KernelsLibrary | undefined } | undefined;
  return () => {
    if (!chosen) {
      const { platform, arch } = process;
      const warn = (message: string): void => process.emitWarning(message, { code: kernelsVariable });
      chosen = { library: chooseKernels(process.env, { platform, arch, open: openLibrary, warn }) };
      if (chosen.library) announceKernels();
    }
    return chosen.library;
  };
})();
