import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createGraph } from '../../src/graph/onnx.ts';
import { measureModels } from '../../src/latency/models.ts';
import { calibrate, plainSumCosts } from '../../src/latency/predictor.ts';
import { measureAgain } from '../../src/latency/recheck.ts';
import { measureSubnets } from '../../src/latency/subnets.ts';
import { buildTable, type TableRounds, validateTable } from '../../src/latency/table.ts';
import { readTable, scaleTable, tableSpace, writeTable } from '../../src/latency/table-file.ts';
import { pathLatency } from '../../src/latency/types.ts';
import { createRandom } from '../../src/lib/random.ts';
import { parseSpace } from '../../src/network/space.ts';
import { describeHardware } from '../../src/runtime/hardware.ts';

const small = `
name: small
macro:
  head: { width: 16, activation: relu }
  aspp: { width: 16, rates: [1] }
  decoder: { width: 16 }
stages:
  - &stage { width: 16, layers: 1, stride: 2, expansion: 2, activation: relu, squeeze-excite: false, operations: [mbv3_3x3, sepconv_5x5, dilconv_3x3] }
  - *stage
  - *stage
  - { width: 16, layers: 2, stride: 2, expansion: 2, activation: relu, squeeze-excite: false, residual: true, operations: [mbv3_3x3, sepconv_5x5, dilconv_3x3] }
`;
const space = parseSpace(small, 'small.yaml');
const input = { height: 64, width: 64 };
const settings = { space, ...input, threads: 1, seed: 1, rounds: 6 };
const finished: TableRounds[] = [];
const told: string[] = [];
const table = await buildTable({
  ...settings,
  onProgress: (what, done, total) => told.push(`${what}${done === total ? ': done' : ''}`),
  onFinished: async (rounds) => {
    finished.push(new Map([...rounds].map(([name, samples]) => [name, [...samples]])));
  },
});
const hardware = await describeHardware(1);
const advice = 'remove the file, and the same command measures a new table';
const expected = { hardware, space, ...input, source: 'table.json', advice };
const folder = mkdtempSync(join(tmpdir(), 'table-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('buildTable', () => {
  it('measures every distinct operation once, with all that its latency depends on', () => {
    expect(table.entries).toHaveLength(15);
    expect(table.frames).toHaveLength(5);
    expect(table.entries.every(({ latencyMs, count, roundsMs }) => latencyMs >= 0 && count === roundsMs.length)).toBe(
      true,
    );
    expect(table.fixed.map(({ part }) => part)).toEqual(['head', 'tail']);
    expect(table.hardware.key).toBe(hardware.key);
    const geometry = table.entries
      .slice(0, 3)
      .map(({ operation, kernel, dilation, batch }) => [operation, kernel, dilation, batch]);
    expect(geometry).toEqual([
      ['mbv3_3x3', 3, 1, 1],
      ['sepconv_5x5', 5, 1, 1],
      ['dilconv_3x3', 3, 2, 1],
    ]);
  });

  it('holds the whole space, shortcuts included', () => {
    expect(tableSpace(table)).toEqual(space);
  });

  it('goes on until paths are known, up to three times the rounds, with every subject in each, and marks what has not settled', () => {
    const all = [...table.entries, ...table.frames, ...table.fixed];
    const rounds = Math.min(...all.map(({ count }) => count));
    expect(table.quality.pathErrorPercent! <= 0.4 ? [6, 11, 16, 18] : [18]).toContain(rounds);
    expect(all.every(({ count }) => count <= 3 * rounds)).toBe(true);
    expect(table.quality.unsettled).toBe(all.filter(({ settled }) => !settled).length);
  });

  it('tells the rounds, and those until paths are known, as done once each', () => {
    const stages = [...new Set(told.map((line) => line.replace(': done', '')))];
    expect(told.filter((line) => line.endsWith(': done'))).toEqual(stages.map((stage) => `${stage}: done`));
    expect(stages[0]).toBe('latency table');
  });

  it('goes on after the rounds that an interrupted measurement has finished, and keeps them', async () => {
    const first = finished[0]!;
    const resumed = await buildTable({ ...settings, finished: first });
    for (const { signature, roundsMs } of resumed.entries) expect(roundsMs.slice(0, 5)).toEqual(first.get(signature));
  });

  it('leads to predictions of whole subnets that are measured and calibrated on', async () => {
    const paths = [
      [0, 0, 0, 0, 0],
      [1, 1, 1, 1, 1],
      [0, 1, 0, 1, 2],
    ];
    const { subnets, drift } = await measureSubnets(space, paths, {
      ...input,
      threads: 1,
      rounds: 3,
      random: createRandom(1),
    });
    expect(drift.referenceMs).toBeGreaterThan(0);
    expect(subnets.every(({ latencyMs, macs }) => latencyMs > 0 && macs > 0)).toBe(true);
    const { costs, fit } = calibrate(space, table, subnets);
    expect(fit.subnets).toBe(3);
    // Short of accuracy, which needs a quiet machine and more rounds: finite, of the right order, not below its own fixed part.
    for (const { path, latencyMs } of subnets) {
      expect(pathLatency(costs, path) / latencyMs).toBeGreaterThan(0.2);
      expect(pathLatency(costs, path) / latencyMs).toBeLessThan(5);
    }
    expect(plainSumCosts(space, table).constant).toBeGreaterThan(0);
    const recheck = await measureAgain({ ...table, calibration: { subnets, heldOut: [], baselines: [] } }, 1);
    expect(recheck.ratios).toHaveLength(3);
    expect(recheck.ratios.every((ratio) => ratio > 0)).toBe(true);
    expect(recheck.coverage).toBeGreaterThan(0.3);
  });
});

