import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/lib/errors.ts';
import { loadRecipe, recipeFingerprint, requireLatencyBudget } from '../../src/pipeline/recipe-file.ts';
import { checkBudgetFields } from '../../src/pipeline/settings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipe-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function load(yaml: string) {
  const path = join(folder, 'mine.yaml');
  await writeFile(path, yaml);
  return loadRecipe(path);
}

async function problemsOf(yaml: string): Promise<string> {
  const error = await load(yaml).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

const input = 'input: {height: 64, width: 96}\n';

describe('recipes', () => {
  test('a recipe with nothing but an input has every default, in camel case', async () => {
    const recipe = await load(input);
    expect(recipe).toMatchObject({
      name: 'mine',
      space: 'person-wide',
      latency: { calibrationSubnets: 20, heldOutSubnets: 10 },
      supernet: { sampling: 'feasible', optimizer: { kind: 'adamw', learningRate: 3e-3 } },
      search: { holdout: 0.2, gates: 'full', constraint: 'exact' },
      train: { init: 'scratch', schedule: { kind: 'one-cycle' } },
      baselines: ['mobilenetv3-large', 'mobilenetv3-small'],
    });
    expect(recipe.threads).toBeGreaterThanOrEqual(1);
  });

  test('the learning rate follows the optimizer unless it is given', async () => {
    const recipe = await load(`${input}supernet: {optimizer: {kind: sgd}}\ntrain: {optimizer: {learning-rate: 0.5}}`);
    expect(recipe.supernet.optimizer).toEqual({ kind: 'sgd', learningRate: 0.05, weightDecay: 4e-5, momentum: 0.9 });
    expect(recipe.train.optimizer.learningRate).toBe(0.5);
  });

  test("budgets from elsewhere stand over the recipe's and are checked with them", async () => {
    await load(`${input}budgets: {min-miou: 0.9, min-fps: 30}`);
    const over = (budgets: Record<string, unknown>) => loadRecipe(join(folder, 'mine.yaml'), { budgets });
    expect((await over({ 'min-miou': 0.8, 'max-params': 1e6 })).budgets).toEqual({
      minMiou: 0.8,
      minFps: 30,
      maxParams: 1e6,
    });
    await expect(over({ 'max-latency-vs': { mobilenetv3: 1 } })).rejects.toThrow('is not among the recipe');
    expect(() => checkBudgetFields({ 'min-miou': 80 }, 'input')).toThrow('input: min-miou: ');
  });

  test.each(['quickstart', 'pr', 'nightly', 'proxyless'])(
    'the recipe %s is valid and can be searched by',
    async (name) => {
      const recipe = await loadRecipe(name);
      expect(recipe.name).toBe(name);
      expect(() => requireLatencyBudget(recipe)).not.toThrow();
    },
  );

  test('unknown fields are all named, with file, place and nearest valid field', async () => {
    const message = await problemsOf(`${input}supernet: {stpes: 10}\nbudget: {min-miou: 0.9}`);
    expect(message).toContain('mine.yaml: supernet: unknown field "stpes"; did you mean "steps"?');
    expect(message).toContain('mine.yaml: (root): unknown field "budget"; did you mean "budgets"?');
  });

  test('values out of range name their field', async () => {
    expect(await problemsOf('input: {height: 90, width: 64}')).toContain('input.height: must be a multiple of 4');
    expect(await problemsOf(`${input}search: {gates: ful}`)).toMatch(/search\.gates: .*"full"\|"two-path"/);
    expect(await problemsOf(`${input}augmentation: {scale: [2, 1]}`)).toContain('augmentation.scale: must be');
  });

  test('a relative budget must name a baseline of the recipe', async () => {
    const message = await problemsOf(`${input}budgets: {max-latency-vs: {mobilenetv3-larg: 1}}`);
    expect(message).toContain('budgets.max-latency-vs');
    expect(message).toContain('did you mean "mobilenetv3-large"?');
  });

  test('a supernet that distills from its largest path needs a second one to teach', async () => {
    expect(await problemsOf(`${input}supernet: {distill: largest}`)).toContain('supernet.distill');
    expect((await load(`${input}supernet: {distill: largest, paths: 2}`)).supernet.distill).toBe('largest');
  });

  test('text that is not YAML, and no such recipe, are errors of the user', async () => {
    expect(await problemsOf('input: {height: 64')).toContain('mine.yaml: not valid YAML');
    await expect(loadRecipe('nightli')).rejects.toThrow('did you mean "nightly"?');
  });

  test('a search by a recipe without a limit on latency is refused', async () => {
    const recipe = await load(`${input}budgets: {min-miou: 0.9}`);
    expect(() => requireLatencyBudget(recipe)).toThrow(/max-latency-ms/);
  });

  test('the fingerprint depends on what a recipe means, not on how it is written', async () => {
    const a = await load(`${input}seed: 1\nsupernet: {steps: 3000, batch: 16}`);
    const b = await load(`# the same\nsupernet:\n  batch: 16\n${input}`);
    const c = await load(`${input}seed: 2`);
    expect(await recipeFingerprint(a)).toBe(await recipeFingerprint(b));
    expect(await recipeFingerprint(a)).not.toBe(await recipeFingerprint(c));
  });

  test('the fingerprint depends on what a teacher holds, not on where it lies', async () => {
    const taught = async (file: string, content: string): Promise<string> => {
      await writeFile(join(folder, file), content);
      return recipeFingerprint(await load(`${input}teacher: {models: [{file: ./${file}}]}`));
    };
    const first = await taught('teacher.onnx', 'one');
    expect(await taught('moved.onnx', 'one')).toBe(first);
    expect(await taught('teacher.onnx', 'two')).not.toBe(first);
  });
});
