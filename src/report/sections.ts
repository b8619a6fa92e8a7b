// The parts of a report as Markdown without their headings, for report.md and for comments. A part that the result does not have is undefined.
import { markdownTable } from 'markdown-table';
import type { Result, ResultComparison, ResultNetwork } from '../contracts/result.ts';
import { codeName, escapeName, escapeSentence } from './escape.ts';
import {
  accuracyColumns,
  accuracyRows,
  budgetRows,
  duration,
  milliseconds,
  networkCells,
  networkColumns,
  outcomeIcons,
  percent,
  setRows,
  silhouetteWarnings,
  sizedName,
} from './format.ts';

/** What no honest result reaches: a table of more rows is one that nobody reads. */
const maxRows = 200;

/** Every network with what was measured of it. */
export function networksTable(result: Result): string | undefined {
  if (result.networks.length === 0) return undefined;
  const rows = result.networks.map((network) => {
    const [, ...cells] = networkCells(network);
    return [networkName(network), ...cells];
  });
  return table([...networkColumns], rows, `l${'r'.repeat(networkColumns.length - 1)}`);
}

/** Head in bold, the base marked as such. */
export function networkName(network: ResultNetwork): string {
  const name = escapeName(sizedName(network));
  if (network.role === 'head') return `**${name}**`;
  return network.role === 'base' ? `${name} (base)` : name;
}

/** What is known of the accuracy of each network: over seeds and images, and at edges. */
export function accuracyTable(result: Result): string | undefined {
  const rows = accuracyRows(result).map(([name, ...cells]) => [escapeName(name!), ...cells]);
  if (rows.length === 0) return undefined;
  return table(['network', ...accuracyColumns], rows, `l${'r'.repeat(accuracyColumns.length)}`);
}

/** The photos that head does worst on, by name. */
export function worstTable({ networks }: Result): string | undefined {
  const worst = networks.find(({ role }) => role === 'head')?.worst ?? [];
  const rows = worst.map(({ id, miou, personIou }) => [codeName(id), percent(miou), percent(personIou)]);
  return rows.length === 0 ? undefined : table(['photo', 'mIoU', 'person IoU'], rows, 'lrr');
}

/** The picture of those photos, which lies beside the report. */
export function worstPicture({ networks }: Result): string | undefined {
  const picture = networks.find(({ role }) => role === 'head')?.worstPicture;
  if (picture === undefined) return undefined;
  return `![The photos of the table from left to right, and what was seen on them](${picture})\n\n${paint}`;
}

const paint = 'green: a person that was seen; blue: missed; red: seen where nobody is; gray: not labeled';

/** The photos on which head gains most, with a picture of what it and the other network see. */
export function improvedPhotos({ networks }: Result): string | undefined {
  const improved = networks.find(({ role }) => role === 'head')?.improved;
  if (!improved) return undefined;
  const { over, photos, picture } = improved;
  const rows = photos.map(({ id, miou, before }) => [codeName(id), percent(before), percent(miou)]);
  const text = table(['photo', `mIoU of ${escapeName(over)}`, 'mIoU of head'], rows, 'lrr');
  if (picture === undefined) return text;
  const shown = `![The photos of the table from left to right, under them what the other network saw, then head](${picture})`;
  return `${text}\n\n${shown}\n\n${paint}`;
}

/** What speaks against believing a score. */
export function warningsText(result: Result): string | undefined {
  const warnings = silhouetteWarnings(result).map((warning) => `⚠️ ${escapeSentence(warning)}`);
  return warnings.length === 0 ? undefined : warnings.slice(0, maxRows).join('\n\n');
}

/** mIoU of each network on each data set, where there are several. */
export function setsTable(result: Result): string | undefined {
  const [head, ...rows] = setRows(result);
  if (!head) return undefined;
  const escaped = rows.map(([name, ...cells]) => [escapeName(name!), ...cells]);
  return table(head.map(escapeName), escaped, `l${'r'.repeat(head.length - 1)}`);
}

/** Every budget with its margin. */
export function budgetsTable(result: Result): string | undefined {
  if (result.budgets.length === 0) return undefined;
  const rows = budgetRows(result).map(([name, limit, actual, state], i) => [
    codeName(name!),
    limit!,
    actual!,
    result.budgets[i]!.met === false ? `**${state}**` : state!,
  ]);
  return table(['budget', 'limit', 'actual', 'margin'], rows, 'lrrl');
}

