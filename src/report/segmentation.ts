// What `segment` says at its end.
import type { Segmentation } from '../contracts/segmentation.ts';
import { alignRows } from './console.ts';
import { threadCount } from './format.ts';

/** How many photos, where they lie, and the time of each stage. */
export function segmentationSummary({ files, frames, ms, fps, reading, threads }: Segmentation, out: string): string {
  const rows = Object.entries(ms).filter(([, value]) => value > 0);
  const outputs = files.flatMap(({ outputs }) => outputs);
  const shown = outputs.slice(0, 5).map((path) => `  ${path}`);
  const more = outputs.length > shown.length ? [`  and ${outputs.length - shown.length} more`] : [];
  return [
    `model: ${reading}`,
    `${outputs.length} file${outputs.length === 1 ? '' : 's'} in ${out}:`,
    ...shown,
    ...more,
    '',
    ...alignRows([['stage', 'ms'], ...rows.map(([stage, value]) => [stage, value.toFixed(1)])], true),
    '',
    `${fps.toFixed(1)} a second over ${frames} photo${frames === 1 ? '' : 's or frames'}, ${threadCount(threads)}`,
  ].join('\n');
}
