// What `measure --end-to-end` prints with --json.
import type { Hardware } from './hardware.ts';
import type { QuantileEstimate } from './timing.ts';

/** The stages of a photo, in their order. */
export const wayStages = ['decode', 'resize', 'network', 'matte', 'compose'] as const;
export type WayStage = (typeof wayStages)[number];

/** Milliseconds of a stage, or of all of them together, over all runs. */
export interface StageTime {
  /** Median, with its 95 % interval over rounds. */
  readonly p50: QuantileEstimate;
  readonly p5: number;
  readonly p95: number;
}

export interface EndToEnd {
  readonly model: string;
  readonly threads: number;
  /** How the model is read. */
  readonly reading: string;
  /** Photos, each once a round; their sizes in pixels. */
  readonly photos: readonly { readonly name: string; readonly width: number; readonly height: number }[];
  readonly rounds: number;
  readonly runs: number;
  /** `soft`: a matte; `hard`: the mask. */
  readonly edges: 'soft' | 'hard';
  readonly stages: Readonly<Record<WayStage, StageTime>>;
  readonly total: StageTime;
  /** Photos a second at the median of all stages. */
  readonly fps: number;
  readonly hardware: Hardware;
}
