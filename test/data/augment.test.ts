// Augmentation: image and mask go through one geometry, labels stay true, and no change is the plain resize.

import { describe, expect, it } from 'vitest';
import { type Augmentation, defaultAugmentation } from '../../src/contracts/augmentation.ts';
import { type AugmentOptions, augment, noAugmentation, resizeWhole } from '../../src/data/augment.ts';
import { findBackdrop } from '../../src/data/backdrops.ts';
import { type Sample, shareLabels } from '../../src/data/images.ts';
import { nativePixels } from '../../src/data/native-pixels.ts';
import { type AugmentTarget, normalizedColors, plainPixels, unchanged } from '../../src/data/pixels.ts';
import { normalization } from '../../src/lib/normalization.ts';
import { createRandom } from '../../src/lib/random.ts';
import { loadKernels } from '../../src/runtime/kernels-library.ts';

const side = 48;

function output(height = side, width = side): AugmentTarget {
  const pixels = height * width;
  return {
    height,
    width,
    image: new Float32Array(3 * pixels),
    target: new Float32Array(pixels),
    weight: new Float32Array(pixels),
  };
}

/** A lopsided person: red where the mask says person, blue elsewhere; ignored in a corner. */
function sampleOf(width: number, height: number): Sample {
  const rgb = new Uint8Array(width * height * 3);
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const person = (x / width - 0.35) ** 2 + (y / height - 0.6) ** 2 < 0.07;
      mask[i] = x > width * 0.9 && y < height * 0.1 ? 128 : person ? 255 : 0;
      rgb[i * 3] = person ? 255 : 0;
      rgb[i * 3 + 2] = person ? 0 : 255;
    }
  }
  return { width, height, rgb, ...shareLabels({ width, height, data: mask }, width, height) };
}

function apply(
  augmentation: Augmentation,
  seed: number,
  sample = sampleOf(62, 83),
  options: AugmentOptions = {},
): AugmentTarget {
  const out = output();
  augment(sample, augmentation, createRandom(seed, 'augment'), out, options);
  return out;
}

/** Red as it was on [0, 1]. */
function red(out: AugmentTarget, pixel: number): number {
  return out.image[pixel]! * normalization.std[0] + normalization.mean[0];
}

