import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  UserError
} from "./chunk-lib-errors.js";

// src/lib/files.ts
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
async function writeFileAtomic(path, data) {
  let temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: !0 });
    let file = await open(temporary, "w");
    try {
      await file.writeFile(data), await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    throw await rm(temporary, { force: !0 }).catch(() => {
    }), explainFileError(error, path, "write");
  }
}
async function inTemporaryFolder(prefix, use) {
  let folder = await mkdtemp(prefix);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: !0, force: !0 });
  }
}
function writeJson(path, value) {
  return writeFileAtomic(path, `${JSON.stringify(value, null, 2)}
`);
}
async function readOptional(path) {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw explainFileError(error, path, "read");
  }
}
async function readJson(path, schema) {
  let value = await readOptionalJson(path, schema);
  if (value === void 0) throw new UserError(`${path}: no such file`);
  return value;
}
async function readOptionalJson(path, schema) {
  let data = await readOptional(path);
  return data && parseJson(data.toString("utf8"), path, schema);
}
function parseJson(text, source, schema) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${source}: not valid JSON (${error.message}); the file may be damaged`);
  }
  return checkSchema(value, source, schema);
}
function checkSchema(value, source, schema) {
  let result = schema.safeParse(value);
  if (result.success) return result.data;
  let problems = result.error.issues.map(
    (issue) => `${source}: ${issue.path.join(".") || "(root)"}: ${issue.message}`
  );
  throw new UserError(problems.join(`
`));
}
function errorCode(error) {
  return typeof error == "object" && error !== null && "code" in error ? String(error.code) : void 0;
}
function explainFileError(error, path, verb) {
  let reason = {
    ENOSPC: "no space left on the disk; free some space and run the same command again to resume",
    EDQUOT: "the disk quota is used up; free some space and run the same command again to resume",
    EACCES: "permission denied",
    EPERM: "not permitted",
    EEXIST: "a file of that name is in the way",
    EROFS: "the file system is read-only",
    EISDIR: "it is a folder, not a file",
    ENOTDIR: "a part of the path is a file, not a folder",
    EFBIG: "the file would be larger than this process may write"
  }[errorCode(error) ?? ""];
  return reason ? new UserError(`cannot ${verb} ${path}: ${reason}`) : error;
}

export {
  writeFileAtomic,
  inTemporaryFolder,
  writeJson,
  readOptional,
  readJson,
  readOptionalJson,
  parseJson,
  checkSchema,
  errorCode,
  explainFileError
};
