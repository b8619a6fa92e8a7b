// The history of a branch's results, in the cache or on a branch for good: runs on the branch write it, pull requests into it read it. It is advice: whatever is wrong
// with it is a line in the log.

import { join } from 'node:path';
import { notice } from '@actions/core';
import { type HistoryEntry, historySchema, mostEntries, type Trend } from '../contracts/history.ts';
import type { Result } from '../contracts/result.ts';
import { readJson, writeJson } from '../lib/files.ts';
import { shortHash } from '../lib/hash.ts';
import { entryOf, trendOf, withEntry } from '../verdict/trend.ts';
import type { Cache } from './cache.ts';
import type { Event, Work } from './events.ts';
import { explainFailure } from './github/failures.ts';
import { addToHistory, type HistoryPlace, type HistorySubject, readHistory } from './history-branch.ts';
import type { Inputs } from './inputs.ts';

export interface TrendContext {
  readonly work: Work;
  /** The model of a gate. */
  readonly model?: string | undefined;
  /** Who said that a regression is meant. */
  readonly accepted?: string | undefined;
  readonly event: Event;
  readonly inputs: Pick<Inputs, 'commentKey' | 'title'>;
  readonly cache: Cache;
  /** Where it is kept for good; by default in the cache. */
  readonly place?: HistoryPlace | undefined;
  /** RUNNER_TEMP. */
  readonly temporary: string;
  /** Tells this run's cache entries from those of other runs. */
  readonly runId: string;
}

/** The events of merges into a branch; never events that strangers can start. */
const writers = ['push', 'schedule'];

/**
 * How the results of a branch have moved: of the branch that the run is on or is to be merged into. A push or a schedule adds its own result.
 * @returns undefined where there is no history, or the run measured no network
 */
export async function followTrend(result: Result, context: TrendContext): Promise<Trend | undefined> {
  const { work, model, accepted, event, inputs, place } = context;
  const branch = event.branch ?? event.base?.branch;
  const found = entryOf(result);
  const entry = found && accepted ? { ...found, accepted } : found;
  if (branch === undefined || !entry) return undefined;
  const id = subjectOf(result, work, model, branch, inputs.commentKey);
  const isWriter = event.branch !== undefined && writers.includes(event.name);
  const { height, width } = result.input;
  const use = inputs.title ? `, ${inputs.title}` : '';
  const title = `${model ?? result.recipe}, ${height} x ${width}, ${branch}${use}`;
  const entries = place
    ? await onBranch(place, { id, title }, entry, isWriter && event.branch === event.defaultBranch)
    : await inCache(context, id, entry, isWriter);
  return entries.length > 0 ? trendOf(branch, entries) : undefined;
}

async function inCache(
  { cache, temporary, runId }: TrendContext,
  id: string,
  entry: HistoryEntry,
  isWriter: boolean,
): Promise<HistoryEntry[]> {
  const key = `proxyless-ci-history-${id}-`;
  const folder = join(temporary, key);
  const kept = await restoreHistory(cache, folder, key);
  const entries = isWriter ? withEntry(kept, entry) : kept;
  if (isWriter) await keepHistory(cache, folder, `${key}${runId}-${entry.hardware}`, entries);
  return entries;
}

async function onBranch(
  place: HistoryPlace,
  subject: HistorySubject,
  entry: HistoryEntry,
  isWriter: boolean,
): Promise<HistoryEntry[]> {
  try {
    const kept = (await readHistory(place, subject)).slice(-mostEntries);
    if (!isWriter) return kept;
    await addToHistory(place, subject, entry);
    return withEntry(kept, entry);
  } catch (error) {
    const intent = `keep the history on branch ${place.branch} of ${place.repository}`;
    notice(`trend: ${explainFailure(error, intent, place.token, 'contents: write')}`);
    return isWriter ? [entry] : [];
  }
}

/** A short hash of what results are about: only those of one subject make a history. Names of branches may hold what keys may not. */
function subjectOf(
  { recipe, input }: Result,
  work: Work,
  model: string | undefined,
  branch: string,
  commentKey: string,
): string {
  const judged = work.mode === 'gate' ? model : recipe;
  const subject = [work.mode, judged, input.height, input.width, branch, commentKey];
  return shortHash(subject);
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
