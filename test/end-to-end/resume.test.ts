// Interrupted at many points, a run ends as if it had not been: `npm run build` comes first.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../../src/training/checkpoint.ts';
import { beginWithTable, cli, makeTiny, type Tiny, tinyRecipe, tinySpace, writeRecipe } from './tiny.ts';

let tiny: Tiny;
let whole: string;
const search = (out: string): string[] => ['search', '--recipe', tiny.recipe, '--data', tiny.data, '--out', out];

beforeAll(async () => {
  tiny = await makeTiny();
  // Kernels that share weights, whose moments are kept under one name.
  const shared = tinyRecipe.replace('paths: 2', 'paths: 2, share: nested-kernels');
  writeRecipe(tiny.folder, shared, tinySpace.replaceAll('[mbv3_3x3,', '[mbv3_3x3, mbv3_5x5,'));
  whole = join(tiny.folder, 'whole');
  expect((await cli(search(whole))).code).toBe(0);
});
afterAll(() => tiny.remove());

/** Everything that must not depend on whether and when a run was interrupted: weights, moments and averages by their bytes. */
async function outcome(out: string) {
  const checkpoint = (name: string): string => join(out, 'checkpoints', name);
  const json = (name: string) => JSON.parse(readFileSync(checkpoint(name), 'utf8'));
  const tensors: Record<string, Buffer> = {};
  for (const name of readdirSync(join(out, 'checkpoints')).filter((n) => n.endsWith('.safetensors'))) {
    const { tensors: found } = (await readCheckpoint(checkpoint(name)))!;
    for (const [key, data] of found) tensors[`${name} ${key}`] = Buffer.from(data.buffer);
  }
  const { candidates, randomSubnets, chosen } = json('ranking.json');
  const halves = [json('alphas-1.json'), json('alphas-2.json')];
  return {
    tensors,
    search: halves.map(({ alphas, sums, adam, violations, draws }) => ({ alphas, sums, adam, violations, draws })),
    candidates: candidates.map(
      ({ measuredMs, limitShare, ...rest }: Record<'measuredMs' | 'limitShare', number>) => rest,
    ),
    randomSubnets,
    chosen,
    architecture: readFileSync(join(out, 'architecture.json'), 'utf8'),
    model: readFileSync(join(out, 'model.onnx')),
  };
}

test('a run that was terminated, interrupted and killed in every stage ends alike to the bit', async () => {
  const out = join(tiny.folder, 'interrupted');
  const checkpoint = (name: string): Buffer => readFileSync(join(out, 'checkpoints', name));
  const stopped = async (progress: string, signal: 'SIGTERM' | 'SIGINT', code: number): Promise<void> => {
    const ended = await cli(search(out), { progress, signal });
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stderr).toMatch(/run the same command again to resume\n$/);
  };
  /** Killed when it has gone on from a checkpoint for some steps, which are then done again. */
  const killed = async (stage: string, file: string): Promise<void> => {
    const before = checkpoint(file);
    const progress = `${stage}: resumes at`;
    const ended = await cli(search(out), { progress, signal: 'SIGKILL' });
    expect(ended.stderr).toContain(progress);
    expect(ended.code).toBeNull();
    expect(checkpoint(file).equals(before), `${file} is the one that the run resumed from`).toBe(true);
  };

  await beginWithTable(search(out), out, join(whole, 'latency-table.json'));
  await stopped('supernet: 40 steps', 'SIGTERM', 143);
  await killed('supernet', 'supernet.safetensors');
  await stopped('search 2 of 2: 13 steps', 'SIGINT', 130);
  await killed('search 2 of 2', 'alphas-2.json');
  await stopped('training recipe-searched: 24 steps', 'SIGTERM', 143);
  await killed('training recipe-searched', 'train-recipe-searched.safetensors');
  await stopped('training tiny-baseline: 24 steps', 'SIGINT', 130);
  const ended = await cli(search(out));
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain('resuming the run in this folder');
  expect(ended.stderr).toContain('training tiny-baseline: resumes at');
  const expected = await outcome(whole);
  expect(Object.keys(expected.tensors).length).toBeGreaterThan(100);
  expect(await outcome(out)).toEqual(expected);
});
