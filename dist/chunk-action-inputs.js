import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  withoutSecrets
} from "./chunk-action-environment.js";
import {
  cacheKinds,
  create
} from "./chunk-minimatch.js";
import {
  require_dist
} from "./chunk-yaml.js";
import {
  modelFields,
  parsePart,
  parseShare,
  parseWeighted,
  parseWholeNumber,
  shareForm,
  weightForm
} from "./chunk-contracts-model.js";
import {
  external_exports
} from "./chunk-zod.js";
import {
  checkSchema,
  errorCode,
  readJson,
  writeFileAtomic
} from "./chunk-lib-files.js";
import {
  UserError,
  nearestName
} from "./chunk-lib-errors.js";
import {
  __toESM
} from "./chunk-empty1.js";

// src/action/events.ts
import { join } from "node:path";
var sha = external_exports.string().regex(/^[0-9a-f]{40,64}$/), repository = external_exports.object({ full_name: external_exports.string() }).nullish(), pullRequest = external_exports.object({
  number: external_exports.int().min(1),
  head: external_exports.object({ sha, repo: repository }),
  base: external_exports.object({ sha, ref: external_exports.string(), repo: repository }),
  labels: external_exports.array(external_exports.object({ name: external_exports.string() })).default([])
}), payloadSchema = external_exports.object({
  pull_request: pullRequest.optional(),
  merge_group: external_exports.object({ base_sha: sha, base_ref: external_exports.string(), head_sha: sha, head_ref: external_exports.string().optional() }).optional(),
  before: sha.optional(),
  forced: external_exports.boolean().optional(),
  repository: external_exports.object({ default_branch: external_exports.string().optional() }).optional()
}), knownEvents = [
  "pull_request",
  "merge_group",
  "push",
  "schedule",
  "workflow_dispatch",
  "repository_dispatch",
  "workflow_run"
], insteadOf = {
  pull_request_target: "its token may write, and the Action would run files of whoever opened the pull request; use pull_request, and for comments on pull requests from forks the pair docs/workflows/fork-measure.yml and fork-comment.yml",
  issue_comment: "let the comment run the pull request's own workflow again, as docs/workflows/on-comment.yml does"
};
function checkEvent(name) {
  if (knownEvents.includes(name)) return;
  let known = knownEvents.filter((event) => event !== "workflow_run"), nearest = nearestName(name, known), instead = insteadOf[name] ?? `it runs on ${known.join(", ")}${nearest ? `; did you mean ${nearest}?` : ""}`;
  throw new UserError(`the Action does not run on ${name}: ${instead}`);
}
async function loadEvent(environment) {
  let { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_SHA: commit } = environment;
  if (!name || !path)
    throw new UserError(
      "GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are not set: the Action runs in a workflow only; elsewhere use the command line, node dist/cli.js"
    );
  checkEvent(name);
  let payload = await readJson(path, payloadSchema), { pull_request: pull, merge_group: group, repository: repository2 } = payload;
  if (name === "pull_request" && !pull)
    throw new UserError(
      `${path}: event ${name} without a pull_request; was the event's file changed by an earlier step?`
    );
  let branch = /^refs\/heads\/(?!gh-readonly-queue\/)(.+)$/.exec(environment.GITHUB_REF ?? "")?.[1];
  return {
    name,
    pullRequest: pull && pullRequestOf(pull),
    ...queuedOf(group?.head_ref),
    base: pull ? { sha: pull.base.sha, branch: pull.base.ref } : group ? { sha: group.base_sha, branch: group.base_ref.replace(/^refs\/heads\//, "") } : pushBase(branch, payload),
    branch: pull ? void 0 : branch,
    head: pull?.head.sha ?? group?.head_sha ?? commit,
    // A schedule's event has no repository, and runs on the default branch alone.
    defaultBranch: repository2?.default_branch ?? (name === "schedule" ? branch : void 0)
  };
}
function pullRequestOf({ number: number2, head, base, labels }) {
  let fromFork = head.repo?.full_name !== base.repo?.full_name;
  return { number: number2, head: head.sha, labels: labels.map(({ name }) => name), fromFork };
}
function queuedOf(ref = "") {
  let number2 = /\/gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(ref)?.[1];
  return number2 === void 0 ? {} : { queued: Number(number2) };
}
function pushBase(branch, { before, forced }) {
  if (!(!branch || !before || /^0+$/.test(before)))
    return { sha: before, branch, ...forced ? { forced } : {} };
}
var isProposal = ({ name }) => name === "pull_request" || name === "merge_group";
function chooseWork(inputs, event) {
  let { models, data } = inputs, isPush = event.name === "push", mode = inputs.mode !== "auto" ? inputs.mode : models ? "gate" : isPush && !data ? "table" : "search";
  if (mode === "gate")
    return checkFolders(models), { mode, models, recipe: inputs.recipe, data };
  let recipe = inputs.recipe ?? (isProposal(event) || isPush ? "pr" : "nightly");
  if (mode === "table") return { mode, recipe };
  if (!data)
    throw new UserError(
      `input: data: on ${event.name}, mode ${inputs.mode} searches, which needs a data folder or archive; or give model to judge an ONNX file`
    );
  return { mode, recipe, data };
}
function checkFolders(models) {
  let folders = models.map((model) => gateFolder("", model, !1)), i = folders.findIndex((folder, at) => folders.indexOf(folder) < at);
  if (i >= 0)
    throw new UserError(
      `input: model: the results of ${models[folders.indexOf(folders[i])]} and ${models[i]} would lie in one folder, ${folders[i]}; rename one`
    );
}
function gateFolder(out, model, only) {
  return only ? out : join(out, model.replaceAll(/[^\w.-]/g, "_"));
}

// src/action/git.ts
import { execFile } from "node:child_process";
import { join as join2 } from "node:path";
import { promisify } from "node:util";
var maxBytes = 2 ** 30;
async function openGit(workspace, temporary) {
  let home = join2(temporary, "proxyless-ci-home");
  await writeFileAtomic(join2(home, ".gitconfig"), `[safe]
	directory = *
`);
  let { XDG_CONFIG_HOME: _, GIT_CONFIG_GLOBAL: __, ...environment } = withoutSecrets(process.env), env = { ...environment, HOME: home, USERPROFILE: home, GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0" };
  return async (args) => {
    try {
      let options = { cwd: workspace, env, maxBuffer: maxBytes, encoding: "buffer" };
      return (await promisify(execFile)("git", args, options)).stdout;
    } catch (error) {
      throw errorCode(error) === "ENOENT" ? new UserError("git is not installed; the base is read with it") : error;
    }
  };
}
function lastLine(error) {
  return (typeof error == "object" && error !== null && "stderr" in error ? String(error.stderr).trim() : "").split(`
`).at(-1) || String(error);
}
async function gitText(git, args) {
  return git(args).then(
    (text) => text.toString().trim(),
    (error) => {
      if (error instanceof UserError) throw error;
    }
  );
}

// src/action/inputs.ts
import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join as join3, relative, resolve, sep } from "node:path";
var import_yaml = __toESM(require_dist(), 1);
var cacheDataPolicies = ["auto", "true", "false"], failureKinds = ["regression", "budget", "inconclusive"], modes = ["auto", "gate", "search", "table"], commentPolicies = ["always", "on-change", "on-fail", "never"], numericBudgets = ["max-latency-ms", "min-miou", "min-fps", "max-params", "max-macs"];
function oneOf(words, what) {
  return external_exports.enum(words, {
    error: ({ input }) => {
      let nearest = nearestName(String(input), words);
      return `unknown ${what} "${input}"; ${nearest ? `did you mean "${nearest}"?` : `valid are ${words.join(", ")}`}`;
    }
  });
}
var number = external_exports.string().transform((text, context) => {
  let value = Number(text);
  return Number.isFinite(value) ? value : (context.addIssue({ code: "custom", message: `"${text}" is not a number` }), external_exports.NEVER);
});
function read(parse, form) {
  return external_exports.string().transform((text, context) => {
    let value = parse(text);
    return value !== void 0 ? value : (context.addIssue({ code: "custom", message: `"${text}" ${form}` }), external_exports.NEVER);
  });
}
var share = read(parseShare, shareForm), yesOrNo = external_exports.string().toLowerCase().pipe(external_exports.enum(["true", "false"], "must be true or false")).transform((text) => text === "true"), wordsOf = (text) => text.split(/[,\n]/).map((word) => word.trim()).filter((word) => word !== ""), cache = external_exports.string().toLowerCase().transform((text) => text === "true" ? [...cacheKinds] : text === "false" ? [] : wordsOf(text)).pipe(external_exports.array(external_exports.enum(cacheKinds, `must be true, false, or a list of ${cacheKinds.join(", ")}`))), failOn = external_exports.string().transform((text) => text.trim() === "never" ? [] : wordsOf(text)).pipe(external_exports.array(external_exports.enum(failureKinds, `must be never, or a list of ${failureKinds.join(", ")}`))), matrix = external_exports.string().transform((text, context) => {
  try {
    return JSON.parse(text);
  } catch {
    return context.addIssue({ code: "custom", message: "is set by the Action itself; leave it out" }), external_exports.NEVER;
  }
}).pipe(external_exports.record(external_exports.string(), external_exports.unknown()).nullable()), shard = external_exports.string().transform((text, context) => {
  if (text === "candidates" || text === "derive" || text === "merge") return text;
  let part = parsePart(text);
  return part || (context.addIssue({ code: "custom", message: "must be candidates, derive, a part such as 2/4, or merge" }), external_exports.NEVER);
}), schema = external_exports.object({
  mode: oneOf(modes, "mode").default("auto"),
  recipe: external_exports.string().optional(),
  data: external_exports.string().optional(),
  "data-sha256": external_exports.string().toLowerCase().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits, as sha256sum prints them").optional(),
  model: external_exports.string().optional(),
  "base-model": external_exports.string().optional(),
  "base-ref": external_exports.string().regex(/^[^-]/, "must be a branch, tag or commit, and none of these begins with a dash").optional(),
  "max-latency-ms": number.optional(),
  "max-latency-vs": external_exports.string().transform(parseRatios).optional(),
  "min-miou": number.optional(),
  "min-fps": number.optional(),
  "max-params": number.optional(),
  "max-macs": number.optional(),
  "latency-threshold": share.optional(),
  "miou-threshold": share.optional(),
  comment: oneOf(commentPolicies, "policy").default("always"),
  "comment-key": external_exports.string().regex(/^[\w.-]{1,64}$/, "must be 1 to 64 letters, digits, dots, dashes or underscores").optional(),
  matrix: matrix.default(null),
  "github-token": external_exports.string().default(""),
  cache: cache.default([...cacheKinds]),
  "cache-data": oneOf(cacheDataPolicies, "policy").default("auto"),
  "packages-from": external_exports.string().default(""),
  threads: read((text) => parseWholeNumber(text, 1), "must be a whole number of at least 1").optional(),
  "fail-on": failOn.default(["regression", "budget"]),
  "accept-label": external_exports.string().default("proxyless-ci-accepted"),
  "check-run": yesOrNo.default(!1),
  "history-branch": external_exports.string().regex(/^[^-]/, "must be the name of a branch").optional(),
  "history-path": external_exports.string().regex(/^[\w-][\w./-]*$/, "must be a folder of the branch").default("proxyless-ci"),
  size: modelFields.size,
  normalize: modelFields.normalize,
  output: modelFields.output,
  shard: shard.optional(),
  out: external_exports.string().default("proxyless-ci-run")
}).superRefine((given, context) => {
  let contradiction = (input, message) => context.addIssue({ code: "custom", path: [input], message }), isUrl = given.data !== void 0 && /^[a-z]+:\/\//im.test(given.data);
  isUrl && given.data.includes(`
`) && contradiction("data", "an archive stands alone; several sets are folders"), isUrl && !/^https:/i.test(given.data) && contradiction("data", "an archive is fetched by https only"), isUrl && !given["data-sha256"] && contradiction("data-sha256", "required for an archive: its SHA-256, as sha256sum prints it"), !isUrl && given["data-sha256"] && contradiction("data-sha256", "only valid if data is the URL of an archive"), given.mode === "gate" && !given.model && contradiction("model", "required for mode gate: the ONNX file to judge"), given.model && (given.mode === "search" || given.mode === "table") && contradiction("model", `mode ${given.mode} makes its own network; use mode gate, or leave out model`), given["max-latency-vs"] && given.model && !given.recipe && contradiction(
    "max-latency-vs",
    "needs a recipe whose baselines list what it names: they are measured in the same run"
  ), given.mode === "search" && !given.data && contradiction("data", "a search needs a data folder or archive"), given.shard && given.mode !== "search" && contradiction("shard", "only valid with mode search");
});
async function loadInputs(read2, workspace) {
  let texts = Object.keys(schema.shape).map((name) => [name, read2(name).trim()]).filter(([, text]) => text !== ""), given = checkSchema(Object.fromEntries(texts), "input", schema), budgets = Object.fromEntries(
    [...numericBudgets, "max-latency-vs"].map((name) => [name, given[name]]).filter(([, value]) => value !== void 0)
  ), inside = (input, path) => path === void 0 ? Promise.resolve(void 0) : pathInside(workspace, path, input), { recipe, data } = given, sha256 = given["data-sha256"], isRecipeFile = recipe !== void 0 && /[/\\]|\.ya?ml$/.test(recipe);
  return {
    mode: given.mode,
    // `./`, so that a recipe at the root of the workspace is not taken for a name.
    recipe: isRecipeFile ? `./${await inside("recipe", recipe)}` : recipe,
    data: data === void 0 ? void 0 : sha256 ? { url: data, sha256 } : await foldersOf(data, workspace),
    models: given.model === void 0 ? void 0 : await modelsOf(given.model, workspace),
    // Lies in the base's tree, so that only its text can be looked at.
    baseModel: given["base-model"] && lexicallyInside(workspace, given["base-model"], "base-model"),
    baseRef: given["base-ref"],
    budgets,
    latencyThreshold: given["latency-threshold"],
    miouThreshold: given["miou-threshold"],
    failOn: given["fail-on"],
    acceptLabel: given["accept-label"],
    checkRun: given["check-run"],
    historyBranch: given["history-branch"],
    historyPath: given["history-path"],
    comment: given.comment,
    commentKey: given["comment-key"] ?? `${defaultCommentKey}${legHash(given.matrix)}`,
    title: legTitle(given.matrix),
    token: given["github-token"],
    cache: given.cache,
    cacheData: given["cache-data"],
    threads: given.threads,
    modelSettings: { size: given.size, normalize: given.normalize, output: given.output },
    shard: given.shard,
    out: await inside("out", given.out)
  };
}
async function foldersOf(text, workspace) {
  let folders = [];
  for (let line of linesOf(text)) {
    let weighted = parseWeighted(line);
    if (!weighted) throw new UserError(`input: data: ${line}: ${weightForm}`);
    folders.push({ ...weighted, folder: await pathInside(workspace, weighted.folder, "data") });
  }
  return folders;
}
var linesOf = (text) => text.split(`
`).map((line) => line.trim()).filter((line) => line !== "");
async function modelsOf(text, workspace) {
  let found = /* @__PURE__ */ new Set();
  for (let line of linesOf(text)) {
    let path = await pathInside(workspace, line, "model");
    if (!/[*?[]/.test(line)) {
      found.add(path);
      continue;
    }
    let files = (await (await create(join3(workspace, path), { followSymbolicLinks: !1, matchDirectories: !1 })).glob()).sort();
    if (files.length === 0) throw new UserError(`input: model: no file matches ${line}`);
    for (let file of files) found.add(relative(workspace, file));
  }
  return [...found];
}
function legTitle(leg) {
  let values = Object.values(leg ?? {}).map((value) => typeof value == "object" ? JSON.stringify(value) : value);
  return values.length > 0 ? values.join(", ") : void 0;
}
function legHash(leg) {
  return !leg || Object.keys(leg).length === 0 ? "" : `-${createHash("sha256").update(JSON.stringify(leg)).digest("hex").slice(0, 8)}`;
}
function parseRatios(text, context) {
  let value;
  try {
    value = (0, import_yaml.parse)(text);
  } catch {
    value = void 0;
  }
  return typeof value == "object" && value !== null && !Array.isArray(value) ? value : (context.addIssue({ code: "custom", message: 'must be baselines with ratios, such as "mobilenetv3-large: 1.0"' }), external_exports.NEVER);
}
function lexicallyInside(workspace, path, input) {
  let inside = relative(workspace, resolve(workspace, path));
  if (leaves(inside)) throw new UserError(`input: ${input}: ${path} is outside the workspace ${workspace}`);
  return inside;
}
async function pathInside(workspace, path, input) {
  let inside = lexicallyInside(workspace, path, input), target = await realpathOfExisting(resolve(workspace, inside));
  if (leaves(relative(await realpath(workspace), target)))
    throw new UserError(`input: ${input}: ${path} is a symbolic link that leads out of the workspace, to ${target}`);
  return inside;
}
async function checkRecipePaths(paths, workspace) {
  for (let path of paths) await pathInside(workspace, path, "recipe");
}
var defaultCommentKey = "proxyless-ci", workingDirectory = "working-directory";
async function enterWorkspace(workspace, folder) {
  let path = folder === "" ? workspace : join3(workspace, await pathInside(workspace, folder, workingDirectory));
  try {
    process.chdir(path);
  } catch {
    throw new UserError(`input: ${workingDirectory}: there is no folder ${folder} in the workspace ${workspace}`);
  }
  return path;
}
var leaves = (path) => path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
async function realpathOfExisting(path) {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || dirname(path) === path) throw error;
    return join3(await realpathOfExisting(dirname(path)), relative(dirname(path), path));
  }
}

export {
  loadEvent,
  isProposal,
  chooseWork,
  gateFolder,
  openGit,
  lastLine,
  gitText,
  loadInputs,
  checkRecipePaths,
  defaultCommentKey,
  workingDirectory,
  enterWorkspace
};
