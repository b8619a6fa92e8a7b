// What bench/verdict prints: for each amount of extra work, how often each method calls the model slower than the threshold allows.
import { markdownTable } from 'markdown-table';
import { mean, median, quantile, sampleVariance } from 'simple-statistics';
import type { TimingBlock } from '../src/contracts/timing.ts';
import { blockLogRatio, createLatencyJudge, type LatencyVerdict } from '../src/verdict/latency.ts';
import type { Calibrated } from './calibration.ts';

/** One comparison as recorded: base, copy, head in blocks of rounds, milliseconds. */
export interface Comparison {
  /** The share by which head was made slower. */
  readonly slower: number;
  readonly blocks: readonly TimingBlock[];
  /** Until each threshold was decided, or all of it. */
  readonly seconds: readonly number[];
}

/** The verdict on a comparison at a threshold, looked at after every block. */
export function judgeRecorded({ blocks }: Pick<Comparison, 'blocks'>, threshold: number): LatencyVerdict {
  const judge = createLatencyJudge(1, { threshold, confidence: 0.99 });
  for (const block of blocks) {
    judge.add(block);
    if (judge.decided()) break;
  }
  return judge.verdicts()[0]!;
}

/** Ways in which benchmark actions call head slower, from one run's timings of head and those of base in the run before. */
const usual: readonly [name: string, slower: (base: number[], head: number[], threshold: number) => boolean][] = [
  ['mean over threshold', (base, head, threshold) => mean(head) / mean(base) > 1 + threshold],
  ['median over threshold', (base, head, threshold) => median(head) / median(base) > 1 + threshold],
  ['Welch t', (base, head) => welch(base, head) > z95],
  ['Mann-Whitney', (base, head) => mannWhitney(base, head) > z95],
];

/** One-sided 95 %. */
const z95 = 1.645;

/** The whole report. */
export function report(
  comparisons: readonly Comparison[],
  thresholds: readonly number[],
  calibration: readonly Calibrated[],
): string {
  const amounts = [...new Set(comparisons.map(({ slower }) => slower))].sort((a, b) => a - b);
  const parts = [
    `extra work: ${calibration.map((c) => `${percent(c.slower)} measured ${percent(c.measured)} (${percent(c.interval[0])} to ${percent(c.interval[1])})`).join(', ')}`,
    `over all blocks of all comparisons: ${amounts.map((slower) => `${percent(slower)} measured ${percent(measuredIn(comparisons.filter((one) => one.slower === slower)))}`).join(', ')}`,
    `base: median ${median(comparisons.map(({ blocks }) => median(blocks.flatMap(([base]) => [...base!])))).toFixed(2)} ms`,
  ];
  for (const [t, threshold] of thresholds.entries()) {
    const rows = amounts.map((slower) => {
      const mine = comparisons.filter((comparison) => comparison.slower === slower);
      const verdicts = mine.map((comparison) => judgeRecorded(comparison, threshold));
      const count = (outcome: string) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
      const seconds = mine.map((comparison) => comparison.seconds[t]!);
      return [
        percent(slower),
        String(mine.length),
        String(count('fail')),
        String(count('pass')),
        String(count('inconclusive')),
        median(verdicts.map(({ blocks }) => blocks)).toFixed(0),
        `${median(seconds).toFixed(1)} (95 %: ${quantile(seconds, 0.95).toFixed(1)})`,
        ...usual.map(([, says]) => {
          const flagged = comparisons.filter(
            (comparison, i) =>
              i > 0 && comparison.slower === slower && says(base(comparisons[i - 1]!), head(comparison), threshold),
          );
          return percent(flagged.length / mine.length);
        }),
      ];
    });
    const columns = ['slower by', 'comparisons', 'fail', 'pass', 'inconclusive', 'blocks', 'seconds'];
    const table = markdownTable([[...columns, ...usual.map(([name]) => name)], ...rows], {
      align: [...columns, ...usual].map(() => 'r'),
    });
    parts.push(
      `threshold ${percent(threshold)}; the last four: share called slower against base in the run before`,
      table,
    );
  }
  return parts.join('\n\n');
}

/** Comparisons of each amount of work that are kept for the tests. */
const recorded = 12;

/** What the tests replay: for each comparison the log-ratio of the copy to base and of head to both, block by block, as JSON. */
export function recordOf(comparisons: readonly Comparison[]): string {
  const ratio = (bases: TimingBlock, other: readonly number[]): number =>
    Math.round(1e5 * blockLogRatio(bases, other)) / 1e5;
  const seen = new Map<number, number>();
  const kept = comparisons.filter(({ slower }) => {
    const count = seen.get(slower) ?? 0;
    seen.set(slower, count + 1);
    return count < (slower === 0 ? 3 * recorded : recorded);
  });
  const lines = kept.map(({ slower, blocks }) =>
    JSON.stringify({
      slower,
      copy: blocks.map(([own, copy]) => ratio([own!], copy!)),
      head: blocks.map(([own, copy, slowed]) => ratio([own!, copy!], slowed!)),
    }),
  );
  return `[\n${lines.join(',\n')}\n]\n`;
}

/** The median change of head over all blocks of some comparisons. */
function measuredIn(comparisons: readonly Comparison[]): number {
  const logs = comparisons.flatMap(({ blocks }) =>
    blocks.map(([own, copy, slowed]) => blockLogRatio([own!, copy!], slowed!)),
  );
  return Math.expm1(median(logs));
}

const base = ({ blocks }: Comparison): number[] => blocks.flatMap(([timings]) => [...timings!]);
const head = ({ blocks }: Comparison): number[] => blocks.flatMap(([, , timings]) => [...timings!]);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Welch's t of head's mean over base's; with a hundred timings it is as good as normal. */
function welch(base: number[], head: number[]): number {
  return (mean(head) - mean(base)) / Math.sqrt(sampleVariance(base) / base.length + sampleVariance(head) / head.length);
}

/** The standardized rank sum of head (H. Mann and D. Whitney, 1947; normal approximation, ties in order of appearance). */
function mannWhitney(base: number[], head: number[]): number {
  const all = [...base.map((ms) => ({ ms, own: 0 })), ...head.map((ms) => ({ ms, own: 1 }))].sort(
    (a, b) => a.ms - b.ms,
  );
  const ranks = all.reduce((sum, { own }, i) => sum + own * (i + 1), 0);
  const [n, m] = [base.length, head.length];
  const u = ranks - (m * (m + 1)) / 2;
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}
