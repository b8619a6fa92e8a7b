// The commands that work in a run folder: search, derive, train, table. Each stage picks up what is there already.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Architecture } from '../../contracts/architecture.ts';
import type { Recipe } from '../../contracts/recipe.ts';
import { type Result, readResult, writeResult } from '../../contracts/result.ts';
import { readOptionalTable } from '../../latency/table-file.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { loadArchitecture } from '../../network/architecture.ts';
import type { Weights } from '../../network/types.ts';
import { frontPicture, frontSvg } from '../../report/front.ts';
import { markdownReport } from '../../report/markdown.ts';
import { confidenceOfEach, judgeNothingDerived, judgeRun, judgeWork } from '../../verdict/verdict.ts';
import {
  type Context,
  checkNetwork,
  loadPlan,
  openContext,
  openData,
  type RunData,
  type SearchContext,
} from '../context.ts';
import type {
  BaseModel,
  CommonOptions,
  DeriveOptions,
  GateThresholds,
  Outcome,
  RunOptions,
  SearchOptions,
  TableOptions,
  TrainOptions,
} from '../options.ts';
import { describeResult, outcomeOf } from '../outcome.ts';
import { writePage } from '../page.ts';
import { loadRecipe, recipeFingerprint, requireLatencyBudget } from '../recipe-file.ts';
import type { RunIdentity } from '../run-folder.ts';
import { budgetsStage } from '../stages/budgets.ts';
import { accuracyNotCompared, compareStage, countComparisons } from '../stages/compare.ts';
import { type DeriveStage, deriveStage } from '../stages/derive.ts';
import { describeNetworks, type ExportedNetwork, evaluateStage } from '../stages/evaluate.ts';
import { frontFacts, frontNetworks, frontStage, openFront } from '../stages/front.ts';
import { type LatencyBudget, type LatencyStage, latencyBudget, latencyStage } from '../stages/latency.ts';
import { judgeInt8Stage, quantizeHead } from '../stages/quantize.ts';
import { checkSize, latencyTableFile, type SizeStage, sizeStage } from '../stages/sizes.ts';
import { type SupernetStage, searchStage, supernetStage } from '../stages/supernet.ts';
import { type TrainedNetwork, trainingSeeds, trainStage } from '../stages/train.ts';
import { margin, type Trial } from '../stages/trials.ts';
import { verifyExport } from '../verify.ts';
import { openBase, statedOf } from './gate.ts';

/** Everything up to the derived architectures. */
interface Derivation {
  readonly latency: LatencyStage;
  readonly budget: LatencyBudget;
  readonly net: SupernetStage;
  readonly search: Awaited<ReturnType<typeof searchStage>>;
  readonly derived: DeriveStage;
}

/** The whole way: table, supernet, search, derivation, training, export, budgets, report. */
export function runSearch(options: SearchOptions & Pick<DeriveOptions, 'limits'>): Promise<Outcome> {
  return deriving(options, async (context, data, derivation, architecture) => {
    const inherited = context.recipe.train.init === 'inherited' ? derivation.net.parameters.weights() : undefined;
    const trained = await trainAll(context, data, architecture, inherited);
    return finish(context, data, await searchFacts(context, derivation, architecture), trained, options);
  });
}

/** Trains (or takes over from the run folder) the derived network, the baselines and the networks of the folder's front, each from every seed. */
export async function trainAll(
  context: SearchContext,
  data: RunData,
  architecture: Architecture,
  inherited?: Weights,
): Promise<ExportedNetwork[]> {
  const trained = [await trainAndVerify(context, data, 'head', architecture, inherited)];
  for (const baseline of context.baselines) trained.push(await trainSeeds(context, data, 'baseline', baseline));
  for (const one of await frontNetworks(context))
    trained.push(await trainAndVerify(one.context, data, 'front', one.architecture, inherited));
  return trained;
}

/**
 * The way of `runSearch` up to the derived architecture, without training it; or up to the trial trainings, where those are deferred. With limits it
 * derives a front, and goes on to train all of it unless trainings are deferred.
 */
export function runDerive(options: DeriveOptions): Promise<Outcome> {
  if (options.limits && !options.deferTrials) return runSearch(options);
  return deriving(options, async (context, data, derivation, architecture) => {
    return finishDerived(context, data, await searchFacts(context, derivation), architecture);
  });
}