describe('augment', () => {
  it.each([
    ['crops and scales', { ...noAugmentation, scale: [0.3, 1.3] as const, aspect: 0.2 }],
    ['flips', { ...noAugmentation, flip: 1 }],
    [
      'does all at once but color and cutout',
      { ...defaultAugmentation, cutout: 0, brightness: 0, contrast: 0, color: 0 },
    ],
  ])('keeps image and mask aligned when it %s', (_, augmentation) => {
    for (let seed = 0; seed < 20; seed++) {
      const out = apply(augmentation, seed);
      let labeled = 0;
      let wrong = 0;
      for (let pixel = 0; pixel < side * side; pixel++) {
        if (out.weight[pixel]! < 1) continue;
        labeled++;
        // The red of an edge is the person's share of it, but for sharpening.
        if (red(out, pixel) > 0.5 !== out.target[pixel]! > 0.5) wrong++;
      }
      expect(labeled).toBeGreaterThan(side * side * 0.5);
      expect(wrong / labeled).toBeLessThan(0.02);
    }
  });

  it('flips columns and nothing else', () => {
    const plain = apply(noAugmentation, 1);
    const flipped = apply({ ...noAugmentation, flip: 1 }, 1);
    const pixel = (x: number, y: number): number => y * side + x;
    for (const [x, y] of [
      [3, 5],
      [17, 30],
      [40, 28],
    ] as const) {
      expect(flipped.image[pixel(x, y)]).toBeCloseTo(plain.image[pixel(side - 1 - x, y)]!, 4);
      expect(flipped.target[pixel(x, y)]).toBeCloseTo(plain.target[pixel(side - 1 - x, y)]!, 5);
    }
    expect(flipped.target).not.toEqual(plain.target);
  });

  it('without any strength is the plain resize, normalized', () => {
    const sample = sampleOf(62, 83);
    const whole = output();
    resizeWhole(sample, whole);
    expect(apply(noAugmentation, 3, sample)).toEqual(whole);

    const same = output(83, 62);
    resizeWhole(sample, same);
    for (const pixel of [0, 61, 62 * 50 + 20]) {
      for (let channel = 0; channel < 3; channel++) {
        const expected =
          (sample.rgb[pixel * 3 + channel]! / 255 - normalization.mean[channel]!) / normalization.std[channel]!;
        expect(same.image[channel * 83 * 62 + pixel]).toBeCloseTo(expected, 5);
      }
    }
  });

  it('gives ignored pixels, and the margin around a shrunk photo, no weight', () => {
    const plain = apply(noAugmentation, 1);
    expect(plain.weight[side - 2]).toBe(0);
    expect(plain.weight.reduce((sum, weight) => sum + weight, 0)).toBeGreaterThan(side * side * 0.98);

    const shrunk = apply({ ...noAugmentation, scale: [4, 4] }, 1);
    const labeled = shrunk.weight.reduce((sum, weight) => sum + weight, 0);
    expect(labeled / side ** 2).toBeGreaterThan(0.2);
    expect(labeled / side ** 2).toBeLessThan(0.3);
    for (let pixel = 0; pixel < side * side; pixel++) {
      if (shrunk.weight[pixel] === 0 && shrunk.target[pixel] !== 0) expect.fail('a label without weight');
    }
  });

  it('cuts out pixels, not labels', () => {
    const plain = apply(noAugmentation, 4);
    const cut = apply({ ...noAugmentation, cutout: 0.8 }, 4);
    expect(cut.target).toEqual(plain.target);
    expect(cut.weight).toEqual(plain.weight);
    const erased = cut.image.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
    expect(erased).toBeGreaterThan(0);
    expect(erased).toBeLessThan(cut.image.length * 0.7);
  });

  it('changes light within the range of a photo, and smooths or sharpens edges', () => {
    const light = { ...noAugmentation, brightness: 0.4, contrast: 0.5, color: 0.1 };
    const contrasts = new Set<number>();
    for (let seed = 0; seed < 10; seed++) {
      const out = apply(light, seed);
      for (let pixel = 0; pixel < side * side; pixel++) {
        expect(red(out, pixel)).toBeGreaterThan(-1e-5);
        expect(red(out, pixel)).toBeLessThan(1 + 1e-5);
      }
      contrasts.add(out.image[0]!);
    }
    expect(contrasts.size).toBeGreaterThan(3);

    const roughness = (out: AugmentTarget): number => {
      let sum = 0;
      for (let i = 1; i < side * side; i++) sum += (out.image[i]! - out.image[i - 1]!) ** 2;
      return sum;
    };
    const plain = roughness(apply(noAugmentation, 0));
    const changed = Array.from({ length: 20 }, (_, seed) => roughness(apply({ ...noAugmentation, blur: 0.8 }, seed)));
    expect(changed.some((value) => value < plain * 0.95)).toBe(true);
    expect(changed.some((value) => value > plain * 1.05)).toBe(true);
    expect(changed.some((value) => value === plain)).toBe(true);
  });

  it('puts the backdrop where the mask says background, and nowhere else', () => {
    const sample = sampleOf(62, 83);
    const green = {
      ...sampleOf(40, 30),
      rgb: Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => (i % 3 === 1 ? 255 : 0)),
    };
    const window = { left: 5, top: 3, width: 20, height: 20, flip: true };
    const plain = apply(noAugmentation, 2, sample);
    const changed = apply(noAugmentation, 2, sample, { backdrop: { sample: green, window, scratch: output() } });
    expect([changed.target, changed.weight]).toEqual([plain.target, plain.weight]);
    const plane = side * side;
    for (let pixel = 0; pixel < plane; pixel++) {
      const shown = plain.weight[pixel]! * (1 - plain.target[pixel]!);
      const level = changed.image[plane + pixel]! * normalization.std[1] + normalization.mean[1];
      expect(level).toBeCloseTo(shown, 5);
    }
  });

  it('finds backdrops that show nobody, and none where somebody is everywhere', () => {
    const sample = sampleOf(62, 83);
    let found = 0;
    for (let seed = 0; seed < 50; seed++) {
      const window = findBackdrop(sample, createRandom(seed, 'window'));
      if (!window) continue;
      found++;
      let people = 0;
      for (let y = window.top; y < window.top + window.height; y++)
        for (let x = window.left; x < window.left + window.width; x++) people += sample.person[y * 62 + x]! / 255;
      expect(people / (window.width * window.height)).toBeLessThan(0.01);
    }
    expect(found).toBeGreaterThan(10);
    const crowd = { ...sample, person: sample.person.map(() => 255) };
    expect(findBackdrop(crowd, createRandom(1, 'window'))).toBeUndefined();
  });
});

