// All timings of each network as dots, one row of dots a block: what a median alone does not tell.
import type { Result, ResultNetwork } from '../contracts/result.ts';
import { h, milliseconds, s, section } from './dom.ts';

/** Timings beyond this quantile are told, not drawn: one of them would press all others together. */
const shownShare = 0.99;

/** Of a network's picture in pixels: more than ten blocks need more room. */
const heightOf = (blocks: number): number => Math.max(44, 10 + 1.6 * blocks);

export function latencies({ result }: { readonly result: Result }): HTMLElement | undefined {
  const timed = result.networks.filter(({ latencyBlocksMs }) => (latencyBlocksMs?.flat().length ?? 0) > 0);
  if (timed.length === 0) return undefined;
  const all = timed.map(({ latencyBlocksMs }) => latencyBlocksMs!.flat().sort((a, b) => a - b));
  const low = Math.min(...all.map(([first]) => first!));
  const high = Math.max(...all.map((sorted) => sorted[Math.floor(shownShare * (sorted.length - 1))]!));
  // By ratios: a timing that another process disturbed is several times as long.
  const at = (ms: number): number => 1 + (98 * Math.log(ms / low)) / Math.max(Math.log(high / low), 1e-9);
  const ticks = ticksOf(low, high);
  return section(
    'latencies',
    'Latency, timing by timing',
    h(
      'p',
      { class: 'facts' },
      'Each dot is one run. Dots at one height were measured together, in one block; the line is the median, the bar its 95 % interval. Equal distances are equal ratios.',
    ),
    h(
      'ul',
      { class: 'strips' },
      ...timed.map((network, i) => strip(network, i, all[i]!, { at, high, ticks })),
      h('li', { class: 'axis', 'aria-hidden': 'true' }, h('span'), axis(ticks, at)),
    ),
  );
}

interface Scale {
  /** Percent of the width. */
  readonly at: (ms: number) => number;
  readonly high: number;
  readonly ticks: readonly number[];
}

function strip(
  { name, latencyBlocksMs, latencyP50Ms, latencyP50IntervalMs, latencyP95Ms }: ResultNetwork,
  index: number,
  sorted: readonly number[],
  { at, high, ticks }: Scale,
): HTMLElement {
  const blocks = latencyBlocksMs!;
  const beyond = sorted.filter((ms) => ms > high).length;
  const height = heightOf(blocks.length);
  const spacing = (height - 10) / blocks.length;
  const r = Math.min(2.2, 0.65 * spacing).toFixed(1);
  const y = (block: number): number => 5 + spacing * (block + 0.5);
  const percentAt = (ms: number): string => `${at(ms).toFixed(2)}%`;
  const dots = blocks.flatMap((block, b) =>
    block.filter((ms) => ms <= high).map((ms) => s('circle', { cx: percentAt(ms), cy: y(b).toFixed(1), r })),
  );
  const shown = latencyP50IntervalMs?.map((ms) => Math.min(ms, high));
  const words = `${name}: median ${milliseconds(latencyP50Ms)}, 95th percentile ${milliseconds(latencyP95Ms)}, ${sorted.length} timings from ${milliseconds(sorted[0])} to ${milliseconds(sorted.at(-1))}`;
  const picture = s(
    'svg',
    { role: 'img', 'aria-label': words, height, class: `strip series-${index % 7}` },
    ...ticks.map((ms) => s('line', { class: 'grid', x1: percentAt(ms), x2: percentAt(ms), y1: 0, y2: height })),
    s('g', { class: 'dots' }, ...dots),
    shown
      ? s('rect', {
          class: 'interval',
          x: percentAt(shown[0]!),
          width: `${(at(shown[1]!) - at(shown[0]!)).toFixed(2)}%`,
          y: 0,
          height,
        })
      : undefined,
    latencyP50Ms === undefined
      ? undefined
      : s('line', { class: 'median', x1: percentAt(latencyP50Ms), x2: percentAt(latencyP50Ms), y1: 0, y2: height }),
  );
  const text = `${milliseconds(latencyP50Ms)}${beyond > 0 ? `, ${beyond} of ${sorted.length} over ${milliseconds(high)}` : ''}`;
  return h('li', {}, h('span', { class: 'name' }, name, h('span', { class: 'facts' }, text)), picture);
}

function axis(ticks: readonly number[], at: Scale['at']): SVGElement {
  return s(
    'svg',
    { height: 18 },
    ...ticks.map((ms) =>
      s('text', { x: `${at(ms).toFixed(2)}%`, y: 13, 'text-anchor': 'middle' }, `${Number(ms.toPrecision(4))} ms`),
    ),
  );
}

/** Some round values between two: 1, 2 or 5 times a power of ten where they are far apart, equal steps where they are not. */
function ticksOf(low: number, high: number): number[] {
  if (high > 5 * low) {
    const powers = Array.from({ length: 9 }, (_, i) => 10 ** (i - 4));
    return powers.flatMap((power) => [power, 2 * power, 5 * power]).filter((ms) => ms >= low && ms <= high);
  }
  const raw = (high - low) / 4 || low;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999)!;
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}
