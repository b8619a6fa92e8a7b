// What would be assumed of a model, without measuring it.

import { basename } from 'node:path';
import type { Inspection } from '../../contracts/model.ts';
import { readImageModel } from '../../graph/image-model.ts';
import { ExitCode } from '../../lib/errors.ts';
import { inspectionSummary } from '../../report/console.ts';
import { countMacs } from '../../runtime/macs.ts';
import { inspectModel } from '../../runtime/segmentation.ts';
import { readModelBytes } from '../model-file.ts';
import type { InspectOptions, Outcome } from '../options.ts';

/** Says how a model would be read. */
export async function runInspect({ model, modelSettings }: InspectOptions): Promise<Outcome> {
  const bytes = await readModelBytes(model);
  const source = { name: model, bytes, ...modelSettings.size };
  const { parameters } = readImageModel(source);
  const inspection: Inspection = {
    model: basename(model),
    bytes: bytes.length,
    parameters,
    macs: await countMacs(source),
    facts: await inspectModel(source, modelSettings),
  };
  return { exitCode: ExitCode.pass, summary: inspectionSummary(inspection), json: inspection };
}
