// What a report says of a front of networks under several latency limits.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { type Result, resultSchema } from '../../src/contracts/result.ts';
import { frontSection, frontSvg } from '../../src/report/front.ts';
import { markdownReport } from '../../src/report/markdown.ts';
import { exampleResult } from './example.ts';

const network = { parameters: 2e6, macs: 3e8, bytes: 8e6 };
const found = (role: 'head' | 'front' | 'baseline', name: string, miou: number, latencyP50Ms: number) => ({
  ...{ ...network, role, name, miou, latencyP50Ms },
});
const point = (limit: string, maxLatencyMs: number, taken: string | null) => ({
  ...{ limit, maxLatencyMs, network: taken, limitShare: 0.95, supernetMiou: 0.86, randomMiou: 0.85 },
});
const result: Result = {
  ...exampleResult,
  networks: [
    found('head', 'searched', 0.935, 4),
    // The mean over seeds counts.
    { ...found('front', 'searched-0.6x', 0.91, 2.4), seeds: { mious: [0.91, 0.93], mean: 0.92, deviation: 0.014 } },
    found('baseline', 'large', 0.93, 4.1),
    found('baseline', 'medium', 0.93, 3),
    found('baseline', 'small', 0.9, 2),
  ],
  front: {
    points: [point('the search', 4.2, 'searched'), point('0.6x', 2.5, 'searched-0.6x'), point('0.4x', 1.7, null)],
  },
};

test('each limit has its network, and each baseline the best network of the front that is as fast', () => {
  expect(resultSchema.safeParse(result).success).toBe(true);
  const section = frontSection(result)!;
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  expect(rows).toHaveLength(5);
  expect(rows[3]).toMatch(/\| 0\.6x +\| 2\.50 ms \| searched-0\.6x \| 92\.0 % \| 2\.40 ms \|/);
  expect(rows[4]).toMatch(/\| 0\.4x +\| 1\.70 ms \| none /);
  expect(section).toContain('- large (93.0 % at 4.10 ms): the front is above it, with 93.5 % at 4.00 ms (+0.5 pt).');
  expect(section).toContain(
    '- medium (93.0 % at 3.00 ms): **the front is not above it**, with 92.0 % at 2.40 ms (-1.0 pt).',
  );
  expect(section).toContain('- small (90.0 % at 2.00 ms): no network of the front is as fast.');
  expect(markdownReport(result)).toContain('## Front');
  expect(markdownReport(exampleResult)).not.toContain('## Front');
});

test('its picture has every network, the faster further left, the better further up', async () => {
  const svg = frontSvg(result)!;
  expect(await sharp(Buffer.from(svg)).metadata()).toMatchObject({ format: 'svg', width: 760, height: 460 });
  const circle = (name: string): [number, number] => {
    const [, x, y] = new RegExp(`<circle cx="([\\d.]+)" cy="([\\d.]+)"[^>]*><title>${name}:`).exec(svg)!;
    return [Number(x), Number(y)];
  };
  expect(circle('searched-0.6x')[0]).toBeLessThan(circle('searched')[0]);
  expect(circle('searched-0.6x')[1]).toBeGreaterThan(circle('searched')[1]);
  expect(svg.match(/<circle /g)).toHaveLength(5);
  expect(frontSvg({ ...result, networks: result.networks.slice(0, 1) })).toBeUndefined();
});
