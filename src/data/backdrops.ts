// Backgrounds for people: parts of other photos that show nobody. A network that sees people on few backgrounds learns the backgrounds.

import type { Random } from '../lib/random.ts';
import type { Sample } from './images.ts';
import type { CropWindow } from './pixels.ts';

/** Windows that are tried. */
const tries = 200;
/** Largest share of the person in a window that shows nobody: masks have stray pixels. */
const tolerated = 0.005;
/** Sides of a window as a share of the photo's, and how far they may be apart: the window is stretched to the input's size. */
const smallest = 0.15;
const stretch = 2.5;

/** A large part of a photo without a person in it, drawn at random; undefined where none is found. The number of random draws is always the same. */
export function findBackdrop(sample: Sample, random: Random): CropWindow | undefined {
  const sums = personSums(sample);
  const { width, height } = sample;
  let found: CropWindow | undefined;
  for (let i = 0; i < tries; i++) {
    const [across, down] = [0, 0].map(() => smallest + (1 - smallest) * random.uniform() ** 2) as [number, number];
    const [w, h] = [Math.ceil(across * width), Math.ceil(down * height)];
    const [left, top] = [random.int(width - w + 1), random.int(height - h + 1)];
    const flip = random.uniform() < 0.5;
    if (Math.max(across / down, down / across) > stretch) continue;
    if (found && found.width * found.height >= w * h) continue;
    if (sumOver(sums, width, left, top, w, h) > tolerated * 255 * w * h) continue;
    found = { left, top, width: w, height: h, flip };
  }
  return found;
}

/** Sums of the person's shares over all pixels above and left: [height + 1, width + 1]. Pixels without label count as person. */
function personSums({ width, height, person, labeled }: Sample): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      row += labeled[pixel] === 255 ? person[pixel]! : 255;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return sums;
}

function sumOver(sums: Float64Array, width: number, left: number, top: number, w: number, h: number): number {
  const at = (x: number, y: number): number => sums[y * (width + 1) + x]!;
  return at(left + w, top + h) - at(left, top + h) - at(left + w, top) + at(left, top);
}
