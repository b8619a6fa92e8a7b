// The history of a branch's results, in the cache: runs on the branch write it, pull requests into it read it. It is advice: whatever is wrong
// with it is a line in the log.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { notice } from '@actions/core';
import { type HistoryEntry, historySchema, type Trend } from '../contracts/history.ts';
import type { Result } from '../contracts/result.ts';
import { readJson, writeJson } from '../lib/files.ts';
import { entryOf, trendOf, withEntry } from '../verdict/trend.ts';
import { type Cache, openCache } from './cache.ts';
import type { Event, Work } from './events.ts';
import type { Inputs } from './inputs.ts';

export interface TrendContext {
  readonly work: Work;
  readonly event: Event;
  readonly inputs: Pick<Inputs, 'cache' | 'commentKey'>;
  /** RUNNER_TEMP. */
  readonly temporary: string;
  /** Tells this run's cache entries from those of other runs. */
  readonly runId: string;
}

/** The events of merges into a branch; never events that strangers can start. */
const writers = ['push', 'schedule'];

/**
 * How the results of the branch have moved that a run is on or is to be merged into; a push or a schedule adds its own to them.
 * @returns undefined where there is no history, or the run measured no network
 */
export async function followTrend(
  result: Result,
  { work, event, inputs, temporary, runId }: TrendContext,
): Promise<Trend | undefined> {
  const branch = event.branch ?? event.base?.branch;
  const entry = entryOf(result);
  if (branch === undefined || !entry) return undefined;
  const cache = openCache(inputs.cache);
  const folder = join(temporary, 'proxyless-ci-history');
  const key = `proxyless-ci-history-${subjectOf(result, work, branch, inputs.commentKey)}:`;
  const kept = await restoreHistory(cache, folder, key);
  const isWriter = event.branch !== undefined && writers.includes(event.name);
  const entries = isWriter ? withEntry(kept, entry) : kept;
  if (isWriter) await keepHistory(cache, folder, `${key}${runId}-${entry.hardware}`, entries);
  return entries.length > 0 ? trendOf(branch, entries) : undefined;
}

/** A short hash of what results are about: only those of one subject make a history. Names of branches may hold what keys may not. */
function subjectOf({ recipe, input }: Result, work: Work, branch: string, commentKey: string): string {
  const judged = work.mode === 'gate' ? work.model : recipe;
  const subject = [work.mode, judged, input.height, input.width, branch, commentKey];
  return createHash('sha256').update(JSON.stringify(subject)).digest('hex').slice(0, 16);
}

const fileIn = (folder: string): string => join(folder, 'history.json');

async function restoreHistory(cache: Cache, folder: string, key: string): Promise<HistoryEntry[]> {
  if (!(await cache.restore(folder, key))) return [];
  try {
    return (await readJson(fileIn(folder), historySchema)).entries;
  } catch (error) {
    notice(
      `trend: the history starts again, because the kept one is damaged or of another version: ${(error as Error).message}`,
    );
    return [];
  }
}

async function keepHistory(cache: Cache, folder: string, key: string, entries: readonly HistoryEntry[]): Promise<void> {
  try {
    await writeJson(fileIn(folder), { schema: 'proxyless-ci/history@1', entries });
    await cache.save(folder, key);
  } catch (error) {
    notice(`trend: the history was not kept: ${(error as Error).message}`);
  }
}
