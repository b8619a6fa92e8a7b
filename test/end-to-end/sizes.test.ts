// Candidates of further input sizes from one supernet, through the built command line: `npm run build` comes first.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readResult } from '../../src/contracts/result.ts';
import { readModelFile } from '../../src/pipeline/model-file.ts';
import { cli, makeTiny, type Tiny, tinyRecipe, writeRecipe } from './tiny.ts';

const larger = { height: 48, width: 64 };
/** All scores count as equal: the largest network within the limit is taken, and of the larger size all are larger. */
const derive = (inputs: string, rest: string): string =>
  tinyRecipe
    .replace(/derive: .*/, `derive: { ${rest}, recalibration-batches: 1, images: 4, inputs: [${inputs}] }`)
    .replace(/budgets: .*/, 'budgets: { max-latency-vs: { ./baseline.json: 30 } }');
const recipe = derive('{ height: 48, width: 64 }', 'candidates: 3, tolerance: 1');

let tiny: Tiny;
const at = (...names: string[]): string => join(tiny.folder, ...names);
const run = (command: string[], out: string) =>
  cli([...command, '--recipe', tiny.recipe, '--data', tiny.data, '--out', at(out), '--json']);

beforeAll(async () => {
  tiny = await makeTiny();
});
afterAll(() => tiny.remove());

test('a size is refused before the supernet is trained where no network of it meets the limit, or it is there already', async () => {
  const large = '{ height: 512, width: 512 }';
  writeRecipe(tiny.folder, derive(large, 'candidates: 3').replace('./baseline.json: 30', './baseline.json: 2'));
  const slow = await run(['derive'], 'refused');
  expect(slow.code).toBe(2);
  expect(slow.stderr).toMatch(
    /recipe recipe: derive\.inputs: the fastest network of 512 x 512 takes .* ms, the limit is .* ms; leave that size out/,
  );
  // The folder is given up, so that it does not stand in the way of the changed recipe.
  expect(readdirSync(at('refused'))).toEqual([]);
  writeRecipe(tiny.folder, derive('{ height: 48, width: 64 }, { height: 48, width: 64 }', 'candidates: 3'));
  const twice = await run(['derive'], 'refused');
  expect(twice.code).toBe(2);
  expect(twice.stderr).toContain('derive.inputs.1: 48 x 64 is there already');
});

test('a network of another size is derived, trained, judged and exported at it', async () => {
  writeRecipe(tiny.folder, recipe);
  const ended = await run(['search'], 'run');
  expect(ended.code, ended.stderr).toBeLessThan(2);
  const { networks, architecture, input, derive: derived } = await readResult(at('run', 'result.json'));
  expect(input).toEqual({ height: 32, width: 32 });
  expect(derived!.candidates.filter((one) => one.input).map((one) => one.input)).toContainEqual(larger);
  expect(derived!.candidates.some((one) => !one.input)).toBe(true);
  expect(derived!.randomSubnets!.count).toBe(40);
  expect(derived!.chosen).toMatch(/^candidate-\d+-48x64$/);
  expect(architecture!.input).toEqual(larger);
  expect(networks.map(({ role, input: own }) => [role, own])).toEqual([
    ['head', larger],
    ['baseline', undefined],
  ]);
  expect((await readModelFile(at('run', 'model.onnx'))).input).toEqual(larger);
  expect(readFileSync(at('run', 'report.md'), 'utf8')).toContain('recipe-searched, 48 x 64');

  const out = at('again.onnx');
  const weights = at('run', 'checkpoints', 'train-recipe-searched.safetensors');
  const from = ['--recipe', tiny.recipe, '--architecture', at('run', 'architecture.json'), '--weights', weights];
  expect((await cli(['export', ...from, '--out', out])).code).toBe(0);
  expect(readFileSync(out)).toEqual(readFileSync(at('run', 'model.onnx')));

  // A gate compares it with the baseline at the run's size, as the search did.
  const model = ['--model', at('run', 'model.onnx'), '--recipe', tiny.recipe];
  const gated = await cli(['evaluate', ...model, '--data', tiny.data, '--json']);
  expect(gated.code, gated.stderr).toBeLessThan(2);
  const judged = JSON.parse(gated.stdout);
  expect([judged.input, ...judged.networks.map((one: { input?: object }) => one.input)]).toEqual([
    input,
    larger,
    undefined,
  ]);

  // A table of another size holds the baseline at the run's: a run of that size has to have its own.
  writeRecipe(tiny.folder, tinyRecipe.replace(/input: .*/, 'input: { height: 48, width: 64 }'));
  const taken = await run(['derive', '--table', at('run', 'latency-table-48x64.json')], 'taken');
  expect(taken.code).toBe(2);
  expect(taken.stderr).toContain('lacks the baseline tiny-baseline at this input size');
  writeRecipe(tiny.folder, recipe);

  // The derived network is trained at its own size for a diagnosis as well.
  const diagnosed = await run(['diagnose', '--subnets', '3', '--seeds', '1', '--epochs', '1'], 'run');
  expect(diagnosed.code, diagnosed.stderr).toBe(0);
  expect((await readResult(at('run', 'result.json'))).diagnosis!.derived).toBeDefined();
});

test('trials of networks of several sizes are shared out, and end as in one run; under a limit that a size cannot meet it has no candidates', async () => {
  writeRecipe(
    tiny.folder,
    derive('{ height: 128, width: 128 }', 'candidates: 2, trial-epochs: 1').replace(
      './baseline.json: 30',
      './baseline.json: 200',
    ),
  );
  const deferred = await run(['derive', '--limits', '1.5x', '--defer-trials'], 'shared');
  expect(deferred.code, deferred.stderr).toBe(0);
  expect(readFileSync(at('shared', 'log.txt'), 'utf8')).toContain('none, as the fastest network takes more than');
  const { reason } = JSON.parse(deferred.stdout);
  expect(reason).toMatch(/candidate-\d+, candidate-\d+-128x128, candidate-\d+-1\.5x/);
  for (const copy of ['whole', 'shard']) cpSync(at('shared'), at(copy), { recursive: true });
  expect((await run(['derive', '--limits', '1.5x'], 'whole')).code).toBeLessThan(2);
  for (let left = true; left; ) {
    expect((await run(['search', '--shard', '1/1'], 'shard')).code).toBe(0);
    const merged = await run(['merge', at('shard')], 'shared');
    expect(merged.code, merged.stderr).toBeLessThan(2);
    left = JSON.parse(merged.stdout).networks.length === 0;
    cpSync(at('shared'), at('shard'), { recursive: true });
  }
  const [ours, theirs] = [await readResult(at('shared', 'result.json')), await readResult(at('whole', 'result.json'))];
  expect(ours.derive).toEqual(theirs.derive);
  expect(ours.networks.map(({ name, input, miou }) => [name, input, miou])).toEqual(
    theirs.networks.map(({ name, input, miou }) => [name, input, miou]),
  );
  expect(existsSync(at('shared', 'latency-table-128x128.json'))).toBe(true);
}, 300_000);
