// How often the verdict cries wolf, and how often it misses: a model against an identical copy of itself and against itself made slower by
// known amounts of real work, with and without other processes on the cores. Beside it, on the same samples, what the usual methods say.
// Arguments: --load (bursts of other processes), --out FILE (resumed where it exists), --seconds S (stop then; another call goes on),
// --report (of the file as it is), --record FILE (each block's changes of the first comparisons, for the tests).
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { TimingBlock } from '../src/contracts/timing.ts';
import { sampleBlocks } from '../src/latency/blocks.ts';
import type { TimedModel } from '../src/latency/image-model.ts';
import { createRandom } from '../src/lib/random.ts';
import { loadArchitecture } from '../src/network/architecture.ts';
import { comparisonBlocks } from '../src/pipeline/latency-comparison.ts';
import { untrained } from '../src/pipeline/stages/build-table.ts';
import { coresAvailable } from '../src/runtime/hardware.ts';
import { createLatencyJudge } from '../src/verdict/latency.ts';
import { startBursts } from './bursts.ts';
import { type Calibrated, calibrate, calibrated } from './calibration.ts';
import { watchOthers } from './others.ts';
import { withExtraWork } from './slowed.ts';
import { type Comparison, recordOf, report } from './verdict-report.ts';

const { values: args } = parseArgs({
  options: {
    load: { type: 'boolean', default: false },
    out: { type: 'string' },
    report: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    record: { type: 'string' },
  },
});
const out = args.out ?? `runs/verdict/${args.load ? 'load' : 'quiet'}.jsonl`;
const slowerBy = [0.02, 0.03, 0.05, 0.06, 0.1, 0.2];
const [identicalCount, slowerCount] = [200, 60];
const thresholds = [0.03, 0.05];
const { rounds, fewest, most } = comparisonBlocks;
const settings = { threads: 2, rounds, warm: false };
const timeLimitMs = 4700;
const calibrationFile = `${dirname(out)}/calibration.json`;
/** Share of the cores that other processes may use during a comparison. */
const mostByOthers = 0.05;
/** Comparisons during which they used more. */
const disturbedFile = `${dirname(out)}/disturbed.jsonl`;
const endMs = args.seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + 1000 * Number(args.seconds);
/** Whether a comparison, or a step of the calibration, may begin. */
const goOn = () => performance.now() < endMs;

const base: TimedModel = untrained(await loadArchitecture('mobilenetv3-large'), { height: 160, width: 160 });

async function compareAll(calibration: readonly Calibrated[]): Promise<void> {
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
    if (!goOn()) break;
    const slower = plan[index]!;
    const comparison = await undisturbed(() => compare(heads.get(slower)!, slower, position));
    if (!comparison) break;
    appendFileSync(out, `${JSON.stringify(comparison)}\n`);
    const left = ((performance.now() - started) / (position + 1 - done)) * (plan.length - position - 1);
    process.stderr.write(`\r${position + 1} of ${plan.length} comparisons, ${(left / 60_000).toFixed(0)} min left   `);
  }
  process.stderr.write('\n');
}

/** On cores that are to be quiet, measures again where they were not, whatever came out: undefined where there is no time for it. */
async function undisturbed(measure: () => Promise<Comparison>): Promise<Comparison | undefined> {
  while (goOn()) {
    const others = watchOthers();
    const comparison = await measure();
    if (args.load || others() <= mostByOthers) return comparison;
    appendFileSync(disturbedFile, `${JSON.stringify({ ...comparison, others: others() })}\n`);
  }
  return undefined;
}

/** One comparison, until both thresholds are decided: so that both can be judged on the same blocks. */
async function compare(head: TimedModel, slower: number, position: number): Promise<Comparison> {
  const judges = thresholds.map((threshold) => createLatencyJudge(1, { threshold, confidence: 0.99 }));
  const blocks: TimingBlock[] = [];
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
    if (blocks.length < fewest) continue;
    if (judges.every((judge) => judge.decided()) || blocks.length >= most || elapsed > timeLimitMs) break;
  }
  const totalMs = performance.now() - started;
  return { slower, blocks, seconds: decidedMs.map((ms) => (ms ?? totalMs) / 1000) };
}

/** An interrupted bench may have left a part of a line at the end. */
function readLines(file: string): Comparison[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) writeFileSync(file, whole);
  const lines = whole.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Comparison);
}

if (!args.report) {
  if ((await coresAvailable()) < settings.threads) throw new Error(`the bench needs ${settings.threads} cores`);
  mkdirSync(dirname(out), { recursive: true });
  const random = createRandom(1, 'calibrate');
  const calibration = await calibrate(base, slowerBy, { ...settings, file: calibrationFile, random, goOn });
  if (!calibration) process.exit(0);
  const endBursts = args.load ? startBursts(settings.threads) : undefined;
  try {
    await compareAll(calibration);
  } finally {
    endBursts?.();
  }
}
if (args.record) writeFileSync(args.record, recordOf(readLines(out)));
if (!args.load) {
  const again = readLines(disturbedFile).length;
  const limit = `${100 * mostByOthers} % of the cores`;
  console.log(`${again} comparisons were measured again: other processes used more than ${limit}\n`);
}
console.log(report(readLines(out), thresholds, calibrated(calibrationFile)));