describe('a table file', () => {
  const file = (name: string): string => join(folder, name);

  it('is read as it was written; an array of numbers takes one line', async () => {
    await writeTable(file('whole.json'), table);
    expect(await readTable(file('whole.json'))).toEqual(table);
    const lines = readFileSync(file('whole.json'), 'utf8').split('\n');
    expect(lines.filter((line) => line.includes('"roundsMs": [ '))).toHaveLength(15 + 5 + 2);
  });

  it('of which a single digit is changed is refused', async () => {
    await writeTable(file('edited.json'), table);
    writeFileSync(
      file('edited.json'),
      readFileSync(file('edited.json'), 'utf8').replace('"threads": 1', '"threads": 2'),
    );
    await expect(readTable(file('edited.json'))).rejects.toThrow(
      /edited\.json: checksum: .*damaged or edited; .*measure it again/,
    );
  });

  it('of another version is refused by its version, not field by field', async () => {
    writeFileSync(file('old.json'), JSON.stringify({ schema: 'proxyless-ci/latency-table@1', entries: 'other' }));
    await expect(readTable(file('old.json'))).rejects.toThrow(
      /^\S+old\.json: schema: a latency table of version 1; this release reads version 2; measure it again with proxyless-ci table measure$/,
    );
  });

  it('rescaled has every latency multiplied, remembers what it was, and has a checksum of its own', async () => {
    const scaled = scaleTable(table, 1.1);
    const ratios = table.entries.flatMap((entry, i) =>
      [entry, ...entry.roundsMs.keys()].map((round) =>
        typeof round === 'number'
          ? scaled.entries[i]!.roundsMs[round]! / entry.roundsMs[round]!
          : scaled.entries[i]!.p10Ms / entry.p10Ms,
      ),
    );
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1.1, 9);
    expect(scaled.quality).toEqual(table.quality);
    expect(scaled.origins).toEqual([{ checksum: table.checksum, ratio: 1.1 }]);
    await writeTable(file('scaled.json'), scaled);
    expect(await readTable(file('scaled.json'))).toEqual(scaled);
  });
});

describe('validateTable', () => {
  it('accepts a table that was made here for the same space', () => {
    expect(() => validateTable(table, expected)).not.toThrow();
  });

  it.each([
    [
      'another processor',
      { ...table, hardware: { ...table.hardware, cpu: { ...hardware.cpu, model: 'Other CPU' } } },
      /table\.json.*processor: the table's is Other CPU/s,
    ],
    [
      'another instruction set',
      { ...table, hardware: { ...table.hardware, isa: ['avx'] } },
      /instruction sets: the table's is avx, here/,
    ],
    [
      'another version of ONNX Runtime',
      { ...table, hardware: { ...table.hardware, onnxRuntimeVersion: '1.2.3' } },
      /ONNX Runtime version: the table's is 1\.2\.3/,
    ],
    ['another number of threads', { ...table, threads: 4 }, /threads: the table's is 4, here it is 1/],
    [
      'another input size',
      { ...table, input: { height: 96, width: 64 } },
      /input size: the table's is 96x64, here it is 64x64/,
    ],
    [
      'other definitions of operations',
      { ...table, space: { ...table.space, definitions: 'else' } },
      /operation definitions/,
    ],
    [
      'another key for a reason that is not listed',
      { ...table, hardware: { ...table.hardware, key: 'else' } },
      /hardware key/,
    ],
  ])('refuses a table of %s, says what differs and to remove it', (_, other, message) => {
    expect(() => validateTable(other, expected)).toThrow(message);
    expect(() => validateTable(other, expected)).toThrow(/remove the file, and the same command measures a new table/);
  });
});

describe('measureModels', () => {
  it('refuses a model whose input is not an image', async () => {
    const graph = createGraph();
    graph.output(graph.node('Relu', [graph.input('tokens', ['batch', 16])]), 'y');
    const model = { name: 'words.onnx', bytes: graph.encode(), height: 8, width: 8 };
    await expect(measureModels([model], { threads: 1, rounds: 1, random: createRandom(1) })).rejects.toThrow(
      /words\.onnx: input "tokens" is not an image/,
    );
  });
});
