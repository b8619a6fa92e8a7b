// How often the verdict is a false alarm, and how often it misses, on real comparisons as the Action makes them: a model against a separately prepared copy
// of itself (another file, other inputs) and against itself made slower by known amounts of real work. Beside it, what the usual methods say.
// Arguments: --load (bursts of other processes; threshold 5 % instead of 3 %), --comparisons N (in all), --seconds S (begin none after that; another
// call goes on), --slower LIST (percent, what each turn has, such as 0,0,6,10), --out FILE (resumed where it exists), --report (of the file as it
// is), --record FILE (each block's changes of the first comparisons, for the tests).
import { writeFileSync } from 'node:fs';
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
import { describeHardware } from '../src/runtime/hardware.ts';
import { planCores, readCoreFacts } from '../src/runtime/pinning.ts';
import { confidenceOfEach } from '../src/verdict/verdict.ts';
import { startBursts } from './bursts.ts';
import { rowsFor } from './calibration.ts';
import { withExtraWork } from './slowed.ts';
import { appendComparison, type Comparison, openRecording, type Protocol, readRecording } from './verdict-file.ts';
import { line, recordOf, report, table } from './verdict-report.ts';

const { values: args } = parseArgs({
  options: {
    load: { type: 'boolean', default: false },
    out: { type: 'string' },
    comparisons: { type: 'string' },
    seconds: { type: 'string' },
    slower: { type: 'string' },
    report: { type: 'boolean', default: false },
    record: { type: 'string' },
  },
});
const out = args.out ?? `runs/verdict/${args.load ? 'load' : 'quiet'}.jsonl`;
const threads = 2;
/** What each turn of comparisons has; each turn draws its order. */
const plan = args.slower
  ? args.slower.split(',').map((percent) => Number(percent) / 100)
  : args.load
    ? [0, 0, 0, 0, 0, 0.1, 0.1, 0.2]
    : [0, 0, 0, 0, 0, 0.06, 0.06, 0.1];
if (plan.some((share) => !(share >= 0))) throw new Error(`--slower ${args.slower}: give percents, such as 0,0,6,10`);
const numberOr = (text: string | undefined): number => (text === undefined ? Number.POSITIVE_INFINITY : Number(text));

/** The same model in another file. */
function copyOf(model: TimedModel): TimedModel {
  const decoded = decodeModel(model.bytes);
  decoded.metadataProps.push(create(StringStringEntryProtoSchema, { key: 'copy', value: 'yes' }));
  return { ...model, name: 'copy', bytes: toBinary(ModelProtoSchema, decoded) };
}

/** What the Action asks of a gate on one model without images, but for the threshold: 3 % when quiet. */
async function protocolOf(): Promise<Protocol> {
  const hardware = await describeHardware(threads);
  return {
    schema: 'proxyless-ci/bench-verdict@1',
    load: args.load,
    threads,
    threshold: args.load ? 0.05 : 0.03,
    confidence: confidenceOfEach(1, {}),
    hardware: hardware.key,
    cpu: hardware.cpu.model,
    pinning: planCores(threads, await readCoreFacts()).statement,
  };
}

async function compareAll(base: TimedModel): Promise<void> {
  const endMs = performance.now() + 1000 * numberOr(args.seconds);
  const protocol = await protocolOf();
  const done = [...openRecording(out, protocol)];
  if (done.length > 0) console.log(`${out}: going on after ${done.length} comparisons`);
  const amounts = [...new Set(plan)].filter((slower) => slower > 0);
  const rows = await rowsFor(base, amounts, { threads, file: `${dirname(out)}/calibration.json` });
  const copy = copyOf(base);
  const heads = new Map(amounts.map((slower, i) => [slower, withExtraWork(base, rows[i]!)] as const));
  const endBursts = args.load ? startBursts(threads) : undefined;
  try {
    for (let i = done.length; i < numberOr(args.comparisons) && performance.now() < endMs; i++) {
      const turn = createRandom(1, 'plan', Math.floor(i / plan.length)).permutation(plan.length);
      const slower = plan[turn[i % plan.length]!]!;
      const comparison = await compareOnce(base, heads.get(slower) ?? copy, slower, i, protocol);
      appendComparison(out, comparison);
      done.push(comparison);
      console.log(line(comparison, done.length));
      if (done.length % plan.length === 0) console.log(`\n${table({ protocol, comparisons: done })}\n`);
    }
  } finally {
    endBursts?.();
  }
}

async function compareOnce(
  base: TimedModel,
  head: TimedModel,
  slower: number,
  seed: number,
  { threshold, confidence }: Protocol,
): Promise<Comparison> {
  const started = performance.now();
  const random = createRandom(1, 'comparison', seed);
  const { verdicts, blocks } = await compareLatency(base, [head], { threads, threshold, confidence, random });
  const { outcome, change, processes, othersShare = 0 } = verdicts[0]!;
  const seconds = (performance.now() - started) / 1000;
  const processDeviation = processes.deviation ?? 0;
  const timings = blocks.map((block) => block.timings);
  return { slower, outcome, change, seconds, processDeviation, othersShare, blocks: timings };
}

if (!args.report) await compareAll(untrained(await loadArchitecture('mobilenetv3-large'), { height: 160, width: 160 }));
const recording = readRecording(out);
if (!recording) throw new Error(`${out}: nothing recorded yet`);
if (args.record) writeFileSync(args.record, recordOf(recording.comparisons));
console.log(`\n${report(recording)}`);
