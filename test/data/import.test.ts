// Importers on small sets written here in the layouts that users have, and the check of what they make.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePortraitSet } from '../../fixtures/generator/portraits.ts';
import { examine } from '../../src/data/check.ts';
import { openDataset } from '../../src/data/dataset.ts';
import { areAlike, groupsOfLike, photoHash } from '../../src/data/hash.ts';
import { readMask } from '../../src/data/images.ts';
import { decodeCounts, fillPolygon, readCoco } from '../../src/data/import/coco.ts';
import { readAnyMask, readPairs } from '../../src/data/import/pairs.ts';
import { readVoc } from '../../src/data/import/voc.ts';
import { writeDataFolder } from '../../src/data/import/write.ts';
import { UserError } from '../../src/lib/errors.ts';

let folder: string;
const at = (...parts: string[]): string => join(folder, ...parts);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const settings = () => ({ out: at('out'), valShare: 0.25, seed: 1, signal: new AbortController().signal });

/** A photo that no other looks like. */
async function writePhoto(path: string, width: number, height: number, seed: number, orientation?: number) {
  const raw = { width: 5, height: 5, channels: 3 as const };
  const coarse = Buffer.from(
    Array.from({ length: 75 }, (_, i) => (seed * 7919 + i * i * 104_729 + i * 31 * seed) % 256),
  );
  let image = sharp(coarse, { raw }).resize(width, height, { fit: 'fill' }).jpeg();
  if (orientation) image = image.withMetadata({ orientation });
  await image.toFile(path);
}

describe('COCO', () => {
  const size = { width: 8, height: 6 };
  const file = (
    annotations: object[],
    categories = [
      { id: 3, name: 'person' },
      { id: 7, name: 'dog' },
    ],
  ) => {
    const images = [1, 2, 3].map((id) => ({ id, file_name: `${id}.jpg`, ...size }));
    writeFileSync(at('a.json'), JSON.stringify({ images, categories, annotations, info: {} }));
    return at('a.json');
  };
  const rows = ({ data, width }: { data: Uint8Array; width: number }): string[] =>
    Array.from({ length: data.length / width }, (_, y) =>
      [...data.subarray(y * width, (y + 1) * width)].map((v) => ({ 0: '.', 128: 'i', 255: 'P' })[v]).join(''),
    );

  it('decodes run lengths from the string that its own tools write', () => {
    // By hand: 2, 3, 4 as they are; then 1 as 1 - 3 = -2, 100 as 100 - 4 = 96 in two characters.
    expect(decodeCounts('234N')).toEqual([2, 3, 4, 1]);
    expect(decodeCounts('234NP3')).toEqual([2, 3, 4, 1, 100]);
    expect(decodeCounts('PP4')).toEqual([4096 + 512 - 512]);
    expect(() => decodeCounts('23P')).toThrow(/end within a number/);
  });

  it('paints polygons by pixel centers, run lengths down the columns, crowds as ignore under persons', async () => {
    const annotations = [
      { image_id: 1, category_id: 3, segmentation: [[1, 1, 4, 1, 4, 3, 1, 3]] },
      { image_id: 1, category_id: 3, iscrowd: 1, segmentation: { size: [6, 8], counts: [18, 2, 4, 2, 22] } },
      { image_id: 1, category_id: 7, segmentation: [[0, 0, 8, 0, 8, 6, 0, 6]] },
      { image_id: 2, category_id: 7, segmentation: [[0, 0, 8, 0, 8, 6]] },
    ];
    const photos = await readCoco(file(annotations), at('images'), 'val');
    expect(photos.map(({ image, split }) => [image, split])).toEqual([[at('images/1.jpg'), 'val']]);
    // Columns 3 and 4, rows 0 and 1, are a crowd; the person covers one of them.
    expect(rows(await photos[0]!.readMask())).toEqual([
      '...ii...',
      '.PPPi...',
      '.PPP....',
      '........',
      '........',
      '........',
    ]);
  });

  it('fills what a polygon encloses, also where it turns back and leaves the image', () => {
    const mask = { width: 6, height: 5, data: new Uint8Array(30) };
    fillPolygon(mask, [-3, 0, 9, 0, 9, 5, 4, 5, 4, 2, 2, 2, 2, 5, -3, 5], 255);
    expect(rows(mask)).toEqual(['PPPPPP', 'PPPPPP', 'PP..PP', 'PP..PP', 'PP..PP']);
  });

  it.each([
    ['no category', file, [], [{ id: 1, name: 'dog' }], /categories: has no "person" \(it has dog\)/],
    [
      'a box',
      file,
      [{ image_id: 1, category_id: 3, segmentation: [], bbox: [0, 0, 1, 1] }],
      undefined,
      /annotations: 0: segmentation: .*boxes alone give no mask/,
    ],
    [
      'two points',
      file,
      [{ image_id: 1, category_id: 3, segmentation: [[0, 0, 1, 1]] }],
      undefined,
      /annotations: 0: segmentation/,
    ],
  ] as const)('names the file and field of %s', async (_, write, annotations, categories, message) => {
    const path = write([...annotations], categories as never);
    const error = await readCoco(path, folder, undefined).then(
      () => '',
      (e: Error) => e.message,
    );
    expect(error).toMatch(message);
    expect(error).toContain(path);
  });

  it('names the photo whose run lengths do not fit it', async () => {
    const path = file([{ image_id: 2, category_id: 3, segmentation: { size: [6, 8], counts: [40, 2] } }]);
    const [photo] = await readCoco(path, folder, undefined);
    await expect(photo!.readMask()).rejects.toThrow(/2\.jpg: run lengths do not add up to 8 x 6/);
  });
});

