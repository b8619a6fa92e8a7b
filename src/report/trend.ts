// How a branch's results have moved, as Markdown: what each small step let through and their sum does not.
import type { HistoryEntry, Trend } from '../contracts/history.ts';
import { escapeName } from './escape.ts';
import { milliseconds, missing, outcomeIcons, percent, signedPercent, signedPoints } from './format.ts';
import { table } from './sections.ts';

/** Mann-Kendall scores beyond this come by chance once in a thousand times. Looked at after each of 200 merges, it is seldom passed (docs/guide/trend.md). */
const rareScore = 3.09;
/** What repeated measurements of one network differ by is not a drift, however steady it is. */
const leastLatency = 0.01;
const leastMiou = 0.005;
/** Entries that the table shows. */
const shownEntries = 8;

/** What is said of a figure, and whether it gets worse by more than chance would have it. */
interface Movement {
  readonly sentence: string;
  readonly drifts: boolean;
}

/** A sentence for each figure that drifts to the worse; often none. */
export function driftWarnings(trend: Trend): string[] {
  return movements(trend)
    .filter(({ drifts }) => drifts)
    .map(({ sentence }) => sentence);
}

/** What the folded part is called. */
export function trendHeading(trend: Trend): string {
  const found = movements(trend);
  const drifts = found.some((movement) => movement.drifts);
  const state = drifts ? `${outcomeIcons.inconclusive} slow drift` : 'no drift';
  return `Trend on ${escapeName(trend.branch)}: ${found.length > 0 ? state : 'too few results yet'}`;
}

/** What moved in a sentence each, and the newest entries. */
export function trendSection(trend: Trend): string {
  const { entries, baseline } = trend;
  const found = movements(trend).map(({ sentence, drifts }) =>
    drifts ? `${outcomeIcons.inconclusive} ${sentence}` : sentence,
  );
  const few = `${merges(entries)} so far: too few comparable results to tell a trend from noise.`;
  const ratio = baseline === undefined ? '' : `, as ratios to ${escapeName(baseline)} in the same rounds`;
  return [
    ...(found.length > 0 ? found : [few]),
    entriesTable(entries.slice(-shownEntries)),
    `Latencies are compared on one kind of machine at a time${ratio}. This is advice and changes no verdict.`,
  ].join('\n\n');
}

function movements(trend: Trend): Movement[] {
  const { latency, miou, entries } = trend;
  const steps = entries.length - 1;
  const slower = (slope: number): number => Math.expm1(slope * steps);
  const better = (slope: number): number => slope * steps;
  const found: Movement[] = [];
  if (latency)
    found.push({
      sentence: describe('Latency', trend, slower(latency.slope), latency.interval.map(slower), signedPercent),
      drifts: latency.score > rareScore && slower(latency.slope) > leastLatency,
    });
  if (miou)
    found.push({
      sentence: describe('mIoU', trend, better(miou.slope), miou.interval.map(better), signedPoints),
      drifts: miou.score < -rareScore && better(miou.slope) < -leastMiou,
    });
  return found.map(({ sentence, drifts }) => ({
    sentence: `${sentence}${drifts ? ': slow drift, larger than the noise, although single steps may not have been' : ''}.`,
    drifts,
  }));
}

function describe(
  name: string,
  { entries }: Trend,
  change: number,
  interval: readonly number[],
  format: (change: number) => string,
): string {
  const verb = change < 0 ? 'fell' : 'rose';
  const amount = format(Math.abs(change)).replace('+', '');
  return `${name} ${verb} by ${amount} over the last ${merges(entries)} (95 % interval ${interval.map(format).join(' to ')})`;
}

function merges(entries: readonly HistoryEntry[]): string {
  const { size } = new Set(entries.map(({ commit }) => commit));
  return `${size} merge${size === 1 ? '' : 's'}`;
}

function entriesTable(entries: readonly HistoryEntry[]): string {
  const rows = entries.map(({ commit, createdAt, miou, latencyP50Ms, ratio, hardware }) => [
    escapeName(commit.slice(0, 7)),
    createdAt.slice(0, 10),
    percent(miou),
    milliseconds(latencyP50Ms),
    ratio ? `${ratio.value.toFixed(3)} ${escapeName(ratio.baseline)}` : missing,
    escapeName(hardware),
  ]);
  return table(['commit', 'date', 'mIoU', 'latency p50', 'ratio to', 'machine'], rows, 'llrrrl');
}
