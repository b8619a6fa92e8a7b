import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadRecipe } from '../../src/pipeline/recipe-file.ts';
import { checkBudgetFields, resolveBudgets, resolveThreads } from '../../src/pipeline/settings.ts';
import { coresAvailable } from '../../src/runtime/hardware.ts';

describe('threads', () => {
  test("the door's stand over the recipe's", async () => {
    expect(await resolveThreads(3, 2)).toBe(3);
  });

  test("the recipe's stand over the cores", async () => {
    expect(await resolveThreads(undefined, 97)).toBe(97);
  });

  test('without either they are the cores that this process may use', async () => {
    expect(await resolveThreads(undefined)).toBe(await coresAvailable());
  });
});

describe('budgets', () => {
  test("the door's stand over the recipe's field by field; the recipe's others stay", () => {
    const ofRecipe = { 'max-latency-ms': 8, 'min-miou': 0.9 };
    expect(resolveBudgets({ 'max-latency-ms': 5 }, ofRecipe)).toEqual({ 'max-latency-ms': 5, 'min-miou': 0.9 });
    expect(resolveBudgets(undefined, ofRecipe)).toEqual(ofRecipe);
  });

  test('without a recipe they are those of the door, checked under the name of their source', () => {
    expect(checkBudgetFields(resolveBudgets({ 'min-fps': 30 }), 'input')).toEqual({ minFps: 30 });
    expect(() => checkBudgetFields(resolveBudgets({ 'min-mioo': 0.9 }), 'input')).toThrow('did you mean "min-miou"');
  });
});

describe('a recipe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  const file = join(folder, 'mine.yaml');
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(file, 'threads: 97\nseed: 5\ninput: {height: 64, width: 64}\nbudgets: {min-miou: 0.9}\n');

  test('is loaded with what the door gives in place of its own fields', async () => {
    const given = { threads: 3, seed: 8, budgets: { 'min-fps': 30 } };
    const { threads, seed, budgets } = await loadRecipe(file, given);
    expect({ threads, seed, budgets }).toEqual({ threads: 3, seed: 8, budgets: { minFps: 30, minMiou: 0.9 } });
  });

  test('keeps its own where the door gives nothing', async () => {
    const { threads, seed, budgets } = await loadRecipe(file, { threads: undefined, seed: undefined });
    expect({ threads, seed, budgets }).toEqual({ threads: 97, seed: 5, budgets: { minMiou: 0.9 } });
  });
});
