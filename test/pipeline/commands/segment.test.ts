import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Segmentation } from '../../../src/contracts/segmentation.ts';
import { probeVideo, readFrames } from '../../../src/data/video.ts';
import { UserError } from '../../../src/lib/errors.ts';
import { runSegment } from '../../../src/pipeline/commands/segment.ts';
import type { SegmentOptions } from '../../../src/pipeline/options.ts';
import { conventionModel } from '../../runtime/conventions.ts';

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'segment-'));
  writeFileSync(join(folder, 'model.onnx'), conventionModel());
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const person = [250, 90, 60];
const backdrop = [0, 220, 230];

function ffmpeg(...args: string[]): void {
  const made = spawnSync('ffmpeg', ['-v', 'error', ...args]);
  expect(made.status, String(made.stderr)).toBe(0);
}

/** A red disk on turquoise: what the model of the tests takes for a person. */
async function photo(width: number, height: number, at = 0.5): Promise<Buffer> {
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, k) => {
    const [x, y] = [Math.floor(k / 3) % width, Math.floor(k / 3 / width)];
    const inside = Math.hypot(x - at * width, y - 0.5 * height) < 0.3 * Math.min(width, height);
    return (inside ? person : backdrop)[k % 3]!;
  });
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

function run(options: Partial<SegmentOptions>): Promise<Segmentation> {
  const silent = { stage: () => ({ update: () => {}, done: () => {} }), note: () => {} };
  return runSegment({
    model: join(folder, 'model.onnx'),
    modelSettings: {},
    inputs: [join(folder, 'in')],
    frames: false,
    out: join(folder, 'out'),
    format: 'png',
    edges: 'soft',
    threads: 1,
    progress: silent,
    signal: new AbortController().signal,
    ...options,
  }).then(({ json }) => json as Segmentation);
}

async function pixels(name: string): Promise<{ data: Buffer; channels: number; width: number; height: number }> {
  const { data, info } = await sharp(join(folder, 'out', name))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, channels: info.channels, width: info.width, height: info.height };
}

async function photos(): Promise<void> {
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'in', 'a.png'), await photo(96, 80));
  writeFileSync(join(folder, 'in', 'b.png'), await photo(60, 100));
}

describe('photos', () => {
  test('a cut-out has the person’s pixels, opaque, and nothing around them', async () => {
    await photos();
    const { files, fps } = await run({});
    expect(files.map(({ outputs }) => outputs.map((path) => path.split('/').at(-1)))).toEqual([
      ['a.cutout.png'],
      ['b.cutout.png'],
    ]);
    expect(fps).toBeGreaterThan(0);
    const { data, channels, width, height } = await pixels('a.cutout.png');
    expect([channels, width, height]).toEqual([4, 96, 80]);
    const middle = 4 * (40 * 96 + 48);
    expect([...data.subarray(middle, middle + 4)]).toEqual([...person, 255]);
    expect(data[3]).toBe(0);
    // 0.3 of the shorter side: an area of pi * 24^2.
    expect(files[0]!.personShare).toBeCloseTo((Math.PI * 24 ** 2) / (96 * 80), 1);
  });

  test('a composite has the background’s color, and the edge a mixture of both, not of the old background', async () => {
    await photos();
    await run({ background: { color: [200, 0, 200] }, write: ['composite', 'mask', 'overlay'] });
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(
      ['a', 'b'].flatMap((name) => ['composite.jpg', 'mask.png', 'overlay.jpg'].map((kind) => `${name}.${kind}`)),
    );
    const { data } = await pixels('a.composite.jpg');
    expect(data[0]).toBeGreaterThan(180);
    expect(data[1]).toBeLessThan(20);
    const mask = await pixels('a.mask.png');
    expect(mask.data[mask.channels * (40 * 96 + 48)]).toBe(255);
    expect(mask.data[0]).toBe(0);
  });

  test('a blurred background keeps the colors of the background, without the person’s', async () => {
    await photos();
    await run({ background: 'blur' });
    const { data } = await pixels('a.composite.jpg');
    // Beside the disk, where a plain blur would be half red.
    const beside = 3 * (40 * 96 + 48 - 30);
    expect(data[beside]).toBeLessThan(60);
  });
});

