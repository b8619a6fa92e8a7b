import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveCache } from '@actions/cache';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openCache } from '../../src/action/cache.ts';
import { type CacheService, startCacheService } from './cache-service.ts';

let service: CacheService;
let folder: string;
let run: string;
let log: string;

beforeEach(async () => {
  service = await startCacheService();
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
  run = join(folder, 'run');
  for (const [name, value] of Object.entries({ ...service.environment, GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder }))
    vi.stubEnv(name, value);
  log = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    log += text;
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await service.close();
  rmSync(folder, { recursive: true });
});

function fill(text: string): void {
  mkdirSync(join(run, 'checkpoints'), { recursive: true });
  writeFileSync(join(run, 'checkpoints', 'weights'), text);
}
const weights = (): string => readFileSync(join(run, 'checkpoints', 'weights'), 'utf8');

describe('the cache', () => {
  test('gives a folder back by the beginning of its key, the newest first, and as it was', async () => {
    const cache = openCache(true);
    for (const [key, text] of [
      ['run-a-1', 'old'],
      ['run-a-2', 'new'],
      ['run-b-3', 'other'],
    ] as const) {
      fill(text);
      await cache.save(run, key);
    }
    rmSync(run, { recursive: true });
    expect(await cache.restore(run, 'run-a-')).toBe(true);
    expect(weights()).toBe('new');
    expect(existsSync(join(run, 'cache-manifest.json'))).toBe(false);
    expect(log).not.toContain('::warning::');
  });

  test('has nothing where there is no entry, no service, or it is switched off', async () => {
    expect(await openCache(true).restore(run, 'run-a-')).toBe(false);
    fill('kept');
    await openCache(true).save(run, 'run-a-1');
    expect(await openCache(false).restore(join(folder, 'other'), 'run-a-')).toBe(false);
    vi.stubEnv('ACTIONS_CACHE_URL', '');
    const none = openCache(true);
    await none.save(run, 'run-a-2');
    expect(await none.restore(join(folder, 'other'), 'run-a-')).toBe(false);
    expect([...service.entries.keys()]).toEqual(['run-a-1']);
  });

  test.each([
    ['that breaks off', (archive: Buffer) => archive.subarray(0, archive.length / 2)],
    ['of something else', () => Buffer.from('<html>proxy error</html>')],
    ['that is empty', () => Buffer.alloc(0)],
  ])('an archive %s is a warning and leaves nothing behind', async (_, damage) => {
    const cache = openCache(true);
    fill('x'.repeat(100_000));
    await cache.save(run, 'run-a-1');
    service.entries.set('run-a-1', damage(service.entries.get('run-a-1')!));
    expect(await cache.restore(run, 'run-a-')).toBe(false);
    expect(existsSync(run)).toBe(false);
    expect(log).toContain('::warning::');
  });

  test('an entry whose files are not those that were kept is a warning and leaves nothing behind', async () => {
    const cache = openCache(true);
    fill('right');
    const manifest = join(run, 'cache-manifest.json');
    writeFileSync(manifest, '{"checkpoints/weights": "0000"}');
    await saveCache([run], 'run-a-1');
    expect(await cache.restore(run, 'run-a-')).toBe(false);
    expect(existsSync(run)).toBe(false);
    expect(log).toContain('checkpoints/weights is damaged');
  });

  test.each([500, 403, 400])('a service that answers %i costs neither the job nor the folder', async (status) => {
    const cache = openCache(true);
    service.fail(status);
    fill('mine');
    await cache.save(run, 'run-a-1');
    expect(weights()).toBe('mine');
    expect(await cache.restore(join(folder, 'other'), 'run-a-')).toBe(false);
  });
});
