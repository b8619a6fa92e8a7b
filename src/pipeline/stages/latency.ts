// Phase 1: the latency table, the predictor calibrated on whole subnets, and the limit that the search obeys. All of it is one file: with the
// same latency-table.json a run has the same costs and the same limit (and one more file for each further input size).

import type { LatencyTable } from '../../contracts/latency-table.ts';
import { calibrate, checkPredictor, type PredictorCheck, plainSumCosts } from '../../latency/predictor.ts';
import type { LatencyCosts } from '../../latency/types.ts';
import { acceptanceRate, assertFeasible } from '../../nas/sampling.ts';
import { resolveMaxLatency } from '../../verdict/budgets.ts';
import { tableOfRun } from '../build-table.ts';
import { type SearchContext, say } from '../context.ts';

export interface LatencyStage {
  readonly table: LatencyTable;
  readonly costs: LatencyCosts;
  readonly calibrationSubnets: number;
  readonly heldOut: PredictorCheck;
  readonly baselineMs: Readonly<Record<string, number>>;
}

export interface LatencyBudget {
  readonly maxLatencyMs: number;
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
  const { space } = context;
  const table = await tableOfRun(context, given);
  const { subnets, heldOut, baselines } = table.calibration!;
  const baselineMs: Record<string, number> = Object.fromEntries(
    baselines.map(({ name, latencyMs }) => [name, latencyMs]),
  );
  const { costs } = calibrate(space, table, subnets);
  const check = checkPredictor(costs, heldOut, plainSumCosts(space, table));
  say(context, predictorLine(check));
  return { table, costs, calibrationSubnets: subnets.length, heldOut: check, baselineMs };
}

/** How good a predictor is, in one line. */
export function predictorLine({
  count,
  meanAbsoluteErrorPercent,
  biasPercent,
  spearman,
  macsSpearman,
  plainSum,
}: PredictorCheck) {
  return (
    `predictor: ${meanAbsoluteErrorPercent.toFixed(1)} % mean error on ${count} held-out subnets ` +
    `(bias ${biasPercent.toFixed(1)} %, rank correlation ${spearman.toFixed(3)}; ` +
    `of MACs ${macsSpearman?.toFixed(3) ?? '-'}; plain sum ${plainSum?.meanAbsoluteErrorPercent.toFixed(1) ?? '-'} %)`
  );
}

/** The limit in force, as the latencies of a table have it. */
export function latencyLimit(
  { recipe }: SearchContext,
  { baselineMs }: LatencyStage,
): Pick<LatencyBudget, 'maxLatencyMs' | 'from'> {
  const limit = resolveMaxLatency(recipe.budgets, baselineMs);
  if (!limit) throw new Error('a search without a latency limit was let in');
  return limit;
}

/**
 * The limit in force and how many paths meet it.
 * @throws UserError when no path of the space does
 */
export function latencyBudget(context: SearchContext, latency: LatencyStage): LatencyBudget {
  const { costs } = latency;
  const limit = latencyLimit(context, latency);
  assertFeasible(costs, limit.maxLatencyMs);
  const rate = acceptanceRate(costs, limit.maxLatencyMs);
  say(
    context,
    `latency limit: ${limit.maxLatencyMs.toFixed(3)} ms (${limit.from}); ${(100 * rate).toPrecision(3)} % of all paths meet it`,
  );
  // Under the limits of a front networks are only decoded; the search itself has the run's own limit.
  const advice = context.limit === undefined ? spaceAdvice(rate) : undefined;
  if (advice) say(context, advice);
  return { ...limit, acceptanceRate: rate };
}

/** What to change where the limit leaves a search hardly any choice; undefined where it leaves enough. */
function spaceAdvice(rate: number): string | undefined {
  if (rate < 0.02)
    return (
      'hardly any path meets the limit, so that most operations are ruled out before the search: choose smaller widths, expansions or ' +
      'fewer layers in the space, or a higher limit'
    );
  if (rate > 0.98)
    return (
      'nearly every path meets the limit, so that the largest network is the answer: choose larger widths, expansions or more layers ' +
      'in the space, or a lower limit'
    );
  return undefined;
}
