// A network trained from several seeds, through the built command line: `npm run build` comes first.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readResult } from '../../src/contracts/result.ts';
import { cli, makeTiny, type Tiny, tinyRecipe, writeRecipe } from './tiny.ts';

let tiny: Tiny;
beforeAll(async () => {
  tiny = await makeTiny();
});
afterAll(() => tiny.remove());

async function train(out: string, seeds: number, seed: number) {
  writeRecipe(tiny.folder, tinyRecipe.replace('epochs: 4', `seeds: ${seeds}, epochs: 4`));
  const inputs = ['--recipe', tiny.recipe, '--data', tiny.data, '--architecture', join(tiny.folder, 'baseline.json')];
  const folder = join(tiny.folder, out);
  const { code, stdout, stderr } = await cli(['train', ...inputs, '--seed', String(seed), '--out', folder]);
  expect(code, stderr).toBe(0);
  const { networks } = await readResult(join(folder, 'result.json'));
  return { stdout, network: networks[0]!, read: (name: string) => readFileSync(join(folder, name)) };
}

test('each seed gives what a run of that seed alone gives; the model and its figures are of the first', async () => {
  const all = await train('all', 2, 4);
  const alone = [await train('four', 1, 4), await train('five', 1, 5)];
  const mious = alone.map(({ network }) => network.miou!);
  expect(new Set(mious).size).toBeGreaterThan(1);
  expect(alone[0]!.network.seeds).toBeUndefined();

  expect(all.network.miou).toBe(mious[0]);
  expect(all.network.seeds!.mious).toEqual(mious);
  const mean = (mious[0]! + mious[1]!) / 2;
  expect(all.network.seeds!.mean).toBeCloseTo(mean, 12);
  const squares = mious.reduce((sum, miou) => sum + (miou - mean) ** 2, 0);
  expect(all.network.seeds!.deviation).toBeCloseTo(Math.sqrt(squares), 12);
  expect(all.read('model.onnx')).toEqual(alone[0]!.read('model.onnx'));
  for (const text of [all.stdout, all.read('report.md').toString()]) {
    expect(text).toContain('deviation');
    expect(text).toContain(`${(100 * mean).toFixed(2)} %`);
  }
});
