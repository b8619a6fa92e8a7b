// Reading and writing artifacts: written to a temporary name and renamed, read through a schema.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ZodType } from 'zod';
import { UserError } from './errors.ts';

/**
 * Writes a whole file or nothing: to a temporary name beside it, flushed, then renamed.
 * @throws UserError when the disk is full or the folder cannot be written; the old file, if any, is untouched
 */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw explainFileError(error, path, 'write');
  }
}

/** Does something with a new folder whose path begins so, and removes it whatever happens. */
export async function inTemporaryFolder<T>(prefix: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(prefix);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a value as indented JSON, atomically. */
export function writeJson(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Reads a file, or undefined when there is none.
 * @throws UserError when it exists and cannot be read
 */
export async function readOptional(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw explainFileError(error, path, 'read');
  }
}

/**
 * Reads a JSON file and checks it against a schema.
 * @throws UserError naming the file and each wrong field
 */
export async function readJson<T>(path: string, schema: ZodType<T>): Promise<T> {
  const value = await readOptionalJson(path, schema);
  if (value === undefined) throw new UserError(`${path}: no such file`);
  return value;
}

/**
 * Reads a JSON file and checks it against a schema, or gives undefined when there is none.
 * @throws UserError naming the file and each wrong field
 */
export async function readOptionalJson<T>(path: string, schema: ZodType<T>): Promise<T | undefined> {
  const data = await readOptional(path);
  return data && parseJson(data.toString('utf8'), path, schema);
}

/**
 * Parses JSON text against a schema; `source` is how errors call it.
 * @throws UserError naming the source and each wrong field
 */
export function parseJson<T>(text: string, source: string, schema: ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${source}: not valid JSON (${(error as Error).message}); the file may be damaged`);
  }
  return checkSchema(value, source, schema);
}

/**
 * Checks a value against a schema.
 * @throws UserError listing every wrong field as `source: field: problem`
 */
export function checkSchema<T>(value: unknown, source: string, schema: ZodType<T>): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${source}: ${issue.path.join('.') || '(root)'}: ${issue.message}`,
  );
  throw new UserError(problems.join('\n'));
}

/** The errno code of a file system error, if it has one. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** The error as a `UserError` that names the path, where it is one of the file system that users can do something about; else as it is. */
export function explainFileError(error: unknown, path: string, verb: 'read' | 'write'): unknown {
  const reasons: Record<string, string> = {
    ENOSPC: 'no space left on the disk; free some space and run the same command again to resume',
    EDQUOT: 'the disk quota is used up; free some space and run the same command again to resume',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EEXIST: 'a file of that name is in the way',
    EROFS: 'the file system is read-only',
    EISDIR: 'it is a folder, not a file',
    ENOTDIR: 'a part of the path is a file, not a folder',
    EFBIG: 'the file would be larger than this process may write',
  };
  const reason = reasons[errorCode(error) ?? ''];
  return reason ? new UserError(`cannot ${verb} ${path}: ${reason}`) : error;
}
