// How many rows of extra work make a model slower by how much: a line through a few amounts, measured as comparisons are. The report says what each
// amount really comes to, over all blocks of all comparisons.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { linearRegression, median } from 'simple-statistics';
import { sampleBlocks } from '../src/latency/blocks.ts';
import type { TimedModel } from '../src/latency/image-model.ts';
import { createRandom } from '../src/lib/random.ts';
import { blockLogRatio } from '../src/verdict/latency.ts';
import { withExtraWork } from './slowed.ts';

const ladder = [16, 64, 112, 160];
const blocks = 16;

/** @returns rows for each amount; kept in the file */
export async function rowsFor(
  base: TimedModel,
  slowerBy: readonly number[],
  { threads, file }: { readonly threads: number; readonly file: string },
): Promise<number[]> {
  const points: [number, number][] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  for (const rows of ladder.slice(points.length)) {
    const slowed = withExtraWork(base, rows);
    const logs: number[] = [];
    const random = createRandom(1, 'calibrate', rows);
    const settings = { threads, rounds: 10, warm: false, random };
    for await (const { timings } of sampleBlocks([base, base, slowed, slowed], settings)) {
      logs.push(blockLogRatio(timings.slice(0, 2), timings.slice(2)));
      if (logs.length >= blocks) break;
    }
    points.push([rows, median(logs)]);
    writeFileSync(file, JSON.stringify(points));
  }
  const { m: slope, b: offset } = linearRegression(points);
  return slowerBy.map((slower) => Math.min(160, Math.max(3, Math.round((Math.log1p(slower) - offset) / slope))));
}
