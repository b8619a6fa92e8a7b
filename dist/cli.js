#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  followParent,
  needsReexec,
  reexec
} from "./chunk-4FZR42XA.js";
import "./chunk-Z7GV73W6.js";

// src/cli/main.ts
if (needsReexec(process.platform, process.env))
  process.exitCode = await reexec();
else {
  followParent();
  let { main } = await import("./chunk-WJM6V7Z7.js");
  await main();
}