describe('Pascal VOC', () => {
  const [width, height] = [6, 4];
  const person = [192, 128, 128];
  const colors = [[0, 0, 0], person, [224, 224, 192], [128, 0, 0], [0, 0, 0], person];

  async function writeVoc(palette: boolean, labelmap?: string): Promise<void> {
    for (const name of ['JPEGImages', 'SegmentationClass', 'ImageSets/Segmentation'])
      mkdirSync(at(name), { recursive: true });
    for (const [i, id] of ['2007_1', '2007_2'].entries()) {
      await writePhoto(at('JPEGImages', `${id}.jpg`), width, height, i + 1);
      const pixels = Buffer.from(Array.from({ length: height }, () => colors.flat()).flat());
      await sharp(pixels, { raw: { width, height, channels: 3 } })
        .png({ palette })
        .toFile(at('SegmentationClass', `${id}.png`));
    }
    writeFileSync(at('ImageSets/Segmentation/train.txt'), '2007_1\n');
    writeFileSync(at('ImageSets/Segmentation/val.txt'), '2007_2 1\n\n');
    if (labelmap) writeFileSync(at('labelmap.txt'), labelmap);
  }

  it.each([true, false])(
    'becomes a data folder with its splits, person and ignore by color (palette: %s)',
    async (palette) => {
      await writeVoc(palette);
      expect(await writeDataFolder(await readVoc(folder), settings())).toEqual({ train: 1, val: 1 });
      const { train, val } = await openDataset([{ folder: at('out'), weight: 1 }]);
      expect([train[0]!.id, val[0]!.id]).toEqual(['2007_1', '2007_2']);
      expect([...(await readMask(train[0]!.mask!)).data.subarray(0, 6)]).toEqual([0, 255, 128, 0, 0, 255]);
      expect(readFileSync(train[0]!.image)).toEqual(readFileSync(at('JPEGImages/2007_1.jpg')));
    },
  );

  it('takes the color of a labelmap, and names it where it has no person', async () => {
    await writeVoc(false, '# label:color_rgb:parts:actions\nbackground:0,0,0::\nperson:128,0,0::\n');
    const [photo] = await readVoc(folder);
    expect([...(await photo!.readMask()).data.subarray(0, 6)]).toEqual([0, 0, 128, 255, 0, 0]);
    writeFileSync(at('labelmap.txt'), 'human:128,0,0::\n');
    await expect(readVoc(folder)).rejects.toThrow(/labelmap\.txt: has no line "person:/);
  });

  it('takes the number of a labelmap where masks hold numbers, and draws the split where there is one list', async () => {
    await writeVoc(false, '# label:color_rgb:parts:actions\nbackground:0,0,0::\ncar:9,9,9::\nperson:128,0,0::\n');
    for (const id of ['2007_1', '2007_2']) {
      const numbers = Buffer.from(Array.from({ length: width * height }, (_, i) => [0, 1, 2, 255, 15, 2][i % width]!));
      const raw = { width, height, channels: 1 as const };
      await sharp(numbers, { raw })
        .toColorspace('b-w')
        .png()
        .toFile(at('SegmentationClass', `${id}.png`));
    }
    writeFileSync(at('ImageSets/Segmentation/train.txt'), '2007_1\n2007_2\n');
    rmSync(at('ImageSets/Segmentation/val.txt'));
    expect(await writeDataFolder(await readVoc(folder), settings())).toEqual({ train: 1, val: 1 });
    const { train } = await openDataset([{ folder: at('out'), weight: 1 }]);
    expect([...(await readMask(train[0]!.mask!)).data.subarray(0, 6)]).toEqual([0, 0, 255, 128, 0, 255]);
    const photos = (await readVoc(folder)).map((photo) => ({ ...photo, split: 'train' as const }));
    await expect(writeDataFolder(photos, { ...settings(), out: at('none') })).rejects.toThrow(
      /no photo would be in val/,
    );
  });

  it('lists what is missing or broken by file, and leaves nothing behind', async () => {
    await expect(readVoc(folder)).rejects.toThrow(/ImageSets.Segmentation: no list of photos; expected JPEGImages/);
    await writeVoc(true);
    rmSync(at('SegmentationClass/2007_1.png'));
    writeFileSync(at('JPEGImages/2007_2.jpg'), 'no photo');
    const error = await writeDataFolder(await readVoc(folder), settings()).catch((e: Error) => e);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(/2 of 2 photos[\s\S]*2007_1\.(?:jpg|png)[\s\S]*2007_2\.jpg/);
    await expect(openDataset([{ folder: at('out'), weight: 1 }])).rejects.toThrow(/no such folder/);
  });
});

describe('pairs of photos and masks', () => {
  const values = async (pixels: number[], channels: 1 | 3 | 4, name = 'm.png') => {
    const raw = { width: pixels.length / channels, height: 1, channels };
    const image = sharp(Buffer.from(pixels), { raw });
    await (channels === 1 ? image.toColorspace('b-w') : image).png().toFile(at(name));
    return [...(await readAnyMask(at(name))).data];
  };

  it('reads masks of all usual kinds', async () => {
    expect(await values([0, 1, 1, 0], 1)).toEqual([0, 255, 255, 0]);
    expect(await values([0, 128, 255, 0], 1)).toEqual([0, 128, 255, 0]);
    expect(await values([3, 100, 140, 250], 1)).toEqual([0, 0, 255, 255]);
    expect(await values([255, 255, 255, 0, 0, 0], 3)).toEqual([255, 0]);
    // A cut-out: the photo with what is not the person transparent.
    expect(await values([200, 10, 10, 255, 9, 90, 200, 0], 4)).toEqual([255, 0]);
    await expect(values([200, 10, 10, 10, 200, 10], 3)).rejects.toThrow(/in color/);
    await expect(values([0, 11, 15, 3], 1)).rejects.toThrow(/no value above 15, like a map of classes/);
    await expect(values([0, 1, 255, 1], 1)).rejects.toThrow(/holds 0, 1 and 255/);
    for (const [deep, expected] of [
      [
        [0, 1, 1],
        [0, 255, 255],
      ],
      [
        [0, 255, 0],
        [0, 255, 0],
      ],
      [
        [0, 65_535, 20_000],
        [0, 255, 0],
      ],
    ] as const) {
      const raw = { width: 3, height: 1, channels: 1 as const };
      await sharp(Uint16Array.from(deep), { raw }).toColorspace('grey16').png().toFile(at('deep.png'));
      expect((await sharp(at('deep.png')).metadata()).depth).toBe('ushort');
      expect([...(await readAnyMask(at('deep.png'))).data]).toEqual(expected);
    }
  });

  it('pairs names with the usual suffixes, turns photos upright, and keeps near-identical ones in one split', async () => {
    mkdirSync(at('rgb'));
    mkdirSync(at('masks'));
    const names = Array.from({ length: 12 }, (_, i) => `p ${String(i).padStart(2, '0')}`);
    for (const [i, name] of names.entries()) {
      // Three scenes, four times each.
      await writePhoto(at('rgb', `${name}.jpg`), 20, 30, 1 + (i % 3), i === 0 ? 6 : undefined);
      const [width, height] = i === 0 ? [30, 20] : [20, 30];
      const pixels = Buffer.alloc(600, i === 1 ? 1 : 255);
      pixels[0] = 0;
      await sharp(pixels, { raw: { width, height, channels: 1 } })
        .toColorspace('b-w')
        .png()
        .toFile(at('masks', `${name}_mask.png`));
    }
    // What other programs leave beside photos.
    for (const name of ['p 00.json', 'p 01.NEF', 'p 02.xmp', 'Thumbs.db']) writeFileSync(at('rgb', name), '{}');
    await writeDataFolder(await readPairs(at('rgb'), at('masks')), settings());
    const { train, val } = await openDataset([{ folder: at('out'), weight: 1 }]);
    const scene = ({ id }: { id: string }): number => Number(id.slice(2)) % 3;
    // The turned one is alone.
    const scenesOf = (photos: typeof val) => new Set(photos.filter(({ id }) => id !== 'p_00').map(scene));
    expect([...train, ...val]).toHaveLength(12);
    expect([...scenesOf(val)].filter((one) => scenesOf(train).has(one))).toEqual([]);
    const turned = [...train, ...val].find(({ id }) => id === 'p_00')!;
    const { width, height, orientation } = await sharp(turned.image).metadata();
    expect([width, height, orientation ?? 1]).toEqual([30, 20, 1]);
  });

  it('names photos without mask, and masks of another size', async () => {
    mkdirSync(at('rgb'));
    mkdirSync(at('masks'));
    await writePhoto(at('rgb/a.jpg'), 20, 30, 1);
    await writePhoto(at('rgb/b.jpg'), 20, 30, 2);
    await sharp(Buffer.alloc(100), { raw: { width: 10, height: 10, channels: 1 } })
      .png()
      .toFile(at('masks/a.png'));
    await expect(readPairs(at('rgb'), at('masks'))).rejects.toThrow(/masks: no mask of the same name for .*b\.jpg/);
    await sharp(Buffer.alloc(600), { raw: { width: 20, height: 30, channels: 1 } })
      .png()
      .toFile(at('masks/b.png'));
    const photos = await readPairs(at('rgb'), at('masks'));
    await expect(writeDataFolder(photos, settings())).rejects.toThrow(/a\.jpg: is 20 x 30, its mask 10 x 10/);
    await sharp(Buffer.alloc(600), { raw: { width: 20, height: 30, channels: 1 } })
      .png()
      .toFile(at('masks/a.png'));
    await expect(writeDataFolder(photos, settings())).rejects.toThrow(/no mask marks a person/);
    expect(existsSync(at('out'))).toBe(false);
    await writePhoto(at('rgb/b.jpeg'), 20, 30, 2);
    await expect(readPairs(at('rgb'), at('masks'))).rejects.toThrow(/rgb: b\.jpeg and b\.jpg have one name/);
  });
});

describe('the folder to write', () => {
  const unreadable = () =>
    writeDataFolder(
      ['a', 'b'].map((name) => ({
        name,
        image: at(`${name}.jpg`),
        split: undefined,
        readMask: () => Promise.reject(new Error('no mask')),
      })),
      settings(),
    );

  it('loses nothing that is there: a file of its name, or an empty folder', async () => {
    writeFileSync(at('out'), 'precious');
    await expect(unreadable()).rejects.toThrow(/cannot write .*out: a part of the path is a file/);
    expect(readFileSync(at('out'), 'utf8')).toBe('precious');
    rmSync(at('out'));
    mkdirSync(at('out'));
    await expect(unreadable()).rejects.toThrow('2 of 2 photos cannot be imported');
    expect(readdirSync(at('out'))).toEqual([]);
  });
});

describe('the perceptual hash', () => {
  it('knows a photo again that is smaller, compressed or brighter, and none of the others', async () => {
    await writePortraitSet(folder, { train: 10, val: 2, width: 96, height: 128, seed: 3 });
    const ids = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(4, '0'));
    const hashes = await Promise.all(ids.map((id) => photoHash(at('images', `${id}.jpg`))));
    expect(groupsOfLike(hashes)).toHaveLength(12);
    for (const change of [
      (s: Sharp) => s.resize(48),
      (s: Sharp) => s.jpeg({ quality: 25 }),
      (s: Sharp) => s.linear(1.1, 5),
    ]) {
      const copy = await photoHash(
        await change(sharp(at('images/0001.jpg')))
          .jpeg()
          .toBuffer(),
      );
      expect(hashes.map((hash) => areAlike(hash, copy))).toEqual(ids.map((id) => id === '0001'));
    }
  });
});

