import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathLatency } from '../../src/latency/types.ts';
import { createRandom } from '../../src/lib/random.ts';
import {
  budgetCorrectionGradient,
  conditionalProbabilities,
  createAdam,
  createAlphas,
  entropy,
  feasibleAlternatives,
  gateGradient,
  logProbabilities,
  probabilities,
  rowAt,
  twoPathShift,
} from '../../src/nas/alphas.ts';
import { enumerate, quantileMs, randomCosts } from './spaces.ts';

const learningRate = 0.01;
const options = { betas: [0, 0.999], epsilon: 1e-8 } as const;

describe('alphas', () => {
  it('start so near to uniform that their entropy is log K', () => {
    const alphas = createAlphas([7, 3], createRandom(1));
    expect(alphas.map((layer) => layer.length)).toEqual([7, 3]);
    expect(Math.max(...alphas.flatMap((layer) => [...layer].map(Math.abs)))).toBeLessThan(5e-3);
    const [seven, three] = probabilities(alphas, [7, 3]).map(entropy);
    expect(seven).toBeCloseTo(Math.log(7), 4);
    expect(three).toBeCloseTo(Math.log(3), 4);
  });

  it('have probabilities that sum to 1 and logarithms that stay finite, however far apart the alphas are', () => {
    const alphas = [Float64Array.of(1000, 0, -1000)];
    expect([...probabilities(alphas, [3])[0]!]).toEqual([1, 0, 0]);
    expect([...logProbabilities(alphas, [3])[0]!]).toEqual([0, -1000, -2000]);
    expect(entropy(probabilities(alphas, [3])[0]!)).toBe(0);
  });
});

describe('gateGradient', () => {
  it('is the derivative of sum_j g_j p_j by alpha, p being the softmax over the gates given (central differences)', () => {
    const gate = fc.option(fc.double({ min: -5, max: 5, noNaN: true }), { nil: undefined });
    const alpha = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(alpha, gate), { minLength: 2, maxLength: 7 }), (entries) => {
        const gates = entries.map(([, g]) => g);
        const alphas = Float64Array.from(entries, ([a]) => a);
        const loss = (at: Float64Array) => {
          const kept = gates.flatMap((g, i) => (g === undefined ? [] : [{ g, weight: Math.exp(at[i]!) }]));
          const total = kept.reduce((sum, { weight }) => sum + weight, 0);
          return kept.reduce((sum, { g, weight }) => sum + (g * weight) / total, 0);
        };
        const gradient = gateGradient(probabilities([alphas], [alphas.length])[0]!, gates);
        alphas.forEach((value, i) => {
          const h = 1e-5;
          const slope = (loss(alphas.with(i, value + h)) - loss(alphas.with(i, value - h))) / (2 * h);
          expect(gradient[i]).toBeCloseTo(slope || 0, 7);
          if (gates[i] === undefined) expect(gradient[i]).toBe(0);
        });
      }),
    );
  });

  it('is exactly zero where only one operation is left or all gates are equal: Adam would step by the sign of noise', () => {
    expect([...gateGradient(Float64Array.of(0.2, 0.8), [3, undefined])]).toEqual([0, 0]);
    expect([...gateGradient(Float64Array.of(0.2, 0.7, 0.1), [0.3, 0.3, 0.3])]).toEqual([0, 0, 0]);
  });
});

describe('feasibleAlternatives', () => {
  it.each([false, true])('are the operations that keep the path within the budget (pair terms: %s)', (pairs) => {
    const costs = randomCosts(2, [4, 4, 4], { pairs });
    const maxLatencyMs = quantileMs(costs, 0.3);
    const path = [1, 2, 3];
    [0, 1, 2].forEach((layer) => {
      const kept = feasibleAlternatives(costs, maxLatencyMs, path, layer);
      for (let operation = 0; operation < 4; operation++) {
        const changed = [...path];
        changed[layer] = operation;
        expect(kept.includes(operation)).toBe(pathLatency(costs, changed) <= maxLatencyMs);
      }
    });
    expect(path).toEqual([1, 2, 3]);
  });
});

