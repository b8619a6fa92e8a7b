import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  setFailed
} from "./chunk-undici.js";
import {
  UserError
} from "./chunk-lib-errors.js";

// src/action/failure.ts
function fail(error) {
  error instanceof UserError ? setFailed(error.message) : setFailed(
    `internal error in proxyless-ci; please report it
${error instanceof Error ? error.stack : String(error)}`
  );
}

export {
  fail
};
