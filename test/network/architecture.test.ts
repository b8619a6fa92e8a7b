// Architectures as JSON: they survive a round trip, and what cannot be built is refused by file and field.

import { expect, it } from 'vitest';
import type { Architecture, Layer } from '../../src/contracts/architecture.ts';
import { formatArchitecture, loadArchitecture, parseArchitecture } from '../../src/network/architecture.ts';
import { getOperation } from '../../src/network/operations/index.ts';

const large = await loadArchitecture('mobilenetv3-large');
const edited = (layer: number, change: Partial<Layer>): string => {
  const layers = large.layers.map((old, i) => (i === layer ? { ...old, ...change } : old));
  return JSON.stringify({ ...large, layers } satisfies Architecture);
};

it('reads back what it writes, one layer a line', () => {
  const text = formatArchitecture(large);
  expect(parseArchitecture(text, 'large.json')).toEqual(large);
  expect(text.split('\n').filter((line) => line.includes('"operation"'))).toHaveLength(15);
});

it('refuses what cannot be built, naming the file, the field and what would be valid', () => {
  const wrong: [string, RegExp][] = [
    [edited(3, { in: 32 }), /^my\.json: layers\.3\.in: must be 24, the width of layers\.2\.out, not 32$/],
    [edited(0, { in: 24, out: 16 }), /^my\.json: layers\.0\.in: must be 16, the width of macro\.head, not 24$/],
    [
      edited(2, { operation: 'mbv3_3x4' }),
      /^my\.json: layers\.2\.operation: unknown operation "mbv3_3x4"; did you mean "mbv3_3x3"\?$/,
    ],
    [
      edited(1, { operation: 'skip' }),
      /layers\.1\.operation: skip needs stride 1 and equal widths, not stride 2 from 16 to 24/,
    ],
    [
      edited(14, { operation: 'shuffle', out: 161 }),
      /layers\.14\.operation: shuffle needs an even output width .* not 161/,
    ],
    [edited(4, { stride: 2 }), /^my\.json: layers: must have four layers with stride 2 \(s4, s8, s16, s32\), not 5$/],
    [edited(4, { stride: 3 as 2 }), /^my\.json: layers\.4\.stride: must be 1 or 2$/],
    [edited(14, { out: 4 }), /^my\.json: layers\.14\.out: must be at least 8 channels$/],
    [edited(4, { out: 40.5 }), /^my\.json: layers\.4\.out: must be a whole number of channels$/],
    [JSON.stringify({ ...large, macros: 1 }), /my\.json: \(root\): .*macros/],
    ['{', /^my\.json: not valid JSON/],
  ];
  for (const [text, message] of wrong) expect(() => parseArchitecture(text, 'my.json')).toThrow(message);
});

it('suggests the nearest name for an architecture or an operation that does not exist', async () => {
  await expect(loadArchitecture('mobilenetv3-larg')).rejects.toThrow(
    'no architecture is called "mobilenetv3-larg"; did you mean "mobilenetv3-large"?',
  );
  await expect(loadArchitecture('nowhere/at-all.json')).rejects.toThrow('nowhere/at-all.json: no such file');
  expect(() => getOperation('sepconv_5x')).toThrow('did you mean "sepconv_5x5"?');
});
