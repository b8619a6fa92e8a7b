import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cache } from '../../src/action/cache.ts';
import { dataFolders, isPrivate } from '../../src/action/data.ts';
import { openGit } from '../../src/action/git.ts';

let folder: string;
let server: Server;
let address: string;
let requests: string[];
/** What each request said of who asks. */
let credentials: (string | undefined)[];
/** How the server answers: a status, a file or where it is now; `cut` breaks the connection off half-way. */
let answers: (number | { file: string; cut?: boolean; chunked?: boolean } | { location: string })[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
  mkdirSync(join(folder, 'people', 'images'), { recursive: true });
  writeFileSync(join(folder, 'people', 'splits.json'), '{}');
  execFileSync('tar', ['-czf', 'people.tar.gz', 'people'], { cwd: folder });
  execFileSync('tar', ['-cf', 'flat.tar', '-C', 'people', '.'], { cwd: folder });
  execFileSync('tar', ['-cf', 'escaping.tar', '-P', '--transform', 's,people,../outside,', 'people'], { cwd: folder });
  server = createServer((request, response) => {
    requests.push(request.url!);
    credentials.push(request.headers.authorization);
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    if (typeof answer === 'number') return response.writeHead(answer).end();
    if ('location' in answer) return response.writeHead(302, answer).end();
    const bytes = readFileSync(join(folder, answer.file));
    response.writeHead(200, answer.chunked ? {} : { 'content-length': bytes.length });
    if (answer.cut) response.write(bytes.subarray(0, 50), () => response.destroy());
    else response.end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  server.close();
  rmSync(folder, { recursive: true });
});

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(folder, 'temporary-'));
  requests = [];
  credentials = [];
  vi.stubEnv('RUNNER_TEMP', temporary);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

const sha256 = (file: string): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('hex');
const none: Cache = { restore: async () => false, save: async () => {} };
const fetched = async (file: string, hash = sha256(file), cache = none, maxBytes = 1e6): Promise<string> => {
  const archive = { url: `${address}/${file}?token=secret`, sha256: hash };
  const folders = await dataFolders(archive, cache, temporary, { maxBytes, retryMs: 1 });
  expect(folders).toEqual([{ folder: expect.any(String), weight: 1 }]);
  return folders[0]!.folder;
};

/** A zip archive of files that are stored as they are: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([name, text]) => ({ name: Buffer.from(name), data: Buffer.from(text) }));
  const numbers = (...given: readonly (readonly [value: number, bytes: number])[]): Buffer =>
    Buffer.concat(
      given.map(([value, bytes]) => {
        const field = Buffer.alloc(bytes);
        field.writeUIntLE(value, 0, bytes);
        return field;
      }),
    );
  const common = ({ name, data }: (typeof entries)[number]): Buffer =>
    numbers(
      [20, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [crc32(data), 4],
      [data.length, 4],
      [data.length, 4],
      [name.length, 2],
      [0, 2],
    );
  const local = entries.map((entry) =>
    Buffer.concat([numbers([0x04034b50, 4]), common(entry), entry.name, entry.data]),
  );
  let offset = 0;
  const central = entries.map((entry, i) => {
    const record = [
      numbers([0x02014b50, 4], [20, 2]),
      common(entry),
      numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
    ];
    offset += local[i]!.length;
    return Buffer.concat([...record, entry.name]);
  });
  const size = central.reduce((sum, { length }) => sum + length, 0);
  const counts = [entries.length, 2] as const;
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], counts, counts, [size, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...local, ...central, end]);
}

/** Where an archive is unpacked, in `temporary`. */
const ofArchive = (file: string): string => `proxyless-ci-data-${sha256(file).slice(0, 16)}`;

async function problem(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((e: unknown) => e);
  expect(error).toMatchObject({ name: 'UserError' });
  return (error as Error).message;
}

