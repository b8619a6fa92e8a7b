// Plots by uPlot that work without a mouse: arrow keys go from point to point, what is there is told in words, and buttons hide and show series.
import uPlot from 'uplot';
import { h } from './dom.ts';

export interface PlotSeries {
  readonly name: string;
  /** One for each x; null: nothing there. */
  readonly values: readonly (number | null)[];
  /** Dots, dots that a line joins, a line alone, or steps. */
  readonly shape: 'dots' | 'joined' | 'line' | 'steps';
  readonly dash?: readonly number[];
}

export interface PlotAxis {
  readonly name: string;
  /** A value as it is told. */
  readonly format: (value: number) => string;
  /** At the axis, where that is shorter. */
  readonly tick?: (value: number) => string;
}

export interface PlotSpec {
  /** What it shows, in words. */
  readonly label: string;
  readonly x: PlotAxis & { readonly values: readonly number[] };
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
  readonly height?: number;
  /** Values that the axes hold too. */
  readonly include?: { readonly x?: readonly number[]; readonly y?: readonly number[] };
  /** Draws more, in the plot's own pixels. */
  readonly draw?: (u: uPlot, paint: Paint) => void;
}

/** The page's colors as they are now. */
export interface Paint {
  readonly ink: string;
  readonly line: string;
  readonly series: (index: number) => string;
}

/** Colors of series, which the page's style has for light and dark. */
const colors = 7;
const dark = matchMedia('(prefers-color-scheme: dark)');

function currentPaint(): Paint {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return { ink: of('--ink'), line: of('--line'), series: (index) => of(`--series-${index % colors}`) };
}

/** A plot as wide as its place, drawn again where that or the color scheme changes. */
export function plot(spec: PlotSpec): HTMLElement {
  const { label, series } = spec;
  const readout = h('p', { class: 'readout', role: 'status' });
  const place = h('div', {
    class: 'plot',
    tabindex: 0,
    role: 'group',
    'aria-label': `${label}. Arrow keys go from point to point.`,
  });
  const shown = series.map(() => true);
  let drawn: uPlot | undefined;
  const draw = (): void => {
    drawn?.destroy();
    if (place.clientWidth === 0) return;
    drawn = new uPlot(optionsOf(spec, currentPaint(), place.clientWidth, shown, readout), dataOf(spec), place);
    drawn.root.querySelector('canvas')!.setAttribute('role', 'img');
    drawn.root.querySelector('canvas')!.setAttribute('aria-label', label);
  };
  const buttons = series.map(({ name }, i) => {
    const swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = `var(--series-${i % colors})`;
    const button = h('button', { type: 'button', 'aria-pressed': 'true' }, swatch, name);
    button.addEventListener('click', () => {
      shown[i] = !shown[i];
      button.setAttribute('aria-pressed', String(shown[i]));
      drawn?.setSeries(i + 1, { show: shown[i]! });
    });
    return button;
  });
  // The index that the keys have come to: points of one x share a place, from which the cursor's own index is not found again.
  let reached: number | undefined;
  place.addEventListener('pointermove', () => {
    reached = undefined;
  });
  place.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !drawn) return;
    event.preventDefault();
    const { values } = spec.x;
    const from = reached ?? drawn.cursor.idx ?? (step > 0 ? -1 : values.length);
    const at = Math.min(values.length - 1, Math.max(0, from + step));
    reached = at;
    drawn.setCursor({ left: drawn.valToPos(values[at]!, 'x'), top: drawn.over.clientHeight / 2 });
    tell(drawn, spec, readout, at);
  });
  let width = 0;
  new ResizeObserver(() => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    draw();
  }).observe(place);
  dark.addEventListener('change', draw);
  const legend = series.length > 1 ? h('div', { class: 'legend' }, ...buttons) : undefined;
  return h('div', {}, legend, place, readout);
}

const dataOf = ({ x, series }: PlotSpec): uPlot.AlignedData => [
  [...x.values],
  ...series.map(({ values }) => [...values]),
];

function optionsOf(
  { x, y, series, height = 300, include, draw }: PlotSpec,
  paint: Paint,
  width: number,
  shown: readonly boolean[],
  readout: HTMLElement,
): uPlot.Options {
  const axis = { stroke: paint.ink, grid: { stroke: paint.line, width: 1 }, ticks: { stroke: paint.line, width: 1 } };
  const font = '12px system-ui, sans-serif';
  const named = ({ name, format, tick = format }: PlotAxis): uPlot.Axis => ({
    ...axis,
    font,
    label: name,
    labelFont: font,
    labelSize: 18,
    values: (_, ticks) => ticks.map(tick),
  });
  const range =
    (also: readonly number[] = []) =>
    (_: uPlot, low: number, high: number): [number, number] => {
      const [from, to] = [Math.min(low, ...also), Math.max(high, ...also)];
      const margin = 0.06 * (to - from) || 0.1 * Math.abs(to) || 1;
      return [from - margin, to + margin];
    };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 8 } },
    scales: { x: { time: false, range: range(include?.x) }, y: { range: range(include?.y) } },
    axes: [
      { ...named(x), size: 34 },
      { ...named(y), size: 72 },
    ],
    series: [
      {},
      ...series.map(({ name, shape, dash }, i): uPlot.Series => {
        const color = paint.series(i);
        const steps = shape === 'steps' ? { paths: uPlot.paths.stepped!({ align: 1 }) } : {};
        const dots = { show: shape === 'dots' || shape === 'joined', size: shape === 'dots' ? 9 : 6, fill: color };
        return {
          ...steps,
          label: name,
          show: shown[i]!,
          stroke: color,
          width: shape === 'dots' ? 0 : 2,
          spanGaps: true,
          points: dots,
          ...(shape === 'dots' ? { paths: () => null } : {}),
          ...(dash ? { dash: [...dash] } : {}),
        };
      }),
    ],
    hooks: {
      setCursor: [(u) => tell(u, { x, y, series }, readout)],
      ...(draw ? { draw: [(u: uPlot) => draw(u, paint)] } : {}),
    },
  };
}

/** What is under the cursor, in words. */
function tell(
  u: uPlot,
  { x, y, series }: Pick<PlotSpec, 'x' | 'y' | 'series'>,
  readout: HTMLElement,
  idx: number | null | undefined = u.cursor.idx,
): void {
  if (idx === null || idx === undefined) return;
  const there = series.flatMap(({ name, values }, i) => {
    const value = values[idx];
    return value === null || value === undefined || u.series[i + 1]?.show === false
      ? []
      : [`${name}: ${y.format(value)}`];
  });
  readout.textContent = `${x.name} ${x.format(x.values[idx]!)}. ${there.join('; ')}`;
}

/** A line across the plot at an x, with its name. */
export function markX(u: uPlot, at: number, name: string, color: string): void {
  const { ctx, bbox } = u;
  const left = u.valToPos(at, 'x', true);
  ctx.save();
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(left, bbox.top);
  ctx.lineTo(left, bbox.top + bbox.height);
  ctx.stroke();
  label(u, name, left, bbox.top + 12 * devicePixelRatio, color);
  ctx.restore();
}

/** A name beside a place, on the side where there is room. */
export function label(u: uPlot, text: string, x: number, y: number, color: string): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.fillStyle = color;
  const right = x + ctx.measureText(text).width + 8 * devicePixelRatio > bbox.left + bbox.width;
  ctx.textAlign = right ? 'right' : 'left';
  ctx.fillText(text, x + (right ? -8 : 8) * devicePixelRatio, y);
  ctx.restore();
}
