// What `measure` prints with --json.
import type { Hardware } from './hardware.ts';
import type { QuantileEstimate } from './timing.ts';

/** What `measure` found; also what its `--json` prints. Times in milliseconds, intervals at 95 %. */
export interface Measurement {
  readonly model: string;
  readonly bytes: number;
  readonly parameters: number;
  /** Dimensions of each input as measured. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly threads: number;
  readonly p50: QuantileEstimate;
  readonly p95: QuantileEstimate;
  readonly p99: QuantileEstimate;
  /** Images a second at the median. */
  readonly fps: number;
  readonly runs: number;
  /** New sessions. */
  readonly blocks: number;
  /** The most memory that a measuring process holds above what it held before its first block, in bytes. */
  readonly memoryBytes: number;
  /** Where threads ran, in a sentence. */
  readonly pinning: string;
  /** The reference network in the same rounds. `drift`: by how much the medians of its blocks differ from their median, at most. */
  readonly reference: { readonly p50Ms: number; readonly drift: number };
  readonly verdict: 'measured' | 'inconclusive';
  readonly reason: string;
  readonly hardware: Hardware;
}
