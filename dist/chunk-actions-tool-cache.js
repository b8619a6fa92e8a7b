import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  cacheKeys,
  checkBudgetFields,
  runDerive,
  runGate,
  runMerge,
  runSearch,
  runShard,
  runTable
} from "./chunk-systeminformation.js";
import "./chunk-lib-reexec.js";
import "./chunk-data-batches.js";
import "./chunk-bufbuild-protobuf.js";
import {
  gitText,
  isProposal,
  lastLine,
  openCache,
  require_semver
} from "./chunk-azure-storage-blob.js";
import {
  HttpClient,
  debug,
  exec,
  info,
  isDebug,
  mkdirP,
  rmRF,
  setSecret,
  warning,
  which
} from "./chunk-undici.js";
import {
  readResult
} from "./chunk-zod.js";
import {
  readOptional,
  writeFileAtomic
} from "./chunk-lib-files.js";
import "./chunk-simple-statistics.js";
import "./chunk-pure-rand.js";
import {
  UserError
} from "./chunk-lib-errors.js";
import {
  __toESM
} from "./chunk-empty.js";

// src/action/work.ts
import { createHash as createHash3 } from "node:crypto";
import { existsSync as existsSync4 } from "node:fs";
import { copyFile as copyFile2, mkdir as mkdir3, readdir as readdir2, readFile } from "node:fs/promises";
import { dirname as dirname2, join as join5 } from "node:path";
import { fileURLToPath } from "node:url";

// src/action/base.ts
import { createHash } from "node:crypto";
import { extname, join, posix, resolve, sep } from "node:path";
async function baseCommit({ git, ref, event }) {
  let { base, pullRequest } = event;
  if (!ref && !base) return;
  if (!ref && base?.forced)
    return noBase(`Nothing to compare with: ${base.branch} was force-pushed, so nothing stood before this commit.`);
  await git(["rev-parse", "--git-dir"]).catch((error) => {
    throw error instanceof UserError ? error : new UserError(
      `the workspace is not a git checkout (${lastLine(error)}); run actions/checkout before this Action`
    );
  });
  let branch = ref ?? base.branch, commit = ref ? await firstCommit(git, [ref, `origin/${ref}`]) : pullRequest ? await pullRequestBase(git, base.sha, pullRequest.head) : await firstCommit(git, [base.sha]);
  if (commit) return { commit, branch, name: `${branch} (${commit.slice(0, 7)})` };
  throw new UserError(
    `the base ${branch}${ref ? "" : ` (${base.sha.slice(0, 7)})`} is not in this checkout, which holds only the newest commits; give actions/checkout the input fetch-depth: 0`
  );
}
async function pullRequestBase(git, base, head) {
  let checkedOut = await gitText(git, ["rev-parse", "HEAD"]), parents = (await gitText(git, ["rev-list", "--parents", "--max-count=1", "HEAD"]))?.split(" ").slice(1) ?? [];
  if (checkedOut !== head && parents.length === 2) return firstCommit(git, [parents[0]]);
  let known = await firstCommit(git, [base]);
  if (known)
    return await gitText(git, ["merge-base", known, "HEAD"]) || known;
}
var noBase = (reason, inconclusive = !1) => ({ reason, inconclusive });
async function committedFile({ git, workspace }, { commit, name, branch }, path2, folder, only = !0) {
  let listed = await git(["ls-tree", "-z", commit, "--", `./${path2.split(sep).join(posix.sep)}`]), [, mode, object] = /^(\d+) \w+ (\w+)\t/.exec(listed.toString()) ?? [];
  if (!mode || !object) return missingFile(git, { commit, name, branch }, path2, only);
  if (!mode.startsWith("100")) throw new UserError(`${path2} at the base ${name} is not a file but a folder or a link`);
  let blob = await git(["cat-file", "blob", object]).catch((error) => {
    throw new UserError(`${path2} at the base ${name} cannot be read: ${lastLine(error)}`);
  }), content = await smudged(blob, { git, workspace, path: path2, branch }), file = join(folder, `base${extname(path2)}`);
  return await writeFileAtomic(file, content), { file, name };
}
var listedModels = 3;
async function missingFile(git, { commit, name }, path2, only) {
  let there = await modelsAt(git, commit), here = new Set(await modelsAt(git, "HEAD")), gone = there.filter((model) => !here.has(model)), others = gone.length > 0 || !only ? gone : there;
  if (others.length === 0) return noBase(`Nothing to compare with: ${name} has no ${path2}.`);
  let list = others.slice(0, listedModels).join(", ") + (others.length > listedModels ? " and others" : "");
  return noBase(
    `Not compared: ${name} has no ${path2}, but ${list}; if the model was renamed, name the old path as base-model.`,
    !0
  );
}
async function modelsAt(git, commit) {
  return (await gitText(git, ["ls-tree", "-r", "-z", "--name-only", commit]) ?? "").split("\0").filter((file) => file.endsWith(".onnx"));
}
async function firstCommit(git, refs) {
  for (let ref of refs) {
    let commit = await gitText(git, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
    if (commit && await gitText(git, ["cat-file", "-t", commit])) return commit;
  }
}
var pointerPattern = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n[\s\S]*\boid sha256:([0-9a-f]{64})\n/;
async function smudged(blob, { git, workspace, path: path2, branch }) {
  let oid = blob.length < 1024 ? pointerPattern.exec(blob.toString("latin1"))?.[1] : void 0;
  if (!oid) return blob;
  let gitFolder = resolve(workspace, (await git(["rev-parse", "--git-common-dir"])).toString().trim()), stored = await readOptional(join(gitFolder, "lfs", "objects", oid.slice(0, 2), oid.slice(2, 4), oid));
  if (stored && createHash("sha256").update(stored).digest("hex") === oid) return stored;
  throw new UserError(
    `${path2} at the base ${branch} is a Git LFS pointer whose content is not in this checkout; before this Action run: git lfs fetch origin ${branch.replace(/^origin\//, "")} --include="${path2}"`
  );
}

// src/action/data.ts
import { createHash as createHash2 } from "node:crypto";
import { createReadStream, existsSync as existsSync2 } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join as join3 } from "node:path";
import { pipeline as pipeline2 } from "node:stream/promises";

