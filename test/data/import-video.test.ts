// Frames of videos: as photos without masks, and as pairs with those of a video of masks.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePortraitSet } from '../../fixtures/generator/portraits.ts';
import { openDataset } from '../../src/data/dataset.ts';
import { readMask } from '../../src/data/images.ts';
import { extractFrames } from '../../src/data/import/video.ts';
import { runVideo } from '../../src/pipeline/commands/data.ts';
import { createProgress } from '../../src/pipeline/progress.ts';

let folder: string;
const at = (...parts: string[]): string => join(folder, ...parts);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

describe('video', () => {
  const signal = new AbortController().signal;

  it.runIf(hasFfmpeg)('gives a frame in so many seconds, and names a file that is no video', async () => {
    const clip = at('my clip.mp4');
    const source = ['-f', 'lavfi', '-i', 'testsrc=duration=4:size=64x48:rate=10'];
    execFileSync('ffmpeg', ['-loglevel', 'error', ...source, clip]);
    // Ffmpeg counts with %d.
    const frames = await extractFrames(clip, { folder: at('100%d frames'), every: 2, signal });
    expect(frames).toEqual(['my_clip-00001', 'my_clip-00002']);
    expect((await sharp(at('100%d frames/my_clip-00001.jpg')).metadata()).width).toBe(64);
    writeFileSync(at('x.mp4'), 'nothing');
    await expect(extractFrames(at('x.mp4'), { folder: at('frames'), every: 1, signal })).rejects.toThrow(
      /x\.mp4: ffmpeg stopped: /,
    );
  });

  it.runIf(hasFfmpeg)('adds frames to a data folder, replaces none of another video, and adds none twice', async () => {
    await writePortraitSet(at('data'), { train: 2, val: 1, width: 48, height: 64, seed: 3 });
    const film = (name: string, source: string): string => {
      mkdirSync(at(name));
      execFileSync('ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', source, at(name, 'call.mp4')]);
      return at(name, 'call.mp4');
    };
    const add = async (video: string): Promise<unknown> => {
      const progress = createProgress(process.stderr, { tty: false, silent: true });
      const { json } = await runVideo({ video, every: 1, valShare: 0.2, seed: 1, out: at('data'), signal, progress });
      return (json as { frames: string[] }).frames;
    };
    const monday = film('monday', 'testsrc=duration=2:size=64x48:rate=10');
    const tuesday = film('tuesday', 'testsrc2=duration=3:size=64x48:rate=10');
    expect(await add(monday)).toEqual(['call-00001', 'call-00002']);
    const first = readFileSync(at('data/images/call-00001.jpg'));
    const others = ['call-2-00001', 'call-2-00002', 'call-2-00003'];
    expect(await add(tuesday)).toEqual(others);
    expect(await add(tuesday)).toEqual(others);
    expect(readFileSync(at('data/images/call-00001.jpg'))).toEqual(first);
    const { unlabeled } = await openDataset([{ folder: at('data'), weight: 1 }]);
    expect(unlabeled.map(({ id }) => id)).toEqual(['call-00001', 'call-00002', ...others]);
    expect(readdirSync(at('data')).sort()).toEqual(['images', 'masks', 'splits.json']);
  });

  it.runIf(hasFfmpeg)(
    'with a video of masks makes pairs of the same frames, the end of the video being val',
    async () => {
      // A bright disc that moves to the right over noise; the mask's video shows it alone, in another codec and frame for frame.
      const disc = (f: number) => `lte(hypot(X-${f}*N/4-16,Y-24),12)`;
      const film = (expression: string, file: string) =>
        execFileSync('ffmpeg', [
          ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'color=black:size=96x48:rate=4:duration=12'],
          ...['-vf', `geq=lum='${expression}':cb=128:cr=128,format=yuv420p`, '-crf', '10', file],
        ]);
      film(`if(${disc(5)},230,40+40*random(1))`, at('call.mp4'));
      film(`if(${disc(5)},235,16)`, at('alpha.mkv'));
      const settings = {
        every: 1,
        valShare: 0.25,
        seed: 1,
        out: `${at('out')}/`,
        video: at('call.mp4'),
        masks: at('alpha.mkv'),
      };
      const { json } = await runVideo({
        ...settings,
        signal,
        progress: createProgress(process.stderr, { tty: false, silent: true }),
      });
      expect(json).toMatchObject({ train: 9, val: 3 });
      const { train, val } = await openDataset([{ folder: at('out'), weight: 1 }]);
      expect(val.map(({ id }) => id)).toEqual(['call-00010', 'call-00011', 'call-00012']);
      const centers: number[] = [];
      for (const { image, mask } of [...train, ...val]) {
        const { data, width, height } = await readMask(mask!);
        expect([width, height]).toEqual([96, 48]);
        const { data: gray } = await sharp(image).grayscale().raw().toBuffer({ resolveWithObject: true });
        // The mask marks the bright pixels of its own frame.
        const agree = data.reduce((sum, value, i) => sum + Number((value === 255) === gray[i]! > 150), 0) / data.length;
        expect(agree).toBeGreaterThan(0.97);
        const marked = [...data.keys()].filter((i) => data[i] === 255).map((i) => i % width);
        centers.push(marked.reduce((a, b) => a + b, 0) / marked.length);
      }
      expect(centers.every((x, i) => i === 0 || x > centers[i - 1]!)).toBe(true);
    },
  );
});
