// Writing SVG: elements, text, scales and axes. Charts are made of these; every text is escaped here and nowhere else.

/** Attributes of an element; undefined ones are left out, numbers written to a hundredth. */
export type SvgAttributes = Readonly<Record<string, string | number | undefined>>;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character]!);

/** An element around others (as SVG, already written). */
export function svgElement(name: string, attributes: SvgAttributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return ` ${key}="${typeof value === 'number' ? String(Math.round(value * 100) / 100) : escaped(value)}"`;
  });
  return children.length > 0 ? `<${name}${list.join('')}>${children.join('')}</${name}>` : `<${name}${list.join('')}/>`;
}

/** A line of text; `text-anchor` and the like as attributes. */
export function svgText(x: number, y: number, text: string, attributes: SvgAttributes = {}): string {
  return svgElement('text', { x, y, ...attributes }, escaped(text));
}

/** What a viewer shows while the pointer is on the element that holds it. */
export const svgTitle = (text: string): string => svgElement('title', {}, escaped(text));

/**
 * A whole file, on white, in the reader's sans-serif font of 12 pixels.
 * @param title the picture in words, for those who do not see it
 */
export function svgDocument(width: number, height: number, title: string, ...children: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'font-family': 'system-ui, sans-serif',
    'font-size': 12,
    fill: '#1f2328',
  };
  const background = svgElement('rect', { width, height, fill: '#ffffff' });
  return `${svgElement('svg', attributes, `${svgTitle(title)}\n`, `${background}\n`, ...children.map((c) => `${c}\n`))}\n`;
}

/** From values to pixels, with round values to write beside an axis. */
export interface SvgScale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  /** A tick as text, with as many decimals as the ticks need. */
  readonly label: (value: number) => string;
}

/** A linear scale from a domain (widened to round values) to pixels, with about `count` ticks at 1, 2 or 5 times a power of ten. */
export function linearScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  count = 6,
): SvgScale {
  const span = high > low ? high - low : Math.abs(low) || 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999)!;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    at: (value) => from + ((value / step - first) / (last - first)) * (to - from),
    ticks: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step),
    label: (value) => value.toFixed(decimals),
  };
}

/** The rectangle that data are drawn in, in pixels. */
export interface SvgFrame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Both axes of a frame with grid lines, tick labels and names. */
export function svgAxes(
  { left, top, right, bottom }: SvgFrame,
  x: { readonly scale: SvgScale; readonly name: string },
  y: { readonly scale: SvgScale; readonly name: string },
): string {
  const grid = { stroke: '#d8dee4', 'stroke-width': 1 };
  const label = { 'font-size': 11, fill: '#59636e' };
  const columns = x.scale.ticks.flatMap((tick) => {
    const at = x.scale.at(tick);
    return [
      svgElement('line', { x1: at, x2: at, y1: top, y2: bottom, ...grid }),
      svgText(at, bottom + 16, x.scale.label(tick), { 'text-anchor': 'middle', ...label }),
    ];
  });
  const rows = y.scale.ticks.flatMap((tick) => {
    const at = y.scale.at(tick);
    return [
      svgElement('line', { x1: left, x2: right, y1: at, y2: at, ...grid }),
      svgText(left - 6, at + 4, y.scale.label(tick), { 'text-anchor': 'end', ...label }),
    ];
  });
  const middle = (top + bottom) / 2;
  const names = [
    svgText((left + right) / 2, bottom + 36, x.name, { 'text-anchor': 'middle' }),
    svgText(left - 42, middle, y.name, { 'text-anchor': 'middle', transform: `rotate(-90 ${left - 42} ${middle})` }),
  ];
  return svgElement('g', {}, ...columns, ...rows, ...names);
}
