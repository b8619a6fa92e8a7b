// What the report page is given: a result with what is drawn beside it. It travels as JSON within the page.
import type { Result } from './result.ts';

/** A layer of the network in the order of the run, with what the latency table says of its operation. */
export interface PageLayer {
  readonly operation: string;
  readonly in: number;
  readonly out: number;
  /** Sides of its input. */
  readonly height: number;
  readonly width: number;
  readonly stride: number;
  /** Absent where the run has no latency table. */
  readonly latencyMs?: number | undefined;
}

/** Operations by layers, in milliseconds; null where a layer does not offer the operation. */
export interface PageTable {
  readonly layers: readonly string[];
  readonly rows: readonly { readonly operation: string; readonly ms: readonly (number | null)[] }[];
}

/** A network that the page can run. */
export interface PageModel {
  readonly name: string;
  /** Where the page fetches it from. */
  readonly url: string;
  readonly height: number;
  readonly width: number;
  readonly inputName: string;
  readonly outputName: string;
  /** (x - mean) / std of pixels from 0 to 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Networks to try, and the runtime that runs them; only in a page that `serve` sends. */
export interface PageTry {
  readonly models: readonly PageModel[];
  /** ONNX Runtime Web's module and the folder of its WebAssembly. */
  readonly runtimeUrl: string;
  readonly wasmFolder: string;
}

export interface PageData {
  readonly result: Result;
  readonly layers: readonly PageLayer[];
  readonly table?: PageTable | undefined;
  readonly tryIt?: PageTry | undefined;
}
