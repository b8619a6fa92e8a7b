// Photos and masks on disk: where they lie, and how they are decoded to 8-bit pixels.
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import sharp from 'sharp';

// Training needs the cores and the memory itself: no operation cache, one thread an image (images run side by side instead).
sharp.cache(false);
sharp.concurrency(1);

/** Mask values on disk: 8-bit greyscale PNG. */
export const MaskValue = { background: 0, ignore: 128, person: 255 } as const;

const imageExtensions = ['.jpg', '.jpeg', '.png'];

/** A photo of a data set, by its files. */
export interface Photo {
  /** The file name without its extension; where a run has several sets, after the set's name and a slash. Unique in a run. */
  readonly id: string;
  /** Path of the photo. */
  readonly image: string;
  /** Path of its mask; a photo without one is only for teachers. */
  readonly mask?: string;
  /** Name of its set. */
  readonly set: string;
  /** How often an epoch of training visits it. */
  readonly weight: number;
  readonly teaching?: Teaching;
}

/** What teachers say of a photo. */
export interface Teaching {
  /** 8-bit greyscale PNGs, one a teacher, of any size: the person's probability, of 255. */
  readonly maps: readonly string[];
  /** Share of the target that is the teachers', from 0 to 1; where the photo has no label it is all theirs. */
  readonly weight: number;
}

/** A decoded photo with its labels, both height x width. */
export interface Sample extends Labels {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] sRGB. */
  readonly rgb: Uint8Array;
}

/** What a mask says of each pixel of a photo that has another size: [height, width] each. */
export interface Labels {
  /** Share of the person in the labeled part of the pixel, of 255; 0 where none of it is labeled. */
  readonly person: Uint8Array;
  /** Share of the pixel that is labeled, of 255. */
  readonly labeled: Uint8Array;
}

/** A mask at its own resolution: [height, width], values of `MaskValue`. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The path of the mask of a sample. */
export function maskPath(folder: string, id: string): string {
  return join(folder, 'masks', `${id}.png`);
}

/**
 * All photos of a data folder: ID (file name without extension) to path. `onDuplicate` is called where an ID has two files.
 * Throws the file system's error when there is no images folder.
 */
export async function locateImages(
  folder: string,
  onDuplicate?: (id: string, path: string) => void,
): Promise<Map<string, string>> {
  const images = new Map<string, string>();
  for (const name of (await readdir(join(folder, 'images'))).sort()) {
    const extension = extname(name);
    if (name.startsWith('.') || !imageExtensions.includes(extension.toLowerCase())) continue;
    const id = name.slice(0, -extension.length);
    const path = join(folder, 'images', name);
    if (images.has(id)) onDuplicate?.(id, path);
    else images.set(id, path);
  }
  return images;
}

/** Runs `work` on every item, at most `limit` at a time, and returns the results in the items' order. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return results;
}

/** Decodes a whole photo only to see that it can be decoded, and returns its size. EXIF orientation is not applied. */
export async function probeImage(path: string): Promise<{ width: number; height: number }> {
  const { info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height };
}

/**
 * Decodes a mask as it is.
 * @throws Error when the file is not an 8-bit, single-channel PNG or cannot be decoded; values are not checked
 */
export async function readMask(path: string): Promise<Mask> {
  const decoder = sharp(path);
  const { format, channels, depth, isPalette } = await decoder.metadata();
  if (format !== 'png' || channels !== 1 || depth !== 'uchar' || isPalette) {
    const found = isPalette ? 'a palette PNG' : `${format}, ${channels} channel(s), ${depth}`;
    throw new Error(`a mask must be an 8-bit greyscale PNG, this is ${found}`);
  }
  const { data, info } = await decoder.toColorspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** A mask by areas: what part of each of width x height pixels is labeled, and what part of that is the person. */
export function shareLabels(mask: Mask, width: number, height: number): Labels {
  const columns = coverage(mask.width, width);
  const rows = coverage(mask.height, height);
  const person = new Uint8Array(width * height);
  const labeled = new Uint8Array(width * height);
  const { data } = mask;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let ofPerson = 0;
      let ofLabels = 0;
      let area = 0;
      for (let i = rows.begin[y]!; i < rows.begin[y + 1]!; i++) {
        const row = rows.index[i]! * mask.width;
        const tall = rows.length[i]!;
        for (let j = columns.begin[x]!; j < columns.begin[x + 1]!; j++) {
          const label = data[row + columns.index[j]!]!;
          const part = tall * columns.length[j]!;
          area += part;
          if (label !== MaskValue.ignore) ofLabels += part;
          if (label === MaskValue.person) ofPerson += part;
        }
      }
      const pixel = y * width + x;
      labeled[pixel] = Math.round((255 * ofLabels) / area);
      person[pixel] = labeled[pixel] === 0 ? 0 : Math.round((255 * ofPerson) / ofLabels);
    }
  }
  return { person, labeled };
}

/** For each of `to` pixels, at places begin[i] to begin[i + 1]: which of `from` pixels it covers, and how much of each. */
function coverage(from: number, to: number) {
  const begin = new Int32Array(to + 1);
  const index: number[] = [];
  const length: number[] = [];
  for (let i = 0; i < to; i++) {
    const [start, end] = [(i * from) / to, ((i + 1) * from) / to];
    for (let j = Math.floor(start); j < Math.min(from, end); j++) {
      const part = Math.min(end, j + 1) - Math.max(start, j);
      if (part <= 1e-9) continue;
      index.push(j);
      length.push(part);
    }
    begin[i + 1] = index.length;
  }
  return { begin, index: Int32Array.from(index), length: Float64Array.from(length) };
}
