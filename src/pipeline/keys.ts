// Names for what a run makes, so that a cache gives it to the runs that it holds for and to no others.

import type { DataFolder } from '../contracts/recipe.ts';
import { datasetFingerprint } from '../data/dataset.ts';
import { hashDefinitions, planTable } from '../latency/plan.ts';
import { shortHash } from '../lib/hash.ts';
import { describeHardware } from '../runtime/hardware.ts';
import { loadPlan } from './context.ts';
import { type RecipeOverrides, recipeFingerprint } from './recipe-file.ts';
import { toolVersion } from './version.ts';

export interface CacheKeys {
  /** Of the latency table: hardware, the graphs of everything it measures, how it is measured. */
  readonly table: string;
  /** Of the run folder: hardware, tool, recipe with all it names, data. */
  readonly run: string;
  /** The recipe's name and input size: two networks with the same can be compared. */
  readonly network: string;
}

/**
 * The keys of a run, after the same checks of the recipe that the run itself makes.
 * @param data folders, where the run has some
 * @throws UserError as the run would
 */
export async function cacheKeys({
  recipe: nameOrPath,
  data,
  ...overrides
}: RecipeOverrides & {
  readonly recipe: string;
  readonly data?: readonly DataFolder[] | undefined;
}): Promise<CacheKeys> {
  const { recipe, space, baselines } = await loadPlan(nameOrPath, overrides);
  const { name, input, latency, threads } = recipe;
  const hardware = await describeHardware(threads);
  const table = shortHash([hashDefinitions(planTable(space, input)), space.name, input, latency, baselines]);
  const whole = await recipeFingerprint({ ...recipe, space, baselines });
  return {
    table: `${hardware.key}-${table}`,
    run: `${hardware.key}-${shortHash([toolVersion(), whole, data && (await datasetFingerprint(data))])}`,
    network: `${name}-${input.height}x${input.width}`,
  };
}
