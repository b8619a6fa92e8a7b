// How well the predictor knows whole networks: a table, subnets to calibrate on, and subnets that it is then checked with, spread over the
// latency range and near a budget. Beside it the plain sum of a table of isolated operations, and the rank of multiply-accumulates.
// Options: --space person, --size 224x224, --threads 2, --calibration 60, --held-out 300, --near 60, --rounds 25,
// --out runs/predictor (what is measured is kept there, and an interrupted bench goes on), --report (of what is there already), --load (with
// other processes on the cores in bursts, from the table on).

import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LatencyTable } from '../src/contracts/latency-table.ts';
import { chooseCalibrationPaths, chooseHeldOutPaths } from '../src/latency/calibration-paths.ts';
import { calibrate, type Predictor, pathInformation, plainSumCosts } from '../src/latency/predictor.ts';
import { measureSubnets } from '../src/latency/subnets.ts';
import { buildTable } from '../src/latency/table.ts';
import { readOptionalTable, writeTable } from '../src/latency/table-file.ts';
import { type Path, pathLatency } from '../src/latency/types.ts';
import { createRandom } from '../src/lib/random.ts';
import { createFeasibleSampler } from '../src/nas/sampling.ts';
import { loadArchitecture } from '../src/network/architecture.ts';
import { loadSpace } from '../src/network/space.ts';
import { untrained } from '../src/pipeline/build-table.ts';
import { startBursts } from './bursts.ts';
import { measureIsolated } from './isolated.ts';
import { type Measured, predictorReport } from './predictor-report.ts';

const { values: args } = parseArgs({
  options: {
    space: { type: 'string', default: 'person' },
    size: { type: 'string', default: '224x224' },
    threads: { type: 'string', default: '2' },
    calibration: { type: 'string', default: '60' },
    'held-out': { type: 'string', default: '300' },
    near: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '25' },
    out: { type: 'string', default: 'runs/predictor' },
    report: { type: 'boolean', default: false },
    load: { type: 'boolean', default: false },
  },
});
const [height, width] = args.size.split('x').map(Number) as [number, number];
const input = { height, width };
const threads = Number(args.threads);
const space = await loadSpace(args.space);
const folder = join(args.out, `${args.space}-${args.size}-${threads}${args.load ? '-load' : ''}`);
mkdirSync(folder, { recursive: true });
const file = (name: string): string => join(folder, name);

/** Subnets that are measured together: with those that all batches have, as many sessions as fit into a few gigabytes. */
const batchSize = 40;
/**
 * A batch whose anchors changed unequally by more than this was measured in another state of the machine (a virtual machine may run at half its
 * speed for a minute, convolutions less so than passes over memory): what it says is of that state. Only anchors are looked at.
 */
const steadyAnchors = 0.1;
const mostDiscarded = 20;
/** The limit is this network's latency, as in the nightly recipe; it is measured in every batch. */
const reference = untrained(await loadArchitecture('mobilenetv3-large'), input);

const endBursts = args.load && !args.report ? startBursts(threads) : undefined;

const table = await theTable();
const isolated = await measureIsolated(space, table, file('isolated.json'), args.report);
const plain = plainSumCosts(space, table);
const information = pathInformation(space, table);
/** As the pipeline chooses them. */
const choose = (number: number, stream: string): Path[] =>
  chooseCalibrationPaths(plain, number, createRandom(1, stream), information);
const count = (name: 'calibration' | 'held-out' | 'near'): number => Number(args[name]);
/** In every batch: the machine's level from batch to batch is that of these and of the reference. */
const anchors = choose(5, 'anchors').slice(1, 4);

await measureAll(of('calibration', choose(count('calibration'), 'calibration')));
const predictor = calibrate(
  space,
  table,
  atOneLevel().filter(({ set }) => set === 'calibration'),
);
const maxLatencyMs = median(readLines().map(({ referenceMs }) => referenceMs));
// The extremes are calibrated on, so they are not held out. Both sets are measured in the same batches.
const heldOut = chooseHeldOutPaths(plain, count('held-out'), createRandom(1, 'held-out'));
await measureAll([...of('held-out', heldOut), ...of('near', nearLimit(predictor, maxLatencyMs))]);
console.log(predictorReport({ space, table, isolated, maxLatencyMs, measured: atOneLevel(), input, threads }));
endBursts?.();

