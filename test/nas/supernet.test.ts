// What candidates of a supernet share, and which paths train it.
import { describe, expect, test } from 'vitest';
import { plainBackend } from '../../src/autodiff/backend.ts';
import { createParameters } from '../../src/autodiff/parameters.ts';
import { type LatencyCosts, pathLatency } from '../../src/latency/types.ts';
import { candidateMacs, createSupernet, createSupernetPaths, kernelsShare } from '../../src/nas/supernet.ts';
import { parseSpace } from '../../src/network/space.ts';
import { createOptimizer } from '../../src/training/optimizer.ts';

const stage = (width: number): string =>
  `  - { width: ${width}, layers: 1, stride: 2, expansion: 2, activation: relu, squeeze-excite: true, ` +
  'operations: [mbv3_3x3, mbv3_5x5, sepconv_3x3, sepconv_5x5, mbv2_3x3_e3, mbv2_3x3_e6] }';
const space = parseSpace(
  [
    'name: tiny',
    'macro: { head: { width: 16, activation: hswish }, aspp: { width: 16, rates: [1] }, decoder: { width: 16 } }',
    'stages:',
    ...[16, 24, 32, 32].map(stage),
  ].join('\n'),
  'tiny',
);
const supernet = createSupernet(space, { height: 32, width: 32 });

describe('kernels that share', () => {
  const parameters = createParameters(1, undefined, kernelsShare);
  supernet.ensure(parameters);

  test('are those of one family and expansion, without depthwise filters and batch norms', () => {
    const same = (a: string, b: string): boolean => parameters.get(a).data === parameters.get(b).data;
    expect(same('layers.1.mbv3_3x3/expand.weight', 'layers.1.mbv3_5x5/expand.weight')).toBe(true);
    expect(same('layers.1.mbv3_3x3/se.reduce.bias', 'layers.1.mbv3_5x5/se.reduce.bias')).toBe(true);
    expect(same('layers.1.sepconv_3x3/second.pointwise.weight', 'layers.1.sepconv_5x5/second.pointwise.weight')).toBe(
      true,
    );
    expect(same('layers.1.mbv3_3x3/expand.bn.gamma', 'layers.1.mbv3_5x5/expand.bn.gamma')).toBe(false);
    expect(same('layers.1.mbv3_3x3/expand.weight', 'layers.2.mbv3_3x3/expand.weight')).toBe(false);
    expect(parameters.get('layers.1.mbv3_3x3/depthwise.weight').shape).toEqual([32, 1, 3, 3]);
    expect(parameters.get('layers.1.mbv3_5x5/depthwise.weight').shape).toEqual([32, 1, 5, 5]);
    expect(parameters.get('layers.1.mbv2_3x3_e3/expand.weight').shape).toEqual([48, 16, 1, 1]);
    expect(parameters.get('layers.1.mbv2_3x3_e6/expand.weight').shape).toEqual([96, 16, 1, 1]);
  });

  test('take their steps with one optimizer state, and come back whole from a checkpoint', () => {
    const spec = { kind: 'adamw', learningRate: 0.1, weightDecay: 0, momentum: 0.9 } as const;
    const optimizer = createOptimizer(spec, parameters, { backend: plainBackend, threads: 1 });
    const [small, large] = ['mbv3_3x3', 'mbv3_5x5'].map((name) => `layers.1.${name}/expand.weight`) as [string, string];
    parameters.gradient(small).fill(1);
    expect(parameters.gradient(large)[0]).toBe(1);
    const before = parameters.get(large).data[0]!;
    optimizer.step([small], 0.1);
    expect(parameters.get(large).data[0]).toBeCloseTo(before - 0.1, 5);
    optimizer.step([large], 0.1);
    expect(optimizer.state().get('layers.1.mbv3/expand.weight:count')).toEqual(Float32Array.of(2));

    const restored = createParameters(2, undefined, kernelsShare);
    supernet.ensure(restored);
    restored.restore(parameters.weights());
    expect(restored.weights()).toEqual(parameters.weights());
    // A network alone, which shares nothing, starts from the same values.
    const alone = createParameters(2, parameters.weights());
    alone.ensure(supernet.candidate(1, 1));
    expect(alone.get(large).data).toEqual(parameters.get(large).data);
  });
});

test('balanced paths meet the budget and give operations even shares', () => {
  const costs: LatencyCosts = {
    constant: 0,
    single: supernet.sizes.map((size) => Array.from({ length: size }, (_, i) => i)),
  };
  const paths = createSupernetPaths(supernet, {
    ...{ sampling: 'balanced', costs, maxLatencyMs: 11, seed: 3, perStep: 1, largestFirst: false },
  });
  const drawn = new Map<string, number>();
  const steps = 3000;
  for (let step = 0; step < steps; step++)
    for (const { prefix } of paths.at(step)[0]!.layers) drawn.set(prefix, (drawn.get(prefix) ?? 0) + 1);
  expect(paths.violations()).toBe(0);
  expect(drawn.size).toBe(24);
  // 5 standard deviations of a share of 1/6.
  for (const count of drawn.values()) expect(Math.abs(count / steps - 1 / 6)).toBeLessThan(0.034);
});

test('a step of the sandwich rule begins with the largest path within the budget', () => {
  // Two of the larger operations cost 3 ms where the others cost 1: one layer at most may have one of them.
  const costs: LatencyCosts = {
    constant: 0,
    single: supernet.sizes.map(() => [1, 3, 1, 1, 1, 3]),
  };
  const spec = { sampling: 'balanced', costs, maxLatencyMs: 6, seed: 3, perStep: 3, largestFirst: true } as const;
  const macs = candidateMacs(supernet);
  const total = (prefixes: readonly string[]): number =>
    prefixes.reduce((sum, prefix, layer) => {
      const operation = macs[layer]!.findIndex((_, o) => supernet.candidate(layer, o).prefix === prefix);
      return sum + macs[layer]![operation]!;
    }, 0);
  const feasible = Array.from({ length: 6 ** 4 }, (_, i) => [0, 1, 2, 3].map((k) => Math.floor(i / 6 ** k) % 6)).filter(
    (path) => pathLatency(costs, path) <= 6,
  );
  const most = Math.max(...feasible.map((path) => path.reduce((sum, o, layer) => sum + macs[layer]![o]!, 0)));
  const seen = new Set<string>();
  for (let step = 0; step < 5; step++) {
    const paths = createSupernetPaths(supernet, spec).at(step);
    expect(paths).toHaveLength(3);
    expect(total(paths[0]!.layers.map(({ prefix }) => prefix))).toBe(most);
    for (const path of paths.slice(1)) seen.add(path.layers.map(({ prefix }) => prefix).join());
  }
  expect(seen.size).toBeGreaterThan(5);
});
