// Pictures of a latency table: its operations by layer as a heat map, and what its predictor says against what was measured.
import type { HeatMap, PredictedSubnet } from '../contracts/table-views.ts';
import { linearScale, svgAxes, svgDocument, svgElement, svgText, svgTitle } from './svg.ts';

const cell = { width: 58, height: 30 };

/** Light to dark blue (the ends of ColorBrewer's Blues), t from 0 to 1. */
function blue(t: number): string {
  const channel = (light: number, dark: number): number => Math.round(light + (dark - light) * t);
  return `rgb(${channel(239, 8)},${channel(243, 48)},${channel(255, 107)})`;
}

/** Operations by layers, each cell with its milliseconds; what has not settled is set off by a dashed border. */
export function heatMapSvg({
  title,
  subtitle,
  layers,
  rows,
}: HeatMap & { readonly title: string; readonly subtitle: string }): string {
  const left = 24 + 7 * Math.max(9, ...rows.map(({ operation }) => operation.length));
  const top = 104;
  const width = left + cell.width * layers.length + 24;
  const bottom = top + cell.height * rows.length;
  const largest = Math.max(...rows.flatMap(({ cells }) => cells.map((c) => c?.latencyMs ?? 0)), 1e-9);
  const small = { 'text-anchor': 'middle', 'font-size': 11, fill: '#59636e' };
  const columns = layers.flatMap(({ channels, map }, i) => {
    const x = left + cell.width * (i + 0.5);
    return [
      svgText(x, top - 38, String(i), { 'text-anchor': 'middle', 'font-weight': 600 }),
      svgText(x, top - 23, channels, small),
      svgText(x, top - 9, map, small),
    ];
  });
  const lines = rows.flatMap(({ operation, cells }, row) => {
    const y = top + cell.height * row;
    const name = svgText(left - 8, y + cell.height / 2 + 4, operation, { 'text-anchor': 'end' });
    const boxes = cells.flatMap((found, layer) => {
      if (!found) return [];
      const { latencyMs, errorMs, settled } = found;
      const share = latencyMs / largest;
      const x = left + cell.width * layer;
      const box = { x: x + 1, y: y + 1, width: cell.width - 2, height: cell.height - 2, rx: 2, fill: blue(share) };
      const dashes = settled ? {} : { stroke: '#bc4c00', 'stroke-width': 2, 'stroke-dasharray': '4 3' };
      const about = `${operation}, layer ${layer}: ${latencyMs.toFixed(4)} ms, standard error ${errorMs.toFixed(4)} ms${settled ? '' : ', not settled'}`;
      const value = { 'text-anchor': 'middle', 'font-size': 11, fill: share > 0.45 ? '#ffffff' : '#1f2328' };
      return svgElement(
        'g',
        {},
        svgTitle(about),
        svgElement('rect', { ...box, ...dashes }),
        svgText(x + cell.width / 2, y + cell.height / 2 + 4, latencyMs.toFixed(latencyMs < 0.995 ? 3 : 2), value),
      );
    });
    return [name, ...boxes];
  });
  const unsettled = rows.some(({ cells }) => cells.some((found) => found?.settled === false));
  const note = `Milliseconds that an operation adds to its frame.${unsettled ? ' Dashed: did not settle.' : ''}`;
  return svgDocument(
    width,
    bottom + 36,
    `${title}: latency of each operation in each layer`,
    svgText(16, 24, title, { 'font-size': 15, 'font-weight': 600 }),
    svgText(16, 43, subtitle, { fill: '#59636e' }),
    svgText(left - 8, top - 38, 'layer', { 'text-anchor': 'end', fill: '#59636e' }),
    svgText(left - 8, top - 23, 'channels', { 'text-anchor': 'end', fill: '#59636e' }),
    svgText(left - 8, top - 9, 'input map', { 'text-anchor': 'end', fill: '#59636e' }),
    ...columns,
    ...lines,
    svgText(16, bottom + 24, note, { fill: '#59636e' }),
  );
}

/** Predicted against measured latency: on the diagonal where the predictor is right, between the dashes where it is within 5 %. */
export function predictedSvg(title: string, subtitle: string, subnets: readonly PredictedSubnet[]): string {
  const frame = { left: 64, top: 92, right: 544, bottom: 532 };
  const values = subnets.flatMap(({ latencyMs, predictedMs }) => [latencyMs, predictedMs]);
  const domain = [Math.min(...values), Math.max(...values)] as const;
  const x = linearScale(domain, [frame.left, frame.right]);
  const y = linearScale(domain, [frame.bottom, frame.top]);
  const [low, high] = [x.ticks[0]!, x.ticks.at(-1)!];
  const line = (slope: number, dashes?: string): string => {
    const [from, to] = [Math.max(low, low / slope), Math.min(high, high / slope)];
    const ends = { x1: x.at(from), y1: y.at(from * slope), x2: x.at(to), y2: y.at(to * slope) };
    return svgElement('line', { ...ends, stroke: '#59636e', 'stroke-dasharray': dashes });
  };
  const style = (heldOut: boolean) =>
    heldOut
      ? { fill: '#0969da', 'fill-opacity': 0.75 }
      : { fill: '#ffffff', 'fill-opacity': 0.6, stroke: '#bc4c00', 'stroke-width': 1.2 };
  const points = subnets.map(({ latencyMs, predictedMs, heldOut }) =>
    svgElement(
      'circle',
      { cx: x.at(latencyMs), cy: y.at(predictedMs), r: 3.5, ...style(heldOut) },
      svgTitle(`measured ${latencyMs.toFixed(3)} ms, predicted ${predictedMs.toFixed(3)} ms`),
    ),
  );
  const count = (heldOut: boolean): number => subnets.filter((subnet) => subnet.heldOut === heldOut).length;
  const legend = [
    svgElement('circle', { cx: frame.left + 6, cy: 71, r: 3.5, ...style(true) }),
    svgText(frame.left + 16, 75, `${count(true)} held out`),
    svgElement('circle', { cx: frame.left + 126, cy: 71, r: 3.5, ...style(false) }),
    svgText(frame.left + 136, 75, `${count(false)} calibrated on`),
    svgElement('line', {
      x1: frame.left + 262,
      x2: frame.left + 290,
      y1: 71,
      y2: 71,
      stroke: '#59636e',
      'stroke-dasharray': '4 4',
    }),
    svgText(frame.left + 296, 75, '5 % off'),
  ];
  return svgDocument(
    568,
    584,
    `${title}: predicted against measured latency of whole subnets`,
    svgText(16, 24, title, { 'font-size': 15, 'font-weight': 600 }),
    svgText(16, 43, subtitle, { fill: '#59636e' }),
    ...legend,
    svgAxes(frame, { scale: x, name: 'measured, ms' }, { scale: y, name: 'predicted, ms' }),
    line(1),
    line(1.05, '4 4'),
    line(1 / 1.05, '4 4'),
    ...points,
  );
}
