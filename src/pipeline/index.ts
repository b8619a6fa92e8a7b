// What the doors (command line, Action) may call: one function a command. Progress goes to the caller's `progress`, results come back.

export { runDataCheck, runImport, runVideo } from './commands/data.ts';
export { runDiagnose } from './commands/diagnose.ts';
export { runEndToEnd } from './commands/end-to-end.ts';
export { runExport } from './commands/export.ts';
export { runCompare, runGate } from './commands/gate.ts';
export { runInit } from './commands/init.ts';
export { runInspect } from './commands/inspect.ts';
export { runMeasure } from './commands/measure.ts';
export { runDerive, runSearch, runTable, runTrain } from './commands/search.ts';
export { runSegment } from './commands/segment.ts';
export { runServe } from './commands/serve.ts';
export { runMerge, runShard } from './commands/shards.ts';
export { runTableDiff, runTableMerge, runTableShow } from './commands/table-files.ts';
export { type CacheKeys, cacheKeys } from './keys.ts';
export type * from './options.ts';
export { tableOrders } from './options.ts';
export { recipePaths } from './recipe-file.ts';
export { checkBudgetFields } from './settings.ts';