describe('budgetCorrectionGradient', () => {
  it.each([false, true])(
    "with the gates' gradient is the derivative of the mean loss over the paths within the budget (central differences; coupled layers: %s)",
    (coupled) => {
      const sizes = [3, 2, 3];
      for (const share of [0.3, 0.7]) {
        const costs = randomCosts(3, sizes, { pairs: true });
        const maxLatencyMs = quantileMs(costs, share);
        const within = enumerate(costs).filter((path) => pathLatency(costs, path) <= maxLatencyMs);
        const random = createRandom(4, 'losses');
        const losses = new Map(within.map((path) => [path.join(), random.normal()]));
        const lossOf = (path: readonly number[]): number | undefined => losses.get(path.join());
        const alphas = createAlphas(sizes, random, coupled).map((row) => row.map((value) => 700 * value));
        /** Probability of each path within the budget, given that it is. */
        const q = (at: Float64Array[]): number[] => {
          const p = probabilities(at, sizes);
          const weights = within.map((path) =>
            path.reduce((product, o, layer) => product * rowAt(p[layer]!, sizes[layer]!, path, layer)[o]!, 1),
          );
          const total = weights.reduce((a, b) => a + b);
          return weights.map((weight) => weight / total);
        };
        const mean = (at: Float64Array[]): number => q(at).reduce((sum, w, i) => sum + w * lossOf(within[i]!)!, 0);
        const p = probabilities(alphas, sizes);
        const weights = q(alphas);
        const found = alphas.map((row) => new Float64Array(row.length));
        within.forEach((path, a) => {
          sizes.forEach((size, layer) => {
            const gates = Array.from({ length: size }, (_, o) => lossOf(path.with(layer, o)));
            const conditional = conditionalProbabilities(costs, maxLatencyMs, p, path, layer);
            const row = rowAt(found[layer]!, size, path, layer);
            for (const [i, value] of gateGradient(conditional, gates).entries()) row[i]! += weights[a]! * value;
          });
          within.forEach((other, b) => {
            const difference = lossOf(path)! - lossOf(other)!;
            budgetCorrectionGradient(costs, maxLatencyMs, p, [path, other], difference).forEach((row, layer) => {
              for (const [i, value] of row.entries()) found[layer]![i]! += weights[a]! * weights[b]! * value;
            });
          });
        });
        alphas.forEach((row, layer) => {
          row.forEach((value, i) => {
            const moved = (h: number) => alphas.with(layer, row.with(i, value + h));
            const slope = (mean(moved(1e-5)) - mean(moved(-1e-5))) / 2e-5;
            expect(found[layer]![i]).toBeCloseTo(slope, 6);
          });
        });
      }
    },
  );

  it('is nothing where layers are independent and the budget does not bind', () => {
    const costs = randomCosts(3, [3, 2], { pairs: false });
    const p = [Float64Array.of(0.25, 0.5, 0.25), Float64Array.of(0.5, 0.5)];
    const gradient = budgetCorrectionGradient(
      costs,
      1e9,
      p,
      [
        [0, 1],
        [2, 0],
      ],
      3,
    );
    expect(gradient.map((row) => [...row])).toEqual([
      [0, 0, 0],
      [0, 0],
    ]);
  });
});

describe('Adam over alphas', () => {
  it('follows the published update, with momentum and bias correction', () => {
    const alphas = [Float64Array.of(0.5)];
    const adam = createAdam({ betas: [0.9, 0.99], epsilon: 1e-8 });
    let [m, v, expected] = [0, 0, 0.5];
    [2, -1, 0.5].forEach((gradient, i) => {
      adam.step(alphas, [Float64Array.of(gradient)], 0.1);
      m = 0.9 * m + 0.1 * gradient;
      v = 0.99 * v + 0.01 * gradient ** 2;
      expected -= (0.1 * (m / (1 - 0.9 ** (i + 1)))) / (Math.sqrt(v / (1 - 0.99 ** (i + 1))) + 1e-8);
      expect(alphas[0]![0]).toBeCloseTo(expected, 12);
    });
  });

  it('leaves layers and operations without gradient alone, also their moments', () => {
    const alphas = [Float64Array.of(1, 1), Float64Array.of(1, 1)];
    const adam = createAdam(options);
    const none = new Float64Array(2);
    adam.step(alphas, [Float64Array.of(0.3, -0.3), Float64Array.of(0.3, -0.3)], learningRate);
    for (let i = 0; i < 500; i++) adam.step(alphas, [Float64Array.of(0.3, 0), none], learningRate);
    expect(alphas[0]![1]).toBeCloseTo(1.01, 6);
    expect([...alphas[1]!]).toEqual([0.99, 1.01].map((value) => expect.closeTo(value, 6)));
    // An entry that was not seen for long must not leap when it is seen again.
    adam.step(alphas, [Float64Array.of(0, -0.3), none], learningRate);
    expect(alphas[0]![1]).toBeCloseTo(1.02, 6);
  });

  it('goes on from a saved state to identical alphas', () => {
    const random = createRandom(3);
    const draw = () => [Float64Array.from({ length: 3 }, random.normal)];
    const alphas = [Float64Array.of(0, 0, 0)];
    const adam = createAdam(options);
    for (let i = 0; i < 5; i++) adam.step(alphas, draw(), learningRate);
    const resumed = createAdam(options);
    resumed.restore(JSON.parse(JSON.stringify(adam.state())));
    const copy = alphas.map((layer) => layer.slice());
    const gradients = draw();
    adam.step(alphas, gradients, learningRate);
    resumed.step(copy, gradients, learningRate);
    expect(copy).toEqual(alphas);
  });
});

describe('twoPathShift', () => {
  it('leaves the probabilities of the other operations and the odds of the two as the step made them', () => {
    const before = Float64Array.of(0.3, -0.2, 1.1, 0.4);
    const after = Float64Array.of(0.3, 0.5, 1.1, -0.9);
    const stepped = after.slice();
    twoPathShift(after, [1, 3], [before[1]!, before[3]!]);
    const p = probabilities([before, after], [4, 4]);
    expect(p[1]![0]).toBeCloseTo(p[0]![0]!, 12);
    expect(p[1]![2]).toBeCloseTo(p[0]![2]!, 12);
    expect(after[1]! - after[3]!).toBeCloseTo(stepped[1]! - stepped[3]!, 12);
  });
});
