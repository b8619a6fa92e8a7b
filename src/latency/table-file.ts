// The file of a latency table: its checksum, reading, writing, rescaling.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type LatencyTable,
  latencyTableFormat,
  latencyTableSchema,
  type TableEntry,
} from '../contracts/latency-table.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { UserError } from '../lib/errors.ts';
import { checkSchema, parseJson, readOptional, writeFileAtomic } from '../lib/files.ts';
import type { Space } from '../network/space.ts';

/** The table with its checksum, a SHA-256 of everything else in it. */
export function sealTable(table: Omit<LatencyTable, 'checksum'>): LatencyTable {
  return { ...table, checksum: checksumOf(table) };
}

function checksumOf(table: Omit<LatencyTable, 'checksum'>): string {
  const { schema, ...rest } = { ...table, checksum: undefined };
  return createHash('sha256')
    .update(canonicalJson({ schema, ...rest }))
    .digest('hex');
}

/**
 * Reads a table.
 * @throws UserError when there is none, it is of another version, a field is wrong, or it is not what was written (its checksum differs)
 */
export async function readTable(path: string): Promise<LatencyTable> {
  const table = await readOptionalTable(path);
  if (!table) throw new UserError(`${path}: no such file`);
  return table;
}

/** Reads a table, or gives undefined when there is none. @throws UserError as `readTable` does */
export async function readOptionalTable(path: string): Promise<LatencyTable | undefined> {
  const data = await readOptional(path);
  if (!data) return undefined;
  const value = parseJson(data.toString('utf8'), path, z.looseObject({ schema: z.string() }));
  const other = value.schema.startsWith(`${latencyTableFormat.name}@`)
    ? value.schema.slice(latencyTableFormat.name.length + 1)
    : undefined;
  if (other !== undefined && other !== String(latencyTableFormat.version)) {
    throw new UserError(
      `${path}: schema: a latency table of version ${other}; this release reads version ${latencyTableFormat.version}; ` +
        'measure it again with proxyless-ci table measure',
    );
  }
  const table = checkSchema(value, path, latencyTableSchema);
  if (checksumOf(table) !== table.checksum) {
    throw new UserError(
      `${path}: checksum: does not match the contents; the file was damaged or edited; ` +
        'use an intact copy, or measure it again with proxyless-ci table measure',
    );
  }
  return table;
}

/** Writes a table atomically, as JSON with every array of numbers on one line. */
export async function writeTable(path: string, table: LatencyTable): Promise<void> {
  const text = JSON.stringify(table, null, 2).replace(/\[\s+[-\d.e+,\s]+\]/g, (array) => array.replace(/\s+/g, ' '));
  await writeFileAtomic(path, `${text}\n`);
}

/** The search space that a table is of. */
export function tableSpace({ space, entries }: LatencyTable): Space {
  const { name: title, macro, layers } = space;
  const layer = ({ operation, in: width, out, stride, expanded, activation, squeezeExcite, residual }: TableEntry) => ({
    operation,
    in: width,
    out,
    stride,
    expanded,
    activation,
    squeezeExcite,
    ...(residual === undefined ? {} : { residual }),
  });
  return { name: title, macro, layers: layers.map((candidates) => candidates.map((i) => layer(entries[i]!))) };
}

/**
 * A table with every value in milliseconds multiplied, standard errors among them, as a machine that is slower by that ratio would have measured it.
 * @param error of the ratio, as a share: all values have it in common, so that it is kept beside them
 */
export function scaleTable(table: LatencyTable, ratio: number, error?: number): LatencyTable {
  const scaled = (value: unknown): unknown =>
    typeof value === 'number' ? value * ratio : Array.isArray(value) ? value.map(scaled) : value;
  const value = JSON.parse(JSON.stringify(table), (key, field) => (key.endsWith('Ms') ? scaled(field) : field));
  return sealTable({ ...latencyTableSchema.parse(value), origins: [{ checksum: table.checksum, ratio, error }] });
}
