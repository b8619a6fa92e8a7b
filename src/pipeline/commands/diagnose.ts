// `diagnose`: says in full whether the search in a run folder worked. Its trainings resume, and can be shared out among copies of the folder.
import { type Result, writeResult } from '../../contracts/result.ts';
import { calibrate } from '../../latency/predictor.ts';
import { readTable } from '../../latency/table-file.ts';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { diagnosisSection } from '../../report/diagnosis.ts';
import { markdownReport } from '../../report/markdown.ts';
import type { DiagnoseOptions, Outcome } from '../options.ts';
import { writePage } from '../page.ts';
import { type DiagnosisSize, diagnose, diagnosisSubjects, diagnosisTrainings } from '../stages/diagnosis.ts';
import { latencyTableFile } from '../stages/sizes.ts';
import { supernetStage } from '../stages/supernet.ts';
import { chosenOf, openTrials, readRanking } from '../stages/trials.ts';
import { inSearchFolder } from './search.ts';
import { collect, readDerivation, trainShare } from './shards.ts';

/**
 * Trains random networks of the space beside the derived one, compares, and adds what it finds to result.json, report.md and report.html. With `shard` it only
 * trains a share of them; with `shards` it takes over what those trained.
 * @throws UserError when the folder holds no derivation, or a shard's training is missing or damaged
 */
export async function runDiagnose({
  shard,
  shards = [],
  subnets,
  seeds,
  epochs,
  ...options
}: DiagnoseOptions): Promise<Outcome> {
  const derivation = await readDerivation(options.out);
  return inSearchFolder(options, async (context, data) => {
    const { space, folder } = context;
    const size: DiagnosisSize = { subnets, seeds, epochs };
    const table = await readTable(folder.latencyTable);
    const { costs } = calibrate(space, table, table.calibration!.subnets);
    const maxLatencyMs = derivation.maxLatencyMs!;
    const ranking = await readRanking(folder);
    if (ranking && openTrials(context.recipe, ranking).length > 0)
      throw new UserError(
        `${folder.path}: trial trainings are left, which decide what is derived; run search or merge, and then diagnose`,
      );
    const taken = ranking && chosenOf(ranking);
    const subjects = diagnosisSubjects(context, costs, maxLatencyMs, taken, size);
    const trainings = diagnosisTrainings(context, data, subjects, size);
    if (shard) return trainShare(folder, trainings, shard);
    if (shards.length > 0) await collect(context, trainings, derivation, shards);
    const net = await supernetStage(context, data, { costs }, { maxLatencyMs });
    const result: Result = {
      ...derivation,
      diagnosis: await diagnose(context, { data, net, costs }, subjects, size),
    };
    await writeResult(folder.result, result);
    await writeFileAtomic(folder.report, markdownReport(result));
    // The derived network's own table, where it has another input size.
    const { input } = result.architecture ?? {};
    await writePage(folder.path, result, input ? await readTable(latencyTableFile(folder.path, input)) : table);
    return { exitCode: ExitCode.pass, summary: diagnosisSection(result)!, json: result };
  });
}
