// The built command line from recipe to report, and each stage alone: `npm run build` comes first.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import * as web from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePortraitSet } from '../../fixtures/generator/portraits.ts';
import { type Result, readResult } from '../../src/contracts/result.ts';
import { loadEvaluation } from '../../src/data/batches.ts';
import { openDataset } from '../../src/data/dataset.ts';
import { readCheckpoint } from '../../src/training/checkpoint.ts';
import { beginWithTable, cli, makeTiny, type Tiny, tinyRecipe, writeRecipe } from './tiny.ts';

let tiny: Tiny;
let recipe: string[];
let data: string[];
/** The run folder of a whole search. */
let run: string;
const inRun = (name: string): string => join(run, name);

beforeAll(async () => {
  tiny = await makeTiny();
  // By a relative budget as well, on a baseline that the recipe gives as a file.
  const budgets = tinyRecipe.replace('1000', '1000, max-latency-vs: { ./baseline.json: 100 }');
  writeRecipe(tiny.folder, budgets.replace('trade-offs: 2', 'trade-offs: 2, evolution: 24'));
  recipe = ['--recipe', tiny.recipe];
  data = ['--data', tiny.data];
  run = join(tiny.folder, 'run');
  const ended = await cli(['search', ...recipe, ...data, '--out', run, '--json']);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(ended.stdout)).toEqual(await readResult(inRun('result.json')));
});
afterAll(() => tiny.remove());

