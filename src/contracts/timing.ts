// Timings of models in interleaved blocks, as they are measured, recorded and judged, and what is said of their quantiles.

/** One block's timings in milliseconds: [model][round], those of a round taken within milliseconds of each other. */
export type TimingBlock = readonly (readonly number[])[];

export interface QuantileEstimate {
  readonly value: number;
  /** 95 % confidence. */
  readonly interval: readonly [number, number];
}
