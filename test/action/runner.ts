// What a runner gives an Action: a folder, a cache service, and a log that is read line by line. Made again for every test of a file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { type CacheService, startCacheService } from './cache-service.ts';

export interface Runner {
  /** The workspace and the folder for temporary files in one. */
  folder: string;
  service: CacheService;
  /** What the test's code has written to standard output. */
  log: string;
}

/** Call it once in a test file. Its fields are those of the test that runs. */
export function useRunner(): Runner {
  const runner: Partial<Runner> = {};
  beforeEach(async () => {
    const service = await startCacheService();
    const folder = mkdtempSync(join(tmpdir(), 'runner-'));
    Object.assign(runner, { service, folder, log: '' });
    const environment = { ...service.environment, GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      runner.log += String(text);
      return true;
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await runner.service!.close();
    rmSync(runner.folder!, { recursive: true });
  });
  return runner as Runner;
}
