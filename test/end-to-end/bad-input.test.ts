// Bad input through the built command line: exit code 2, the file and the field named, nothing written and nothing lost.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LatencyTable } from '../../src/contracts/latency-table.ts';
import { readResult } from '../../src/contracts/result.ts';
import { sealTable } from '../../src/latency/table-file.ts';
import { loadPlan } from '../../src/pipeline/context.ts';
import { beginWithTable, cli, cliCommand, makeTiny, type Tiny, tinyRecipe, tinySpace, writeRecipe } from './tiny.ts';

let tiny: Tiny;
let table: string;
let count = 0;
const fresh = (): string => join(tiny.folder, `case-${count++}`);

beforeAll(async () => {
  tiny = await makeTiny();
  const out = join(tiny.folder, 'table');
  expect((await cli(['table', '--recipe', tiny.recipe, '--out', out])).code).toBe(0);
  table = join(out, 'latency-table.json');
});
afterAll(() => tiny.remove());

/** A recipe of its own folder, changed from the tiny one. */
function recipeWith(change: (recipe: string) => string, space = tinySpace): string {
  const folder = fresh();
  mkdirSync(folder);
  return writeRecipe(folder, change(tinyRecipe), space);
}

interface Inputs {
  readonly recipe?: string;
  readonly data?: string;
  readonly table?: string;
}

function derive(out: string, inputs: Inputs = {}): string[] {
  const { recipe = tiny.recipe, data = tiny.data } = inputs;
  return ['derive', '--recipe', recipe, '--data', data, '--table', inputs.table ?? table, '--out', out];
}

/** Refused before a run folder is made. */
async function refused(inputs: Inputs, ...messages: RegExp[]): Promise<void> {
  const out = fresh();
  const { code, stderr } = await cli(derive(out, inputs));
  for (const message of messages) expect(stderr).toMatch(message);
  expect(code).toBe(2);
  expect(existsSync(out)).toBe(false);
}