/** Writes the result of a derivation. */
export function finishDerived(
  context: SearchContext,
  data: RunData,
  facts: Facts,
  architecture: Architecture,
): Promise<Outcome> {
  const judged = judgeWork(`Derived ${architecture.name}; not trained.`);
  return finish(context, data, { ...facts, architecture, ...judged }, []);
}

/** Measures the latency table and calibrates the predictor. */
export async function runTable(options: TableOptions): Promise<Outcome> {
  const { recipe, space, baselines } = await loadPlan(options.recipe, options);
  const identity = { command: 'table', recipe: await recipeFingerprint({ ...recipe, space, baselines }) };
  return inFolder(options, recipe, identity, async (context) => {
    const latency = await latencyStage({ ...context, space, baselines });
    const judged = judgeWork(`${latency.table.entries.length} operations measured.`);
    return finish(context, undefined, { ...predictorFacts(latency), ...judged }, []);
  });
}

/** Trains and exports one architecture by the recipe's `train`. */
export async function runTrain(options: TrainOptions): Promise<Outcome> {
  const recipe = await loadRecipe(options.recipe, options);
  const architecture = await loadArchitecture(options.architecture);
  checkNetwork(architecture, recipe, `architecture ${architecture.name}`);
  const data = await openData(options.data, recipe, options);
  const identity = { command: 'train', architecture: JSON.stringify(architecture), data: data.dataset.fingerprint };
  return inFolder(options, recipe, identity, async (context) => {
    const trained = await trainAndVerify(context, data, 'head', architecture);
    const facts: Facts = { architecture, ...judgeWork(`Trained ${architecture.name}.`) };
    return finish(context, data, facts, [trained]);
  });
}

/** Derives an architecture in the folder of a search, with its front if it has one, and goes on with it; where none meets the limit, that is the outcome. */
function deriving(
  options: DeriveOptions,
  use: (context: SearchContext, data: RunData, derivation: Derivation, architecture: Architecture) => Promise<Outcome>,
): Promise<Outcome> {
  return inSearchFolder(options, async (context, data) => {
    const latency = await latencyStage(context, options.table);
    const budget = await orAbandon(context, () => latencyBudget(context, latency));
    const sizes: SizeStage[] = [];
    for (const input of context.recipe.derive.inputs) {
      const size = await sizeStage(context, input);
      await orAbandon(context, () => checkSize(context, size));
      sizes.push(size);
    }
    const front = await openFront(context, latency, budget, options.limits);
    const net = await supernetStage(context, data, latency, budget);
    const search = await searchStage(context, data, net, latency, budget);
    const inputs = { data, net, latency, budget, search, sizes };
    const derived = await deriveStage(context, inputs, options.deferTrials);
    const derivation = { latency, budget, net, search, derived };
    const others = await frontStage(front, inputs, options.deferTrials);
    // Without a network of its own a run has no end, whatever trials its front's limits await.
    const isOpen = derived.architecture !== undefined || derived.awaited.length > 0;
    const awaited = [derived, ...others].flatMap((one) => one.awaited);
    if (isOpen && awaited.length > 0)
      return finish(context, data, { ...(await searchFacts(context, derivation)), ...judgeAwaiting(awaited) }, []);
    if (!derived.architecture) return finish(context, data, await nothingDerived(context, derivation), []);
    return use(context, data, derivation, derived.architecture);
  });
}

/** Looks at the latency limit. A recipe that no network can meet has to change, and with it the run: its folder is given up. */
async function orAbandon<T>({ folder }: SearchContext, look: () => T): Promise<T> {
  try {
    return look();
  } catch (error) {
    await folder.abandon();
    throw error;
  }
}

/** Checks the inputs of a search and opens its run folder. */
export async function inSearchFolder(
  options: RunOptions & Pick<SearchOptions, 'data' | 'base'>,
  use: (context: SearchContext, data: RunData) => Promise<Outcome>,
): Promise<Outcome> {
  const { recipe, space, baselines } = await loadPlan(options.recipe, options);
  requireLatencyBudget(recipe);
  if (options.base) await openBase(options.base, recipe.input, statedOf(recipe));
  const data = await openData(options.data, recipe, options);
  const identity = {
    command: 'search',
    recipe: await recipeFingerprint({ ...recipe, space, baselines }),
    data: data.dataset.fingerprint,
  };
  return inFolder(options, recipe, identity, (context) => use({ ...context, space, baselines }, data));
}

