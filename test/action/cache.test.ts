import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saveCache } from '@actions/cache';
import { describe, expect, test, vi } from 'vitest';
import { openCache } from '../../src/action/cache.ts';
import { startCacheService } from './cache-service.ts';
import { useRunner } from './runner.ts';

const runner = useRunner();
const runFolder = (): string => join(runner.folder, 'run');

function fill(text: string): void {
  mkdirSync(join(runFolder(), 'checkpoints'), { recursive: true });
  writeFileSync(join(runFolder(), 'checkpoints', 'weights'), text);
}
const weights = (): string => readFileSync(join(runFolder(), 'checkpoints', 'weights'), 'utf8');

describe('the cache', () => {
  test('gives a folder back by the beginning of its key, the newest first, and as it was', async () => {
    const cache = openCache(true);
    for (const [key, text] of [
      ['run-a-1', 'old'],
      ['run-a-2', 'new'],
      ['run-b-3', 'other'],
    ] as const) {
      fill(text);
      await cache.save(runFolder(), key);
    }
    rmSync(runFolder(), { recursive: true });
    expect(await cache.restore(runFolder(), 'run-a-')).toBe(true);
    expect(weights()).toBe('new');
    expect(existsSync(join(runFolder(), 'cache-manifest.json'))).toBe(false);
    expect(runner.log).not.toContain('::warning::');
  });

  test('of GitHub Enterprise Server speaks the first version of the protocol', async () => {
    const service = await startCacheService(1);
    vi.stubEnv('ACTIONS_CACHE_SERVICE_V2', '');
    for (const [name, value] of Object.entries(service.environment)) vi.stubEnv(name, value);
    fill('kept');
    await openCache(true).save(runFolder(), 'run-a-1');
    rmSync(runFolder(), { recursive: true });
    expect(await openCache(true).restore(runFolder(), 'run-a-')).toBe(true);
    expect(weights()).toBe('kept');
    expect([...service.entries.keys()]).toEqual(['run-a-1']);
    await service.close();
  });

  test('keeps a large folder in several blocks', async () => {
    // Random bytes: more than 128 MiB stay so many when they are packed.
    mkdirSync(runFolder());
    const bytes = randomBytes(64 * 2 ** 20);
    for (const name of ['a', 'b', 'c'])
      writeFileSync(join(runFolder(), name), Buffer.concat([Buffer.from(name), bytes]));
    await openCache(true).save(runFolder(), 'run-a-1');
    rmSync(runFolder(), { recursive: true });
    expect(await openCache(true).restore(runFolder(), 'run-a-')).toBe(true);
    expect(readFileSync(join(runFolder(), 'c')).subarray(1).equals(bytes)).toBe(true);
    expect(runner.log).not.toContain('::warning::');
  });

  test('has nothing where there is no entry, no service, or it is switched off', async () => {
    expect(await openCache(true).restore(runFolder(), 'run-a-')).toBe(false);
    fill('kept');
    await openCache(true).save(runFolder(), 'run-a-1');
    expect(await openCache(false).restore(join(runner.folder, 'other'), 'run-a-')).toBe(false);
    vi.stubEnv('ACTIONS_RESULTS_URL', '');
    const none = openCache(true);
    await none.save(runFolder(), 'run-a-2');
    expect(await none.restore(join(runner.folder, 'other'), 'run-a-')).toBe(false);
    expect([...runner.service.entries.keys()]).toEqual(['run-a-1']);
  });

  test.each([
    ['that breaks off', (archive: Buffer) => archive.subarray(0, archive.length / 2)],
    ['of something else', () => Buffer.from('<html>proxy error</html>')],
    ['that is empty', () => Buffer.alloc(0)],
  ])('an archive %s is a warning and leaves nothing behind', async (_, damage) => {
    const cache = openCache(true);
    fill('x'.repeat(100_000));
    await cache.save(runFolder(), 'run-a-1');
    runner.service.entries.set('run-a-1', damage(runner.service.entries.get('run-a-1')!));
    expect(await cache.restore(runFolder(), 'run-a-')).toBe(false);
    expect(existsSync(runFolder())).toBe(false);
    expect(runner.log).toContain('::warning::');
  });

  test('an entry whose files are not those that were kept is a warning and leaves nothing behind', async () => {
    const cache = openCache(true);
    fill('right');
    const manifest = join(runFolder(), 'cache-manifest.json');
    writeFileSync(manifest, '{"checkpoints/weights": "0000"}');
    await saveCache([runFolder()], 'run-a-1');
    expect(await cache.restore(runFolder(), 'run-a-')).toBe(false);
    expect(existsSync(runFolder())).toBe(false);
    expect(runner.log).toContain('checkpoints/weights is damaged');
  });

  test.each([403, 400])('a service that answers %i costs neither the job nor the folder', async (status) => {
    const cache = openCache(true);
    runner.service.fail(status);
    fill('mine');
    await cache.save(runFolder(), 'run-a-1');
    expect(weights()).toBe('mine');
    expect(await cache.restore(join(runner.folder, 'other'), 'run-a-')).toBe(false);
  });
});
