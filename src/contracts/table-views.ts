// Latency tables as they are shown: listed, compared, drawn.
import type { LatencyTable, TableEntry } from './latency-table.ts';

/** One respect in which two tables are of different things. */
export interface TableDifference {
  readonly what: string;
  readonly was: string | number;
  readonly is: string | number;
}

/** Two tables, entry by entry. */
export interface TableComparison {
  /** How what the two tables measure differs; empty where their values mean the same. */
  readonly differences: readonly TableDifference[];
  readonly entries: readonly {
    readonly signature: string;
    readonly aMs: number;
    readonly bMs: number;
    /** b over a; null where a is 0. */
    readonly ratio: number | null;
  }[];
  /** Signatures that only one of them has. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  /** Of the entries' ratios; null where there is none. */
  readonly medianRatio: number | null;
  /** Spearman's, of the entries' latencies; null with fewer than two. */
  readonly rankCorrelation: number | null;
  /** b's drift reference over a's. */
  readonly referenceRatio: number;
}

/** An entry with the layers that it may stand in. */
export interface ListedEntry extends Omit<TableEntry, 'roundsMs'> {
  readonly layers: readonly number[];
}

/** A table for people. */
export interface TableListing {
  /** What it was made on and of, in lines. */
  readonly facts: readonly string[];
  readonly quality: LatencyTable['quality'];
  readonly entries: readonly ListedEntry[];
  /** How good its predictor is, in a line; absent without a calibration. */
  readonly predictor?: string;
}

/** Two tables by their files. */
export interface TableDiff {
  readonly a: string;
  readonly b: string;
  readonly comparison: TableComparison;
}

/** Operations by layers; a cell is undefined (null in JSON) where the layer does not offer the operation. */
export interface HeatMap {
  readonly layers: readonly { readonly channels: string; readonly map: string }[];
  readonly rows: readonly {
    readonly operation: string;
    readonly cells: readonly (Pick<TableEntry, 'latencyMs' | 'errorMs' | 'settled'> | null | undefined)[];
  }[];
}

/** A whole subnet as measured and as predicted. */
export interface PredictedSubnet {
  readonly latencyMs: number;
  readonly predictedMs: number;
  readonly heldOut: boolean;
}
