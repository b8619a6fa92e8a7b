// Stands in for src/pipeline/index.ts where the command line's own behavior is tested: the recipe's name says how the command ends.
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../src/lib/errors.ts';
import { announceKernels } from '../../src/lib/reexec.ts';
import type { Outcome, SearchOptions } from '../../src/pipeline/index.ts';

export async function runSearch({ recipe, signal, progress, threads }: SearchOptions): Promise<Outcome> {
  progress.note(`process ${process.pid}`);
  const threshold = process.env.MALLOC_MMAP_THRESHOLD_;
  switch (recipe) {
    case 'bad':
      throw new UserError('recipe.yaml: seed: wrong\nrecipe.yaml: input: wrong');
    case 'bug':
      throw new Error('surprise');
    case 'obedient':
      await sleep(60_000, undefined, { signal });
      break;
    case 'crash':
    case 'crash without kernels':
      if (process.env.PROXYLESS_CI_KERNELS === 'off') break;
      if (recipe === 'crash') announceKernels();
      await sleep(100);
      process.kill(process.pid, 'SIGSEGV');
      await sleep(60_000);
      break;
    case 'stubborn':
      await sleep(60_000);
  }
  return { exitCode: recipe === 'missed' ? 1 : 0, summary: `summary ${recipe}`, json: { threads, threshold } };
}

export const runTable = runSearch;
export const runDerive = runSearch;
export const runTrain = runSearch;
export const runGate = runSearch;
export const runMeasure = runSearch;
export const runInspect = runSearch;
export const runCompare = runSearch;
export const runExport = runSearch;
export const runSegment = runSearch;
export const runDiagnose = runSearch;
export const runServe = runSearch;
export const runShard = runSearch;
export const runMerge = runSearch;
export const runInit = runSearch;
export const runTableShow = runSearch;
export const runTableDiff = runSearch;
export const runTableMerge = runSearch;
export const tableOrders = ['latency'];
