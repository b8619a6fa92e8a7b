// The score of a constant mask: the floor under every model. A model that scores below it sees other pixels than those it was trained on, or its output
// is read wrongly.
import { underCenter } from '../lib/resize.ts';
import { addCounts, type Counts, countPixels, iouOf, personPixels } from './miou.ts';

/** Masks are compared on a grid of this many rows and columns: coarse, as a silhouette is. */
const side = 64;

export interface Silhouette {
  /** @param mask [height, width]: 0 background, 255 person, 128 ignored */
  add(mask: Uint8Array, height: number, width: number): void;
  /** mIoU, over the masks that were added, of the silhouette that most of them agree on: their mean is the best that a constant mask can do. */
  miou(): number;
}

export function createSilhouette(): Silhouette {
  const masks: Uint8Array[] = [];
  return {
    add(mask, height, width) {
      const small = new Uint8Array(side * side);
      const at = (i: number, length: number): number => underCenter(i, side, length);
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++) small[y * side + x] = mask[at(y, height) * width + at(x, width)]!;
      masks.push(small);
    },
    miou() {
      const mean = new Float32Array(side * side);
      for (const mask of masks) for (let i = 0; i < mean.length; i++) mean[i]! += mask[i]! / 255 / masks.length;
      const counts: Counts[] = masks.map((mask) => countPixels(personPixels(mean, [side, side], [side, side]), mask));
      return iouOf(addCounts(counts)).miou;
    },
  };
}
