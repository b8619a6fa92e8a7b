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
  /** Latency over that of a baseline in the same rounds: whatever slows the machine down slows both. */
  /** Who said that a regression of this commit is meant. */
  accepted: z.string().optional(),
  ratio: z.object({ baseline: z.string(), value: positive }).optional(),
});
export type HistoryEntry = z.output<typeof entrySchema>;

/** A stored history, oldest entry first. */
export const historySchema = z.object({
  schema: z.literal('proxyless-ci/history@1'),
  entries: z.array(entrySchema).max(mostEntries),
});

/** How a series moves. */
export interface Drift {
  /** By which the value changes from one place to the next. */
  readonly slope: number;
  /** 95 % confidence interval of the slope (Sen 1968; Gilbert 1987, 17.3). */
  readonly interval: readonly [number, number];
  /** Mann-Kendall's statistic in standard deviations, with correction for ties and continuity: above 3.09 once in a thousand times where nothing rises. */
  readonly score: number;
}

/** How a branch's results have moved. */
export interface Trend {
  readonly branch: string;
  readonly entries: readonly HistoryEntry[];
  /** Of the logarithm of the latency, from one entry to the next; undefined where there is too little to compare. */
  readonly latency: Drift | undefined;
  /** What the latencies are ratios to; undefined where they are milliseconds. */
  readonly baseline: string | undefined;
  readonly miou: Drift | undefined;
}
