import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EndToEnd, wayStages } from '../../../src/contracts/end-to-end.ts';
import { decodePicture } from '../../../src/data/pictures.ts';
import { describeTimes, fixturePhotos } from '../../../src/pipeline/commands/end-to-end.ts';
import { runEndToEnd } from '../../../src/pipeline/index.ts';
import { createProgress } from '../../../src/pipeline/progress.ts';
import { conventionModel } from '../../runtime/conventions.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'way-'));
  writeFileSync(join(folder, 'model.onnx'), conventionModel());
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (photos: readonly string[]) =>
  runEndToEnd({
    progress: createProgress({ write: () => {} }, { tty: false }),
    signal: new AbortController().signal,
    model: join(folder, 'model.onnx'),
    modelSettings: {},
    photos,
    background: 'blur',
    edges: 'hard',
    threads: 1,
  });

it('measures every stage of the photos that are given', async () => {
  const photo = join(folder, 'photo.png');
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#804020' } })
    .png()
    .toFile(photo);
  const { json, summary } = await run([photo]);
  const { stages, total, photos, runs, rounds, fps } = json as EndToEnd;
  expect(photos).toEqual([{ name: 'photo.png', width: 40, height: 30 }]);
  expect(runs).toBe(rounds);
  for (const stage of wayStages) {
    const { p50, p5, p95 } = stages[stage];
    expect(p50.value).toBeGreaterThan(0);
    expect(p5).toBeLessThanOrEqual(p50.value);
    expect(p95).toBeGreaterThanOrEqual(p50.value);
    expect(total.p50.value).toBeGreaterThan(p50.value);
  }
  expect(fps).toBeCloseTo(1000 / total.p50.value, 6);
  expect(summary).toContain('1 photo of 40 x 30');
  await expect(run([join(folder, 'none.jpg')])).rejects.toThrow(/none\.jpg: cannot be decoded/);
});

it('has photos of its own', async () => {
  const photos = await fixturePhotos();
  expect(photos).toHaveLength(4);
  for (const photo of photos) expect((await decodePicture(photo)).width).toBeGreaterThan(0);
});

it('the total is that of each photo, not of the medians of stages', () => {
  const times = (decode: number, compose: number) => ({ decode, resize: 0, network: 0, matte: 0, compose });
  const { stages, total } = describeTimes([[times(1, 9), times(9, 1), times(2, 8)]]);
  expect(stages.decode.p50.value + stages.compose.p50.value).toBe(2 + 8);
  expect(total.p50.value).toBe(10);
  expect(describeTimes([[times(1, 1), times(5, 9), times(9, 5)]]).total.p50.value).toBe(14);
});