describe('a recipe', () => {
  test('with an unknown field names the field that was meant', () =>
    refused(
      { recipe: recipeWith((r) => r.replace('learning-rate: 0.05', 'lerning-rate: 0.05')) },
      /^error: .*recipe\.yaml: search: unknown field "lerning-rate"; did you mean "learning-rate"\?$/m,
    ));

  test('with an operator list that lacks one of the space is refused before any work', () =>
    refused(
      { recipe: recipeWith((r) => `${r}export: { operators: [Conv, Relu, Add] }\n`) },
      /space tiny: operation shuffle needs .*\n.*not in export\.operators/s,
    ));

  test('with an operator list that lacks one of a baseline is refused too', async () => {
    const operators =
      'Conv, Relu, Add, Concat, Resize, HardSwish, GlobalAveragePool, Sigmoid, Reshape, Transpose, Slice';
    const recipe = recipeWith((r) =>
      r.replace('./baseline.json', 'mobilenetv3-small').concat(`export: { operators: [${operators}, Mul] }\n`),
    );
    await expect(loadPlan(recipe, {})).rejects.toThrow(
      /baseline mobilenetv3-small: operation mbv3_3x3 needs .*HardSigmoid.*\n.*not in export\.operators/s,
    );
  });

  test('with a budget that no network meets says what the fastest takes, and leaves the folder to the next command', async () => {
    const recipe = recipeWith((r) => r.replace('1000', '0.0001'));
    const out = fresh();
    const { code, stderr } = await cli(derive(out, { recipe }));
    expect(stderr).toMatch(
      /no network of the space can meet the latency budget of 0\.0001 ms; the fastest takes 0\.\d+ ms/,
    );
    expect(code).toBe(2);
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('a data folder', () => {
  test('with several faults names each of them', async () => {
    const data = fresh();
    cpSync(tiny.data, data, { recursive: true });
    rmSync(join(data, 'masks', '0001.png'));
    const photo = join(data, 'images', '0002.jpg');
    truncateSync(photo, Math.floor(readFileSync(photo).length / 2));
    const mask = (value: number, width: number, id: string) =>
      sharp({ create: { width, height: 64, channels: 3, background: { r: value, g: value, b: value } } })
        .toColorspace('b-w')
        .png()
        .toFile(join(data, 'masks', `${id}.png`));
    await mask(255, 47, '0003');
    await mask(77, 48, '0004');
    await refused(
      { data },
      /0001\.jpg: has no mask/,
      /0002\.jpg: cannot be decoded/,
      /0003\.png: is 47 x 64, its image 48 x 64/,
      /0004\.png: has the value 77/,
    );
  });
});

/** A latency table changed from the measured one. */
function tableWith(change: (table: LatencyTable) => void): string {
  const file = join(tiny.folder, `table-${count++}.json`);
  const value = JSON.parse(readFileSync(table, 'utf8'));
  change(value);
  writeFileSync(file, JSON.stringify(sealTable(value)));
  return file;
}

describe('a latency table', () => {
  test('made on other hardware, by another runtime version or of other operations is refused, and not kept', async () => {
    const out = fresh();
    const given = tableWith(({ hardware, space }) => {
      hardware.cpu.model = 'Other CPU';
      hardware.onnxRuntimeVersion = '1.2.3';
      space.definitions = 'f00';
    });
    const { code, stderr } = await cli(derive(out, { table: given }));
    expect(stderr).toContain(`${given}: this latency table does not hold on this machine`);
    expect(stderr).toMatch(/processor: the table's is Other CPU/);
    expect(stderr).toMatch(/ONNX Runtime version: the table's is 1\.2\.3/);
    expect(stderr).toMatch(/operation definitions: the table's is f00/);
    expect(code).toBe(2);
    expect(existsSync(join(out, 'latency-table.json'))).toBe(false);
    expect(existsSync(join(out, 'checkpoints'))).toBe(false);
  });

  test('that is damaged is refused', async () => {
    const file = join(tiny.folder, 'damaged.json');
    writeFileSync(file, readFileSync(table, 'utf8').slice(0, 500));
    const { code, stderr } = await cli(derive(fresh(), { table: file }));
    expect(stderr).toMatch(/damaged\.json: not valid JSON/);
    expect(code).toBe(2);
  });
});

/** Every file of a folder, with its content. */
function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.endsWith('log.txt'));
  return new Map(paths.sort().map((path) => [path, readFileSync(path).toString('base64')]));
}

describe('a run folder', () => {
  test('that holds another run, or a damaged checkpoint, is left as it is', async () => {
    const out = fresh();
    expect((await cli(derive(out))).code).toBe(0);
    const before = contents(out);
    const refusedHere = async (inputs: Inputs, message: RegExp): Promise<void> => {
      const { code, stderr } = await cli(derive(out, inputs));
      expect(stderr).toMatch(message);
      expect(code).toBe(2);
    };
    await refusedHere(
      { recipe: recipeWith((r) => r.replace('seed: 4', 'seed: 5')) },
      /holds another run; what differs: recipe/,
    );
    const narrower = recipeWith((r) => r, tinySpace.replace('width: 24', 'width: 16'));
    await refusedHere({ recipe: narrower }, /holds another run; what differs: recipe/);
    await refusedHere({ table: tableWith((t) => (t.drift.referenceMs *= 2)) }, /uses another latency table/);
    expect(contents(out)).toEqual(before);

    // One bit of a weight; half of a file; one digit of a number.
    const flipped = (good: Buffer): Uint8Array => good.map((byte, i) => (i === good.length - 100 ? byte ^ 1 : byte));
    const damages: [string, (good: Buffer) => Uint8Array, RegExp][] = [
      [
        'supernet.safetensors',
        flipped,
        /supernet\.safetensors: not a checkpoint, or a damaged one \(checksum differs\)/,
      ],
      ['alphas-2.json', (good) => good.subarray(0, good.length / 2), /alphas-2\.json: not valid JSON/],
      [
        'ranking.json',
        (good) => Buffer.from(good.toString().replace('Miou": 0.', 'Miou": 0.1')),
        /ranking\.json: damaged/,
      ],
    ];
    for (const [name, damage, message] of damages) {
      const checkpoint = join(out, 'checkpoints', name);
      const bad = Buffer.from(damage(readFileSync(checkpoint)));
      writeFileSync(checkpoint, bad);
      await refusedHere({}, message);
      expect(readFileSync(checkpoint).equals(bad)).toBe(true);
      writeFileSync(checkpoint, before.get(checkpoint)!, 'base64');
    }
    expect(contents(out)).toEqual(before);
  });

  test('in which no derived network meets the limit as measured ends with 1 and names the nearest', async () => {
    // A table that promises a thirtieth of every latency: half of the paths seem to be within the limit, none is.
    const optimistic = tableWith(({ calibration, entries, fixed }) => {
      for (const subnet of [...calibration!.subnets, ...calibration!.heldOut]) subnet.latencyMs /= 30;
      for (const entry of [...entries, ...fixed]) entry.latencyMs /= 30;
    });
    const { subnets } = (JSON.parse(readFileSync(optimistic, 'utf8')) as LatencyTable).calibration!;
    const maxLatencyMs = subnets.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b)[subnets.length >> 1]!;
    const recipe = recipeWith((r) => r.replace('1000', String(maxLatencyMs)).replace('strictly-fair', 'feasible'));
    const out = fresh();
    // Given by --table, it would be found out and measured again.
    const command = ['derive', '--recipe', recipe, '--data', tiny.data, '--out', out];
    await beginWithTable(command, out, optimistic);
    const { code, stdout } = await cli(command);
    expect(stdout).toMatch(
      /None of \d derived networks meets the latency limit as measured; the nearest, candidate-\d, takes \d+\.\d % of it/,
    );
    expect(code).toBe(1);
    expect(existsSync(join(out, 'architecture.json'))).toBe(false);
    const { supernet, verdict } = await readResult(join(out, 'result.json'));
    expect(verdict).toBe('budget-missed');
    // The limit binds here.
    expect(supernet!.acceptanceRate).toBeGreaterThan(0);
    expect(supernet!.acceptanceRate).toBeLessThan(1);
  });
});

describe.runIf(process.platform === 'linux')('a disk that fills up', () => {
  /**
   * A file system of 96 KB in a mount namespace of its own, grown after the first run; where the system does not allow that, a limit on the
   * size of files, lifted after the first run.
   */
  const namespace = ['unshare', '--map-root-user', '--mount'];
  const mounts = spawnSync(namespace[0]!, [...namespace.slice(1), 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
  const run = '"$@"; echo "code $?"; cp -r "$OUT"';
  const script = mounts
    ? `mount -t tmpfs -o size=96k none "$OUT"; ${run} "$OUT-full"; mount -o remount,size=32m "$OUT"; ${run} "$OUT-done"`
    : `(ulimit -f 96; ${run} "$OUT-full"); ${run} "$OUT-done"`;

  test('is told, loses nothing, and the same command resumes when there is space again', async () => {
    const out = fresh();
    mkdirSync(out);
    const shell = ['env', `OUT=${out}`, ...(mounts ? namespace : []), 'bash', '-c', script, 'bash'];
    const { stdout, stderr } = await cli(derive(out), undefined, [...shell, ...cliCommand]);
    expect(stdout).toMatch(/^code 2\n[\s\S]*\ncode 0\n$/);
    expect(stderr).toMatch(
      mounts
        ? /^error: cannot write .*supernet\.safetensors: no space left on the disk; free some space and run the same command again to resume$/m
        : /^error: cannot write .*supernet\.safetensors: the file would be larger than this process may write$/m,
    );
    expect(stderr).toContain('resuming the run in this folder');
    expect(readdirSync(`${out}-full`, { recursive: true }).sort()).toEqual([
      'checkpoints',
      'latency-table.json',
      'log.txt',
      'run.json',
    ]);
    const tables = ['full', 'done'].map((when) => readFileSync(join(`${out}-${when}`, 'latency-table.json'), 'utf8'));
    expect(tables[1]).toBe(tables[0]);
    expect((await readResult(join(`${out}-done`, 'result.json'))).reason).toContain('Derived');
  });
});
