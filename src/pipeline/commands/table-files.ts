// Commands on stored latency tables: show, diff, merge.

import type { LatencyTable } from '../../contracts/latency-table.ts';
import type { ListedEntry, TableListing } from '../../contracts/table-views.ts';
import { compareTables, mergeTables } from '../../latency/merge.ts';
import { calibrate, checkPredictor, plainSumCosts } from '../../latency/predictor.ts';
import { readTable, tableSpace, writeTable } from '../../latency/table-file.ts';
import { pathLatency } from '../../latency/types.ts';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { heatMapSvg, predictedSvg } from '../../report/latency-charts.ts';
import { diffSummary, listingSummary } from '../../report/latency-table.ts';
import { heatMapOf, machineOf } from '../heat-map.ts';
import type { Outcome, TableDiffOptions, TableMergeOptions, TableOrder, TableShowOptions } from '../options.ts';
import { predictorLine } from '../stages/latency.ts';

const comparisons: Readonly<Record<TableOrder, (a: ListedEntry, b: ListedEntry) => number>> = {
  latency: (a, b) => b.latencyMs - a.latencyMs,
  // As the space has them.
  layer: () => 0,
  operation: (a, b) => a.operation.localeCompare(b.operation),
  name: (a, b) => a.signature.localeCompare(b.signature),
};

/** Lists a table, and draws it where files are named. */
export async function runTableShow({ file, sort, svg, svgPredictor }: TableShowOptions): Promise<Outcome> {
  const table = await readTable(file);
  const { space, input, quality } = table;
  const listed = table.entries
    .map(({ roundsMs, ...entry }, i) => ({
      ...entry,
      layers: space.layers.flatMap((candidates, layer) => (candidates.includes(i) ? [layer] : [])),
      i,
    }))
    .sort(comparisons[sort]);
  const entries = listed.map(({ i: _, ...entry }) => entry);
  const check = predictorOf(table)?.check;
  const title = `${space.name}, ${input.height} x ${input.width}`;
  if (svg) await writeFileAtomic(svg, heatMapSvg({ title, subtitle: machineOf(table), ...heatMapOf(table) }));
  if (svgPredictor) await writeFileAtomic(svgPredictor, predictorSvg(table, title, file));
  const listing: TableListing = {
    facts: [
      machineOf(table),
      `space ${space.name}, input ${input.height} x ${input.width}: ${entries.length} operations`,
    ],
    quality,
    entries,
    ...(check ? { predictor: predictorLine(check) } : {}),
  };
  const places = new Map(listed.map(({ i }, place) => [i, place]));
  const layers = space.layers.map((candidates) => candidates.map((i) => places.get(i)!));
  const { checksum: _, ...contents } = table;
  const json = { ...contents, space: { ...space, layers }, entries, ...(check ? { predictor: check } : {}) };
  return { exitCode: ExitCode.pass, summary: listingSummary(listing), json };
}

/** Puts two tables side by side: of two machines, or of two versions of the runtime. */
export async function runTableDiff({ files: [a, b] }: TableDiffOptions): Promise<Outcome> {
  const [tableA, tableB] = [await readTable(a), await readTable(b)];
  const comparison = compareTables(tableA, tableB);
  const summary = diffSummary({ a: `${a}: ${machineOf(tableA)}`, b: `${b}: ${machineOf(tableB)}`, comparison });
  return { exitCode: ExitCode.pass, summary, json: { a, b, ...comparison } };
}

/** Pools tables of the same machine and space into one. */
export async function runTableMerge({ files, out }: TableMergeOptions): Promise<Outcome> {
  const tables = [];
  for (const source of files) tables.push({ source, table: await readTable(source) });
  const merged = mergeTables(tables);
  await writeTable(out, merged);
  const { entries, quality, origins } = merged;
  const ratios = origins!.map(({ ratio }) => ratio!.toFixed(3)).join(', ');
  const summary =
    `${out}: ${tables.length} tables of ${entries.length} operations as one, brought to the level of the first (by ${ratios}); ` +
    `standard error ${quality.errorPercent.toFixed(2)} %`;
  return { exitCode: ExitCode.pass, summary, json: { out, quality, origins } };
}

/** The predictor of a table with a calibration, and how it does on the subnets that were held out. */
function predictorOf(table: LatencyTable) {
  if (!table.calibration) return undefined;
  const space = tableSpace(table);
  const { costs } = calibrate(space, table, table.calibration.subnets);
  return { costs, check: checkPredictor(costs, table.calibration.heldOut, plainSumCosts(space, table)) };
}

/** @throws UserError when the table has no calibration */
function predictorSvg(table: LatencyTable, title: string, file: string): string {
  const predictor = predictorOf(table);
  if (!predictor || !table.calibration)
    throw new UserError(
      `${file}: calibration: missing, so there is nothing to predict with; leave out --svg-predictor`,
    );
  const measured = (heldOut: boolean, subnets: readonly { path: readonly number[]; latencyMs: number }[]) =>
    subnets.map(({ path, latencyMs }) => ({ latencyMs, predictedMs: pathLatency(predictor.costs, path), heldOut }));
  const { subnets, heldOut } = table.calibration;
  const { meanAbsoluteErrorPercent, biasPercent, spearman } = predictor.check;
  const subtitle = `held out: ${meanAbsoluteErrorPercent.toFixed(1)} % mean error, bias ${biasPercent.toFixed(1)} %, rank correlation ${spearman.toFixed(3)}`;
  return predictedSvg(title, subtitle, [...measured(false, subnets), ...measured(true, heldOut)]);
}