describe('a search', () => {
  test('leaves every artifact, a valid result that passes, and nothing above the budget', async () => {
    for (const name of ['latency-table.json', 'architecture.json', 'model.onnx', 'report.md', 'log.txt'])
      expect(existsSync(inRun(name)), name).toBe(true);
    expect(existsSync(inRun('run.lock'))).toBe(false);
    const result = await readResult(inRun('result.json'));
    expect(result.verdict).toBe('pass');
    // Strictly fair rounds cannot obey a limit, so that they say how often they did not; the search can.
    expect(result.supernet!.constraintViolations).toBe(0);
    expect(result.search!.constraintViolations).toBeUndefined();
    expect(result.search!.repeatability).toBeDefined();
    expect(result.networks.map(({ name }) => name)).toEqual(['recipe-searched', 'tiny-baseline']);
    expect(result.budgets.map(({ name, met }) => [name, met])).toEqual([
      ['max-latency-ms', true],
      ['max-latency-vs tiny-baseline', true],
    ]);
    expect(result.derive!.randomSubnets!.count).toBe(20);
    // Two trade-offs, and what evolution found.
    expect(new Set(result.derive!.candidates.map(({ tradeOff }) => tradeOff))).toEqual(new Set([0, 1, 2]));
    expect(result.architecture).toEqual(JSON.parse(readFileSync(inRun('architecture.json'), 'utf8')));
    expect(readFileSync(inRun('log.txt'), 'utf8')).toMatch(/within \d\.\de-\d+ of the training graph's/);
  });

  test('exports a model that onnxruntime-web runs to the same probabilities on photos', async () => {
    const model = readFileSync(inRun('model.onnx'));
    const { val } = await openDataset([{ folder: tiny.data, weight: 1 }]);
    const native = await InferenceSession.create(model);
    const wasm = await web.InferenceSession.create(new Uint8Array(model));
    for await (const { images, masks } of loadEvaluation(val, 32, 32)) {
      const dims = [masks.length, 3, 32, 32];
      const expected = (await native.run({ image: new Tensor('float32', images, dims) })).probability!.data;
      const same = (await wasm.run({ image: new web.Tensor('float32', images, dims) })).probability!.data;
      expect(same.length).toBe(val.length * 32 * 32);
      const differences = Array.from(same as Float32Array, (p, i) => Math.abs(p - (expected as Float32Array)[i]!));
      expect(Math.max(...differences)).toBeLessThan(1e-4);
    }
  });
});

describe('the single stages', () => {
  test('table leaves a table and says how far its predictor is off', async () => {
    const out = join(tiny.folder, 'table');
    const ended = await cli(['table', ...recipe, '--out', out]);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('mean error on 3 held-out subnets');
    const { predictor, networks } = await readResult(join(out, 'result.json'));
    expect(predictor!.heldOut.subnets).toBe(3);
    expect(networks).toEqual([]);
    expect(existsSync(join(out, 'latency-table.json'))).toBe(true);
  });

  test("derive, by the search's table, comes to the same supernet, alphas and candidates to the bit, and trains only the finalists' trials", async () => {
    const out = join(tiny.folder, 'derived');
    const derive = ['derive', ...recipe, ...data, '--out', out];
    await beginWithTable(derive, out, inRun('latency-table.json'));
    expect((await cli(derive)).code).toBe(0);
    expect((await readResult(join(out, 'result.json'))).reason).toContain('not trained');
    const names = readdirSync(join(out, 'checkpoints')).sort();
    const trials = names.filter((name) => /^trial-\d-\d-\d-\d\.epochs-\d+\.safetensors$/.test(name));
    expect(trials.length).toBeGreaterThan(0);
    expect(names).toEqual(
      ['alphas-1.json', 'alphas-2.json', 'evolution.json', 'ranking.json', 'supernet.safetensors', ...trials].sort(),
    );
    expect(existsSync(join(out, 'model.onnx'))).toBe(false);
    const found = async (folder: string) => {
      const json = (name: string) => JSON.parse(readFileSync(join(folder, 'checkpoints', name), 'utf8'));
      const { tensors } = (await readCheckpoint(join(folder, 'checkpoints', 'supernet.safetensors')))!;
      return {
        weights: [...tensors].map(([name, values]) => [name, Buffer.from(values.buffer).toString('base64')]),
        alphas: [json('alphas-1.json').sums, json('alphas-2.json').sums],
        candidates: json('ranking.json').candidates.map(
          ({ path, trialMiou }: NonNullable<Result['derive']>['candidates'][number]) => [path, trialMiou],
        ),
        architecture: readFileSync(join(folder, 'architecture.json'), 'utf8'),
      };
    };
    expect(await found(out)).toEqual(await found(run));
  });

  test('diagnose says in report and result whether the search worked, and shares its trainings out over shards', async () => {
    const [out, shard] = [join(tiny.folder, 'diagnosed'), join(tiny.folder, 'diagnosis-shard')];
    for (const copy of [out, shard]) cpSync(run, copy, { recursive: true });
    const diagnose = ['diagnose', ...recipe, ...data, '--subnets', '3', '--seeds', '2', '--epochs', '2'];
    const share = await cli([...diagnose, '--out', shard, '--shard', '1/1', '--json']);
    expect(share.code, share.stderr).toBe(0);
    const { trained } = JSON.parse(share.stdout);
    const ended = await cli([...diagnose, shard, '--out', out]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).not.toMatch(/diagnosis: network .*: \d+ steps/);
    const { diagnosis, networks } = await readResult(join(out, 'result.json'));
    expect(diagnosis!.networks.length).toBeGreaterThan(2);
    expect(diagnosis!.epochs).toBe(2);
    expect(new Set(diagnosis!.networks.map(({ path }) => path.join())).size).toBe(diagnosis!.networks.length);
    for (const { mious } of [...diagnosis!.networks, diagnosis!.derived!]) expect(mious).toHaveLength(2);
    expect(trained).toHaveLength(2 * (diagnosis!.networks.length + 1));
    expect(networks).toEqual((await readResult(inRun('result.json'))).networks);
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('A constant silhouette scores');
    // The page holds its result as JSON.
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(JSON.stringify(diagnosis!.networks[0]!.path));
  });

  test('train trains an architecture to the very model that the search made of it', async () => {
    const out = join(tiny.folder, 'trained');
    const architecture = ['--architecture', inRun('architecture.json')];
    expect((await cli(['train', ...recipe, ...data, ...architecture, '--out', out])).code).toBe(0);
    expect(readFileSync(join(out, 'model.onnx'))).toEqual(readFileSync(inRun('model.onnx')));
  });

  test('train takes several sets, those of the recipe or of the command line, and scores each', async () => {
    const out = join(tiny.folder, 'two-sets');
    const other = join(tiny.folder, 'street');
    await writePortraitSet(other, { train: 6, val: 3, width: 48, height: 64, seed: 10 });
    const [withData, without] = ['with-data.yaml', 'without.yaml'].map((name) => join(tiny.folder, name)) as [
      string,
      string,
    ];
    writeFileSync(without, `${tinyRecipe}name: recipe\n`);
    writeFileSync(withData, `${tinyRecipe}name: recipe\ndata: [{ folder: data }, { folder: street, weight: 2 }]\n`);
    const command = ['train', '--architecture', inRun('architecture.json'), '--out', out, '--recipe'];
    expect((await cli([...command, withData])).code).toBe(0);
    const { data: found, networks } = await readResult(join(out, 'result.json'));
    expect(found).toMatchObject({ train: 30, val: 9 });
    expect(found!.sets.map(({ name, weight, train }) => [name, weight, train])).toEqual([
      ['data', 1, 24],
      ['street', 2, 6],
    ]);
    const [network] = networks;
    expect(network!.sets!.map(({ name, images }) => [name, images])).toEqual([
      ['data', 6],
      ['street', 3],
    ]);
    const [a, b] = network!.sets!.map(({ miou }) => miou) as [number, number];
    expect(network!.miou).toBeGreaterThan(Math.min(a, b));
    expect(network!.miou).toBeLessThan(Math.max(a, b));
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('## By data set');
    expect(readFileSync(join(out, 'log.txt'), 'utf8')).toContain(': 36 steps');

    const again = await cli([...command, without, '--data', tiny.data, '--data', `${other}=2`]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('resuming the run in this folder');
  });

  test('export gives the very model that the search exported; from the weights of another network it is bad input', async () => {
    const out = join(tiny.folder, 'again.onnx');
    const exported = (name: string, to: string) => {
      const weights = inRun(`checkpoints/train-${name}.safetensors`);
      const architecture = inRun('architecture.json');
      return cli(['export', ...recipe, '--architecture', architecture, '--weights', weights, '--out', to]);
    };
    expect((await exported('recipe-searched', out)).code).toBe(0);
    expect(readFileSync(out)).toEqual(readFileSync(inRun('model.onnx')));

    const never = join(tiny.folder, 'never.onnx');
    const { code, stderr } = await exported('nobody', never);
    expect(code).toBe(2);
    expect(stderr).toContain('train-nobody.safetensors: no such checkpoint');
    expect(existsSync(never)).toBe(false);
  });

  test("evaluate gives the search's mIoU, and judges the recipe's budgets beside its baselines", async () => {
    const ended = await cli(['evaluate', '--model', inRun('model.onnx'), ...data, ...recipe, '--json']);
    expect(ended.code).toBe(0);
    const { networks, budgets, threads } = JSON.parse(ended.stdout);
    expect(threads).toBe(1);
    expect(networks[0].miou).toBe((await readResult(inRun('result.json'))).networks[0]!.miou);
    expect(networks[1].miou).toBeUndefined();
    expect(budgets).toHaveLength(2);
  });

  test('compare measures models beside each other and beside an untrained architecture', async () => {
    const again = join(tiny.folder, 'again.onnx');
    const ended = await cli(['compare', inRun('model.onnx'), again, 'mobilenetv3-small', ...recipe, ...data, '--json']);
    expect(ended.code).toBe(0);
    const networks = JSON.parse(ended.stdout).networks as { name: string; miou?: number; latencyP50Ms: number }[];
    expect(networks.map(({ name }) => name)).toEqual([inRun('model.onnx'), again, 'mobilenetv3-small']);
    expect(networks[0]!.miou).toBe(networks[1]!.miou);
    expect(networks[2]!.miou).toBeUndefined();
    expect(networks.every(({ latencyP50Ms }) => latencyP50Ms > 0)).toBe(true);
  });
});
