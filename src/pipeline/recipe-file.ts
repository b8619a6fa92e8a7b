// Loading a recipe: the file it is in, what the doors change in it, and paths taken from where it lies.
import { createHash } from 'node:crypto';
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { Architecture } from '../contracts/architecture.ts';
import { type Recipe, recipeSchema } from '../contracts/recipe.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { UserError } from '../lib/errors.ts';
import { checkSchema } from '../lib/files.ts';
import { readNamed } from '../network/architecture.ts';
import type { Space } from '../network/space.ts';
import { readModelBytes } from './model-file.ts';
import { type BudgetFields, resolveBudgets, resolveThreads } from './settings.ts';

/** A recipe with the content of the files that it names. */
export type RecipeInFull = Omit<Recipe, 'space' | 'baselines'> & {
  readonly space: Space;
  readonly baselines: readonly Architecture[];
};

/** What the doors may change in a recipe. */
export interface RecipeOverrides {
  readonly seed?: number | undefined;
  readonly threads?: number | undefined;
  /** Over the recipe's own, field by field. */
  readonly budgets?: BudgetFields | undefined;
}

/**
 * Loads a recipe: a name looks in search/recipes, anything with a slash or ending in .yaml is a file. A space and baselines given as paths
 * are taken from the recipe's own folder; `name` is by default the file's, `threads` the cores that this process may use.
 * @throws UserError naming the file and each wrong field
 */
export async function loadRecipe(nameOrPath: string, overrides: RecipeOverrides = {}): Promise<Recipe> {
  const { text, path } = await readNamed(nameOrPath, 'recipes', '.yaml');
  const own: Record<string, unknown> = parseFields(text, path);
  const fields = {
    name: basename(path, extname(path)),
    ...own,
    // Like every field of the file, the schema below checks it.
    threads: await resolveThreads(overrides.threads, own.threads as number | undefined),
    budgets: resolveBudgets(overrides.budgets, own.budgets),
    ...(overrides.seed === undefined ? {} : { seed: overrides.seed }),
  };
  const recipe = checkSchema(fields, path, recipeSchema);
  const located = (name: string, extension: string): string =>
    /[/\\]/.test(name) || name.endsWith(extension) ? resolve(dirname(path), name) : name;
  const { maxLatencyVs } = recipe.budgets;
  // Of weight 0 they have no say: nobody asks them, and photos without masks are left out.
  const teacher = recipe.teacher?.weight === 0 ? undefined : recipe.teacher;
  const ratios = Object.entries(maxLatencyVs ?? {}).map(([name, ratio]) => [located(name, '.json'), ratio]);
  return {
    ...recipe,
    space: located(recipe.space, '.yaml'),
    data: recipe.data?.map(({ folder, weight }) => ({ folder: resolve(dirname(path), folder), weight })),
    baselines: recipe.baselines.map((name) => located(name, '.json')),
    teacher: teacher && {
      ...teacher,
      models: teacher.models.map((model) => ({ ...model, file: resolve(dirname(path), model.file) })),
    },
    budgets: maxLatencyVs ? { ...recipe.budgets, maxLatencyVs: Object.fromEntries(ratios) } : recipe.budgets,
  };
}

function parseFields(text: string, path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseYaml(text) ?? {};
  } catch (error) {
    throw new UserError(`${path}: not valid YAML: ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new UserError(`${path}: must be a list of fields with values, such as "space: person"`);
}

/**
 * A search needs a limit on latency.
 * @throws UserError when the recipe has none
 */
export function requireLatencyBudget(recipe: Recipe): void {
  const { maxLatencyMs, maxLatencyVs, minFps } = recipe.budgets;
  if (maxLatencyMs !== undefined || minFps !== undefined || Object.keys(maxLatencyVs ?? {}).length > 0) return;
  throw new UserError(
    `recipe ${recipe.name}: budgets: a search needs a limit on latency; give max-latency-ms: 20, or max-latency-vs: {mobilenetv3-large: 1.0}, or min-fps: 30`,
  );
}

/**
 * A short hash of everything in a recipe but its data, which have a fingerprint of their own: equal for equal recipes, however they are written.
 * For a `RecipeInFull` it covers all else that a search depends on: the contents of space and baselines in place of their names. Of a teacher it is the
 * file's content that counts, wherever it lies.
 * @throws UserError when a teacher's file cannot be read
 */
export async function recipeFingerprint({ data, teacher, ...recipe }: Recipe | RecipeInFull): Promise<string> {
  const models = teacher?.models.map(async (model) => ({ ...model, file: hashOf(await readModelBytes(model.file)) }));
  const taught = teacher && { ...teacher, models: await Promise.all(models!) };
  return hashOf(canonicalJson({ ...recipe, teacher: taught })).slice(0, 16);
}

const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** What a recipe names by paths, absolute. */
export interface RecipePaths {
  /** Its space, baselines and teachers. */
  readonly files: readonly string[];
  readonly data: Recipe['data'];
}

/** @throws UserError as loading the recipe does */
export async function recipePaths(nameOrPath: string): Promise<RecipePaths> {
  const { space, baselines, teacher, data } = await loadRecipe(nameOrPath);
  const teachers = teacher?.models.map(({ file }) => file) ?? [];
  return { files: [space, ...baselines, ...teachers].filter((file) => isAbsolute(file)), data };
}
