// Which statistic of a block is best, and how often a verdict on it is wrong: thousands of comparisons of blocks drawn from recordings of bench/verdict, and
// of synthetic blocks of which the truth is known. Takes a minute and measures nothing.
// Arguments: recordings (default: those in runs/verdict, where there are any), --comparisons N (of each kind; default 400), --threshold PERCENT,
// --synthetic (these alone).
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { median, medianAbsoluteDeviation, quantile } from 'simple-statistics';
import { createRandom } from '../src/lib/random.ts';
import { confidenceOfEach } from '../src/verdict/verdict.ts';
import {
  type BlockStatistic,
  type Outcomes,
  resample,
  type Samples,
  samplesOf,
  statistics,
} from './block-statistics.ts';
import { machines, syntheticBlock } from './synthetic-blocks.ts';
import { readRecording } from './verdict-file.ts';

const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    comparisons: { type: 'string', default: '400' },
    threshold: { type: 'string' },
    synthetic: { type: 'boolean', default: false },
  },
});
const count = Number(args.comparisons);
const given = args.threshold === undefined ? undefined : Number(args.threshold) / 100;
/** By how much head is slower than base. `threshold`: by just the threshold. */
const amounts = [0, 'threshold', 0.06, 0.1, 0.2] as const;

interface Pool {
  readonly name: string;
  readonly threshold: number;
  /** Samples of identical models, by a statistic. */
  readonly identical: (statistic: BlockStatistic) => Samples;
}

const recordings = args.synthetic
  ? []
  : positionals.length > 0
    ? positionals
    : ['runs/verdict/quiet.jsonl', 'runs/verdict/load.jsonl'].filter(existsSync);

function recordedPools(): Pool[] {
  return recordings.map((file) => {
    const recording = readRecording(file);
    if (!recording) throw new Error(`${file}: no such recording; node bench/run.mjs verdict makes one`);
    const { protocol, comparisons } = recording;
    const blocks = comparisons.filter(({ slower }) => slower === 0).flatMap((one) => one.blocks);
    if (blocks.length === 0) throw new Error(`${file}: has no comparison of identical models`);
    return {
      name: `recorded, ${protocol.load ? 'bursts' : 'quiet'}, ${blocks.length} blocks`,
      threshold: given ?? protocol.threshold,
      identical: (statistic) => samplesOf(blocks, statistic),
    };
  });
}

/** As many blocks as a resampled pool has of its own. */
const syntheticBlocks = 2000;

function syntheticPools(): Pool[] {
  return Object.entries(machines).map(([name, machine]) => {
    const random = createRandom(1, 'synthetic', name);
    const blocks = Array.from({ length: syntheticBlocks }, () => syntheticBlock(machine, 0, random));
    const threshold = given ?? (name.startsWith('quiet') ? 0.03 : 0.05);
    return { name: `synthetic, ${name}`, threshold, identical: (statistic) => samplesOf(blocks, statistic) };
  });
}

function rowsOf({ name, threshold, identical }: Pool): string[][] {
  return Object.entries(statistics).map(([statistic, of]) => {
    const pool = identical(of);
    const random = createRandom(1, 'replay', name, statistic);
    const criteria = { threshold, confidence: confidenceOfEach(1, {}) };
    // The truth of recorded blocks is known but for what their finite number is off by, which is taken out.
    const off = median([...pool.head]);
    const centered = { ...pool, head: pool.head.map((log) => log - off) };
    const outcomes = amounts.map((slower) =>
      resample(centered, {
        shift: Math.log1p(slower === 'threshold' ? threshold : slower),
        count,
        criteria,
        random,
      }),
    );
    const near = (share: number): string =>
      percent(centered.head.filter((log) => Math.abs(log) <= share).length / centered.head.length);
    const deviation = 1.4826 * medianAbsoluteDeviation(centered.head);
    return [name, statistic, percent(threshold), percent(deviation), near(0.05), ...outcomes.map(tell)];
  });
}

const tell = ({ fail, pass, inconclusive, blocks }: Outcomes): string =>
  `${fail} / ${pass} / ${inconclusive} (${median([...blocks]).toFixed(0)}, ${quantile([...blocks], 0.95).toFixed(0)})`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const columns = [
  'blocks',
  'statistic',
  'threshold',
  'robust deviation',
  'within 5 %',
  ...amounts.map((slower) => (slower === 'threshold' ? 'slower by the threshold' : `slower by ${100 * slower} %`)),
];
const rows = [...recordedPools(), ...syntheticPools()].flatMap(rowsOf);
console.log(`${count} comparisons of each kind: fail / pass / inconclusive (blocks: median, 95 %)\n`);
console.log(markdownTable([columns, ...rows]));
