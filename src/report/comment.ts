// A result as the comment that a pull request gets, and as the job summary: verdict first, one table, then what it rests on, folded.
//
// Where the text is longer than allowed, parts go in this order, and the comment names them: candidates, operators, search, diagnosis, architecture, settings,
// trend, worst photos, accuracy, data sets, chart, budgets, comparisons, warnings, then networks beyond the first twelve (the judged one and its base stay).
import { createHash } from 'node:crypto';
import type { Trend } from '../contracts/history.ts';
import { judgedMiou } from '../contracts/judged-miou.ts';
import type { Result, ResultNetwork } from '../contracts/result.ts';
import { UserError } from '../lib/errors.ts';
import { accuracyChart } from './chart.ts';
import { diagnosisSection } from './diagnosis.ts';
import { escapeName, escapeSentence } from './escape.ts';
import {
  megabytes,
  millions,
  milliseconds,
  missing,
  outcomeIcons,
  percent,
  signedPercent,
  signedPoints,
  threadCount,
  verdictWords,
} from './format.ts';
import {
  accuracyTable,
  architectureTable,
  budgetsTable,
  candidatesTable,
  comparisonsList,
  networkName,
  operatorsTable,
  searchFacts,
  setsTable,
  settingsTable,
  table,
  warningsText,
  worstTable,
} from './sections.ts';
import { trendHeading, trendSection } from './trend.ts';

/** GitHub takes 65,536 characters. */
export const defaultMaxBytes = 60_000;

/** Networks that the shortest form still lists. */
const fewNetworks = 12;

export interface CommentTextOptions {
  /** Who said that a regression is meant, which then does not fail the job. */
  readonly accepted?: string | undefined;
  /** Tells comments of one pull request apart: letters, digits, `.`, `_`, `-`. */
  readonly key: string;
  /** Longest text in bytes of UTF-8, of which there are at least as many as characters. */
  readonly maxBytes?: number | undefined;
  /** A heading, where several comments stand in one pull request. */
  readonly title?: string | undefined;
  /** Where the figures come from, as Markdown of the caller's own making. */
  readonly origin?: string | undefined;
  /** The run that the text is of, so that an older run that ends later does not overwrite it. */
  readonly run?: CommentRun | undefined;
  /** How the results of the base's branch have moved. It is advisory and not part of the state. */
  readonly trend?: Trend | undefined;
}

/** The run of a workflow that a comment is of. */
export interface CommentRun {
  /** GITHUB_RUN_ID: later runs have larger ones, and a run that is run again keeps its own. */
  readonly id: number;
  /** Commit that was measured. */
  readonly head: string;
}

/** The hidden lines below the marker: the state by its hash, and the run. */
export function hiddenLines(state: string, { run }: Pick<CommentTextOptions, 'run'>): string[] {
  return [`<!-- proxyless-ci-state:${state.slice(0, 16)} -->`, ...(run ? [runLine(run)] : [])];
}

/** The hidden line that names the run. */
function runLine({ id, head }: CommentRun): string {
  return `<!-- proxyless-ci-run:${id}:${head} -->`;
}

/** The run that a comment is of; undefined where it does not say. */
export function commentRun(text: string): CommentRun | undefined {
  const [, id, head] = /^<!-- proxyless-ci-run:(\d{1,15}):([0-9a-f]{7,64}) -->$/m.exec(text) ?? [];
  return id && head ? { id: Number(id), head } : undefined;
}

/** Where a measuring job left no result: a comment that says so. */
export function lostMarkdown({
  key,
  origin,
  run,
  conclusion,
}: CommentTextOptions & { readonly conclusion: string }): string {
  const lines = [
    `${commentMarker(key)}${run ? `\n${runLine(run)}` : ''}`,
    `${outcomeIcons.inconclusive} **No result.** The job that measures left none; it ended with: ${escapeName(conclusion)}.`,
    `<sub>See the log of ${origin}.</sub>`,
  ];
  return `${lines.join('\n\n')}\n`;
}

/**
 * The hidden first line by which a comment is found again.
 * @throws UserError when the key could end an HTML comment or is too long
 */
export function commentMarker(key: string): string {
  if (!/^[\w.-]{1,64}$/.test(key))
    throw new UserError(`comment-key: ${JSON.stringify(key)} must be 1 to 64 letters, digits, ".", "_" or "-"`);
  return `<!-- proxyless-ci:${key} -->`;
}

