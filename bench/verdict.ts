// How often the verdict cries wolf, and how often it misses: a model against an identical copy of itself and against itself made slower by
// known amounts of real work, with and without other processes on the cores. Beside it, on the same samples, what the usual methods say.
// Arguments: --load (bursts of other processes), --out FILE (resumed where it exists), --report (of the file as it is), --quick,
// --record FILE (each block's changes of the first comparisons, for the tests).
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { linearRegression } from 'simple-statistics';
import { createRandom } from '../src/base/random.ts';
import { type Block, sampleBlocks } from '../src/latency/blocks.ts';
import type { TimedModel } from '../src/latency/image-model.ts';
import { clusteredQuantile } from '../src/latency/quantiles.ts';
import { createLatencyJudge } from '../src/latency/verdict.ts';
import { loadArchitecture } from '../src/network/architecture.ts';
import { untrained } from '../src/pipeline/stages/table.ts';
import { coresAvailable } from '../src/runtime/hardware.ts';
import { startBursts } from './bursts.ts';
import { withExtraWork } from './slowed.ts';
import { type Comparison, recordOf, report } from './verdict-report.ts';

const { values: args } = parseArgs({
  options: {
    load: { type: 'boolean', default: false },
    out: { type: 'string' },
    report: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    record: { type: 'string' },
  },
});
const out = args.out ?? `runs/verdict/${args.load ? 'load' : 'quiet'}.jsonl`;
const slowerBy = [0.02, 0.03, 0.05, 0.06, 0.1, 0.2];
const [identicalCount, slowerCount] = args.quick ? [8, 3] : [200, 60];
const thresholds = [0.03, 0.05];
const settings = { threads: 2, rounds: 20, warm: false };
const mostBlocks = 24;
const fewestBlocks = 10;
const budgetMs = 4700;

const base: TimedModel = untrained(await loadArchitecture('mobilenetv3-large'), { height: 160, width: 160 });

interface Calibration {
  readonly slower: number;
  readonly rows: number;
  /** As measured afterwards: the change of the median and its 95 % interval. */
  readonly measured: number;
  readonly interval: readonly [number, number];
}

function calibrationFile(): string {
  return `${dirname(out)}/calibration.json`;
}

/** How many rows make the model slower by how much: interpolated between a few, then measured. Made once, on quiet cores. */
async function calibrations(): Promise<Calibration[]> {
  if (existsSync(calibrationFile())) return JSON.parse(readFileSync(calibrationFile(), 'utf8')) as Calibration[];
  const ladder = [8, 32, 64, 96, 128, 160];
  const coarse = await medianChanges(ladder, 16);
  const points = ladder.map((count, i) => [count, coarse[i]!.change]);
  let found: Calibration[] = [];
  // Each measurement is off by some tenths of a per cent, so the line is fitted to all of them, and the last one is only reported.
  for (let attempt = 0; attempt < 3; attempt++) {
    const { m, b } = linearRegression(points);
    const rows = slowerBy.map((target) => Math.min(160, Math.max(3, Math.round((target - b) / m))));
    const fine = await medianChanges(rows, 24);
    console.error(rows.map((count, i) => `${count} rows: ${fine[i]!.change.toFixed(4)}`).join(', '));
    points.push(...rows.map((count, i) => [count, fine[i]!.change]));
    found = slowerBy.map((slower, i) => ({
      slower,
      rows: rows[i]!,
      measured: fine[i]!.change,
      interval: fine[i]!.interval,
    }));
  }
  const worst = Math.max(...found.map(({ slower, measured }) => Math.abs(measured - slower)));
  if (worst > 0.02) throw new Error(`calibration missed by ${(100 * worst).toFixed(1)} %: this needs quiet cores`);
  writeFileSync(calibrationFile(), JSON.stringify(found));
  return found;
}

/** Each amount of work against base, measured as comparisons are: by itself, with base's copy. */
async function medianChanges(rows: readonly number[], blocks: number) {
  const changes: { change: number; interval: readonly [number, number] }[] = [];
  for (const count of rows) {
    const models = [base, base, withExtraWork(base, count)];
    const clusters: number[][] = [];
    for await (const [own, , slowed] of sampleBlocks(models, { ...settings, random: createRandom(1, 'calibrate') })) {
      clusters.push(slowed!.map((ms, round) => Math.log(ms / own![round]!)));
      process.stderr.write(`\rcalibrating: ${changes.length + 1} of ${rows.length} amounts   `);
      if (clusters.length >= blocks) break;
    }
    const { value, interval } = clusteredQuantile(clusters, 0.5);
    changes.push({ change: Math.expm1(value), interval: [Math.expm1(interval[0]), Math.expm1(interval[1])] });
  }
  process.stderr.write('\n');
  return changes;
}

async function compareAll(calibration: readonly Calibration[]): Promise<void> {
  const heads = new Map([
    [0, base],
    ...calibration.map(({ slower, rows }) => [slower, withExtraWork(base, rows)] as const),
  ]);
  const plan = [0, ...slowerBy].flatMap((slower) =>
    Array.from({ length: slower === 0 ? identicalCount : slowerCount }, () => slower),
  );
  const order = createRandom(1, 'plan').permutation(plan.length);
  const done = readLines(out).length;
  const started = performance.now();
  for (const [position, index] of order.entries()) {
    if (position < done) continue;
    const slower = plan[index]!;
    const comparison = await compare(heads.get(slower)!, slower, position);
    appendFileSync(out, `${JSON.stringify(comparison)}\n`);
    const left = ((performance.now() - started) / (position + 1 - done)) * (plan.length - position - 1);
    process.stderr.write(`\r${position + 1} of ${plan.length} comparisons, ${(left / 60_000).toFixed(0)} min left   `);
  }
  process.stderr.write('\n');
}

/** One comparison, until both thresholds are decided: so that both can be judged on the same blocks. */
async function compare(head: TimedModel, slower: number, position: number): Promise<Comparison> {
  const judges = thresholds.map((threshold) => createLatencyJudge(1, { threshold, confidence: 0.99 }));
  const blocks: Block[] = [];
  const decidedMs: (number | undefined)[] = judges.map(() => undefined);
  const started = performance.now();
  const random = createRandom(1, 'comparison', position);
  for await (const block of sampleBlocks([base, base, head], { ...settings, random })) {
    blocks.push(block.map((timings) => timings.map((ms) => Math.round(ms * 1e4) / 1e4)));
    const elapsed = performance.now() - started;
    judges.forEach((judge, i) => {
      judge.add(block);
      if (judge.decided()) decidedMs[i] ??= elapsed;
    });
    if (blocks.length < fewestBlocks) continue;
    if (judges.every((judge) => judge.decided()) || blocks.length >= mostBlocks || elapsed > budgetMs) break;
  }
  const totalMs = performance.now() - started;
  return { slower, blocks, seconds: decidedMs.map((ms) => (ms ?? totalMs) / 1000) };
}

function readLines(file: string): Comparison[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Comparison);
}

if (!args.report) {
  if ((await coresAvailable()) < settings.threads) throw new Error(`the bench needs ${settings.threads} cores`);
  mkdirSync(dirname(out), { recursive: true });
  const calibration = await calibrations();
  const bursts = args.load ? startBursts(settings.threads) : [];
  try {
    await compareAll(calibration);
  } finally {
    for (const child of bursts) child.kill();
  }
}
if (args.record) writeFileSync(args.record, recordOf(readLines(out)));
console.log(report(readLines(out), thresholds, JSON.parse(readFileSync(calibrationFile(), 'utf8')) as Calibration[]));
