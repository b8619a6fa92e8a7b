import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  followParent,
  needsReexec,
  reexec
} from "./chunk-lib-reexec.js";
import {
  fail
} from "./chunk-action-failure.js";
import {
  withoutSecrets
} from "./chunk-undici.js";
import {
  errorCode
} from "./chunk-lib-files.js";
import {
  UserError
} from "./chunk-lib-errors.js";
import "./chunk-empty.js";

// src/action/native.ts
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
var nativeFolderVariable = "PROXYLESS_CI_NATIVE", toolName = "proxyless-ci-native", manifests = ["package.json", "package-lock.json"];
async function installNativePackages(environment) {
  let toolCache = environment.RUNNER_TOOL_CACHE;
  if (!toolCache) throw new UserError("RUNNER_TOOL_CACHE is not set: the Action runs in a workflow only");
  let source = fileURLToPath(new URL("./native/", import.meta.url)), lock = await readFile(join(source, "package-lock.json")), version = createHash("sha256").update(lock).digest("hex").slice(0, 16), folder = join(toolCache, toolName, version, process.arch), complete = `${folder}.complete`;
  if (existsSync(complete)) return folder;
  let staging = `${folder}.${randomUUID()}.tmp`;
  try {
    await mkdir(staging, { recursive: !0 });
    for (let name of manifests) await copyFile(join(source, name), join(staging, name));
    await npmInstall(staging, environment), await removeOtherPlatforms(join(staging, "node_modules", "onnxruntime-node", "bin")), await moveInto(staging, folder), await writeFile(complete, "");
  } catch (error) {
    throw new UserError(
      `onnxruntime-node and sharp cannot be installed into ${folder}: ${reasonOf(error)}
The Action needs the npm registry once for each version and runner. Behind a proxy or a mirror, set HTTPS_PROXY or npm's registry. On your own runner you can also copy the folder from a runner that has it.`
    );
  } finally {
    await rm(staging, { recursive: !0, force: !0 });
  }
  return folder;
}
async function npmInstall(folder, environment) {
  let args = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], bundled = resolve(dirname(process.execPath), "../lib/node_modules/npm/bin/npm-cli.js"), [program, first] = existsSync(bundled) ? [process.execPath, [bundled]] : ["npm", []];
  await promisify(execFile)(program, [...first, ...args], { cwd: folder, env: withoutSecrets(environment) });
}
async function removeOtherPlatforms(bin) {
  for (let napi of await readdir(bin))
    for (let platform of await readdir(join(bin, napi)))
      for (let architecture of await readdir(join(bin, napi, platform)))
        platform === process.platform && architecture === process.arch || await rm(join(bin, napi, platform, architecture), { recursive: !0 });
}
async function moveInto(staging, folder) {
  try {
    await rename(staging, folder);
  } catch (error) {
    if (errorCode(error) !== "ENOTEMPTY" && errorCode(error) !== "EEXIST") throw error;
  }
}
function reasonOf(error) {
  return (typeof error == "object" && error !== null && "stderr" in error ? String(error.stderr).trim() : "").split(`
`).slice(0, 5).join(`
`) || (error instanceof Error ? error.message : String(error));
}

// src/action/main.ts
try {
  let measures = process.env.GITHUB_EVENT_NAME !== "workflow_run";
  if (measures && (process.env[nativeFolderVariable] ??= await installNativePackages(process.env)), measures && needsReexec(process.platform, process.env))
    process.exitCode = await reexec();
  else {
    followParent();
    let { run } = await import("./chunk-octokit-plugin-rest-endpoint-methods.js");
    await run();
  }
} catch (error) {
  fail(error);
}
