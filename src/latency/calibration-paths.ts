// Chooses the whole networks that the predictor is calibrated on: spread over the latency range, and as informative as possible about its weights.
import type { Random } from '../lib/random.ts';
import { type LatencyCosts, type Path, pathLatency } from './types.ts';

/** Paths drawn for each target, and how many of those nearest to the target are compared; one of these is taken. */
const [drawnPaths, nearPaths] = [200, 40];

/** Relative error that a predictor has even with the right weights. */
const noise = 0.01;

/**
 * Paths spread evenly over the latency range of a space; the fastest and the slowest are among them. Uniform paths would crowd in the middle. So for
 * each target latency, paths are drawn with p(candidate) in proportion to exp(-beta * cost), where beta makes their mean the target. Among those nearest
 * to it, the path is taken that tells most about what the paths before it leave uncertain (Bayesian D-optimality, greedily).
 * @param costs such as `plainSumCosts`: pair terms do not steer the choice
 * @param informationOf as `pathInformation` makes it
 * @param avoided paths that are taken only where there are no others near a target
 */
export function chooseCalibrationPaths(
  costs: LatencyCosts,
  count: number,
  random: Random,
  informationOf: (path: Path) => readonly number[],
  avoided: readonly Path[] = [],
): Path[] {
  const known = new Set(avoided.map((path) => path.join()));
  const extreme = (sign: 1 | -1): Path =>
    costs.single.map((layer) =>
      layer.reduce((best, ms, candidate) => (sign * ms < sign * layer[best]! ? candidate : best), 0),
    );
  const fastest = extreme(1);
  const slowest = extreme(-1);
  const low = pathLatency(costs, fastest);
  const high = pathLatency(costs, slowest);
  const chosen: Path[] = [fastest, slowest].slice(0, count);
  const uncertainty = createUncertainty(informationOf(fastest).length);
  for (const path of chosen) uncertainty.learn(informationOf(path));
  for (let i = 1; chosen.length < count; i++) {
    const target = low + ((high - low) * i) / (count - 1);
    const probabilities = tilt(costs, target);
    const drawn = Array.from({ length: drawnPaths }, () => probabilities.map((layer) => draw(layer, random)));
    const distance = (path: Path) => Math.abs(pathLatency(costs, path) - target);
    const nearest = drawn.sort((a, b) => distance(a) - distance(b)).slice(0, nearPaths);
    const others = nearest.filter((path) => !known.has(path.join()));
    const near = others.length > 0 ? others : nearest;
    const gains = near.map((path) => uncertainty.of(informationOf(path)));
    const best = near[gains.indexOf(Math.max(...gains))]!;
    chosen.push(best);
    uncertainty.learn(informationOf(best));
  }
  return chosen;
}

/**
 * Paths spread over the range in the same way, without its ends and regardless of information: to check a predictor with.
 * @param calibration paths that the predictor knows: taken only where the space has no others near
 */
export function chooseHeldOutPaths(
  costs: LatencyCosts,
  count: number,
  random: Random,
  calibration: readonly Path[] = [],
): Path[] {
  return chooseCalibrationPaths(costs, count + 2, random, () => [], calibration).slice(2);
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
  // The mean falls with beta. At 1000 per layer's range a choice is practically certain.
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

/** The variance of a path's predicted latency, given the paths that are to be measured. */
function createUncertainty(size: number) {
  const covariance = Array.from({ length: size }, (_, i) => Float64Array.from({ length: size }, (__, j) => +(i === j)));
  const times = (x: readonly number[]): number[] =>
    covariance.map((row) => x.reduce((sum, value, j) => sum + (value === 0 ? 0 : value * row[j]!), 0));
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return {
    of: (x: readonly number[]): number => dot(x, times(x)),
    /** Sherman and Morrison's update for one more measurement. */
    learn(x: readonly number[]): void {
      const direction = times(x);
      const scale = 1 / (noise ** 2 + dot(x, direction));
      direction.forEach((value, i) => {
        const row = covariance[i]!;
        for (let j = 0; j < size; j++) row[j]! -= scale * value * direction[j]!;
      });
    },
  };
}
