// How often the verdict is a false alarm, and how often it misses, on real comparisons as the Action makes them: a model against a separately prepared copy
// of itself (another file, other inputs) and against itself made slower by known amounts of real work. Beside it, what the usual methods say.
// Arguments: --load (bursts of other processes; threshold 5 % instead of 3 %), --out FILE (resumed where it exists), --seconds S (stop then;
// another call goes on), --report (of the file as it is), --record FILE (each block's changes of the first comparisons, for the tests).
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, StringStringEntryProtoSchema } from 'onnx-buf';
import { decodeModel } from '../src/graph/onnx.ts';
import type { TimedModel } from '../src/latency/image-model.ts';
import { createRandom } from '../src/lib/random.ts';
import { loadArchitecture } from '../src/network/architecture.ts';
import { untrained } from '../src/pipeline/build-table.ts';
import { compareLatency } from '../src/pipeline/latency-comparison.ts';
import { coresAvailable } from '../src/runtime/hardware.ts';
import { startBursts } from './bursts.ts';
import { rowsFor } from './calibration.ts';
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
const threads = 2;
const threshold = args.load ? 0.05 : 0.03;
/** How many of every eight comparisons have each amount. */
const plan = args.load ? [0, 0, 0, 0, 0.1, 0.1, 0.2, 0.2] : [0, 0, 0, 0, 0, 0, 0.06, 0.06];
const endMs = args.seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + 1000 * Number(args.seconds);

/** The same model in another file. */
function copyOf(model: TimedModel): TimedModel {
  const decoded = decodeModel(model.bytes);
  decoded.metadataProps.push(create(StringStringEntryProtoSchema, { key: 'copy', value: 'yes' }));
  return { ...model, name: 'copy', bytes: toBinary(ModelProtoSchema, decoded) };
}

async function compareAll(base: TimedModel): Promise<void> {
  const amounts = [...new Set(plan)].filter((slower) => slower > 0);
  const rows = await rowsFor(base, amounts, { threads, file: `${dirname(out)}/calibration.json` });
  const heads = new Map([
    [0, copyOf(base)],
    ...amounts.map((slower, i) => [slower, withExtraWork(base, rows[i]!)] as const),
  ]);
  const endBursts = args.load ? startBursts(threads) : undefined;
  try {
    for (let position = readLines(out).length; performance.now() < endMs; position++) {
      const turn = createRandom(1, 'plan', Math.floor(position / plan.length)).permutation(plan.length);
      const slower = plan[turn[position % plan.length]!]!;
      const started = performance.now();
      const random = createRandom(1, 'comparison', position);
      const found = await compareLatency(base, [heads.get(slower)!], { threads, threshold, confidence: 0.99, random });
      const { outcome, change, processes, othersShare = 0, samples } = found.verdicts[0]!;
      const seconds = (performance.now() - started) / 1000;
      const runs = (session: number) =>
        found.blocks.flatMap(({ timings }) => timings[session]!.map((ms) => round(ms, 4)));
      const logs = (shares: readonly number[]) => shares.map((share) => round(Math.log1p(share), 5));
      const comparison: Comparison = {
        slower,
        outcome,
        change,
        seconds,
        processDeviation: processes.deviation ?? 0,
        othersShare,
        base: runs(0).slice(0, 100),
        head: runs(2).slice(0, 100),
        samples: { head: logs(samples.head), copy: logs(samples.copy) },
      };
      appendFileSync(out, `${JSON.stringify(comparison)}\n`);
      process.stderr.write(`\r${position + 1} comparisons   `);
    }
  } finally {
    endBursts?.();
  }
  process.stderr.write('\n');
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

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
  if ((await coresAvailable()) < threads) throw new Error(`the bench needs ${threads} cores`);
  mkdirSync(dirname(out), { recursive: true });
  await compareAll(untrained(await loadArchitecture('mobilenetv3-large'), { height: 160, width: 160 }));
}
if (args.record) writeFileSync(args.record, recordOf(readLines(out)));
console.log(report(readLines(out), threshold));
