// A stored latency table that no longer fits this machine, as the built command line takes it: `npm run build` comes first.

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LatencyTable } from '../../src/contracts/latency-table.ts';
import { readTable, scaleTable, sealTable, writeTable } from '../../src/latency/table-file.ts';
import { cli, makeTiny, type Tiny } from './tiny.ts';

let tiny: Tiny;
/** A table of this machine, now. */
let measured: LatencyTable;

beforeAll(async () => {
  tiny = await makeTiny();
  const out = mkdtempSync(join(tiny.folder, 'table-'));
  expect((await cli(['table', '--recipe', tiny.recipe, '--out', out])).code).toBe(0);
  measured = await readTable(join(out, 'latency-table.json'));
});
afterAll(() => tiny.remove());

/** Begins a run by a stored table, until it has the table that it goes by. */
async function begin(stored: LatencyTable): Promise<{ own: LatencyTable; said: string }> {
  const folder = mkdtempSync(join(tiny.folder, 'stored-'));
  const [file, out] = [join(folder, 'stored.json'), join(folder, 'run')];
  await writeTable(file, stored);
  const command = ['derive', '--recipe', tiny.recipe, '--data', tiny.data, '--table', file, '--out', out];
  const { stderr } = await cli(command, { progress: 'supernet', signal: 'SIGKILL' });
  return { own: await readTable(join(out, 'latency-table.json')), said: stderr };
}

const costOf = ({ entries }: LatencyTable): number => entries.reduce((sum, { latencyMs }) => sum + latencyMs, 0);

/** As of a machine on which every third operation took three times as long: its subnets too. */
function unevenly(table: LatencyTable): LatencyTable {
  const slower = scaleTable(table, 3);
  const entries = table.entries.map((entry, i) => (i % 3 === 0 ? slower.entries[i]! : entry));
  const extra = ({ path }: { path: readonly number[] }): number =>
    path.reduce((sum, candidate, layer) => {
      const i = table.space.layers[layer]![candidate]!;
      return sum + entries[i]!.latencyMs - table.entries[i]!.latencyMs;
    }, 0);
  const slowed = table.calibration!.subnets.map((subnet) => ({
    ...subnet,
    latencyMs: subnet.latencyMs + extra(subnet),
  }));
  const heldOut = table.calibration!.heldOut.map((subnet) => ({
    ...subnet,
    latencyMs: subnet.latencyMs + extra(subnet),
  }));
  return sealTable({ ...table, entries, calibration: { ...table.calibration!, subnets: slowed, heldOut } });
}

describe('a stored table that no longer fits', () => {
  test('is taken as the run says that it is: as a rule rescaled, where all of it is off by a common factor', async () => {
    const stored = scaleTable(measured, 1.12);
    const { own, said } = await begin(stored);
    const factor = /taken with every latency multiplied by (\d\.\d+)/.exec(said)?.[1];
    const [origin] = own.origins ?? [];
    if (factor !== undefined) {
      expect(origin!.checksum).toBe(stored.checksum);
      expect(origin!.ratio!.toFixed(3)).toBe(factor);
      expect(costOf(own) / costOf(stored)).toBeCloseTo(origin!.ratio!, 6);
    } else if (said.includes('measured again')) {
      // Other processes made the subnets disagree, or this machine is in another state than a minute ago.
      expect(own.origins).toEqual([{ checksum: stored.checksum, ratio: null }]);
    } else {
      expect(own.checksum).toBe(stored.checksum);
    }
  });

  test.each([
    // By far more than the machine itself changes from minute to minute.
    ['is off by a factor of four', (table: LatencyTable) => scaleTable(table, 4)],
    ['disagrees with itself', unevenly],
  ])('is measured again if it %s, and the run says so', async (_, spoil) => {
    const stored = spoil(measured);
    const { own, said } = await begin(stored);
    expect(own.origins).toEqual([{ checksum: stored.checksum, ratio: null }]);
    expect(own.entries.map(({ roundsMs }) => roundsMs)).not.toEqual(stored.entries.map(({ roundsMs }) => roundsMs));
    expect(said).toContain('measured again');
  });
});
