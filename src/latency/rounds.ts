// What rounds of one subject come to: the figure to use, how sure it is, and whether it has settled.
import { quantileSorted } from 'simple-statistics';

/** The rounds of one subject, in milliseconds. */
export interface RoundFigures {
  /** Samples: one for each visit of a round. */
  readonly count: number;
  readonly minMs: number;
  readonly medianMs: number;
  /** First decile over the rounds: the figure that tables and predictors use (`measureInterleaved` says why). */
  readonly p10Ms: number;
  /** Standard error of `p10Ms`. */
  readonly errorMs: number;
  /** Interquartile range of the rounds over their median. */
  readonly spread: number;
}

const steadyShare = 0.1;

/** Beyond this standard error, relative to the figure itself, a subject has not settled; docs/design/latency-table.md has the measurement behind it. */
export const settledError = 0.02;

/**
 * Summarizes one subject's rounds. The standard error is Woodruff's (JASA 1952): of n rounds n * 0.1 lie below the first decile, give or
 * take sqrt(n * 0.1 * 0.9), and half the distance between the rounds at those two ranks is the error. It asks nothing of the distribution.
 * @param samples milliseconds, one for each visit of a round, at least one
 */
export function summarizeRounds(samples: readonly number[]): RoundFigures {
  const sorted = [...samples].sort((a, b) => a - b);
  const quantile = (p: number): number => quantileSorted(sorted, Math.min(1, Math.max(0, p)));
  const deviation = Math.sqrt((steadyShare * (1 - steadyShare)) / sorted.length);
  return {
    count: samples.length,
    minMs: sorted[0]!,
    medianMs: quantile(0.5),
    p10Ms: quantile(steadyShare),
    errorMs: (quantile(steadyShare + deviation) - quantile(steadyShare - deviation)) / 2,
    spread: (quantile(0.75) - quantile(0.25)) / quantile(0.5),
  };
}

/** Whether more rounds would change a subject's figure by little. */
export const hasSettled = ({ p10Ms, errorMs }: RoundFigures): boolean => errorMs <= settledError * p10Ms;
