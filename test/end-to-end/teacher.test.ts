// A network that learns from another one, also on photos without masks, as users do it.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli, makeTiny, type Tiny, tinyRecipe, writeRecipe } from './tiny.ts';

let tiny: Tiny;
let train: readonly string[];
const at = (...path: string[]): string => join(tiny.folder, ...path);
const recipe = tinyRecipe.replace('epochs: 4', 'epochs: 3');
const taught = `${recipe}teacher: { models: [{ file: ./teacher/model.onnx }], weight: 0.5 }\n`;

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
  expect((await cli([...train, '--out', at('straight')])).code).toBe(0);
  expect(readFileSync(at('taught', 'model.onnx'))).toEqual(readFileSync(at('straight', 'model.onnx')));
  expect(readFileSync(at('taught', 'model.onnx'))).not.toEqual(readFileSync(at('teacher', 'model.onnx')));
  expect(JSON.parse(readFileSync(at('taught', 'result.json'), 'utf8')).teacher).toEqual({
    models: ['model.onnx'],
    weight: 0.5,
    unlabeled: 8,
  });
  const steps = (out: string) => /: (\d+) steps,/.exec(readFileSync(at(out, 'log.txt'), 'utf8'))?.[1];
  expect([steps('teacher'), steps('taught')]).toEqual(['12', '18']);
});
