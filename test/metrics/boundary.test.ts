// Boundary IoU and the band of flicker against naive ones by distances, and on cases counted by hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundaryIou,
  boundaryWidth,
  changedShare,
  countBoundary,
  countChanges,
  edgeBand,
} from '../../src/metrics/boundary.ts';

type Size = readonly [number, number];

/** Whether a pixel outside the set lies within `distance`, by looking at every one. Beyond the image lies what `beyond` says. */
function nearOutside(
  inSet: (i: number) => boolean,
  [height, width]: Size,
  at: number,
  distance: number,
  beyond: boolean,
) {
  const [y, x] = [Math.floor(at / width), at % width];
  for (let v = y - distance; v <= y + distance; v++)
    for (let u = x - distance; u <= x + distance; u++) {
      const outsideImage = v < 0 || u < 0 || v >= height || u >= width;
      if (outsideImage ? beyond : !inSet(v * width + u)) return true;
    }
  return false;
}

function naiveBoundary(person: Uint8Array, mask: Uint8Array, size: Size): [number, number] {
  const truth = mask.map((label, i) => (label === 128 ? person[i]! : label / 255));
  const edge = (set: Uint8Array, at: number): boolean =>
    set[at] === 1 && nearOutside((i) => set[i] === 1, size, at, boundaryWidth(size), true);
  let both = 0;
  let either = 0;
  mask.forEach((label, at) => {
    if (label === 128) return;
    const [p, t] = [edge(person, at), edge(truth, at)];
    if (p && t) both++;
    if (p || t) either++;
  });
  return [both, either];
}

const images = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 })).chain(([height, width]) =>
  fc.record({
    size: fc.constant([height, width] as const),
    person: blobs(height, width).map((b) => b.map((inside) => (inside ? 1 : 0))),
    mask: fc
      .tuple(blobs(height, width), blobs(height, width))
      .map(([person, ignored]) => person.map((inside, i) => (ignored[i] ? 128 : inside ? 255 : 0))),
  }),
);

/** A few rectangles: real masks are not noise. */
function blobs(height: number, width: number): fc.Arbitrary<Uint8Array> {
  const side = (most: number) =>
    fc.tuple(fc.nat(most - 1), fc.nat(most)).map(([from, length]) => [from, from + length]);
  return fc.array(fc.tuple(side(height), side(width)), { maxLength: 3 }).map((rectangles) =>
    Uint8Array.from({ length: height * width }, (_, i) => {
      const [y, x] = [Math.floor(i / width), i % width];
      return rectangles.some(([[t, b], [l, r]]) => y >= t! && y < b! && x >= l! && x < r!) ? 1 : 0;
    }),
  );
}

describe('boundary IoU', () => {
  it('counts what a search by distance counts, whatever the shapes', () => {
    fc.assert(
      fc.property(images, ({ size, person, mask }) => {
        expect(countBoundary(person, mask, size)).toEqual(naiveBoundary(person, mask, size));
      }),
      { numRuns: 60 },
    );
  });

  it('is 1 for the truth itself, and falls far faster than IoU where an edge is off by little', () => {
    const size = [200, 200] as const;
    const square = (from: number, to: number, value: number) =>
      Uint8Array.from({ length: 40_000 }, (_, i) => {
        const [y, x] = [Math.floor(i / 200), i % 200];
        return y >= from && y < to && x >= from && x < to ? value : 0;
      });
    const truth = square(50, 150, 255);
    expect(boundaryIou([countBoundary(square(50, 150, 1), truth, size)])).toBe(1);
    // The boundary is 6 wide (2 % of 283): rings of squares of 100 and 94 that overlap where the smaller one's are inside the larger one's.
    const off = countBoundary(square(53, 147, 1), truth, size);
    expect(off).toEqual([94 ** 2 - 88 ** 2, 100 ** 2 - 88 ** 2 + (88 ** 2 - 82 ** 2)]);
    expect(boundaryIou([off])).toBeLessThan(0.4);
    expect(94 ** 2 / 100 ** 2).toBeGreaterThan(0.88);
  });

  it('pools pixels over images, and is 1 where nobody is and nobody is seen', () => {
    expect(
      boundaryIou([
        [1, 2],
        [0, 2],
      ]),
    ).toBe(0.25);
    expect(boundaryIou([countBoundary(new Uint8Array(9), new Uint8Array(9), [3, 3])])).toBe(1);
  });
});

describe('flicker', () => {
  it('looks at a band on both sides of the true edge, which the border of the image is not', () => {
    // 2 % of the diagonal of 80 x 60 is 2 pixels.
    const mask = Uint8Array.from({ length: 4800 }, (_, i) => (i % 80 < 40 ? 255 : 0));
    const band = edgeBand(mask, [60, 80]);
    for (let x = 0; x < 80; x++) expect(band[30 * 80 + x]).toBe(x >= 38 && x < 42 ? 1 : 0);
    expect(edgeBand(new Uint8Array(4800).fill(255), [60, 80])).toEqual(new Uint8Array(4800));
  });

  it('leaves out what has no label, and takes no edge from there', () => {
    const mask = Uint8Array.from({ length: 4800 }, (_, i) => (i % 80 < 40 ? 255 : 128));
    expect(edgeBand(mask, [60, 80])).toEqual(new Uint8Array(4800));
  });

  it('is none where the mask moves with the image, and all of the strip where it stays behind', () => {
    const band = new Uint8Array(12).fill(1);
    const before = Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0);
    const moved = Uint8Array.of(1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0);
    expect(countChanges(before, moved, band, [3, 4], [1, 0])).toEqual([0, 9]);
    expect(countChanges(before, before, band, [3, 4], [1, 0])).toEqual([3, 9]);
    expect(countChanges(before, before, band, [3, 4], [0, -1])).toEqual([0, 8]);
    expect(changedShare([countChanges(before, before, band, [3, 4], [1, 0]), [0, 3]])).toBe(0.25);
    expect(countChanges(before, moved, Uint8Array.of(0, 0, 1), [1, 3])).toEqual([1, 1]);
  });
});
