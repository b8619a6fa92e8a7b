// Accuracy over latency as a Mermaid chart that GitHub renders. Mermaid has no scatter chart; a quadrant chart is one with axes from 0 to 1.
import { judgedMiou } from '../contracts/judged-miou.ts';
import type { Result, ResultNetwork } from '../contracts/result.ts';
import { mermaidName } from './escape.ts';
import { milliseconds, percent } from './format.ts';

/** More points than this cannot be told apart. */
const maxPoints = 8;

interface Point {
  readonly network: ResultNetwork;
  readonly miou: number;
  readonly latencyMs: number;
}

/** The chart, or undefined where fewer than two networks have both an accuracy and a latency. */
export function accuracyChart({ networks }: Result): string | undefined {
  const points = networks.flatMap((network): Point[] => {
    const { latencyP50Ms } = network;
    const miou = judgedMiou(network);
    return miou === undefined || latencyP50Ms === undefined ? [] : [{ network, miou, latencyMs: latencyP50Ms }];
  });
  const shown = points.slice(0, maxPoints);
  if (shown.length < 2) return undefined;
  const x = scale(shown.map(({ latencyMs }) => latencyMs));
  const y = scale(shown.map(({ miou }) => miou));
  const lines = shown.map(({ network, miou, latencyMs }) => {
    const label = `${mermaidName(network.name)}: ${percent(miou)}, ${milliseconds(latencyMs)}`;
    const style = network.role === 'head' ? 'radius: 8, color: #2da44e' : 'radius: 5';
    return `    "${label}": [${x(latencyMs)}, ${y(miou)}] ${style}`;
  });
  return [
    '```mermaid',
    '%%{init: {"quadrantChart": {"chartWidth": 720, "chartHeight": 380, "pointTextPadding": 9}}}%%',
    'quadrantChart',
    '    x-axis "faster" --> "slower"',
    '    y-axis "less accurate" --> "more accurate"',
    ...lines,
    '```',
  ].join('\n');
}

/** Puts values between 0.18 and 0.82 of an axis, so that labels stay inside; equal values in the middle. */
function scale(values: readonly number[]): (value: number) => string {
  const smallest = Math.min(...values);
  const range = Math.max(...values) - smallest;
  return (value) => (range > 0 ? 0.18 + (0.64 * (value - smallest)) / range : 0.5).toFixed(3);
}
