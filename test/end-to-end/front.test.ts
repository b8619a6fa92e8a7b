// A front of networks under several latency limits from one supernet, through the built command line: `npm run build` comes first.
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Result, readResult } from '../../src/contracts/result.ts';
import { scoreModel } from '../../src/pipeline/score.ts';
import { readCheckpoint } from '../../src/training/checkpoint.ts';
import { cli, makeTiny, type Tiny, tinyRecipe, writeRecipe } from './tiny.ts';

/** Blocks whose widths differ twenty times: a network's latency says which it has. */
const space = [
  'name: tiny',
  'macro: { head: { width: 16, activation: hswish }, aspp: { width: 16, rates: [1] }, decoder: { width: 16 } }',
  'stages:',
  ...[16, 24, 32, 32].map(
    (width) =>
      `  - { width: ${width}, layers: 1, stride: 2, expansion: 1, activation: relu, squeeze-excite: false, ` +
      'operations: [{ operation: mbv3_3x3, expansion: 1 }, { operation: mbv3_3x3, expansion: 20 }] }',
  ),
  '',
].join('\n');
/** All 16 networks are candidates, and all scores count as equal: the largest within a limit is taken. */
const recipe = tinyRecipe
  .replace(/derive: .*/, 'derive: { candidates: 16, tolerance: 1, recalibration-batches: 1, images: 4 }')
  .replace(/budgets: .*/, 'budgets: { max-latency-vs: { ./baseline.json: 30 } }');

let tiny: Tiny;
const at = (...names: string[]): string => join(tiny.folder, ...names);
const run = (command: string[], out: string) =>
  cli([...command, '--recipe', tiny.recipe, '--data', tiny.data, '--out', at(out), '--json']);
const trainings = (folder: string): string[] =>
  readdirSync(at(folder, 'checkpoints'))
    .filter((name) => /^(train|trial)-/.test(name))
    .sort();
const points = ({ front }: Result) => front!.points.map(({ limit, network }) => [limit, network]);

beforeAll(async () => {
  tiny = await makeTiny();
  writeRecipe(tiny.folder, recipe, space);
});
afterAll(() => tiny.remove());

