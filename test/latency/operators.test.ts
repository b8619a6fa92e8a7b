import { expect, it } from 'vitest';
import { compareOperators, keysOf, operatorDifferences } from '../../src/latency/operators.ts';
import { createRandom } from '../../src/lib/random.ts';
import { conventionModel } from '../runtime/conventions.ts';

/** Eight sessions of nodes that take so many milliseconds, give or take 2 %. */
function sessions(seed: number, nodes: Readonly<Record<string, number>>) {
  const random = createRandom(seed);
  return Array.from(
    { length: 8 },
    () =>
      new Map(
        Object.entries(nodes).map(([name, ms]) => [name, { operator: 'Conv', ms: ms * (1 + 0.02 * random.normal()) }]),
      ),
  );
}

it('lists what became slower, what came and what went, and claims nothing below the noise', () => {
  const base = sessions(1, { stem: 1, body: 2, gone: 0.3, head: 0.5 });
  const head = sessions(2, { stem: 1, body: 3, head: 0.5, added: 0.2 });
  const found = operatorDifferences(base, head);
  expect(found.map(({ name }) => name)).toEqual(['body', 'gone', 'added']);
  expect(found[0]!.headMs - found[0]!.baseMs).toBeCloseTo(1, 0);
  expect(found[1]!).toMatchObject({ headMs: 0 });
});

it('finds nothing between identical models', () => {
  // The sessions differ by 0.04 % of the whole in each node.
  const nodes = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`node ${i}`, 1]));
  const listed = Array.from(
    { length: 40 },
    (_, i) => operatorDifferences(sessions(2 * i, nodes), sessions(2 * i + 1, nodes)).length,
  );
  expect(listed.reduce((a, b) => a + b)).toBe(0);
});

it('nodes without names are told by operator, output and place', () => {
  const node = { name: '', operator: 'Conv', ms: 1, inputs: [], outputs: [[1, 8, 4, 4]] };
  const numbered = { ...node, name: 'Conv_17' };
  expect([...keysOf([node, numbered, { ...node, name: 'last' }]).keys()]).toEqual([
    'Conv to 1 x 8 x 4 x 4',
    'Conv to 1 x 8 x 4 x 4 (2)',
    'last',
  ]);
});

it('profiles real models', async () => {
  const model = (name: string, classes: number) => ({
    name,
    bytes: conventionModel({ output: 'two logits', classes }),
  });
  const differences = await compareOperators(model('a', 2), model('b', 150), 1);
  const wider = differences.find(({ operator }) => operator === 'Conv');
  expect(wider).toBeDefined();
  expect(wider!.interval[0]).toBeGreaterThan(0);
});
