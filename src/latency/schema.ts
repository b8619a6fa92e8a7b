// The file of a latency table, `proxyless-ci/latency-table@2`: its schema, its checksum, reading and writing.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../base/canonical.ts';
import { UserError } from '../base/errors.ts';
import { checkSchema, parseJson, readOptional, writeFileAtomic } from '../base/files.ts';
import { macroSchema } from '../network/architecture.ts';
import type { Space } from '../network/space.ts';
import { HardwareSchema } from '../runtime/hardware-schema.ts';

const version = 2;
const name = 'proxyless-ci/latency-table';

const side = z.int().positive();
const index = z.int().nonnegative();
const ms = z.number().nonnegative();

/** What was measured: `RoundFigures`, and the rounds themselves, so that tables can be merged. */
const measured = {
  count: z.int().positive(),
  minMs: ms,
  medianMs: ms,
  steadyMs: ms,
  errorMs: ms,
  spread: ms,
  settled: z.boolean(),
  roundsMs: z.array(ms).min(1),
};

const measuredSubnet = z.object({
  path: z.array(index).readonly(),
  latencyMs: z.number().positive(),
  errorMs: ms,
  macs: z.number().nonnegative(),
});

/** Every value in milliseconds is under a key that ends in `Ms`: `scaleTable` goes by that. */
export const latencyTableSchema = z.object({
  schema: z.literal(`${name}@${version}`),
  /** Of everything else: `sealTable`. */
  checksum: z.string(),
  hardware: HardwareSchema,
  threads: z.int().positive(),
  input: z.object({ height: side, width: side }),
  space: z.object({
    name: z.string(),
    /** Hash of the graphs of everything measured, weights left out. */
    definitions: z.string(),
    macro: macroSchema,
    /** layers[layer][candidate]: which of `entries`. */
    layers: z.array(z.array(index).min(1)).min(1),
  }),
  quality: z.object({
    /** Standard errors of all entries over their latencies, in per cent. */
    errorPercent: z.number().nonnegative(),
    /** How many of entries, frames, head and tail have not settled. */
    unsettled: index,
  }),
  /** The fixed reference network in the same rounds: see `Drift`. */
  drift: z.object({ referenceMs: z.number().positive(), spread: ms }),
  /** Two pointwise convolutions around each feature map: what is subtracted. */
  frames: z.array(z.object({ channels: side, height: side, width: side, ...measured })),
  /** Head and tail, alone. */
  fixed: z.array(
    z.object({
      part: z.enum(['head', 'tail']),
      signature: z.string(),
      batch: z.literal(1),
      latencyMs: ms,
      ...measured,
    }),
  ),
  /** Operations; the rounds are those of the operation in its frame. */
  entries: z.array(
    z.object({
      signature: z.string(),
      operation: z.string(),
      in: side,
      out: side,
      stride: z.union([z.literal(1), z.literal(2)]),
      /** Of its convolutions the largest; 0 where it has none. */
      kernel: index,
      dilation: index,
      /** Of the input. */
      height: side,
      width: side,
      batch: z.literal(1),
      expanded: side,
      activation: z.enum(['relu', 'hswish']),
      squeezeExcite: z.boolean(),
      residual: z.boolean().optional(),
      /** What the operation adds to its frame. */
      latencyMs: ms,
      ...measured,
    }),
  ),
  /** Whole networks measured with the table: what the predictor is fitted on and checked with, and baselines that budgets refer to. */
  calibration: z
    .object({
      subnets: z.array(measuredSubnet),
      heldOut: z.array(measuredSubnet),
      baselines: z.array(z.object({ name: z.string(), latencyMs: z.number().positive() })),
    })
    .optional(),
  /** Tables in whose place this one stands, and what their milliseconds were multiplied by; null: everything was measured anew. */
  origins: z.array(z.object({ checksum: z.string(), ratio: z.number().positive().nullable() })).optional(),
});
export type LatencyTable = z.infer<typeof latencyTableSchema>;
export type TableEntry = LatencyTable['entries'][number];

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
  const other = value.schema.startsWith(`${name}@`) ? value.schema.slice(name.length + 1) : undefined;
  if (other !== undefined && other !== String(version)) {
    throw new UserError(
      `${path}: schema: a latency table of version ${other}; this release reads version ${version}; ` +
        'measure it again with proxyless-ci table measure',
    );
  }
  const table = checkSchema(value, path, latencyTableSchema);
  if (checksumOf(table) !== table.checksum) {
    throw new UserError(
      `${path}: checksum: differs from that of the contents: the file was damaged or edited; ` +
        'take a good copy, or measure it again with proxyless-ci table measure',
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

/** A table with every value in milliseconds multiplied, as a machine that is slower by that ratio would have measured it. */
export function scaleTable(table: LatencyTable, ratio: number): LatencyTable {
  const scaled = (value: unknown): unknown =>
    typeof value === 'number' ? value * ratio : Array.isArray(value) ? value.map(scaled) : value;
  const value = JSON.parse(JSON.stringify(table), (key, field) => (key.endsWith('Ms') ? scaled(field) : field));
  return sealTable({ ...latencyTableSchema.parse(value), origins: [{ checksum: table.checksum, ratio }] });
}
