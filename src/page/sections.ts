// The sections of the page, each from the data that it shows; a section without data is left out.

import { judgedMiou } from '../contracts/judged-miou.ts';
import type { PageData } from '../contracts/page.ts';
import type { Result, ResultNetwork } from '../contracts/result.ts';
import { h, megabytes, millions, milliseconds, percent, scrolling, section, table } from './dom.ts';

const verdictWords: Readonly<Record<Result['verdict'], string>> = {
  pass: 'Pass',
  'budget-missed': 'Budget missed',
  regression: 'Regression',
  inconclusive: 'Inconclusive',
};

export function header({ result, warnings }: PageData): HTMLElement {
  const { verdict, reason, recipe, hardware, threads, input, createdAt } = result;
  return h(
    'header',
    {},
    h('h1', {}, 'proxyless-ci report'),
    h('p', { class: `verdict ${verdict}` }, h('strong', {}, verdictWords[verdict]), ` ${reason}`),
    h(
      'p',
      { class: 'facts' },
      `Recipe ${recipe}, ${hardware.cpu.model}, ${threads} thread${threads === 1 ? '' : 's'}, input ${input.height} x ${input.width}, ${createdAt.slice(0, 10)}`,
    ),
    ...warnings.map((warning) => h('p', { class: 'warning', role: 'note' }, `Warning: ${warning}`)),
  );
}

/** What a table says of networks; a column that no network has is left out. */
const columns: readonly { readonly head: string; readonly cell: (network: ResultNetwork) => string }[] = [
  { head: 'mIoU', cell: (network) => percent(judgedMiou(network)) },
  { head: 'p50', cell: ({ latencyP50Ms }) => milliseconds(latencyP50Ms) },
  { head: 'p95', cell: ({ latencyP95Ms }) => milliseconds(latencyP95Ms) },
  { head: 'parameters', cell: ({ parameters }) => millions(parameters) },
  { head: 'MACs', cell: ({ macs }) => millions(macs) },
  { head: 'size', cell: ({ bytes }) => megabytes(bytes) },
  { head: 'mIoU, 95 % interval', cell: ({ miouInterval }) => miouInterval?.map(percent).join(' to ') ?? '-' },
  { head: 'person IoU', cell: ({ personIou }) => percent(personIou) },
  { head: 'boundary IoU', cell: ({ boundaryIou }) => percent(boundaryIou) },
  { head: 'flicker', cell: ({ flicker }) => percent(flicker) },
];

/** With its role, and its input size where that is not the run's. */
function nameOf({ name, role, input }: ResultNetwork): string {
  const sized = input ? `${name}, ${input.height} x ${input.width}` : name;
  return role === 'baseline' ? sized : `${sized} (${role})`;
}

export function networks({ result, sets: [head = [], ...ofSets] }: PageData): HTMLElement | undefined {
  if (result.networks.length === 0) return undefined;
  const shown = columns.filter(({ cell }) => result.networks.some((network) => cell(network) !== '-'));
  const rows = result.networks.map((network) => [nameOf(network), ...shown.map(({ cell }) => cell(network))]);
  const { int8 } = result;
  return section(
    'networks',
    'Networks',
    table('Networks', ['network', ...shown.map(({ head }) => head)], rows),
    ofSets.length > 0 ? table('mIoU of each network by data set', head, ofSets) : undefined,
    int8 && h('p', {}, `${int8.network} is ${int8.recommended ? '' : 'not '}recommended: ${int8.reason}`),
  );
}

/** Networks under several latency limits, from one supernet. */
export function front({ result }: PageData): HTMLElement | undefined {
  if (!result.front) return undefined;
  const rows = result.front.points.map(({ limit, maxLatencyMs, network, supernetMiou, trialMiou, randomMiou }) => {
    const found = result.networks.find(({ name }) => name === network);
    return [
      limit,
      milliseconds(maxLatencyMs),
      network ?? 'none',
      milliseconds(found?.latencyP50Ms),
      ...[judgedMiou(found), trialMiou, supernetMiou, randomMiou].map(percent),
    ];
  });
  const head = [
    'limit',
    'as measured',
    'network',
    'p50',
    'mIoU',
    'after its trial',
    'by the supernet',
    'random networks',
  ];
  return section('front', 'Networks under several limits', table('Networks under several limits', head, rows));
}

