import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  openCache
} from "./chunk-minimatch.js";
import {
  external_exports
} from "./chunk-zod.js";
import {
  parseJson
} from "./chunk-lib-files.js";
import {
  UserError
} from "./chunk-lib-errors.js";
import {
  getState,
  saveState,
  setFailed
} from "./chunk-azure-storage-blob.js";

// src/action/failure.ts
function fail(error) {
  error instanceof UserError ? setFailed(error.message) : setFailed(
    `internal error in proxyless-ci; please report it
${error instanceof Error ? error.stack : String(error)}`
  );
}

// src/action/keep.ts
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
var stateNames = { work: "keep", packages: "keep-packages" }, entrySchema = external_exports.object({
  folder: external_exports.string(),
  key: external_exports.string(),
  /** For a run folder: the key to use if the run has ended with a result. Equal runs share one such entry. */
  finishedKey: external_exports.string().optional()
});
function openCaches(kinds) {
  let entries = [], keep = (entry) => {
    entries.push(entry), saveState(kinds.includes("packages") ? stateNames.packages : stateNames.work, JSON.stringify(entries));
  }, open = openCache(kinds.length > 0), none = openCache(!1);
  return (kind) => {
    let isKept = kinds.includes(kind);
    return {
      restore: isKept ? open.restore : none.restore,
      save: async (folder, key) => {
        isKept && keep({ folder, key });
      },
      keepRun: (entry) => {
        isKept && keep(entry);
      }
    };
  };
}
async function keepEntries() {
  for (let name of Object.values(stateNames)) {
    let state = getState(name);
    state && await keepState(state);
  }
}
async function keepState(state) {
  let cache = openCache(!0);
  try {
    for (let { folder, key, finishedKey } of parseJson(state, "the state of the step", external_exports.array(entrySchema))) {
      if (!existsSync(folder) || (await readdir(folder)).length === 0) continue;
      let isFinished = finishedKey !== void 0 && existsSync(join(folder, "result.json"));
      await cache.save(folder, isFinished ? finishedKey : key);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

export {
  fail,
  openCaches,
  keepEntries
};