describe('data', () => {
  test('in folders is those folders', async () => {
    const folders = [
      { folder: 'photos', weight: 1 },
      { folder: 'street', weight: 0.5 },
    ];
    expect(await dataFolders(folders, none, temporary)).toEqual(folders);
  });

  test.each(['people.tar.gz', 'flat.tar'])(
    'in %s is fetched once and unpacked, with or without a folder',
    async (file) => {
      answers = [{ file }];
      const data = await fetched(file);
      expect(readdirSync(data).sort()).toEqual(['images', 'splits.json']);
      expect(await fetched(file)).toBe(data);
      expect(requests).toHaveLength(1);
    },
  );

  test('of another hash is refused and not kept; addresses are shown without what may be secret', async () => {
    answers = [{ file: 'people.tar.gz' }];
    const message = await problem(fetched('people.tar.gz', '0'.repeat(64)));
    expect(message).toContain(`its SHA-256 is ${sha256('people.tar.gz')}, not 000`);
    expect(message).not.toContain('secret');
    await problem(fetched('people.tar.gz', '0'.repeat(64)));
    expect(requests).toHaveLength(2);
  });

  test('that was damaged in the cache is fetched again', async () => {
    answers = [{ file: 'people.tar.gz' }];
    const damaged: Cache = {
      ...none,
      restore: async (at) => {
        mkdirSync(at, { recursive: true });
        writeFileSync(join(at, 'archive'), 'damaged');
        return true;
      },
    };
    expect(existsSync(join(await fetched('people.tar.gz', undefined, damaged), 'splits.json'))).toBe(true);
    expect(requests).toHaveLength(1);
  });

  test('comes through a busy server and a connection that breaks off', async () => {
    answers = [503, { file: 'people.tar.gz', cut: true }, { file: 'people.tar.gz' }];
    expect(existsSync(join(await fetched('people.tar.gz'), 'splits.json'))).toBe(true);
    expect(requests).toHaveLength(3);
  });

  test('that is not there, is no archive or holds no data set is told', async () => {
    answers = [404];
    expect(await problem(fetched('people.tar.gz'))).toContain('cannot be fetched: the server answered 404');
    writeFileSync(join(folder, 'text.tar'), 'no archive');
    answers = [{ file: 'text.tar' }];
    expect(await problem(fetched('text.tar'))).toContain('cannot be unpacked');
    execFileSync('tar', ['-cf', 'empty.tar', '-C', 'people', 'images'], { cwd: folder });
    answers = [{ file: 'empty.tar' }];
    expect(await problem(fetched('empty.tar'))).toContain('has no splits.json');
  });

  test.each([true, false])('larger than the most that is fetched is not (length stated: %s)', async (isStated) => {
    answers = [{ file: 'people.tar.gz', chunked: !isStated }];
    expect(await problem(fetched('people.tar.gz', undefined, none, 50))).toContain('larger than 0 MB, the most that');
    expect(requests).toHaveLength(1);
    expect(existsSync(join(temporary, `proxyless-ci-archive-${sha256('people.tar.gz')}`, 'archive'))).toBe(false);
  });

  test('of an archive is unpacked into a folder of its name, by a tar that sees no tokens', async () => {
    const path = mkdtempSync(join(folder, 'path-'));
    writeFileSync(join(path, 'tar'), `#!/bin/sh\nenv > ${path}/environment\nPATH=/usr/bin:/bin exec tar "$@"\n`, {
      mode: 0o755,
    });
    vi.stubEnv('PATH', `${path}:${process.env.PATH}`);
    vi.stubEnv('INPUT_GITHUB-TOKEN', 'ghs_secret');
    vi.stubEnv('ACTIONS_RUNTIME_TOKEN', 'ghs_secret');
    answers = [{ file: 'flat.tar' }];
    expect(basename(await fetched('flat.tar'))).toBe('flat');
    expect(readFileSync(join(path, 'environment'), 'utf8')).not.toContain('ghs_secret');
  });

  test('that would unpack outside its folder does not', async () => {
    answers = [{ file: 'escaping.tar' }];
    await problem(fetched('escaping.tar'));
    // GNU tar leaves the dots out, others refuse.
    const unpacked = new Set(
      readdirSync(temporary, { recursive: true, encoding: 'utf8' }).map((path) => dirname(path)),
    );
    expect([...unpacked].filter((path) => path.endsWith('outside'))).toEqual(
      unpacked.has(join(ofArchive('escaping.tar'), 'outside')) ? [join(ofArchive('escaping.tar'), 'outside')] : [],
    );
  });

  test('of a zip archive is unpacked too, and not outside its folder', async () => {
    writeFileSync(join(folder, 'flat.zip'), zipOf({ 'splits.json': '{}', 'images/a.txt': 'text' }));
    answers = [{ file: 'flat.zip' }];
    const flat = await fetched('flat.zip');
    expect(basename(flat)).toBe('flat');
    expect(readFileSync(join(flat, 'images', 'a.txt'), 'utf8')).toBe('text');
    writeFileSync(join(folder, 'escaping.zip'), zipOf({ 'splits.json': '{}', '../../outside.txt': 'text' }));
    answers = [{ file: 'escaping.zip' }];
    await fetched('escaping.zip').catch(() => {});
    const outside = readdirSync(temporary, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('outside.txt'),
    );
    expect(outside.filter((path) => !path.startsWith(join(ofArchive('escaping.zip'), 'escaping')))).toEqual([]);
  });

  test('is asked for with the credentials of its address, which no other host is told', async () => {
    answers = [{ file: 'people.tar.gz' }];
    await fetched('people.tar.gz');
    expect(credentials).toEqual([`Basic ${Buffer.from('user:secret').toString('base64')}`]);
    credentials = [];
    rmSync(join(temporary, `proxyless-ci-archive-${sha256('people.tar.gz')}`), { recursive: true });
    const elsewhere = new URL('/people.tar.gz', address.replace('127.0.0.1', 'localhost'));
    elsewhere.username = '';
    elsewhere.password = '';
    answers = [{ location: elsewhere.href }, { file: 'people.tar.gz' }];
    await fetched('people.tar.gz');
    expect(credentials).toEqual([expect.stringMatching(/^Basic /), undefined]);
  });
});

