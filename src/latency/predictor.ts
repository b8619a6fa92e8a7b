// The calibrated predictor: table entries, scaled by a fit on whole subnets, as a constant plus single and adjacent-pair terms.
import { median, sampleRankCorrelation } from 'simple-statistics';
import type { LatencyTable } from '../contracts/latency-table.ts';
import { moduleCost } from '../network/count.ts';
import { spaceModules } from '../network/modules.ts';
import type { Space } from '../network/space.ts';
import { type LayoutEnds, layoutEnds } from './layout.ts';
import { type Coefficient, fitRidge, type Prior } from './ridge.ts';
import { type LatencyCosts, type Path, pathLatency } from './types.ts';

/** A subnet as measured. */
export interface MeasuredSubnet {
  readonly path: Path;
  readonly latencyMs: number;
  /** Standard error of `latencyMs`, where it is known. */
  readonly errorMs?: number;
  /** Multiply-accumulates, where ranks are to be compared with latency's. */
  readonly macs?: number;
}

export interface Predictor {
  readonly costs: LatencyCosts;
  readonly coefficients: readonly Coefficient[];
  readonly fit: {
    readonly subnets: number;
    /** Noise of a subnet relative to its latency that the fit assumes; chosen by leave-one-out. */
    readonly noise: number;
    readonly meanAbsoluteErrorPercent: number;
    /** Each subnet predicted from the others. */
    readonly leaveOneOutErrorPercent: number;
  };
}

export interface PredictorError {
  readonly count: number;
  readonly meanAbsoluteErrorPercent: number;
  /** Mean of (predicted - measured) / measured. */
  readonly biasPercent: number;
  /** Share of the subnets, 0 to 1. */
  readonly within5Percent: number;
  readonly within10Percent: number;
  /** Rank correlation of predicted with measured latency. */
  readonly spearman: number;
}

export interface PredictorCheck extends PredictorError {
  /** Rank correlation of multiply-accumulates with measured latency. */
  readonly macsSpearman?: number;
  /** Errors of the plain sum of table entries on the same subnets. */
  readonly plainSum?: PredictorError;
}

/** Something that latency is linear in: what each choice, or each pair of neighboring choices, adds to it. */
interface Term {
  readonly prior: Prior;
  readonly constant?: number;
  /** single[layer][candidate] */
  readonly single?: readonly (readonly number[])[];
  /** pair[layer][candidate][next] */
  readonly pair?: readonly (readonly (readonly number[])[])[];
}

/**
 * The plain sum of a table: head, tail and one entry a layer, nothing fitted.
 * @throws Error when the table has no entry for a candidate: `validateTable` would have refused it
 */
export function plainSumCosts(space: Space, table: LatencyTable): LatencyCosts {
  const entries = new Map(table.entries.map((entry) => [entry.signature, entry.latencyMs]));
  const single = spaceModules(space, table.input).layers.map((candidates) =>
    candidates.map(({ signature }) => {
      const ms = entries.get(signature);
      if (ms === undefined) throw new Error(`the latency table has no entry "${signature}"`);
      return ms;
    }),
  );
  return { constant: table.fixed.reduce((sum, { latencyMs }) => sum + latencyMs, 0), single };
}

/**
 * Fits the predictor on measured subnets: a weighted sum of the terms that docs/design/latency-table.md explains, by ridge regression on relative
 * errors. Each weight is pulled towards its value if a network were the plain sum of its parts; leave-one-out errors decide how strongly.
 * @param subnets spread over the latency range (`chooseCalibrationPaths`)
 */
export function calibrate(space: Space, table: LatencyTable, subnets: readonly MeasuredSubnet[]): Predictor {
  const terms = termsOf(space, table);
  const rows = subnets.map(({ path }) => terms.map((term) => termOf(term, path)));
  const targets = subnets.map(({ latencyMs }) => latencyMs);
  const fit = fitRidge(
    rows,
    targets,
    subnets.map(({ latencyMs, errorMs = 0 }) => errorMs / latencyMs),
    terms.map(({ prior }) => prior),
  );
  const weights = fit.coefficients.map(({ value }) => value);
  const sum = (value: (term: Term) => number): number => terms.reduce((s, term, i) => s + weights[i]! * value(term), 0);
  const pairs = terms.find(({ pair }) => pair)?.pair;
  const costs: LatencyCosts = {
    constant: sum(({ constant = 0 }) => constant),
    single: space.layers.map((candidates, l) => candidates.map((_, c) => sum(({ single }) => single?.[l]?.[c] ?? 0))),
    ...(pairs
      ? {
          pair: pairs.map((candidates, l) =>
            candidates.map((nexts, c) => nexts.map((_, n) => sum(({ pair }) => pair?.[l]?.[c]?.[n] ?? 0))),
          ),
        }
      : {}),
  };
  return {
    costs,
    coefficients: fit.coefficients,
    fit: {
      subnets: subnets.length,
      noise: fit.noise,
      meanAbsoluteErrorPercent: errorOf(costs, subnets).meanAbsoluteErrorPercent,
      leaveOneOutErrorPercent: 100 * fit.leaveOneOutError,
    },
  };
}

/**
 * Compares a predictor with subnets that it was not fitted on.
 * @param plainSum costs to report beside it, as `plainSumCosts` makes them
 */
