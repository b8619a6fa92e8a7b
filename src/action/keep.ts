// What is worth keeping is put into the cache by the Action's `post:` step: a job that is cancelled gives its steps ten seconds, post steps minutes.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { getState, saveState } from '@actions/core';
import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { parseJson } from '../lib/files.ts';
import { type Cache, type CacheKind, openCache } from './cache.ts';

/** Native packages are installed by another process than the one that works. */
const stateNames = { work: 'keep', packages: 'keep-packages' } as const;

const entrySchema = z.object({
  folder: z.string(),
  key: z.string(),
  /** For a run folder: the key to use if the run has ended with a result. Equal runs share one such entry. */
  finishedKey: z.string().optional(),
});
export type KeptEntry = z.output<typeof entrySchema>;

/** The caches of a step by what is in them. The post step does the saving: folders are absolute and by then hold only what is to be kept. */
export type Caches = (kind: CacheKind) => Cache & { keepRun(entry: Required<KeptEntry>): void };

/** @param kinds what is to be kept at all */
export function openCaches(kinds: readonly CacheKind[]): Caches {
  const entries: KeptEntry[] = [];
  const keep = (entry: KeptEntry): void => {
    entries.push(entry);
    // Now and not after the work: a step that is killed does nothing afterwards.
    saveState(kinds.includes('packages') ? stateNames.packages : stateNames.work, JSON.stringify(entries));
  };
  const open = openCache(kinds.length > 0);
  const none = openCache(false);
  return (kind) => {
    const isKept = kinds.includes(kind);
    return {
      restore: isKept ? open.restore : none.restore,
      save: async (folder, key) => {
        if (isKept) keep({ folder, key });
      },
      keepRun: (entry) => {
        if (isKept) keep(entry);
      },
    };
  };
}

/** The post step: puts into the cache what the step has left. Whatever is wrong never fails the job. */
export async function keepEntries(): Promise<void> {
  for (const name of Object.values(stateNames)) {
    const state = getState(name);
    if (state) await keepState(state);
  }
}

async function keepState(state: string): Promise<void> {
  const cache = openCache(true);
  try {
    for (const { folder, key, finishedKey } of parseJson(state, 'the state of the step', z.array(entrySchema))) {
      if (!existsSync(folder) || (await readdir(folder)).length === 0) continue;
      const isFinished = finishedKey !== undefined && existsSync(join(folder, 'result.json'));
      await cache.save(folder, isFinished ? finishedKey : key);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}
