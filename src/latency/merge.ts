// Compares two latency tables, and merges several tables of the same machine and space into one.

import { median, medianAbsoluteDeviation, sampleRankCorrelation } from 'simple-statistics';
import type { LatencyTable, TableEntry } from '../contracts/latency-table.ts';
import type { TableComparison } from '../contracts/table-views.ts';
import { UserError } from '../lib/errors.ts';
import { medianError } from '../metrics/quantiles.ts';
import { frameName } from './plan.ts';
import { hasSettled, summarizeRounds } from './rounds.ts';
import { finishTable, tableDifferences } from './table.ts';

/** Compares two tables, which may be of two machines, runtime versions or spaces. */
export function compareTables(a: LatencyTable, b: LatencyTable): TableComparison {
  const ofB = new Map(b.entries.map((entry) => [entry.signature, entry]));
  const common = a.entries.flatMap((entry): (readonly [TableEntry, TableEntry])[] => {
    const other = ofB.get(entry.signature);
    return other ? [[entry, other]] : [];
  });
  const inA = new Set(a.entries.map(({ signature }) => signature));
  const entries = common.map(([one, other]) => ({
    signature: one.signature,
    aMs: one.latencyMs,
    bMs: other.latencyMs,
    ratio: one.latencyMs > 0 ? other.latencyMs / one.latencyMs : null,
  }));
  const ratios = entries.flatMap(({ ratio }) => ratio ?? []);
  const columns = [entries.map(({ aMs }) => aMs), entries.map(({ bMs }) => bMs)] as const;
  return {
    differences: tableDifferences(a, b),
    entries,
    onlyA: a.entries.filter(({ signature }) => !ofB.has(signature)).map(({ signature }) => signature),
    onlyB: b.entries.filter(({ signature }) => !inA.has(signature)).map(({ signature }) => signature),
    medianRatio: ratios.length > 0 ? median(ratios) : null,
    rankCorrelation: entries.length > 1 ? sampleRankCorrelation(...columns) : null,
    referenceRatio: b.drift.referenceMs / a.drift.referenceMs,
  };
}

/** Tables with the names that errors call them by, usually their files. */
export type NamedTables = readonly { readonly source: string; readonly table: LatencyTable }[];

/**
 * Pools the rounds of tables of the same machine and space. A machine is not equally fast in every session, so each table is first brought to
 * the level of the first by the median ratio of their entries. Latencies of a whole subnet or a baseline in several tables are averaged; a baseline
 * that some table lacks is left out.
 * @throws UserError when a table differs from the first in what it was measured for, naming everything that differs
 */
export function mergeTables(tables: NamedTables): LatencyTable {
  const [first, ...others] = tables;
  if (!first || others.length === 0) throw new UserError('table merge: give at least two tables');
  const problems = others.flatMap(({ source, table }) =>
    tableDifferences(first.table, table).map(
      ({ what, was, is }) =>
        `${source}: ${what}: is ${is}, that of ${first.source} ${was}; only tables with the same can be merged`,
    ),
  );
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  const repeated = tables.find(({ table }, i) => tables.findIndex((t) => t.table.checksum === table.checksum) < i);
  if (repeated) throw new UserError(`${repeated.source}: given twice; its rounds would count twice`);

  const levels = tables.map(({ table }) => ({ table, ...levelOf(first.table, table) }));
  const pooled = (roundsOf: (table: LatencyTable) => readonly number[]) => {
    const roundsMs = levels.flatMap(({ table, ratio }) => roundsOf(table).map((ms) => ms * ratio));
    const figures = summarizeRounds(roundsMs);
    return { ...figures, settled: hasSettled(figures), roundsMs };
  };
  const { checksum, quality, calibration, origins, ...rest } = first.table;
  const merged = mergeCalibrations(levels);
  return finishTable({
    ...rest,
    frames: rest.frames.map((frame) => ({
      ...frame,
      ...pooled((table) => table.frames.find((other) => frameName(other) === frameName(frame))!.roundsMs),
    })),
    fixed: rest.fixed.map(({ latencyMs, ...fixed }) => ({
      ...fixed,
      ...pooled((table) => table.fixed.find(({ part }) => part === fixed.part)!.roundsMs),
    })),
    entries: rest.entries.map(({ latencyMs, ...entry }) => ({
      ...entry,
      ...pooled((table) => table.entries.find(({ signature }) => signature === entry.signature)!.roundsMs),
    })),
    ...(merged ? { calibration: merged } : {}),
    origins: levels.map(({ table, ratio, error }) => ({ checksum: table.checksum, ratio, error })),
  });
}

interface Level {
  /** By which a table's milliseconds are multiplied. */
  readonly ratio: number;
  /** Its standard error, as a share. */
  readonly error: number;
}

/** The factor that brings a table to the level of the first: from the median over their entries, with the error of a median of normal values. */
function levelOf(first: LatencyTable, table: LatencyTable): Level {
  const logs = compareTables(first, table).entries.flatMap(({ ratio }) => (ratio ? Math.log(ratio) : []));
  if (table === first || logs.length === 0) return { ratio: 1, error: 0 };
  const deviation = 1.4826 * medianAbsoluteDeviation(logs);
  return { ratio: Math.exp(-median(logs)), error: medianError(deviation, logs.length) };
}

type Calibration = NonNullable<LatencyTable['calibration']>;

/** Undefined where any table has no calibration. A subnet that one table calibrates on is not held out in another. */
function mergeCalibrations(levels: readonly (Level & { readonly table: LatencyTable })[]): Calibration | undefined {
  const parts = levels.flatMap(({ table, ratio, error }) =>
    table.calibration ? [{ calibration: table.calibration, ratio, error }] : [],
  );
  if (parts.length < levels.length) return undefined;
  const all = <T extends Timed>(of: (calibration: Calibration) => readonly T[]): T[] =>
    parts.flatMap(({ calibration, ratio, error }) =>
      of(calibration).map((one) => ({
        ...one,
        latencyMs: one.latencyMs * ratio,
        // The error of the level is part of the error of a latency.
        ...(one.errorMs === undefined ? {} : { errorMs: ratio * Math.hypot(one.errorMs, one.latencyMs * error) }),
      })),
    );
  const subnetKey = ({ path }: Calibration['subnets'][number]): string => path.join();
  const subnets = meanBy(
    all(({ subnets }) => subnets),
    subnetKey,
  );
  const known = new Set(subnets.map(subnetKey));
  const heldOut = meanBy(
    all(({ heldOut }) => heldOut),
    subnetKey,
  ).filter((subnet) => !known.has(subnetKey(subnet)));
  const baselineKey = ({ name, input }: Calibration['baselines'][number]): string => JSON.stringify([name, input]);
  const inAll = parts.map(({ calibration }) => new Set(calibration.baselines.map(baselineKey)));
  const baselines = meanBy(
    all(({ baselines }) => baselines),
    baselineKey,
  ).filter((baseline) => inAll.every((keys) => keys.has(baselineKey(baseline))));
  return { subnets, heldOut, baselines };
}

interface Timed {
  readonly latencyMs: number;
  readonly errorMs?: number;
}

/** One of each key, with the mean of their latencies, and its standard error. */
function meanBy<T extends Timed>(values: readonly T[], keyOf: (value: T) => string): T[] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    latencyMs: group.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / group.length,
    ...(group[0]!.errorMs === undefined
      ? {}
      : { errorMs: Math.hypot(...group.map(({ errorMs = 0 }) => errorMs)) / group.length }),
  }));
}