/** Opens the run folder, and closes it whatever happens. */
async function inFolder(
  options: CommonOptions & { readonly out: string },
  recipe: Recipe,
  identity: RunIdentity,
  use: (context: Context) => Promise<Outcome>,
): Promise<Outcome> {
  const context = await openContext(options, recipe, identity);
  try {
    return await use(context);
  } finally {
    await context.folder.close();
  }
}

/** Trains a network that a run is about, and writes and checks the model of its first seed. */
async function trainAndVerify(
  context: Context,
  data: RunData,
  role: 'head' | 'front',
  architecture: Architecture,
  inherited?: Weights,
): Promise<ExportedNetwork> {
  return trainSeeds(context, data, role, architecture, inherited, async (trained) => {
    await writeFileAtomic(context.folder.model, trained.model);
    await verifyExport(context, data, trained);
  });
}

/** Trains a network from each seed: the first one's model is the network's, those of the others say how much a seed matters. */
async function trainSeeds(
  context: Context,
  data: RunData,
  role: ExportedNetwork['role'],
  architecture: Architecture,
  inherited?: Weights,
  onFirst?: (trained: TrainedNetwork) => Promise<void>,
): Promise<ExportedNetwork> {
  const [seed, ...otherSeeds] = trainingSeeds(context.recipe);
  const first = await trainStage(context, data, { architecture, seed: seed! }, inherited);
  await onFirst?.(first);
  const otherModels: Uint8Array[] = [];
  for (const other of otherSeeds)
    otherModels.push((await trainStage(context, data, { architecture, seed: other }, inherited)).model);
  const { model, seconds: trainSeconds, epochs, precisions, curve } = first;
  return { role, name: architecture.name, architecture, model, trainSeconds, epochs, precisions, curve, otherModels };
}

export type Facts = Pick<
  Result,
  | 'space'
  | 'maxLatencyMs'
  | 'predictor'
  | 'supernet'
  | 'search'
  | 'searchHardware'
  | 'derive'
  | 'front'
  | 'architecture'
> &
  Partial<Pick<Result, 'verdict' | 'reason'>>;

function predictorFacts({ calibrationSubnets, heldOut }: LatencyStage): Facts {
  const { meanAbsoluteErrorPercent, biasPercent, within5Percent, spearman, macsSpearman = 0 } = heldOut;
  return {
    predictor: {
      calibrationSubnets,
      heldOut: {
        subnets: heldOut.count,
        meanAbsoluteErrorPercent,
        biasPercent,
        within5Percent,
        spearman,
        macsSpearman,
      },
    },
  };
}

async function searchFacts(
  context: SearchContext,
  { latency, budget, net, search, derived }: Derivation,
  architecture?: Architecture,
): Promise<Facts> {
  const front = await frontFacts(context);
  const { candidates, randomSubnets, silhouetteMiou, chosen } = derived.ranking;
  return {
    ...predictorFacts(latency),
    space: latency.table.space.name,
    maxLatencyMs: budget.maxLatencyMs,
    supernet: {
      steps: net.steps,
      images: net.images,
      seconds: net.seconds,
      imagesPerSecond: net.images / net.seconds,
      acceptanceRate: budget.acceptanceRate,
      constraintViolations: net.violations,
      dataWaitShare: net.dataWaitShare,
      curve: net.curve,
    },
    search: {
      steps: search.steps,
      seconds: search.seconds,
      entropyBefore: search.entropyBefore,
      entropyAfter: search.entropyAfter,
      acceptanceRate: search.acceptanceRate,
      constraintViolations: search.violations,
      repeatability: search.repeatability,
      pairs: search.pairs.map(([first, second]) => [Number(first.toFixed(3)), Number(second.toFixed(3))]),
    },
    derive: { candidates, randomSubnets, silhouetteMiou, chosen },
    ...(front ? { front } : {}),
    ...(architecture ? { architecture } : {}),
  };
}

/** The verdict where trials are left. */
export function judgeAwaiting(awaited: readonly Trial[]): ReturnType<typeof judgeWork> {
  const names = awaited.map(({ candidate }) => candidate.architecture).join(', ');
  return judgeWork(`Trial trainings are left to shards: ${names}.`);
}