export function comparisons({ result }: PageData): HTMLElement | undefined {
  const lines = (result.comparisons ?? []).map(({ outcome, metric, head, base, reason }) =>
    h('li', {}, h('span', { class: `outcome ${outcome}` }, outcome), ` ${head} against ${base}, ${metric}: ${reason}`),
  );
  return lines.length === 0 ? undefined : section('comparisons', 'Head against base', h('ul', {}, ...lines));
}

export function budgets({ budgets: rows }: PageData): HTMLElement | undefined {
  if (rows.length === 0) return undefined;
  return section('budgets', 'Budgets', table('Budgets', ['budget', 'limit', 'actual', 'state'], rows));
}

/** Each layer as a bar as long as its operation takes. */
export function architecture({ layers }: PageData): HTMLElement | undefined {
  if (layers.length === 0) return undefined;
  const longest = Math.max(...layers.map(({ latencyMs }) => latencyMs ?? 0));
  const bars = layers.map((layer, i) => {
    const { operation, latencyMs, height, width, stride, expanded, squeezeExcite } = layer;
    const shape = [
      `${layer.in} to ${layer.out} channels, ${height} x ${width}`,
      ...(stride === 2 ? ['stride 2'] : []),
      // Other operations have neither.
      ...(operation.startsWith('mb') ? [`${expanded} inside`] : []),
      ...(operation.startsWith('mbv3') && squeezeExcite ? ['squeeze-excite'] : []),
    ].join(', ');
    const bar = h('span', { class: 'bar' });
    bar.style.width = `${longest > 0 ? (100 * (latencyMs ?? 0)) / longest : 0}%`;
    return h(
      'li',
      {},
      h('span', { class: 'layer' }, `${i}  ${operation}`),
      h('span', { class: 'shape' }, shape),
      h('span', { class: 'track', 'aria-hidden': 'true' }, bar),
      h('span', { class: 'ms' }, latencyMs === undefined ? '' : `${latencyMs.toFixed(3)} ms`),
    );
  });
  return section('architecture', 'Architecture, layer by layer', h('ol', { class: 'layers' }, ...bars));
}

/** The latency table as a heat map: the darker, the slower. */
export function latencyTable({ table: heat }: PageData): HTMLElement | undefined {
  if (!heat) return undefined;
  const slowest = Math.max(...heat.rows.flatMap(({ cells }) => cells.map((cell) => cell?.latencyMs ?? 0)), 1e-9);
  const column = ({ channels, map }: (typeof heat.layers)[number], i: number): HTMLElement =>
    h('th', { scope: 'col' }, h('span', { class: 'step' }, String(i)), ` ${channels}`, h('br'), map);
  const head = h('tr', {}, h('th', { scope: 'col' }, 'operation'), ...heat.layers.map(column));
  const rows = heat.rows.map(({ operation, cells }) =>
    h('tr', {}, h('th', { scope: 'row' }, operation), ...cells.map((cell) => heatCell(cell, slowest))),
  );
  const unsettled = heat.rows.some(({ cells }) => cells.some((cell) => cell?.settled === false));
  return section(
    'table',
    'Latency table, milliseconds',
    h(
      'p',
      { class: 'facts' },
      `What each form of an operation (e4: four times as wide inside, se: with squeeze-excite) adds to a network in each layer.${unsettled ? ' Dashed: the measurement did not settle.' : ''}`,
    ),
    scrolling('Latency table', h('table', { class: 'map' }, h('thead', {}, head), h('tbody', {}, ...rows))),
  );
}

function heatCell(cell: NonNullable<PageData['table']>['rows'][number]['cells'][number], slowest: number): HTMLElement {
  if (!cell) return h('td', { class: 'none' });
  const { latencyMs, errorMs, settled } = cell;
  const share = latencyMs / slowest;
  const shade = share > 0.68 ? 'heat dark' : 'heat';
  const title = `standard error ${errorMs.toFixed(4)} ms${settled ? '' : ', did not settle'}`;
  const element = h('td', { class: settled ? shade : `${shade} unsettled`, title }, latencyMs.toFixed(3));
  element.style.setProperty('--heat', String(share));
  return element;
}
