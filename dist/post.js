import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  fail,
  keepEntries
} from "./chunk-action-keep.js";
import "./chunk-minimatch.js";
import "./chunk-lib-hash.js";
import "./chunk-zod.js";
import "./chunk-lib-files.js";
import "./chunk-lib-errors.js";
import "./chunk-azure-storage-blob.js";
import "./chunk-empty1.js";

// src/action/post.ts
try {
  await keepEntries();
} catch (error) {
  fail(error);
}
