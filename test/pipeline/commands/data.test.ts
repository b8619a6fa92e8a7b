// The commands on data folders, in this process.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writePortraitSet } from '../../../fixtures/generator/portraits.ts';
import { openDataset } from '../../../src/data/dataset.ts';
import { readMask } from '../../../src/data/images.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { runDataCheck, runImport } from '../../../src/pipeline/index.ts';
import { createProgress } from '../../../src/pipeline/progress.ts';

let folder: string;
const at = (...parts: string[]): string => join(folder, ...parts);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const common = () => ({
  progress: createProgress(process.stderr, { tty: false, silent: true }),
  signal: new AbortController().signal,
});

it('COCO annotations of train and val become the splits, each with the photos of its own folder', async () => {
  const size = { width: 40, height: 32 };
  const annotate = async (split: string, ids: readonly number[]): Promise<string> => {
    mkdirSync(at(split));
    for (const id of ids) writeFileSync(at(split, `${id}.jpg`), await noise(id, size));
    const annotations = ids.map((id) => ({
      image_id: id,
      category_id: 1,
      segmentation: [[4, 4, 20, 4, 20, 16, 4, 16]],
    }));
    const images = ids.map((id) => ({ id, file_name: `${id}.jpg`, ...size }));
    writeFileSync(
      at(`${split}.json`),
      JSON.stringify({ images, categories: [{ id: 1, name: 'person' }], annotations }),
    );
    return at(`${split}.json`);
  };
  const source = {
    kind: 'coco',
    annotations: await annotate('train2017', [1, 2]),
    images: at('train2017'),
    valAnnotations: await annotate('val2017', [3]),
    valImages: at('val2017'),
  } as const;
  const { json } = await runImport({ ...common(), source, out: at('out'), valShare: 0.5, seed: 1 });
  expect(json).toMatchObject({ train: 2, val: 1 });
  expect(JSON.parse(readFileSync(at('out', 'splits.json'), 'utf8'))).toEqual({ train: ['1', '2'], val: ['3'] });
  const { val } = await openDataset([{ folder: at('out'), weight: 1 }]);
  const { data } = await readMask(val[0]!.mask!);
  expect(data.reduce((sum, value) => sum + (value === 255 ? 1 : 0), 0)).toBe(16 * 12);
  expect((await runDataCheck({ ...common(), folders: [at('out')] })).exitCode).toBe(0);
});

it('a photo of val that is in train as well is named, and the exit code is 1', async () => {
  await writePortraitSet(at('set'), { train: 4, val: 2, width: 48, height: 64, seed: 9 });
  const { train, val } = JSON.parse(readFileSync(at('set', 'splits.json'), 'utf8'));
  for (const [kind, ending] of [
    ['images', 'jpg'],
    ['masks', 'png'],
  ])
    copyFileSync(at('set', kind!, `${train[0]}.${ending}`), at('set', kind!, `${val[0]}.${ending}`));
  const { exitCode, summary } = await runDataCheck({ ...common(), folders: [at('set')] });
  expect(exitCode).toBe(1);
  expect(summary).toContain(`val "${val[0]}" looks like train "${train[0]}"`);
});

/** A photo that no other looks like, as JPEG. */
function noise(seed: number, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const random = createRandom(seed, 'photo');
  const coarse = Buffer.from(Array.from({ length: 75 }, () => random.int(256)));
  const raw = { width: 5, height: 5, channels: 3 as const };
  return sharp(coarse, { raw }).resize(width, height, { fit: 'fill' }).jpeg().toBuffer();
}
