import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  packageRoot
} from "./chunk-lib-package-root.js";
import {
  readOptional,
  writeFileAtomic
} from "./chunk-lib-files.js";
import {
  ExitCode,
  UserError
} from "./chunk-lib-errors.js";

// src/pipeline/version.ts
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
function toolVersion() {
  return JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")).version;
}
async function currentCommit() {
  try {
    let { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"]);
    return stdout.trim();
  } catch {
    return;
  }
}

// src/pipeline/commands/init.ts
import { execFile as execFile2 } from "node:child_process";
import { access, readFile, realpath } from "node:fs/promises";
import { join as join2 } from "node:path";
import { promisify as promisify2 } from "node:util";
var workflow = ".github/workflows/proxyless-ci.yml", recipe = ".github/proxyless-ci/pr.yaml", schema = ".github/proxyless-ci/recipe.schema.json", placeholder = {
  action: "OWNER/proxyless-ci@COMMIT_SHA",
  branch: "branches: [main]",
  model: "model: models/person.onnx"
}, actionForm = /^[\w.-]+\/[\w.-]+@[\w.-]+$/, mostModels = 20;
async function runInit({ folder, force, action }) {
  await access(join2(folder, ".git")).catch(() => {
    throw new UserError(`${folder}: not the root of a git repository; run this command in the root`);
  });
  let uses = action === void 0 ? await actionOfClone(packageRoot()) : checkedAction(action), models = (await git(folder, ["ls-files", "-z", "--", "*.onnx"]) ?? "").split("\0").filter((path) => path !== ""), branch = await defaultBranch(folder), wanted = (models.length > 0 ? await gateFiles(models, await hasLargeFiles(folder, models)) : await searchFiles()).map(({ to, text }) => ({
    to,
    text: text.replace(placeholder.action, uses).replace(placeholder.branch, `branches: [${JSON.stringify(branch)}]`)
  })), differing = [];
  for (let file of wanted) {
    let found = await readOptional(join2(folder, file.to));
    if (found && found.toString("utf8") !== file.text && !force)
      throw new UserError(`${file.to}: exists, so nothing was written; --force overwrites it`);
    found?.toString("utf8") !== file.text && differing.push(file);
  }
  for (let { to, text } of differing) await writeFileAtomic(join2(folder, to), text);
  let written = differing.map(({ to }) => to), next = [
    ...models.length > 0 ? [] : [`In ${workflow}: name the folder of your data.`, `In ${recipe}: set input and budgets.`],
    "Commit, push, and open a pull request."
  ], summary = [
    ...written.length > 0 ? written.map((to) => `wrote ${to}`) : ["Everything was there already."],
    `Its pushes are those to ${branch}; if that is not the branch that pull requests are merged into, change it.`,
    models.length > 0 ? `It gates ${models.slice(0, mostModels).join(", ")}, by ${uses}.` : `It searches, by ${uses}.`,
    "",
    "Next:",
    ...next.map((step, i) => `${i + 1}. ${step}`)
  ].join(`
`);
  return { exitCode: ExitCode.pass, summary, json: { written, next, models, uses, branch } };
}
var packaged = (path) => readFile(join2(packageRoot(), path), "utf8");
async function hasLargeFiles(folder, models) {
  return (await git(folder, ["check-attr", "-z", "filter", "--", ...models.slice(0, mostModels)]))?.split("\0").includes("lfs") ?? !1;
}
var withLargeFiles = (text) => text.replace(/^( *)fetch-depth: 0.*$/m, `$&
$1lfs: true # the models are kept by Git LFS`).replace(
  /^( *)- uses: OWNER/m,
  `$1- run: git lfs fetch origin HEAD^1 # the models of the base; in a private repository the checkout keeps its credentials for it
$1  continue-on-error: true
$&`
);
async function gateFiles(models, lfs) {
  let plain = await packaged("docs/workflows/pull-request.yml"), text = lfs ? withLargeFiles(plain) : plain, [line = ""] = text.split(`
`).filter((candidate) => candidate.includes(placeholder.model)), indent = " ".repeat(line.indexOf("model:")), [first] = models, listed = models.length === 1 ? `${indent}model: ${JSON.stringify(first)}` : [`${indent}model: |`, ...models.slice(0, mostModels).map((model) => `${indent}  ${model}`)].join(`
`);
  return [{ to: workflow, text: text.replace(line, () => `${listed}`) }];
}
async function searchFiles() {
  let text = await packaged("search/recipes/pr.yaml");
  return [
    { to: workflow, text: await packaged("docs/workflows/search.yml") },
    { to: recipe, text: text.replace("$schema=../../schemas/", "$schema=./") },
    { to: schema, text: await packaged("schemas/recipe.schema.json") }
  ];
}
function checkedAction(action) {
  if (actionForm.test(action)) return action;
  throw new UserError(`--action ${action}: must be OWNER/NAME@COMMIT, the repository of this tool and a commit of it`);
}
async function actionOfClone(root) {
  let advice = "give --action OWNER/NAME@COMMIT, the repository of this tool and a commit of it", top = await git(root, ["rev-parse", "--show-toplevel"]);
  if (top === void 0 || await realpath(top) !== await realpath(root))
    throw new UserError(`this is not a clone of the Action's repository, so its owner is not known; ${advice}`);
  let remote = await git(root, ["remote", "get-url", "origin"]) ?? "", [, owner, name] = /[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(remote) ?? [], commit = await git(root, ["rev-parse", "HEAD"]);
  if (!owner || !name || !commit) throw new UserError(`the clone ${root} has no remote origin; ${advice}`);
  if (!await git(root, ["branch", "--remotes", "--contains", commit]))
    throw new UserError(
      `commit ${commit.slice(0, 7)} of the clone ${root} is on no branch of its remote; push it, or ${advice}`
    );
  return `${owner}/${name}@${commit}`;
}
async function defaultBranch(folder) {
  return (await git(folder, ["symbolic-ref", "--short", "refs/remotes/origin/HEAD"]))?.replace(/^origin\//, "") ?? await git(folder, ["symbolic-ref", "--short", "HEAD"]) ?? "main";
}
async function git(folder, args) {
  try {
    return (await promisify2(execFile2)("git", args, { cwd: folder, maxBuffer: 2 ** 26 })).stdout.trimEnd();
  } catch {
    return;
  }
}

// src/pipeline/options.ts
var tableOrders = ["latency", "layer", "operation", "name"];

export {
  toolVersion,
  currentCommit,
  runInit,
  tableOrders
};
