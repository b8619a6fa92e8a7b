// The file of a latency table, `proxyless-ci/latency-table@2`: its fields. latency/table-file.ts reads and writes it.
import { z } from 'zod';
import { macroSchema } from './architecture.ts';
import { HardwareSchema } from './hardware.ts';

/** Format and version: `proxyless-ci/latency-table@2`. */
export const latencyTableFormat = { name: 'proxyless-ci/latency-table', version: 2 } as const;

const side = z.int().positive();
const index = z.int().nonnegative();
const ms = z.number().nonnegative();

/** What was measured: `RoundFigures`, and the rounds themselves, so that tables can be merged. */
const measured = {
  count: z.int().positive(),
  minMs: ms,
  medianMs: ms,
  p10Ms: ms,
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

/** Every value in milliseconds is under a key that ends in `Ms`; `scaleTable` relies on it. */
export const latencyTableSchema = z.object({
  schema: z.literal(`${latencyTableFormat.name}@${latencyTableFormat.version}`),
  /** Checksum of everything else (`sealTable`). */
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
    /** Standard errors of all entries over their latencies, in percent. */
    errorPercent: z.number().nonnegative(),
    /** How many of entries, frames, head and tail have not settled. */
    unsettled: index,
    /** Standard error of the sums along random paths, in percent; tables of earlier releases lack it. */
    pathErrorPercent: z.number().nonnegative().optional(),
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
      /** The largest kernel of its convolutions; 0 if it has none. */
      kernel: index,
      dilation: index,
      /** Of the input. */
      height: side,
      width: side,
      batch: z.literal(1),
      expanded: side,
      activation: z.enum(['relu', 'relu6', 'hswish']),
      squeezeExcite: z.boolean(),
      residual: z.boolean().optional(),
      variant: z.string().optional(),
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
      baselines: z.array(
        z.object({
          name: z.string(),
          /** Of its input, where it is not that of the table. */
          input: z.object({ height: side, width: side }).optional(),
          /** A hash of its layers and macro-architecture. */
          layers: z.string().optional(),
          latencyMs: z.number().positive(),
        }),
      ),
    })
    .optional(),
  /** The tables that this one replaces, and the factor on their milliseconds; null if everything was measured again. `error`: the factor's standard error, as a share. */
  origins: z
    .array(z.object({ checksum: z.string(), ratio: z.number().positive().nullable(), error: ms.optional() }))
    .optional(),
});
export type LatencyTable = z.infer<typeof latencyTableSchema>;
export type TableEntry = LatencyTable['entries'][number];
