// Trained weights as one ONNX file; or a float32 model as an int8 one, with what that is worth on this machine.

import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Architecture } from '../../contracts/architecture.ts';
import { openDataset } from '../../data/dataset.ts';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { loadArchitecture } from '../../network/architecture.ts';
import { describeHardware } from '../../runtime/hardware.ts';
import { trainedWeights } from '../../training/loop.ts';
import { judgeWork } from '../../verdict/verdict.ts';
import { readModelFile } from '../model-file.ts';
import type { ExportOptions, Int8Options, Outcome, TrainedWeights } from '../options.ts';
import { describeResult, outcomeOf } from '../outcome.ts';
import { loadRecipe } from '../recipe-file.ts';
import { resolveThreads, seedWithoutRecipe } from '../settings.ts';
import { describeNetworks, type ExportedNetwork, evaluateStage } from '../stages/evaluate.ts';
import { judgeInt8Stage, quantizeHead } from '../stages/quantize.ts';
import { exportNetwork } from '../stages/train.ts';

/** Writes a model; as int8 it is measured and scored beside float32. */
export async function runExport(options: ExportOptions): Promise<Outcome> {
  const { from, out, int8 } = options;
  if (int8) return exportInt8(options, int8);
  if (!('weights' in from)) throw new UserError(`${from.model}: is a model already; give --int8 to quantize it`);
  const { architecture, model, input } = await trainedModel(from);
  await writeFileAtomic(out, model);
  const json = { model: out, architecture: architecture.name, bytes: model.length, ...input };
  return { exitCode: ExitCode.pass, summary: `${out}: ${architecture.name}, ${model.length} bytes`, json };
}

interface TrainedModel {
  readonly architecture: Architecture;
  readonly model: Uint8Array;
  readonly input: { readonly height: number; readonly width: number };
}

async function trainedModel({
  recipe: name,
  architecture: file,
  weights: path,
}: TrainedWeights): Promise<TrainedModel> {
  const recipe = await loadRecipe(name);
  const architecture = await loadArchitecture(file);
  const weights = await trainedWeights(path);
  const { input = recipe.input } = architecture;
  return { architecture, model: exportNetwork(recipe, architecture, weights), input };
}

/** Where a path leads, links followed; undefined where there is nothing. */
const realPath = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);

async function exportInt8(
  options: ExportOptions,
  { data, calibration, threads: given, timeLimitMs }: Int8Options,
): Promise<Outcome> {
  const { from, out } = options;
  const replaced = await realPath(out);
  if ('model' in from && replaced !== undefined && replaced === (await realPath(from.model)))
    throw new UserError(`--out ${out}: is the float32 model itself, which would be lost; name another file`);
  const recipe = 'weights' in from ? await loadRecipe(from.recipe) : undefined;
  const folders = data ?? recipe?.data;
  if (!folders)
    throw new UserError(
      'export --int8: ranges are seen on photos of training; give --data, a folder with images and splits.json',
    );
  const threads = await resolveThreads(given, recipe?.threads);
  const seed = recipe?.seed ?? seedWithoutRecipe;
  const dataset = await openDataset(folders);
  const { name, model, input, architecture, settings } =
    'weights' in from
      ? await trainedModel(from).then((one) => ({ ...one, name: one.architecture.name, settings: undefined }))
      : await readModelFile(from.model, from.modelSettings);
  const float32: ExportedNetwork = { role: 'head', name, model, architecture, settings };
  const photos = dataset.train.length > 0 ? dataset.train : dataset.val;
  const stage = { ...options, threads, seed, timeLimitMs };
  const int8 = (await quantizeHead([float32], { ...stage, photos, calibration }))!;
  await writeFileAtomic(out, int8.network.model);
  const networks = [float32, { ...int8.network, name: basename(out) }];
  const evaluated = await evaluateStage(networks, { ...stage, input, photos: dataset.val });
  const worth = await judgeInt8Stage(evaluated[0]!, evaluated[1]!, int8.quantization, stage);
  const hardware = await describeHardware(threads);
  const result = await describeResult(
    { recipe: recipe?.name ?? 'none', seed, threads, input, hardware, dataset },
    {
      networks: describeNetworks(evaluated),
      budgets: [],
      int8: worth,
      ...judgeWork(`${out}: int8, ${int8.network.model.length} bytes, float32 ${model.length}.`),
    },
  );
  return outcomeOf(result);
}
