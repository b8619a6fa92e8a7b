import { describe, expect, it } from 'vitest';
import type { LatencyTable } from '../../src/contracts/latency-table.ts';
import { compareTables, mergeTables } from '../../src/latency/merge.ts';
import { scaleTable, sealTable } from '../../src/latency/table-file.ts';
import { loadSpace } from '../../src/network/space.ts';
import { sampleTable } from './sample-table.ts';

const space = await loadSpace('person');
const table = sampleTable(space, { height: 160, width: 160 });
const subnet = (first: number, latencyMs: number) => ({ path: [first], latencyMs, errorMs: 0.01, macs: 1 });
const baseline = (latencyMs: number) => ({ name: 'large', latencyMs });
const calibrated = (calibration: NonNullable<LatencyTable['calibration']>) => sealTable({ ...table, calibration });

describe('compareTables', () => {
  it('puts entries side by side, with the median ratio and the rank correlation', () => {
    const other = scaleTable(table, 1.5);
    const [first, second] = other.entries;
    const comparison = compareTables(table, { ...other, entries: other.entries.filter((entry) => entry !== second) });
    expect(comparison.entries).toHaveLength(table.entries.length - 1);
    expect(comparison.entries[0]).toMatchObject({ signature: first!.signature, bMs: first!.latencyMs });
    expect(comparison.onlyA).toEqual([second!.signature]);
    expect(comparison.onlyB).toEqual([]);
    expect(comparison.medianRatio).toBeCloseTo(1.5, 9);
    expect(comparison.referenceRatio).toBeCloseTo(1.5, 9);
    expect(comparison.rankCorrelation).toBeCloseTo(1, 9);
    expect(comparison.differences).toEqual([]);
  });

  it('says in what two tables of different machines differ', () => {
    const other = { ...table, threads: 4, hardware: { ...table.hardware, onnxRuntimeVersion: '1.31.0' } };
    expect(compareTables(table, other).differences).toEqual([
      { what: 'ONNX Runtime version', was: '1.30.0', is: '1.31.0' },
      { what: 'threads', was: 2, is: 4 },
    ]);
  });
});

describe('mergeTables', () => {
  it('pools the rounds at the level of the first table, so that a slower session adds rounds and no milliseconds', () => {
    const merged = mergeTables([
      { source: 'a.json', table },
      { source: 'b.json', table: scaleTable(table, 1.2) },
    ]);
    merged.entries.forEach((entry, i) => {
      expect(entry.count).toBe(20);
      expect(entry.latencyMs).toBeCloseTo(table.entries[i]!.latencyMs, 9);
    });
    expect(merged.origins!.map(({ ratio }) => ratio)).toEqual([1, expect.closeTo(1 / 1.2, 9)]);
    expect(merged.checksum).not.toBe(table.checksum);
  });

  it('keeps baselines that all have, and holds no subnet out that one of them calibrates on', () => {
    const a = calibrated({ subnets: [subnet(0, 2)], heldOut: [subnet(1, 3)], baselines: [baseline(5)] });
    const b = calibrated({
      subnets: [subnet(1, 5), subnet(0, 4)],
      heldOut: [subnet(2, 7)],
      baselines: [baseline(7), { name: 'small', latencyMs: 1 }],
    });
    const { calibration } = mergeTables([
      { source: 'a.json', table: a },
      { source: 'b.json', table: b },
    ]);
    const twice = { ...subnet(0, 3), errorMs: Math.hypot(0.01, 0.01) / 2 };
    expect(calibration).toEqual({
      subnets: [twice, subnet(1, 5)],
      heldOut: [subnet(2, 7)],
      baselines: [baseline(6)],
    });
  });

  it('keeps what the level of a table is off by, and adds it to the errors of its subnets', () => {
    // Every other entry is 10 % slower: their median is 4.9 % off, give or take.
    const uneven = {
      ...table,
      entries: table.entries.map((entry, i) => ({ ...entry, latencyMs: entry.latencyMs * (i % 2 === 0 ? 1 : 1.1) })),
    };
    const b = sealTable({ ...uneven, calibration: { subnets: [subnet(0, 4)], heldOut: [], baselines: [] } });
    const a = calibrated({ subnets: [subnet(1, 5)], heldOut: [], baselines: [] });
    const { calibration, origins } = mergeTables([
      { source: 'a.json', table: a },
      { source: 'b.json', table: b },
    ]);
    const { ratio, error } = origins![1]!;
    expect(error).toBeGreaterThan(0.005);
    expect(error).toBeLessThan(0.02);
    expect(origins![0]).toMatchObject({ ratio: 1, error: 0 });
    expect(calibration!.subnets.map(({ errorMs }) => errorMs)).toEqual([
      0.01,
      expect.closeTo(ratio! * Math.hypot(0.01, 4 * error!), 9),
    ]);
  });

  it('refuses tables of different things, naming what differs, and the same table twice', () => {
    const other = sealTable({ ...table, threads: 4, input: { height: 224, width: 224 } });
    const pair = (second: LatencyTable) => [
      { source: 'a.json', table },
      { source: 'b.json', table: second },
    ];
    expect(() => mergeTables(pair(other))).toThrow(
      /^b\.json: threads: is 4, that of a\.json 2; .*\nb\.json: input size: is 224x224/,
    );
    expect(() => mergeTables(pair(table))).toThrow(/^b\.json: given twice/);
  });
});
