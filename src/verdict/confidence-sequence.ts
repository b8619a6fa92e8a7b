// A confidence sequence for a median: an interval that may be looked at after every sample and still errs no more often than it says.
// Sign tests as test martingales with a mixture over alternatives (H. Robbins, "Statistical methods related to the law of the iterated
// logarithm", 1970; S. Howard and A. Ramdas, "Sequential estimation of quantiles with applications to A/B testing and best-arm
// identification", 2022). Nothing is assumed of the samples but that they are independent and share a median: bursts of other processes,
// heavy tails and drift of the spread do no harm.

/** Bounds of a median; infinite as long as the samples say nothing. */
export type Interval = readonly [low: number, high: number];

/** Takes samples one by one; the interval only ever narrows. */
export interface ConfidenceSequence {
  add(sample: number): void;
  /** Holds the true median at every look at once, with the confidence asked for. */
  interval(): Interval;
}

/**
 * The alternatives of the mixture: the chance that a sample lies beyond the value under test. They weigh equally. Dense near 1/2 would
 * decide close calls sooner, dense near 1 clear ones; with these, ten samples on one side decide at 99 %.
 */
const alternatives = Array.from({ length: 20 }, (_, i) => 0.5 + (i + 1) / 40);

/**
 * Starts a confidence sequence.
 * @param confidence two-sided, such as 0.99: each bound errs with at most half of what is left
 */
export function createConfidenceSequence(confidence: number): ConfidenceSequence {
  if (!(confidence > 0 && confidence < 1)) throw new Error(`a confidence of ${confidence} is not between 0 and 1`);
  const sorted: number[] = [];
  let needed: number | undefined;
  let interval: Interval = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return {
    add(sample) {
      const place = sorted.findIndex((other) => other > sample);
      sorted.splice(place < 0 ? sorted.length : place, 0, sample);
      needed = samplesBeyond(sorted.length, (1 - confidence) / 2, needed);
      if (needed === undefined) return;
      // The `needed`-th from the top: every value below it has enough samples above it to be refused as the median.
      const low = Math.max(interval[0], sorted[sorted.length - needed]!);
      const high = Math.min(interval[1], sorted[needed - 1]!);
      interval = [low, high];
    },
    interval: () => interval,
  };
}

/**
 * How many of n samples must lie beyond a value before it is refused as a bound of the median, at any look: the least k with
 * mean over p of (2 p)^k (2 (1 - p))^(n - k) >= 1 / error. Under the hypothesis this is a supermartingale that starts at 1, so it ever
 * reaches 1 / error with a chance of at most `error` (Ville).
 * @param from where to begin to look: what fewer samples needed, since more never need less
 * @returns undefined where even n do not suffice
 */
export function samplesBeyond(n: number, error: number, from = Math.ceil(n / 2)): number | undefined {
  for (let k = from; k <= n; k++) {
    const evidence = alternatives.reduce((sum, p) => sum + (2 * p) ** k * (2 * (1 - p)) ** (n - k), 0);
    if (evidence / alternatives.length >= 1 / error) return k;
  }
  return undefined;
}

/** How few samples can ever decide anything. */
export function fewestSamples(confidence: number): number {
  for (let n = 1; ; n++) if (samplesBeyond(n, (1 - confidence) / 2) !== undefined) return n;
}
