// Gates on model files: one model judged by budgets and against a base (evaluate, the Action), or several against the first (compare).

import { join } from 'node:path';
import type { Architecture } from '../../contracts/architecture.ts';
import type { ModelSettings } from '../../contracts/model.ts';
import type { Recipe } from '../../contracts/recipe.ts';
import { writeResult } from '../../contracts/result.ts';
import { openDataset } from '../../data/dataset.ts';
import { UserError } from '../../lib/errors.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { loadArchitecture } from '../../network/architecture.ts';
import type { InputSize } from '../../network/modules.ts';
import { markdownReport } from '../../report/markdown.ts';
import { verdictSvg } from '../../report/verdict-chart.ts';
import { describeHardware } from '../../runtime/hardware.ts';
import { confidenceOfEach, judgeComparisons, judgeRun, judgeWork } from '../../verdict/verdict.ts';
import { untrained } from '../build-table.ts';
import { loadWithBaselines } from '../context.ts';
import { readModelFile } from '../model-file.ts';
import type { BaseModel, CompareOptions, DataFolder, GateOptions, GateThresholds, Outcome } from '../options.ts';
import { describeResult, outcomeOf } from '../outcome.ts';
import { writePage } from '../page.ts';
import { loadRecipe } from '../recipe-file.ts';
import { checkBudgetFields, resolveBudgets, resolveThreads, seedWithoutRecipe } from '../settings.ts';
import { budgetsStage } from '../stages/budgets.ts';
import { accuracyNotCompared, compareStage, countComparisons } from '../stages/compare.ts';
import { describeNetworks, type EvaluatedNetwork, type ExportedNetwork, evaluateStage } from '../stages/evaluate.ts';

/** Judges one model: its budgets, and where a base is given, its latency and accuracy against that. */
export async function runGate(options: GateOptions): Promise<Outcome> {
  const { recipe, baselines = [] } = options.recipe ? await loadWithBaselines(options.recipe, options) : {};
  const threads = await resolveThreads(options.threads, recipe?.threads);
  const budgets = recipe?.budgets ?? checkBudgetFields(resolveBudgets(options.budgets), 'budgets');
  checkBaselines(budgets, baselines);
  const seed = recipe?.seed ?? seedWithoutRecipe;
  const settings = statedOf(recipe, options.modelSettings);
  const head = await readModelFile(options.model, settings);
  // A network to which a search gave its own input size is compared with networks of the run's size.
  const ofRun = (head.architecture?.input && recipe?.input) ?? head.input;
  const base = options.base && (await openBase(options.base, ofRun, settings));
  const hardware = await describeHardware(threads);
  const folders = options.data ?? recipe?.data;
  if (base) checkThresholds(options, folders);
  const dataset = folders && (await openDataset(folders));
  const networks: ExportedNetwork[] = [
    { role: 'head', ...head },
    ...(base ? [base] : []),
    ...baselines.map((baseline) => randomly('baseline', baseline, ofRun)),
  ];
  const stage = { ...options, input: ofRun, threads, seed, photos: dataset?.val, pictures: options.out };
  const evaluated = await evaluateStage(networks, stage);
  const [first, second] = evaluated as [EvaluatedNetwork, ...EvaluatedNetwork[]];
  const count = base ? countComparisons(second!, [first]) : 0;
  const confidence = confidenceOfEach(count, budgets, options.gates);
  const { comparisons } = base
    ? await compareStage(second!, [first], { ...options, threads, seed, confidence })
    : { comparisons: [] };
  const { networks: measured, budgets: judged } = await budgetsStage(budgets, evaluated, confidence, stage);
  const result = await describeResult(
    { recipe: recipe?.name ?? 'none', seed, threads, input: ofRun, hardware, dataset, commit: options.commit },
    {
      ...(head.architecture ? { architecture: head.architecture } : {}),
      networks: describeNetworks(measured),
      budgets: judged,
      ...(base ? { comparisons } : {}),
      ...judgeRun(judged, comparisons, base ? accuracyNotCompared(second!, [first], options) : options.noBase),
    },
  );
  if (options.out !== undefined) {
    await writeResult(join(options.out, 'result.json'), result);
    await writeFileAtomic(join(options.out, 'report.md'), markdownReport(result));
    await writePage(options.out, result);
  }
  return outcomeOf(result);
}

/**
 * Measures several networks side by side, interleaved; with data, scores those that are trained; with a threshold, judges each against the
 * first.
 */