export function checkPredictor(
  costs: LatencyCosts,
  heldOut: readonly MeasuredSubnet[],
  plainSum?: LatencyCosts,
): PredictorCheck {
  const measured = heldOut.map(({ latencyMs }) => latencyMs);
  const macs = heldOut.flatMap((subnet) => subnet.macs ?? []);
  return {
    ...errorOf(costs, heldOut),
    ...(macs.length === heldOut.length ? { macsSpearman: rankCorrelation(macs, measured) } : {}),
    ...(plainSum ? { plainSum: errorOf(plainSum, heldOut) } : {}),
  };
}

function errorOf(costs: LatencyCosts, subnets: readonly MeasuredSubnet[]): PredictorError {
  const predicted = subnets.map(({ path }) => pathLatency(costs, path));
  const errors = subnets.map(({ latencyMs }, i) => (predicted[i]! - latencyMs) / latencyMs);
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const within = (share: number) => errors.filter((error) => Math.abs(error) <= share).length / subnets.length;
  return {
    count: subnets.length,
    meanAbsoluteErrorPercent: 100 * mean(errors.map(Math.abs)),
    biasPercent: 100 * mean(errors),
    within5Percent: within(0.05),
    within10Percent: within(0.1),
    spearman: rankCorrelation(
      predicted,
      subnets.map(({ latencyMs }) => latencyMs),
    ),
  };
}

/** Spearman's; 0 where a side is constant, which says nothing of the other's order. */
function rankCorrelation(a: number[], b: number[]): number {
  return new Set(a).size < 2 || new Set(b).size < 2 ? 0 : sampleRankCorrelation(a, b);
}

/** How far single operations may stray from the scale of their kind. */
const entryDeviation = 0.1;

function termsOf(space: Space, table: LatencyTable): Term[] {
  const { layers, features } = spaceModules(space, table.input);
  const { constant, single } = plainSumCosts(space, table);
  // Milliseconds of one pass over 1024 values on this machine, as a first guess: reorders are such passes, and frames consist mostly of them.
  const pass = median(table.frames.map((f) => (f.p10Ms / (f.channels * f.height * f.width)) * 1024));
  const ends = layers.map((candidates) => candidates.map(layoutEnds));
  const inputSize = (layer: number): number => {
    const { channels, height, width } = layers[layer]![0]!.inputs[0]!;
    return (channels * height * width) / 1024;
  };
  /** The table's entries where the condition holds for a candidate, 0 elsewhere. */
  const entriesWhere = (holds: (layer: number, candidate: number) => boolean) =>
    single.map((candidates, l) => candidates.map((ms, c) => (holds(l, c) ? ms : 0)));
  const passesWhere = (holds: (end: LayoutEnds, layer: number) => boolean) =>
    ends.map((candidates, l) => candidates.map((end) => (holds(end, l) ? inputSize(l) : 0)));
  const pairsWhere = (holds: (before: LayoutEnds, after: LayoutEnds) => boolean) =>
    ends
      .slice(0, -1)
      .map((candidates, l) =>
        candidates.map((before) => ends[l + 1]!.map((after) => (holds(before, after) ? inputSize(l + 1) : 0))),
      );
  const operations = [...new Set(space.layers.flat().map(({ operation }) => operation))];
  const signatures = [...new Set(layers.flat().map(({ signature }) => signature))];
  const terms: Term[] = [
    { prior: { name: 'fixed', mean: 1, deviation: 0.5 }, constant },
    ...operations.map((name) => ({
      prior: { name, mean: 1, deviation: 0.2 },
      single: entriesWhere((l, c) => space.layers[l]![c]!.operation === name),
    })),
    ...signatures.map((name) => ({
      prior: { name, mean: 0, deviation: entryDeviation },
      single: entriesWhere((l, c) => layers[l]![c]!.signature === name),
    })),
    {
      prior: { name: 'weights', mean: 0, deviation: pass },
      single: layers.map((candidates) => candidates.map((module) => moduleCost(module).parameters / 1024)),
    },
    {
      prior: { name: 'input shared, not fused', mean: 0, deviation: pass },
      single: passesWhere(({ startsElementwise }, l) => startsElementwise && features.includes(l - 1)),
    },
    {
      prior: { name: 'plain layout kept', mean: 0, deviation: pass },
      pair: pairsWhere((before, after) => before.endsPlain && after.startsPlain),
    },
    {
      prior: { name: 'plain layout, not fused', mean: 0, deviation: pass },
      pair: pairsWhere((before, after) => before.endsPlain && after.startsElementwise),
    },
  ];
  return terms.filter(({ constant: c, single: s, pair }) =>
    [c ?? 0, s ?? 0, pair ?? 0].flat(3).some((value) => value > 0),
  );
}

/**
 * How much a measured path would tell about each weight of the predictor: what the term adds, times how uncertain its weight is, divided by the path's
 * latency (that of the plain sum: nothing is measured yet).
 */
export function pathInformation(space: Space, table: LatencyTable): (path: Path) => number[] {
  const terms = termsOf(space, table);
  const costs = plainSumCosts(space, table);
  return (path) => {
    const latencyMs = pathLatency(costs, path);
    return terms.map((term) => (termOf(term, path) * term.prior.deviation) / latencyMs);
  };
}

/** What a term adds to a path before it is weighed. */
function termOf({ constant = 0, single, pair }: Term, path: Path): number {
  return path.reduce(
    (sum, candidate, layer) =>
      sum + (single?.[layer]?.[candidate] ?? 0) + (pair?.[layer]?.[candidate]?.[path[layer + 1]!] ?? 0),
    constant,
  );
}
