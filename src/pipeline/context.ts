// What every stage of a run works with: the checked recipe, the opened data, the space and baselines, the run folder, this machine.
import { type Backend, detectBackend } from '../autodiff/backend.ts';
import type { Architecture } from '../contracts/architecture.ts';
import type { Augmentation } from '../contracts/augmentation.ts';
import type { Hardware } from '../contracts/hardware.ts';
import type { DataFolder, Recipe } from '../contracts/recipe.ts';
import type { BatchSpec } from '../data/batches.ts';
import { openBatches } from '../data/batches.ts';
import { type Dataset, openDataset, splitHoldout } from '../data/dataset.ts';
import type { Photo } from '../data/images.ts';
import { UserError } from '../lib/errors.ts';
import { loadArchitecture } from '../network/architecture.ts';
import { type InputSize, networkModules } from '../network/modules.ts';
import { checkSpaceOperators, loadSpace, type Space } from '../network/space.ts';
import { describeHardware } from '../runtime/hardware.ts';
import type { BatchStream } from '../training/loop.ts';
import { readModelBytes } from './model-file.ts';
import type { CommonOptions } from './options.ts';
import { loadRecipe, type RecipeOverrides, recipeFingerprint } from './recipe-file.ts';
import { openRunFolder, type RunFolder, type RunIdentity } from './run-folder.ts';
import { toolVersion } from './version.ts';

/** Milliseconds between checkpoints of the long stages: what a kill may cost. */
export const checkpointEveryMs = 60_000;

export interface Context extends CommonOptions {
  readonly recipe: Recipe;
  readonly hardware: Hardware;
  readonly backend: Backend;
  readonly folder: RunFolder;
}

/** Says a line to who watches the run, and keeps it in its log. */
export function say({ progress, folder }: Context, line: string): void {
  progress.note(line);
  folder.log(line);
}

/** A context of commands that search: the space and the baselines are loaded and checked before any work. */
export interface SearchContext extends Context {
  readonly space: Space;
  readonly baselines: readonly Architecture[];
  /** The limit of a front that networks are derived for, such as `0.8x`; the recipe's own where absent. */
  readonly limit?: string;
  /** The input size of networks that have another than the run. */
  readonly size?: InputSize;
}

/** The data of a run: the supernet is trained on one part of train, search and derivation see the other. */
export interface RunData {
  readonly dataset: Dataset;
  readonly supernetPhotos: readonly Photo[];
  readonly searchPhotos: readonly Photo[];
}

/** The recipe with its space and baselines, all checked. No file is written. */
export async function loadPlan(
  nameOrPath: string,
  overrides: RecipeOverrides,
): Promise<{ recipe: Recipe; space: Space; baselines: Architecture[] }> {
  const { recipe, baselines } = await loadWithBaselines(nameOrPath, overrides);
  const space = await loadSpace(recipe.space);
  const { operators } = recipe.export;
  if (operators) checkSpaceOperators(space, operators);
  for (const baseline of baselines) {
    checkNetwork(baseline, recipe, `baseline ${baseline.name}`);
  }
  return { recipe, space, baselines };
}

/**
 * Whether an architecture can be built at its input's size, of operators that the recipe allows.
 * @param called what errors call it
 * @throws UserError when it cannot
 */
export function checkNetwork(architecture: Architecture, recipe: Recipe, called: string): void {
  networkModules(architecture, architecture.input ?? recipe.input);
  const { name, macro, layers } = architecture;
  const alone = { name, macro, layers: layers.map((layer) => [layer]) };
  const { operators } = recipe.export;
  if (operators) checkSpaceOperators(alone, operators, called);
}

/**
 * A recipe and its baselines. Its relative budgets then name baselines as tables and results do: by the name in the architecture, which
 * may differ from its file's name where a recipe gives a path.
 * @throws UserError when two networks of a run would share a name
 */
export async function loadWithBaselines(
  nameOrPath: string,
  overrides: RecipeOverrides,
): Promise<{ recipe: Recipe; baselines: Architecture[] }> {
  const recipe = await loadRecipe(nameOrPath, overrides);
  const baselines = await Promise.all(recipe.baselines.map((name) => loadArchitecture(name)));
  const names = [searchedName({ recipe }), ...baselines.map(({ name }) => name)];
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  if (repeated !== undefined)
    throw new UserError(
      `recipe ${recipe.name}: baselines: two networks of the run would be called "${repeated}"; change the name in one of the files`,
    );
  const { maxLatencyVs } = recipe.budgets;
  if (!maxLatencyVs) return { recipe, baselines };
  const ratios = Object.entries(maxLatencyVs).map(([entry, ratio]) => [
    baselines[recipe.baselines.indexOf(entry)]!.name,
    ratio,
  ]);
  return {
    recipe: { ...recipe, budgets: { ...recipe.budgets, maxLatencyVs: Object.fromEntries(ratios) } },
    baselines,
  };
}

