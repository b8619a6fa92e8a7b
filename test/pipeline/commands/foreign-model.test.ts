import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePortraitSet } from '../../../fixtures/generator/portraits.ts';
import { type Result, readResult } from '../../../src/contracts/result.ts';
import { openDataset } from '../../../src/data/dataset.ts';
import { packageRoot } from '../../../src/lib/package-root.ts';
import { loadArchitecture } from '../../../src/network/architecture.ts';
import { untrained } from '../../../src/pipeline/build-table.ts';
import { runCompare, runGate, runInspect } from '../../../src/pipeline/index.ts';
import { createProgress } from '../../../src/pipeline/progress.ts';
import { scoreModel } from '../../../src/pipeline/score.ts';
import { scoreNetworks } from '../../../src/pipeline/stages/accuracy.ts';
import { conventionModel } from '../../runtime/conventions.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foreign-'));
  await writePortraitSet(join(folder, 'data'), { train: 2, val: 6, width: 48, height: 64, seed: 9 });
  writeFileSync(join(folder, 'bytes.onnx'), conventionModel({ layout: 'NHWC', type: 'uint8', output: 'two logits' }));
  writeFileSync(join(folder, 'floats.onnx'), conventionModel());
});
afterAll(() => rmSync(folder, { recursive: true }));

const notes: string[] = [];
const common = () => ({
  progress: createProgress({ write: (line) => notes.push(line) }, { tty: false }),
  signal: new AbortController().signal,
});

it('scores a model from elsewhere, says how it is read, and warns where a constant mask would do better', async () => {
  const score = async (model: string, output?: 'argmax') => {
    const modelSettings = output && { output: { kind: output, person: 0 } };
    const data = [{ folder: join(folder, 'data'), weight: 1 }];
    const options = { ...common(), model: join(folder, model), data, threads: 1, modelSettings };
    const outcome = await runGate(options);
    return { outcome, network: (outcome.json as Result).networks[0]! };
  };
  const { network: bytes, outcome } = await score('bytes.onnx');
  const { network: floats } = await score('floats.onnx');
  expect(bytes.miou).toBeGreaterThan(0);
  // Pixels are rounded to bytes for one of them.
  expect(bytes.miou).toBeCloseTo(floats.miou!, 2);
  expect(bytes.macs).toBeGreaterThan(floats.macs!);
  expect(bytes.reading).toMatch(/layout NHWC \(graph\).*bytes as they are.*meaning softmax:1/);
  expect(notes.join('')).toContain('bytes.onnx is read as: input photo');
  // The network sees bright, reddish blobs, and no persons.
  expect(bytes.miou).toBeLessThan(bytes.silhouetteMiou!);
  expect(outcome.summary).toMatch(
    /warning: bytes\.onnx: mIoU .* below .* constant silhouette.*Set normalize and output/,
  );
  // The person's class the wrong way round: person and background change places.
  const { network: inverted } = await score('bytes.onnx', 'argmax');
  expect(inverted.personIou).not.toBeCloseTo(bytes.personIou!, 2);
});

it('compares a model with a base of another input size, each at its own, on the same pixels of the masks', async () => {
  const base = join(folder, 'larger.onnx');
  const size = { height: 64, width: 96 };
  writeFileSync(base, untrained(await loadArchitecture('mobilenetv3-small'), size).bytes);
  const data = [{ folder: join(folder, 'data'), weight: 1 }];
  const model = join(folder, 'floats.onnx');
  const { json, summary } = await runGate({
    ...common(),
    model,
    data,
    threads: 1,
    base: { file: base, name: 'main' },
    timeLimitMs: 1000,
  });
  const { input, networks, comparisons } = json as Result;
  expect(networks.map((network) => network.input)).toEqual([undefined, size]);
  expect(input).not.toEqual(size);
  // Multiply-accumulates are those of its own size: its first convolution alone has 27 x 16 for each of 32 x 48 outputs.
  expect(networks[1]!.macs).toBeGreaterThan(27 * 16 * 32 * 48);
  expect(comparisons!.map(({ metric }) => metric)).toEqual(['latency', 'miou']);
  expect(comparisons![1]!.baseValue).toBeCloseTo(networks[1]!.miou!, 6);
  expect(summary).toContain('main, 64 x 96');
  const compared = await runCompare({ ...common(), models: [model, base], data, threads: 1 });
  expect((compared.json as Result).networks.map((network) => network.input)).toEqual([undefined, size]);
});

