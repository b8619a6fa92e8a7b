// Which photos epochs are made of, over sets of different weights.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchPhotos, type EpochSpec, stepsPerEpoch } from '../../src/data/epochs.ts';
import type { Photo } from '../../src/data/images.ts';

const setOf = (set: string, count: number, weight: number): Photo[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${set}/${i}`, image: '', mask: '', set, weight }));

/** IDs of all batches of the first epochs. */
function epochs(spec: EpochSpec, count: number): string[][] {
  const steps = stepsPerEpoch(spec);
  return Array.from({ length: count }, (_, epoch) =>
    Array.from({ length: steps }, (_, i) => batchPhotos(spec, epoch * steps + i).map(({ id }) => id)).flat(),
  );
}

const visits = (ids: readonly string[], set: string): number => ids.filter((id) => id.startsWith(`${set}/`)).length;

describe('epochs over several sets', () => {
  const photos = [...setOf('a', 40, 1), ...setOf('b', 10, 3), ...setOf('c', 20, 0.5)];
  const spec: EpochSpec = { photos, batch: 8, seed: 3, stream: 'train' };

  it('visit the photos of each set as often as its weight says', () => {
    expect(stepsPerEpoch(spec)).toBe(10);
    for (const epoch of epochs(spec, 3)) {
      expect(['a', 'b', 'c'].map((set) => visits(epoch, set))).toEqual([40, 30, 10]);
      const ofB = epoch.filter((id) => id.startsWith('b/'));
      for (const id of new Set(ofB)) expect(ofB.filter((other) => other === id)).toHaveLength(3);
    }
    const [first, second] = epochs(spec, 2);
    const ofC = [...first!, ...second!].filter((id) => id.startsWith('c/'));
    expect(new Set(ofC).size).toBe(20);
  });

  it('mix the sets in every batch, in an order that each epoch has for itself', () => {
    const [first, second] = epochs(spec, 2);
    expect(first).not.toEqual(second);
    const batches = Array.from({ length: 10 }, (_, i) => first!.slice(8 * i, 8 * i + 8));
    expect(batches.filter((batch) => visits(batch, 'a') > 0 && visits(batch, 'b') > 0).length).toBeGreaterThan(7);
  });

  it('follow from the seed and the stream alone', () => {
    expect(epochs(spec, 2)).toEqual(epochs({ ...spec }, 2));
    expect(epochs({ ...spec, seed: 4 }, 1)).not.toEqual(epochs(spec, 1));
    expect(epochs({ ...spec, stream: 'search' }, 1)).not.toEqual(epochs(spec, 1));
  });

  it('use no photo of a set twice before all of it was used, whatever the weights', () => {
    const sets = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0.1, max: 4, noNaN: true })), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(sets, fc.nat(), (sizes, seed) => {
        const all = sizes.flatMap(([size, weight], i) => setOf(String(i), size, weight));
        const visited = epochs({ photos: all, batch: 1, seed, stream: 's' }, 4);
        for (const [i, [size, weight]] of sizes.entries()) {
          const ids = visited.map((epoch) => epoch.filter((id) => id.startsWith(`${i}/`)));
          for (const epoch of ids) expect(epoch).toHaveLength(Math.max(1, Math.round(size * weight)));
          const times = setOf(String(i), size, weight).map(
            ({ id }) => ids.flat().filter((other) => other === id).length,
          );
          expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
