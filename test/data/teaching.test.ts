// What teachers say is mixed into the labels as cross-entropy to both would have it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teach } from '../../src/data/teaching.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teaching-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function map(name: string, levels: number[], width: number): Promise<string> {
  const path = join(folder, name);
  const raw = { width, height: levels.length / width, channels: 1 as const };
  await sharp(Uint8Array.from(levels), { raw }).png().toFile(path);
  return path;
}

describe('teach', () => {
  it('mixes masks and the mean of the teachers; where there is no label, the teachers alone speak', async () => {
    const maps = [await map('a.png', [0, 100, 200, 60], 2), await map('b.png', [100, 100, 100, 100], 2)];
    const labels = { person: Uint8Array.of(255, 0, 255, 0), labeled: Uint8Array.of(255, 255, 0, 51) };
    const taught = await teach(labels, { width: 2, height: 2 }, { maps, weight: 0.25 });
    // Means 50, 100, 150, 80; the last pixel is labeled to a fifth, so its mask counts 0.15 against 0.25.
    expect([...taught.person]).toEqual([204, 25, 150, 50]);
    expect([...taught.labeled]).toEqual([255, 255, 255, 255]);
    expect(await teach(labels, { width: 2, height: 2 }, { maps, weight: 0 })).toBe(labels);
  });

  it('takes maps of any size', async () => {
    const labels = { person: new Uint8Array(36), labeled: new Uint8Array(36).fill(255) };
    const coarse = await map('c.png', [0, 255, 0, 255], 2);
    const { person } = await teach(labels, { width: 6, height: 6 }, { maps: [coarse], weight: 1 });
    expect([person[0], person[5], person[30], person[35]]).toEqual([0, 255, 0, 255]);
  });
});
