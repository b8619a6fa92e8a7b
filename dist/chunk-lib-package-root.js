import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/lib/package-root.ts
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
function packageRoot() {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (; ; ) {
    let manifest = join(folder, "package.json");
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "proxyless-ci") return folder;
    let parent = dirname(folder);
    if (parent === folder) throw new Error("no package.json of proxyless-ci above this file: search/ cannot be found");
    folder = parent;
  }
}

export {
  packageRoot
};
