import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../src/lib/random.ts';
import { createTemporalFilter } from '../../src/matting/temporal.ts';

const [width, height] = [96, 80];

/** A textured scene that is larger than the frame, with a person (a disk) in it. */
function scene(random: Random) {
  const waves = Array.from(
    { length: 12 },
    () => [random.normal() / 8, random.normal() / 8, 7 * random.uniform()] as const,
  );
  const luma = (x: number, y: number): number =>
    waves.reduce((sum, [u, v, phase]) => sum + 10 * Math.sin(u * x + v * y + phase), 128);
  const person = (x: number, y: number): number => (Math.hypot(x - 80, y - 80) < 24 ? 1 : 0);
  const frame = (left: number, top: number, noise: number) => {
    const probability = new Float32Array(width * height);
    const brightness = new Uint8Array(width * height);
    const truth = new Uint8Array(width * height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        truth[i] = person(left + x, top + y);
        const distance = 24 - Math.hypot(left + x - 80, top + y - 80);
        const logit = distance + noise * random.normal();
        probability[i] = 1 / (1 + Math.exp(-logit));
        brightness[i] = Math.min(255, Math.max(0, luma(left + x, top + y) + 3 * random.normal()));
      }
    return { probability, brightness, truth };
  };
  return { frame };
}

/** Pixels that change from frame to frame once the pan is taken out, and pixels that are wrong. */
function watch(filtered: boolean): { changed: number; wrong: number } {
  const random = createRandom(7, 'pan');
  const { frame } = scene(random);
  const filter = createTemporalFilter(width, height);
  let changed = 0;
  let wrong = 0;
  let before: Float32Array | undefined;
  const pan = [2, -1] as const;
  for (let t = 0; t < 12; t++) {
    const { probability, brightness, truth } = frame(24 + pan[0] * t, 40 + pan[1] * t, 0.6);
    const mask = (filtered ? filter.next(probability, brightness) : probability).slice();
    for (let y = 8; y < height - 8; y++)
      for (let x = 8; x < width - 8; x++) {
        const i = y * width + x;
        const person = mask[i]! >= 0.5;
        if (person !== (truth[i] === 1)) wrong++;
        if (before && before[(y + pan[1]) * width + x + pan[0]]! >= 0.5 !== person) changed++;
      }
    before = mask;
  }
  return { changed, wrong };
}

describe('temporal filter', () => {
  test('takes a third of the flicker out of a noisy edge in a pan, and the mask is not worse', () => {
    const [raw, steady] = [watch(false), watch(true)];
    expect(raw.changed).toBeGreaterThan(200);
    expect(steady.changed).toBeLessThan(0.67 * raw.changed);
    expect(steady.wrong).toBeLessThanOrEqual(raw.wrong);
  });

  test('a person who appears is there in the same frame, and one who leaves is gone', () => {
    const filter = createTemporalFilter(32, 32);
    const luma = new Uint8Array(1024).fill(100);
    const empty = new Float32Array(1024).fill(0.02);
    const full = new Float32Array(1024).fill(0.98);
    filter.next(empty, luma);
    expect(filter.next(full, luma).every((p) => p > 0.9)).toBe(true);
    expect(filter.next(empty, luma).every((p) => p < 0.1)).toBe(true);
  });

  test('the first frame is the network’s own', () => {
    const probability = Float32Array.from({ length: 1024 }, (_, i) => i / 1024);
    expect(createTemporalFilter(32, 32).next(probability, new Uint8Array(1024))).toEqual(probability);
  });
});
