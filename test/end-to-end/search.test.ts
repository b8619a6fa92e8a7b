// The built command line from recipe to report, interrupted and not: `npm run build` comes first.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import * as web from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readResult } from '../../src/pipeline/result.ts';
import { readCheckpoint } from '../../src/training/checkpoint.ts';
import { cli, makeTiny, type Tiny } from './tiny.ts';

let tiny: Tiny;
let table: string;
let whole: string;
const search = (out: string): string[] => [
  'search',
  '--recipe',
  tiny.recipe,
  '--data',
  tiny.data,
  '--out',
  out,
  '--table',
  table,
];

beforeAll(async () => {
  tiny = await makeTiny();
  const made = await cli(['table', '--recipe', tiny.recipe, '--out', join(tiny.folder, 'table')]);
  expect(made.stderr + made.stdout).toContain('mean error on 3 held-out subnets');
  table = join(tiny.folder, 'table', 'latency-table.json');
  whole = join(tiny.folder, 'whole');
  const ended = await cli([...search(whole), '--json']);
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  expect(JSON.parse(ended.stdout).verdict).toBe('pass');
});
afterAll(() => rmSync(tiny.folder, { recursive: true, force: true }));

/** Everything that must not depend on whether and when a run was interrupted. */
async function outcome(folder: string) {
  const tensors: Record<string, Record<string, Uint8Array>> = {};
  for (const name of (await readdir(join(folder, 'checkpoints'))).filter((n) => n.endsWith('.safetensors'))) {
    const checkpoint = await readCheckpoint(join(folder, 'checkpoints', name));
    tensors[name] = Object.fromEntries(
      [...checkpoint!.tensors].map(([key, data]) => [key, new Uint8Array(data.buffer)]),
    );
  }
  const json = (name: string) => JSON.parse(readFileSync(join(folder, 'checkpoints', name), 'utf8'));
  const { candidates } = json('derived.json') as { candidates: { path: number[]; supernetMiou: number }[] };
  const { alphas, adam } = json('alphas.json');
  return { tensors, alphas, adam, candidates: candidates.map(({ path, supernetMiou }) => ({ path, supernetMiou })) };
}

describe('a search', () => {
  test('leaves every artefact, a valid result and no path above the budget', async () => {
    for (const name of [
      'latency-table.json',
      'architecture.json',
      'model.onnx',
      'result.json',
      'report.md',
      'log.txt',
    ]) {
      expect(existsSync(join(whole, name)), name).toBe(true);
    }
    const result = await readResult(join(whole, 'result.json'));
    expect(result.supernet!.constraintViolations).toBe(0);
    expect(result.search!.constraintViolations).toBe(0);
    expect(result.networks.map(({ name }) => name)).toEqual(['recipe-searched', 'mobilenetv3-small']);
    expect(result.derive!.randomSubnets!.count).toBe(20);
    expect(readFileSync(join(whole, 'log.txt'), 'utf8')).toMatch(/within \d\.\de-\d+ of the training graph's/);
    expect(existsSync(join(whole, 'run.lock'))).toBe(false);
  });

  test('exports a model that onnxruntime-web runs to the same probabilities', async () => {
    const model = readFileSync(join(whole, 'model.onnx'));
    const image = Float32Array.from({ length: 3 * 32 * 32 }, (_, i) => Math.sin(i));
    const native = await (await InferenceSession.create(model)).run({
      image: new Tensor('float32', image, [1, 3, 32, 32]),
    });
    const wasm = await web.InferenceSession.create(new Uint8Array(model));
    const same = await wasm.run({ image: new web.Tensor('float32', image, [1, 3, 32, 32]) });
    const expected = native.probability!.data as Float32Array;
    (same.probability!.data as Float32Array).forEach((p, i) => {
      expect(Math.abs(p - expected[i]!)).toBeLessThan(1e-4);
    });
  });

  test('killed in training, in the search and in the last training, then terminated and interrupted, ends as if it had not been', async () => {
    const out = join(tiny.folder, 'interrupted');
    const at = (file: string): string => join(out, 'checkpoints', file);
    const terminated = await cli(search(out), { file: at('supernet.safetensors'), signal: 'SIGTERM' });
    expect(terminated.code).toBe(143);
    expect(terminated.stderr).toContain('the same command resumes');
    for (const file of ['supernet.safetensors', 'alphas.json', 'train-recipe-searched.safetensors']) {
      await cli(search(out), { file: at(file), signal: 'SIGKILL' });
    }
    const interrupted = await cli(search(out), { file: at('train-mobilenetv3-small.safetensors'), signal: 'SIGINT' });
    expect(interrupted.code).toBe(130);
    const ended = await cli(search(out));
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('goes on with the run begun there');
    expect(await outcome(out)).toEqual(await outcome(whole));
    expect(readFileSync(join(out, 'model.onnx'))).toEqual(readFileSync(join(whole, 'model.onnx')));
  });
});

describe('the single stages', () => {
  test('export gives the very file that the search exported', async () => {
    const out = join(tiny.folder, 'again.onnx');
    const weights = join(whole, 'checkpoints', 'train-recipe-searched.safetensors');
    const ended = await cli([
      'export',
      '--recipe',
      tiny.recipe,
      '--architecture',
      join(whole, 'architecture.json'),
      '--weights',
      weights,
      '--out',
      out,
    ]);
    expect(ended.code).toBe(0);
    expect(readFileSync(out)).toEqual(readFileSync(join(whole, 'model.onnx')));
  });

  test('evaluate gives the mIoU that the search reported', async () => {
    const ended = await cli(['evaluate', '--model', join(whole, 'model.onnx'), '--data', tiny.data, '--json']);
    expect(ended.code).toBe(0);
    const { networks } = await readResult(join(whole, 'result.json'));
    expect(JSON.parse(ended.stdout).networks[0].miou).toBe(networks[0]!.miou);
  });

  test('compare measures a model beside an untrained architecture', async () => {
    const ended = await cli([
      'compare',
      join(whole, 'model.onnx'),
      'mobilenetv3-large',
      '--recipe',
      tiny.recipe,
      '--json',
    ]);
    expect(ended.code).toBe(0);
    const names = JSON.parse(ended.stdout).networks.map(({ name }: { name: string }) => name);
    expect(names).toEqual([join(whole, 'model.onnx'), 'mobilenetv3-large']);
  });

  test('train trains one architecture to the weights that the search gave it', async () => {
    const out = join(tiny.folder, 'trained');
    const ended = await cli([
      'train',
      '--recipe',
      tiny.recipe,
      '--data',
      tiny.data,
      '--architecture',
      join(whole, 'architecture.json'),
      '--out',
      out,
    ]);
    expect(ended.code).toBe(0);
    expect(readFileSync(join(out, 'model.onnx'))).toEqual(readFileSync(join(whole, 'model.onnx')));
  });

  test('derive stops at the architecture that the search took', async () => {
    const out = join(tiny.folder, 'derived');
    const ended = await cli(['derive', ...search(out).slice(1)]);
    expect(ended.code).toBe(0);
    expect(readFileSync(join(out, 'architecture.json'))).toEqual(readFileSync(join(whole, 'architecture.json')));
    expect(existsSync(join(out, 'model.onnx'))).toBe(false);
  });
});
