#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  followParent,
  needsReexec,
  reexec
} from "./chunk-lib-reexec.js";
import "./chunk-empty1.js";

// src/cli/main.ts
if (needsReexec(process.platform, process.env))
  process.exitCode = await reexec();
else {
  followParent();
  let { main } = await import("./chunk-commander.js");
  await main();
}
