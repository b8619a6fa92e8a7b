import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/base/files.ts';
import { createRandom } from '../../src/base/random.ts';
import { createGraph } from '../../src/graph/onnx.ts';
import { measureModels } from '../../src/latency/models.ts';
import { calibrate, plainSumCosts } from '../../src/latency/predictor.ts';
import { measureSubnets } from '../../src/latency/subnets.ts';
import { buildTable, latencyTableSchema, validateTable } from '../../src/latency/table.ts';
import { pathLatency } from '../../src/latency/types.ts';
import { parseSpace } from '../../src/network/space.ts';
import { describeHardware } from '../../src/runtime/hardware.ts';

const small = `
name: small
macro:
  head: { width: 16, activation: relu }
  aspp: { width: 16, rates: [1] }
  decoder: { width: 16 }
stages:
  - &stage { width: 16, layers: 1, stride: 2, expansion: 2, activation: relu, squeeze-excite: false, operations: [mbv3_3x3, sepconv_5x5] }
  - *stage
  - *stage
  - *stage
`;
const space = parseSpace(small, 'small.yaml');
const input = { height: 64, width: 64 };
const table = await buildTable({ space, ...input, threads: 1, seed: 1, rounds: 3 });
const hardware = await describeHardware(1);
const expected = { hardware, space, ...input, source: 'table.json' };

describe('buildTable', () => {
  it('measures every distinct operation once, with what it was measured on', () => {
    expect(table.entries.map(({ signature }) => signature)).toHaveLength(8);
    expect(table.frames).toHaveLength(5);
    expect(table.entries.every(({ latencyMs, count }) => latencyMs >= 0 && count === 3)).toBe(true);
    expect(table.fixed.map(({ part }) => part)).toEqual(['head', 'tail']);
    expect(table.hardware.key).toBe(hardware.key);
  });

  it('survives being written and read', () => {
    expect(parseJson(JSON.stringify(table), 'table.json', latencyTableSchema)).toEqual(table);
  });

  it('leads to predictions of whole subnets that are measured and calibrated on', async () => {
    const paths = [
      [0, 0, 0, 0],
      [1, 1, 1, 1],
      [0, 1, 0, 1],
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
    expect(() => validateTable(other, expected)).toThrow(/remove it, and the same command measures a new one/);
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
