import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  checkRecipePaths,
  gateFolder,
  gitText,
  isProposal,
  lastLine
} from "./chunk-action-inputs.js";
import {
  download
} from "./chunk-action-download.js";
import {
  withoutSecrets
} from "./chunk-action-environment.js";
import {
  say
} from "./chunk-minimatch.js";
import {
  cacheKeys,
  checkBudgetFields,
  recipePaths,
  runDerive,
  runGate,
  runMerge,
  runSearch,
  runShard,
  runTable
} from "./chunk-systeminformation.js";
import {
  readResult
} from "./chunk-yaml.js";
import "./chunk-lib-reexec.js";
import {
  fileHash,
  shortHash
} from "./chunk-lib-hash.js";
import "./chunk-data-batches.js";
import "./chunk-bufbuild-protobuf.js";
import "./chunk-simple-statistics.js";
import "./chunk-pure-rand.js";
import "./chunk-pipeline-commands-init.js";
import "./chunk-contracts-model.js";
import "./chunk-zod.js";
import "./chunk-lib-package-root.js";
import {
  readOptional,
  writeFileAtomic
} from "./chunk-lib-files.js";
import "./chunk-lib-normalization.js";
import {
  UserError
} from "./chunk-lib-errors.js";
import {
  setSecret,
  warning
} from "./chunk-azure-storage-blob.js";
import "./chunk-empty1.js";

