// GitHub's cache. Whatever is wrong with it, it never fails a job: then there is just nothing in it.
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache';
import { warning } from '@actions/core';
import { z } from 'zod';
import { readJson, writeJson } from '../lib/files.ts';
import { fileHash } from '../lib/hash.ts';
import { say } from './log.ts';

/** What is kept: latency tables, the last result of a branch, the history of its results, archives of data, run folders. */
export const cacheKinds = ['table', 'result', 'history', 'data', 'runs'] as const;
/** Native packages are kept unless nothing is. */
export type CacheKind = (typeof cacheKinds)[number] | 'packages';

export interface Cache {
  /**
   * Puts the entry of a key, or else the newest whose key begins so, in place of a folder.
   * @returns whether there was one, whole
   */
  restore(folder: string, key: string): Promise<boolean>;
  /** Keeps a folder under a key. An entry that exists stays as it is. */
  save(folder: string, key: string): Promise<void>;
}

/** Written into an entry and checked when it comes back: a hash of every file. */
const manifestName = 'cache-manifest.json';
const manifestSchema = z.record(z.string(), z.string());

/** The cache, or one that is always empty where the user or the runner has none. */
export function openCache(wanted: boolean): Cache {
  if (wanted && isFeatureAvailable()) return { restore, save };
  if (wanted) say('cache: this runner offers none');
  return { restore: () => Promise.resolve(false), save: () => Promise.resolve() };
}

async function restore(folder: string, key: string): Promise<boolean> {
  try {
    const hit = await restoreCache([folder], key, [key]);
    if (hit !== undefined) {
      await checkManifest(folder);
      say(`cache: ${folder} from ${hit}`);
      return true;
    }
    say(`cache: nothing under ${key}`);
  } catch (error) {
    warning(`cache: the entry ${key} is ignored, because it cannot be used: ${(error as Error).message}`);
  }
  // An archive that breaks off leaves what came before.
  await rm(folder, { recursive: true, force: true });
  return false;
}

async function save(folder: string, key: string): Promise<void> {
  const manifest = join(folder, manifestName);
  try {
    await writeJson(manifest, await hashes(folder));
    await saveCache([folder], key);
  } catch (error) {
    warning(`cache: ${folder} was not kept: ${(error as Error).message}`);
  } finally {
    await rm(manifest, { force: true });
  }
}

/** @throws Error when a file is missing or is not what was kept */
async function checkManifest(folder: string): Promise<void> {
  const manifest = join(folder, manifestName);
  if (!existsSync(manifest)) throw new Error('it is not of this tool');
  const kept = await readJson(manifest, manifestSchema);
  await rm(manifest);
  const found = await hashes(folder);
  const damaged = Object.keys(kept).find((name) => found[name] !== kept[name]);
  if (damaged !== undefined) throw new Error(`${damaged} is damaged`);
}

async function hashes(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === manifestName) continue;
    const path = join(entry.parentPath, entry.name);
    found[relative(folder, path)] = await fileHash(path);
  }
  return found;
}
