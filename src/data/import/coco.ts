// COCO instances: persons as polygons or run lengths, crowds as "ignore". The format: https://cocodataset.org/#format-data
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../lib/errors.ts';
import { readJson } from '../../lib/files.ts';
import { type Mask, MaskValue } from '../images.ts';
import type { ImportedPhoto } from './write.ts';

const side = z.int().positive();
const runLengths = z.object({
  size: z.tuple([side, side]),
  counts: z.union([z.array(z.int().min(0)), z.string()]),
});
/** Lists of x, y, x, y ... or run lengths. */
const segmentation = z.union([z.array(z.array(z.number()).min(6)).min(1), runLengths]);
type Segmentation = z.infer<typeof segmentation>;

const annotationsSchema = z.object({
  images: z.array(z.object({ id: z.union([z.int(), z.string()]), file_name: z.string(), height: side, width: side })),
  categories: z.array(z.object({ id: z.int(), name: z.string() })),
  annotations: z.array(
    z.object({
      image_id: z.union([z.int(), z.string()]),
      category_id: z.int(),
      segmentation: z.unknown().optional(),
      iscrowd: z.union([z.int(), z.boolean()]).optional(),
    }),
  ),
});

/**
 * The photos of a file of annotations that show persons.
 * @param images folder that the file names of the annotations are in
 * @throws UserError naming the file and what is wrong in it
 */
export async function readCoco(
  file: string,
  images: string,
  split: ImportedPhoto['split'] | undefined,
): Promise<ImportedPhoto[]> {
  const { images: photos, categories, annotations } = await readJson(file, annotationsSchema);
  const person = categories.find(({ name }) => name.toLowerCase() === 'person');
  if (!person) {
    const names = categories.map(({ name }) => name).join(', ') || 'none';
    throw new UserError(`${file}: categories: has no "person" (it has ${names}); rename the one that means persons`);
  }
  const shapes = new Map<number | string, { shape: Segmentation; crowd: boolean }[]>();
  for (const [i, annotation] of annotations.entries()) {
    if (annotation.category_id !== person.id) continue;
    const shape = segmentation.safeParse(annotation.segmentation);
    if (!shape.success)
      throw new UserError(
        `${file}: annotations: ${i}: segmentation: neither polygons of at least three points nor run lengths; boxes alone give no mask`,
      );
    const list = shapes.get(annotation.image_id) ?? [];
    list.push({ shape: shape.data, crowd: Boolean(annotation.iscrowd) });
    shapes.set(annotation.image_id, list);
  }
  return photos
    .filter(({ id }) => shapes.has(id))
    .map(({ id, file_name, height, width }) => ({
      name: file_name,
      image: join(images, file_name),
      split,
      readMask: async () => {
        const mask = { width, height, data: new Uint8Array(width * height) };
        // Crowds first: a person within a crowd then overwrites it.
        for (const crowds of [true, false])
          for (const { shape, crowd } of shapes.get(id)!)
            if (crowd === crowds)
              paint(mask, shape, crowd ? MaskValue.ignore : MaskValue.person, `${file}: ${file_name}`);
        return mask;
      },
    }));
}

function paint(mask: Mask, shape: Segmentation, value: number, where: string): void {
  if (Array.isArray(shape)) {
    for (const polygon of shape) fillPolygon(mask, polygon, value);
    return;
  }
  const [height, width] = shape.size;
  if (height !== mask.height || width !== mask.width)
    throw new Error(
      `${where}: run lengths of ${width} x ${height} pixels for a photo of ${mask.width} x ${mask.height}`,
    );
  const counts = typeof shape.counts === 'string' ? decodeCounts(shape.counts) : shape.counts;
  if (counts.reduce((sum, count) => sum + count, 0) !== height * width)
    throw new Error(`${where}: run lengths do not add up to ${width} x ${height} pixels`);
  fillRuns(mask, counts, value);
}

/**
 * Run lengths from COCO's string. Each character holds five bits of a number, the lowest first, and a sixth that says whether more follow; the fifth bit of
 * the last character is the sign. From the fourth on, a number is the difference to the length two before.
 */
export function decodeCounts(text: string): number[] {
  const counts: number[] = [];
  let at = 0;
  while (at < text.length) {
    let value = 0;
    let shift = 0;
    let more = true;
    while (more) {
      const bits = text.charCodeAt(at++) - 48;
      if (!(bits >= 0 && bits < 64))
        throw new Error('run lengths end within a number, or hold a character that is not a digit of them');
      value |= (bits & 31) << shift;
      shift += 5;
      more = (bits & 32) !== 0;
      if (!more && (bits & 16) !== 0 && shift < 32) value |= -1 << shift;
    }
    counts.push(counts.length > 2 ? value + counts.at(-2)! : value);
  }
  return counts;
}

/** Fills every second run, down the columns from left to right. */
function fillRuns({ width, height, data }: Mask, counts: readonly number[], value: number): void {
  let at = 0;
  for (const [i, count] of counts.entries()) {
    if (i % 2 === 1) for (let j = at; j < at + count; j++) data[(j % height) * width + Math.floor(j / height)] = value;
    at += count;
  }
}

/** Fills the pixels whose centers lie within a polygon (even-odd rule). */
export function fillPolygon({ width, height, data }: Mask, polygon: readonly number[], value: number): void {
  const points = polygon.length / 2;
  for (let y = 0; y < height; y++) {
    const center = y + 0.5;
    const crossings: number[] = [];
    for (let i = 0; i < points; i++) {
      const [x0, y0] = [polygon[2 * i]!, polygon[2 * i + 1]!];
      const next = (i + 1) % points;
      const [x1, y1] = [polygon[2 * next]!, polygon[2 * next + 1]!];
      if (y0 <= center !== y1 <= center) crossings.push(x0 + ((center - y0) / (y1 - y0)) * (x1 - x0));
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const to = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
      if (to > from) data.fill(value, y * width + from, y * width + to);
    }
  }
}
