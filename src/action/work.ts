// Calls the pipeline with what the cache has, and keeps in the cache what later runs can resume from.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { warning } from '@actions/core';
import { UserError } from '../lib/errors.ts';
import {
  type BaseModel,
  type CacheKeys,
  type CommonOptions,
  cacheKeys,
  checkBudgetFields,
  type GateOptions,
  type GateThresholds,
  type Outcome,
  recipePaths,
  runDerive,
  runGate,
  runMerge,
  runSearch,
  runShard,
  runTable,
  type SearchOptions,
} from '../pipeline/index.ts';
import { baseCommit, committedFile } from './base.ts';
import { dataFolders, isPrivate } from './data.ts';
import { type Event, gateFolder, isProposal, type Work } from './events.ts';
import type { Git } from './git.ts';
import { checkRecipePaths, type Inputs } from './inputs.ts';
import type { Caches } from './keep.ts';
import { type KeptResults, keptResults } from './results.ts';

export interface JobContext extends CommonOptions {
  readonly inputs: Inputs;
  readonly event: Event;
  /** The checkout, and the working directory. */
  readonly workspace: string;
  /** git in it. */
  readonly git: Git;
  /** RUNNER_TEMP. */
  readonly temporary: string;
  /** Tells this run's cache entries from those of other runs. */
  readonly runId: string;
  readonly caches: Caches;
}

/** With the options that every command takes. */
interface WorkContext extends JobContext {
  /** Whether the data, and what holds weights trained on it, must not go into the cache. */
  readonly isPrivate: boolean;
  readonly common: CommonOptions & Pick<Inputs, 'threads' | 'budgets' | 'out'>;
}

const tableFile = 'latency-table.json';

/** What was done. */
export interface WorkDone {
  readonly summary: string;
  /** Whether its data, and what shows them, must not become public. */
  readonly isPrivate: boolean;
}

/** Does the work. Its artifacts are in the run folder then; result.json among them, unless it was a shard that only trains. */
export async function runWork(work: Work, job: JobContext): Promise<WorkDone> {
  const { inputs, progress, signal, commit, workspace } = job;
  const named = work.recipe?.startsWith('./') ? await recipePaths(work.recipe) : undefined;
  // A gate scores on the recipe's photos where the input names none.
  const ofRecipe = work.mode === 'gate' && !work.data ? named?.data : undefined;
  const folders = ofRecipe?.map(({ folder }) => folder) ?? [];
  if (named) await checkRecipePaths([...named.files, ...folders], workspace);
  const { threads, budgets, out } = inputs;
  checkBudgetFields(budgets, 'input');
  const secret = await isPrivate(
    work.mode === 'table' ? undefined : (work.data ?? ofRecipe),
    inputs.cacheData,
    job.git,
  );
  const context: WorkContext = {
    ...job,
    isPrivate: secret,
    common: { progress, signal, commit, threads, budgets, out },
  };
  const { summary } = await workOn(work, context);
  return { summary, isPrivate: secret };
}

async function workOn(work: Work, context: WorkContext): Promise<Pick<Outcome, 'summary'>> {
  if (work.mode === 'table') {
    const options = { ...context.common, recipe: work.recipe };
    return resumed('table', runTable, options, await cacheKeys(options), context);
  }
  const { caches, temporary } = context;
  const data = work.data && (await dataFolders(work.data, context.isPrivate ? undefined : caches('data'), temporary));
  if (work.mode === 'search') return search({ ...work, data }, context);
  const summaries: string[] = [];
  for (const model of work.models) {
    const gates = work.models.length;
    const { summary } = await gate({ model, recipe: work.recipe, data, gates }, context);
    summaries.push(gates === 1 ? summary : `${model}\n${summary}`);
  }
  return { summary: summaries.join('\n\n') };
}

async function gate(
  { model, recipe, data, gates }: Pick<GateOptions, 'model' | 'recipe' | 'data'> & { readonly gates: number },
  context: WorkContext,
): Promise<Outcome> {
  const only = gates === 1;
  const base = await baseAt(context.inputs.baseModel ?? model, context, only);
  const { modelSettings } = context.inputs;
  const options = {
    ...context.common,
    ...thresholds(context),
    ...base,
    gates,
    out: gateFolder(context.inputs.out, model, only),
  };
  return runGate({ ...options, model, recipe, data, modelSettings });
}