/** The architecture of head, layer by layer. */
export function architectureTable({ architecture }: Result): string | undefined {
  if (!architecture) return undefined;
  // The head brings the input to half its side; each stride of 2 halves it again.
  let side = 2;
  const rows = architecture.layers.map((layer, index) => {
    side *= layer.stride;
    return [
      String(index),
      `s${side}`,
      codeName(layer.operation),
      `${layer.in} -> ${layer.out}`,
      String(layer.expanded),
      layer.activation,
      layer.squeezeExcite ? 'yes' : '',
      layer.residual ? 'yes' : '',
    ];
  });
  const head = ['layer', 'map', 'operation', 'channels', 'expanded', 'activation', 'SE', 'shortcut'];
  return table(head, rows, 'rllrrlll');
}

/** What predictor, supernet, search and derivation tell about themselves, as a list. */
export function searchFacts(result: Result): string | undefined {
  const { predictor, supernet, search } = result;
  const facts: string[] = [];
  if (result.maxLatencyMs !== undefined)
    facts.push(`Latency limit of the search: ${milliseconds(result.maxLatencyMs)}.`);
  if (predictor) {
    const { heldOut } = predictor;
    facts.push(
      `Latency predictor: ${heldOut.meanAbsoluteErrorPercent.toFixed(1)} % mean absolute error (bias ${signed(heldOut.biasPercent)} %) on ${heldOut.subnets} held-out subnets, ${percent(heldOut.within5Percent)} of them within 5 %; calibrated on ${predictor.calibrationSubnets}.`,
      `Rank correlation with measured latency (Spearman): predictor ${heldOut.spearman.toFixed(3)}, multiply-accumulates ${heldOut.macsSpearman.toFixed(3)}.`,
    );
  }
  if (supernet) {
    facts.push(
      `Supernet: ${supernet.steps} steps, ${supernet.images} images in ${duration(supernet.seconds)} (${supernet.imagesPerSecond.toFixed(1)} images/s, ${percent(supernet.dataWaitShare)} of it waiting for data); ${percent(supernet.acceptanceRate)} of unconstrained paths meet the limit${overLimit(supernet)}.`,
    );
  }
  if (search) {
    facts.push(
      `Search: ${search.steps} steps in ${duration(search.seconds)}; entropy of the architecture parameters ${search.entropyBefore.toFixed(3)} before, ${search.entropyAfter.toFixed(3)} after (1 is uniform)${overLimit(search)}.`,
    );
  }
  return facts.length === 0 ? undefined : list(facts);
}

/** Said only of a stage that could go over the limit. */
function overLimit({
  steps,
  constraintViolations,
}: {
  steps: number;
  constraintViolations?: number | undefined;
}): string {
  return constraintViolations === undefined ? '' : `; ${constraintViolations} of ${steps} steps went over it`;
}

/** Each comparison of head with base, in its own sentence. */
export function comparisonsList({ comparisons = [] }: Result): string | undefined {
  if (comparisons.length === 0) return undefined;
  return list(comparisons.map(({ outcome, reason }) => `${outcomeIcons[outcome]} ${escapeSentence(reason)}`));
}

/** The derived candidates, the chosen one in bold. */
export function candidatesTable({ derive }: Result): string | undefined {
  if (!derive || derive.candidates.length === 0) return undefined;
  const rows = derive.candidates.map((candidate) => [
    candidate.architecture === derive.chosen
      ? `**${escapeName(candidate.architecture)}** (chosen)`
      : escapeName(candidate.architecture),
    candidate.logProbability.toFixed(2),
    milliseconds(candidate.predictedMs),
    milliseconds(candidate.measuredMs),
    percent(candidate.supernetMiou),
    (candidate.trialMious ?? [candidate.trialMiou ?? []]).flat().map(percent).join(', '),
  ]);
  const head = ['candidate', 'log p', 'predicted', 'measured', 'supernet mIoU', 'trial mIoU'];
  // The last column only where something was tried.
  const columns = derive.candidates.some(({ trialMiou }) => trialMiou !== undefined) ? head.length : head.length - 1;
  const shown = rows.map((row) => row.slice(0, columns));
  return table(head.slice(0, columns), shown, `l${'r'.repeat(columns - 1)}`);
}

const teacherLine = ({ models, weight, unlabeled }: NonNullable<Result['teacher']>): string =>
  `${models.join(', ')}: ${percent(weight)} of the target${unlabeled > 0 ? `; ${unlabeled} photos without masks` : ''}`;

/** The precision is named where it is not float32 alone. */
function trainingLine({ name, epochs, trainSeconds = 0, precisions = [] }: ResultNetwork): string {
  const multiplied = precisions.includes('bfloat16') ? ` in ${precisions.join(' and ')}` : '';
  return `${name} ${epochs} epochs${multiplied}, ${duration(trainSeconds)}`;
}