test("a limit above the run's own, or one that no network meets, is bad input before the supernet is trained", async () => {
  const above = await run(['derive', '--limits', '2x,31x'], 'refused');
  expect(above.code).toBe(2);
  expect(above.stderr).toMatch(/--limits 31x: .* is above the recipe's own limit of .*; raise that one in the recipe/);
  const below = await run(['derive', '--limits', '0.01x'], 'refused');
  expect(below.code).toBe(2);
  expect(below.stderr).toContain('no network of the space can meet the latency budget');
  expect(existsSync(at('refused', 'checkpoints', 'supernet.safetensors'))).toBe(false);
  const unit = await run(['derive', '--limits', '0.8'], 'refused');
  expect(unit.stderr).toContain("must be milliseconds or multiples of the baseline's latency, such as 4.5ms or 0.8x");
});

test('a network is taken under each limit, measured and trained; a further limit costs itself alone', async () => {
  const first = await run(['derive', '--limits', '1.4x'], 'run');
  expect(first.code, first.stderr).toBeLessThan(2);
  const result = await readResult(at('run', 'result.json'));
  expect(points(result)).toEqual([
    ['the search', 'recipe-searched'],
    ['1.4x', 'recipe-searched-1.4x'],
  ]);
  expect(result.networks.map(({ role, name }) => [role, name])).toEqual([
    ['head', 'recipe-searched'],
    ['baseline', 'tiny-baseline'],
    ['front', 'recipe-searched-1.4x'],
  ]);
  const [head, , small] = result.networks;
  expect(small!.macs).toBeLessThan(head!.macs!);
  expect(small!.latencyP50Ms).toBeLessThan(head!.latencyP50Ms!);
  expect(result.front!.points[1]!.limitShare).toBeLessThanOrEqual(0.99);
  const report = readFileSync(at('run', 'report.md'), 'utf8');
  expect(report).toContain('## Front');
  expect(report).toContain('![Accuracy over latency of the front and the baselines](front.svg)');
  expect(readFileSync(at('run', 'front.svg'), 'utf8')).toContain('recipe-searched-1.4x');
  // The model of a point is that of its network.
  const photos = (await import('../../src/data/dataset.ts')).openDataset([{ folder: tiny.data, weight: 1 }]);
  const bytes = readFileSync(at('run', 'model-1.4x.onnx'));
  const { miou } = await scoreModel(
    { name: 'model', bytes },
    { photos: (await photos).val, threads: 1, signal: new AbortController().signal },
  );
  expect(miou).toBeCloseTo(small!.miou!, 6);

  const written = () =>
    [
      'supernet.safetensors',
      'alphas-1.json',
      'train-recipe-searched.safetensors',
      'train-tiny-baseline.safetensors',
    ].map((name) => statSync(at('run', 'checkpoints', name)).mtimeMs);
  const before = written();
  const more = await run(['derive', '--limits', '1.4x,30x,3x'], 'run');
  expect(more.code, more.stderr).toBeLessThan(2);
  expect(written()).toEqual(before);
  const again = await readResult(at('run', 'result.json'));
  // 30x is the run's own.
  expect(points(again).map(([limit]) => limit)).toEqual(['the search', '3x', '1.4x']);
  expect(again.networks.find(({ name }) => name === small!.name)!.miou).toBe(small!.miou);
});

test('rounds of trials and the trainings of a front are shared out, and end as in one run', async () => {
  writeRecipe(
    tiny.folder,
    recipe.replace(
      /derive: .*/,
      'derive: { candidates: 3, trade-offs: 2, trial-epochs: 2, trial-rounds: 2, recalibration-batches: 1, images: 4 }',
    ),
    space,
  );
  const deferred = await run(['derive', '--limits', '2x,1.4x', '--defer-trials'], 'shared');
  expect(deferred.code, deferred.stderr).toBe(0);
  const { reason, front } = JSON.parse(deferred.stdout);
  expect(reason).toMatch(/^Trial trainings are left to shards: .*candidate-\d+-2x/);
  expect(existsSync(at('shared', 'architecture.json'))).toBe(false);
  expect(front.points.map(({ network }: { network: string | null }) => network)).toEqual([null, null, null]);
  expect(trainings('shared')).toEqual([]);
  cpSync(at('shared'), at('whole'), { recursive: true });
  expect((await run(['derive', '--limits', '2x,1.4x'], 'whole')).code).toBeLessThan(2);

  // Until nothing awaits trials any more, and then once more for the networks.
  let awaiting = true;
  const rounds: string[][] = [];
  for (let last = false; !last; ) {
    last = !awaiting;
    const round = `round-${rounds.length + 1}`;
    const trained: string[] = [];
    const copies = [1, 2].map((i) => `${round}-${i}`);
    for (const copy of copies) cpSync(at('shared'), at(copy), { recursive: true });
    for (const [i, copy] of copies.entries()) {
      const ended = await run(['search', '--shard', `${i + 1}/2`], copy);
      expect(ended.code, ended.stderr).toBe(0);
      trained.push(...JSON.parse(ended.stdout).trained);
    }
    if (rounds.length === 0) {
      const missing = await run(['merge', at(copies[0]!)], 'shared');
      expect(missing.code).toBe(2);
      expect(missing.stderr).toMatch(/no shard has trained trial of candidate-\S+; run shard 2\/2 again/);
    }
    rounds.push(trained);
    const merged = await run(['merge', ...copies.map((copy) => at(copy))], 'shared');
    expect(merged.code, merged.stderr).toBeLessThan(2);
    awaiting = /^Trial trainings are left/.test(JSON.parse(merged.stdout).reason);
  }
  expect(rounds).toHaveLength(3);
  expect(rounds[0]!.length).toBeGreaterThan(rounds[1]!.length);
  expect(rounds[2]).toContain('recipe-searched');
  expect(trainings('shared')).toEqual(trainings('whole'));
  for (const name of trainings('shared')) {
    const [ours, theirs] = await Promise.all(
      ['shared', 'whole'].map((folder) => readCheckpoint(at(folder, 'checkpoints', name))),
    );
    expect(ours!.tensors, name).toEqual(theirs!.tensors);
  }
  expect(readFileSync(at('shared', 'architecture.json'))).toEqual(readFileSync(at('whole', 'architecture.json')));
  const [ours, theirs] = [await readResult(at('shared', 'result.json')), await readResult(at('whole', 'result.json'))];
  expect(points(ours)).toEqual(points(theirs));
  expect(ours.derive).toEqual(theirs.derive);
  const mious = ({ networks }: Result) => networks.map(({ name, miou }) => [name, miou]);
  expect(mious(ours)).toEqual(mious(theirs));
}, 300_000);
