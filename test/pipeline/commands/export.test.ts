import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePortraitSet } from '../../../fixtures/generator/portraits.ts';
import type { Result } from '../../../src/contracts/result.ts';
import { decodeModel } from '../../../src/graph/onnx.ts';
import { deployArchitecture } from '../../../src/network/deploy.ts';
import { networkModules } from '../../../src/network/modules.ts';
import { architectureOf, parseSpace } from '../../../src/network/space.ts';
import { runExport } from '../../../src/pipeline/index.ts';
import { createProgress } from '../../../src/pipeline/progress.ts';
import { int8Section } from '../../../src/report/int8.ts';
import { tinySpace } from '../../end-to-end/tiny.ts';
import { trainedWeights } from '../../network/reference.ts';

let folder: string;
const size = { height: 48, width: 64 };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'export-'));
  await writePortraitSet(join(folder, 'data'), { train: 6, val: 4, width: 48, height: 64, seed: 9 });
  const architecture = architectureOf(parseSpace(tinySpace, 'tiny'), [0, 1, 2, 0], 'tiny');
  const { head, layers, tail } = networkModules(architecture, size);
  const weights = trainedWeights([head, ...layers, tail], 3);
  writeFileSync(join(folder, 'float32.onnx'), deployArchitecture(architecture, weights, size));
});
afterAll(() => rmSync(folder, { recursive: true }));

const common = () => ({
  progress: createProgress({ write: () => {} }, { tty: false }),
  signal: new AbortController().signal,
});

it('writes a model as int8, with its accuracy, size and latency beside float32', async () => {
  const from = { model: join(folder, 'float32.onnx'), modelSettings: {} };
  const data = [{ folder: join(folder, 'data'), weight: 1 }];
  const out = join(folder, 'int8.onnx');
  const int8 = { data, threads: 1, timeLimitMs: 1 };
  const { json, summary } = await runExport({ ...common(), from, out, int8 });
  const result = json as Result;
  const [float32, quantized] = result.networks;
  expect(quantized).toMatchObject({ role: 'int8', name: 'int8.onnx', bytes: readFileSync(out).length });
  expect(quantized!.bytes).toBeLessThan(float32!.bytes);
  expect(quantized!.macs).toBe(float32!.macs);
  expect(Math.abs(quantized!.miou! - float32!.miou!)).toBeLessThan(0.1);
  const { methods, calibration, operators, photos } = result.int8!;
  const least = Math.min(...methods.map(({ changedPixels }) => changedPixels));
  expect(methods.find(({ method }) => method === calibration)!.changedPixels).toBe(least);
  expect(methods).toHaveLength(3);
  expect(operators.QLinearConv).toBeGreaterThan(10);
  expect(photos).toBe(6);
  expect(summary).toContain(result.int8!.reason);
  expect(int8Section(result)).toContain('QLinearConv');
  const shown = decodeModel(readFileSync(out));
  expect(shown.graph!.input[0]!.name).toBe('image');
});

it('takes the method that is asked for, and says what is missing', async () => {
  const from = { model: join(folder, 'float32.onnx'), modelSettings: {} };
  const data = [{ folder: join(folder, 'data'), weight: 1 }];
  const out = join(folder, 'entropy.onnx');
  const int8 = { data, threads: 1, timeLimitMs: 1, calibration: 'entropy' as const };
  const { json } = await runExport({ ...common(), from, out, int8 });
  expect((json as Result).int8!.methods.map(({ method }) => method)).toEqual(['entropy']);
  await expect(runExport({ ...common(), from, out, int8: {} })).rejects.toThrow(/^export --int8: .* give --data/);
  await expect(runExport({ ...common(), from, out })).rejects.toThrow(/is a model already; give --int8/);
});

it('never replaces the float32 model by its int8 one, under whatever name', async () => {
  const model = join(folder, 'float32.onnx');
  const before = readFileSync(model);
  symlinkSync(model, join(folder, 'link.onnx'));
  const data = [{ folder: join(folder, 'data'), weight: 1 }];
  const given = { ...common(), from: { model, modelSettings: {} }, int8: { data, threads: 1, timeLimitMs: 1 } };
  for (const out of [model, join(folder, 'link.onnx')])
    await expect(runExport({ ...given, out })).rejects.toThrow('is the float32 model itself, which would be lost');
  expect(readFileSync(model)).toEqual(before);
});
