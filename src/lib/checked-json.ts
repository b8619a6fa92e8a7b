// Checkpoints that are JSON: with a SHA-256 of their content, so that a damaged file is told from a good one before any of it is used.
import { createHash } from 'node:crypto';
import { type ZodType, z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { UserError } from './errors.ts';
import { checkSchema, readOptionalJson, writeJson } from './files.ts';

const sealed = z.looseObject({ sha256: z.string() });

const digest = (content: object): string => createHash('sha256').update(canonicalJson(content)).digest('hex');

/** Writes an object as JSON with its checksum in the field `sha256`, atomically. */
export function writeCheckedJson(path: string, content: object): Promise<void> {
  return writeJson(path, { ...content, sha256: digest(content) });
}

/**
 * Reads what `writeCheckedJson` wrote, or gives undefined when there is none.
 * @throws UserError when the file is damaged or breaks the schema, saying what deleting it would do
 */
export async function readCheckedJson<T>(path: string, schema: ZodType<T>): Promise<T | undefined> {
  const found = await readOptionalJson(path, sealed);
  if (!found) return undefined;
  const { sha256, ...content } = found;
  if (digest(content) !== sha256)
    throw new UserError(
      `${path}: damaged or edited (the checksum differs); delete it, and the run does that stage again from its start`,
    );
  return checkSchema(content, path, schema);
}
