// Bad input through the built command line: exit code 2, the file and the field named, nothing written and nothing lost.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, makeTiny, type Tiny, tinyRecipe, tinySpace } from './tiny.ts';

let tiny: Tiny;
let table: string;
let count = 0;
const fresh = (): string => join(tiny.folder, `case-${count++}`);

beforeAll(async () => {
  tiny = await makeTiny();
  await cli(['table', '--recipe', tiny.recipe, '--out', join(tiny.folder, 'table')]);
  table = join(tiny.folder, 'table', 'latency-table.json');
});
afterAll(() => rmSync(tiny.folder, { recursive: true, force: true }));

/** A recipe file (with its space beside it) changed from the tiny one. */
function recipeWith(change: (recipe: string) => string, space = tinySpace): string {
  const folder = fresh();
  mkdirSync(folder);
  writeFileSync(join(folder, 'tiny.yaml'), space);
  writeFileSync(join(folder, 'recipe.yaml'), change(tinyRecipe));
  return join(folder, 'recipe.yaml');
}

/** A copy of the data, damaged. */
function dataWith(damage: (folder: string) => unknown): string {
  const folder = fresh();
  cpSync(tiny.data, folder, { recursive: true });
  damage(folder);
  return folder;
}

async function refused(
  options: { recipe?: string; data?: string; table?: string },
  ...messages: (string | RegExp)[]
): Promise<void> {
  const out = fresh();
  const { recipe = tiny.recipe, data = tiny.data } = options;
  const { code, stderr } = await cli([
    'search',
    '--recipe',
    recipe,
    '--data',
    data,
    '--out',
    out,
    ...(options.table ? ['--table', options.table] : []),
  ]);
  for (const message of messages) expect(stderr).toMatch(message);
  expect(code).toBe(2);
  expect(existsSync(join(out, 'latency-table.json'))).toBe(false);
}

describe('a recipe', () => {
  test('with an unknown field names the field that was meant', () =>
    refused(
      { recipe: recipeWith((r) => r.replace('learning-rate: 0.05', 'lerning-rate: 0.05')) },
      /recipe\.yaml: search: .*did you mean "learning-rate"/,
    ));

  test('with an unknown operation in its space names the nearest', () =>
    refused(
      { recipe: recipeWith((r) => r, tinySpace.replace('sepconv_3x3', 'sepconv_3x4')) },
      /tiny\.yaml.*sepconv_3x4.*sepconv_3x3/s,
    ));

  test('with a width that an operation cannot take says which', () =>
    refused({ recipe: recipeWith((r) => r, tinySpace.replace('width: 24', 'width: 25')) }, /tiny\.yaml.*shuffle/s));

  test('with an operator list that lacks one of the space is refused before any work', () =>
    refused(
      { recipe: recipeWith((r) => `${r}export: { operators: [Conv, Relu, Add] }\n`) },
      /HardSwish|Transpose|Split/,
    ));

  test('with a budget that no network meets says what the fastest takes', async () => {
    const recipe = recipeWith((r) => r.replace('1000', '0.0001'));
    const { code, stderr } = await cli([
      'search',
      '--recipe',
      recipe,
      '--data',
      tiny.data,
      '--out',
      fresh(),
      '--table',
      table,
    ]);
    expect(stderr).toMatch(/fastest.*\d ms/s);
    expect(code).toBe(2);
  });
});

describe('a data folder', () => {
  test('that is missing is named', () => refused({ data: join(tiny.folder, 'nowhere') }, /nowhere/));

  test('with several faults names each of them', () => {
    const [a, b, c, d] = ['0001', '0002', '0003', '0004'];
    return dataWithFaults().then((data) =>
      refused({ data }, new RegExp(`${a}`), new RegExp(`${b}`), new RegExp(`${c}`), new RegExp(`${d}`)),
    );
  });

  async function dataWithFaults(): Promise<string> {
    const data = dataWith((folder) => {
      rmSync(join(folder, 'masks', '0001.png'));
      const photo = join(folder, 'images', '0002.jpg');
      truncateSync(photo, Math.floor(readFileSync(photo).length / 2));
    });
    const grey = (value: number, width: number) =>
      sharp({ create: { width, height: 64, channels: 3, background: { r: value, g: value, b: value } } })
        .toColourspace('b-w')
        .png();
    await grey(255, 47).toFile(join(data, 'masks', '0003.png'));
    await grey(77, 48).toFile(join(data, 'masks', '0004.png'));
    return data;
  }
});

describe('a latency table', () => {
  const changed = (
    change: (table: { hardware: { cpu: { model: string }; onnxRuntimeVersion: string } }) => void,
  ): string => {
    const file = join(tiny.folder, `table-${count++}.json`);
    const value = JSON.parse(readFileSync(table, 'utf8'));
    change(value);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };

  test('made on other hardware is refused by name of what differs', () =>
    refused(
      {
        table: changed((t) => {
          t.hardware.cpu.model = 'Another CPU';
        }),
      },
      /processor.*Another CPU/s,
    ));

  test('made by another runtime version is refused', () =>
    refused(
      {
        table: changed((t) => {
          t.hardware.onnxRuntimeVersion = '1.2.3';
        }),
      },
      /ONNX Runtime version.*1\.2\.3/s,
    ));

  test('that is damaged is refused', () => {
    const file = join(tiny.folder, 'damaged.json');
    writeFileSync(file, readFileSync(table, 'utf8').slice(0, 500));
    return refused({ table: file }, /damaged\.json/);
  });
});

describe('a run folder', () => {
  test('that holds another run or a damaged checkpoint loses nothing', async () => {
    const out = fresh();
    const derive = (recipe: string, prefix: string[] = []) =>
      cli([...prefix, 'derive', '--recipe', recipe, '--data', tiny.data, '--out', out, '--table', table]);
    expect((await derive(tiny.recipe)).code).toBe(0);

    const other = await derive(recipeWith((r) => r.replace('seed: 4', 'seed: 5')));
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/another run.*recipe/s);

    const checkpoint = join(out, 'checkpoints', 'supernet.safetensors');
    const good = readFileSync(checkpoint);
    const bad = Buffer.from(good);
    bad[bad.length - 100]! ^= 1;
    writeFileSync(checkpoint, bad);
    const damaged = await derive(tiny.recipe);
    expect(damaged.code).toBe(2);
    expect(damaged.stderr).toMatch(/supernet\.safetensors: the checkpoint is damaged/);
    expect(readFileSync(checkpoint)).toEqual(bad);

    writeFileSync(checkpoint, good);
    expect((await derive(tiny.recipe)).code).toBe(0);
  });

  test('in which no derived network meets the limit as measured ends with 1 and names the nearest', async () => {
    const file = join(tiny.folder, 'optimistic.json');
    const value = JSON.parse(readFileSync(table, 'utf8'));
    // A table that promises a thousandth of every latency: all paths seem to be within the limit, none is.
    for (const subnet of [...value.calibration.subnets, ...value.calibration.heldOut]) subnet.latencyMs /= 1000;
    for (const entry of [...value.entries, ...value.fixed]) entry.latencyMs /= 1000;
    writeFileSync(file, JSON.stringify(value));
    const recipe = recipeWith((r) => r.replace('1000', '0.02'));
    const { code, stdout } = await cli([
      'search',
      '--recipe',
      recipe,
      '--data',
      tiny.data,
      '--out',
      fresh(),
      '--table',
      file,
    ]);
    expect(stdout).toMatch(
      /None of \d derived networks meets the latency limit of 0\.020 ms as measured; the nearest, candidate-\d/,
    );
    expect(code).toBe(1);
  });
});