// src/action/work.ts
import { createHash as createHash2 } from "node:crypto";
import { existsSync as existsSync3 } from "node:fs";
import { copyFile as copyFile2, mkdir as mkdir3, readdir as readdir2, readFile } from "node:fs/promises";
import { dirname, join as join4 } from "node:path";
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
async function committedFile({ git, workspace }, { commit, name, branch }, path, folder, only = !0) {
  let listed = await git(["ls-tree", "-z", commit, "--", `./${path.split(sep).join(posix.sep)}`]), [, mode, object] = /^(\d+) \w+ (\w+)\t/.exec(listed.toString()) ?? [];
  if (!mode || !object) return missingFile(git, { commit, name, branch }, path, only);
  if (!mode.startsWith("100")) throw new UserError(`${path} at the base ${name} is not a file but a folder or a link`);
  let blob = await git(["cat-file", "blob", object]).catch((error) => {
    throw new UserError(`${path} at the base ${name} cannot be read: ${lastLine(error)}`);
  }), content = await smudged(blob, { git, workspace, path, branch, commit }), file = join(folder, `base${extname(path)}`);
  return await writeFileAtomic(file, content), { file, name };
}
async function refuseSubmodule(git, commit, path) {
  let parts = path.split(sep);
  for (let i = 1; i < parts.length; i++) {
    let folder = parts.slice(0, i).join(posix.sep);
    if ((await gitText(git, ["ls-tree", "-z", commit, "--", `./${folder}`]))?.startsWith("160000 "))
      throw new UserError(
        `${path}: lies in the submodule ${folder}, whose earlier files this checkout does not have; gate the model in its own repository, or commit it to this one`
      );
  }
}
var listedModels = 3;
async function missingFile(git, { commit, name }, path, only) {
  await refuseSubmodule(git, commit, path);
  let there = await modelsAt(git, commit), here = new Set(await modelsAt(git, "HEAD")), gone = there.filter((model2) => !here.has(model2)), others = gone.length > 0 || !only ? gone : there;
  if (others.length === 0) return noBase(`Nothing to compare with: ${name} has no ${path}.`);
  let list = others.slice(0, listedModels).join(", ") + (others.length > listedModels ? " and others" : "");
  return noBase(
    `Not compared: ${name} has no ${path}, but ${list}; if the model was renamed, name the old path as base-model.`,
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
async function smudged(blob, {
  git,
  workspace,
  path,
  branch,
  commit
}) {
  let oid = blob.length < 1024 ? pointerPattern.exec(blob.toString("latin1"))?.[1] : void 0;
  if (!oid) return blob;
  let gitFolder = resolve(workspace, (await git(["rev-parse", "--git-common-dir"])).toString().trim()), stored = await readOptional(join(gitFolder, "lfs", "objects", oid.slice(0, 2), oid.slice(2, 4), oid));
  if (stored && createHash("sha256").update(stored).digest("hex") === oid) return stored;
  let isFirstParent = await gitText(git, ["rev-parse", "--verify", "--quiet", "HEAD^1"]) === commit;
  throw new UserError(
    `${path} at the base ${branch} is a Git LFS pointer whose content is not in this checkout; give actions/checkout the input lfs: true, and before this Action run: git lfs fetch origin ${isFirstParent ? "HEAD^1" : commit} --include="${path}" (where the repository is private, the step needs its credentials: persist-credentials: true)`
  );
}

// src/action/data.ts
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, join as join2 } from "node:path";
import { promisify } from "node:util";
var fetching = { maxBytes: 8e9 };
async function isPrivate(data, policy, git) {
  if (policy !== "auto" || data === void 0) return policy === "false";
  if (!("url" in data))
    return (await Promise.all(data.map(({ folder }) => isOutsideGit(folder, git)))).some(Boolean);
  let { username, password, search: search2 } = new URL(data.url);
  return username !== "" || password !== "" || search2 !== "";
}
async function isOutsideGit(folder, git) {
  let path = `:(literal)${folder}`, tracked = await gitText(git, ["ls-files", "--stage", "--", path]);
  return !tracked || /^1[26]0000 /m.test(tracked) ? !0 : await gitText(git, ["ls-files", "--others", "--", path]) !== "";
}
async function dataFolders(data, cache, temporary, options = fetching) {
  if (!("url" in data)) return data;
  let key = `proxyless-ci-archive-${data.sha256}`, archives = join2(temporary, key), file = join2(archives, "archive");
  (!(existsSync(file) || (await cache?.restore(archives, key) ?? !1)) || await fileHash(file) !== data.sha256) && (await fetchArchive(data, file, options), await cache?.save(archives, key));
  let folder = join2(temporary, `proxyless-ci-data-${data.sha256.slice(0, 16)}`, archiveName(data.url));
  return [{ folder: await unpack(data, file, folder), weight: 1 }];
}
async function fetchArchive({ url, sha256 }, file, options) {
  url !== shown(url) && setSecret(url), say(`data: fetching ${shown(url)}`);
  let found = await download(url, file, "sha256", options).catch((error) => {
    throw new UserError(`input: data: ${shown(url)} cannot be fetched: ${error.message}`);
  });
  if (found.toString("hex") !== sha256)
    throw await rm(file), new UserError(
      `input: data: ${shown(url)} is not the archive that data-sha256 names: its SHA-256 is ${found.toString("hex")}, not ${sha256}`
    );
}
async function unpack({ url }, file, folder) {
  await rm(folder, { recursive: !0, force: !0 }), await mkdir(folder, { recursive: !0 });
  let isZip = new URL(url).pathname.endsWith(".zip") && process.platform !== "win32", [program, args] = isZip ? ["unzip", ["-q", file, "-d", folder]] : ["tar", ["-xf", file, "-C", folder]];
  try {
    await promisify(execFile)(program, args, { env: withoutSecrets(process.env) });
  } catch (error) {
    throw new UserError(`input: data: ${shown(url)} cannot be unpacked: ${lastLine(error)}`);
  }
  let inner = (await readdir(folder, { withFileTypes: !0 })).filter((entry) => entry.isDirectory()), found = [folder, ...inner.map(({ name }) => join2(folder, name))].find(
    (candidate) => existsSync(join2(candidate, "splits.json"))
  );
  if (found) return found;
  throw new UserError(`input: data: ${shown(url)} has no splits.json; expected images/, masks/ and splits.json`);
}
function archiveName(url) {
  return basename(new URL(url).pathname).replace(/\.(?:zip|tgz|tar(?:\.\w+)?)$/, "").replaceAll(/[^\w.-]/g, "_") || "data";
}
function shown(url) {
  let { origin, pathname } = new URL(url);
  return origin + pathname;
}

// src/action/results.ts
import { existsSync as existsSync2 } from "node:fs";
import { copyFile, mkdir as mkdir2, rm as rm2 } from "node:fs/promises";
import { join as join3 } from "node:path";
var model = "model.onnx", architecture = "architecture.json";
function keptResults(cache, network, temporary, isPrivate2) {
  let keyOf = (branch) => `proxyless-ci-result-${shortHash([network, branch])}-`;
  return {
    async last(branch) {
      let folder = join3(temporary, keyOf(branch));
      if (await cache.restore(folder, keyOf(branch)))
        try {
          let { commit = "" } = await readResult(join3(folder, "result.json")), file = [model, architecture].map((name) => join3(folder, name)).find(existsSync2);
          return file === void 0 ? void 0 : { file, name: `${branch} (${commit.slice(0, 7)}, cached)` };
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          warning(`no comparison with the last result of ${branch}: ${error.message}`);
          return;
        }
    },
    async keep(out, branch, runId) {
      let folder = join3(temporary, keyOf(branch)), files = ["result.json", isPrivate2 ? architecture : model];
      if (files.every((name) => existsSync2(join3(out, name)))) {
        await rm2(folder, { recursive: !0, force: !0 }), await mkdir2(folder, { recursive: !0 });
        for (let name of files) await copyFile(join3(out, name), join3(folder, name));
        await cache.save(folder, keyOf(branch) + runId);
      }
    }
  };
}

// src/action/work.ts
var tableFile = "latency-table.json";
async function runWork(work, job) {
  let { inputs, progress, signal, commit, workspace } = job, named = work.recipe?.startsWith("./") ? await recipePaths(work.recipe) : void 0, ofRecipe = work.mode === "gate" && !work.data ? named?.data : void 0, folders = ofRecipe?.map(({ folder }) => folder) ?? [];
  named && await checkRecipePaths([...named.files, ...folders], workspace);
  let { threads, budgets, out } = inputs;
  checkBudgetFields(budgets, "input");
  let secret = await isPrivate(
    work.mode === "table" ? void 0 : work.data ?? ofRecipe,
    inputs.cacheData,
    job.git
  ), context = {
    ...job,
    isPrivate: secret,
    common: { progress, signal, commit, threads, budgets, out }
  }, { summary } = await workOn(work, context);
  return { summary, isPrivate: secret };
}
async function workOn(work, context) {
  if (work.mode === "table") {
    let options = { ...context.common, recipe: work.recipe };
    return resumed("table", runTable, options, await cacheKeys(options), context);
  }
  let { caches, temporary } = context, data = work.data && await dataFolders(work.data, context.isPrivate ? void 0 : caches("data"), temporary);
  if (work.mode === "search") return search({ ...work, data }, context);
  let summaries = [];
  for (let model2 of work.models) {
    let gates = work.models.length, { summary } = await gate({ model: model2, recipe: work.recipe, data, gates }, context);
    summaries.push(gates === 1 ? summary : `${model2}
${summary}`);
  }
  return { summary: summaries.join(`

`) };
}
async function gate({ model: model2, recipe, data, gates }, context) {
  let only = gates === 1, base = await baseAt(context.inputs.baseModel ?? model2, context, only), { modelSettings } = context.inputs, options = {
    ...context.common,
    ...thresholds(context),
    ...base,
    gates,
    out: gateFolder(context.inputs.out, model2, only)
  };
  return runGate({ ...options, model: model2, recipe, data, modelSettings });
}
async function search({ recipe, data }, context) {
  let { inputs, event, caches, temporary, runId } = context, { shard, out } = inputs, options = { ...context.common, recipe, data };
  if (typeof shard == "object") return runShard({ ...options, shard });
  let keys = await cacheKeys(options);
  if (shard === "derive" || shard === "candidates")
    return resumed("derive", runDerive, { ...options, deferTrials: shard === "candidates" }, keys, context);
  let network = `${keys.network} ${inputs.commentKey}`, results = keptResults(caches("result"), network, temporary, context.isPrivate), base = inputs.baseModel ? await baseAt(inputs.baseModel, context) : await lastResult(results, context), judged = { ...options, ...thresholds(context), ...base }, outcome = shard === "merge" ? await runMerge({ ...judged, shards: await foldersIn(`${out}-shards`) }) : await resumed("search", runSearch, judged, keys, context);
  return event.branch && await results.keep(out, event.branch, runId), outcome;
}
var thresholds = ({ inputs: { latencyThreshold, miouThreshold } }) => ({
  latencyThreshold,
  miouThreshold
});
async function baseAt(path, { git, workspace, temporary, inputs, event }, only = !0) {
  let request = { git, workspace, ref: inputs.baseRef, event }, commit = await baseCommit(request);
  if (!commit) return {};
  let folder = join4(temporary, "proxyless-ci-base"), base = "commit" in commit ? await committedFile(request, commit, path, folder, only) : commit;
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
async function resumed(name, run, options, keys, { caches, temporary, workspace, runId, isPrivate: isSecret }) {
  let out = join4(workspace, options.out), runKey = `proxyless-ci-${name}-${await codeHash()}-${keys.run}-`, finishedKey = `${runKey}finished`, tableKey = `proxyless-ci-table-${keys.table}`, tableFolder = join4(temporary, tableKey), runs = isSecret ? void 0 : caches("runs"), isNew = !await isUsed(out), isFinished = isNew && (await runs?.restore(out, finishedKey) ?? !1), hasRun = isFinished || isNew && (await runs?.restore(out, `${runKey}begun-`) ?? !1), hasTable = !hasRun && await caches("table").restore(tableFolder, tableKey);
  isFinished || runs?.keepRun({ folder: out, key: `${runKey}begun-${runId}`, finishedKey });
  try {
    return await run({ ...options, ...hasTable ? { table: join4(tableFolder, tableFile) } : {} });
  } finally {
    !hasRun && !hasTable && existsSync3(join4(out, tableFile)) && (await mkdir3(tableFolder, { recursive: !0 }), await copyFile2(join4(out, tableFile), join4(tableFolder, tableFile)), await caches("table").save(tableFolder, tableKey));
  }
}
async function codeHash() {
  let folder = dirname(fileURLToPath(import.meta.url)), hash = createHash2("sha256");
  for (let name of (await readdir2(folder)).filter((file) => /\.[jt]s$/.test(file)).sort())
    hash.update(await readFile(join4(folder, name)));
  return hash.digest("hex").slice(0, 16);
}
async function isUsed(folder) {
  return existsSync3(folder) && (await readdir2(folder)).length > 0;
}
async function foldersIn(folder) {
  if (!existsSync3(folder))
    throw new UserError(`input: shard: merge takes the run folders of the shards from ${folder}, which does not exist`);
  return existsSync3(join4(folder, "run.json")) ? [folder] : (await readdir2(folder, { withFileTypes: !0 })).filter((entry) => entry.isDirectory()).map(({ name }) => join4(folder, name));
}
export {
  runWork
};
