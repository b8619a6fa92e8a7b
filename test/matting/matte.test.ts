import { describe, expect, test } from 'vitest';
import { makeForeground } from '../../fixtures/generator/portraits.ts';
import { createRandom } from '../../src/lib/random.ts';
import { estimateForeground } from '../../src/matting/foreground.ts';
import { alphaMatte, BandValue, bandOf } from '../../src/matting/matte.ts';
import { mattingErrors } from '../../src/metrics/matting.ts';

const [width, height] = [192, 240];
const networkPixel = height / 80;

/** A drawn person over a background of vertical stripes, and the mask that a perfect network of 64 x 80 would give. */
async function composite(seed: number) {
  const { foreground, alpha } = await makeForeground(createRandom(seed, 'matte'), width, height);
  const back = (x: number, c: number): number => [60, 140, 200][(Math.floor(x / 12) + c) % 3]!;
  const rgb = Uint8Array.from(foreground, (f, i) => {
    const a = alpha[Math.floor(i / 3)]!;
    return Math.round(a * f + (1 - a) * back(Math.floor(i / 3) % width, i % 3));
  });
  const probability = alpha.map((_, i) => {
    const x = Math.floor((i % width) / networkPixel) * networkPixel;
    const y = Math.floor(Math.floor(i / width) / networkPixel) * networkPixel;
    let sum = 0;
    for (let dy = 0; dy < networkPixel; dy++)
      for (let dx = 0; dx < networkPixel; dx++) sum += alpha[(y + dy) * width + x + dx]!;
    return sum / networkPixel ** 2 >= 0.5 ? 1 : 0;
  });
  const photo = { rgb, width, height };
  return { photo, small: photo, foreground, alpha, probability, networkPixel };
}

describe('alpha matte', () => {
  test('lies at least 30 % closer to the known alpha than the mask it is made from', async () => {
    for (const seed of [1, 2, 3]) {
      const input = await composite(seed);
      const hard = mattingErrors(input.probability, input.alpha, width, height).sad;
      const matte = mattingErrors(alphaMatte(input), input.alpha, width, height).sad;
      expect(matte, `seed ${seed}`).toBeLessThan(0.7 * hard);
    }
  });

  test('is 0 or 1 outside of the band around the edge, as the mask is', async () => {
    const input = await composite(4);
    const band = bandOf(input);
    const matte = alphaMatte(input);
    const sure = Array.from(band, (value, i) => [value, i] as const).filter(([value]) => value !== BandValue.unknown);
    expect(sure.length).toBeGreaterThan(0.7 * band.length);
    for (const [value, i] of sure) {
      expect(matte[i]).toBe(value === BandValue.person ? 1 : 0);
      expect(input.probability[i]).toBe(matte[i]);
    }
  });
});

test('a matte of a photo that is twice the size is nearly as good as one that is made at full size', async () => {
  const input = await composite(6);
  const small = {
    width: width / 2,
    height: height / 2,
    rgb: Uint8Array.from({ length: (3 * width * height) / 4 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % (width / 2), Math.floor(i / 3 / (width / 2))];
      const at = (dx: number, dy: number): number =>
        input.photo.rgb[3 * ((2 * y + dy) * width + 2 * x + dx) + (i % 3)]!;
      return Math.round((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4);
    }),
  };
  const probability = Float32Array.from(
    { length: small.width * small.height },
    (_, i) => input.probability[2 * Math.floor(i / small.width) * width + 2 * (i % small.width)]!,
  );
  const errorOf = (matte: Float32Array): number => mattingErrors(matte, input.alpha, width, height).sad;
  const fast = alphaMatte({ ...input, small, probability, networkPixel: networkPixel / 2 });
  expect(errorOf(fast)).toBeLessThan(1.3 * errorOf(alphaMatte(input)));
});

describe('foreground', () => {
  test('has the person’s colors where person and background mix, not those of the photo', async () => {
    const {
      photo: { rgb },
      alpha,
      foreground,
    } = await composite(5);
    const estimate = estimateForeground(rgb, alpha, width, height);
    const mixed = Array.from(alpha, (a, i) => (a > 0.2 && a < 0.9 ? i : -1)).filter((i) => i >= 0);
    const distance = (colors: Uint8Array): number =>
      mixed.reduce(
        (sum, i) => sum + [0, 1, 2].reduce((s, c) => s + Math.abs(colors[3 * i + c]! - foreground[3 * i + c]!), 0),
        0,
      ) / mixed.length;
    expect(mixed.length).toBeGreaterThan(100);
    expect(distance(estimate)).toBeLessThan(0.6 * distance(rgb));
  });
});
