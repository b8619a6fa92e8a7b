// What bench/verdict prints: for each amount of extra work, how often each method calls the model slower than the threshold allows.
import { markdownTable } from 'markdown-table';
import { mean, median, quantile, sampleVariance } from 'simple-statistics';
import { pairsOfSessions, samplesOf } from './block-statistics.ts';
import type { Comparison, Recording } from './verdict-file.ts';

/** One comparison, when it is done. */
export function line({ slower, outcome, change, seconds, blocks, othersShare }: Comparison, number: number): string {
  return `${number}: ${slower === 0 ? 'a copy' : `${percent(slower)} slower`}: ${outcome} in ${seconds.toFixed(1)} s, ${blocks.length} blocks, found ${percent(change)}; others used ${percent(othersShare)} of the cores`;
}

/** All comparisons, as docs/results/verdict.md has them. */
export function table({ protocol, comparisons }: Recording): string {
  const columns = [
    '',
    'threshold',
    'slower by (over all blocks)',
    'comparisons',
    'fail',
    'pass',
    'inconclusive',
    'wrong: at most (95 %)',
    'blocks, median',
    'seconds: median, 95 %, most',
  ];
  const rows = amountsOf(comparisons).map((slower) => {
    const mine = comparisons.filter((comparison) => comparison.slower === slower);
    const count = (outcome: string): number => mine.filter((one) => one.outcome === outcome).length;
    const seconds = mine.map((one) => one.seconds);
    const logs = mine.flatMap((one) => samplesOf(one.blocks, pairsOfSessions).head);
    const wrong = slower <= protocol.threshold ? count('fail') : mine.length - count('fail');
    return [
      protocol.load ? 'bursts' : 'quiet',
      short(protocol.threshold),
      `${short(slower)} (${percent(Math.expm1(median(logs)))})`,
      ...[mine.length, count('fail'), count('pass'), count('inconclusive')].map(String),
      percent(mostLikely(wrong, mine.length)),
      median(mine.map((one) => one.blocks.length)).toFixed(0),
      [median(seconds), quantile(seconds, 0.95), Math.max(...seconds)].map((s) => s.toFixed(1)).join(', '),
    ];
  });
  return markdownTable([columns, ...rows]);
}

/** The table, the machine, and what usual methods say of the same samples. */
export function report(recording: Recording): string {
  const { protocol, comparisons } = recording;
  const of = (value: (one: Comparison) => number): string => percent(median(comparisons.map(value)));
  const bases = comparisons.map(({ blocks }) => median(blocks.flatMap((block) => block[0]!)));
  return [
    table(recording),
    `\`wrong\` is a failed comparison of what is within the threshold, or one that did not fail of what is beyond it. ${protocol.threads} threads of ${protocol.cpu}, confidence ${percent(protocol.confidence)}. ${protocol.pinning} Base takes ${median(bases).toFixed(2)} ms in the median. In the median of the comparisons, processes deviate by ${of((one) => one.processDeviation)}, and other processes use ${of((one) => one.othersShare)} of the cores.`,
    'The usual methods on the first hundred timings of the same samples, against base in the run before; share called slower:',
    usualTable(recording),
  ].join('\n\n');
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

function usualTable({ protocol, comparisons }: Recording): string {
  const timings = ({ blocks }: Comparison, session: number): number[] =>
    blocks.flatMap((block) => block[session]!).slice(0, 100);
  const rows = amountsOf(comparisons).map((slower) => [
    short(slower),
    ...usual.map(([, says]) => {
      const judged = comparisons.flatMap((one, i) =>
        i > 0 && one.slower === slower
          ? [says(timings(comparisons[i - 1]!, 0), timings(one, 2), protocol.threshold)]
          : [],
      );
      return judged.length === 0 ? '' : percent(judged.filter(Boolean).length / judged.length);
    }),
  ]);
  return markdownTable([['slower by', ...usual.map(([name]) => name)], ...rows]);
}

const amountsOf = (comparisons: readonly Comparison[]): number[] =>
  [...new Set(comparisons.map(({ slower }) => slower))].sort((a, b) => a - b);

/** The rate that `count` of `n` or fewer would have once in twenty times (C. Clopper and E. Pearson, 1934). */
export function mostLikely(count: number, n: number): number {
  if (count >= n) return 1;
  const chance = (rate: number): number => {
    let term = (1 - rate) ** n;
    let sum = term;
    for (let k = 1; k <= count; k++) {
      term *= ((n - k + 1) / k) * (rate / (1 - rate));
      sum += term;
    }
    return sum;
  };
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (chance(middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
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
  const rounded = (logs: readonly number[]): number[] => logs.map((log) => Math.round(log * 1e5) / 1e5);
  const lines = kept.map(({ slower, blocks }) => {
    const { copy, head } = samplesOf(blocks, pairsOfSessions);
    return JSON.stringify({ slower, head: rounded(head), copy: rounded(copy) });
  });
  return `[\n${lines.join(',\n')}\n]\n`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const short = (share: number): string => (share === 0 ? '0' : `${Number((100 * share).toFixed(1))} %`);

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
