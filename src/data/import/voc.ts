// Pascal VOC: JPEGImages, SegmentationClass and ImageSets/Segmentation; labels as the palette's colors or as numbers of classes. labelmap.txt, as
// CVAT and Datumaro write it, says which color is which.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { UserError } from '../../lib/errors.ts';
import { readOptional } from '../../lib/files.ts';
import { type Mask, MaskValue } from '../images.ts';
import type { ImportedPhoto } from './write.ts';

type Color = readonly [number, number, number];

/** What the labels of VOC 2012 mean. */
const pascal = { person: [192, 128, 128], personClass: 15, ignore: [224, 224, 192], ignoreClass: 255 } as const;

const folders = { images: 'JPEGImages', masks: 'SegmentationClass', sets: 'ImageSets/Segmentation' };
const layout = `expected ${folders.images}/, ${folders.masks}/ and ${folders.sets}/train.txt, val.txt or trainval.txt`;

/**
 * The photos of a VOC folder's lists.
 * @throws UserError naming what is missing
 */
export async function readVoc(folder: string): Promise<ImportedPhoto[]> {
  const person = await personLabel(folder);
  const lists = [];
  for (const split of ['train', 'val'] as const) lists.push({ split, ids: await readList(folder, split) });
  const given = lists.filter(({ ids }) => ids && ids.length > 0);
  // One list alone is no split: it is then drawn.
  const [{ ids: only } = { ids: undefined }] = given;
  const all = given.length > 1 ? lists : [{ split: undefined, ids: only ?? (await readList(folder, 'trainval')) }];
  if (all.every(({ ids }) => !ids)) throw new UserError(`${join(folder, folders.sets)}: no list of photos; ${layout}`);
  const images = await namesIn(join(folder, folders.images), layout);
  return all.flatMap(({ split, ids = [] }) =>
    ids.map((id) => ({
      name: id,
      image: join(folder, folders.images, images.get(id) ?? `${id}.jpg`),
      split,
      readMask: () => readClasses(join(folder, folders.masks, `${id}.png`), person),
    })),
  );
}

/**
 * Names of picture files by what stands before their ending. Whatever else lies beside them (annotations, raw files) is left alone.
 * @param expected what the error says of a folder that does not exist
 * @throws UserError when there is no such folder, or two pictures have one name
 */
export async function namesIn(folder: string, expected: string): Promise<Map<string, string>> {
  const kind = await stat(folder).catch(() => undefined);
  if (!kind?.isDirectory()) throw new UserError(`${folder}: no such folder; ${expected}`);
  const found = new Map<string, string>();
  for (const name of (await readdir(folder)).filter((file) => picture.test(file)).sort()) {
    const stem = name.replace(picture, '');
    const other = found.get(stem);
    if (other !== undefined) throw new UserError(`${folder}: ${other} and ${name} have one name; remove one of them`);
    found.set(stem, name);
  }
  return found;
}

const picture = /\.(?:jpe?g|png|webp|tiff?|avif|gif|bmp)$/i;

async function readList(folder: string, name: string): Promise<string[] | undefined> {
  const text = await readOptional(join(folder, folders.sets, `${name}.txt`));
  // Lists of one class have a second column.
  return text
    ?.toString()
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[0]!)
    .filter((id) => id !== '');
}

/** How a label marks persons: by a color, or by the number of their class. */
interface Label {
  readonly color: Color;
  readonly index: number;
}

async function personLabel(folder: string): Promise<Label> {
  const file = join(folder, 'labelmap.txt');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { color: pascal.person, index: pascal.personClass };
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const index = lines.findIndex((line) => /^person:/i.test(line));
  const color = lines[index]?.split(':')[1]?.split(',').map(Number);
  if (color?.length === 3 && color.every((c) => c >= 0 && c < 256)) return { color: color as unknown as Color, index };
  throw new UserError(`${file}: has no line "person:RED,GREEN,BLUE::"; name the label that means persons so`);
}

async function readClasses(path: string, person: Label): Promise<Mask> {
  const decoder = sharp(path);
  const { channels, isPalette } = await decoder.metadata();
  const byNumber = channels === 1 && !isPalette;
  const { data, info } = await (byNumber ? decoder.toColorspace('b-w') : decoder.toColorspace('srgb').removeAlpha())
    .raw()
    .toBuffer({ resolveWithObject: true });
  const mask = new Uint8Array(info.width * info.height);
  const is = (at: number, [r, g, b]: Color): boolean => data[at] === r && data[at + 1] === g && data[at + 2] === b;
  for (let i = 0; i < mask.length; i++) {
    const label = byNumber ? data[i]! : undefined;
    if (label === undefined ? is(3 * i, person.color) : label === person.index) mask[i] = MaskValue.person;
    else if (label === undefined ? is(3 * i, pascal.ignore) : label === pascal.ignoreClass) mask[i] = MaskValue.ignore;
  }
  return { width: info.width, height: info.height, data: mask };
}