export async function runCompare(options: CompareOptions): Promise<Outcome> {
  const recipe = options.recipe === undefined ? undefined : await loadRecipe(options.recipe, options);
  const threads = await resolveThreads(options.threads, recipe?.threads);
  const seed = recipe?.seed ?? seedWithoutRecipe;
  const judges = options.latencyThreshold !== undefined || options.miouThreshold !== undefined;
  if (judges && options.models.length < 2) {
    throw new UserError('compare: a threshold needs a base and at least one other model: compare base.onnx head.onnx');
  }
  if (options.svg !== undefined && !judges) {
    throw new UserError('compare: --svg draws the measurements behind a verdict; give --threshold too');
  }
  const hardware = await describeHardware(threads);
  const settings = statedOf(recipe, options.modelSettings);
  let input: InputSize | undefined = recipe?.input;
  const networks: ExportedNetwork[] = [];
  for (const [i, name] of options.models.entries()) {
    const role = !judges ? 'baseline' : i === 0 ? 'base' : 'head';
    if (name.endsWith('.onnx')) {
      const file = await readModelFile(name, input ? { ...settings, size: settings.size ?? input } : settings);
      input ??= file.input;
      // By its path: two models of one recipe have the same file name.
      networks.push({ role, ...file, name });
    } else {
      const architecture = await loadArchitecture(name);
      input ??= architecture.input;
      if (!input) throw new UserError(`${name}: names no input size; give --recipe, or name an ONNX file first`);
      networks.push(randomly(role, architecture, input));
    }
  }
  const folders = options.data ?? recipe?.data;
  checkThresholds(options, folders);
  const dataset = folders && (await openDataset(folders));
  const evaluated = await evaluateStage(networks, {
    ...options,
    input: input!,
    threads,
    seed,
    photos: dataset?.val,
  });
  const [base, ...heads] = evaluated;
  const { comparisons, distributions } = judges
    ? await compareStage(base!, heads, {
        ...options,
        threads,
        seed,
        confidence: confidenceOfEach(countComparisons(base!, heads), {}),
      })
    : { comparisons: [], distributions: [] };
  if (options.svg !== undefined) await writeFileAtomic(options.svg, verdictSvg(distributions));
  const judged = judgeComparisons(comparisons) ?? judgeWork(`${evaluated.length} networks measured.`);
  const result = await describeResult(
    { recipe: recipe?.name ?? 'none', seed, threads, input: input!, hardware, dataset },
    { networks: describeNetworks(evaluated), budgets: [], ...(judges ? { comparisons } : {}), ...judged },
  );
  return outcomeOf(result);
}

/**
 * Opens what a run compares its network with: a model, or an architecture (measured with random weights, so without accuracy).
 * @param input size of head's input: used for an architecture, and for a model that leaves its size open
 * @throws UserError when it is neither
 */
export async function openBase(
  { file, name }: BaseModel,
  input: InputSize,
  settings: ModelSettings = {},
): Promise<ExportedNetwork> {
  if (file.endsWith('.json')) return { ...randomly('base', await loadArchitecture(file), input), name };
  const base = await readModelFile(file, { ...settings, size: input });
  return { role: 'base', ...base, name };
}

/** @throws UserError where mIoU is to be judged, and there are no photos that it would be of */
function checkThresholds({ miouThreshold }: GateThresholds, folders: readonly DataFolder[] | undefined): void {
  if (miouThreshold !== undefined && !folders)
    throw new UserError(
      '--miou-threshold: no mIoU is known without photos; give --data, a folder with images and masks',
    );
}

/** @throws UserError where a relative budget names what is not measured in this run */
function checkBaselines({ maxLatencyVs = {} }: Recipe['budgets'], baselines: readonly Architecture[]): void {
  const missing = Object.keys(maxLatencyVs).find((name) => baselines.every((baseline) => baseline.name !== name));
  if (missing !== undefined)
    throw new UserError(
      `budgets: max-latency-vs: "${missing}" is not measured in this run; give a recipe (--recipe) whose baselines list it, or use max-latency-ms`,
    );
}

/** What is stated of models that this tool did not export: by the door, then by the recipe. An open size is by default the recipe's input. */
export function statedOf(recipe: Recipe | undefined, given: ModelSettings = {}): ModelSettings {
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { size: recipe?.input, ...recipe?.model, ...stated };
}

function randomly(role: ExportedNetwork['role'], architecture: Architecture, input: InputSize): ExportedNetwork {
  const { name, bytes } = untrained(architecture, input);
  return { role, name, architecture, model: bytes, untrained: true };
}
