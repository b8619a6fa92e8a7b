// Trained weights as one ONNX file.

import { ExitCode } from '../../lib/errors.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { loadArchitecture } from '../../network/architecture.ts';
import { trainedWeights } from '../../training/loop.ts';
import type { ExportOptions, Outcome } from '../options.ts';
import { loadRecipe } from '../recipe-file.ts';
import { exportNetwork } from '../stages/train.ts';

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
