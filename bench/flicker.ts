// How much masks of a video flicker, with the filter against it and without: pans over photos whose masks are known, with a sensor's noise and
// changes of light. A window as large as the network's input moves over the photo by whole pixels, so that the pan can be taken out exactly.
// Usage: node bench/run.mjs flicker MODEL... --data FOLDER [--count 12] [--frames 12] [--seed 1]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { openDataset } from '../src/data/dataset.ts';
import type { Photo } from '../src/data/images.ts';
import { decodePicture, lumaOf, type RgbPicture, resizePicture, toPlanes } from '../src/data/pictures.ts';
import { createRandom, type Random } from '../src/lib/random.ts';
import { createTemporalFilter } from '../src/matting/temporal.ts';
import { type ChangeCounts, changedShare, countChanges, edgeBand } from '../src/metrics/boundary.ts';
import { addCounts, type Counts, countPixels, iouOf } from '../src/metrics/miou.ts';
import { openSegmentation, type SegmentationModel } from '../src/runtime/segmentation.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    count: { type: 'string', default: '12' },
    frames: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
  },
});
if (positionals.length === 0 || !values.data)
  throw new Error('usage: node bench/run.mjs flicker MODEL... --data FOLDER [--count 12] [--frames 12] [--seed 1]');
const { val } = await openDataset([{ folder: values.data, weight: 1 }]);
const order = createRandom(Number(values.seed), 'flicker').permutation(val.length);
const photos = order.slice(0, Number(values.count)).map((i) => val[i]!);

/** The photo is this much larger than the window. */
const room = 1.3;
/** Levels of brightness. */
const noise = 3;
/** Largest change of light. */
const light = 0.03;

interface Frame {
  readonly picture: RgbPicture;
  /** 0 background, 255 person, 128 ignored. */
  readonly mask: Uint8Array;
  /** By how much the scene has moved since the frame before (right, down). */
  readonly move: readonly [number, number];
}

async function pan(photo: Photo, size: { width: number; height: number }, random: Random): Promise<Frame[]> {
  const { width, height } = size;
  const [wide, high] = [Math.ceil(room * width), Math.ceil(room * height)];
  const whole = await resizePicture(await decodePicture(photo.image), { width: wide, height: high });
  const labels = await sharp(photo.mask!)
    .resize(wide, high, { fit: 'fill', kernel: 'nearest' })
    .toColorspace('b-w')
    .raw()
    .toBuffer();
  const count = Number(values.frames);
  const step = [1 + random.int(2), random.int(3) - 1] as const;
  const [left0, top0] = [0, step[1] < 0 ? high - height : 0];
  const phase = 2 * Math.PI * random.uniform();
  return Array.from({ length: count }, (_, t) => {
    const left = Math.min(wide - width, left0 + step[0] * t);
    const top = Math.min(high - height, Math.max(0, top0 + step[1] * t));
    const gain = 1 + light * Math.sin(phase + t);
    const rgb = new Uint8ClampedArray(3 * width * height);
    const mask = new Uint8Array(width * height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const from = (top + y) * wide + left + x;
        mask[y * width + x] = labels[from]!;
        for (let c = 0; c < 3; c++)
          rgb[3 * (y * width + x) + c] = gain * whole.rgb[3 * from + c]! + noise * random.normal();
      }
    const before = [
      Math.min(wide - width, left0 + step[0] * (t - 1)),
      Math.min(high - height, Math.max(0, top0 + step[1] * (t - 1))),
    ] as const;
    const picture = { rgb: new Uint8Array(rgb.buffer), width, height };
    return { picture, mask, move: [before[0] - left, before[1] - top] as const };
  });
}

/** One model over all pans, with the filter and without, and the milliseconds of network and filter. */
async function watch(model: SegmentationModel) {
  const kinds = ['alone', 'filtered'] as const;
  const changes: Record<(typeof kinds)[number], ChangeCounts[]> = { alone: [], filtered: [] };
  const counts: Record<(typeof kinds)[number], Counts[]> = { alone: [], filtered: [] };
  const ms = { network: [] as number[], filter: [] as number[] };
  const { width, height } = model;
  for (const [i, photo] of photos.entries()) {
    const frames = await pan(photo, model, createRandom(Number(values.seed), 'pan', i));
    const filter = createTemporalFilter(width, height);
    const last: Partial<Record<(typeof kinds)[number], Uint8Array>> = {};
    let band: Uint8Array | undefined;
    for (const { picture, mask, move } of frames) {
      let start = performance.now();
      const map = await model.predict({ images: toPlanes(picture), width, height });
      ms.network.push(performance.now() - start);
      if (map.width !== width || map.height !== height) throw new Error('the mask must be as large as the input');
      const luma = lumaOf(picture);
      start = performance.now();
      const steady = filter.next(map.probability, luma).slice();
      ms.filter.push(performance.now() - start);
      for (const kind of kinds) {
        const person = Uint8Array.from(kind === 'alone' ? map.probability : steady, (p) => (p >= 0.5 ? 1 : 0));
        counts[kind].push(countPixels(person, mask));
        const before = last[kind];
        if (before && band) changes[kind].push(countChanges(before, person, band, [height, width], move));
        last[kind] = person;
      }
      band = edgeBand(mask, [height, width]);
    }
  }
  const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
  const resultOf = (kind: (typeof kinds)[number]) => ({
    changed: changedShare(changes[kind]),
    miou: iouOf(addCounts(counts[kind])).miou,
  });
  return {
    alone: resultOf('alone'),
    filtered: resultOf('filtered'),
    network: median(ms.network),
    filter: median(ms.filter),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
console.log(`${photos.length} pans of ${values.frames} frames, one thread`);
for (const path of positionals) {
  const model = await openSegmentation({ name: path, bytes: readFileSync(path) }, {}, 1);
  const { alone, filtered, network, filter } = await watch(model);
  await model.release();
  console.log(`${path} (${model.height} x ${model.width})`);
  console.log(`  network alone  ${percent(alone.changed)} of the boundary band changes, mIoU ${percent(alone.miou)}`);
  console.log(`  with filter    ${percent(filtered.changed)} of it changes, mIoU ${percent(filtered.miou)}`);
  console.log(
    `  filter ${filter.toFixed(3)} ms, network ${network.toFixed(2)} ms; ${percent(filter / (1000 / 30))} of a frame at 30 a second`,
  );
}