describe('the check of a data folder', () => {
  it('finds copies over splits, and masks that mark nobody, all, noise or the wrong side', async () => {
    await writePortraitSet(folder, { train: 20, val: 6, width: 48, height: 64, seed: 4 });
    const val = Array.from({ length: 6 }, (_, i) => String(21 + i).padStart(4, '0'));
    await sharp(at('images/0003.jpg'))
      .resize(48, 64)
      .jpeg({ quality: 60 })
      .toFile(at('images', `${val[0]}.tmp`));
    writeFileSync(at('images', `${val[0]}.jpg`), readFileSync(at('images', `${val[0]}.tmp`)));
    const write = async (id: string, change: (value: number, i: number) => number) => {
      const mask = await readMask(at('masks', `${id}.png`));
      const data = mask.data.map(change);
      await sharp(data, { raw: { width: 48, height: 64, channels: 1 } })
        .toColorspace('b-w')
        .png()
        .toFile(at('masks', `${id}.png`));
    };
    await write('0001', () => 0);
    await write('0002', () => 255);
    await write('0004', (_, i) => ((i * 2_654_435_761) % 97 < 30 ? 255 : 0));
    await write('0005', (value) => (value === 128 ? 128 : 255 - value));
    const dataset = await openDataset([{ folder, weight: 1 }]);
    const { train, duplicates, doubts } = await examine(dataset, () => {});
    expect(duplicates).toEqual([{ train: '0003', val: val[0] }]);
    expect(doubts.map((doubt) => /(\d+)\.png: marks (\w+)/.exec(doubt)!.slice(1))).toEqual([
      ['0001', 'nobody'],
      ['0002', 'nearly'],
      ['0004', 'scattered'],
      ['0005', 'what'],
    ]);
    expect(train).toMatchObject({
      photos: 20,
      sides: { smallest: 48, median: 48, largest: 48 },
      coverage: { lowest: 0, highest: 1 },
    });
  });
});
