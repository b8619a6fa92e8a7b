// Optimizers against the papers' updates in float64, schedules at their ends, averages, and states that go on where they were.
import { describe, expect, test } from 'vitest';
import { detectBackend, plainBackend } from '../../src/autodiff/backend.ts';
import { createParameters, type Parameters } from '../../src/autodiff/parameters.ts';
import { createRandom } from '../../src/lib/random.ts';
import type { NetworkModule } from '../../src/network/types.ts';
import { createAverage, createOptimizer, type OptimizerSpec, scheduleAt } from '../../src/training/optimizer.ts';

const module: NetworkModule = {
  prefix: 'm',
  signature: 'm',
  inputs: [{ channels: 16, height: 4, width: 4 }],
  build: (b, [x]) => [b.convBn(x!, 'c', { out: 8, kernel: 1 })],
};
const fresh = (): Parameters => {
  const parameters = createParameters(1);
  parameters.ensure(module);
  return parameters;
};
const names = fresh().namesOf(module);
const sgd: OptimizerSpec = { kind: 'sgd', learningRate: 0.1, weightDecay: 0.01, momentum: 0.9 };
const adamW: OptimizerSpec = { ...sgd, kind: 'adamw', learningRate: 0.01, weightDecay: 0.1 };
const rates = [1, 1, 0.5, 0.25, 0.25].map((share) => share * 0.05);

/** The gradient of step `step`, the same wherever it is asked for. */
function fillGradients(parameters: Parameters, step: number): void {
  for (const name of names) {
    const random = createRandom(step, name);
    parameters.gradient(name).forEach((_, i, g) => {
      g[i] = random.normal();
    });
  }
}

/** One weight's history by Sutskever et al. 2013 in PyTorch's form: v = m v + g, w -= rate (g + m v). */
function nesterov(w: number, gradients: number[], decay: number): number {
  let velocity = 0;
  for (const [step, gradient] of gradients.entries()) {
    const g = gradient + decay * w;
    velocity = 0.9 * velocity + g;
    w -= rates[step]! * (g + 0.9 * velocity);
  }
  return w;
}

/** One weight's history by Loshchilov and Hutter 2019, algorithm 2, in PyTorch's form (decay times the rate). */
const decoupledAdam =
  (beta1: number) =>
  (start: number, gradients: number[], decay: number): number => {
    let [w, m, v] = [start, 0, 0];
    for (const [step, g] of gradients.entries()) {
      m = beta1 * m + (1 - beta1) * g;
      v = 0.999 * v + 0.001 * g * g;
      const [mHat, vHat] = [m / (1 - beta1 ** (step + 1)), v / (1 - 0.999 ** (step + 1))];
      w = w - rates[step]! * decay * w - (rates[step]! * mHat) / (Math.sqrt(vHat) + 1e-8);
    }
    return w;
  };

const machine = await detectBackend();

describe.each([
  ['SGD with Nesterov momentum', sgd, nesterov, machine],
  ['AdamW', adamW, decoupledAdam(0.9), machine],
  ['AdamW without native kernels', adamW, decoupledAdam(0.9), plainBackend],
  [
    'AdamW whose first beta is the momentum that is asked for',
    { ...adamW, momentum: 0.7 },
    decoupledAdam(0.7),
    machine,
  ],
] as const)('%s', (_, spec, reference, backend) => {
  test('moves every weight as the definition says, decays filters only and leaves running statistics alone', () => {
    const parameters = fresh();
    const start = new Map([...parameters.all()].map((p) => [p.name, Float64Array.from(p.data)]));
    const history = new Map<string, Float32Array[]>(names.map((name) => [name, []]));
    const optimizer = createOptimizer(spec, parameters, { backend, threads: 2 });
    for (const [step, rate] of rates.entries()) {
      fillGradients(parameters, step);
      for (const name of names) history.get(name)!.push(Float32Array.from(parameters.gradient(name)));
      optimizer.step(names, rate);
    }
    for (const { name, data, shape, trainable } of parameters.all()) {
      const decay = shape.length > 1 ? spec.weightDecay : 0;
      data.forEach((w, i) => {
        const before = start.get(name)![i]!;
        const gradients = history.get(name)!.map((g) => g[i]!);
        expect(w, `${name}[${i}]`).toBeCloseTo(trainable ? reference(before, gradients, decay) : before, 5);
      });
    }
  });

  test('goes on from its state as if it had never stopped, bit by bit', () => {
    const whole = fresh();
    const optimizer = createOptimizer(spec, whole, { backend, threads: 2 });
    const run = (o: typeof optimizer, p: Parameters, from: number, to: number): void => {
      for (let step = from; step < to; step++) {
        fillGradients(p, step);
        // Paths activate different parameters: every second step leaves some out.
        o.step(step % 2 ? names : names.slice(0, 1), rates[step]!);
      }
    };
    run(optimizer, whole, 0, 2);
    const copy = (values: ReadonlyMap<string, Float32Array>) =>
      new Map([...values].map(([name, data]) => [name, Float32Array.from(data)]));
    const saved = copy(optimizer.state());
    const resumed = createParameters(99, copy(whole.weights()));
    resumed.ensure(module);
    run(createOptimizer(spec, resumed, { backend, threads: 2 }, saved), resumed, 2, 5);
    run(optimizer, whole, 2, 5);
    expect(resumed.weights()).toEqual(whole.weights());
  });

  test('moves and remembers only what it is told to', () => {
    const parameters = fresh();
    const before = new Map([...parameters.all()].map((p) => [p.name, Float32Array.from(p.data)]));
    fillGradients(parameters, 0);
    const optimizer = createOptimizer(spec, parameters, { backend, threads: 2 });
    optimizer.step(['m/c.weight'], 0.1);
    expect([...optimizer.state().keys()].every((key) => key.startsWith('m/c.weight:'))).toBe(true);
    for (const { name, data } of parameters.all())
      expect(
        data.every((w, i) => w === before.get(name)![i]),
        name,
      ).toBe(name !== 'm/c.weight');
  });
});

