// A search whose networks are trained in shards, through the built command line: `npm run build` comes first.
import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Result, readResult } from '../../src/contracts/result.ts';
import { readCheckpoint } from '../../src/training/checkpoint.ts';
import { cli, makeTiny, type Tiny, tinyRecipe, writeRecipe } from './tiny.ts';

let tiny: Tiny;
const at = (...names: string[]): string => join(tiny.folder, ...names);
const run = (command: string[], out: string) =>
  cli([...command, '--recipe', tiny.recipe, '--data', tiny.data, '--out', at(out)]);
const baseline = 'train-tiny-baseline.safetensors';
/** The recipe's seed is 4, and it asks for two. */
const trainings = ['recipe-searched', 'tiny-baseline', 'recipe-searched.seed-5', 'tiny-baseline.seed-5'];

beforeAll(async () => {
  tiny = await makeTiny();
  // Of inherited weights, which a shard has to take from the supernet's checkpoint.
  writeRecipe(tiny.folder, tinyRecipe.replace('epochs: 4', 'init: inherited, seeds: 2, epochs: 4'));
  expect((await run(['derive'], 'run')).code).toBe(0);
  for (const copy of ['whole', 'first', 'second', 'foreign']) cpSync(at('run'), at(copy), { recursive: true });
  expect((await run(['search'], 'whole')).code).toBe(0);
  // Of another CPU than the one that made the table.
  const table = readFileSync(at('second', 'latency-table.json'), 'utf8');
  writeFileSync(at('second', 'latency-table.json'), table.replace(/"model": "[^"]*"/, '"model": "Another CPU"'));
});
afterAll(() => tiny.remove());

async function weights(folder: string, name: string): Promise<[string, string][]> {
  const { tensors } = (await readCheckpoint(at(folder, 'checkpoints', name)))!;
  return [...tensors].map(([key, data]) => [key, Buffer.from(data.buffer).toString('base64')]);
}

test('a shard without a derived architecture in its folder is told to derive first', async () => {
  const { code, stderr } = await run(['search', '--shard', '1/2'], 'empty');
  expect(code).toBe(2);
  expect(stderr).toMatch(/has no derived architecture; run proxyless-ci derive in it/);
});

test('shards train only their networks and seeds, and the merged run has the weights of an unsharded one to the bit', async () => {
  for (const [folder, shard, mine] of [
    ['first', '1/2', [trainings[0], trainings[2]]],
    ['second', '2/2', [trainings[1], trainings[3]]],
  ] as const) {
    const { code, stdout, stderr } = await run(['search', '--shard', shard, '--json'], folder);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).trained).toEqual(mine);
  }

  const whole = readFileSync(at('second', 'checkpoints', baseline));
  truncateSync(at('second', 'checkpoints', baseline), 2000);
  const damaged = await run(['merge', at('first'), at('second')], 'run');
  expect(damaged.code).toBe(2);
  expect(damaged.stderr).toMatch(/^error: .*tiny-baseline\.safetensors: damaged; run shard 2\/2 again$/m);
  const missing = await run(['merge', at('first')], 'run');
  expect(missing.code).toBe(2);
  // All else was taken over before.
  expect(missing.stderr).toMatch(/^error: no shard has trained tiny-baseline; run shard 2\/2 again$/m);

  writeFileSync(at('second', 'checkpoints', baseline), whole);
  const merged = await run(['merge', at('first'), at('second'), '--base', at('whole', 'model.onnx')], 'run');
  // Against a copy of itself; whether this machine can tell is not asked here.
  expect([0, 3], merged.stderr).toContain(merged.code);
  expect(merged.stderr).not.toMatch(/training .*: step/);
  for (const training of trainings) {
    const name = `train-${training}.safetensors`;
    expect(await weights('run', name)).toEqual(await weights('whole', name));
  }
  expect(readFileSync(at('run', 'model.onnx'))).toEqual(readFileSync(at('whole', 'model.onnx')));
  const result = await readResult(at('run', 'result.json'));
  const accuracies = ({ networks }: Result) =>
    networks.filter(({ role }) => role !== 'base').map(({ name, miou, seeds }) => [name, miou, seeds]);
  expect(accuracies(result)).toEqual(accuracies(await readResult(at('whole', 'result.json'))));
  expect(result.networks.slice(0, 2).map(({ miou, seeds }) => seeds!.mious.indexOf(miou!))).toEqual([0, 0]);
  expect(result.budgets.map(({ met }) => met)).toEqual([true]);
  expect(result.supernet!.steps).toBe(40);
  expect(result.comparisons!.map(({ metric }) => metric)).toEqual(['latency', 'miou']);
});

test('a folder whose architecture was derived in another run of the recipe is not a shard', async () => {
  const result = await readResult(at('foreign', 'result.json'));
  result.derive!.candidates[0]!.measuredMs *= 2;
  writeFileSync(at('foreign', 'result.json'), JSON.stringify(result));
  const { code, stderr } = await run(['merge', at('foreign')], 'run');
  expect(code).toBe(2);
  expect(stderr).toMatch(/foreign: its architecture was derived in another run; it is not a shard of/);
});
