// What `measure --end-to-end` says at its end.
import { type EndToEnd, type StageTime, wayStages } from '../contracts/end-to-end.ts';
import { alignRows } from './console.ts';
import { threadCount } from './format.ts';

/** The time of each stage of a photo, with its spread, and the rate of all together. */
export function endToEndSummary(found: EndToEnd): string {
  const { model, threads, reading, photos, rounds, runs, edges, stages, total, fps, hardware } = found;
  const row = (name: string, { p50, p5, p95 }: StageTime): string[] => [
    name,
    p50.value.toFixed(2),
    `${p50.interval[0].toFixed(2)} to ${p50.interval[1].toFixed(2)}`,
    p5.toFixed(2),
    p95.toFixed(2),
    `${((100 * p50.value) / total.p50.value).toFixed(0)} %`,
  ];
  const rows = [
    ['stage', 'median ms', '95 % interval', 'p5', 'p95', 'share'],
    ...wayStages.map((stage) => row(stage, stages[stage])),
    row('all', total),
  ];
  const sizes = [...new Set(photos.map(({ width, height }) => `${width} x ${height}`))];
  return [
    `${model}: ${reading}`,
    `${hardware.cpu.model}, ${threadCount(threads)}; ${photos.length} photo${photos.length === 1 ? '' : 's'} of ${sizes.join(', ')}, ${runs} runs in ${rounds} rounds; ${edges} edges`,
    '',
    ...alignRows(rows, true),
    '',
    `${fps.toFixed(1)} photos a second, all stages one after the other`,
  ].join('\n');
}
