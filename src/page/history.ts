// The page of a branch's history: how latency and mIoU of each commit have moved, a line for each kind of machine.

import type uPlot from 'uplot';
import type { HistoryEntry } from '../contracts/history.ts';
import { h, milliseconds, percent, section, table } from './dom.ts';
import { type Paint, type PlotSeries, plot } from './plot.ts';

/** As action/history-branch.ts writes it. */
interface Histories {
  readonly subjects: Readonly<Record<string, { readonly title: string; readonly entries: readonly HistoryEntry[] }>>;
}

/** Entries that the table shows. */
const listed = 50;

const main = document.querySelector('main')!;
main.append(
  h('h1', {}, 'History'),
  h(
    'p',
    { class: 'facts' },
    'Median latency and mIoU of each commit on the default branch, a line for each kind of machine. Ringed: a regression that someone accepted.',
  ),
);

try {
  const answer = await fetch('history.json');
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  const { subjects }: Histories = await answer.json();
  const all = Object.values(subjects);
  main.append(...all.map(({ title, entries }, i) => subject(`subject-${i}`, title, entries)));
  if (all.length === 0) main.append(h('p', {}, 'Nothing has been recorded yet.'));
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  main.append(h('p', { role: 'alert' }, `history.json cannot be shown: ${reason}`));
}

function subject(id: string, title: string, entries: readonly HistoryEntry[]): HTMLElement {
  const miou = (value: number): string => `${value.toFixed(2)} %`;
  const newest = [...entries].reverse().slice(0, listed);
  return section(
    id,
    title,
    ...figure('Median latency', entries, milliseconds, ({ latencyP50Ms }) => latencyP50Ms),
    ...figure('mIoU', entries, miou, (entry) => (entry.miou === undefined ? undefined : 100 * entry.miou)),
    h(
      'details',
      {},
      h('summary', {}, `The newest ${newest.length} entries`),
      table(
        `${title}: the newest entries`,
        ['commit', 'date', 'latency p50', 'mIoU', 'accepted', 'machine'],
        newest.map((entry) => [
          entry.commit.slice(0, 7),
          entry.createdAt.slice(0, 10),
          milliseconds(entry.latencyP50Ms),
          percent(entry.miou),
          entry.accepted ?? '',
          entry.hardware,
        ]),
      ),
    ),
  );
}

/** A plot of one figure: commits in their order, a series for each machine. Nothing where no entry has it. */
function figure(
  name: string,
  entries: readonly HistoryEntry[],
  format: (value: number) => string,
  figureOf: (entry: HistoryEntry) => number | undefined,
): HTMLElement[] {
  const known = entries.filter((entry) => figureOf(entry) !== undefined);
  if (known.length === 0) return [];
  const commits = [...new Set(known.map(({ commit }) => commit))];
  const machines = [...new Set(known.map(({ hardware }) => hardware))];
  const short = (at: number): string => (commits[at] ?? '').slice(0, 7);
  const series = machines.map((machine): PlotSeries => {
    const values = new Map(
      known.filter(({ hardware }) => hardware === machine).map((entry) => [entry.commit, figureOf(entry)!]),
    );
    return { name: machine, shape: 'joined', values: commits.map((commit) => values.get(commit) ?? null) };
  });
  const accepted = new Set(known.flatMap((entry) => (entry.accepted ? [entry.commit] : [])));
  return [
    h('h3', {}, name),
    plot({
      label: `${name} of ${commits.length} commits`,
      x: {
        name: 'commit',
        format: short,
        tick: (at) => (Number.isInteger(at) ? short(at) : ''),
        values: commits.map((_, i) => i),
      },
      y: { name, format },
      series,
      height: 260,
      draw: (u, paint) => {
        for (const [i, { values }] of series.entries())
          for (const [at, value] of values.entries())
            if (value !== null && accepted.has(commits[at]!) && u.series[i + 1]?.show) ring(u, at, value, paint);
      },
    }),
  ];
}

function ring(u: uPlot, at: number, value: number, { ink }: Paint): void {
  const { ctx } = u;
  ctx.save();
  ctx.strokeStyle = ink;
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(u.valToPos(at, 'x', true), u.valToPos(value, 'y', true), 8 * devicePixelRatio, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.restore();
}
