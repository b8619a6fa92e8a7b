// The kernels of native/ against the same operations as graphs of standard operators, over random shapes.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBackend } from '../../src/autodiff/backend.ts';
import { toPlain, toStorage } from '../../src/autodiff/layout.ts';
import type { NormActivation } from '../../src/autodiff/norms.ts';
import { sameWindow } from '../../src/autodiff/primitives.ts';
import type { ChannelBlock } from '../../src/graph/channel-block.ts';
import { createGraph } from '../../src/graph/onnx.ts';
import type { Value } from '../../src/graph/values.ts';
import type { Precision } from '../../src/lib/precision.ts';
import { createRandom } from '../../src/lib/random.ts';
import { detectBlock } from '../../src/runtime/block.ts';
import { loadKernels } from '../../src/runtime/kernels-library.ts';

const images = 3;
const size = (v: Value): number => (v.dims as number[]).reduce((a, b) => a * b, 1);

interface Case {
  readonly narrow: number;
  readonly wide: number;
  readonly side: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly activation: NormActivation;
}

/** In canonical layout; `terms`: how many make each value, where it is a sum. */
interface Made {
  readonly values: Float32Array;
  readonly terms: number;
}

/** An inverted bottleneck and a convolution of an image, forward and backward, in one layout; everything it made, in canonical layout, by name. */
async function run(block: ChannelBlock, c: Case, precision: Precision = 'float32'): Promise<Map<string, Made>> {
  const { narrow, wide, side, activation } = c;
  const g = createGraph();
  const backend = createBackend(block, precision);
  const norms = backend.norms(backend.primitives(g));
  const random = createRandom(1, JSON.stringify(c));
  const normal = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
  const inputs: [Value, Float32Array][] = [];
  const padded = (channels: number): number => Math.ceil(channels / block) * block;
  const map = (name: string, channels: number, s: number): Value => {
    const value = g.input(name, [images, padded(channels), s, s]);
    inputs.push([value, toStorage(normal(images * channels * s * s), block, images, channels, s * s)]);
    return value;
  };
  const parameter = (name: string, dims: number[], around?: number): Value => {
    const value = g.input(name, dims);
    const data = normal(size(value));
    inputs.push([value, around === undefined ? data : data.map((v) => around + 0.3 * v)]);
    return value;
  };
  const norm = (name: string, channels: number) => ({
    runningMean: parameter(`${name}.mean`, [channels]),
    // No channel is dead: the inverse deviation of one would be that of its rounding.
    gamma: parameter(`${name}.gamma`, [channels], 1),
    beta: parameter(`${name}.beta`, [channels], 0),
  });
  const out = Math.floor((side - 1) / c.stride) + 1;
  const x = { map: map('x', narrow, side), activation: 'relu' as const };
  const pointwise = { window: sameWindow(1), depthwise: false, image: false };
  const depthwise = { window: sameWindow(c.kernel, c.stride, c.dilation), depthwise: true, image: false };
  const expand = parameter('expand', [wide, narrow, 1, 1]);
  const filter = parameter('filter', [wide, 1, c.kernel, c.kernel]);
  const project = parameter('project', [narrow, wide, 1, 1]);
  const first = norms.convNorm(x, expand, pointwise, norm('first', wide));
  const widened = { map: first.y, norm: first.norm, activation };
  const second = norms.convNorm(widened, filter, depthwise, norm('second', wide));
  const filtered = { map: second.y, norm: second.norm, activation };
  const third = norms.convNorm(filtered, project, pointwise, norm('third', narrow));
  const residual = map('residual', narrow, out);
  const y = norms.apply(third.y, third.norm, activation, residual);
  const upstream = norms.upstream(map('dy', narrow, out), third.y, third.norm, activation, residual);
  const back3 = norms.convGradient(upstream, project, pointwise, filtered, { updateWeights: true });
  const up2 = { dn: back3.dx, norm: { y: second.y, gradient: back3.gradient! } };
  const back2 = norms.convGradient(up2, filter, depthwise, widened, { updateWeights: true });
  const up1 = { dn: back2.dx, norm: { y: first.y, gradient: back2.gradient! } };
  const back1 = norms.convGradient(up1, expand, pointwise, x, { updateWeights: true });
  const photo = g.input('photo', [images, 3, side, side]);
  inputs.push([photo, normal(size(photo))]);
  const stem = { window: sameWindow(c.kernel, c.stride), depthwise: false, image: true };
  const stemWeight = parameter('stem', [narrow, 3, c.kernel, c.kernel]);
  const head = norms.convNorm({ map: photo }, stemWeight, stem, norm('head', narrow));
  const upHead = norms.upstream(upstream.dn, head.y, head.norm, activation);
  const maps: [string, Value, number, number][] = [
    ['of the image', head.y, narrow, out],
    ['expanded', first.y, wide, side],
    ['filtered', second.y, wide, out],
    ['y', y, narrow, out],
    ['gradient before the third norm', norms.convolved(upstream), narrow, out],
    ['d filtered', back3.dx, wide, out],
    ['d expanded', back2.dx, wide, side],
    ['dx', back1.dx, narrow, side],
  ];
  const vectors: [string, Value, number][] = [
    ['first norm', first.norm, wide],
    ['third norm', third.norm, narrow],
    ['head norm', head.norm, narrow],
    ['third gradient', upstream.norm!.gradient, narrow],
    ['second gradient', back3.gradient!, wide],
    ['first gradient', back2.gradient!, wide],
  ];
  const weights: [string, Value][] = [
    ['d expand', back1.weight!],
    ['d filter', back2.weight!],
    ['d project', back3.weight!],
    ['d stem', norms.imageWeightGradient(upHead, stemWeight, stem.window, photo)],
  ];
  const outputs = [...maps.map(([, v]) => v), ...vectors.map(([, v]) => v), ...weights.map(([, v]) => v)];
  for (const v of outputs) g.output(v);
  const made = new Map(outputs.map((v) => [v, new Float32Array(size(v))]));
  const ports = (values: readonly Value[]) => values.map(({ name, dims }) => ({ name, dims: dims as number[] }));
  const graph = {
    model: backend.encode(g),
    ports: { inputs: ports(inputs.map(([v]) => v)), outputs: ports(outputs) },
  };
  const session = await backend.createSession(graph, { threads: 2 });
  const named = (entries: Iterable<[Value, Float32Array]>) =>
    Object.fromEntries([...entries].map(([{ name }, data]) => [name, data]));
  await session.run(named(inputs), named(made));
  await session.release();
  const positions = images * side * side;
  return new Map<string, Made>([
    ...maps.map(([name, v, channels, s]): [string, Made] => [
      name,
      { values: toPlain(made.get(v)!, block, images, channels, s * s), terms: 0 },
    ]),
    ...vectors.map(([name, v, channels]): [string, Made] => {
      const rows = made.get(v)!;
      const row = (index: number): Float32Array => rows.subarray(index * padded(channels)).subarray(0, channels);
      return [name, { values: Float32Array.from([0, 1, 2, 3, 4].flatMap((i) => [...row(i)])), terms: positions }];
    }),
    ...weights.map(([name, v]): [string, Made] => [name, { values: made.get(v)!, terms: positions }]),
  ]);
}

