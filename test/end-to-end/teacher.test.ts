// A network that learns from another one, also on photos without masks, as users do it.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readResult } from '../../src/contracts/result.ts';
import { loadKernels } from '../../src/runtime/kernels-library.ts';
import { cli, cliCommand, makeTiny, type Tiny, tinyRecipe, writeRecipe } from './tiny.ts';

let tiny: Tiny;
let train: readonly string[];
const at = (...path: string[]): string => join(tiny.folder, ...path);
const recipe = tinyRecipe.replace('epochs: 4', 'epochs: 3');
const taught = `${recipe}precision: bfloat16\nteacher: { models: [{ file: ./teacher/model.onnx }], weight: 0.5 }\n`;
const precision = loadKernels()?.bfloat16() ? 'bfloat16' : 'float32';

beforeAll(async () => {
  tiny = await makeTiny();
  const { train: ids, val } = JSON.parse(readFileSync(join(tiny.data, 'splits.json'), 'utf8'));
  writeFileSync(
    join(tiny.data, 'splits.json'),
    JSON.stringify({ train: ids.slice(0, 16), val, unlabeled: ids.slice(16) }),
  );
  for (const id of ids.slice(16)) rmSync(join(tiny.data, 'masks', `${id}.png`));
  writeRecipe(tiny.folder, recipe);
  const baseline = ['--architecture', at('baseline.json')];
  train = ['train', '--recipe', tiny.recipe, '--data', tiny.data, ...baseline];
});
afterAll(() => tiny.remove());

test('a teacher that is not there is bad input, before any work', async () => {
  writeRecipe(tiny.folder, taught);
  const { code, stderr } = await cli([...train, '--out', at('nothing')]);
  expect(code).toBe(2);
  expect(stderr).toContain(`${at('teacher', 'model.onnx')}: no such file`);
  expect(readdirSync(tiny.folder)).not.toContain('nothing');
});

test('the photos without masks count where there is a teacher, whose maps are kept and whose run resumes', async () => {
  writeRecipe(tiny.folder, recipe);
  const alone = await cli([...train, '--out', at('teacher')]);
  expect(alone).toMatchObject({ code: 0 });
  expect(alone.stderr).toContain('8 photos without masks are left out');
  writeRecipe(tiny.folder, taught);
  const stopped = await cli([...train, '--out', at('taught')], { progress: 'training', signal: 'SIGTERM' });
  expect(stopped.code).toBe(143);
  const [key] = readdirSync(at('taught', 'teacher'));
  expect(readdirSync(at('taught', 'teacher', key!))).toHaveLength(24);
  const resumed = await cli([...train, '--out', at('taught')]);
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).not.toContain('asking teacher');
  expect(resumed.stderr.includes('no products of bfloat16')).toBe(precision === 'float32');
  expect((await cli([...train, '--out', at('straight')])).code).toBe(0);
  expect(readFileSync(at('taught', 'model.onnx'))).toEqual(readFileSync(at('straight', 'model.onnx')));
  expect(readFileSync(at('taught', 'model.onnx'))).not.toEqual(readFileSync(at('teacher', 'model.onnx')));
  const { teacher, networks } = await readResult(at('taught', 'result.json'));
  expect(teacher).toEqual({ models: ['model.onnx'], weight: 0.5, unlabeled: 8 });
  expect(networks[0]!.precisions).toEqual([precision]);
  // The rest of the training on another CPU.
  rmSync(at('taught'), { recursive: true });
  expect((await cli([...train, '--out', at('taught')], { progress: 'training', signal: 'SIGTERM' })).code).toBe(143);
  const plain = ['/usr/bin/env', 'PROXYLESS_CI_KERNELS=off', ...cliCommand];
  const moved = await cli([...train, '--out', at('taught')], undefined, plain);
  expect(moved.stderr).toContain('plain operators have no products of bfloat16: training multiplies in float32');
  const trained = (await readResult(at('taught', 'result.json'))).networks[0]!.precisions;
  expect(trained).toEqual(precision === 'bfloat16' ? ['bfloat16', 'float32'] : ['float32']);
  const steps = (out: string) => /: (\d+) steps,/.exec(readFileSync(at(out, 'log.txt'), 'utf8'))?.[1];
  expect([steps('teacher'), steps('taught')]).toEqual(['12', '18']);
});
