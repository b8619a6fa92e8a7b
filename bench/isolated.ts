// A table as others make it: every operation alone, with nothing before or after it. Part of bench/predictor.
import { existsSync, readFileSync } from 'node:fs';
import type { LatencyTable } from '../src/contracts/latency-table.ts';
import { measureInterleaved } from '../src/latency/measure.ts';
import { createModelSubject, withSubjects } from '../src/latency/models.ts';
import { planTable, timedSubject } from '../src/latency/plan.ts';
import { entryTiming } from '../src/latency/table.ts';
import type { LatencyCosts } from '../src/latency/types.ts';
import { writeJson } from '../src/lib/files.ts';
import { createRandom } from '../src/lib/random.ts';
import type { Space } from '../src/network/space.ts';

/**
 * The plain sum of a table of isolated operations: of head, tail and the entries, each measured as a model of its own.
 * @param file where the measurements are kept
 */
export async function measureIsolated(
  space: Space,
  table: LatencyTable,
  file: string,
  asItIs: boolean,
): Promise<LatencyCosts> {
  const { entries, subjects } = planTable(space, table.input);
  if (!existsSync(file) && !asItIs) {
    const models = [
      ...subjects.filter(({ name }) => name === 'head' || name === 'tail'),
      ...[...entries].map(([name, { module }]) => ({ name, module })),
    ].map(timedSubject);
    const samples = await withSubjects(
      models.map((model) => () => createModelSubject(model, table)),
      (all) => measureInterleaved(all, { ...entryTiming, rounds: 20, random: createRandom(1, 'isolated') }),
    );
    await writeJson(file, Object.fromEntries([...samples].map(([name, { p10Ms }]) => [name, p10Ms])));
  }
  const ms = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  return {
    constant: ms.head! + ms.tail!,
    single: table.space.layers.map((layer) => layer.map((entry) => ms[table.entries[entry]!.signature]!)),
  };
}
