// The recipe of ProxylessNAS's space, made small, through the built command line: `npm run build` comes first.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readResult } from '../../src/contracts/result.ts';
import { loadSpace } from '../../src/network/space.ts';
import { cli } from './tiny.ts';

const folder = mkdtempSync(join(tmpdir(), 'proxyless-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a search by the recipe proxyless derives a network of its blocks, with ReLU6, that is faster than MobileNetV2', async () => {
  const recipe = parse(readFileSync('search/recipes/proxyless.yaml', 'utf8'));
  const small = {
    ...recipe,
    name: 'small',
    threads: 1,
    input: { height: 32, width: 32 },
    latency: { rounds: 2, 'calibration-subnets': 6, 'held-out-subnets': 2 },
    supernet: { ...recipe.supernet, steps: 6, batch: 2 },
    search: { ...recipe.search, steps: 4, batch: 2 },
    derive: {
      ...recipe.derive,
      candidates: 2,
      'trade-offs': 1,
      'trial-epochs': 0,
      'recalibration-batches': 1,
      images: 4,
    },
    // Undisturbed runs of so small an input are apart by more than a network.
    budgets: { 'max-latency-vs': { mobilenetv2: 1.5 } },
  };
  const file = join(folder, 'small.yaml');
  writeFileSync(file, stringify(small));
  const out = join(folder, 'run');
  const { code, stderr } = await cli(['derive', '--recipe', file, '--data', 'fixtures/portraits', '--out', out]);
  expect(code, stderr).toBe(0);
  const { derive, architecture } = await readResult(join(out, 'result.json'));
  const space = await loadSpace('proxyless');
  expect(architecture!.layers).toHaveLength(space.layers.length);
  expect(architecture!.layers.every(({ operation }) => /^mbv2_|^skip$/.test(operation))).toBe(true);
  expect(new Set(architecture!.layers.map(({ activation }) => activation))).toEqual(new Set(['relu6']));
  expect(derive!.candidates.find(({ architecture: name }) => name === derive!.chosen)!.limitShare).toBeLessThan(1);
});