/**
 * The hidden second line: a hash of what does not differ between two runs on the same code. Left out are times, latencies and the commit; mIoU
 * counts to the tenth of a point that is printed.
 */
export function stateLine(text: string): string | undefined {
  return /^<!-- proxyless-ci-state:[0-9a-f]{16} -->$/m.exec(text)?.[0];
}

/**
 * A result as a comment or job summary. Everything that it takes from the result is escaped: a result may come from a fork.
 * @throws UserError for a key that cannot stand in a marker
 */
export function commentMarkdown(result: Result, options: CommentTextOptions): string {
  const { maxBytes = defaultMaxBytes } = options;
  const parts = commentParts(result, options);
  const dropped: string[] = [];
  let text = join(parts, dropped);
  for (const name of dropOrder) {
    if (Buffer.byteLength(text) <= maxBytes) return text;
    const part = parts.find((candidate) => candidate.name === name);
    if (!part?.text) continue;
    dropped.push(name);
    part.text = name === 'further networks' ? networksTable(result, fewNetworks) : undefined;
    text = join(parts, dropped);
  }
  return text;
}

/** A part of the comment; `text` is removed where there is no room for it. */
interface Part {
  readonly name: string;
  text: string | undefined;
}

const dropOrder = [
  'candidates',
  'operators',
  'search',
  'diagnosis',
  'architecture',
  'settings',
  'trend',
  'worst photos',
  'accuracy',
  'data sets',
  'chart',
  'budgets',
  'comparisons',
  'warnings',
  'further networks',
] as const;

function commentParts(result: Result, { title, accepted, origin, trend, ...options }: CommentTextOptions): Part[] {
  const { architecture, derive } = result;
  const icon = outcomeIcons[result.verdict];
  const layers = architecture && `${escapeName(architecture.name)}, ${architecture.layers.length} layers`;
  return [
    {
      name: 'marker',
      text: [commentMarker(options.key), ...hiddenLines(describeState(result, accepted), options)].join('\n'),
    },
    { name: 'title', text: title && `### ${escapeName(title)}` },
    { name: 'verdict', text: `${icon} **${verdictWords[result.verdict]}.** ${escapeSentence(result.reason)}` },
    { name: 'accepted', text: accepted && `Accepted by ${escapeSentence(accepted)}.` },
    { name: 'warnings', text: warningsText(result) },
    { name: 'further networks', text: networksTable(result) },
    { name: 'comparisons', text: comparisonsList(result) },
    { name: 'budgets', text: budgetsTable(result) },
    { name: 'chart', text: accuracyChart(result) },
    { name: 'data sets', text: folded('By data set', setsTable(result)) },
    { name: 'accuracy', text: folded('Accuracy', accuracyTable(result)) },
    { name: 'worst photos', text: folded('Worst photos', worstTable(result)) },
    { name: 'trend', text: trend && folded(trendHeading(trend), trendSection(trend)) },
    { name: 'architecture', text: folded(`Architecture: ${layers}`, architectureTable(result)) },
    { name: 'diagnosis', text: folded('Did the search work?', diagnosisSection(result)) },
    { name: 'search', text: folded('How the search went', searchFacts(result)) },
    { name: 'candidates', text: folded(`Candidates: ${derive?.candidates.length}`, candidatesTable(result)) },
    { name: 'operators', text: folded('Why slower: the operators that differ most', operatorsTable(result)) },
    { name: 'settings', text: folded('How it was measured', settingsTable(result)) },
    { name: 'footer', text: footer(result, origin) },
  ];
}

function join(parts: readonly Part[], dropped: readonly string[]): string {
  const note = dropped.length > 0 ? `_Shortened to fit; left out: ${dropped.join(', ')}._` : undefined;
  const texts = [...parts.map((part) => part.text), note];
  return `${texts.filter((text) => text !== undefined).join('\n\n')}\n`;
}

