import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  pinMainThread,
  prepareBlocks
} from "./chunk-bufbuild-protobuf.js";
import "./chunk-simple-statistics.js";
import {
  createRandom
} from "./chunk-pure-rand.js";
import "./chunk-lib-files.js";
import "./chunk-lib-normalization.js";
import {
  UserError
} from "./chunk-lib-errors.js";
import "./chunk-empty1.js";

// src/latency/block-worker.ts
process.on("SIGINT", () => {
});
process.on("SIGTERM", () => {
});
process.on("disconnect", () => process.exit());
process.once("message", (job) => serve(job));
async function serve({ models, sessions, settings, plan, seed }) {
  let send = (message) => {
    process.send(message);
  };
  try {
    let pinned = await pinMainThread(plan), all = sessions.map((model) => models[model]), measure = await prepareBlocks(all, settings, pinned.plan, createRandom(seed)), reply = async () => send({ kind: "block", block: await measure(), plan: pinned.plan });
    process.on("message", () => {
      reply().catch(fail);
    }), await reply();
  } catch (error) {
    fail(error);
  }
  function fail(error) {
    error instanceof UserError ? send({ kind: "userError", message: error.message }) : send({ kind: "error", message: error instanceof Error ? error.stack ?? error.message : String(error) });
  }
}
