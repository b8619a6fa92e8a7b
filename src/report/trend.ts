// How a branch's results have moved, as Markdown: what each small step let through and their sum does not.
import type { Drift, HistoryEntry, Trend } from '../contracts/history.ts';
import { escapeName } from './escape.ts';
import { milliseconds, missing, outcomeIcons, percent, signedPercent, signedPoints } from './format.ts';
import { table } from './sections.ts';

/** A smaller change of latency is not a drift, however steady it is: repeated measurements of one network differ as much. */
const leastLatency = 0.01;
const leastMiou = 0.005;
/** Entries that the table shows. */
const shownEntries = 8;

/** What is said of a figure, and its change to the worse beyond chance: none, a slow drift or a step. */
interface Told {
  readonly sentence: string;
  readonly warning: Drift['kind'] | undefined;
}

/** A sentence for each figure that moves to the worse; often none. */
export function driftWarnings(trend: Trend): string[] {
  return movements(trend)
    .filter(({ warning }) => warning)
    .map(({ sentence }) => sentence);
}

/** What the folded part is called. */
export function trendHeading(trend: Trend): string {
  const found = movements(trend);
  const warnings = found.flatMap(({ warning }) => warning ?? []);
  const kind = warnings.includes('drift') ? 'slow drift' : 'a step';
  const state = warnings.length > 0 ? `${outcomeIcons.inconclusive} ${kind}` : 'no drift';
  return `Trend on ${escapeName(trend.branch)}: ${found.length > 0 ? state : 'too few results yet'}`;
}

/** What moved in a sentence each, and the newest entries. */
export function trendSection(trend: Trend): string {
  const { entries, compared, baseline } = trend;
  const found = movements(trend).map(({ sentence, warning }) =>
    warning ? `${outcomeIcons.inconclusive} ${sentence}` : sentence,
  );
  const { accepted, commit } = compared[0]!;
  const since = accepted ? ` since ${escapeName(commit.slice(0, 7))} was accepted` : ' so far';
  const few = `${merges(compared)}${since}: too few comparable results to tell a trend from noise.`;
  const ratio = baseline === undefined ? '' : `, as ratios to ${escapeName(baseline)} in the same rounds`;
  return [
    ...(found.length > 0 ? found : [few]),
    entriesTable(entries.slice(-shownEntries)),
    `Latencies are compared on one kind of machine at a time${ratio}. This is advice and changes no verdict.`,
  ].join('\n\n');
}

function movements(trend: Trend): Told[] {
  const { latency, miou } = trend;
  return [
    ...(latency ? [told({ name: 'Latency', worse: 1, least: leastLatency, sum: Math.expm1 }, latency, trend)] : []),
    ...(miou ? [told({ name: 'mIoU', worse: -1, least: leastMiou, sum: (value) => value }, miou, trend)] : []),
  ];
}

/** A figure, as its movements are told. */
interface Figure {
  readonly name: 'Latency' | 'mIoU';
  /** The sign of a change to the worse. */
  readonly worse: 1 | -1;
  readonly least: number;
  /** A change of the series as one of the figure. */
  readonly sum: (change: number) => number;
}

function told({ name, worse, least, sum }: Figure, drift: Drift, { compared }: Trend): Told {
  const { kind, rare, slope, step } = drift;
  const { value, interval, at } = { at: undefined, ...(rare && kind === 'step' ? step! : slope) };
  const times = at === undefined ? compared.length - 1 : 1;
  const changeOf = (one: number): number => sum(one * times);
  const change = changeOf(value);
  const warning = rare && worse * change > least ? kind : undefined;
  const format = name === 'mIoU' ? signedPoints : signedPercent;
  const amount = format(Math.abs(change)).replace('+', '');
  const where = at === undefined ? `over the last ${merges(compared)}` : placeOf(compared, at);
  const range = `95 % interval ${interval.map((bound) => format(changeOf(bound))).join(' to ')}`;
  const tail =
    warning === 'drift'
      ? ': slow drift, larger than the noise, although single steps may not have been'
      : warning === 'step'
        ? ': a step, larger than the noise, and not a slow drift'
        : '';
  return { sentence: `${name} ${change < 0 ? 'fell' : 'rose'} by ${amount} ${where} (${range})${tail}.`, warning };
}

/** The first entry of the new level; the step may have been at a merge just before or after it. */
function placeOf(entries: readonly HistoryEntry[], at: number): string {
  const { commit, createdAt } = entries[at]!;
  return `at ${escapeName(commit.slice(0, 7))} (${createdAt.slice(0, 10)}) or near it`;
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
