// What bench/verdict prints: for each amount of extra work, how often each method calls the model slower than the threshold allows.
import { markdownTable } from 'markdown-table';
import { mean, median, quantile, sampleVariance } from 'simple-statistics';
import type { LatencyVerdict } from '../src/verdict/latency.ts';

/** One comparison as recorded. */
export interface Comparison {
  /** The share by which head was made slower. */
  readonly slower: number;
  readonly outcome: LatencyVerdict['outcome'];
  readonly change: number;
  readonly seconds: number;
  /** Standard deviation between the processes of the comparison. */
  readonly processDeviation: number;
  readonly othersShare: number;
  /** The first timings of one session of each block, in milliseconds. */
  readonly base: readonly number[];
  readonly head: readonly number[];
  /** One log-ratio a block. */
  readonly samples: { readonly head: readonly number[]; readonly copy: readonly number[] };
}

/** Ways in which benchmark actions call head slower, from one run's timings of head and those of base in the run before. */
const usual: readonly [
  name: string,
  slower: (base: readonly number[], head: readonly number[], threshold: number) => boolean,
][] = [
  ['mean over threshold', (base, head, threshold) => mean([...head]) / mean([...base]) > 1 + threshold],
  ['median over threshold', (base, head, threshold) => median([...head]) / median([...base]) > 1 + threshold],
  ['Welch t', (base, head) => welch(base, head) > z95],
  ['Mann-Whitney', (base, head) => mannWhitney(base, head) > z95],
];

/** One-sided 95 %. */
const z95 = 1.645;

/** The whole report. */
export function report(comparisons: readonly Comparison[], threshold: number): string {
  const amounts = [...new Set(comparisons.map(({ slower }) => slower))].sort((a, b) => a - b);
  const rows = amounts.map((slower) => {
    const mine = comparisons.filter((comparison) => comparison.slower === slower);
    const count = (outcome: string) => String(mine.filter((one) => one.outcome === outcome).length);
    const seconds = mine.map((one) => one.seconds);
    const logs = mine.flatMap(({ samples }) => samples.head);
    return [
      percent(slower),
      percent(Math.expm1(median(logs))),
      String(mine.length),
      count('fail'),
      count('pass'),
      count('inconclusive'),
      median(mine.map(({ samples }) => samples.head.length)).toFixed(0),
      `${median(seconds).toFixed(1)} (95 %: ${quantile(seconds, 0.95).toFixed(1)}, most: ${Math.max(...seconds).toFixed(1)})`,
      ...usual.map(([, says]) => {
        const flagged = comparisons.filter(
          (one, i) => i > 0 && one.slower === slower && says(comparisons[i - 1]!.base, one.head, threshold),
        );
        return percent(flagged.length / mine.length);
      }),
    ];
  });
  const columns = ['slower by', 'all blocks', 'comparisons', 'fail', 'pass', 'inconclusive', 'blocks', 'seconds'];
  const of = (value: (one: Comparison) => number): string => percent(median(comparisons.map(value)));
  return [
    `threshold ${percent(threshold)}; the last four: share called slower against base in the run before`,
    markdownTable([[...columns, ...usual.map(([name]) => name)], ...rows], {
      align: [...columns, ...usual].map(() => 'r'),
    }),
    `in the median: base ${median(comparisons.map(({ base }) => median([...base]))).toFixed(2)} ms; deviation between processes ${of((one) => one.processDeviation)}; other processes used ${of((one) => one.othersShare)} of the cores`,
  ].join('\n\n');
}

/** Comparisons of each amount of work that are kept for the tests. */
const recorded = 12;

/** What the tests replay: for each comparison the log-ratios of base to itself and of head to base, block by block, as JSON. */
export function recordOf(comparisons: readonly Comparison[]): string {
  const seen = new Map<number, number>();
  const kept = comparisons.filter(({ slower }) => {
    const count = seen.get(slower) ?? 0;
    seen.set(slower, count + 1);
    return count < (slower === 0 ? 3 * recorded : recorded);
  });
  const lines = kept.map(({ slower, samples }) => JSON.stringify({ slower, ...samples }));
  return `[\n${lines.join(',\n')}\n]\n`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Welch's t of head's mean over base's; with a hundred timings it is as good as normal. */
function welch(base: readonly number[], head: readonly number[]): number {
  return (
    (mean([...head]) - mean([...base])) /
    Math.sqrt(sampleVariance([...base]) / base.length + sampleVariance([...head]) / head.length)
  );
}

/** The standardized rank sum of head (H. Mann and D. Whitney, 1947; normal approximation, ties in order of appearance). */
function mannWhitney(base: readonly number[], head: readonly number[]): number {
  const all = [...base.map((ms) => ({ ms, own: 0 })), ...head.map((ms) => ({ ms, own: 1 }))].sort(
    (a, b) => a.ms - b.ms,
  );
  const ranks = all.reduce((sum, { own }, i) => sum + own * (i + 1), 0);
  const [n, m] = [base.length, head.length];
  const u = ranks - (m * (m + 1)) / 2;
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}