describe('a schedule', () => {
  const steps = 200;
  const rates = (kind: 'one-cycle' | 'cosine', warmUp: number): number[] =>
    Array.from({ length: steps }, (_, step) => scheduleAt({ kind, warmUp }, step, steps));

  test.each(['one-cycle', 'cosine'] as const)('%s rises to the peak over the warm-up and falls after it', (kind) => {
    const all = rates(kind, 0.25);
    expect(Math.max(...all)).toBeCloseTo(1, 2);
    expect(all.indexOf(Math.max(...all))).toBe(50);
    for (let step = 1; step < steps; step++)
      expect(Math.sign(all[step]! - all[step - 1]!), `step ${step}`).toBe(step <= 50 ? 1 : -1);
  });

  test('one-cycle starts at 1/25 of the peak and ends near 1/250,000', () => {
    const all = rates('one-cycle', 0.25);
    expect(all[0]).toBeCloseTo(1 / 25, 6);
    expect(all.at(-1)).toBeLessThan(1e-3);
    expect(all.at(-1)).toBeGreaterThanOrEqual(1 / 250_000);
    expect(scheduleAt({ kind: 'one-cycle', warmUp: 0.25 }, steps, steps)).toBeCloseTo(1 / 250_000, 9);
  });

  test('cosine is half of the peak midway and ends at nothing; without a warm-up it starts at the peak', () => {
    const all = rates('cosine', 0);
    expect(all[0]).toBe(1);
    expect(all[100]).toBeCloseTo(0.5, 6);
    expect(scheduleAt({ kind: 'cosine', warmUp: 0 }, steps, steps)).toBeCloseTo(0, 9);
  });

  test.each(['one-cycle', 'cosine'] as const)(
    '%s is finite and no more than the peak however short the run',
    (kind) => {
      for (const total of [1, 2, 3])
        for (const warmUp of [0, 0.5, 1])
          for (let step = 0; step < total; step++) {
            const rate = scheduleAt({ kind, warmUp }, step, total);
            expect(rate, `${step} of ${total}, ${warmUp}`).toBeGreaterThanOrEqual(0);
            expect(rate, `${step} of ${total}, ${warmUp}`).toBeLessThanOrEqual(1);
          }
    },
  );
});

describe('the average of the weights', () => {
  const walk = (parameters: Parameters, step: number): void => {
    for (const { name, data } of parameters.all()) {
      const random = createRandom(step, name);
      data.forEach((_, i) => {
        data[i]! += random.normal();
      });
    }
  };

  test('is the decayed sum of all values so far, running statistics included, the decay lowered at the start', () => {
    const parameters = fresh();
    const average = createAverage(0.8, parameters, { backend: plainBackend, threads: 1 });
    const expected = new Map<string, Float64Array>();
    for (let step = 0; step < 60; step++) {
      walk(parameters, step);
      average.update();
      const kept = Math.min(0.8, (1 + step) / (10 + step));
      for (const { name, data } of parameters.all()) {
        const last = expected.get(name) ?? Float64Array.from(data);
        expected.set(
          name,
          last.map((a, i) => kept * a + (1 - kept) * data[i]!),
        );
      }
    }
    expect([...average.values().keys()].sort()).toEqual([...parameters.all()].map((p) => p.name).sort());
    for (const [name, data] of average.values())
      data.forEach((v, i) => {
        expect(v).toBeCloseTo(expected.get(name)![i]!, 4);
      });
  });

  test('goes on from its values as if it had never stopped, bit by bit', () => {
    const parameters = fresh();
    const whole = createAverage(0.8, parameters, { backend: plainBackend, threads: 1 });
    for (const step of [0, 1, 2]) {
      walk(parameters, step);
      whole.update();
    }
    const saved = new Map([...whole.values()].map(([name, data]) => [name, Float32Array.from(data)]));
    const resumed = createAverage(0.8, parameters, { backend: plainBackend, threads: 1 }, 3, saved);
    walk(parameters, 3);
    whole.update();
    resumed.update();
    expect(resumed.values()).toEqual(whole.values());
  });
});
