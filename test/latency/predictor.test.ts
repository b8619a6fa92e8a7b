import { describe, expect, it } from 'vitest';
import { chooseCalibrationPaths, chooseHeldOutPaths } from '../../src/latency/calibration-paths.ts';
import {
  calibrate,
  checkPredictor,
  type MeasuredSubnet,
  pathInformation,
  plainSumCosts,
} from '../../src/latency/predictor.ts';
import { type Path, pathLatency } from '../../src/latency/types.ts';
import { createRandom } from '../../src/lib/random.ts';
import { loadSpace } from '../../src/network/space.ts';
import { sampleTable } from './sample-table.ts';

const space = await loadSpace('person');
const table = sampleTable(space, { height: 160, width: 160 });
const plainSum = plainSumCosts(space, table);
const information = pathInformation(space, table);
const choose = (count: number, seed: number): Path[] =>
  chooseCalibrationPaths(plainSum, count, createRandom(seed), information);

/** A machine on which whole networks differ from the sum of the table's entries in a known way. */
const scales: Record<string, number> = {
  mbv3_3x3: 1.1,
  mbv3_5x5: 1.05,
  dilconv_3x3: 0.9,
  sepconv_5x5: 1.25,
  shuffle: 0.8,
};
const overheadMs = 0.4;
const keptMs = -0.002;
function trueLatency(path: Path): number {
  return path.reduce((sum, candidate, layer) => {
    const { operation, out, stride, in: width } = space.layers[layer]![candidate]!;
    const before = layer > 0 ? space.layers[layer - 1]![path[layer - 1]!]!.operation : '';
    // A shuffle that keeps its shape takes its input apart; after another one that input is in the plain layout already.
    const kept = before === 'shuffle' && operation === 'shuffle' && stride === 1 && width === out;
    const entry = table.entries.find(
      (e) => e.operation === operation && e.in === width && e.out === out && e.stride === stride,
    )!;
    const size = (entry.in * entry.height * entry.width) / 1024;
    return sum + (scales[operation] ?? 1) * entry.latencyMs + (kept ? keptMs * size : 0);
  }, overheadMs + plainSum.constant);
}

const random = createRandom(7);
const measure = (paths: Path[], noise = 0.01): MeasuredSubnet[] =>
  paths.map((path) => ({ path, latencyMs: trueLatency(path) * (1 + noise * random.normal()) }));

describe('calibrate', () => {
  it('predicts held-out subnets from 24 noisy ones within the noise, where the plain sum is far off', () => {
    const predictor = calibrate(space, table, measure(choose(24, 1)));
    const heldOut = measure(chooseHeldOutPaths(plainSum, 60, createRandom(2)));
    const check = checkPredictor(predictor.costs, heldOut, plainSum);
    console.log('held-out subnets of a synthetic machine with 1 % noise:', check);
    expect(check.count).toBe(60);
    expect(check.meanAbsoluteErrorPercent).toBeLessThan(2);
    expect(Math.abs(check.biasPercent)).toBeLessThan(1);
    expect(check.spearman).toBeGreaterThan(0.98);
    expect(check.plainSum!.meanAbsoluteErrorPercent).toBeGreaterThan(2 * check.meanAbsoluteErrorPercent);
  });

  it('recovers a known cost model, what neighboring shuffles save each other included, as a pair term', () => {
    const subnets = measure(choose(150, 1), 0);
    const { costs, coefficients } = calibrate(space, table, subnets);
    const check = checkPredictor(costs, measure(chooseHeldOutPaths(plainSum, 60, createRandom(2)), 0));
    expect(check.meanAbsoluteErrorPercent).toBeLessThan(0.2);
    const coefficient = (name: string) => coefficients.find((c) => c.name === name)!.value;
    expect(coefficient('plain layout kept') / keptMs).toBeCloseTo(1, 0);
    const shuffle = space.layers[1]!.findIndex(({ operation }) => operation === 'shuffle');
    const path = space.layers.map(() => shuffle);
    const sum = path.reduce((total, candidate, layer) => total + costs.single[layer]![candidate]!, costs.constant);
    expect(pathLatency(costs, path)).toBeLessThan(sum);
    expect(pathLatency(costs, path) / trueLatency(path)).toBeCloseTo(1, 2);
  });
});

describe('chooseCalibrationPaths', () => {
  it('spreads paths over the whole range, the fastest and the slowest included, where uniform paths crowd in the middle', () => {
    const latencies = choose(20, 1).map((path) => pathLatency(plainSum, path));
    const low = plainSum.constant + plainSum.single.reduce((sum, layer) => sum + Math.min(...layer), 0);
    const high = plainSum.constant + plainSum.single.reduce((sum, layer) => sum + Math.max(...layer), 0);
    expect(Math.min(...latencies)).toBeCloseTo(low, 9);
    expect(Math.max(...latencies)).toBeCloseTo(high, 9);
    const sorted = [...latencies].sort((a, b) => a - b);
    const gaps = sorted.slice(1).map((latency, i) => latency - sorted[i]!);
    expect(Math.max(...gaps)).toBeLessThan(((high - low) / 19) * 2);
  });
});

it('calibration paths leave less uncertain of the weights than paths that are only spread over the range', () => {
  // The log-determinant of the information, by Gaussian elimination.
  const known = (paths: readonly Path[]): number => {
    const rows = paths.map(information);
    const gram = rows.map((x, i) =>
      rows.map((y, j) => x.reduce((s, v, k) => s + v * y[k]!, 0) / 1e-4 + Number(i === j)),
    );
    return gram.reduce((sum, _, i) => {
      for (let below = i + 1; below < gram.length; below++) {
        const factor = gram[below]![i]! / gram[i]![i]!;
        for (let j = i; j < gram.length; j++) gram[below]![j]! -= factor * gram[i]![j]!;
      }
      return sum + Math.log(gram[i]![i]!);
    }, 0);
  };
  const spread = chooseHeldOutPaths(plainSum, 18, createRandom(1));
  expect(known(choose(20, 1).slice(2))).toBeGreaterThan(known(spread) + 4);
});

describe('checkPredictor', () => {
  it('reports error, bias and ranks of predictions against measurements', () => {
    const costs = { constant: 1, single: [[0, 1, 2, 3]] };
    const heldOut = [1, 2, 3, 4].map((ms, i) => ({ path: [i], latencyMs: ms / (i === 3 ? 1.1 : 1.02), macs: 4 - i }));
    const check = checkPredictor(costs, heldOut);
    expect(check.meanAbsoluteErrorPercent).toBeCloseTo(4, 9);
    expect(check.biasPercent).toBeCloseTo(4, 9);
    expect(check.within5Percent).toBe(0.75);
    expect(check.spearman).toBeCloseTo(1, 9);
    expect(check.macsSpearman).toBeCloseTo(-1, 9);
  });
});
