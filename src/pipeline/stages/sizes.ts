// Further input sizes that candidates may have: a latency table and a predictor for each. The supernet is that of the run's own size: its weights fit every
// size, and what they are worth at one is for scores and trial trainings to say.
import { join } from 'node:path';
import { UserError } from '../../lib/errors.ts';
import { acceptanceRate, fastestPath } from '../../nas/sampling.ts';
import type { InputSize } from '../../network/modules.ts';
import { ofSize, type SearchContext, say } from '../context.ts';
import { type LatencyStage, latencyLimit, latencyStage } from './latency.ts';

/** An input size, and what networks of it take. */
export interface SizeStage {
  readonly input: InputSize;
  readonly latency: LatencyStage;
}

/** The latency table of a run folder: that of the run's own input size, or of another. */
export const latencyTableFile = (folder: string, input?: InputSize): string =>
  join(folder, `latency-table${ofSize(input)}.json`);

/** The context of networks of another input size. Baselines, and with them relative limits, stay at the run's. */
export function atSize(context: SearchContext, input: InputSize): SearchContext {
  const { recipe, baselines, folder } = context;
  return {
    ...context,
    size: input,
    recipe: { ...recipe, input },
    baselines: baselines.map((baseline) => ({ ...baseline, input: baseline.input ?? recipe.input })),
    folder: { ...folder, latencyTable: latencyTableFile(folder.path, input) },
  };
}

/** Makes (or takes over) the table of a further size. */
export async function sizeStage(context: SearchContext, input: InputSize): Promise<SizeStage> {
  say(context, `networks of ${input.height} x ${input.width}:`);
  return { input, latency: await latencyStage(atSize(context, input)) };
}

/**
 * Says how many networks of a further size meet the run's limit.
 * @throws UserError when none does
 */
export function checkSize(context: SearchContext, { input, latency }: SizeStage): void {
  const size = `${input.height} x ${input.width}`;
  const { maxLatencyMs } = latencyLimit(atSize(context, input), latency);
  const fastest = fastestPath(latency.costs).latencyMs;
  if (fastest > maxLatencyMs)
    throw new UserError(
      `recipe ${context.recipe.name}: derive.inputs: the fastest network of ${size} takes ${fastest.toFixed(3)} ms, ` +
        `the limit is ${maxLatencyMs.toFixed(3)} ms; leave that size out`,
    );
  say(
    context,
    `${(100 * acceptanceRate(latency.costs, maxLatencyMs)).toPrecision(3)} % of all networks of ${size} meet the limit`,
  );
}
