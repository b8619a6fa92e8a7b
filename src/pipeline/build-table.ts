// The latency table of a run: measured, read from a file, or found in the run folder. A table that was not just measured is first checked on this machine.

import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Architecture } from '../contracts/architecture.ts';
import type { LatencyTable } from '../contracts/latency-table.ts';
import { chooseCalibrationPaths, chooseHeldOutPaths } from '../latency/calibration-paths.ts';
import { pathInformation, plainSumCosts } from '../latency/predictor.ts';
import { judgeRecheck, measureAgain } from '../latency/recheck.ts';
import { measureSubnets } from '../latency/subnets.ts';
import { buildTable, validateTable } from '../latency/table.ts';
import { readOptionalTable, readTable, scaleTable, sealTable, writeTable } from '../latency/table-file.ts';
import { readCheckedJson, writeCheckedJson } from '../lib/checked-json.ts';
import { UserError } from '../lib/errors.ts';
import { shortHash } from '../lib/hash.ts';
import { createRandom } from '../lib/random.ts';
import { deployArchitecture, randomWeights } from '../network/deploy.ts';
import { type InputSize, networkModules, unlike } from '../network/modules.ts';
import { ofSize, type SearchContext, say } from './context.ts';

const roundsFile = (context: SearchContext): string =>
  context.folder.checkpoint(`latency-rounds${ofSize(context.size)}.json`);

/** Rounds that a table under way has finished, for the machine and the seed that they were measured with. */
const checkpointSchema = z.object({
  schema: z.literal('proxyless-ci/latency-rounds@1'),
  key: z.string(),
  rounds: z.record(z.string(), z.array(z.number())),
});

/**
 * The run folder's table. It is put there once, and a resumed run uses it unchanged: with the same table it has the same costs. Every table that
 * this process did not measure is first checked by measuring again (`measureAgain`). A given table that no longer holds is rescaled or measured
 * again; for the run folder's own table, a message only says so.
 * @param given a table file to use in place of measuring one
 * @throws UserError when a table is damaged, was made elsewhere, lacks what this recipe needs, or is not that of the run
 */
export async function tableOfRun(context: SearchContext, given?: string): Promise<LatencyTable> {
  const { folder } = context;
  const own = await readOptionalTable(folder.latencyTable);
  if (own) {
    checkTable(context, own, folder.latencyTable, 'what the run found depends on it: use another --out');
    await rm(roundsFile(context), { force: true });
    if (given) await checkOrigin(context, own, given);
    const { verdict } = await recheck(context, own, folder.latencyTable);
    if (verdict === 'rescale' || verdict === 'remake')
      say(
        context,
        'the run goes on with it unchanged, so that its costs stay the same; latencies are off by that much',
      );
    return own;
  }
  const table = given ? await takeTable(context, given) : await measureTable(context);
  await writeTable(folder.latencyTable, table);
  await rm(roundsFile(context), { force: true });
  return table;
}

/** A given table, rescaled or measured again where it no longer holds. */
async function takeTable(context: SearchContext, given: string): Promise<LatencyTable> {
  const table = await readTable(given);
  checkTable(context, table, given);
  const { verdict, ratio, error } = await recheck(context, table, given);
  if (verdict === 'rescale') {
    say(
      context,
      `${given}: taken with every latency multiplied by ${ratio.toFixed(3)} (standard error ${(100 * error).toFixed(1)} %)`,
    );
    return scaleTable(table, ratio, error);
  }
  if (verdict === 'remake') {
    say(context, `${given}: measured again`);
    return sealTable({ ...(await measureTable(context)), origins: [{ checksum: table.checksum, ratio: null }] });
  }
  return table;
}

async function recheck(context: SearchContext, table: LatencyTable, source: string) {
  const judgement = judgeRecheck(await measureAgain(table, context.recipe.seed));
  context.signal.throwIfAborted();
  say(context, `${source}: ${judgement.reason}`);
  return judgement;
}

/** @throws UserError when the run's table does not come from the given one */
async function checkOrigin({ folder }: SearchContext, own: LatencyTable, given: string): Promise<void> {
  const { checksum } = await readTable(given);
  const [origin, ...more] = own.origins ?? [];
  if (checksum === own.checksum || (more.length === 0 && origin?.checksum === checksum)) return;
  throw new UserError(`${folder.path}: its run uses another latency table than ${given}; choose another --out`);
}

