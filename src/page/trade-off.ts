// Accuracy over latency: every network with its intervals, and the front of those that no other beats in both.
import type uPlot from 'uplot';
import { judgedMiou } from '../contracts/judged-miou.ts';
import type { Result } from '../contracts/result.ts';
import { h, milliseconds, section } from './dom.ts';
import { label, markX, type Paint, plot } from './plot.ts';

interface Point {
  readonly name: string;
  /** Found by the search, under its own limit or another. */
  readonly searched: boolean;
  readonly x: number;
  readonly y: number;
  readonly xInterval?: readonly [number, number] | undefined;
  readonly yInterval?: readonly [number, number] | undefined;
}

/** Faster ones first. */
function pointsOf({ networks }: Result): Point[] {
  return networks
    .flatMap((network): Point[] => {
      const { role, name, latencyP50Ms, latencyP50IntervalMs, miouInterval } = network;
      const miou = judgedMiou(network);
      return miou === undefined || latencyP50Ms === undefined
        ? []
        : [
            {
              name,
              searched: role === 'head' || role === 'front',
              x: latencyP50Ms,
              y: 100 * miou,
              xInterval: latencyP50IntervalMs,
              yInterval: miouInterval && [100 * miouInterval[0], 100 * miouInterval[1]],
            },
          ];
    })
    .sort((a, b) => a.x - b.x);
}

export function tradeOff({ result }: { readonly result: Result }): HTMLElement {
  const points = pointsOf(result);
  const heading = 'Accuracy over latency';
  if (points.length < 2)
    return section('trade-off', heading, h('p', {}, 'Fewer than two networks have both a latency and an accuracy.'));
  const limit = result.maxLatencyMs;
  const front = points.filter((point, i) => points.slice(0, i).every(({ y }) => y < point.y));
  const ends = (interval: 'xInterval' | 'yInterval') => points.flatMap((point) => point[interval] ?? []);
  // The interval of a disturbed measurement may be many times as wide as all networks are apart: it is cut off.
  const slowest = 1.5 * points.at(-1)!.x;
  // So is the interval of few photos, which may be all of 0 to 100 %.
  const [lowest, highest] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  const room = Math.max(2, 2 * (highest - lowest));
  const telling = (y: number): boolean => y >= lowest - room && y <= highest + room;
  const through = (some: readonly Point[]) => points.map((point) => (some.includes(point) ? point.y : null));
  const searched = points.filter((point) => point.searched);
  return section(
    'trade-off',
    heading,
    plot({
      label: 'mIoU of each network over its median latency',
      x: {
        name: 'latency p50',
        format: milliseconds,
        tick: (ms) => `${Number(ms.toPrecision(4))} ms`,
        values: points.map(({ x }) => x),
      },
      y: {
        name: 'mIoU',
        format: (value) => `${value.toFixed(2)} %`,
        tick: (value) => `${Number(value.toPrecision(4))} %`,
      },
      series: [
        ...points.map(({ name }, i) => {
          return { name, shape: 'dots' as const, values: points.map(({ y }, k) => (k === i ? y : null)) };
        }),
        ...(front.length > 1 ? [{ name: 'front', shape: 'line' as const, dash: [6, 4], values: through(front) }] : []),
        ...(searched.length > 1 ? [{ name: 'searched', shape: 'line' as const, values: through(searched) }] : []),
      ],
      height: 340,
      include: {
        x: [...ends('xInterval').filter((ms) => ms <= slowest), ...(limit === undefined ? [] : [limit])],
        y: ends('yInterval').filter(telling),
      },
      draw: (u, paint) => {
        if (limit !== undefined) markX(u, limit, 'latency limit', paint.ink);
        for (const [i, point] of points.entries())
          if (u.series[i + 1]?.show) drawPoint(u, point, paint, paint.series(i));
      },
    }),
  );
}

/** A point's intervals and its name. */
function drawPoint(u: uPlot, { name, x, y, xInterval, yInterval }: Point, paint: Paint, color: string): void {
  const { ctx } = u;
  const [left, top] = [u.valToPos(x, 'x', true), u.valToPos(y, 'y', true)];
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  ctx.clip();
  ctx.beginPath();
  if (xInterval) {
    ctx.moveTo(u.valToPos(xInterval[0], 'x', true), top);
    ctx.lineTo(u.valToPos(xInterval[1], 'x', true), top);
  }
  if (yInterval) {
    ctx.moveTo(left, u.valToPos(yInterval[0], 'y', true));
    ctx.lineTo(left, u.valToPos(yInterval[1], 'y', true));
  }
  ctx.stroke();
  ctx.restore();
  label(u, name, left, top - 8 * devicePixelRatio, paint.ink);
}
