// What is worth knowing of a data folder before anything is trained on it: its size, how much of the photos people cover, photos that are in two
// splits at once, and masks that are valid files but do not mark the person.
import sharp from 'sharp';
import { areAlike, type PhotoHash, photoHash } from './hash.ts';
import { type Mask, MaskValue, mapConcurrently, type Photo, readMask } from './images.ts';

const concurrent = 4;
/** Masks are compared on a grid of this many rows and columns. */
const grid = 16;
/** A mask that covers more than this is said to cover all. */
const nearlyAll = 0.98;
/** A mask is noise if a larger share of its pixels lies at its edge: a disk of 100 pixels has 0.36. */
const noise = 0.5;
/** A mask may be inverted if its correlation with the mean of all masks is below this, where the mean says something. */
const inverted = -0.4;

/** What was found of a split. */
export interface SplitFacts {
  readonly photos: number;
  /** Shorter sides of the photos, in pixels. */
  readonly sides: { readonly smallest: number; readonly median: number; readonly largest: number };
  /** Share of the labeled pixels that are persons, over photos. */
  readonly coverage: { readonly mean: number; readonly lowest: number; readonly highest: number };
}

export interface FolderFacts {
  readonly train: SplitFacts;
  readonly val: SplitFacts;
  /** IDs that look alike though one is in train and the other in val. */
  readonly duplicates: readonly { readonly train: string; readonly val: string }[];
  /** One sentence each, naming the mask's file. */
  readonly doubts: readonly string[];
}

interface Looked {
  readonly photo: Photo;
  readonly side: number;
  readonly hash: PhotoHash;
  readonly coverage: number;
  readonly edge: number;
  readonly cells: Float64Array;
}

/** Looks at all photos and masks of a set that has passed the checks of `openDataset`. */
export async function examine(
  { train, val }: { readonly train: readonly Photo[]; readonly val: readonly Photo[] },
  onPhoto: (done: number) => void,
): Promise<FolderFacts> {
  let done = 0;
  const look = async (photo: Photo): Promise<Looked> => {
    const looked = await lookAt(photo);
    onPhoto(++done);
    return looked;
  };
  const [ofTrain, ofVal] = [
    await mapConcurrently(train, concurrent, look),
    await mapConcurrently(val, concurrent, look),
  ];
  const duplicates = ofVal.flatMap((one) => {
    const twin = ofTrain.find(({ hash }) => areAlike(hash, one.hash));
    return twin ? [{ train: twin.photo.id, val: one.photo.id }] : [];
  });
  return {
    train: factsOf(ofTrain),
    val: factsOf(ofVal),
    duplicates,
    doubts: doubtsOf([...ofTrain, ...ofVal]),
  };
}

async function lookAt(photo: Photo): Promise<Looked> {
  const [{ width, height }, hash, mask] = await Promise.all([
    sharp(photo.image).metadata(),
    photoHash(photo.image),
    readMask(photo.mask!),
  ]);
  return { photo, side: Math.min(width, height), hash, ...measure(mask) };
}

function measure({ data, width, height }: Mask): Pick<Looked, 'coverage' | 'edge' | 'cells'> {
  let [labeled, person, edge] = [0, 0, 0];
  const cells = new Float64Array(grid * grid);
  const counts = new Float64Array(grid * grid);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const label = data[at]!;
      if (label === MaskValue.ignore) continue;
      const cell = Math.floor((y * grid) / height) * grid + Math.floor((x * grid) / width);
      labeled++;
      counts[cell]! += 1;
      if (label !== MaskValue.person) continue;
      person++;
      cells[cell]! += 1;
      const outer =
        (x > 0 && data[at - 1] === 0) ||
        (x + 1 < width && data[at + 1] === 0) ||
        (y > 0 && data[at - width] === 0) ||
        (y + 1 < height && data[at + width] === 0);
      if (outer) edge++;
    }
  }
  return {
    coverage: labeled === 0 ? 0 : person / labeled,
    edge: person === 0 ? 0 : edge / person,
    cells: cells.map((sum, i) => (counts[i] === 0 ? 0 : sum / counts[i]!)),
  };
}

function factsOf(looked: readonly Looked[]): SplitFacts {
  const sides = looked.map(({ side }) => side).sort((a, b) => a - b);
  const coverages = looked.map(({ coverage }) => coverage);
  return {
    photos: looked.length,
    sides: { smallest: sides[0]!, median: sides[Math.floor(sides.length / 2)]!, largest: sides.at(-1)! },
    coverage: {
      mean: coverages.reduce((sum, share) => sum + share, 0) / looked.length,
      lowest: Math.min(...coverages),
      highest: Math.max(...coverages),
    },
  };
}

function doubtsOf(looked: readonly Looked[]): string[] {
  const mean = new Float64Array(grid * grid);
  for (const { cells } of looked) for (let i = 0; i < mean.length; i++) mean[i]! += cells[i]! / looked.length;
  return looked.flatMap(({ photo, coverage, edge, cells }) => {
    const doubt = (what: string): string[] => [`${photo.mask}: ${what}`];
    if (coverage === 0) return doubt('marks nobody; right for a photo without people, else redraw it');
    if (coverage > nearlyAll) return doubt('marks nearly every pixel as person; is it the wrong way round?');
    if (edge > noise) return doubt('marks scattered pixels rather than a person; was it made from a compressed image?');
    if (correlation(cells, mean) < inverted)
      return doubt('marks what is background in most masks of the set; is it the wrong way round?');
    return [];
  });
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [a, b].map((x) => x.reduce((sum, v) => sum + v, 0) / x.length) as [number, number];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
