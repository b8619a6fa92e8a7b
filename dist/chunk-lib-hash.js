import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/lib/hash.ts
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
var shortHash = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
async function fileHash(path) {
  let hash = createHash("sha256");
  return await pipeline(createReadStream(path), hash), hash.digest("hex");
}

export {
  shortHash,
  fileHash
};
