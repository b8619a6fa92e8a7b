import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  createBatchMaker
} from "./chunk-UXFZRDBD.js";
import {
  UserError
} from "./chunk-WMFTAEK5.js";
import "./chunk-Z7GV73W6.js";

// src/data/worker.ts
import { workerData } from "node:worker_threads";
await serve(workerData);
async function serve({ spec, startStep, ahead, port }) {
  let credit = ahead, open = !0, resume = () => {
  };
  port.on("message", (message) => {
    message === "taken" ? credit++ : open = !1, resume();
  });
  let send = (message, buffers) => port.postMessage(message, buffers);
  try {
    let make = await createBatchMaker(spec);
    for (let step = startStep; open; step++) {
      let batch = await make(step);
      for (; open && credit === 0; )
        await new Promise((resolve) => {
          resume = resolve;
        });
      credit--;
      let { images, targets, weights } = batch;
      send(
        { kind: "batch", batch },
        [images, targets, weights].map((array) => array.buffer)
      );
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    send({ kind: "userError", message: error.message }, []);
  } finally {
    port.close();
  }
}
