// What the processes that measured differ by, beside what blocks within one process do: one-way analysis of variance (T. Kalibera and R. Jones,
// "Rigorous benchmarking in reasonable time", 2013). Where it is 0, blocks are as good as processes.
import { median } from 'simple-statistics';

export interface Processes {
  readonly count: number;
  /** Standard deviation between processes, as a share of latency; undefined where there are fewer than two. */
  readonly deviation: number | undefined;
}

/** Samples that are further from the median than this many median deviations count as being at that distance: a burst is not a layout. */
const clipAt = 4;

/**
 * @param logs one log-ratio a block
 * @param processes which process measured each
 */
export function spreadOfProcesses(logs: readonly number[], processes: readonly number[]): Processes {
  const middle = median([...logs]);
  const typical = median(logs.map((log) => Math.abs(log - middle)));
  const groups = new Map<number, number[]>();
  logs.forEach((log, i) => {
    const clipped = middle + Math.max(-clipAt * typical, Math.min(clipAt * typical, log - middle));
    const group = groups.get(processes[i]!) ?? [];
    group.push(clipped);
    groups.set(processes[i]!, group);
  });
  const all = [...groups.values()];
  const [n, k] = [logs.length, all.length];
  if (k < 2 || n <= k) return { count: k, deviation: undefined };
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const grand = mean(all.flat());
  const between = all.reduce((sum, group) => sum + group.length * (mean(group) - grand) ** 2, 0) / (k - 1);
  const within = all.reduce((sum, group) => sum + group.reduce((s, x) => s + (x - mean(group)) ** 2, 0), 0) / (n - k);
  const size = (n - all.reduce((sum, group) => sum + group.length ** 2, 0) / n) / (k - 1);
  return { count: k, deviation: Math.sqrt(Math.max(0, between - within) / size) };
}
