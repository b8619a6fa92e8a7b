import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/lib/errors.ts';
import { openRunFolder } from '../../src/pipeline/run-folder.ts';

let parent: string;
let out: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'run-'));
  out = join(parent, 'deep', 'run');
});
afterEach(() => rm(parent, { recursive: true }));

const identity = { recipe: 'abc', data: 'def', seed: 1 };
const lockOf = (pid: number) => JSON.stringify({ pid, host: hostname(), started: '1' });

describe('run folders', () => {
  test('the same run reopens its folder, with its log and without the leftovers of killed writes', async () => {
    const first = await openRunFolder(out, identity);
    expect(first.resumed).toBe(false);
    first.log('begun');
    await first.close();
    await mkdir(join(out, 'checkpoints'));
    await writeFile(join(out, 'checkpoints', 'supernet.123.tmp'), 'half');

    const second = await openRunFolder(out, { ...identity });
    second.log('resumed');
    await second.close();
    expect(second.resumed).toBe(true);
    expect(await readFile(join(out, 'log.txt'), 'utf8')).toMatch(/Z begun\n.*Z resumed\n/);
    expect(await readdir(join(out, 'checkpoints'))).toEqual([]);
    expect((await readdir(out)).sort()).toEqual(['checkpoints', 'log.txt', 'run.json']);
  });

  test('a run that is given up leaves its folder empty, unless a stage has kept something there', async () => {
    const folder = await openRunFolder(out, identity);
    folder.log('begun');
    await mkdir(join(out, 'checkpoints'));
    await writeFile(folder.checkpoint('supernet.safetensors'), 'weights');
    await folder.abandon();
    expect((await readdir(out)).filter((name) => name !== 'run.lock').sort()).toEqual([
      'checkpoints',
      'log.txt',
      'run.json',
    ]);
    // As the latency table leaves it, whose rounds are kept until it is done.
    await rm(folder.checkpoint('supernet.safetensors'));
    await folder.abandon();
    await folder.close();
    expect(await readdir(out)).toEqual([]);
  });

  test('another run is refused, naming the field that differs, and left as it was', async () => {
    await (await openRunFolder(out, identity)).close();
    const before = await readFile(join(out, 'run.json'), 'utf8');
    const error = await openRunFolder(out, { ...identity, recipe: 'xyz' }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain('recipe (there abc, now xyz)');
    expect((error as Error).message).toContain('--out');
    expect((error as Error).message).not.toContain('seed');
    expect(await readFile(join(out, 'run.json'), 'utf8')).toBe(before);
  });

  test('a folder with other files is refused and nothing is added to it', async () => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'thesis.tex'), '');
    await expect(openRunFolder(out, identity)).rejects.toThrow(/thesis\.tex.*choose another --out/);
    expect(await readdir(out)).toEqual(['thesis.tex']);
  });

  test('a file in the place of the folder, and a damaged run.json, are errors of the user', async () => {
    await expect(openRunFolder('package.json', identity)).rejects.toThrow(UserError);
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'run.json'), '{"schema":');
    await expect(openRunFolder(out, identity)).rejects.toThrow(/run\.json: not valid JSON/);
  });

  test('two processes cannot work in one folder; a lock whose process is gone does not count', async () => {
    const folder = await openRunFolder(out, identity);
    await expect(openRunFolder(out, identity)).rejects.toThrow(`process ${process.pid} is working`);
    await folder.close();

    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await writeFile(join(out, 'run.lock'), lockOf(child.pid!));
    await (await openRunFolder(out, identity)).close();
  });

  test.runIf(process.platform === 'linux')(
    'a lock whose process number was given to another process does not count',
    async () => {
      await (await openRunFolder(out, identity)).close();
      await writeFile(join(out, 'run.lock'), lockOf(process.pid));
      await (await openRunFolder(out, identity)).close();
    },
  );

  test('a run that was killed before it wrote anything can be begun again', async () => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'run.lock'), '{"pid":');
    await writeFile(join(out, 'run.json.77.tmp'), '{');
    const folder = await openRunFolder(out, identity);
    expect(folder.resumed).toBe(false);
    await folder.close();
  });
});
