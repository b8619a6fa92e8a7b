// The kernels of native/: those for blocks of 16 compute what those of 8 do (which the gradient tests check), on any machine with AVX2.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNorms } from '../../src/autodiff/create-norms.ts';
import { createPrimitives } from '../../src/autodiff/create-primitives.ts';
import { toPlain, toStorage } from '../../src/autodiff/layout.ts';
import type { NormActivation } from '../../src/autodiff/norms.ts';
import { sameWindow } from '../../src/autodiff/primitives.ts';
import { createGraph } from '../../src/graph/onnx.ts';
import type { Value } from '../../src/graph/values.ts';
import { createRandom } from '../../src/lib/random.ts';
import { type KernelsLibrary, loadKernels } from '../../src/runtime/kernels-library.ts';

const images = 3;
const size = (v: Value): number => (v.dims as number[]).reduce((a, b) => a * b, 1);

interface Case {
  readonly narrow: number;
  readonly wide: number;
  readonly side: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly activation: NormActivation;
}

/** An inverted bottleneck and a convolution of an image, forward and backward, in one layout; everything it made, in canonical layout, by name. */
function run(library: KernelsLibrary, block: 8 | 16, c: Case): Map<string, Float32Array> {
  const { narrow, wide, side, activation } = c;
  const g = createGraph();
  const norms = createNorms(createPrimitives(g, block));
  const random = createRandom(1, JSON.stringify(c));
  const normal = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
  const inputs: [Value, Float32Array][] = [];
  const padded = (channels: number): number => Math.ceil(channels / block) * block;
  const map = (name: string, channels: number, s: number): Value => {
    const value = g.input(name, [images, padded(channels), s, s]);
    inputs.push([value, toStorage(normal(images * channels * s * s), block, images, channels, s * s)]);
    return value;
  };
  const parameter = (name: string, dims: number[]): Value => {
    const value = g.input(name, dims);
    inputs.push([value, normal(size(value))]);
    return value;
  };
  const norm = (name: string, channels: number) => ({
    runningMean: parameter(`${name}.mean`, [channels]),
    gamma: parameter(`${name}.gamma`, [channels]),
    beta: parameter(`${name}.beta`, [channels]),
  });
  const out = Math.floor((side - 1) / (c.stride ?? 1)) + 1;
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
  const back3 = norms.convGradient(upstream, project, pointwise, filtered, { weights: true });
  const up2 = { dn: back3.dx, norm: { y: second.y, gradient: back3.gradient! } };
  const back2 = norms.convGradient(up2, filter, depthwise, widened, { weights: true });
  const up1 = { dn: back2.dx, norm: { y: first.y, gradient: back2.gradient! } };
  const back1 = norms.convGradient(up1, expand, pointwise, x, { weights: true });
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
  const session = library.createSession(g.encode(), 2, ports(inputs.map(([v]) => v)), ports(outputs), undefined);
  library.run(
    session,
    inputs.map(([, data]) => data),
    [...made.values()],
  );
  library.release(session);
  return new Map([
    ...maps.map(([name, v, channels, s]) => [name, toPlain(made.get(v)!, block, images, channels, s * s)] as const),
    ...vectors.map(([name, v, channels]) => {
      const rows = made.get(v)!;
      const row = (index: number): Float32Array => rows.subarray(index * padded(channels)).subarray(0, channels);
      return [name, Float32Array.from([0, 1, 2, 3, 4].flatMap((index) => [...row(index)]))] as const;
    }),
    ...weights.map(([name, v]) => [name, made.get(v)!] as const),
  ]);
}

const available = loadKernels() !== undefined;
describe.skipIf(!available)('kernels for blocks of 16 equal those for 8', () => {
  let folder: string;
  let library: KernelsLibrary;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kernels-'));
    const compile = `import('./scripts/native.mjs').then((m) => m.compileNative(${JSON.stringify(folder)}, { 8: 'haswell', 16: 'haswell' }))`;
    await promisify(execFile)(process.execPath, ['-e', compile]);
    library = createRequire(import.meta.url)(join(folder, 'kernels.node'));
    library.open();
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  test.each<Case>([
    { narrow: 24, wide: 40, side: 13, kernel: 3, activation: 'relu' },
    { narrow: 20, wide: 72, side: 14, kernel: 5, stride: 2, activation: 'hswish' },
    { narrow: 17, wide: 65, side: 9, kernel: 3, stride: 2, dilation: 2, activation: 'hswish' },
    { narrow: 16, wide: 96, side: 7, kernel: 5, dilation: 2, activation: undefined },
    { narrow: 112, wide: 672, side: 5, kernel: 5, activation: 'hswish' },
    { narrow: 8, wide: 33, side: 40, kernel: 7, activation: undefined },
    { narrow: 150, wide: 200, side: 1, kernel: 3, activation: 'hswish' },
  ])('$narrow-$wide-$narrow at $side, kernel $kernel, stride $stride, dilation $dilation, $activation', (c) => {
    const [of8, of16] = [run(library, 8, c), run(library, 16, c)];
    for (const [name, expected] of of8) {
      const actual = of16.get(name)!;
      const scale = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
      const apart = expected.reduce((most, v, i) => Math.max(most, Math.abs(v - actual[i]!)), 0);
      expect(scale, name).toBeGreaterThan(0);
      expect(apart / scale, name).toBeLessThan(1e-4);
    }
  });
});
