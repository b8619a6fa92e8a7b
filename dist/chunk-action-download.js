import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  HttpClient
} from "./chunk-azure-storage-blob.js";

// src/action/download.ts
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
var attempts = 3, socketTimeoutMs = 6e4, FinalFailure = class extends Error {
};
async function download(address, file, algorithm, { maxBytes, retryMs = 2e3 }) {
  for (let attempt = 1; ; attempt++)
    try {
      return await fetchOnce(address, file, algorithm, maxBytes);
    } catch (error) {
      if (await rm(file, { force: !0 }), error instanceof FinalFailure || attempt === attempts) throw error;
      await sleep(retryMs * 2 ** (attempt - 1));
    }
}
async function fetchOnce(address, file, algorithm, maxBytes) {
  let url = new URL(address), { username, password } = url;
  url.username = "", url.password = "";
  let credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`, headers = username ? { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` } : {}, client = new HttpClient("proxyless-ci", [], { socketTimeout: socketTimeoutMs }), { message } = await client.get(url.href, headers), { statusCode: status = 0 } = message;
  if (status !== 200) {
    message.resume();
    let failure = `the server answered ${status}`;
    throw status >= 500 || status === 429 || status === 408 ? new Error(failure) : new FinalFailure(failure);
  }
  let tooLarge = () => new FinalFailure(`it is larger than ${Math.round(maxBytes / 1e6)} MB, the most that is fetched`), stated = Number(message.headers["content-length"] ?? 0);
  if (stated > maxBytes)
    throw message.destroy(), tooLarge();
  let hash = createHash(algorithm), bytes = 0, counting = new Transform({
    transform(chunk, _encoding, done) {
      bytes += chunk.length, hash.update(chunk), done(bytes > maxBytes ? tooLarge() : null, chunk);
    }
  });
  if (await mkdir(dirname(file), { recursive: !0 }), await pipeline(message, counting, createWriteStream(file)), stated > 0 && bytes < stated) throw new Error("the connection broke off");
  return hash.digest();
}

export {
  download
};