describe('bad input', () => {
  const message = (options: Partial<SegmentOptions>) =>
    run(options).then(
      () => 'nothing was wrong',
      (error: unknown) => (error instanceof UserError ? error.message : `bug: ${error}`),
    );

  test('is named before anything is written', async () => {
    await photos();
    mkdirSync(join(folder, 'empty'));
    const a = join(folder, 'in', 'a.png');
    expect(await message({ inputs: [join(folder, 'gone')] })).toContain('gone: no such file or folder');
    expect(await message({ inputs: [join(folder, 'empty')] })).toContain('empty: holds no photos');
    expect(await message({ inputs: [a, a] })).toContain('would have the names of those of');
    expect(await message({ write: ['composite'] })).toContain('needs a background');
    expect(readdirSync(folder)).not.toContain('out');
  });

  test('a video without ffmpeg says what to install', async () => {
    writeFileSync(join(folder, 'call.mp4'), 'x');
    vi.stubEnv('PATH', folder);
    expect(await message({ inputs: [join(folder, 'call.mp4')] })).toContain('needs ffmpeg, which is not installed');
  });
});

describe.runIf(hasFfmpeg)('videos', () => {
  test('every frame is segmented, and the video keeps its size and rate', async () => {
    for (let frame = 0; frame < 6; frame++)
      writeFileSync(join(folder, `f${frame}.png`), await photo(64, 48, 0.4 + 0.04 * frame));
    const video = join(folder, 'pan.mp4');
    ffmpeg('-r', '10', '-i', join(folder, 'f%d.png'), '-pix_fmt', 'yuv420p', video);
    const { files, frames } = await run({ inputs: [video], background: { color: [255, 0, 255] } });
    expect(frames).toBe(6);
    const output = files[0]!.outputs[0]!;
    const facts = await probeVideo(output);
    expect(facts).toMatchObject({ width: 64, height: 48, frameRate: '10/1', frames: 6 });
    const reds: number[] = [];
    for await (const frame of readFrames(output, facts)) reds.push(frame[0]!);
    expect(reds).toHaveLength(6);
    expect(Math.min(...reds)).toBeGreaterThan(180);
  });

  test('a video of varying rate keeps its length, its sound is one that MP4 takes, and it says its colors', async () => {
    const video = join(folder, 'call.mov');
    // Ten frames a second, then two.
    const inputs = ['testsrc=duration=6:size=64x48:rate=10', 'sine=duration=6'].flatMap((source) => [
      ...['-f', 'lavfi', '-i', source],
    ]);
    const varying = ['-vf', "select='lt(n,20)+not(mod(n,5))'", '-fps_mode', 'vfr'];
    ffmpeg(...inputs, ...varying, '-pix_fmt', 'yuv420p', '-c:a', 'pcm_s16le', video);
    const { files, frames } = await run({ inputs: [video] });
    const output = files[0]!.outputs[0]!;
    const shown = spawnSync('ffprobe', [
      ...['-v', 'error', '-show_entries', 'stream=codec_name,duration,color_space', '-of', 'json', output],
    ]);
    const { streams } = JSON.parse(String(shown.stdout)) as { streams: Record<string, string>[] };
    const [picture, sound] = streams;
    expect(picture).toMatchObject({ codec_name: 'h264', color_space: 'bt709' });
    expect(sound!.codec_name).toBe('aac');
    expect(Math.abs(Number(picture!.duration) - 6)).toBeLessThan(0.6);
    const facts = await probeVideo(output);
    expect(facts.sound).toBe('aac');
    expect(facts.frames).toBe(frames);
  });

  test('a file that is no video is an error, and leaves nothing behind', async () => {
    writeFileSync(join(folder, 'bad.mp4'), 'not a video');
    await expect(run({ inputs: [join(folder, 'bad.mp4')] })).rejects.toThrow(UserError);
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
  });
});
