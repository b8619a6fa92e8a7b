// Synthetic portraits: repeatable, varied, in the masks' convention, and worth learning from.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { openDataset } from '../../src/data/dataset.ts';
import { makePortrait } from '../../src/data/synthetic.ts';

describe('makePortrait', () => {
  it('draws equal portraits from equal seeds and different ones otherwise', async () => {
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => makePortrait(createRandom(seed), 48, 60)));
    expect(again).toEqual(first);
    expect(other!.mask).not.toEqual(first!.mask);
  });

  it('gives every portrait a person of sensible size, and some an ignored band', async () => {
    const random = createRandom(3);
    let ignored = 0;
    for (let i = 0; i < 24; i++) {
      const { rgb, mask } = await makePortrait(random, 48, 60);
      expect(rgb).toHaveLength(3 * 48 * 60);
      expect(mask.every((value) => value === 0 || value === 128 || value === 255)).toBe(true);
      const share = mask.filter((value) => value === 255).length / mask.length;
      expect(share).toBeGreaterThan(0.08);
      expect(share).toBeLessThan(0.9);
      if (mask.includes(128)) ignored++;
    }
    expect(ignored).toBeGreaterThan(0);
    expect(ignored).toBeLessThan(16);
  });
});

describe('fixtures/portraits', () => {
  it('is a sound data set', async () => {
    const { train, val } = await openDataset('fixtures/portraits');
    expect([train.length, val.length]).toEqual([96, 32]);
  });
});
