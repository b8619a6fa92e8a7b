// The calibrated predictor: table entries, scaled by a fit on whole subnets, as a constant plus single and adjacent-pair terms.
import { median, sampleRankCorrelation } from 'simple-statistics';
import type { Random } from '../base/random.ts';
import { spaceModules } from '../network/modules.ts';
import type { Space } from '../network/space.ts';
import { layoutEnds } from './layout.ts';
import { type Coefficient, fitRidge } from './ridge.ts';
import type { LatencyTable } from './schema.ts';
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
  /** Rank correlation of predicted with measured latency. */
  readonly spearman: number;
}

export interface PredictorCheck extends PredictorError {
  /** Rank correlation of multiply-accumulates with measured latency. */
  readonly macsSpearman?: number;
  /** The same of the plain sum of table entries. */
  readonly plainSum?: PredictorError;
}

/** What a space looks like to the predictor. */
interface Terms {
  /** Head and tail. */
  readonly fixedMs: number;
  /** single[layer][candidate]: table entries. */
  readonly single: readonly (readonly number[])[];
  readonly operations: readonly (readonly string[])[];
  /** Kinds of effects between neighbours: pairs[kind][layer][candidate][next], in units of the map's 1024 values. */
  readonly pairs: ReadonlyMap<string, readonly (readonly (readonly number[])[])[]>;
}

/**
 * The plain sum of a table: head, tail and one entry a layer, nothing fitted.
 * @throws Error when the table has no entry for a candidate: `validateTable` would have refused it
 */
export function plainSumCosts(space: Space, table: LatencyTable): LatencyCosts {
  const { fixedMs, single } = termsOf(space, table);
  return { constant: fixedMs, single };
}

/**
 * Fits the predictor on measured subnets.
 *
 * latency = a * fixed + sum over operations of b_op * (table entries of op) + sum over kinds of pairs of c_kind * (size of the map between).
 * The scales b take up what a network does to an operation that its frame does not show (colder caches, other neighbours), a the fixed cost of
 * a run and of the joints. Pairs are those where one side leaves ONNX Runtime's blocked layout (a channel shuffle): the next operation
 * may save a reorder that the frame paid, or cannot fuse its first elementwise operator. Ridge regression on relative errors: scales are
 * pulled towards 1, pairs towards 0; how strongly, leave-one-out errors decide.
 * @param subnets about 20, spread over the latency range (`chooseCalibrationPaths`)
 */
