// Accuracy over latency: one point a network, with its interval in the legend. Drawn by uPlot.
import uPlot from 'uplot';
import type { Result } from '../contracts/result.ts';
import { milliseconds, percent } from './dom.ts';

/** Colors that differ in brightness too (Okabe and Ito's, which the color-blind tell apart). */
const colors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#888888'];

/** The plot in `parent`, which it fills, or nothing where fewer than two networks have both figures. */
export function plotTradeOff(parent: HTMLElement, { networks }: Result): void {
  const points = networks
    .flatMap(({ name, miou, latencyP50Ms }) =>
      miou === undefined || latencyP50Ms === undefined ? [] : [{ name, miou: 100 * miou, latencyMs: latencyP50Ms }],
    )
    .sort((a, b) => a.latencyMs - b.latencyMs);
  if (points.length < 2) {
    parent.append('Fewer than two networks have both a latency and an accuracy.');
    return;
  }
  const style = getComputedStyle(document.documentElement);
  const [ink, line] = [style.getPropertyValue('--ink').trim(), style.getPropertyValue('--line').trim()];
  const axis = { stroke: ink, grid: { stroke: line }, ticks: { stroke: line }, font: '12px system-ui' };
  const widened = (low: number, high: number): [number, number] => {
    const margin = 0.15 * (high - low) || 0.1 * Math.abs(high) || 1;
    return [low - margin, high + margin];
  };
  const plot = new uPlot(
    {
      width: parent.clientWidth,
      height: 320,
      scales: {
        x: { time: false, range: (_, low, high) => widened(low, high) },
        y: { range: (_, low, high) => widened(low, high) },
      },
      axes: [
        { ...axis, label: 'latency p50, ms' },
        { ...axis, label: 'mIoU, %' },
      ],
      series: [
        { label: 'latency', value: (_, x) => (x === null ? '' : milliseconds(x)) },
        ...points.map(({ name, miou, latencyMs }, i): uPlot.Series => {
          const color = colors[i % colors.length]!;
          return {
            label: `${name}: ${percent(miou / 100)} at ${milliseconds(latencyMs)}`,
            stroke: color,
            fill: color,
            points: { show: true, size: 12, fill: color },
            value: () => '',
          };
        }),
      ],
    },
    [
      points.map(({ latencyMs }) => latencyMs),
      ...points.map((_, i) => points.map(({ miou }, k) => (k === i ? miou : null))),
    ],
    parent,
  );
  new ResizeObserver(() => plot.setSize({ width: parent.clientWidth, height: 320 })).observe(parent);
}