/** What the network that a search derives is called. */
export const searchedName = ({ recipe: { name }, limit }: NamedRun): string => `${name}-searched${ofLimit({ limit })}`;

/** What names of networks are made from. */
type NamedRun = { readonly recipe: Pick<Recipe, 'name'> } & Pick<SearchContext, 'limit'>;

/** The suffix of names under a limit of a front. */
export const ofLimit = ({ limit }: { readonly limit?: string | undefined }): string =>
  limit === undefined ? '' : `-${limit}`;

/** The suffix of names for another input size than the run's: `-192x192`, height first. */
export const ofSize = (size: InputSize | undefined): string => (size ? `-${size.height}x${size.width}` : '');

/**
 * Opens and checks the data of a run: the folders that the door gives, or else the recipe's.
 * @throws UserError where there are none
 */
export async function openData(
  folders: readonly DataFolder[] | undefined,
  recipe: Recipe,
  options: CommonOptions,
): Promise<RunData> {
  const given = folders ?? recipe.data;
  if (!given) throw new UserError(`recipe ${recipe.name}: no data to train on; give --data, or data: in the recipe`);
  const dataset = await openDataset(given);
  if (dataset.train.length === 0)
    throw new UserError('data: every folder has the weight 0; give one to train on a weight over 0');
  for (const { folder, weight, train, val } of dataset.sets)
    options.progress.note(
      `data: ${folder}, ${weight === 0 ? 'none' : train} to train on${weight === 1 || weight === 0 ? '' : ` (each ${weight} times an epoch)`}, ${val} to report on`,
    );
  for (const { file } of recipe.teacher?.models ?? []) await readModelBytes(file);
  if (dataset.unlabeled.length > 0)
    options.progress.note(
      `data: ${dataset.unlabeled.length} photos without masks${recipe.teacher ? '' : ' are left out: the recipe has no teacher'}`,
    );
  return { dataset, ...splitHoldout(dataset.train, recipe.search.holdout, recipe.seed) };
}

/** Photos that a training is scored on while it runs. */
export const curvePhotos = 64;

/** Opens the run folder and looks at the machine. The caller closes the folder. */
export async function openContext(
  options: CommonOptions & { readonly out: string },
  recipe: Recipe,
  identity: RunIdentity,
): Promise<Context> {
  const hardware = await describeHardware(recipe.threads);
  const backend = await detectBackend(recipe.precision);
  const folder = await openRunFolder(options.out, {
    tool: toolVersion(),
    recipe: identity.recipe ?? (await recipeFingerprint(recipe)),
    ...identity,
  });
  folder.log(
    `${folder.resumed ? 'resumed' : 'started'}: recipe ${recipe.name}, seed ${recipe.seed}, ${recipe.threads} threads`,
  );
  folder.log(`hardware: ${hardware.cpu.model}, key ${hardware.key}, blocks of ${backend.block}, ${backend.precision}`);
  if (folder.resumed) options.progress.note(`${options.out}: resuming the run in this folder`);
  const { progress, signal, commit } = options;
  return { progress, signal, commit, recipe, hardware, backend, folder };
}

/** The data worker beside the bundle; run from the sources (in tests), batches are made in process. */
function workerUrl(): URL | undefined {
  return import.meta.url.endsWith('.ts') ? undefined : new URL('./data-worker.js', import.meta.url);
}

/** Training batches of a part of the data, as a stream that can begin at any step. */
export function trainingBatches(
  { recipe, backend }: Pick<Context, 'recipe' | 'backend'>,
  photos: readonly Photo[],
  batch: number,
  stream: string,
  augmentation: Augmentation = recipe.augmentation,
): { spec: BatchSpec; open: (startStep: number) => Promise<BatchStream> } {
  if (photos.length === 0)
    throw new UserError(`no images left for ${stream}; lower the recipe's search.holdout or add images`);
  const { seed, input } = recipe;
  const spec: BatchSpec = { photos, batch, ...input, seed, stream, augmentation };
  const url = workerUrl();
  const options = { native: backend.block > 1, ...(url && { workerUrl: url }) };
  return { spec, open: (startStep) => openBatches(spec, startStep, options) };
}