/**
 * The norm of the difference, relative to that of what is expected. A batch norm undoes a scale before it, so some gradients are nothing but
 * rounding: a hundredth of what a sum's terms would add up to is taken for zero.
 */
function apart(actual: Float32Array, { values, terms }: Made): number {
  const norm = (of: (i: number) => number): number => Math.sqrt(values.reduce((sum, _, i) => sum + of(i) ** 2, 0));
  const least = 0.01 * Math.sqrt(terms * values.length);
  return (
    norm((i) => actual[i]! - values[i]!) /
    Math.max(
      norm((i) => values[i]!),
      least,
    )
  );
}

async function compare(c: Case): Promise<void> {
  const [plain, fused] = [await run(1, c), await run(machine, c)];
  // Rounding decides the side of a value that lies on an activation's bend: without one, the comparison is strict.
  const tolerance = c.activation ? 0.1 : 1e-3;
  for (const [name, expected] of plain) expect(apart(fused.get(name)!.values, expected), name).toBeLessThan(tolerance);
}

const machine = await detectBlock();
describe.skipIf(machine === 1)('the fused operators equal the plain ones', () => {
  test('at any widths, side, kernel, stride, dilation and activation', async () => {
    const shape = fc.record({
      narrow: fc.integer({ min: 4, max: 70 }),
      wide: fc.integer({ min: 4, max: 70 }),
      side: fc.integer({ min: 4, max: 40 }),
      kernel: fc.constantFrom(3, 5, 7),
      stride: fc.constantFrom(1, 2),
      dilation: fc.constantFrom(1, 2, 3),
      activation: fc.constantFrom('relu' as const, 'hswish' as const, undefined),
    });
    await fc.assert(fc.asyncProperty(shape, compare), { numRuns: 25, seed: 1 });
  }, 120_000);

  test.each<Case>([
    { narrow: 112, wide: 672, side: 5, kernel: 5, stride: 1, dilation: 1, activation: 'hswish' },
    { narrow: 150, wide: 200, side: 2, kernel: 3, stride: 1, dilation: 1, activation: 'hswish' },
  ])('where tiles span images: $narrow-$wide-$narrow at $side', compare);

  test.runIf(loadKernels()?.bfloat16())(
    'with products of bfloat16 but for its rounding, 1/256 an operand',
    async () => {
      for (const narrow of [7, 24, 40]) {
        const c: Case = {
          narrow,
          wide: 3 * narrow,
          side: 20,
          kernel: 3,
          stride: 1,
          dilation: 1,
          activation: undefined,
        };
        const [exact, rounded] = [await run(machine, c), await run(machine, c, 'bfloat16')];
        for (const [name, expected] of exact)
          expect(apart(rounded.get(name)!.values, expected), `${narrow}: ${name}`).toBeLessThan(0.02);
        for (const name of ['expanded', 'dx', 'd expand', 'd project'])
          expect(apart(rounded.get(name)!.values, exact.get(name)!), `${narrow}: ${name}`).toBeGreaterThan(1e-4);
      }
    },
  );
});
