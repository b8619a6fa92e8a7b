// The sections of the page, each from the data that it shows; a section without data is left out.
import type { PageData } from '../contracts/page.ts';
import type { Result } from '../contracts/result.ts';
import { h, millions, milliseconds, percent, section, table } from './dom.ts';

const verdictWords: Readonly<Record<Result['verdict'], string>> = {
  pass: 'Pass',
  'budget-missed': 'Budget missed',
  regression: 'Regression',
  inconclusive: 'Inconclusive',
};

export function header({ result }: PageData): HTMLElement {
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
  );
}

export function networks({ result }: PageData): HTMLElement | undefined {
  if (result.networks.length === 0) return undefined;
  const rows = result.networks.map((network) => [
    network.role === 'baseline' ? network.name : `${network.name} (${network.role})`,
    percent(network.miou),
    percent(network.personIou),
    milliseconds(network.latencyP50Ms),
    milliseconds(network.latencyP95Ms),
    millions(network.parameters),
    millions(network.macs),
  ]);
  const { int8 } = result;
  return section(
    'networks',
    'Networks',
    table('Networks', ['network', 'mIoU', 'person IoU', 'p50', 'p95', 'parameters', 'MACs'], rows),
    ...(int8 ? [h('p', {}, `${int8.network} is ${int8.recommended ? '' : 'not '}recommended: ${int8.reason}`)] : []),
  );
}

export function comparisons({ result }: PageData): HTMLElement | undefined {
  const lines = (result.comparisons ?? []).map(({ outcome, metric, head, base, reason }) =>
    h('li', {}, h('span', { class: `outcome ${outcome}` }, outcome), ` ${head} against ${base}, ${metric}: ${reason}`),
  );
  return lines.length === 0 ? undefined : section('comparisons', 'Head against base', h('ul', {}, ...lines));
}

export function budgets({ result }: PageData): HTMLElement | undefined {
  if (result.budgets.length === 0) return undefined;
  const number = (value: number | null): string => (value === null ? '-' : String(Number(value.toPrecision(4))));
  const rows = result.budgets.map(({ name, limit, actual, met }) => [
    name,
    number(limit),
    number(actual),
    met === null ? 'not known' : met ? 'met' : 'missed',
  ]);
  return section('budgets', 'Budgets', table('Budgets', ['budget', 'limit', 'actual', 'state'], rows));
}

/** Each layer as a bar as long as its operation takes. */
export function architecture({ layers }: PageData): HTMLElement | undefined {
  if (layers.length === 0) return undefined;
  const longest = Math.max(...layers.map(({ latencyMs }) => latencyMs ?? 0));
  const bars = layers.map((layer, i) => {
    const { operation, latencyMs, height, width, stride } = layer;
    const shape = `${layer.in} to ${layer.out} channels, ${height} x ${width}${stride === 2 ? ', stride 2' : ''}`;
    const bar = h('span', { class: 'bar', 'aria-hidden': 'true' });
    bar.style.width = `${longest > 0 ? (100 * (latencyMs ?? 0)) / longest : 0}%`;
    return h(
      'li',
      {},
      h('span', { class: 'layer' }, `${i}  ${operation}`),
      h('span', { class: 'shape' }, shape),
      h('span', { class: 'track' }, bar),
      h('span', { class: 'ms' }, latencyMs === undefined ? '' : `${latencyMs.toFixed(3)} ms`),
    );
  });
  return section('architecture', 'Architecture, layer by layer', h('ol', { class: 'layers' }, ...bars));
}

/** The latency table as a heat map: the darker, the slower. */
export function latencyTable({ table: heat }: PageData): HTMLElement | undefined {
  if (!heat) return undefined;
  const slowest = Math.max(...heat.rows.flatMap(({ cells }) => cells.map((cell) => cell?.latencyMs ?? 0)), 1e-9);
  const rows = heat.rows.map(({ operation, cells }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, operation),
      ...cells.map((found) => {
        if (!found) return h('td', { class: 'none' });
        const share = found.latencyMs / slowest;
        const title = `standard error ${found.errorMs.toFixed(4)} ms${found.settled ? '' : ', did not settle'}`;
        const shade = share > 0.55 ? 'heat dark' : 'heat';
        const cell = h(
          'td',
          { class: found.settled ? shade : `${shade} unsettled`, title },
          found.latencyMs.toFixed(3),
        );
        cell.style.setProperty('--heat', String(share));
        return cell;
      }),
    ),
  );
  return section(
    'table',
    'Latency table, milliseconds',
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Latency table' },
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'operation'),
            ...heat.layers.map(({ channels, map }, i) => h('th', { scope: 'col' }, `${i}: ${channels}, ${map}`)),
          ),
        ),
        h('tbody', {}, ...rows),
      ),
    ),
  );
}
