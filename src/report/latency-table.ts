// Latency tables on the console: one listed, two side by side.
import type { TableDiff, TableListing } from '../contracts/table-views.ts';
import { alignRows } from './console.ts';
import { missing } from './format.ts';

const ms = (value: number): string => value.toFixed(4);

/** A table entry by entry, with what it was made on and how good it is. */
export function listingSummary({ facts, entries, quality, predictor }: TableListing): string {
  const head = [
    'operation',
    'layers',
    'channels',
    'stride',
    'kernel',
    'dilation',
    'batch',
    'map',
    'expanded',
    'ms',
    'error',
    'spread',
    'rounds',
    '',
  ];
  const rows = entries.map((entry) => [
    `${entry.operation}${entry.squeezeExcite ? ' se' : ''} ${entry.activation}`,
    entry.layers.join(' '),
    `${entry.in} -> ${entry.out}`,
    String(entry.stride),
    String(entry.kernel),
    String(entry.dilation),
    String(entry.batch),
    `${entry.height} x ${entry.width}`,
    String(entry.expanded),
    ms(entry.latencyMs),
    ms(entry.errorMs),
    `${(100 * entry.spread).toFixed(0)} %`,
    String(entry.count),
    entry.settled ? '' : 'not settled',
  ]);
  const paths =
    quality.pathErrorPercent === undefined ? '' : `, ${quality.pathErrorPercent.toFixed(2)} % of whole paths`;
  const unsettled = quality.unsettled > 0 ? `, ${quality.unsettled} measurements did not settle` : '';
  return [
    ...facts,
    '',
    ...alignRows([head, ...rows], true),
    '',
    `quality: standard error ${quality.errorPercent.toFixed(2)} % of the entries' latencies${paths}${unsettled}`,
    ...(predictor ? [predictor] : []),
  ].join('\n');
}

/** Two tables side by side. */
export function diffSummary({ a, b, comparison }: TableDiff): string {
  const { differences, entries, onlyA, onlyB, medianRatio, rankCorrelation, referenceRatio } = comparison;
  const rows = entries.map(({ signature, aMs, bMs, ratio }) => [
    signature,
    ms(aMs),
    ms(bMs),
    ratio === null ? missing : ratio.toFixed(3),
  ]);
  const differing = differences.map(({ what, was, is }) => [what, String(was), String(is)]);
  return [
    `A ${a}`,
    `B ${b}`,
    '',
    ...(differing.length > 0 ? [...alignRows([['difference', 'A', 'B'], ...differing], false), ''] : []),
    ...alignRows([['operation', 'A ms', 'B ms', 'B / A'], ...rows], true),
    '',
    ...(onlyA.length > 0 ? [`only in A: ${onlyA.join('; ')}`] : []),
    ...(onlyB.length > 0 ? [`only in B: ${onlyB.join('; ')}`] : []),
    `${entries.length} operations in both: median ratio ${medianRatio?.toFixed(3) ?? missing}, ` +
      `rank correlation ${rankCorrelation?.toFixed(3) ?? missing}; drift reference ${referenceRatio.toFixed(3)}`,
  ].join('\n');
}
