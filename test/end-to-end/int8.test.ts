// A run whose recipe asks for int8, through the built command line: `npm run build` comes first.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readResult } from '../../src/contracts/result.ts';
import { cli, makeTiny, type Tiny, tinyRecipe, writeRecipe } from './tiny.ts';

let tiny: Tiny;
beforeAll(async () => {
  tiny = await makeTiny();
});
afterAll(() => tiny.remove());

test('the result has the int8 network as a row of its own, with what it is worth', async () => {
  const recipe = tinyRecipe.replace('epochs: 4', 'epochs: 1').replace('max-latency-ms: 1000', 'min-fps: 0.1');
  writeRecipe(tiny.folder, `${recipe}export: { int8: true }\n`);
  const inputs = ['--recipe', tiny.recipe, '--data', tiny.data, '--architecture', join(tiny.folder, 'baseline.json')];
  const out = join(tiny.folder, 'out');
  const { code, stderr, stdout } = await cli(['train', ...inputs, '--out', out]);
  expect(code, stderr).toBe(0);
  const { networks, int8 } = await readResult(join(out, 'result.json'));
  expect(networks.map(({ role, name }) => [role, name])).toEqual([
    ['head', 'tiny-baseline'],
    ['int8', 'tiny-baseline-int8'],
  ]);
  expect(networks[1]!.bytes).toBeLessThan(networks[0]!.bytes);
  expect(networks[1]!.miou).toBeGreaterThan(0);
  expect(int8!.operators.QLinearConv).toBeGreaterThan(5);
  expect(int8!.reason).toMatch(/points of mIoU/);
  expect(existsSync(join(out, 'model-int8.onnx'))).toBe(true);
  expect(stdout).toContain(int8!.reason);
  expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('## int8');
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('tiny-baseline-int8');
});
