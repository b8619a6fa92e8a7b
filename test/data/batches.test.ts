// Batches are a pure function of their specification and step, in process and in the worker thread alike.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePortraitSet } from '../../fixtures/generator/portraits.ts';
import { defaultAugmentation } from '../../src/contracts/augmentation.ts';
import { noAugmentation } from '../../src/data/augment.ts';
import { type Batch, type BatchSpec, loadEvaluation, openBatches } from '../../src/data/batches.ts';
import { stepsPerEpoch } from '../../src/data/epochs.ts';
import { type Photo, shareLabels } from '../../src/data/images.ts';
import { UserError } from '../../src/lib/errors.ts';
import { normalization } from '../../src/lib/normalization.ts';
import { loadKernels } from '../../src/runtime/kernels-library.ts';

let folder: string;
let spec: BatchSpec;
const ids = Array.from({ length: 7 }, (_, i) => `000${i + 1}`);
const photo = (id: string): Photo => ({
  id,
  image: join(folder, 'images', `${id}.jpg`),
  mask: join(folder, 'masks', `${id}.png`),
  set: 'portraits',
  weight: 1,
});
// Inside the project, so that the bundle finds its packages.
const workerUrl = pathToFileURL(join(import.meta.dirname, '../../node_modules/.cache/proxyless-ci/test-worker.mjs'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batches-'));
  await writePortraitSet(folder, { train: 7, val: 3, width: 40, height: 56, seed: 2 });
  const photos = ids.map(photo);
  spec = { photos, batch: 3, height: 32, width: 24, seed: 9, stream: 'test', augmentation: defaultAugmentation };
  await build({
    entryPoints: ['src/data/worker.ts'],
    outfile: workerUrl.pathname,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function take(from: BatchSpec, start: number, count: number, url?: URL): Promise<Batch[]> {
  const source = await openBatches(from, start, url ? { workerUrl: url, ahead: 2 } : {});
  try {
    const batches: Batch[] = [];
    for (let i = 0; i < count; i++) batches.push(structuredClone(await source.next()));
    return batches;
  } finally {
    await source.close();
  }
}

describe('openBatches', () => {
  it('gives a resumed run the batches that an uninterrupted one sees', async () => {
    const all = await take(spec, 0, 6);
    expect(await take(spec, 4, 2)).toEqual(all.slice(4));
    expect(all[0]!.images).toHaveLength(3 * 3 * 32 * 24);
    expect(all[1]).not.toEqual((await take({ ...spec, stream: 'other' }, 1, 1))[0]);
  });

  it('visits no sample twice in an epoch and shuffles the next epoch again', async () => {
    expect(stepsPerEpoch(spec)).toBe(2);
    const batches = await take(spec, 0, 8);
    const epochs = [0, 2, 4, 6].map((at) => [...batches[at]!.ids, ...batches[at + 1]!.ids]);
    for (const epoch of epochs) expect(new Set(epoch).size).toBe(6);
    expect(new Set(epochs.map((epoch) => epoch.join())).size).toBeGreaterThan(1);
  });

  it('repeats samples where there are fewer than a batch holds, each changed by itself', async () => {
    const few = { ...spec, photos: spec.photos.slice(0, 2), batch: 5 };
    expect(stepsPerEpoch(few)).toBe(1);
    const [batch] = await take(few, 0, 1);
    expect(batch!.ids).toHaveLength(5);
    expect(new Set(batch!.ids).size).toBe(2);
    const pixels = 3 * 32 * 24;
    expect(batch!.ids[2]).toBe(batch!.ids[0]);
    expect(batch!.images.subarray(2 * pixels, 3 * pixels)).not.toEqual(batch!.images.subarray(0, pixels));
  });

  it.each([
    ['copied', false] as const,
    ...(loadKernels() ? [['in shared memory, by the native kernels', true] as const] : []),
  ])(
    'gives the same batches from the worker thread, %s, also when the caller blocks its event loop',
    async (_, native) => {
      const expected = await take(spec, 3, 7);
      const source = await openBatches(spec, 3, { workerUrl, ahead: 2, native });
      try {
        for (const batch of expected) {
          const got = await source.next();
          expect(got.images.buffer instanceof SharedArrayBuffer).toBe(native);
          // Meanwhile the worker makes all that it may, and leaves this one alone.
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
          expect({ ...got, images: [...got.images] }).toEqual({ ...batch, images: [...batch.images] });
        }
      } finally {
        await source.close();
      }
    },
  );

  it('replaces backgrounds as often as asked, the same ones again in a resumed run', async () => {
    const plain = await take({ ...spec, augmentation: noAugmentation }, 0, 4);
    const replaced = await take({ ...spec, augmentation: { ...noAugmentation, background: 1 } }, 0, 4);
    expect(replaced.map(({ targets }) => targets)).toEqual(plain.map(({ targets }) => targets));
    expect(replaced.map(({ images }) => images)).not.toEqual(plain.map(({ images }) => images));
    expect(await take({ ...spec, augmentation: { ...noAugmentation, background: 1 } }, 2, 2)).toEqual(
      replaced.slice(2),
    );
  });

  it('reports a vanished photo as an error of the user, in process and from the worker', async () => {
    const gone = { ...spec, photos: [photo('0001'), photo('gone')] };
    await expect(take(gone, 0, 1)).rejects.toThrow(UserError);
    await expect(take(gone, 0, 1, workerUrl)).rejects.toThrow(/gone\.jpg: cannot be decoded/);
    await expect(take(gone, 0, 1, workerUrl)).rejects.toBeInstanceOf(UserError);
  });

  it('says so when the worker cannot run', async () => {
    const missing = new URL('no-such-worker.mjs', workerUrl);
    await expect(take(spec, 0, 1, missing)).rejects.toThrow(/no-such-worker/);
  });
});

describe('loadEvaluation', () => {
  it('gives every sample once, in order, with its mask as on disk', async () => {
    const batches = [];
    for await (const batch of loadEvaluation(spec.photos, 32, 24, 3)) batches.push(batch);
    expect(batches.map((batch) => batch.ids.length)).toEqual([3, 3, 1]);
    expect(batches.flatMap((batch) => batch.ids)).toEqual(ids);
    const mask = batches[2]!.masks[0]!;
    expect([mask.width, mask.height]).toEqual([40, 56]);
    const onDisk = await sharp(join(folder, 'masks/0007.png')).toColorspace('b-w').raw().toBuffer();
    expect(Buffer.compare(Buffer.from(mask.data), onDisk)).toBe(0);
  });

  it('sees what training without augmentation sees, but for the pixels that training keeps for its crops', async () => {
    const [trained] = await take({ ...spec, augmentation: noAugmentation }, 0, 1);
    for await (const { images, targets, pixelWeights } of loadEvaluation(trained!.ids.map(photo), 32, 24, 3)) {
      const apart = (a: Float32Array, b: Float32Array): number =>
        a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
      expect(apart(images, trained!.images)).toBeLessThan(0.1);
      expect(apart(targets, trained!.targets)).toBeLessThan(0.03);
      expect(apart(pixelWeights, trained!.pixelWeights)).toBeLessThan(0.01);
    }
  });

  it('resizes photos as Pillow does: a triangle filter as wide as the reduction, half-pixel centers', async () => {
    const [width, height] = [24, 32];
    const source = await sharp(join(folder, 'images/0001.jpg')).raw().toBuffer({ resolveWithObject: true });
    const expected = triangle(source.data, source.info, { width, height });
    for await (const { images } of loadEvaluation([photo('0001')], height, width, 1)) {
      const { mean, std } = normalization;
      let sum = 0;
      for (let i = 0; i < images.length; i++) {
        const channel = Math.floor(i / (width * height));
        sum += Math.abs(255 * (images[i]! * std[channel]! + mean[channel]!) - expected[i]!);
      }
      // In gray levels; rounding alone is 0.25, and interpolation between two pixels is off by 2.5.
      expect(sum / images.length).toBeLessThan(0.6);
    }
  });
});

describe('labels of another size', () => {
  it('are shares of areas, and unlabeled parts have no say', () => {
    const data = Uint8Array.of(255, 0, 128, 255, 255, 128, 0, 0, 0);
    const { person, labeled } = shareLabels({ width: 3, height: 3, data }, 1, 1);
    expect([person[0], labeled[0]]).toEqual([Math.round((255 * 3) / 7), Math.round((255 * 7) / 9)]);
    const halves = shareLabels({ width: 3, height: 3, data }, 2, 3);
    // Left half of the first row: one pixel of person and half a one of background.
    expect(halves.person[0]).toBe(170);
    // Right half: half a pixel of background, one without label.
    expect([halves.person[1], halves.labeled[1]]).toEqual([0, 85]);
    expect(shareLabels({ width: 3, height: 3, data }, 3, 3).person).toEqual(
      Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 0, 0),
    );
  });
});

/** Pillow's resize with BILINEAR, in float64: [3, height, width]. */
function triangle(
  rgb: Uint8Array,
  from: { width: number; height: number },
  to: { width: number; height: number },
): number[] {
  const taps = (size: number, outputs: number): number[][] =>
    Array.from({ length: outputs }, (_, i) => {
      const factor = Math.max(1, size / outputs);
      const center = ((i + 0.5) * size) / outputs;
      const weights = Array.from({ length: size }, (_, j) => Math.max(0, 1 - Math.abs(j + 0.5 - center) / factor));
      const sum = weights.reduce((a, b) => a + b);
      return weights.map((w) => w / sum);
    });
  const rows = taps(from.height, to.height);
  const columns = taps(from.width, to.width);
  const result: number[] = [];
  for (let channel = 0; channel < 3; channel++)
    for (const row of rows)
      for (const column of columns) {
        let sum = 0;
        row.forEach((wy, y) => {
          if (wy > 0)
            column.forEach((wx, x) => {
              sum += wy * wx * rgb[(y * from.width + x) * 3 + channel]!;
            });
        });
        result.push(sum);
      }
  return result;
}
