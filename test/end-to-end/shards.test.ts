// A search whose networks are trained in shards, through the built command line: `npm run build` comes first.
import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readResult } from '../../src/pipeline/result.ts';
import { readCheckpoint } from '../../src/training/checkpoint.ts';
import { cli, makeTiny, type Tiny, tinyRecipe, writeRecipe } from './tiny.ts';

let tiny: Tiny;
const at = (...names: string[]): string => join(tiny.folder, ...names);
const run = (command: string[], out: string) =>
  cli([...command, '--recipe', tiny.recipe, '--data', tiny.data, '--out', at(out)]);
const searched = 'train-recipe-searched.safetensors';
const baseline = 'train-tiny-baseline.safetensors';

beforeAll(async () => {
  tiny = await makeTiny();
  // Of inherited weights, which a shard has to take from the supernet's checkpoint.
  writeRecipe(tiny.folder, tinyRecipe.replace('epochs: 4', 'init: inherited, epochs: 4'));
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
  expect(stderr).toMatch(/holds no derived architecture; run proxyless-ci derive into it/);
});

test('shards train only their networks, and the merged run has the weights of an unsharded one to the bit', async () => {
  for (const [folder, shard, network] of [
    ['first', '1/2', 'recipe-searched'],
    ['second', '2/2', 'tiny-baseline'],
  ] as const) {
    const { code, stdout, stderr } = await run(['search', '--shard', shard, '--json'], folder);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).trained).toEqual([network]);
  }

  const whole = readFileSync(at('second', 'checkpoints', baseline));
  truncateSync(at('second', 'checkpoints', baseline), 2000);
  const damaged = await run(['merge', at('first'), at('second')], 'run');
  expect(damaged.code).toBe(2);
  expect(damaged.stderr).toMatch(/^error: .*tiny-baseline\.safetensors: damaged; run shard 2\/2 again$/m);
  const missing = await run(['merge', at('first')], 'run');
  expect(missing.code).toBe(2);
  expect(missing.stderr).toMatch(/^error: no shard has trained tiny-baseline; run shard 2\/2 again$/m);

  writeFileSync(at('second', 'checkpoints', baseline), whole);
  const merged = await run(['merge', at('first'), at('second')], 'run');
  expect(merged.code, merged.stderr).toBe(0);
  expect(merged.stderr).not.toMatch(/training .*: step/);
  for (const name of [searched, baseline]) expect(await weights('run', name)).toEqual(await weights('whole', name));
  expect(readFileSync(at('run', 'model.onnx'))).toEqual(readFileSync(at('whole', 'model.onnx')));
  const result = await readResult(at('run', 'result.json'));
  expect(result.networks.map(({ name, miou }) => [name, miou])).toEqual(
    (await readResult(at('whole', 'result.json'))).networks.map(({ name, miou }) => [name, miou]),
  );
  expect(result.budgets.map(({ met }) => met)).toEqual([true]);
  expect(result.supernet!.steps).toBe(40);
});

test('a folder whose architecture was derived in another run of the recipe is no shard', async () => {
  const result = await readResult(at('foreign', 'result.json'));
  result.derive!.candidates[0]!.measuredMs *= 2;
  writeFileSync(at('foreign', 'result.json'), JSON.stringify(result));
  const { code, stderr } = await run(['merge', at('foreign')], 'run');
  expect(code).toBe(2);
  expect(stderr).toMatch(/foreign: its architecture was derived in another run; it is no shard of/);
});
