// The file of a branch's history, `proxyless-ci/history@1`: a line for each result. verdict/trend.ts says how it moves.
import { z } from 'zod';

/** Older entries are dropped. */
export const mostEntries = 100;

const positive = z.number().positive();
export const entrySchema = z.object({
  commit: z.string().min(1),
  createdAt: z.iso.datetime(),
  /** Key of the machine and of what else a latency depends on. */
  hardware: z.string().min(1),
  miou: z.number().min(0).max(1).optional(),
  latencyP50Ms: positive,
  latencyP50IntervalMs: z.tuple([positive, positive]),
  /** Who said that a regression of this commit is meant. */
  accepted: z.string().optional(),
  /** Latency over that of a baseline in the same rounds: whatever slows the machine down slows both. */
  ratio: z.object({ baseline: z.string(), value: positive }).optional(),
});
export type HistoryEntry = z.output<typeof entrySchema>;

/** A stored history, oldest entry first. */
export const historySchema = z.object({
  schema: z.literal('proxyless-ci/history@1'),
  entries: z.array(entrySchema).max(mostEntries),
});

/** A movement of a series, of one kind. */
export interface Movement {
  /** By which the value changes from one place to the next, or at the step. */
  readonly value: number;
  /** 95 % confidence interval (Sen 1968; Gilbert 1987, 17.3). */
  readonly interval: readonly [number, number];
  /** The rank statistic in standard deviations, with correction for continuity and autocorrelation. */
  readonly score: number;
}

/** How a series moves. */
export interface Drift {
  /** Which of the two comes closer to the values. */
  readonly kind: 'drift' | 'step';
  /** Whether it moves by more than chance would have. */
  readonly rare: boolean;
  /** From one place to the next. Its score is Mann-Kendall's: above 3.09 once in a thousand times where nothing rises. */
  readonly slope: Movement;
  /** At the place `at` of the series, of all places the one with the highest score; undefined where no place has enough values on both sides. */
  readonly step: (Movement & { readonly at: number }) | undefined;
  /** Of a value with the one before it, where the movement is taken out. */
  readonly correlation: number;
}

/** How a branch's results have moved. */
export interface Trend {
  readonly branch: string;
  readonly entries: readonly HistoryEntry[];
  /** Those since the last accepted change, itself included: the series that moves. */
  readonly compared: readonly HistoryEntry[];
  /** Of the logarithm of the latency; undefined where there is too little to compare. */
  readonly latency: Drift | undefined;
  /** What the latencies are ratios to; undefined where they are milliseconds. */
  readonly baseline: string | undefined;
  readonly miou: Drift | undefined;
}