it('says that mIoU was not compared where the base has no weights, and is inconclusive where that was asked for', async () => {
  const data = [{ folder: join(folder, 'data'), weight: 1 }];
  const base = { file: join(packageRoot(), 'search/architectures/mobilenetv3-small.json'), name: 'main' };
  const model = join(folder, 'small.onnx');
  writeFileSync(model, untrained(await loadArchitecture('mobilenetv3-small'), { height: 64, width: 96 }).bytes);
  const judge = async (miouThreshold?: number) => {
    const given = { ...common(), model, data, threads: 1, base, timeLimitMs: 1000 };
    const { json } = await runGate({ ...given, latencyThreshold: 5, miouThreshold });
    return json as Result;
  };
  const { reason, comparisons } = await judge();
  expect(comparisons!.map(({ metric }) => metric)).toEqual(['latency']);
  expect(reason).toContain('mIoU was not compared: main is an architecture, without weights.');
  expect((await judge(0.01)).verdict).toBe('inconclusive');
});

it('a pointer that Git LFS left in place of a model is told as such', async () => {
  const model = join(folder, 'pointer.onnx');
  writeFileSync(model, `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 9\n`);
  await expect(runGate({ ...common(), model, threads: 1 })).rejects.toThrow(
    /pointer\.onnx: is a Git LFS pointer.*lfs: true/,
  );
});

it('names the photos that it does worst on, and draws them', async () => {
  const out = join(folder, 'out');
  const data = [{ folder: join(folder, 'data'), weight: 1 }];
  await runGate({ ...common(), model: join(folder, 'floats.onnx'), data, threads: 1, out });
  const [network] = (await readResult(join(out, 'result.json'))).networks;
  const source = { name: 'floats', bytes: readFileSync(join(folder, 'floats.onnx')) };
  const { val } = await openDataset(data);
  const alone = [];
  for (const photo of val) {
    const { miou } = await scoreModel(source, { photos: [photo], threads: 1, signal: common().signal });
    alone.push({ id: photo.id, miou });
  }
  alone.sort((a, b) => a.miou - b.miou);
  expect(network!.worst!.map(({ id, miou }) => ({ id, miou }))).toEqual(alone);
  const { width, height, format } = await sharp(join(out, network!.worstPicture!)).metadata();
  // Six photos of 48 x 64, each 240 high, in a row with gaps of 6; under them the painted ones.
  expect({ width, height, format }).toEqual({ width: 6 * 180 + 5 * 6, height: 486, format: 'jpeg' });
  expect(network!.boundaryIou!).toBeGreaterThan(0);
  expect(network!.boundaryIou!).toBeLessThan(network!.personIou!);
  expect(network!.flicker!).toBeGreaterThan(0);
  expect(network!.flicker!).toBeLessThan(1);
});

it('names the photos that head gains most on over base, and draws what both see', async () => {
  const { val } = await openDataset([{ folder: join(folder, 'data'), weight: 1 }]);
  // A mask that says nothing has no score.
  const blank = { ...val[0]!, id: 'blank', mask: join(folder, 'blank.png') };
  await sharp(Buffer.alloc(48 * 64, 128), { raw: { width: 48, height: 64, channels: 1 } })
    .toColorspace('b-w')
    .toFile(blank.mask);
  const photos = [...val, blank];
  const source = (name: string) => ({ name, bytes: readFileSync(join(folder, `${name}.onnx`)) });
  // Base has person and background the wrong way round.
  const settings = { output: { kind: 'argmax', person: 0 } } as const;
  const models = [
    { role: 'baseline', source: source('bytes'), others: [] },
    { role: 'head', source: source('floats'), others: [] },
    { role: 'base', source: source('bytes'), settings, others: [] },
  ] as const;
  const run = { ...common(), threads: 1 };
  const { networks } = await scoreNetworks(models, { ...run, photos, seed: 1, pictures: folder });
  const gains = [];
  for (const photo of val) {
    const { miou } = await scoreModel(models[1].source, { ...run, photos: [photo] });
    const { miou: before } = await scoreModel(models[2].source, { ...run, photos: [photo], settings });
    if (miou > before) gains.push({ id: photo.id, miou, before });
  }
  gains.sort((a, b) => b.miou - b.before - (a.miou - a.before));
  expect(gains.length).toBeGreaterThan(0);
  expect(networks.map(({ facts }) => facts.improved)).toEqual([
    undefined,
    { over: 'bytes', photos: gains, picture: 'improved.jpg' },
    undefined,
  ]);
  const { width, height } = await sharp(join(folder, 'improved.jpg')).metadata();
  // Photos of 48 x 64, each 240 high, and under them a row for each of the two.
  expect([width, height]).toEqual([gains.length * 186 - 6, 3 * 246 - 6]);
});

it('inspect says what would be assumed, without data', async () => {
  const { summary } = await runInspect({ model: join(folder, 'floats.onnx'), modelSettings: {} });
  expect(summary).toMatch(/normalize +unit +ASSUMED/);
});

it('a budget against a baseline that nothing measures is refused before the model is even read', async () => {
  const budgets = { 'max-latency-vs': { 'mobilenetv3-large': 1 } };
  await expect(runGate({ ...common(), model: join(folder, 'none.onnx'), budgets, threads: 1 })).rejects.toThrow(
    'budgets: max-latency-vs: "mobilenetv3-large" is not measured in this run; give a recipe (--recipe) whose baselines list it',
  );
});
