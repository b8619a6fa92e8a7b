import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  batchArrays,
  createBatchMaker
} from "./chunk-data-batches.js";
import "./chunk-pure-rand.js";
import "./chunk-lib-package-root.js";
import "./chunk-lib-normalization.js";
import {
  UserError
} from "./chunk-lib-errors.js";
import "./chunk-empty1.js";

// src/data/worker.ts
import { workerData } from "node:worker_threads";
await serve(workerData);
async function serve({ spec, native, startStep, slots, port }) {
  let free = slots.length, open = !0, resume = () => {
  };
  port.on("message", (message) => {
    message === "taken" ? free++ : open = !1, resume();
  });
  let send = (message) => port.postMessage(message);
  try {
    let make = createBatchMaker(spec, native), arrays = slots.map((memory) => batchArrays(spec, memory));
    for (let made = 0; open; made++) {
      for (; open && free === 0; )
        await new Promise((resolve) => {
          resume = resolve;
        });
      if (!open) break;
      let ids = await make(startStep + made, arrays[made % arrays.length]);
      free--, send({ kind: "batch", ids });
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    send({ kind: "userError", message: error.message });
  } finally {
    port.close();
  }
}