async function theTable(): Promise<LatencyTable> {
  const found = await readOptionalTable(file('table.json'));
  if (found) return found;
  if (args.report) throw new Error(`${folder}: nothing measured yet`);
  const start = performance.now();
  const made = await buildTable({ space, ...input, threads, seed: 1 });
  console.log(`table: ${made.entries.length} operations in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  await writeTable(file('table.json'), made);
  return made;
}

/** Uniform paths among those predicted within 5 % below the limit. */
function nearLimit({ costs }: Predictor, limit: number): Path[] {
  const sampler = createFeasibleSampler(costs, limit);
  const random = createRandom(1, 'near');
  const near: Path[] = [];
  for (let drawn = 0; near.length < count('near') && drawn < 1e6; drawn++) {
    const path = sampler.sample(random);
    if (pathLatency(costs, path) > 0.95 * limit) near.push(path);
  }
  return near;
}

interface Wanted {
  readonly set: Measured['set'];
  readonly path: Path;
}

function of(set: Measured['set'], paths: readonly Path[]): Wanted[] {
  return paths.map((path) => ({ set, path }));
}

/** Measures what is not in the file yet, in interleaved batches of subnets in random order. */
async function measureAll(wanted: readonly Wanted[]): Promise<void> {
  if (args.report) return;
  const keyOf = ({ set, path }: Wanted): string => `${set} ${path.join()}`;
  const known = new Set(readLines().map(keyOf));
  const order = createRandom(1, 'order').permutation(wanted.length);
  const missing = order.map((i) => wanted[i]!).filter((one) => !known.has(keyOf(one)));
  let discarded = 0;
  for (let from = 0; from < missing.length; from += batchSize) {
    const batch = missing.slice(from, from + batchSize);
    const since = performance.now();
    const { subnets, others, drift } = await measureSubnets(space, [...anchors, ...batch.map(({ path }) => path)], {
      ...input,
      threads,
      rounds: Number(args.rounds),
      random: createRandom(1, 'batch', missing.length - from),
      others: [reference],
    });
    const referenceMs = others[0]!.p10Ms;
    const anchorsMs = [
      ...subnets.slice(0, anchors.length).map(({ latencyMs }) => latencyMs),
      referenceMs,
      drift.referenceMs,
    ];
    const lines = batch.map(({ set }, i): Measured => {
      return { set, ...subnets[anchors.length + i]!, anchorsMs, referenceMs, spread: drift.spread };
    });
    // Bursts disturb anchors by themselves.
    if (!args.load && disagreement(anchorsMs) > steadyAnchors) {
      discarded++;
      if (discarded > mostDiscarded)
        throw new Error('the machine does not hold one state for as long as a batch takes');
      console.log(
        'a batch in another state of the machine: its anchors do not agree with the first batch; measured again',
      );
      from -= batchSize;
      continue;
    }
    appendFileSync(file('subnets.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const seconds = ((performance.now() - since) / 1000).toFixed(0);
    console.log(
      `${batch.length} subnets in ${seconds} s, ${missing.length - from - batch.length} to go; ` +
        `spread of the drift reference ${(100 * drift.spread).toFixed(0)} %`,
    );
  }
}

/** How far the anchors are from having all become slower or faster alike since the first batch: the largest over the smallest ratio, less 1. */
function disagreement(anchorsMs: readonly number[]): number {
  const first = readLines()[0]?.anchorsMs ?? anchorsMs;
  const ratios = anchorsMs.map((ms, i) => ms / first[i]!);
  return Math.max(...ratios) / Math.min(...ratios) - 1;
}

function readLines(): Measured[] {
  if (!existsSync(file('subnets.jsonl'))) return [];
  const lines = readFileSync(file('subnets.jsonl'), 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Measured);
}

/** Everything measured, each batch multiplied so that what all batches have comes out alike. */
function atOneLevel(): Measured[] {
  const lines = readLines();
  const usual = (lines[0]?.anchorsMs ?? []).map((_, i) => median(lines.map(({ anchorsMs }) => anchorsMs[i]!)));
  return lines.map((line) => {
    const level = median(line.anchorsMs.map((ms, i) => ms / usual[i]!));
    return { ...line, latencyMs: line.latencyMs / level };
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
