import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cache } from '../../src/action/cache.ts';
import {
  checkPlatform,
  type InstallOptions,
  installNativePackages,
  type Platform,
  thisPlatform,
} from '../../src/action/native.ts';

/** A registry with small packages that are laid out as the real ones, and a lockfile of them. */
let folder: string;
let server: Server;
let requests: string[];
let answer: 'whole' | 'cut' | number;
let registry: string;

const linux: Platform = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const windows: Platform = { os: 'win32', cpu: 'x64', libc: undefined };

const packages = [
  {
    name: 'onnxruntime-node',
    fields: { os: ['win32', 'darwin', 'linux'] },
    files: ['bin/napi-v6/linux/x64/binding.node', 'bin/napi-v6/win32/x64/binding.node', 'dist/index.js'],
  },
  { name: 'sharp', fields: {}, files: ['lib/index.js'] },
  {
    name: '@img/sharp-linux-x64',
    fields: { optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
    files: ['lib/sharp.node'],
  },
  {
    name: '@img/sharp-linuxmusl-x64',
    fields: { optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
    files: ['lib/sharp.node'],
  },
  { name: '@img/sharp-win32-x64', fields: { optional: true, os: ['win32'], cpu: ['x64'] }, files: ['lib/sharp.node'] },
  { name: '@img/sharp-wasm32', fields: { optional: true }, files: ['lib/sharp.wasm'] },
];
const archiveOf = (name: string): string =>
  join(folder, 'archives', `${name.replace('@', '').replace('/', '-')}-1.0.0.tgz`);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'native-'));
  mkdirSync(join(folder, 'archives'));
  mkdirSync(join(folder, 'source'));
  const locked: Record<string, object> = { '': { version: '1.0.0' } };
  for (const { name, fields, files } of packages) {
    const root = join(folder, 'pack', name);
    for (const file of files) {
      mkdirSync(join(root, 'package', file, '..'), { recursive: true });
      writeFileSync(join(root, 'package', file), `${name} ${file}`);
    }
    execFileSync('tar', ['-czf', archiveOf(name), '-C', root, 'package']);
    const integrity = `sha512-${createHash('sha512')
      .update(readFileSync(archiveOf(name)))
      .digest('base64')}`;
    locked[`node_modules/${name}`] = { version: '1.0.0', integrity, ...fields };
  }
  writeFileSync(join(folder, 'source', 'package.json'), '{}');
  writeFileSync(join(folder, 'source', 'package-lock.json'), JSON.stringify({ packages: locked }));
  requests = [];
  answer = 'whole';
  server = createServer((request, response) => {
    requests.push(request.url!);
    const [, name = ''] = /^\/mirror\/(.+)\/-\//.exec(request.url!) ?? [];
    if (typeof answer === 'number') return response.writeHead(answer).end();
    if (!existsSync(archiveOf(name))) return response.writeHead(404).end();
    const bytes = readFileSync(archiveOf(name));
    response.writeHead(200, { 'content-length': bytes.length });
    if (answer === 'cut') response.write(bytes.subarray(0, 20), () => response.destroy());
    else response.end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror`;
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const install = (change: Partial<InstallOptions> = {}): Promise<string> =>
  installNativePackages({
    source: join(folder, 'source'),
    toolCache: join(folder, 'tools'),
    from: registry,
    platform: linux,
    retryMs: 1,
    ...change,
  });

/** Files of packages, by their path in node_modules. */
const filesIn = (at: string): string[] =>
  readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => join(entry.parentPath, entry.name).split('/node_modules/')[1] ?? [])
    .sort();

async function problem(change: Partial<InstallOptions> = {}): Promise<string> {
  const error = await install(change).catch((e: unknown) => e);
  expect(error).toMatchObject({ name: 'UserError' });
  const tools = join(folder, 'tools');
  // Nothing that a later job would take for the packages.
  if (existsSync(tools)) expect(filesIn(tools)).toEqual([]);
  return (error as Error).message;
}

describe('native packages', () => {
  test('come from a registry once, for this platform alone, and then from the tool cache', async () => {
    const at = await install();
    expect(filesIn(at)).toEqual([
      '@img/sharp-linux-x64/lib/sharp.node',
      'onnxruntime-node/bin/napi-v6/linux/x64/binding.node',
      'onnxruntime-node/dist/index.js',
      'sharp/lib/index.js',
    ]);
    expect(requests).toHaveLength(3);
    expect(await install({ from: 'http://127.0.0.1:9' })).toBe(at);
    expect(requests).toHaveLength(3);
  });

  test('for Windows come without any npm', async () => {
    expect(filesIn(await install({ platform: windows })).filter((name) => /win32/.test(name))).toEqual([
      '@img/sharp-win32-x64/lib/sharp.node',
      'onnxruntime-node/bin/napi-v6/win32/x64/binding.node',
    ]);
  });

  test('come from a folder of archives where there is no network', async () => {
    await install({ from: join(folder, 'archives') });
    expect(requests).toEqual([]);
  });

  test("come from GitHub's cache where the tool cache lacks them, and go into it", async () => {
    const kept = new Map<string, string>();
    const cache: Cache = {
      restore: async (at, key) => {
        const from = kept.get(key);
        if (from) cpSync(from, at, { recursive: true });
        return from !== undefined;
      },
      save: async (at, key) => void kept.set(key, at),
    };
    const first = await install({ cache });
    const second = await install({ cache, toolCache: join(folder, 'other machine') });
    expect(filesIn(second)).toEqual(filesIn(first));
    expect(requests).toHaveLength(3);
    await install({ cache, toolCache: join(folder, 'windows'), platform: windows });
    expect(kept.size).toBe(2);
  });

  test('are installed once where two jobs of a machine need them', async () => {
    const [one, two] = await Promise.all([install(), install()]);
    expect(one).toBe(two);
    expect(readdirSync(join(one, '..')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('an installation that fails says what to do', () => {
  test('where the registry refuses, is not there, or breaks off', async () => {
    answer = 403;
    expect(await problem()).toMatch(/cannot be installed .*the server answered 403\n.*packages-from takes a mirror/s);
    answer = 404;
    expect(await problem()).toContain('the server answered 404');
    answer = 503;
    requests = [];
    expect(await problem()).toContain('the server answered 503');
    expect(requests.length).toBeGreaterThan(3);
    answer = 'cut';
    expect(await problem()).toMatch(/onnxruntime-node|sharp/);
    expect(await problem({ from: 'http://127.0.0.1:9' })).toContain('ECONNREFUSED');
  });

  test('where nothing names a registry: npm is asked for its own, and its absence says what to give', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\n[ "$*" = "config get registry" ] && echo ${registry}/\n`, {
      mode: 0o755,
    });
    vi.stubEnv('PATH', `${bin}:/usr/bin:/bin`);
    expect(filesIn(await install({ from: '' })).length).toBeGreaterThan(0);
    rmSync(join(folder, 'tools'), { recursive: true });
    vi.stubEnv('PATH', join(folder, 'nothing'));
    expect(await problem({ from: '' })).toContain(
      'no npm here to ask for its registry; give the address of one as packages-from',
    );
    vi.unstubAllEnvs();
  });

  test('where a package is another than the lockfile names, or no archive', async () => {
    cpSync(archiveOf('sharp'), archiveOf('onnxruntime-node'));
    expect(await problem()).toContain('onnxruntime-node 1.0.0 is not the package that the lockfile names');
    expect(await problem({ from: join(folder, 'archives') })).toContain('its SHA-512 differs');
    rmSync(archiveOf('sharp'));
    expect(await problem({ from: join(folder, 'archives') })).toMatch(
      /there is no .*sharp-1\.0\.0\.tgz|its SHA-512 differs/,
    );
  });

  test('where the tool cache cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(install({ toolCache: join(folder, 'file') })).rejects.toThrow(/cannot be installed into .*ENOTDIR/s);
  });

  test.each([
    [{ os: 'linux', cpu: 'x64', libc: 'musl' }, /linux x64 with musl, as in Alpine images.*glibc 2\.28/s],
    [{ os: 'darwin', cpu: 'x64', libc: undefined }, /no package for darwin x64/],
    [{ os: 'freebsd', cpu: 'x64', libc: undefined }, /no package for freebsd x64/],
  ] as const)('before any work where there is no package for the platform: %j', async (platform, words) => {
    expect(await problem({ platform })).toMatch(words);
    expect(requests).toEqual([]);
  });

  test('and this machine is one that is supported', () => {
    expect(() => checkPlatform(thisPlatform())).not.toThrow();
  });
});
