import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runInit } from '../../../src/pipeline/commands/init.ts';
import { loadRecipe } from '../../../src/pipeline/recipe-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
  mkdirSync(join(folder, '.git'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const workflow = '.github/workflows/proxyless-ci.yml';

describe('init', () => {
  test('writes a workflow whose recipe is there and valid, with its schema, and says what to do next', async () => {
    const { exitCode, summary, json } = await runInit({ folder, force: false });
    expect(exitCode).toBe(0);
    const { written } = json as { written: string[] };
    for (const name of written) expect(summary).toContain(`wrote ${name}`);
    expect(summary).toMatch(/1\. .*COMMIT_SHA/);
    const { steps } = parse(read(workflow)).jobs.gate;
    const { recipe } = steps.find((step: { uses: string }) => step.uses.includes('proxyless-ci')).with;
    expect((await loadRecipe(join(folder, recipe))).budgets.maxLatencyVs).toEqual({ 'mobilenetv3-large': 1 });
    const [, schema] = /\$schema=(\S+)/.exec(read(recipe))!;
    expect(JSON.parse(readFileSync(resolve(folder, dirname(recipe), schema!), 'utf8')).title).toBe(
      'proxyless-ci recipe',
    );
    expect((await runInit({ folder, force: false })).json).toMatchObject({ written: [] });
  });

  test('overwrites a file only with force, and without it writes nothing at all', async () => {
    mkdirSync(join(folder, '.github/proxyless-ci'), { recursive: true });
    writeFileSync(join(folder, '.github/proxyless-ci/pr.yaml'), 'mine');
    await expect(runInit({ folder, force: false })).rejects.toThrow(/pr\.yaml: exists, so nothing was written/);
    expect(readdirSync(join(folder, '.github'))).toEqual(['proxyless-ci']);
    expect(read('.github/proxyless-ci/pr.yaml')).toBe('mine');
    await runInit({ folder, force: true });
    expect(read('.github/proxyless-ci/pr.yaml')).toContain('budgets:');
  });

  test('refuses a folder that is not the root of a repository', async () => {
    rmSync(join(folder, '.git'), { recursive: true });
    await expect(runInit({ folder, force: false })).rejects.toThrow(/not the root of a git repository/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
