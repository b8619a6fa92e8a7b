// How often the trend of a branch warns where nothing moves, and how soon where something does: simulated histories with known truth.
// Arguments: --histories N (default 200).
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { mostEntries } from '../src/contracts/history.ts';
import { createRandom, type Random } from '../src/lib/random.ts';
import { findDrift } from '../src/verdict/drift.ts';

const { values: args } = parseArgs({ options: { histories: { type: 'string', default: '200' } } });
const histories = Number(args.histories);

/** As src/report/trend.ts has it: a warning says so much at least. */
const leastLatency = 0.01;

/** One percent of noise that remembers, and one result in ten from a machine that was busy. */
function noise(length: number, correlation: number, random: Random): number[] {
  let state = random.normal();
  return Array.from({ length }, () => {
    state = correlation * state + Math.sqrt(1 - correlation ** 2) * random.normal();
    return 0.01 * state + (random.uniform() < 0.1 ? 0.1 : 0);
  });
}

interface Planted {
  readonly name: string;
  readonly merges: number;
  readonly moved: (at: number) => number;
  /** Looked at from this merge on. */
  readonly from: number;
}

/** What the first look that warns says, if any does: after each of the first 40 merges, then after every fourth. */
function firstWarning({ merges, moved, from }: Planted, correlation: number, random: Random) {
  const values = noise(merges, correlation, random).map((value, at) => value + moved(at));
  for (let end = from; end <= merges; end += end < 40 ? 1 : 4) {
    const observations = values
      .slice(0, end)
      .map((value, at) => ({ at, group: 'one', value }))
      .slice(-mostEntries);
    const drift = findDrift(observations);
    if (!drift?.rare) continue;
    const { value } = drift.kind === 'step' ? drift.step! : drift.slope;
    if (value > leastLatency / (drift.kind === 'step' ? 1 : observations.length - 1)) return drift;
  }
  return undefined;
}

const stepAt = 30;
const step = (size: number, after: number): Planted => ({
  name: `a step of ${(100 * size).toFixed(0)} % after ${stepAt} merges, ${after} merges later`,
  merges: stepAt + after,
  moved: (at) => (at >= stepAt ? size : 0),
  from: stepAt + after,
});
const drift = (slope: number, merges: number): Planted => ({
  name: `a drift of ${(100 * slope).toFixed(1)} % a merge, after ${merges}`,
  merges,
  moved: (at) => slope * at,
  from: merges,
});
const planted: readonly Planted[] = [
  { name: 'nothing: any warning in 200 merges', merges: 200, moved: () => 0, from: 8 },
  { name: 'nothing, looked at once, after 30 merges', merges: 30, moved: () => 0, from: 30 },
  step(0.03, 10),
  step(0.05, 10),
  step(0.05, 20),
  drift(0.001, 30),
  drift(0.002, 30),
  drift(0.002, 60),
];

const share = (count: number, of: number): string => (of === 0 ? '' : `${((100 * count) / of).toFixed(0)} %`);
const correlations = [0, 0.3, 0.6];
const rows = planted.map((one) => [
  one.name,
  ...correlations.map((correlation) => {
    const random = createRandom(1, one.name, correlation);
    const found = Array.from({ length: histories }, () => firstWarning(one, correlation, random)).filter(
      (warning) => warning !== undefined,
    );
    const steps = found.filter(({ kind }) => kind === 'step');
    return `${share(found.length, histories)}${found.length > 0 ? ` (${share(steps.length, found.length)} as a step)` : ''}`;
  }),
]);
console.log(`Warned, in ${histories} histories each:\n`);
console.log(markdownTable([['planted', ...correlations.map((c) => `autocorrelation ${c}`)], ...rows]));