async function nothingDerived(context: SearchContext, derivation: Derivation): Promise<Facts> {
  const { recipe } = context;
  const { candidates } = derivation.derived.ranking;
  const nearest = [...candidates].sort((a, b) => a.limitShare - b.limitShare)[0]!;
  return {
    ...(await searchFacts(context, derivation)),
    ...judgeNothingDerived(
      `None of ${candidates.length} derived networks meets the latency limit as measured; the nearest, ${nearest.architecture}, takes ` +
        `${(100 * nearest.limitShare).toFixed(1)} % of it (${(100 * margin).toFixed(0)} % would do). Raise the budget of recipe ${recipe.name}, or derive.candidates.`,
    ),
  };
}

/** A result with what `diagnose` found of the same derivation, which took hours, where the folder's earlier result has that. */
async function withDiagnosis(result: Result, path: string): Promise<Result> {
  const before = existsSync(path) ? await readResult(path) : undefined;
  const isSame = before?.derive && JSON.stringify(before.derive) === JSON.stringify(result.derive);
  return isSame && before.diagnosis ? { ...result, diagnosis: before.diagnosis } : result;
}

/** Measures and scores the networks, judges the budgets and the first network against the base, writes result.json, report.md and report.html. */
export async function finish(
  context: Context,
  data: RunData | undefined,
  facts: Facts,
  exported: readonly ExportedNetwork[],
  { base, ...thresholds }: GateThresholds & { readonly base?: BaseModel | undefined } = {},
): Promise<Outcome> {
  const { recipe, hardware, folder, commit } = context;
  const { name, seed, threads, input } = recipe;
  const settings = { ...context, ...thresholds, input, threads, seed };
  const int8 =
    recipe.export.int8 && data ? await quantizeHead(exported, { ...settings, photos: data.dataset.train }) : undefined;
  if (int8) await writeFileAtomic(folder.int8Model, int8.network.model);
  const networks = [
    ...exported,
    ...(int8 ? [int8.network] : []),
    ...(base ? [await openBase(base, input, statedOf(recipe))] : []),
  ];
  const evaluated =
    networks.length === 0
      ? []
      : await evaluateStage(networks, { ...settings, photos: data?.dataset.val, pictures: folder.path });
  const heads = evaluated.slice(0, 1);
  const count = base ? countComparisons(evaluated.at(-1)!, heads) : 0;
  const confidence = confidenceOfEach(count, recipe.budgets, thresholds.gates);
  const comparisons = base
    ? (await compareStage(evaluated.at(-1)!, heads, { ...settings, confidence })).comparisons
    : undefined;
  const worth = int8 && (await judgeInt8Stage(evaluated[0]!, evaluated[exported.length]!, int8.quantization, settings));
  const { networks: measured, budgets } =
    facts.verdict === undefined
      ? await budgetsStage(recipe.budgets, evaluated, confidence, settings)
      : { networks: evaluated, budgets: [] };
  const notCompared = base ? accuracyNotCompared(evaluated.at(-1)!, heads, thresholds) : thresholds.noBase;
  const { verdict, reason, ...rest } = { ...judgeRun(budgets, comparisons ?? [], notCompared), ...facts };
  const { teacher } = recipe;
  const taught = teacher &&
    data && {
      models: teacher.models.map(({ file }) => basename(file)),
      weight: teacher.weight,
      unlabeled: data.dataset.unlabeled.length,
    };
  const described = await describeResult(
    { recipe: name, seed, threads, input, hardware, dataset: data?.dataset, commit },
    {
      ...(taught ? { teacher: taught } : {}),
      ...rest,
      networks: describeNetworks(measured),
      budgets,
      ...(worth ? { int8: worth } : {}),
      ...(comparisons ? { comparisons } : {}),
      verdict,
      reason,
    },
  );
  const result = await withDiagnosis(described, folder.result);
  await writeResult(folder.result, result);
  const picture = frontSvg(result);
  if (picture) await writeFileAtomic(join(folder.path, frontPicture), picture);
  await writeFileAtomic(folder.report, markdownReport(result));
  const table = latencyTableFile(folder.path, result.architecture?.input);
  await writePage(folder.path, result, await readOptionalTable(table));
  folder.log(`${verdict}: ${reason}`);
  return outcomeOf(result);
}