// node_modules/@actions/tool-cache/lib/tool-cache.js
import * as crypto from "crypto";
import * as fs from "fs";

// node_modules/@actions/tool-cache/lib/manifest.js
var semver = __toESM(require_semver(), 1);

// node_modules/@actions/tool-cache/lib/tool-cache.js
import * as path from "path";
var semver2 = __toESM(require_semver(), 1);
import * as stream from "stream";
import * as util from "util";
import { ok } from "assert";

// node_modules/@actions/tool-cache/lib/retry-helper.js
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
}, RetryHelper = class {
  constructor(maxAttempts, minSeconds, maxSeconds) {
    if (maxAttempts < 1)
      throw new Error("max attempts should be greater than or equal to 1");
    if (this.maxAttempts = maxAttempts, this.minSeconds = Math.floor(minSeconds), this.maxSeconds = Math.floor(maxSeconds), this.minSeconds > this.maxSeconds)
      throw new Error("min seconds should be less than or equal to max seconds");
  }
  execute(action, isRetryable) {
    return __awaiter(this, void 0, void 0, function* () {
      let attempt = 1;
      for (; attempt < this.maxAttempts; ) {
        try {
          return yield action();
        } catch (err) {
          if (isRetryable && !isRetryable(err))
            throw err;
          info(err.message);
        }
        let seconds = this.getSleepAmount();
        info(`Waiting ${seconds} seconds before trying again`), yield this.sleep(seconds), attempt++;
      }
      return yield action();
    });
  }
  getSleepAmount() {
    return Math.floor(Math.random() * (this.maxSeconds - this.minSeconds + 1)) + this.minSeconds;
  }
  sleep(seconds) {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2) => setTimeout(resolve2, seconds * 1e3));
    });
  }
};