/** Random pixels, with everything that labels can be: none, all, and parts. */
function noisySample(seed: number): Sample {
  const random = createRandom(seed, 'noise');
  const [width, height] = [1 + random.int(60), 1 + random.int(60)];
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.int(256));
  const labels = (): Uint8Array => bytes(width * height).map((value) => [0, 255, value][random.int(3)]!);
  return { width, height, rgb: bytes(3 * width * height), person: labels(), labeled: labels() };
}

describe.skipIf(!loadKernels())('the kernels of pixels', () => {
  it('write the bits of the plain passes, whatever the sizes, the window and the changes', () => {
    const pixels = nativePixels();
    for (let seed = 0; seed < 300; seed++) {
      const random = createRandom(seed, 'case');
      const [height, width] = [1 + random.int(50), 1 + random.int(50)];
      const sample = noisySample(seed);
      const other = noisySample(-seed);
      const window = { left: 0, top: 0, width: other.width, height: other.height, flip: seed % 2 === 0 };
      const strengths = {
        ...defaultAugmentation,
        scale: seed % 3 === 0 ? ([0.01, 4] as const) : defaultAugmentation.scale,
      };
      const made = [pixels, plainPixels].map((passes) => {
        const out = output(height, width);
        // What was there before must not matter.
        for (const array of [out.image, out.target, out.weight]) array.fill(Number.NaN);
        const scratch = output(height, width);
        const backdrop = seed % 5 === 0 ? undefined : { sample: other, window, scratch };
        augment(sample, strengths, createRandom(seed, 'augment'), out, { backdrop, pixels: passes });
        return Buffer.concat([out.image, out.target, out.weight].map((array) => Buffer.from(array.buffer)));
      });
      expect(Buffer.compare(made[0]!, made[1]!)).toBe(0);
    }
  });

  it('refuse arrays of another size than the numbers say', () => {
    const pixels = nativePixels();
    const sample = noisySample(1);
    const window = { left: 0, top: 0, width: 9, height: 9, flip: false };
    const colors = normalizedColors(unchanged);
    const out = output(5, 5);
    const run = (changes: object, target = out, inside = window) =>
      pixels.resample({ ...sample, ...changes }, inside, colors, target);
    expect(() => run({ width: sample.width + 1 })).toThrow("the photo's arrays");
    expect(() => run({ height: 0 })).toThrow('a side');
    expect(() => run({}, { ...out, width: 6 })).toThrow('the outputs');
    expect(() => run({}, out, { ...window, left: Number.NaN })).toThrow('the window');
    expect(() => pixels.mixBlur({ ...out, height: 6 }, 0.5)).toThrow('the image');
    expect(() => pixels.replaceBackground(out, out.target)).toThrow('one sample');
  });
});
