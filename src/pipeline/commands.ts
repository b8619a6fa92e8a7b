// Commands on single models: evaluate, compare, export. Their architectures come from the models' own metadata.
import { ExitCode, UserError } from '../base/errors.ts';
import { readOptional, writeFileAtomic } from '../base/files.ts';
import { openDataset } from '../data/dataset.ts';
import { checkBudgets, judgeBudgets } from '../evaluate/budgets.ts';
import { decodeModel } from '../graph/onnx.ts';
import { loadArchitecture, parseArchitecture } from '../network/architecture.ts';
import type { Architecture } from '../network/types.ts';
import { coresAvailable, describeHardware } from '../runtime/hardware.ts';
import { trainedWeights } from '../training/loop.ts';
import { loadWithBaselines } from './context.ts';
import type { CompareOptions, EvaluateOptions, ExportOptions, Outcome } from './index.ts';
import { describeResult, outcomeOf } from './outcome.ts';
import { loadRecipe } from './recipe.ts';
import { checkStage, type Exported } from './stages/check.ts';
import { untrained } from './stages/latency.ts';
import { exportNetwork } from './stages/train.ts';

interface LoadedModel {
  readonly model: Uint8Array;
  readonly architecture: Architecture;
  readonly input: { readonly height: number; readonly width: number };
}

/**
 * Reads a model that this tool exported.
 * @throws UserError when it is none
 */
export async function loadModel(path: string): Promise<LoadedModel> {
  const model = await readOptional(path);
  if (!model) throw new UserError(`${path}: no such file`);
  let metadata: Map<string, string>;
  try {
    metadata = new Map(decodeModel(model).metadataProps.map(({ key, value }) => [key, value]));
  } catch {
    throw new UserError(`${path}: not an ONNX model, or a damaged one`);
  }
  const architecture = metadata.get('architecture');
  const input = metadata.get('input');
  if (!architecture || !input) {
    throw new UserError(
      `${path}: not exported by this tool (its metadata has no architecture and input); export it with proxyless-ci export`,
    );
  }
  const { height, width } = JSON.parse(input) as { height: number; width: number };
  return {
    model,
    architecture: parseArchitecture(architecture, `${path}: metadata: architecture`),
    input: { height, width },
  };
}

/** Scores an exported network: mIoU, cost, latency, budgets. */
export async function runEvaluate(options: EvaluateOptions): Promise<Outcome> {
  const threads = options.threads ?? (await coresAvailable());
  const { recipe, baselines = [] } = options.recipe ? await loadWithBaselines(options.recipe, { threads }) : {};
  const { model, architecture, input } = await loadModel(options.model);
  const hardware = await describeHardware(threads);
  const dataset = await openDataset(options.data);
  const networks = await checkStage([{ role: 'searched', architecture, model }], {
    ...options,
    input,
    threads,
    seed: recipe?.seed ?? 1,
    data: { folder: options.data, ids: dataset.val },
    others: baselines.map((baseline) => ({
      role: 'baseline' as const,
      architecture: baseline,
      model: untrained(baseline, input).bytes,
    })),
  });
  const budgets = recipe ? checkBudgets(recipe.budgets, networks) : [];
  const facts = { recipe: recipe?.name ?? 'none', seed: recipe?.seed ?? 1, threads, input, hardware, dataset };
  const result = await describeResult(facts, { architecture, networks, budgets, ...judgeBudgets(budgets) });
  return outcomeOf(result);
}

/** Measures several networks side by side, interleaved; with data, scores those that are trained. */
export async function runCompare(options: CompareOptions): Promise<Outcome> {
  const recipe = await loadRecipe(options.recipe, options);
  const hardware = await describeHardware(recipe.threads);
  const networks: Exported[] = [];
  const others: Exported[] = [];
  for (const name of options.models) {
    if (name.endsWith('.onnx')) {
      const { model, architecture, input } = await loadModel(name);
      if (input.height !== recipe.input.height || input.width !== recipe.input.width)
        throw new UserError(
          `${name}: input ${input.height}x${input.width}, the recipe's is ${recipe.input.height}x${recipe.input.width}; compare models of one input size`,
        );
      // By its file: two models of one recipe have the same name.
      networks.push({ role: 'baseline', architecture: { ...architecture, name }, model });
    } else {
      const architecture = await loadArchitecture(name);
      others.push({ role: 'baseline', architecture, model: untrained(architecture, recipe.input).bytes });
    }
  }
  const dataset = options.data ? await openDataset(options.data) : undefined;
  const measured = await checkStage(networks, {
    ...options,
    input: recipe.input,
    threads: recipe.threads,
    seed: recipe.seed,
    data: dataset && { folder: dataset.folder, ids: dataset.val },
    others,
  });
  const { name, seed, threads, input } = recipe;
  const result = await describeResult(
    { recipe: name, seed, threads, input, hardware, dataset },
    { networks: measured, budgets: [], verdict: 'pass', reason: `${measured.length} networks measured side by side.` },
  );
  return outcomeOf(result);
}

/** Writes trained weights as one ONNX file. */
export async function runExport(options: ExportOptions): Promise<Outcome> {
  const recipe = await loadRecipe(options.recipe);
  const architecture = await loadArchitecture(options.architecture);
  const weights = await trainedWeights(options.weights);
  const model = exportNetwork(recipe, architecture, weights);
  await writeFileAtomic(options.out, model);
  const json = { model: options.out, architecture: architecture.name, bytes: model.length, ...recipe.input };
  return { exitCode: ExitCode.pass, summary: `${options.out}: ${architecture.name}, ${model.length} bytes`, json };
}
