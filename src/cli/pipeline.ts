// The pipeline's commands, loaded when one of them runs: `init` and `--help` need none of the packages with native code.
import { runInit } from '../pipeline/commands/init.ts';
import type { Outcome } from '../pipeline/index.ts';

type Pipeline = typeof import('../pipeline/index.ts');
type Commands = {
  [Name in keyof Pipeline as Pipeline[Name] extends (options: never) => Promise<Outcome>
    ? Name
    : never]: Pipeline[Name];
};

/** A command that loads the pipeline first. */
function lazy<Name extends keyof Commands>(name: Name): (...options: Parameters<Commands[Name]>) => Promise<Outcome> {
  return async (...options) => {
    const run = (await import('../pipeline/index.ts'))[name] as (...given: typeof options) => Promise<Outcome>;
    return run(...options);
  };
}

export const runCompare = lazy('runCompare');
export const runDataCheck = lazy('runDataCheck');
export const runDerive = lazy('runDerive');
export const runDiagnose = lazy('runDiagnose');
export const runEndToEnd = lazy('runEndToEnd');
export const runExport = lazy('runExport');
export const runGate = lazy('runGate');
export const runImport = lazy('runImport');
export const runInspect = lazy('runInspect');
export const runMeasure = lazy('runMeasure');
export const runMerge = lazy('runMerge');
export const runSearch = lazy('runSearch');
export const runSegment = lazy('runSegment');
export const runServe = lazy('runServe');
export const runShard = lazy('runShard');
export const runTable = lazy('runTable');
export const runTableDiff = lazy('runTableDiff');
export const runTableMerge = lazy('runTableMerge');
export const runTableShow = lazy('runTableShow');
export const runTrain = lazy('runTrain');
export const runVideo = lazy('runVideo');
export { runInit };
