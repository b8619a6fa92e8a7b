import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LatencyTable } from '../../../src/contracts/latency-table.ts';
import { chooseHeldOutPaths } from '../../../src/latency/calibration-paths.ts';
import { plainSumCosts } from '../../../src/latency/predictor.ts';
import { scaleTable, sealTable, writeTable } from '../../../src/latency/table-file.ts';
import { pathLatency } from '../../../src/latency/types.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { loadSpace } from '../../../src/network/space.ts';
import { runTableDiff, runTableMerge, runTableShow } from '../../../src/pipeline/commands/table-files.ts';
import { sampleTable } from '../../latency/sample-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'tables-'));
const file = (name: string): string => join(folder, name);
const entryMs = ({ entries }: { entries: readonly { latencyMs: number }[] }) =>
  entries.map(({ latencyMs }) => latencyMs);
let table: LatencyTable;

beforeAll(async () => {
  const space = await loadSpace('person');
  const bare = sampleTable(space, { height: 160, width: 160 });
  const costs = plainSumCosts(space, bare);
  const subnets = chooseHeldOutPaths(costs, 12, createRandom(1)).map((path, i) => {
    return { path, latencyMs: 1.2 * pathLatency(costs, path), errorMs: 0.01, macs: i };
  });
  table = sealTable({
    ...bare,
    calibration: { subnets: subnets.slice(0, 8), heldOut: subnets.slice(8), baselines: [] },
  });
  await writeTable(file('bare.json'), bare);
  await writeTable(file('here.json'), table);
  await writeTable(file('there.json'), scaleTable(table, 1.25));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('table show', () => {
  it('lists every entry with the layers that it may stand in, in the order asked for', async () => {
    const { summary, json } = await runTableShow({ file: file('here.json'), sort: 'latency' });
    const listed = json as {
      space: { layers: number[][] };
      entries: { operation: string; latencyMs: number; layers: number[]; roundsMs?: unknown }[];
    };
    expect(entryMs(listed)).toEqual(entryMs(table).sort((a, b) => b - a));
    expect(listed.entries.every(({ roundsMs }) => roundsMs === undefined)).toBe(true);
    // The space's layers count the entries as they are listed.
    for (const [layer, candidates] of listed.space.layers.entries())
      for (const i of candidates) expect(listed.entries[i]!.layers).toContain(layer);
    expect(listed.entries.flatMap(({ layers }) => layers).length).toBe(table.space.layers.flat().length);
    expect(summary).toMatch(/^mbv3_5x5 se relu +3 4 +64 -> 64 +1 +5 +1 +1 +20 x 20 +256 /m);
    expect(summary).toMatch(/predictor: \d\.\d % mean error on 4 held-out subnets/);
    const byName = await runTableShow({ file: file('here.json'), sort: 'operation' });
    const operations = (byName.json as typeof listed).entries.map(({ operation }) => operation);
    expect(operations).toEqual([...operations].sort());
  });

  it('draws the heat map and the predictor as SVG files that can be rendered', async () => {
    const files = { svg: file('heat.svg'), svgPredictor: file('predicted.svg') };
    await runTableShow({ file: file('here.json'), sort: 'layer', ...files });
    for (const svg of Object.values(files)) expect((await sharp(svg).metadata()).format).toBe('svg');
    const cells = readFileSync(files.svg, 'utf8').match(/layer \d+: \d\.\d{4} ms/g);
    expect(cells).toHaveLength(table.space.layers.flat().length);
    expect(readFileSync(files.svgPredictor, 'utf8').match(/measured \d+\.\d{3} ms, predicted/g)).toHaveLength(12);
  });

  it('has nothing to predict with where the table has no calibration', async () => {
    const shown = runTableShow({ file: file('bare.json'), sort: 'layer', svgPredictor: file('none.svg') });
    await expect(shown).rejects.toThrow(/bare\.json: calibration: missing/);
  });
});

describe('table diff and merge', () => {
  it('diff shows both sides of each operation and what they come to', async () => {
    const { summary } = await runTableDiff({ files: [file('here.json'), file('there.json')] });
    expect(summary.match(/ 1\.250$/gm)).toHaveLength(table.entries.length + 1);
    expect(summary).toContain('70 operations in both: median ratio 1.250, rank correlation 1.000');
  });

  it('merge writes a table that show takes', async () => {
    await runTableMerge({ files: [file('here.json'), file('there.json')], out: file('both.json') });
    const { json } = await runTableShow({ file: file('both.json'), sort: 'layer' });
    const { entries } = json as LatencyTable;
    expect(entries.every(({ count }) => count === 20)).toBe(true);
    expect(entries[0]!.latencyMs).toBeCloseTo(table.entries[0]!.latencyMs, 9);
  });
});
