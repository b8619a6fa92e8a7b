// Stage 1: the latency table, the predictor calibrated on whole subnets, and the limit that the search obeys. All of it is one file: with the
// same latency-table.json a run has the same costs and the same limit.
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../base/errors.ts';
import { readJson, readOptional, writeJson } from '../../base/files.ts';
import { createRandom } from '../../base/random.ts';
import { latencyLimit } from '../../evaluate/budgets.ts';
import {
  calibrate,
  checkPredictor,
  chooseCalibrationPaths,
  type PredictorCheck,
  plainSumCosts,
} from '../../latency/predictor.ts';
import { measureSubnets } from '../../latency/subnets.ts';
import { buildTable, type LatencyTable, latencyTableSchema, validateTable } from '../../latency/table.ts';
import type { LatencyCosts } from '../../latency/types.ts';
import { acceptanceRate, assertFeasible } from '../../nas/sampling.ts';
import { deployArchitecture, randomWeights } from '../../network/deploy.ts';
import { networkModules } from '../../network/modules.ts';
import type { Architecture } from '../../network/types.ts';
import type { SearchContext } from '../context.ts';

export interface LatencyStage {
  readonly table: LatencyTable;
  readonly costs: LatencyCosts;
  readonly calibrationSubnets: number;
  readonly heldOut: PredictorCheck;
  readonly baselineMs: Readonly<Record<string, number>>;
}

export interface LatencyBudget {
  readonly limitMs: number;
  readonly from: string;
  /** Share of the space's paths that meet it. */
  readonly acceptanceRate: number;
}

/**
 * Makes or loads the table, and calibrates the predictor.
 * @param given a table file to use in place of measuring one
 * @throws UserError when a table is damaged, was made elsewhere, or lacks what this recipe needs
 */
export async function latencyStage(context: SearchContext, given?: string): Promise<LatencyStage> {
  const { folder, space } = context;
  const source = (await readOptional(folder.latencyTable)) ? folder.latencyTable : given;
  const table = source ? await loadTable(context, source) : await measureTable(context);
  if (given && source !== given && !isDeepStrictEqual(await loadTable(context, given), table))
    throw new UserError(`${folder.path}: its run goes by another latency table than ${given}; choose another --out`);
  const { subnets, heldOut, baselines } = table.calibration ?? missing(source ?? folder.latencyTable, 'a calibration');
  const baselineMs: Record<string, number> = Object.fromEntries(
    baselines.map(({ name, latencyMs }) => [name, latencyMs]),
  );
  for (const { name } of context.baselines) {
    if (baselineMs[name] === undefined) missing(source ?? folder.latencyTable, `the baseline ${name}`);
  }
  // Only now that the table is known to serve: one that does not must not stay in the folder.
  if (source !== folder.latencyTable) await writeJson(folder.latencyTable, table);
  const { costs } = calibrate(space, table, subnets);
  const check = checkPredictor(costs, heldOut, plainSumCosts(space, table));
  const line =
    `predictor: ${check.meanAbsoluteErrorPercent.toFixed(1)} % mean error on ${check.count} held-out subnets ` +
    `(bias ${check.biasPercent.toFixed(1)} %, rank correlation ${check.spearman.toFixed(3)}; ` +
    `of MACs ${check.macsSpearman?.toFixed(3) ?? '-'}; plain sum ${check.plainSum?.meanAbsoluteErrorPercent.toFixed(1) ?? '-'} %)`;
  context.progress.note(line);
  folder.log(line);
  return { table, costs, calibrationSubnets: subnets.length, heldOut: check, baselineMs };
}

/**
 * The limit in force and how many paths meet it.
 * @throws UserError when no path of the space does
 */
export function latencyBudget(
  { recipe, progress, folder }: SearchContext,
  { costs, baselineMs }: LatencyStage,
): LatencyBudget {
  const limit = latencyLimit(recipe.budgets, baselineMs);
  if (!limit) throw new Error('a search without a latency limit was let in');
  assertFeasible(costs, limit.limitMs);
  const rate = acceptanceRate(costs, limit.limitMs);
  const line = `latency limit: ${limit.limitMs.toFixed(3)} ms (${limit.from}); ${(100 * rate).toPrecision(3)} % of all paths meet it`;
  progress.note(line);
  folder.log(line);
  return { ...limit, acceptanceRate: rate };
}

async function loadTable({ hardware, space, recipe }: SearchContext, source: string): Promise<LatencyTable> {
  const table = await readJson(source, latencyTableSchema);
  validateTable(table, { hardware, space, ...recipe.input, source });
  return table;
}

async function measureTable(context: SearchContext): Promise<LatencyTable> {
  const { recipe, space, baselines, progress } = context;
  const { threads, seed, input, latency } = recipe;
  let stage: ReturnType<typeof progress.stage> | undefined;
  const onProgress = (name: string) => (done: number, total: number) => {
    context.signal.throwIfAborted();
    stage ??= progress.stage(name, total, 'rounds');
    stage.update(done);
    if (done < total) return;
    stage.done();
    stage = undefined;
  };
  const table = await buildTable({
    space,
    ...input,
    threads,
    seed,
    rounds: latency.rounds,
    onProgress: onProgress('latency table'),
  });
  const plain = plainSumCosts(space, table);
  const random = createRandom(seed, 'calibration');
  const count = latency.calibrationSubnets + latency.heldOutSubnets;
  const paths = chooseCalibrationPaths(plain, count, random);
  // Held-out subnets from all over the range too: every so-manieth, not the last ones.
  const order = random.permutation(count);
  const measured = await measureSubnets(space, paths, {
    ...input,
    threads,
    rounds: latency.rounds,
    random,
    others: baselines.map((baseline) => untrained(baseline, input)),
    onProgress: onProgress('whole subnets'),
  });
  const pick = (from: number, to: number) => order.slice(from, to).map((i) => measured.subnets[i]!);
  const calibrated: LatencyTable = {
    ...table,
    calibration: {
      subnets: pick(0, latency.calibrationSubnets),
      heldOut: pick(latency.calibrationSubnets, count),
      baselines: measured.others.map(({ name, steadyMs }) => ({ name, latencyMs: steadyMs })),
    },
  };
  return calibrated;
}

/** An architecture with random weights as a model to measure: weights do not change its latency. */
export function untrained(architecture: Architecture, input: { height: number; width: number }) {
  const { head, layers, tail } = networkModules(architecture, input);
  const bytes = deployArchitecture(architecture, randomWeights([head, ...layers, tail], 0), input);
  return { name: architecture.name, bytes, ...input };
}

function missing(source: string, what: string): never {
  throw new UserError(
    `${source}: the latency table lacks ${what}, which this recipe needs; remove it, and the same command measures a new one`,
  );
}
