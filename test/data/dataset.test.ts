// What openDataset accepts and refuses, on small folders made for each test.
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePortraitSet } from '../../fixtures/generator/portraits.ts';
import { datasetFingerprint, openDataset as openFolders, splitHoldout } from '../../src/data/dataset.ts';
import type { Photo } from '../../src/data/images.ts';
import { UserError } from '../../src/lib/errors.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dataset-'));
  await writePortraitSet(folder, { train: 3, val: 1, width: 24, height: 32, seed: 5 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const openDataset = (path: string) => openFolders([{ folder: path, weight: 1 }]);

async function refusal(path = folder): Promise<string> {
  const error = await openDataset(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

function writeSplits(train: string[], val: string[]): Promise<void> {
  return writeFile(join(folder, 'splits.json'), JSON.stringify({ train, val }));
}

async function writeMask(id: string, width: number, height: number, value: number): Promise<void> {
  const pixels = Buffer.alloc(width * height, value);
  await sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColorspace('b-w')
    .png()
    .toFile(join(folder, 'masks', `${id}.png`));
}

describe('openDataset', () => {
  it('opens a sound folder and fingerprints its splits and files', async () => {
    const first = await openDataset(folder);
    expect(first.train.map(({ id }) => id)).toEqual(['0001', '0002', '0003']);
    expect(first.val.map(({ id }) => id)).toEqual(['0004']);
    expect((await openDataset(folder)).fingerprint).toBe(first.fingerprint);

    await writeSplits(['0001', '0002'], ['0003', '0004']);
    expect((await openDataset(folder)).fingerprint).not.toBe(first.fingerprint);
  });

  it('takes photos without masks, once each and in no other split', async () => {
    const before = await datasetFingerprint([{ folder, weight: 1 }]);
    const write = (unlabeled: string[]): Promise<void> =>
      writeFile(join(folder, 'splits.json'), JSON.stringify({ train: ['0001', '0002'], val: ['0004'], unlabeled }));
    await write(['0003']);
    await rm(join(folder, 'masks/0003.png'));
    const { unlabeled, train, fingerprint } = await openDataset(folder);
    expect(unlabeled.map(({ id, mask }) => [id, mask])).toEqual([['0003', undefined]]);
    expect(train.map(({ id }) => id)).toEqual(['0001', '0002']);
    expect(fingerprint).not.toBe(before);
    await write(['0003', '0002']);
    expect(await refusal()).toContain('unlabeled: "0002" is in another split too');
    await write(['0003']);
    await writeFile(join(folder, 'images/0003.png'), 'no picture');
    await rm(join(folder, 'images/0003.jpg'));
    expect(await refusal()).toContain('0003.png: cannot be decoded');
  });

  it('fingerprints contents: another mask of the same size is other data', async () => {
    const path = join(folder, 'masks/0001.png');
    const before = await datasetFingerprint([{ folder, weight: 1 }]);
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path, bytes);
    expect(await datasetFingerprint([{ folder, weight: 1 }])).not.toBe(before);
  });

  it('takes .jpeg and .png photos too', async () => {
    await rename(join(folder, 'images/0001.jpg'), join(folder, 'images/0001.jpeg'));
    await sharp(join(folder, 'images/0002.jpg')).png().toFile(join(folder, 'images/0002.png'));
    await rm(join(folder, 'images/0002.jpg'));
    const { train } = await openDataset(folder);
    expect(train.map(({ image }) => image)).toEqual(
      ['0001.jpeg', '0002.png', '0003.jpg'].map((name) => join(folder, 'images', name)),
    );
  });

  it('says what was expected where the folder is missing', async () => {
    expect(await refusal(join(folder, 'nowhere'))).toMatch(/nowhere: no such folder; expected images\//);
  });

  it('refuses a file in place of the folder', async () => {
    expect(await refusal(join(folder, 'splits.json'))).toMatch(/splits\.json: not a folder/);
  });

  it('names both missing parts of an empty folder', async () => {
    await Promise.all(['images', 'masks', 'splits.json'].map((name) => rm(join(folder, name), { recursive: true })));
    const message = await refusal();
    expect(message).toMatch(/images: cannot be listed \(ENOENT\)/);
    expect(message).toMatch(/splits\.json: no such file/);
  });

  it('refuses an images folder without photos', async () => {
    await Promise.all(['1', '2', '3', '4'].map((id) => rm(join(folder, `images/000${id}.jpg`))));
    expect(await refusal()).toMatch(/images: no images/);
  });

  it('names the wrong field of splits.json', async () => {
    await writeFile(join(folder, 'splits.json'), '{"train": ["0001"], "test": []}');
    const message = await refusal();
    expect(message).toMatch(/splits\.json: val: /);
    expect(message).toMatch(/"test"/);
    await writeFile(join(folder, 'splits.json'), '{"train": ["00');
    expect(await refusal()).toMatch(/splits\.json: not valid JSON/);
  });

  it('refuses IDs that are unknown, repeated, in both splits or paths', async () => {
    await writeSplits(['0001', '001', '0002', '0002', '../images/0003'], ['0001']);
    const message = await refusal();
    expect(message).toMatch(/train: "001" has no image in images\/; did you mean "0001"\?/);
    expect(message).toMatch(/train: "0002" is listed twice/);
    expect(message).toMatch(/train: "\.\.\/images\/0003" has a path separator/);
    expect(message).toMatch(/val: "0001" is in another split too/);
  });

  it('refuses a photo without mask, also where no split uses it', async () => {
    await rm(join(folder, 'masks/0003.png'));
    await writeSplits(['0001', '0002'], ['0004']);
    expect(await refusal()).toMatch(/0003\.jpg: has no mask; expected .*masks\/0003\.png/);
  });

  it('refuses a mask of another size', async () => {
    await writeMask('0002', 32, 24, 255);
    expect(await refusal()).toMatch(/0002\.png: is 32 x 24, its image 24 x 32/);
  });

  it('refuses mask values outside the convention', async () => {
    await writeMask('0002', 24, 32, 1);
    expect(await refusal()).toMatch(/0002\.png: has the value 1; valid are 0 \(background\), 255 \(person\) and 128/);
  });

  it('refuses a color mask', async () => {
    await sharp({ create: { width: 24, height: 32, channels: 3, background: 'white' } })
      .png()
      .toFile(join(folder, 'masks/0002.png'));
    expect(await refusal()).toMatch(/0002\.png: cannot be used \(a mask must be an 8-bit greyscale PNG/);
  });

  it('refuses a truncated and an undecodable photo, and a truncated mask, in one list', async () => {
    const jpeg = join(folder, 'images/0001.jpg');
    const bytes = await readFile(jpeg);
    await writeFile(jpeg, bytes.subarray(0, Math.floor(bytes.length * 0.8)));
    await writeFile(join(folder, 'images/0002.jpg'), 'not a photo');
    const mask = join(folder, 'masks/0003.png');
    const maskBytes = await readFile(mask);
    await writeFile(mask, maskBytes.subarray(0, maskBytes.length - 30));
    const message = await refusal();
    expect(message).toMatch(/0001\.jpg: cannot be decoded .*truncated/);
    expect(message).toMatch(/0002\.jpg: cannot be decoded/);
    expect(message).toMatch(/0003\.png: cannot be used/);
  });

  it('counts what it does not list', async () => {
    await writeSplits(
      Array.from({ length: 50 }, (_, i) => `x${i}`),
      ['0001'],
    );
    expect(await refusal()).toMatch(/and 30 more problems/);
  });
});

describe('several folders', () => {
  let second: string;
  beforeEach(async () => {
    second = join(await mkdtemp(join(tmpdir(), 'dataset-')), 'street');
    await writePortraitSet(second, { train: 2, val: 2, width: 24, height: 32, seed: 6 });
  });
  afterEach(() => rm(dirname(second), { recursive: true, force: true }));

  it('are one set of photos, named by their folders where file names repeat', async () => {
    const { sets, train, val } = await openFolders([
      { folder, weight: 1 },
      { folder: second, weight: 2.5 },
    ]);
    const name = basename(folder);
    expect(sets).toEqual([
      { folder, weight: 1, name, train: 3, val: 1 },
      { folder: second, weight: 2.5, name: 'street', train: 2, val: 2 },
    ]);
    expect([...train, ...val].map(({ id }) => id)).toEqual(
      [1, 2, 3]
        .map((i) => `${name}/000${i}`)
        .concat(['street/0001', 'street/0002', `${name}/0004`, 'street/0003', 'street/0004']),
    );
    expect(train[3]).toEqual({
      id: 'street/0001',
      image: join(second, 'images/0001.jpg'),
      mask: join(second, 'masks/0001.png'),
      set: 'street',
      weight: 2.5,
    });
  });

  it('have a fingerprint that weights are part of', async () => {
    const printOf = async (weight: number) =>
      (await openFolders([folder, second].map((path) => ({ folder: path, weight })))).fingerprint;
    expect(await printOf(2)).not.toBe(await printOf(1));
    expect(await printOf(2)).toBe(await printOf(2));
  });

  it('are told apart by as much of their paths as that takes, and given once', async () => {
    const twin = join(dirname(second), 'more', 'street');
    await cp(second, twin, { recursive: true });
    const { sets } = await openFolders([second, twin].map((path) => ({ folder: path, weight: 1 })));
    expect(sets.map(({ name }) => name)).toEqual([`${basename(dirname(second))}/street`, 'more/street']);
    const twice = [second, join(second, '.')].map((path) => ({ folder: path, weight: 1 }));
    await expect(openFolders(twice)).rejects.toThrow(/street is given twice/);
  });
});

describe('splitHoldout', () => {
  const photoOf = (set: string, i: number): Photo => ({ id: `${set}${i}`, image: '', mask: '', set, weight: 1 });
  const photos = Array.from({ length: 20 }, (_, i) => photoOf('a', i));
  const idsOf = (of: readonly Photo[]): string[] => of.map(({ id }) => id);

  it('parts the IDs by seed, each into one part', () => {
    const { supernetPhotos, searchPhotos } = splitHoldout(photos, 0.25, 7);
    expect(searchPhotos).toHaveLength(5);
    expect(idsOf([...supernetPhotos, ...searchPhotos]).sort()).toEqual(idsOf(photos).sort());
    expect(splitHoldout(photos, 0.25, 7)).toEqual({ supernetPhotos, searchPhotos });
    expect(splitHoldout(photos, 0.25, 8).searchPhotos).not.toEqual(searchPhotos);
  });

  it('leaves neither part empty', () => {
    expect(splitHoldout(photos.slice(0, 2), 0.01, 1).searchPhotos).toHaveLength(1);
    expect(splitHoldout(photos.slice(0, 2), 0.99, 1).supernetPhotos).toHaveLength(1);
    expect(() => splitHoldout(photos.slice(0, 1), 0.5, 1)).toThrow(UserError);
  });

  it('takes its share of every set', () => {
    const small = Array.from({ length: 4 }, (_, i) => photoOf('b', i));
    const { searchPhotos } = splitHoldout([...photos, ...small], 0.25, 7);
    expect(searchPhotos.map(({ set }) => set).join('')).toBe('aaaaab');
  });
});
