import { describe, expect, it } from 'vitest';
import { chooseSubnets, judgeRecheck } from '../../src/latency/recheck.ts';
import { createRandom } from '../../src/lib/random.ts';

const judge = (ratios: number[]) => judgeRecheck({ ratios, coverage: 1 });

/** A machine with 14 layers of 5 operations; twelve subnets are measured again, each 1.4 % off by its sessions then and now. */
function machine(seed: number, costNow: (entry: number, random: ReturnType<typeof createRandom>) => number) {
  const random = createRandom(seed, 'machine');
  const costs = Array.from({ length: 70 }, () => 0.05 + 0.2 * random.uniform());
  const now = costs.map((cost, entry) => cost * costNow(entry, random));
  const subnets = Array.from({ length: 60 }, () => Array.from({ length: 14 }, (_, layer) => 5 * layer + random.int(5)));
  const chosen = chooseSubnets(subnets);
  const total = (of: readonly number[], subnet: readonly number[]): number =>
    subnet.reduce((sum, entry) => sum + of[entry]!, 0);
  const ratios = chosen.map(
    (i) => (total(now, subnets[i]!) / total(costs, subnets[i]!)) * Math.exp(0.014 * random.normal()),
  );
  const covered = new Set(chosen.flatMap((i) => subnets[i]!));
  return { ...judge(ratios), coverage: covered.size / 70 };
}

const verdicts = (costNow: Parameters<typeof machine>[1]) => {
  const counts = { holds: 0, rescale: 0, remake: 0 };
  for (let seed = 0; seed < 200; seed++) counts[machine(seed, costNow).verdict]++;
  return counts;
};

describe('a stored table', () => {
  it('holds on the machine that it was measured on', () => {
    // Where the sessions' noise leaves it open, a factor that is nearly 1 does no harm.
    const { holds, remake } = verdicts(() => 1);
    expect(holds).toBeGreaterThan(140);
    expect(remake).toBeLessThan(5);
    expect(machine(1, () => 1).coverage).toBeGreaterThan(0.97);
  });

  it('never holds where a third of its entries are off by 60 %, nor is it rescaled', () => {
    const { holds, rescale } = verdicts((_, random) => (random.uniform() < 1 / 3 ? 1.6 : 1));
    expect(holds).toBe(0);
    expect(rescale).toBeLessThan(40);
  });

  it('never holds where all of it is off by 8 %, and is rescaled by that', () => {
    const { holds, rescale } = verdicts(() => 1.08);
    expect(holds).toBe(0);
    expect(rescale).toBeGreaterThan(190);
    expect(machine(1, () => 1.08).ratio).toBeCloseTo(1.08, 1);
  });

  it('holds no more often than 5 % where its level is off by just the 3 % that is allowed', () => {
    expect(verdicts(() => 1.03).holds).toBeLessThanOrEqual(18);
  });

  it.each<[string, number[], RegExp]>([
    ['too far off for a factor', [1.3, 1.31, 1.29, 1.3, 1.32, 1.28, 1.3, 1.3], /too large for a common factor/],
    ['at odds with itself', [0.8, 1.2, 0.9, 1.15, 1.3, 0.85, 1, 1.1], /no common factor/],
    ['looked at in two subnets only', [1, 1], /too few/],
  ])('is made again where it is %s', (_, ratios, reason) => {
    expect(judge(ratios)).toMatchObject({ verdict: 'remake', reason: expect.stringMatching(reason) });
  });
});

it('subnets are chosen so that together they contain every entry, and as few as that needs, but eight', () => {
  const everything = [
    [0, 0],
    [1, 2],
    [0, 3],
    [4, 5],
  ];
  expect(chooseSubnets(everything).sort()).toEqual([0, 1, 2, 3]);
  const many = Array.from({ length: 30 }, (_, i) => [i % 3, 3 + (i % 2)]);
  expect(chooseSubnets(many)).toHaveLength(8);
  expect(new Set(chooseSubnets(many).flatMap((i) => many[i]!)).size).toBe(5);
});
