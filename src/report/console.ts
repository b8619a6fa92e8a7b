// The short plain table at the end of a run, for a terminal or a log.

import type { Measurement } from '../contracts/measurement.ts';
import type { Inspection } from '../contracts/model.ts';
import type { Result } from '../contracts/result.ts';
import {
  accuracyColumns,
  accuracyRows,
  budgetAmount,
  budgetState,
  comparisonCells,
  comparisonColumns,
  millions,
  milliseconds,
  networkCells,
  networkColumns,
  setRows,
  silhouetteWarnings,
  threadCount,
  verdictWords,
} from './format.ts';
import { int8Rows, int8Sentence } from './int8.ts';

/** A result as aligned plain text: the networks, the budgets, the verdict with its reason as the last line. */
export function consoleSummary(result: Result): string {
  const { height, width } = result.input;
  const networks = [[...networkColumns], ...result.networks.map(networkCells)];
  const budgets = result.budgets.map((budget) => [
    budget.name,
    `${budgetAmount(budget.name, budget.actual)} of ${budgetAmount(budget.name, budget.limit)}`,
    budgetState(budget),
  ]);
  const machine = `${result.hardware.cpu.model}, ${threadCount(result.threads)}, input ${height} x ${width}`;
  const parts = result.networks.length > 0 ? [machine, '', ...alignRows(networks, true)] : [machine];
  const sets = setRows(result);
  if (sets.length > 0) parts.push('', ...alignRows(sets, true));
  const accuracy = accuracyRows(result);
  if (accuracy.length > 0) parts.push('', ...alignRows([['network', ...accuracyColumns], ...accuracy], true));
  if (result.comparisons)
    parts.push('', ...alignRows([[...comparisonColumns], ...result.comparisons.map(comparisonCells)], false));
  if (budgets.length > 0) parts.push('', ...alignRows(budgets, false));
  if (result.int8) parts.push('', ...alignRows(int8Rows(result.int8), true), '', int8Sentence(result.int8));
  const warnings = silhouetteWarnings(result).map((warning) => `warning: ${warning}`);
  if (warnings.length > 0) parts.push('', ...warnings);
  return [...parts, '', `${verdictWords[result.verdict]}: ${result.reason}`].join('\n');
}

/** What `measure` found, as aligned plain text. */
export function measurementSummary(found: Measurement): string {
  const { hardware, threads, reference } = found;
  const inputs = Object.entries(found.inputs).map(([name, dims]) => `${name} ${dims.join(' x ')}`);
  const quantile = ({ value, interval: [low, high] }: Measurement['p50']) => [
    milliseconds(value),
    `95 % interval ${milliseconds(low)} to ${milliseconds(high)}`,
  ];
  const rows = [
    ['p50', ...quantile(found.p50)],
    ['p95', ...quantile(found.p95)],
    ['p99', ...quantile(found.p99)],
    ['FPS', found.fps.toFixed(1), 'at p50'],
    ['memory', `${(found.memoryBytes / 2 ** 20).toFixed(0)} MiB`, 'above that before the first session'],
    [
      'reference',
      milliseconds(reference.p50Ms),
      `a fixed network in the same rounds; its blocks moved by up to ${(100 * reference.drift).toFixed(1)} %`,
    ],
  ];
  return [
    `${found.model}: ${millions(found.parameters)} parameters, ${inputs.join(', ')}`,
    `${hardware.cpu.model}, ${threadCount(threads)}, ${found.runs} runs in ${found.blocks} sessions`,
    '',
    ...alignRows(rows, false),
    found.pinning,
    '',
    `${found.verdict === 'measured' ? 'Measured' : 'Inconclusive'}: ${found.reason}`,
  ].join('\n');
}

const sources = {
  given: 'as stated',
  metadata: 'from its metadata',
  graph: 'from the graph, or from what it computes',
  assumed: 'ASSUMED: the file does not say',
} as const;

/** What would be assumed of a model, as aligned plain text. */
export function inspectionSummary({ model, parameters, macs, bytes, facts }: Inspection): string {
  return [
    `${model}: ${millions(parameters)} parameters, ${millions(macs)} multiply-accumulates, ${bytes} bytes`,
    '',
    ...alignRows(
      facts.map(({ what, value, from }) => [what, value, sources[from]]),
      false,
    ),
  ].join('\n');
}

/** Rows with their columns made equally wide; all but the first aligned to the right where `numbers`. */
export function alignRows(rows: readonly (readonly string[])[], numbers: boolean): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (numbers && column > 0 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}
