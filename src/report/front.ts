// Networks under several latency limits as a table, in words beside each baseline, and as a picture of accuracy over latency.
import { judgedMiou } from '../contracts/judged-miou.ts';
import type { Front, Result, ResultNetwork } from '../contracts/result.ts';
import { escapeName } from './escape.ts';
import { millions, milliseconds, missing, percent, signedPoints, threadCount } from './format.ts';
import { table } from './sections.ts';
import { linearScale, svgAxes, svgDocument, svgElement, svgText, svgTitle } from './svg.ts';

/** The picture's file, beside the report. */
export const frontPicture = 'front.svg';

/** A network with both figures. */
interface Measured {
  readonly network: ResultNetwork;
  /** Mean over seeds. */
  readonly miou: number;
  readonly latencyMs: number;
}

/** Those of the front, the fastest first, and those that it is compared with. */
function measured({ networks }: Result): { front: Measured[]; others: Measured[] } {
  const all = networks
    .flatMap((network): Measured[] => {
      const [miou, latencyMs] = [judgedMiou(network), network.latencyP50Ms];
      return miou === undefined || latencyMs === undefined ? [] : [{ network, miou, latencyMs }];
    })
    .sort((a, b) => a.latencyMs - b.latencyMs);
  const ofRoles = (...roles: ResultNetwork['role'][]) => all.filter(({ network }) => roles.includes(network.role));
  return { front: ofRoles('head', 'front'), others: ofRoles('baseline', 'base') };
}

/** The front as Markdown; undefined where the result has none. */
export function frontSection(result: Result): string | undefined {
  if (!result.front) return undefined;
  const { front, others } = measured(result);
  const sentences = others.map((other) => besideBaseline(other, front));
  const parts = [
    pointsTable(result, result.front, front),
    ...(front.length > 0 && sentences.length > 0 ? [sentences.map((sentence) => `- ${sentence}`).join('\n')] : []),
    ...(frontSvg(result) !== undefined
      ? [`![Accuracy over latency of the front and the baselines](${frontPicture})`]
      : []),
  ];
  return parts.join('\n\n');
}

function pointsTable({ networks }: Result, { points }: Front, front: readonly Measured[]): string {
  const rows = points.map(({ limit, maxLatencyMs, network: name, limitShare, supernetMiou, randomMiou, trialMiou }) => {
    const network = networks.find((one) => one.name === name);
    const figures = front.find((one) => one.network === network);
    return [
      limit,
      milliseconds(maxLatencyMs),
      name === null ? 'none' : escapeName(name),
      percent(figures?.miou),
      figures
        ? milliseconds(figures.latencyMs)
        : limitShare === undefined
          ? missing
          : milliseconds(limitShare * maxLatencyMs),
      millions(network?.parameters),
      millions(network?.macs),
      supernetMiou === undefined ? missing : `${percent(supernetMiou)} (${percent(randomMiou)})`,
      percent(trialMiou),
    ];
  });
  const head = ['limit', 'ms', 'network', 'mIoU', 'p50', 'params', 'MACs', 'supernet (random)', 'trial'];
  return table(head, rows, 'lrlrrrrrr');
}

/** The most accurate network of the front that is at most as slow as a baseline. */
function besideBaseline({ network, miou, latencyMs }: Measured, front: readonly Measured[]): string {
  const best = front.filter((one) => one.latencyMs <= latencyMs).sort((a, b) => b.miou - a.miou)[0];
  const what = `${escapeName(network.name)} (${percent(miou)} at ${milliseconds(latencyMs)})`;
  if (!best) return `${what}: no network of the front is as fast.`;
  const found = `${percent(best.miou)} at ${milliseconds(best.latencyMs)} (${signedPoints(best.miou - miou)})`;
  return best.miou > miou
    ? `${what}: the front is above it, with ${found}.`
    : `${what}: **the front is not above it**, with ${found}.`;
}

/** Accuracy over latency: the front's networks joined by a line, the baselines apart. Undefined where fewer than two networks of it are trained. */
export function frontSvg(result: Result): string | undefined {
  const { front, others } = measured(result);
  if (!result.front || front.length < 2) return undefined;
  const [width, height] = [760, 460];
  const frame = { left: 68, top: 64, right: width - 24, bottom: height - 52 };
  const all = [...front, ...others];
  const domain = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;
  const x = linearScale(domain(all.map(({ latencyMs }) => latencyMs)), [frame.left, frame.right]);
  const y = linearScale(domain(all.map(({ miou }) => 100 * miou)), [frame.bottom, frame.top]);
  const place = ({ latencyMs, miou }: Measured) => ({ cx: x.at(latencyMs), cy: y.at(100 * miou) });
  const point = (one: Measured, color: string): string => {
    const { cx, cy } = place(one);
    const title = svgTitle(`${one.network.name}: ${percent(one.miou)} at ${milliseconds(one.latencyMs)}`);
    const right = cx > (frame.left + frame.right) / 2;
    const label = { 'font-size': 11, fill: color, 'text-anchor': right ? 'end' : 'start' };
    return svgElement(
      'g',
      {},
      svgElement('circle', { cx, cy, r: 5, fill: color }, title),
      svgText(right ? cx - 9 : cx + 9, cy + 4, one.network.name, label),
    );
  };
  const line = front.map(place).map(({ cx, cy }) => `${cx.toFixed(1)},${cy.toFixed(1)}`);
  const title = 'Accuracy over latency, one supernet';
  return svgDocument(
    width,
    height,
    `${title}: networks under ${result.front.points.length} limits beside the baselines`,
    svgText(16, 26, title, { 'font-size': 15, 'font-weight': 600 }),
    svgText(16, 45, `recipe ${result.recipe}, ${result.hardware.cpu.model}, ${threadCount(result.threads)}`, {
      fill: '#59636e',
    }),
    svgAxes(frame, { scale: x, name: 'latency p50, ms' }, { scale: y, name: 'mIoU, %' }),
    svgElement('polyline', { points: line.join(' '), fill: 'none', stroke: '#0969da', 'stroke-width': 1.5 }),
    ...others.map((one) => point(one, '#bc4c00')),
    ...front.map((one) => point(one, '#0969da')),
  );
}