describe('private data', () => {
  const archive = (url: string) => ({ url, sha256: '0'.repeat(64) });

  test('is an archive with credentials or a query in its address, and a folder that git does not track', async () => {
    execFileSync('git', ['init', '-q'], { cwd: temporary });
    for (const name of ['tracked', 'fetched']) {
      mkdirSync(join(temporary, name));
      writeFileSync(join(temporary, name, 'splits.json'), '{}');
    }
    execFileSync('git', ['add', 'tracked'], { cwd: temporary });
    const git = await openGit(temporary, join(temporary, 'home'));
    const isSecret = (data: Parameters<typeof isPrivate>[0]) => isPrivate(data, 'auto', git);
    expect(await isSecret(archive('https://example.org/a.tar'))).toBe(false);
    expect(await isSecret(archive('https://user:word@example.org/a.tar'))).toBe(true);
    expect(await isSecret(archive('https://example.org/a.tar?sig=abc'))).toBe(true);
    const folders = (...names: string[]) => names.map((folder) => ({ folder, weight: 1 }));
    expect(await isSecret(folders('tracked'))).toBe(false);
    expect(await isSecret(folders('fetched'))).toBe(true);
    expect(await isSecret(folders('tracked', 'fetched'))).toBe(true);
    // A folder whose splits are committed and whose photos an earlier step fetched, where git ignores them.
    mkdirSync(join(temporary, 'partly'));
    for (const name of ['splits.json', '.gitignore']) writeFileSync(join(temporary, 'partly', name), 'images\n');
    execFileSync('git', ['add', 'partly'], { cwd: temporary });
    expect(await isSecret(folders('partly'))).toBe(false);
    mkdirSync(join(temporary, 'partly', 'images'));
    writeFileSync(join(temporary, 'partly', 'images', 'a.jpg'), 'photo');
    expect(await isSecret(folders('partly'))).toBe(true);
    symlinkSync('fetched', join(temporary, 'link'));
    execFileSync('git', ['add', 'link'], { cwd: temporary });
    expect(await isSecret(folders('link'))).toBe(true);
    expect(await isSecret(undefined)).toBe(false);
    for (const data of [folders('tracked'), folders('fetched'), archive('https://example.org/a.tar?sig=abc')]) {
      expect(await isPrivate(data, 'true', git)).toBe(false);
      expect(await isPrivate(data, 'false', git)).toBe(true);
    }
  });
});