export function calibrate(space: Space, table: LatencyTable, subnets: readonly MeasuredSubnet[]): Predictor {
  const terms = termsOf(space, table);
  const operations = [...new Set(terms.operations.flat())];
  const kinds = [...terms.pairs.keys()];
  // Milliseconds of a pass over 1024 values on this machine, to start from: reorders are passes, and so is what the frames hold most of.
  const pass = median(table.frames.map((f) => (f.steadyMs / (f.channels * f.height * f.width)) * 1024));
  const priors = [
    { name: 'fixed', mean: 1, deviation: 0.5 },
    ...operations.map((name) => ({ name, mean: 1, deviation: 0.2 })),
    ...kinds.map((name) => ({ name, mean: 0, deviation: pass })),
  ];
  const rows = subnets.map(({ path }) => [
    terms.fixedMs,
    ...operations.map((name) =>
      sumOver(path, (candidate, layer) =>
        terms.operations[layer]![candidate] === name ? terms.single[layer]![candidate]! : 0,
      ),
    ),
    ...kinds.map((kind) => {
      const pairs = terms.pairs.get(kind)!;
      return sumOver(path, (candidate, layer) => pairs[layer]?.[candidate]?.[path[layer + 1]!] ?? 0);
    }),
  ]);
  const targets = subnets.map(({ latencyMs }) => latencyMs);
  const fit = fitRidge(rows, targets, priors);
  const coefficient = (name: string): number => fit.coefficients.find((c) => c.name === name)!.value;
  const costs: LatencyCosts = {
    constant: coefficient('fixed') * terms.fixedMs,
    single: terms.single.map((candidates, layer) =>
      candidates.map((ms, candidate) => ms * coefficient(terms.operations[layer]![candidate]!)),
    ),
    ...(kinds.length > 0 ? { pair: weighPairs(terms.pairs, coefficient) } : {}),
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

/**
 * Paths spread evenly over the latency range of a space, the fastest and the slowest among them. Uniform paths would crowd in the middle: for
 * each target latency paths are drawn with p(candidate) in proportion to exp(-beta * cost), beta such that their mean is the target, and of
 * those nearest to it the one that differs most from all chosen before.
 * @param costs such as `plainSumCosts`: pair terms do not steer the choice
 */
export function chooseCalibrationPaths(costs: LatencyCosts, count: number, random: Random): Path[] {
  const extreme = (sign: 1 | -1): Path =>
    costs.single.map((layer) =>
      layer.reduce((best, ms, candidate) => (sign * ms < sign * layer[best]! ? candidate : best), 0),
    );
  const fastest = extreme(1);
  const slowest = extreme(-1);
  const low = pathLatency(costs, fastest);
  const high = pathLatency(costs, slowest);
  const chosen: Path[] = [fastest, slowest].slice(0, count);
  for (let i = 1; chosen.length < count; i++) {
    const target = low + ((high - low) * i) / (count - 1);
    const probabilities = tilt(costs, target);
    const drawn = Array.from({ length: 100 }, () => probabilities.map((layer) => draw(layer, random)));
    const distance = (path: Path) => Math.abs(pathLatency(costs, path) - target);
    const near = drawn.sort((a, b) => distance(a) - distance(b)).slice(0, 10);
    const novelty = (path: Path) =>
      Math.min(...chosen.map((other) => path.filter((candidate, layer) => candidate !== other[layer]).length));
    chosen.push(near.reduce((best, path) => (novelty(path) > novelty(best) ? path : best)));
  }
  return chosen;
}

/** Candidate probabilities a layer, in proportion to exp(-beta * cost), whose mean latency is the target. */
function tilt(costs: LatencyCosts, target: number): number[][] {
  const probabilities = (beta: number) =>
    costs.single.map((layer) => {
      const least = Math.min(...layer.map((ms) => beta * ms));
      const weights = layer.map((ms) => Math.exp(least - beta * ms));
      const sum = weights.reduce((a, b) => a + b);
      return weights.map((weight) => weight / sum);
    });
  const mean = (beta: number) =>
    probabilities(beta).reduce(
      (sum, layer, l) => sum + layer.reduce((s, p, candidate) => s + p * costs.single[l]![candidate]!, 0),
      costs.constant,
    );
  // The mean falls with beta. At 1000 per layer's range a choice is certain in all but name.
  const range = Math.max(...costs.single.map((layer) => Math.max(...layer) - Math.min(...layer)), 1e-9);
  let [from, to] = [-1000 / range, 1000 / range];
  for (let i = 0; i < 60; i++) {
    const middle = (from + to) / 2;
    if (mean(middle) > target) from = middle;
    else to = middle;
  }
  return probabilities(from);
}

function draw(probabilities: readonly number[], random: Random): number {
  let left = random.uniform();
  const index = probabilities.findIndex((p) => {
    left -= p;
    return left < 0;
  });
  return index < 0 ? probabilities.length - 1 : index;
}

function errorOf(costs: LatencyCosts, subnets: readonly MeasuredSubnet[]): PredictorError {
  const predicted = subnets.map(({ path }) => pathLatency(costs, path));
  const errors = subnets.map(({ latencyMs }, i) => (predicted[i]! - latencyMs) / latencyMs);
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  return {
    count: subnets.length,
    meanAbsoluteErrorPercent: 100 * mean(errors.map(Math.abs)),
    biasPercent: 100 * mean(errors),
    within5Percent: errors.filter((error) => Math.abs(error) <= 0.05).length / subnets.length,
    spearman: rankCorrelation(
      predicted,
      subnets.map(({ latencyMs }) => latencyMs),
    ),
  };
}

function rankCorrelation(a: number[], b: number[]): number {
  return a.length < 2 ? Number.NaN : sampleRankCorrelation(a, b);
}

function sumOver(path: Path, term: (candidate: number, layer: number) => number): number {
  return path.reduce((sum, candidate, layer) => sum + term(candidate, layer), 0);
}

function weighPairs(pairs: Terms['pairs'], coefficient: (name: string) => number): number[][][] {
  const kinds = [...pairs].map(([kind, values]) => ({ weight: coefficient(kind), values }));
  return kinds[0]!.values.map((layer, l) =>
    layer.map((nexts, candidate) =>
      nexts.map((_, next) => kinds.reduce((sum, k) => sum + k.weight * k.values[l]![candidate]![next]!, 0)),
    ),
  );
}

function termsOf(space: Space, table: LatencyTable): Terms {
  const { layers } = spaceModules(space, table.input);
  const entries = new Map(table.entries.map((entry) => [entry.signature, entry.latencyMs]));
  const single = layers.map((candidates) =>
    candidates.map(({ signature }) => {
      const ms = entries.get(signature);
      if (ms === undefined) throw new Error(`the latency table has no entry "${signature}"`);
      return ms;
    }),
  );
  const ends = layers.map((candidates) => candidates.map(layoutEnds));
  const pairsWhere = (holds: (before: (typeof ends)[0][0], after: (typeof ends)[0][0]) => boolean) =>
    ends.slice(0, -1).map((candidates, layer) => {
      const { channels, height, width } = layers[layer + 1]![0]!.inputs[0]!;
      const size = (channels * height * width) / 1024;
      return candidates.map((before) => ends[layer + 1]!.map((after) => (holds(before, after) ? size : 0)));
    });
  const kinds = new Map([
    ['plain layout kept', pairsWhere((before, after) => before.endsPlain && after.startsPlain)],
    ['plain layout, not fused', pairsWhere((before, after) => before.endsPlain && after.startsElementwise)],
  ]);
  return {
    fixedMs: table.fixed.reduce((sum, { latencyMs }) => sum + latencyMs, 0),
    single,
    operations: space.layers.map((candidates) => candidates.map(({ operation }) => operation)),
    pairs: new Map([...kinds].filter(([, values]) => values.flat(2).some((value) => value > 0))),
  };
}
