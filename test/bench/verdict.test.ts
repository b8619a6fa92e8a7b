// What bench/verdict keeps and says, and what a replay makes of blocks of which the truth is known.
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pairsOfSessions, resample, samplesOf, statistics } from '../../bench/block-statistics.ts';
import { machines, syntheticBlock } from '../../bench/synthetic-blocks.ts';
import {
  appendComparison,
  type Comparison,
  openRecording,
  type Protocol,
  readRecording,
} from '../../bench/verdict-file.ts';
import { mostLikely, table } from '../../bench/verdict-report.ts';
import { createRandom } from '../../src/lib/random.ts';

const protocol: Protocol = {
  schema: 'proxyless-ci/bench-verdict@1',
  load: false,
  threads: 2,
  threshold: 0.03,
  confidence: 0.99,
  hardware: '0123456789ab',
  cpu: 'Example CPU',
  pinning: 'Threads are pinned to the cores 0, 1, for all models alike.',
};
const comparison: Comparison = {
  slower: 0.06,
  outcome: 'fail',
  change: 0.0605,
  seconds: 4.3,
  processDeviation: 0,
  othersShare: 0.01,
  blocks: [
    [
      [1, 1],
      [1, 1],
      [1.06, 1.06],
      [1.06, 1.06],
    ],
  ],
};

describe('a recording', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bench-verdict-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('goes on after what is whole: half a line of an interrupted bench is dropped', () => {
    const file = join(folder, 'new', 'quiet.jsonl');
    expect(readRecording(file)).toBeUndefined();
    expect(openRecording(file, protocol)).toEqual([]);
    appendComparison(file, comparison);
    appendFileSync(file, '{"slower":0,"outc');
    expect(openRecording(file, protocol)).toEqual([comparison]);
    appendComparison(file, { ...comparison, slower: 0 });
    expect(readRecording(file)!.comparisons.map(({ slower }) => slower)).toEqual([0.06, 0]);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
  });

  test('is not gone on with under another protocol, and a damaged line is named', () => {
    const file = join(folder, 'quiet.jsonl');
    openRecording(file, protocol);
    expect(() => openRecording(file, { ...protocol, threshold: 0.05, hardware: 'other' })).toThrow(
      `${file}: recorded with another threshold, hardware; choose another --out`,
    );
    appendFileSync(file, '{"slower":\n');
    expect(() => readRecording(file)).toThrow(`${file}: line 2 is damaged`);
  });

  test('is told in a table that bounds the rate of wrong verdicts', () => {
    const copies = Array.from({ length: 23 }, (): Comparison => ({ ...comparison, slower: 0, outcome: 'pass' }));
    const rows = table({ protocol, comparisons: [...copies, comparison] })
      .split('\n')
      .slice(2)
      .map((row) => row.split('|').map((cell) => cell.trim()));
    // 1 - 0.05^(1/23), and nothing at all of one comparison that was right: 1 - 0.05.
    expect(rows.map((row) => row.slice(4, 9))).toEqual([
      ['23', '0', '23', '0', '12.2 %'],
      ['1', '1', '0', '0', '95.0 %'],
    ]);
    expect(mostLikely(1, 20)).toBeCloseTo(0.2161, 4);
    expect(mostLikely(3, 3)).toBe(1);
  });
});

describe('a replay of blocks of which the truth is known', () => {
  const blocksOf = (machine: string, slower: number) => {
    const random = createRandom(1, 'known', machine);
    return Array.from({ length: 400 }, () => syntheticBlock(machines[machine]!, slower, random));
  };
  const replay = (machine: string, slower: number, threshold: number) =>
    resample(samplesOf(blocksOf(machine, slower), pairsOfSessions), {
      shift: 0,
      count: 100,
      criteria: { threshold, confidence: 0.99 },
      random: createRandom(2, machine, slower),
    });

  test('passes copies and fails what is 6 % slower at 3 %, quiet; 10 % slower at 5 %, under bursts', () => {
    expect(replay('quiet, pinned', 0, 0.03)).toMatchObject({ fail: 0, pass: 100 });
    expect(replay('quiet, pinned', 0.06, 0.03)).toMatchObject({ fail: 100 });
    expect(replay('bursts, pinned', 0, 0.05)).toMatchObject({ fail: 0, pass: 100 });
    expect(replay('bursts, pinned', 0.1, 0.05)).toMatchObject({ fail: 100 });
  });

  test('leaves open what is slower by just the threshold', () => {
    const { fail, pass } = replay('bursts, pinned', 0.05, 0.05);
    expect(fail + pass).toBeLessThan(8);
  });

  test("finds the verdict's statistic the steadiest under bursts", () => {
    const blocks = blocksOf('bursts, pinned', 0);
    const far = (name: string) =>
      samplesOf(blocks, statistics[name]!).head.filter((log) => Math.abs(log) > 0.03).length;
    const [own, ...others] = Object.keys(statistics).map(far);
    for (const other of others) expect(own).toBeLessThan(other);
  });
});