// node_modules/@actions/tool-cache/lib/tool-cache.js
var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
}, HTTPError = class extends Error {
  constructor(httpStatusCode) {
    super(`Unexpected HTTP response: ${httpStatusCode}`), this.httpStatusCode = httpStatusCode, Object.setPrototypeOf(this, new.target.prototype);
  }
}, IS_WINDOWS = process.platform === "win32", IS_MAC = process.platform === "darwin", userAgent = "actions/tool-cache";
function downloadTool(url, dest, auth, headers) {
  return __awaiter2(this, void 0, void 0, function* () {
    dest = dest || path.join(_getTempDirectory(), crypto.randomUUID()), yield mkdirP(path.dirname(dest)), debug(`Downloading ${url}`), debug(`Destination ${dest}`);
    let maxAttempts = 3, minSeconds = _getGlobal("TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS", 10), maxSeconds = _getGlobal("TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS", 20);
    return yield new RetryHelper(maxAttempts, minSeconds, maxSeconds).execute(() => __awaiter2(this, void 0, void 0, function* () {
      return yield downloadToolAttempt(url, dest || "", auth, headers);
    }), (err) => !(err instanceof HTTPError && err.httpStatusCode && err.httpStatusCode < 500 && err.httpStatusCode !== 408 && err.httpStatusCode !== 429));
  });
}
function downloadToolAttempt(url, dest, auth, headers) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (fs.existsSync(dest))
      throw new Error(`Destination file path ${dest} already exists`);
    let http = new HttpClient(userAgent, [], {
      allowRetries: !1
    });
    auth && (debug("set auth"), headers === void 0 && (headers = {}), headers.authorization = auth);
    let response = yield http.get(url, headers);
    if (response.message.statusCode !== 200) {
      let err = new HTTPError(response.message.statusCode);
      throw debug(`Failed to download from "${url}". Code(${response.message.statusCode}) Message(${response.message.statusMessage})`), err;
    }
    let pipeline3 = util.promisify(stream.pipeline), readStream = _getGlobal("TEST_DOWNLOAD_TOOL_RESPONSE_MESSAGE_FACTORY", () => response.message)(), succeeded = !1;
    try {
      return yield pipeline3(readStream, fs.createWriteStream(dest)), debug("download complete"), succeeded = !0, dest;
    } finally {
      if (!succeeded) {
        debug("download failed");
        try {
          yield rmRF(dest);
        } catch (err) {
          debug(`Failed to delete '${dest}'. ${err.message}`);
        }
      }
    }
  });
}
function extractTar(file_1, dest_1) {
  return __awaiter2(this, arguments, void 0, function* (file, dest, flags = "xz") {
    if (!file)
      throw new Error("parameter 'file' is required");
    dest = yield _createExtractFolder(dest), debug("Checking tar --version");
    let versionOutput = "";
    yield exec("tar --version", [], {
      ignoreReturnCode: !0,
      silent: !0,
      listeners: {
        stdout: (data) => versionOutput += data.toString(),
        stderr: (data) => versionOutput += data.toString()
      }
    }), debug(versionOutput.trim());
    let isGnuTar = versionOutput.toUpperCase().includes("GNU TAR"), args;
    flags instanceof Array ? args = flags : args = [flags], isDebug() && !flags.includes("v") && args.push("-v");
    let destArg = dest, fileArg = file;
    return IS_WINDOWS && isGnuTar && (args.push("--force-local"), destArg = dest.replace(/\\/g, "/"), fileArg = file.replace(/\\/g, "/")), isGnuTar && (args.push("--warning=no-unknown-keyword"), args.push("--overwrite")), args.push("-C", destArg, "-f", fileArg), yield exec("tar", args), dest;
  });
}
function extractZip(file, dest) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!file)
      throw new Error("parameter 'file' is required");
    return dest = yield _createExtractFolder(dest), IS_WINDOWS ? yield extractZipWin(file, dest) : yield extractZipNix(file, dest), dest;
  });
}
function extractZipWin(file, dest) {
  return __awaiter2(this, void 0, void 0, function* () {
    let escapedFile = file.replace(/'/g, "''").replace(/"|\n|\r/g, ""), escapedDest = dest.replace(/'/g, "''").replace(/"|\n|\r/g, ""), pwshPath = yield which("pwsh", !1);
    if (pwshPath) {
      let args = [
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-ExecutionPolicy",
        "Unrestricted",
        "-Command",
        [
          "$ErrorActionPreference = 'Stop' ;",
          "try { Add-Type -AssemblyName System.IO.Compression.ZipFile } catch { } ;",
          `try { [System.IO.Compression.ZipFile]::ExtractToDirectory('${escapedFile}', '${escapedDest}', $true) }`,
          `catch { if (($_.Exception.GetType().FullName -eq 'System.Management.Automation.MethodException') -or ($_.Exception.GetType().FullName -eq 'System.Management.Automation.RuntimeException') ){ Expand-Archive -LiteralPath '${escapedFile}' -DestinationPath '${escapedDest}' -Force } else { throw $_ } } ;`
        ].join(" ")
      ];
      debug(`Using pwsh at path: ${pwshPath}`), yield exec(`"${pwshPath}"`, args);
    } else {
      let args = [
        "-NoLogo",
        "-Sta",
        "-NoProfile",
        "-NonInteractive",
        "-ExecutionPolicy",
        "Unrestricted",
        "-Command",
        [
          "$ErrorActionPreference = 'Stop' ;",
          "try { Add-Type -AssemblyName System.IO.Compression.FileSystem } catch { } ;",
          `if ((Get-Command -Name Expand-Archive -Module Microsoft.PowerShell.Archive -ErrorAction Ignore)) { Expand-Archive -LiteralPath '${escapedFile}' -DestinationPath '${escapedDest}' -Force }`,
          `else {[System.IO.Compression.ZipFile]::ExtractToDirectory('${escapedFile}', '${escapedDest}', $true) }`
        ].join(" ")
      ], powershellPath = yield which("powershell", !0);
      debug(`Using powershell at path: ${powershellPath}`), yield exec(`"${powershellPath}"`, args);
    }
  });
}
function extractZipNix(file, dest) {
  return __awaiter2(this, void 0, void 0, function* () {
    let unzipPath = yield which("unzip", !0), args = [file];
    isDebug() || args.unshift("-q"), args.unshift("-o"), yield exec(`"${unzipPath}"`, args, { cwd: dest });
  });
}
function _createExtractFolder(dest) {
  return __awaiter2(this, void 0, void 0, function* () {
    return dest || (dest = path.join(_getTempDirectory(), crypto.randomUUID())), yield mkdirP(dest), dest;
  });
}
function _getTempDirectory() {
  let tempDirectory = process.env.RUNNER_TEMP || "";
  return ok(tempDirectory, "Expected RUNNER_TEMP to be defined"), tempDirectory;
}
function _getGlobal(key, defaultValue) {
  let value = global[key];
  return value !== void 0 ? value : defaultValue;
}

// src/action/data.ts
async function dataFolder(data, cache, temporary) {
  if (typeof data == "string") return data;
  let archives = join3(temporary, `proxyless-ci-archive-${data.sha256.slice(0, 16)}`), file = join3(archives, "archive");
  return (!(existsSync2(file) || await cache.restore(archives, `proxyless-ci-archive-${data.sha256}`)) || await sha256Of(file) !== data.sha256) && (await fetchArchive(data, file), await cache.save(archives, `proxyless-ci-archive-${data.sha256}`)), unpack(data, file, join3(temporary, `proxyless-ci-data-${data.sha256.slice(0, 16)}`));
}
async function fetchArchive({ url, sha256 }, file) {
  await rm(file, { force: !0 }), url !== shown(url) && setSecret(url), info(`data: fetching ${shown(url)}`);
  try {
    await downloadTool(url, file);
  } catch (error) {
    throw new UserError(`input: data: ${shown(url)} cannot be fetched: ${error.message}`);
  }
  let found = await sha256Of(file);
  if (found !== sha256)
    throw await rm(file), new UserError(
      `input: data: ${shown(url)} is not the archive that data-sha256 names: its SHA-256 is ${found}, not ${sha256}`
    );
}
async function unpack({ url }, file, folder) {
  await rm(folder, { recursive: !0, force: !0 }), await mkdir(folder, { recursive: !0 });
  try {
    new URL(url).pathname.endsWith(".zip") ? await extractZip(file, folder) : await extractTar(file, folder, "-x");
  } catch (error) {
    throw new UserError(`input: data: ${shown(url)} cannot be unpacked: ${error.message}`);
  }
  let inner = (await readdir(folder, { withFileTypes: !0 })).filter((entry) => entry.isDirectory()), found = [folder, ...inner.map(({ name }) => join3(folder, name))].find(
    (candidate) => existsSync2(join3(candidate, "splits.json"))
  );
  if (found) return found;
  throw new UserError(`input: data: ${shown(url)} has no splits.json; expected images/, masks/ and splits.json`);
}
async function sha256Of(file) {
  let hash = createHash2("sha256");
  return await pipeline2(createReadStream(file), hash), hash.digest("hex");
}
function shown(url) {
  let { origin, pathname } = new URL(url);
  return origin + pathname;
}

// src/action/results.ts
import { existsSync as existsSync3 } from "node:fs";
import { copyFile, mkdir as mkdir2 } from "node:fs/promises";
import { join as join4 } from "node:path";
var files = ["model.onnx", "result.json"];
function keptResults(cache, network, folder) {
  let keyOf = (branch) => `proxyless-ci-result-${network}-${branch}:`;
  return {
    async last(branch) {
      if (await cache.restore(folder, keyOf(branch)))
        try {
          let { commit = "" } = await readResult(join4(folder, "result.json"));
          return { file: join4(folder, "model.onnx"), name: `${branch} (${commit.slice(0, 7)}, cached)` };
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          warning(`no comparison with the last result of ${branch}: ${error.message}`);
          return;
        }
    },
    async keep(out, branch, runId) {
      if (files.every((name) => existsSync3(join4(out, name)))) {
        await mkdir2(folder, { recursive: !0 });
        for (let name of files) await copyFile(join4(out, name), join4(folder, name));
        await cache.save(folder, keyOf(branch) + runId);
      }
    }
  };
}

// src/action/work.ts
var tableFile = "latency-table.json";
async function runWork(work, job) {
  let { inputs, progress, signal, commit, temporary } = job, { threads, budgets, out } = inputs;
  checkBudgetFields(budgets, "input");
  let cache = openCache(inputs.cache), context = { ...job, cache, common: { progress, signal, commit, threads, budgets, out } };
  if (work.mode === "table") {
    let options = { ...context.common, recipe: work.recipe };
    return resumed("table", runTable, options, await cacheKeys(options), context);
  }
  let data = work.data ? [{ folder: await dataFolder(work.data, cache, temporary), weight: 1 }] : void 0;
  return work.mode === "gate" ? gate({ ...work, data }, context) : search({ ...work, data }, context);
}
async function gate({ model, recipe, data }, context) {
  let base = await baseAt(context.inputs.baseModel ?? model, context);
  return runGate({
    ...context.common,
    ...thresholds(context),
    model,
    recipe,
    data,
    ...base,
    modelSettings: context.inputs.modelSettings
  });
}
async function search({ recipe, data }, context) {
  let { inputs, event, cache, temporary, runId } = context, { shard, out } = inputs, options = { ...context.common, recipe, data };
  if (typeof shard == "object") return runShard({ ...options, shard });
  let keys = await cacheKeys(options);
  if (shard === "derive" || shard === "candidates")
    return resumed("search", runDerive, { ...options, deferTrials: shard === "candidates" }, keys, context);
  let results = keptResults(cache, keys.network, join5(temporary, "proxyless-ci-result")), base = inputs.baseModel ? await baseAt(inputs.baseModel, context) : await lastResult(results, context), judged = { ...options, ...thresholds(context), ...base }, outcome = shard === "merge" ? await runMerge({ ...judged, shards: await foldersIn(`${out}-shards`) }) : await resumed("search", runSearch, judged, keys, context);
  return event.branch && await results.keep(out, event.branch, runId), outcome;
}
var thresholds = ({ inputs: { latencyThreshold, miouThreshold } }) => ({
  latencyThreshold,
  miouThreshold
});
async function baseAt(path2, { git, workspace, temporary, inputs, event }) {
  let request = { git, workspace, ref: inputs.baseRef, event }, commit = await baseCommit(request);
  if (!commit) return {};
  let folder = join5(temporary, "proxyless-ci-base"), base = "commit" in commit ? await committedFile(request, commit, path2, folder) : commit;
  return "file" in base ? { base } : (warning(base.reason), { noBase: base });
}
async function lastResult(results, { inputs, event }) {
  let branch = inputs.baseRef ?? (isProposal(event) ? event.base?.branch : void 0);
  if (branch === void 0) return {};
  let base = await results.last(branch);
  if (base) return { base };
  let reason = `Nothing to compare with: the cache has no result of ${branch} by this recipe and input size; a run on ${branch} keeps one, or base-model names a committed model or architecture.`;
  return warning(reason), { noBase: { reason, inconclusive: !1 } };
}
async function resumed(name, run, options, keys, { cache, temporary, runId }) {
  let { out } = options, runKey = `proxyless-ci-${name}-${await codeHash()}-${keys.run}-`, tableKey = `proxyless-ci-table-${keys.table}`, tableFolder = join5(temporary, "proxyless-ci-table"), hasRun = !await isUsed(out) && await cache.restore(out, runKey), isFinished = hasRun && existsSync4(join5(out, "result.json")), hasTable = !hasRun && await cache.restore(tableFolder, tableKey);
  try {
    return await run({ ...options, ...hasTable ? { table: join5(tableFolder, tableFile) } : {} });
  } finally {
    !hasRun && !hasTable && existsSync4(join5(out, tableFile)) && (await mkdir3(tableFolder, { recursive: !0 }), await copyFile2(join5(out, tableFile), join5(tableFolder, tableFile)), await cache.save(tableFolder, tableKey)), !isFinished && await isUsed(out) && await cache.save(out, `${runKey}${runId}`);
  }
}
async function codeHash() {
  let folder = dirname2(fileURLToPath(import.meta.url)), hash = createHash3("sha256");
  for (let name of (await readdir2(folder)).filter((file) => /\.[jt]s$/.test(file)).sort())
    hash.update(await readFile(join5(folder, name)));
  return hash.digest("hex").slice(0, 16);
}
async function isUsed(folder) {
  return existsSync4(folder) && (await readdir2(folder)).length > 0;
}
async function foldersIn(folder) {
  if (!existsSync4(folder))
    throw new UserError(`input: shard: merge takes the run folders of the shards from ${folder}, which does not exist`);
  return (await readdir2(folder, { withFileTypes: !0 })).filter((entry) => entry.isDirectory()).map(({ name }) => join5(folder, name));
}
export {
  runWork
};
