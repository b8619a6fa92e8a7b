// The picture behind verdicts on latency: what each block found, of head and of base's own copy, with the interval and the threshold.
import { confidenceText } from './format.ts';
import { linearScale, type SvgScale, svgDocument, svgElement, svgText, svgTitle } from './svg.ts';

/** One head's blocks; changes are shares, 0.03 is 3 % slower than base. */
export interface VerdictDistribution {
  readonly name: string;
  readonly base: string;
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  readonly reason: string;
  readonly change: number;
  readonly interval: readonly [number, number];
  readonly confidence: number;
  readonly threshold: number;
  readonly samples: { readonly head: readonly number[]; readonly copy: readonly number[] };
}

const width = 760;
const frame = { left: 150, right: width - 24 };
const rowHeight = 74;
const outcomeColors = { pass: '#1a7f37', fail: '#cf222e', inconclusive: '#9a6700' };

/** Every head with its base's copy above it, on one scale of per cents. */
export function verdictSvg(distributions: readonly VerdictDistribution[]): string {
  const shown = distributions.flatMap(({ samples, interval, threshold }) => [
    ...samples.head,
    ...samples.copy,
    ...interval.filter(Number.isFinite),
    threshold,
  ]);
  const scale = linearScale([100 * Math.min(...shown, 0), 100 * Math.max(...shown)], [frame.left, frame.right], 8);
  const top = 56;
  const groupHeight = 2 * rowHeight + 40;
  const bottom = top + groupHeight * distributions.length;
  const groups = distributions.map((distribution, i) => group(distribution, top + i * groupHeight, scale));
  const grid = scale.ticks.flatMap((tick) => {
    const x = scale.at(tick);
    return [
      svgElement('line', { x1: x, x2: x, y1: top, y2: bottom, stroke: '#d8dee4' }),
      svgText(x, bottom + 16, scale.label(tick), { 'text-anchor': 'middle', 'font-size': 11, fill: '#59636e' }),
    ];
  });
  return svgDocument(
    width,
    bottom + 48,
    'Change of latency against base, block by block',
    svgText(16, 26, 'Change of latency against base, block by block', { 'font-size': 15, 'font-weight': 600 }),
    ...grid,
    ...groups,
    svgText((frame.left + frame.right) / 2, bottom + 38, 'slower than base, percent', { 'text-anchor': 'middle' }),
  );
}

function group(distribution: VerdictDistribution, top: number, scale: SvgScale): string {
  const { name, base, outcome, change, interval, confidence, threshold, samples } = distribution;
  const color = outcomeColors[outcome];
  const limit = scale.at(100 * threshold);
  const [copyY, headY] = [top + 40 + rowHeight / 2 - 8, top + 40 + rowHeight * 1.5 - 8];
  const left = { 'text-anchor': 'end', 'font-size': 11 };
  const ends = interval.map((bound) => clamp(scale.at(100 * bound)));
  const at = clamp(scale.at(100 * change));
  return svgElement(
    'g',
    {},
    svgText(16, top + 22, `${shorten(name)} against ${shorten(base)}: ${outcome}`, {
      'font-weight': 600,
      fill: color,
    }),
    svgElement('line', {
      x1: limit,
      x2: limit,
      y1: top + 32,
      y2: headY + 30,
      stroke: '#cf222e',
      'stroke-dasharray': '5 3',
    }),
    svgText(limit + 4, top + 40, `threshold ${(100 * threshold).toFixed(1)} %`, { 'font-size': 11, fill: '#cf222e' }),
    svgText(frame.left - 10, copyY + 4, 'copy of base', { ...left, fill: '#59636e' }),
    dots(samples.copy, copyY, '#8c959f', scale),
    svgText(frame.left - 10, headY + 4, `${samples.head.length} blocks of head`, left),
    dots(samples.head, headY, color, scale),
    svgElement('line', { x1: ends[0], x2: ends[1], y1: headY + 22, y2: headY + 22, stroke: color, 'stroke-width': 3 }),
    svgElement('line', { x1: at, x2: at, y1: headY + 15, y2: headY + 29, stroke: color, 'stroke-width': 3 }),
    svgText(frame.left - 10, headY + 26, `median, ${confidenceText(confidence)}`, { ...left, fill: '#59636e' }),
  );
}

/** One dot a block; neighbors in time take turns in height, so that they do not hide each other. */
function dots(changes: readonly number[], y: number, fill: string, scale: SvgScale): string {
  const circles = changes.map((change, i) =>
    svgElement(
      'circle',
      { cx: scale.at(100 * change), cy: y + 4 * ((i % 5) - 2), r: 3.5, fill, 'fill-opacity': 0.7 },
      svgTitle(`block ${i + 1}: ${(100 * change).toFixed(2)} %`),
    ),
  );
  return svgElement('g', {}, ...circles);
}

const clamp = (x: number): number => Math.min(frame.right, Math.max(frame.left, Number.isNaN(x) ? frame.left : x));
const shorten = (name: string): string => (name.length > 44 ? `...${name.slice(-41)}` : name);
