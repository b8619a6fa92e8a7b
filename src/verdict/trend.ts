// How the results of a branch drift: many small steps, each within its threshold, that add up.
import { type HistoryEntry, mostEntries, type Trend } from '../contracts/history.ts';
import { judgedMiou } from '../contracts/judged-miou.ts';
import type { Result } from '../contracts/result.ts';
import { findDrift, type Observation } from './drift.ts';

/** The entry of a result; undefined where its network was not measured, or nobody knows of which commit it is. */
export function entryOf({ commit, createdAt, hardware, networks }: Result): HistoryEntry | undefined {
  const judged = networks.find(({ role }) => role === 'head');
  if (!commit || !judged?.latencyP50Ms || !judged.latencyP50IntervalMs) return undefined;
  const { latencyP50Ms, latencyP50IntervalMs } = judged;
  const miou = judgedMiou(judged);
  const baselines = networks.filter(({ role, latencyP50Ms: ms }) => role === 'baseline' && ms);
  const baseline = baselines.find(({ name }) => name === 'mobilenetv3-large') ?? baselines[0];
  return {
    commit,
    createdAt,
    hardware: hardware.key,
    ...(miou === undefined ? {} : { miou }),
    latencyP50Ms,
    latencyP50IntervalMs,
    ...(baseline ? { ratio: { baseline: baseline.name, value: latencyP50Ms / baseline.latencyP50Ms! } } : {}),
  };
}

/**
 * A history with an entry: at its end, or in place of what the same commit gave on the same machine, since neither nightly runs of a quiet branch nor
 * old runs that are run again are merges. What was accepted stays accepted.
 * @param most entries that are kept
 */
export function withEntry(entries: readonly HistoryEntry[], entry: HistoryEntry, most = mostEntries): HistoryEntry[] {
  const at = entries.findIndex(({ commit, hardware }) => commit === entry.commit && hardware === entry.hardware);
  if (at < 0) return [...entries, entry].slice(-most);
  const { accepted } = entries[at]!;
  return entries.with(at, { ...(accepted === undefined ? {} : { accepted }), ...entry });
}

/**
 * How a history moves since the last change that was accepted: what is meant is no drift. Latencies are compared on one kind of machine only, as
 * ratios to the newest entry's baseline where it has one: how much faster one network is than another differs between processors too. mIoU is
 * compared across all.
 */
export function trendOf(branch: string, entries: readonly HistoryEntry[]): Trend {
  const from = Math.max(
    0,
    entries.findLastIndex(({ accepted }) => accepted !== undefined),
  );
  const compared = entries.slice(from);
  const baseline = entries.at(-1)?.ratio?.baseline;
  const latencyIn = ({ ratio, latencyP50Ms }: HistoryEntry): number | undefined => {
    if (baseline === undefined) return latencyP50Ms;
    return ratio?.baseline === baseline ? ratio.value : undefined;
  };
  const series = (observe: (entry: HistoryEntry) => Omit<Observation, 'at'> | undefined): Observation[] =>
    compared.flatMap((entry, at) => {
      const observation = observe(entry);
      return observation ? [{ ...observation, at }] : [];
    });
  const latencies = series((entry) => {
    const value = latencyIn(entry);
    return value === undefined ? undefined : { group: entry.hardware, value: Math.log(value) };
  });
  const accuracies = series(({ miou }) => (miou === undefined ? undefined : { group: 'all', value: miou }));
  return {
    branch,
    entries,
    compared,
    baseline,
    latency: findDrift(latencies),
    miou: findDrift(accuracies),
  };
}