async function search(
  { recipe, data }: Pick<SearchOptions, 'recipe' | 'data'>,
  context: WorkContext,
): Promise<Outcome> {
  const { inputs, event, caches, temporary, runId } = context;
  const { shard, out } = inputs;
  const options = { ...context.common, recipe, data };
  if (typeof shard === 'object') return runShard({ ...options, shard });
  const keys = await cacheKeys(options);
  if (shard === 'derive' || shard === 'candidates')
    return resumed('derive', runDerive, { ...options, deferTrials: shard === 'candidates' }, keys, context);
  const network = `${keys.network} ${inputs.commentKey}`;
  const results = keptResults(caches('result'), network, temporary, context.isPrivate);
  const base = inputs.baseModel ? await baseAt(inputs.baseModel, context) : await lastResult(results, context);
  const judged = { ...options, ...thresholds(context), ...base };
  const outcome =
    shard === 'merge'
      ? await runMerge({ ...judged, shards: await foldersIn(`${out}-shards`) })
      : await resumed('search', runSearch, judged, keys, context);
  if (event.branch) await results.keep(out, event.branch, runId);
  return outcome;
}

const thresholds = ({ inputs: { latencyThreshold, miouThreshold } }: WorkContext) => ({
  latencyThreshold,
  miouThreshold,
});

/** What a run compares with, or why it does not. */
type Comparison = { readonly base?: BaseModel } & Pick<GateThresholds, 'noBase'>;

/** A file as it is committed at the base. */
async function baseAt(
  path: string,
  { git, workspace, temporary, inputs, event }: WorkContext,
  only = true,
): Promise<Comparison> {
  const request = { git, workspace, ref: inputs.baseRef, event };
  const commit = await baseCommit(request);
  if (!commit) return {};
  const folder = join(temporary, 'proxyless-ci-base');
  const base = 'commit' in commit ? await committedFile(request, commit, path, folder, only) : commit;
  if ('file' in base) return { base };
  warning(base.reason);
  return { noBase: base };
}

/** The last result of the branch that a pull request or a merge queue is to be merged into, or of `base-ref`. */
async function lastResult(results: KeptResults, { inputs, event }: WorkContext): Promise<Comparison> {
  const branch = inputs.baseRef ?? (isProposal(event) ? event.base?.branch : undefined);
  if (branch === undefined) return {};
  const base = await results.last(branch);
  if (base) return { base };
  const reason =
    `Nothing to compare with: the cache has no result of ${branch} by this recipe and input size; ` +
    `a run on ${branch} keeps one, or base-model names a committed model or architecture.`;
  warning(reason);
  return { noBase: { reason, inconclusive: false } };
}

/**
 * Runs in the folder that an interrupted or equal run left in the cache, or else by the latency table that is there. However it ends, the
 * folder goes into the cache, so that the next run of the same recipe, data and code goes on from there.
 */
async function resumed<O extends { readonly out: string }>(
  name: string,
  run: (options: O & { readonly table?: string }) => Promise<Outcome>,
  options: O,
  keys: CacheKeys,
  { caches, temporary, workspace, runId, isPrivate: isSecret }: WorkContext,
): Promise<Outcome> {
  const out = join(workspace, options.out);
  const runKey = `proxyless-ci-${name}-${await codeHash()}-${keys.run}-`;
  const finishedKey = `${runKey}finished`;
  const tableKey = `proxyless-ci-table-${keys.table}`;
  const tableFolder = join(temporary, tableKey);
  const runs = isSecret ? undefined : caches('runs');
  const isNew = !(await isUsed(out));
  const isFinished = isNew && ((await runs?.restore(out, finishedKey)) ?? false);
  const hasRun = isFinished || (isNew && ((await runs?.restore(out, `${runKey}begun-`)) ?? false));
  const hasTable = !hasRun && (await caches('table').restore(tableFolder, tableKey));
  if (!isFinished) runs?.keepRun({ folder: out, key: `${runKey}begun-${runId}`, finishedKey });
  try {
    return await run({ ...options, ...(hasTable ? { table: join(tableFolder, tableFile) } : {}) });
  } finally {
    if (!hasRun && !hasTable && existsSync(join(out, tableFile))) {
      await mkdir(tableFolder, { recursive: true });
      await copyFile(join(out, tableFile), join(tableFolder, tableFile));
      await caches('table').save(tableFolder, tableKey);
    }
  }
}

/** A hash of all the code that runs: the files of another version may mean something else to this one. */
async function codeHash(): Promise<string> {
  const folder = dirname(fileURLToPath(import.meta.url));
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).filter((file) => /\.[jt]s$/.test(file)).sort())
    hash.update(await readFile(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

async function isUsed(folder: string): Promise<boolean> {
  return existsSync(folder) && (await readdir(folder)).length > 0;
}

/** @throws UserError when there is no such folder */
async function foldersIn(folder: string): Promise<string[]> {
  if (!existsSync(folder))
    throw new UserError(`input: shard: merge takes the run folders of the shards from ${folder}, which does not exist`);
  // Of a single artifact, actions/download-artifact leaves out the folder.
  if (existsSync(join(folder, 'run.json'))) return [folder];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}
