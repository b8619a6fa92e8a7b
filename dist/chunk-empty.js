import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  cacheKeys,
  checkBudgetFields,
  recipePaths,
  runCompare,
  runDataCheck,
  runDerive,
  runDiagnose,
  runEndToEnd,
  runExport,
  runGate,
  runImport,
  runInspect,
  runMeasure,
  runMerge,
  runSearch,
  runSegment,
  runServe,
  runShard,
  runTable,
  runTableDiff,
  runTableMerge,
  runTableShow,
  runTrain,
  runVideo
} from "./chunk-systeminformation.js";
import "./chunk-yaml.js";
import "./chunk-lib-reexec.js";
import "./chunk-lib-hash.js";
import "./chunk-data-batches.js";
import "./chunk-bufbuild-protobuf.js";
import "./chunk-simple-statistics.js";
import "./chunk-pure-rand.js";
import {
  runInit,
  tableOrders
} from "./chunk-pipeline-commands-init.js";
import "./chunk-contracts-model.js";
import "./chunk-zod.js";
import "./chunk-lib-package-root.js";
import "./chunk-lib-files.js";
import "./chunk-lib-normalization.js";
import "./chunk-lib-errors.js";
import "./chunk-empty1.js";
export {
  cacheKeys,
  checkBudgetFields,
  recipePaths,
  runCompare,
  runDataCheck,
  runDerive,
  runDiagnose,
  runEndToEnd,
  runExport,
  runGate,
  runImport,
  runInit,
  runInspect,
  runMeasure,
  runMerge,
  runSearch,
  runSegment,
  runServe,
  runShard,
  runTable,
  runTableDiff,
  runTableMerge,
  runTableShow,
  runTrain,
  runVideo,
  tableOrders
};