/** The columns that a reviewer weighs, with the change against base where there is one. Head and base come first. */
function networksTable(result: Result, count = Number.POSITIVE_INFINITY): string | undefined {
  if (result.networks.length === 0) return undefined;
  const base = result.networks.find((network) => network.role === 'base');
  const order = { head: 0, base: 1, int8: 2, front: 3, baseline: 4 } as const;
  const networks = [...result.networks].sort((a, b) => order[a.role] - order[b.role]).slice(0, count);
  const rows = networks.map((network) => {
    const cells = [
      percent(judgedMiou(network)),
      latency(network),
      network.fps === undefined ? missing : network.fps.toFixed(0),
      millions(network.macs),
      millions(network.parameters),
      megabytes(network.bytes),
      ...(base ? changes(result, network, base) : []),
    ];
    return [networkName(network), ...cells.map(unbroken)];
  });
  const head = ['network', 'mIoU', 'latency p50 (95\u00a0%)', 'FPS', 'MACs', 'params', 'size'];
  const columns = base ? [...head, 'latency vs base', 'mIoU vs base'] : head;
  return table(columns, rows, `l${'r'.repeat(columns.length - 1)}`);
}

/** A number keeps its unit on its line; an interval may go to the next. */
function unbroken(cell: string): string {
  return cell.replaceAll(/ (?!\()/g, '\u00a0');
}

function latency({ latencyP50Ms, latencyP50IntervalMs }: ResultNetwork): string {
  if (latencyP50IntervalMs === undefined) return milliseconds(latencyP50Ms);
  const [low, high] = latencyP50IntervalMs;
  return `${milliseconds(latencyP50Ms)} (${milliseconds(low).replace(' ms', '')} to ${milliseconds(high).replace(' ms', '')})`;
}

/** Latency and mIoU against base: of head as the comparison found it, block by block; of others from their medians. */
function changes({ comparisons = [] }: Result, network: ResultNetwork, base: ResultNetwork): [string, string] {
  if (network === base) return [missing, missing];
  const compared = (metric: 'latency' | 'miou'): number | undefined =>
    comparisons.find((c) => c.metric === metric && c.head === network.name && c.base === base.name)?.change;
  const ratio = network.latencyP50Ms && base.latencyP50Ms ? network.latencyP50Ms / base.latencyP50Ms - 1 : undefined;
  const [own, other] = [judgedMiou(network), judgedMiou(base)];
  const difference = own !== undefined && other !== undefined ? own - other : undefined;
  const slower = compared('latency') ?? ratio;
  const better = compared('miou') ?? difference;
  return [
    slower === undefined ? missing : signedPercent(slower),
    better === undefined ? missing : signedPoints(better),
  ];
}

function folded(summary: string, content: string | undefined): string | undefined {
  return content && `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** What was measured on what, by which version, in which run. */
export function footer({ hardware, threads, commit, toolVersion }: Result, origin: string | undefined): string {
  const facts = [
    `${escapeName(hardware.cpu.model)}, ${threadCount(threads)}`,
    `ONNX Runtime ${escapeName(hardware.onnxRuntimeVersion)}`,
    commit && `commit ${escapeName(commit)}`,
    `proxyless-ci ${escapeName(toolVersion)}`,
    origin,
  ];
  return `<sub>${facts.filter((fact) => fact).join(' · ')}</sub>`;
}

/** What `stateLine` shows the start of: a hash of what does not differ between two runs on the same code. */
export function describeState(
  { verdict, budgets, comparisons = [], networks, architecture }: Result,
  accepted: string | undefined,
): string {
  const lasting = [
    verdict,
    accepted ?? null,
    // The limit of max-latency-vs is itself a measured latency.
    budgets.map(({ name, limit, met }) => [name, name.startsWith('max-latency-vs') ? null : limit, met]),
    comparisons.map(({ metric, head, base, outcome }) => [metric, head, base, outcome]),
    networks.map(({ role, name, parameters, macs, miou }) => [role, name, parameters, macs ?? null, percent(miou)]),
    architecture?.layers ?? [],
  ];
  return createHash('sha256').update(JSON.stringify(lasting)).digest('hex');
}

/**
 * A comment's text cut to a length, between blocks, outside code and folds; it says so. For a server that takes less than `maxBytes`.
 * @param length in UTF-16 code units
 */
export function shortenComment(text: string, length: number): string {
  const note = '\n\n_Shortened: the server does not accept a longer comment._\n';
  const room = Math.max(0, length - note.length);
  let end = 0;
  for (const { index } of text.matchAll(/\n\n|$/g)) {
    if (index > room) break;
    const before = text.slice(0, index);
    const open = count(before, /^<details>$/gm) > count(before, /^<\/details>$/gm) || count(before, /^```/gm) % 2 > 0;
    if (!open) end = index;
  }
  return `${text.slice(0, end || room).trimEnd()}${note}`;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