/** Machine, runtime, data, recipe and commit. */
export function settingsTable(result: Result): string {
  const { hardware, data, networks } = result;
  const { available, physical, logical } = hardware.cores;
  const trained = networks.filter((network) => network.epochs !== undefined);
  const rows: [string, string | undefined][] = [
    ['processor', `${hardware.cpu.model}${hardware.virtual ? ' (virtual machine)' : ''}`],
    ['cores', `${available} available, ${physical} physical, ${logical} logical; ${result.threads} threads used`],
    ['threads', result.pinning],
    ...(result.comparisons ?? []).map((one): [string, string | undefined] => [
      `${escapeName(one.head)} against ${escapeName(one.base)}`,
      measuredHow(one),
    ]),
    ['instruction sets', hardware.isa.join(' ')],
    ['table and search made on', result.searchHardware?.cpu.model],
    ['system', `${hardware.os} ${hardware.osRelease}, Node ${hardware.nodeVersion}`],
    ['runtime', `ONNX Runtime ${hardware.onnxRuntimeVersion}`],
    ['input', `${result.input.height} x ${result.input.width}`],
    ...networks.map(({ name, reading }): [string, string | undefined] => [`${escapeName(name)} read as`, reading]),
    ...(data?.sets ?? []).map(({ name, weight, train, val }): [string, string] => [
      'data',
      `${name}: ${weight === 0 ? 'not trained on' : `${train} train${weight === 1 ? '' : `, each ${weight} times an epoch`}`}, ${val} val`,
    ]),
    ['teacher', result.teacher && teacherLine(result.teacher)],
    ['fingerprint of the data', data?.fingerprint],
    ['space', result.space],
    ['recipe', `${result.recipe}, seed ${result.seed}`],
    ['training', trained.map(trainingLine).join('; ')],
    ['commit', result.commit],
    ['made', `${result.createdAt} by proxyless-ci ${result.toolVersion}`],
  ];
  const given = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '');
  return table(
    ['', 'value'],
    given.map(([name, value]) => [name, escapeSentence(value)]),
    'll',
  );
}

/** Blocks and processes of a comparison of latency, and what else ran. */
function measuredHow({
  metric,
  count,
  processes,
  processDeviation,
  othersShare,
}: ResultComparison): string | undefined {
  if (metric !== 'latency' || processes === undefined) return undefined;
  const apart = processDeviation === undefined ? '' : `, which differ by ${(100 * processDeviation).toFixed(2)} %`;
  const others =
    othersShare === undefined ? '' : `; other programs used ${(100 * othersShare).toFixed(0)} % of the cores`;
  return `${count} blocks in ${processes} processes${apart}${others}`;
}

/** Where a slower head loses its time, operator by operator. */
export function operatorsTable({ comparisons = [] }: Result): string | undefined {
  const profiled = comparisons.filter(({ operators }) => operators);
  if (profiled.length === 0) return undefined;
  const change = (ms: number): string => `${ms < 0 ? '-' : '+'}${Math.abs(ms).toFixed(3)}`;
  const rows = profiled.flatMap(({ head, operators = [] }) =>
    operators.map(({ operator, name, baseMs, headMs, interval: [low, high] }) => [
      escapeName(head),
      codeName(operator),
      escapeName(name),
      milliseconds(baseMs),
      milliseconds(headMs),
      `${change(headMs - baseMs)} ms (${change(low)} to ${change(high)})`,
    ]),
  );
  if (rows.length === 0) return 'No single operator takes longer by more than the noise of its profile.';
  return table(['network', 'operator', 'node', 'base', 'head', 'difference (99 % interval)'], rows, 'lllrrr');
}

/**
 * A table; pipes within cells are escaped, rows beyond `maxRows` counted.
 * @param alignment one of l, r, c a column
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], alignment: string): string {
  const shown = rows.slice(0, maxRows);
  const more = rows.length > maxRows ? [[`${rows.length - maxRows} more`, ...head.slice(1).map(() => '')]] : [];
  const cells = [head, ...shown, ...more].map((row) =>
    row.map((cell) => (cell === '' ? ' ' : cell.replaceAll('|', '\\|'))),
  );
  return markdownTable(cells, { align: [...alignment] });
}

function list(lines: readonly string[]): string {
  const more = lines.length > maxRows ? [`${lines.length - maxRows} more`] : [];
  return [...lines.slice(0, maxRows), ...more].map((line) => `- ${line}`).join('\n');
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)}`;
}
