import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { linearScale, svgDocument, svgElement, svgText } from '../../src/report/svg.ts';

describe('svg', () => {
  it('escapes whatever it is given, in texts and in attributes, so that a viewer can read the file', async () => {
    const hostile = `<script>&"'</script>`;
    const svg = svgDocument(80, 40, hostile, svgElement('rect', { fill: hostile }), svgText(4, 20, hostile));
    expect(svg).not.toContain('<script>');
    expect(svg.match(/&lt;script&gt;&amp;&quot;&#39;&lt;\/script&gt;/g)).toHaveLength(3);
    expect(await sharp(Buffer.from(svg)).metadata()).toMatchObject({ format: 'svg', width: 80, height: 40 });
  });
});

describe('linearScale', () => {
  it.each([
    [[0.13, 0.94], 0, 1, '0.2'],
    [[2.3, 17.8], 0, 20, '5'],
    [[96, 104], 96, 104, '98'],
    [[5, 5], 5, 6, '6'],
  ] as const)(
    'covers %j with round values from %d to %d, written with the decimals that they need',
    (domain, first, last, label) => {
      const { ticks, label: write, at } = linearScale(domain, [100, 300], 5);
      expect(ticks[0]).toBeCloseTo(first, 9);
      expect(ticks.at(-1)).toBeCloseTo(last, 9);
      expect(ticks.map(write)).toContain(label);
      expect(at(first)).toBeCloseTo(100, 9);
      expect(at(last)).toBeCloseTo(300, 9);
    },
  );
});