/** @throws UserError when a table was made elsewhere or lacks what this recipe needs */
function checkTable(
  { hardware, space, recipe, baselines }: SearchContext,
  table: LatencyTable,
  source: string,
  advice = 'remove the file, and the same command measures a new table',
): void {
  validateTable(table, { hardware, space, ...recipe.input, source, advice });
  const lacking = baselines.find((baseline) => {
    const { name, input = recipe.input } = baseline;
    const isOther = (layers: string | undefined): boolean => layers !== undefined && layers !== layersHash(baseline);
    return table.calibration?.baselines.every(
      (known) => known.name !== name || unlike(known.input ?? table.input, input) || isOther(known.layers),
    );
  });
  const what = table.calibration ? lacking && `the baseline ${lacking.name} at this input size` : 'a calibration';
  if (what === undefined) return;
  throw new UserError(`${source}: the latency table lacks ${what}, which this recipe needs; ${advice}`);
}

async function measureTable(context: SearchContext): Promise<LatencyTable> {
  const { recipe, space, baselines, hardware, progress } = context;
  const { threads, seed, input, latency } = recipe;
  let stage: { readonly name: string; readonly stage: ReturnType<typeof progress.stage> } | undefined;
  const onProgress = (name: string, done: number, total: number): void => {
    context.signal.throwIfAborted();
    // The first call for a stage comes when its first round is done.
    if (stage?.name !== name) stage = { name, stage: progress.stage(name, total, 'rounds', done - 1) };
    stage.stage.update(done);
    if (done === total) stage.stage.done();
  };
  const checkpoint = roundsFile(context);
  const key = `${hardware.key} ${seed}`;
  const found = await readCheckedJson(checkpoint, checkpointSchema);
  const table = await buildTable({
    space,
    ...input,
    threads,
    seed,
    rounds: latency.rounds,
    ...(found?.key === key ? { finished: new Map(Object.entries(found.rounds)) } : {}),
    onFinished: async (rounds) => {
      await writeCheckedJson(checkpoint, {
        schema: 'proxyless-ci/latency-rounds@1',
        key,
        rounds: Object.fromEntries(rounds),
      });
    },
    onProgress,
  });
  const { errorPercent, pathErrorPercent = 0, unsettled } = table.quality;
  say(
    context,
    `latency table: ${table.entries.length} operations, standard error ${errorPercent.toFixed(1)} % of their latencies, ${pathErrorPercent.toFixed(2)} % of whole paths` +
      (unsettled > 0 ? `; ${unsettled} measurements did not settle: ${someOf(unsettledNames(table))}` : ''),
  );
  const plain = plainSumCosts(space, table);
  const random = createRandom(seed, 'calibration');
  const calibration = chooseCalibrationPaths(plain, latency.calibrationSubnets, random, pathInformation(space, table));
  const paths = [...calibration, ...chooseHeldOutPaths(plain, latency.heldOutSubnets, random, calibration)];
  const measured = await measureSubnets(space, paths, {
    ...input,
    threads,
    rounds: latency.rounds,
    random,
    others: baselines.map((baseline) => untrained(baseline, input)),
    onProgress: (done, total) => onProgress('whole subnets', done, total),
  });
  return sealTable({
    ...table,
    calibration: {
      subnets: measured.subnets.slice(0, latency.calibrationSubnets),
      heldOut: measured.subnets.slice(latency.calibrationSubnets),
      baselines: measured.others.map(({ name, p10Ms }, i) => {
        const own = unlike(input, baselines[i]!.input ?? input);
        return { name, ...(own && { input: own }), layers: layersHash(baselines[i]!), latencyMs: p10Ms };
      }),
    },
  });
}

const layersHash = ({ macro, layers }: Architecture): string => shortHash([macro, layers]);

/** The first few names, and the number of the others. */
const someOf = (names: readonly string[], few = 3): string =>
  `${names.slice(0, few).join(', ')}${names.length > few ? ` and ${names.length - few} more` : ''}`;

const unsettledNames = ({ entries, frames, fixed }: LatencyTable): string[] => [
  ...fixed.filter(({ settled }) => !settled).map(({ part }) => part),
  ...frames
    .filter(({ settled }) => !settled)
    .map(({ channels, height, width }) => `frame ${channels}x${height}x${width}`),
  ...entries.filter(({ settled }) => !settled).map(({ signature }) => signature),
];

/**
 * An architecture with random weights as a model to measure: weights do not change its latency.
 * @param ofRun its input size, where it has none of its own
 */
export function untrained(architecture: Architecture, ofRun: InputSize) {
  const { input = ofRun } = architecture;
  const { head, layers, tail } = networkModules(architecture, input);
  const bytes = deployArchitecture(architecture, randomWeights([head, ...layers, tail], 0), input);
  return { name: architecture.name, bytes, ...input };
}
