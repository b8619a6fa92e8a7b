// How a network is made one of 8-bit integers, and what that was found to be worth.
import { z } from 'zod';

/** How the range of a tensor is chosen from what was seen of it. */
export const calibrationMethods = ['minmax', 'percentile', 'entropy'] as const;
export type CalibrationMethod = (typeof calibrationMethods)[number];

/** At which ends of the network narrow convolutions stay float32, up to the first one that is not narrow. */
export const extents = ['all', 'not the narrow start', 'not the narrow end', 'not the narrow ends'] as const;
export type Extent = (typeof extents)[number];

const share = z.number().min(0).max(1);
const count = z.int().min(0);

/** What is said of an int8 network. */
export const quantizationSchema = z.object({
  /** The method whose ranges the network has. */
  calibration: z.enum(calibrationMethods),
  /** Photos that ranges were seen on. */
  photos: count,
  /**
   * Each method that was tried: how far its probabilities are from those of float32 on the mean, and the share of pixels whose class
   * differs; on these photos.
   */
  methods: z
    .array(z.object({ method: z.enum(calibrationMethods), meanDifference: share, changedPixels: share }))
    .min(1),
  /** Operators of the int8 network as ONNX Runtime runs it here, with their number. */
  operators: z.record(z.string(), count),
  /** Operators that stay float32, with their number. */
  kept: z.record(z.string(), count),
  /** Which part of the network is int8: the one with which it was the fastest here. */
  extent: z.enum(extents),
  /** 7 where this machine's instructions would overflow with 8. */
  weightBits: z.union([z.literal(7), z.literal(8)]),
  /** Instruction sets of this machine that multiply bytes; empty where it has none. */
  instructions: z.array(z.string()),
});
export type Quantization = z.output<typeof quantizationSchema>;

/** An int8 network beside its float32 one. */
export const int8Schema = quantizationSchema.extend({
  /** Names of both among the networks. */
  network: z.string(),
  float32: z.string(),
  /** Median latency of int8 over that of float32, less 1, interleaved, with its 95 % interval. */
  latencyChange: z.number(),
  latencyInterval: z.tuple([z.number(), z.number()]),
  recommended: z.boolean(),
  /** One sentence that says why. */
  reason: z.string().min(1),
});
export type Int8 = z.output<typeof int8Schema>;
