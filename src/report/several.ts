// The results of several models as one comment: one table, what each verdict rests on folded below it.
import { createHash } from 'node:crypto';
import { judgedMiou } from '../contracts/judged-miou.ts';
import type { Result, ResultComparison } from '../contracts/result.ts';
import {
  type CommentTextOptions,
  commentMarker,
  defaultMaxBytes,
  describeState,
  footer,
  hiddenLines,
} from './comment.ts';
import { escapeName, escapeSentence } from './escape.ts';
import {
  megabytes,
  milliseconds,
  missing,
  outcomeIcons,
  percent,
  signedPercent,
  signedPoints,
  verdictWords,
} from './format.ts';
import { table } from './sections.ts';

/** A model, called by its path, and what was found of it. */
export interface ModelResult {
  readonly model: string;
  readonly result: Result;
}

const order = ['budget-missed', 'regression', 'inconclusive', 'pass'] as const;

/** The results, the worst verdict first. */
export function worstFirst<T extends ModelResult>(results: readonly T[]): T[] {
  const rank = ({ result }: ModelResult): number => order.indexOf(result.verdict);
  return [...results].sort((a, b) => rank(a) - rank(b));
}

/** Models that the first line names. */
const mostNamed = 10;

/** The results, of which there is at least one, as a comment or job summary. Everything that it takes from them is escaped. */
export function severalMarkdown(results: readonly ModelResult[], options: CommentTextOptions): string {
  // Where the text is too long, details go before rows do.
  const { maxBytes = defaultMaxBytes, title, accepted } = options;
  const sorted = worstFirst(results);
  const [worst] = sorted as [ModelResult];
  const { verdict } = worst.result;
  const same = sorted.filter(({ result }) => result.verdict === verdict);
  const count = `${same.length} of ${results.length} models`;
  const named = same.slice(0, mostNamed).map(({ model }) => escapeName(model));
  const more = same.length > mostNamed ? ` and ${same.length - mostNamed} more` : '';
  const names = verdict === 'pass' ? '' : `: ${named.join(', ')}${more}`;
  const states = results.map(({ result }) => hiddenLines(describeState(result, accepted), {})[0]);
  const head = [
    [
      commentMarker(options.key),
      ...hiddenLines(createHash('sha256').update(states.join()).digest('hex'), options),
    ].join('\n'),
    ...(title ? [`### ${escapeName(title)}`] : []),
    `${outcomeIcons[verdict]} **${verdictWords[verdict]}.** ${count}${names}.`,
    ...(accepted ? [`Accepted by ${escapeSentence(accepted)}.`] : []),
  ];
  const details = sorted.map(
    ({ model, result }) =>
      `<details>\n<summary>${outcomeIcons[result.verdict]} ${escapeName(model)}</summary>\n\n${escapeSentence(result.reason)}\n\n</details>`,
  );
  const end = footer(worst.result, options.origin);
  const whole = (rows: number, folds: number): string => {
    const left = [
      ...(rows < sorted.length ? [`${sorted.length - rows} models`] : []),
      ...(folds < details.length ? ['reasons'] : []),
    ];
    const note = left.length > 0 ? [`_Shortened to fit; left out: ${left.join(', ')}._`] : [];
    return `${[...head, modelsTable(sorted.slice(0, rows)), ...details.slice(0, folds), end, ...note].join('\n\n')}\n`;
  };
  for (const [rows, folds] of [
    [sorted.length, details.length],
    [sorted.length, same.length],
    [sorted.length, 0],
    [100, 0],
  ] as const) {
    const text = whole(Math.min(rows, sorted.length), Math.min(folds, details.length));
    if (Buffer.byteLength(text) <= maxBytes) return text;
  }
  return whole(20, 0);
}

function modelsTable(results: readonly ModelResult[]): string {
  const rows = results.map(({ model, result }) => {
    const network = result.networks.find(({ role }) => role === 'head');
    const base = result.networks.find(({ role }) => role === 'base');
    const found = (metric: ResultComparison['metric']) => result.comparisons?.find((one) => one.metric === metric);
    const [latency, miou] = [found('latency'), found('miou')];
    return [
      `${outcomeIcons[result.verdict]} **${escapeName(model)}**`,
      milliseconds(base?.latencyP50Ms),
      milliseconds(network?.latencyP50Ms),
      latency ? `${signedPercent(latency.change)} (${latency.interval.map(signedPercent).join(' to ')})` : missing,
      percent(judgedMiou(network)),
      miou ? signedPoints(miou.change) : missing,
      network ? megabytes(network.bytes) : missing,
    ];
  });
  return table(['model', 'base p50', 'p50', 'latency vs base', 'mIoU', 'mIoU vs base', 'size'], rows, 'lrrrrrr');
}
