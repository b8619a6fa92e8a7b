// The result of a run: one JSON file, `proxyless-ci/result@2`, checked when it is written and when it is read. Every report is made from it.
import { z } from 'zod';
import { readJson, writeJson } from '../lib/files.ts';
import { precisions } from '../lib/precision.ts';
import { architectureFields } from './architecture.ts';
import { HardwareSchema } from './hardware.ts';
import { int8Schema } from './quantization.ts';

const count = z.int().min(0);
/** Of an image, in pixels. */
const sides = z.object({ height: count, width: count });
const share = z.number().min(0).max(1);
const amount = z.number().min(0);

const predictorSchema = z.object({
  calibrationSubnets: count,
  heldOut: z.object({
    subnets: count,
    meanAbsoluteErrorPercent: amount,
    biasPercent: z.number(),
    within5Percent: share,
    spearman: z.number(),
    /** Rank correlation of multiply-accumulates with measured latency, over the same subnets: what the table improves on. */
    macsSpearman: z.number(),
  }),
});

/** How a training went: values after some steps. */
const curveSchema = z.object({
  /** Mean loss since the step before. */
  losses: z.array(z.tuple([count, z.number()])),
  /** mIoU on some photos that the training does not see. */
  mious: z.array(z.tuple([count, share])),
});

const supernetSchema = z.object({
  steps: count,
  images: count,
  seconds: amount,
  imagesPerSecond: amount,
  /** Share of unconstrained uniform paths that meet the budget. */
  acceptanceRate: share,
  /** Steps whose path was over the limit, where the sampling cannot obey one. */
  constraintViolations: count.optional(),
  /** Share of the step time spent waiting for data. */
  dataWaitShare: share,
  curve: curveSchema.optional(),
});

const searchSchema = z.object({
  steps: count,
  seconds: amount,
  /** Mean entropy of a layer's probabilities over log(candidates): 1 is uniform. */
  entropyBefore: share,
  entropyAfter: share,
  /** Accepted draws over all, under rejection sampling. */
  acceptanceRate: share.optional(),
  /** Steps whose path was over the limit, under a soft loss. */
  constraintViolations: count.optional(),
  /** Spearman's correlation of the architecture parameters learned from two seeds. */
  repeatability: z.number().min(-1).max(1).optional(),
  /** What the two halves say of each operation of each layer: log-probabilities less their layer's mean. */
  pairs: z.array(z.tuple([z.number(), z.number()])).optional(),
});

/** A network that derivation looked at. */
export const candidateSchema = z.object({
  architecture: z.string(),
  /** Height and width of its input, where they are not those of the run. */
  input: sides.optional(),
  /** One candidate index a layer. */
  path: z.array(count),
  logProbability: z.number(),
  /** Multiply-accumulates of the searched layers. */
  macs: count.optional(),
  predictedMs: amount,
  /** p50 of the exported graph. */
  measuredMs: amount,
  /** Which of the recipe's trade-offs named it: 0 is the most probable paths, the last the largest ones; one more: evolution. */
  tradeOff: count.optional(),
  /** Measured latency over the limit; relative limits by the undisturbed runs of both. */
  limitShare: amount.optional(),
  /** With inherited weights, on the held-out part of train. */
  supernetMiou: share,
  /** Trained by itself for the recipe's `derive.trial-epochs`, on the held-out part of train; finalists only. */
  trialMiou: share.optional(),
  /** At the end of each round that it was in, where trials have several; `trialMiou` is the last. */
  trialMious: z.array(share).optional(),
});

/** What derivation found; also what its checkpoint holds. */
export const deriveSchema = z.object({
  candidates: z.array(candidateSchema),
  randomSubnets: z.object({ count, mean: share, max: share, scores: z.array(share) }).optional(),
  /** mIoU of the best constant silhouette on the same photos: the floor under every score. */
  silhouetteMiou: share.optional(),
  /** The architecture that was taken; null when none met the budget as measured. */
  chosen: z.string().nullable(),
});

const tauSchema = z.object({ tau: z.number(), interval: z.tuple([z.number(), z.number()]) });

/** What `diagnose` finds by training random networks of the space by themselves. */
export const diagnosisSchema = z.object({
  epochs: count,
  seeds: count,
  /** Random networks: over the range of latencies up to the limit, and within 5 % under the limit. Scores on the held-out part of train. */
  networks: z.array(
    z.object({
      group: z.enum(['range', 'limit']),
      path: z.array(count),
      latencyMs: amount,
      macs: count,
      parameters: count,
      supernetMiou: share,
      mious: z.array(share).min(1),
    }),
  ),
  /** Kendall's tau of a figure with mIoU trained alone, with its 95 % interval. Of latency it is the predicted one. */
  taus: z.array(
    z.object({
      group: z.enum(['range', 'limit']),
      networks: count,
      supernet: tauSchema,
      macs: tauSchema,
      parameters: tauSchema,
      latency: tauSchema,
    }),
  ),
  /** The derived network, trained likewise; absent where nothing was derived. */
  derived: z.object({ supernetMiou: share, mious: z.array(share).min(1) }).optional(),
});
export type Diagnosis = z.output<typeof diagnosisSchema>;

/** Networks derived under several latency limits from one supernet. */
const frontSchema = z.object({
  /** The largest limit first; that is the run's own. */
  points: z.array(
    z.object({
      /** As it was given: `0.8x`, `5ms`; `the search` is the run's own. */
      limit: z.string(),
      /** As measured together with the candidates. */
      maxLatencyMs: amount,
      /** One network may stand at several limits; null where none met the limit, or its trials are awaited. */
      network: z.string().nullable(),
      predictedMs: amount.optional(),
      limitShare: amount.optional(),
      supernetMiou: share.optional(),
      trialMiou: share.optional(),
      /** Mean score of random networks within the limit. */
      randomMiou: share,
    }),
  ),
});
export type Front = z.output<typeof frontSchema>;

const networkSchema = z.object({
  /**
   * `head` is the network that a run judges, derived or given; `base` is the one it is compared with; `int8` is head, quantized; `front` is one under
   * another limit.
   */
  role: z.enum(['head', 'front', 'baseline', 'base', 'int8']),
  name: z.string(),
  /** Where it is not that of the run. */
  input: sides.optional(),
  miou: share.optional(),
  personIou: share.optional(),
  backgroundIou: share.optional(),
  /** mIoU of a constant mask on the same images: a model below it is read wrongly, or has learned nothing. */
  silhouetteMiou: share.optional(),
  /** How a model that this tool did not export is read: its input, normalization and output, each with its source. */
  reading: z.string().optional(),
  /** By data set, where the run has several; `miou` and its like are over the photos of all that have a weight over 0. */
  sets: z
    .array(z.object({ name: z.string(), images: count, miou: share, personIou: share, backgroundIou: share }))
    .optional(),
  /** IoU of the boundaries of persons (Cheng et al. 2021). */
  boundaryIou: share.optional(),
  /** Share of the pixels around the true edges that change where a photo is moved by a pixel, or is a little lighter or darker. */
  flicker: share.optional(),
  /** 95 % confidence interval of the mean mIoU, over seeds (where there are several) and images. */
  miouInterval: z.tuple([z.number(), z.number()]).optional(),
  /** By how much the mean mIoU of head is over this network's, and the 95 % confidence interval of that. */
  headLead: z.object({ value: z.number(), interval: z.tuple([z.number(), z.number()]) }).optional(),
  /** The photos that head does worst on, the worst first. */
  worst: z.array(z.object({ id: z.string(), miou: share, personIou: share })).optional(),
  /** A picture of them beside this file: each photo, and under it what was seen. */
  worstPicture: z.string().optional(),
  /** The photos on which head gains most over base, or over the first baseline, the largest gain first; `picture` shows what both see. */
  improved: z
    .object({
      over: z.string(),
      photos: z.array(z.object({ id: z.string(), miou: share, before: share })),
      picture: z.string().optional(),
    })
    .optional(),
  /** If it was trained from several seeds: the mIoU of each (the first is `miou`), their mean and standard deviation. */
  seeds: z.object({ mious: z.array(share).min(2), mean: share, deviation: amount }).optional(),
  parameters: count,
  macs: count.optional(),
  /** Size of the exported file. */
  bytes: count,
  latencyP50Ms: amount.optional(),
  /** 95 % confidence interval of the median. */
  latencyP50IntervalMs: z.tuple([amount, amount]).optional(),
  latencyP95Ms: amount.optional(),
  fps: amount.optional(),
  /** All timings: of each block those of its rounds. */
  latencyBlocksMs: z.array(z.array(amount)).optional(),
  trainSeconds: amount.optional(),
  epochs: count.optional(),
  /** What that training multiplied in; both, where it went on on a CPU without bfloat16. */
  precisions: z.array(z.enum(precisions)).optional(),
  /** Of the training that made the model. */
  curve: curveSchema.optional(),
});

/** A node of both models' graphs, or of one of them, in ONNX Runtime's profile; 0 ms where a model has none. */
const operatorSchema = z.object({
  operator: z.string(),
  name: z.string(),
  baseMs: amount,
  headMs: amount,
  /** Of the difference, over several sessions. */
  interval: z.tuple([z.number(), z.number()]),
});

const comparisonSchema = z.object({
  metric: z.enum(['latency', 'miou']),
  /** What is judged, and what it is compared with. */
  head: z.string(),
  base: z.string(),
  outcome: z.enum(['pass', 'fail', 'inconclusive']),
  /** One sentence that says why. */
  reason: z.string().min(1),
  /** Latency: head over base less 1. mIoU: head less base. */
  change: z.number(),
  /** Of the change, at `confidence`. */
  interval: z.tuple([z.number(), z.number()]),
  confidence: share,
  /** Latency: the largest share slower that passes. mIoU: the largest drop that passes. */
  threshold: amount,
  /** Latency: how far an identical copy of base came out from base, as a share. */
  noiseFloor: amount.optional(),
  /** Latency: the processes that blocks were measured in, and their standard deviation beside that of blocks, as a share. */
  processes: count.optional(),
  processDeviation: amount.optional(),
  /** Latency: the share of the machine's cores that other processes used meanwhile. */
  othersShare: share.optional(),
  /** Latency, where head is slower: the operators that differ most, beyond the noise. */
  operators: z.array(operatorSchema).optional(),
  /** Milliseconds (median) or mIoU. */
  baseValue: amount,
  headValue: amount,
  /** Interleaved blocks, or images. */
  count,
});

const budgetSchema = z.object({
  name: z.string(),
  limit: z.number().nullable(),
  actual: z.number().nullable(),
  margin: z.number().nullable(),
  /** Of `actual`, where chance is in it. */
  interval: z.tuple([z.number(), z.number()]).optional(),
  met: z.boolean().nullable(),
});

/** The schema of result.json. Stages that a command does not run are absent. */
export const resultSchema = z.object({
  schema: z.literal('proxyless-ci/result@2'),
  recipe: z.string(),
  seed: count,
  createdAt: z.iso.datetime(),
  /** Of the repository that the run was started in, where there is one. */
  commit: z.string().optional(),
  toolVersion: z.string(),
  /** Processor, cores, system, and the versions of Node and ONNX Runtime. */
  hardware: HardwareSchema,
  threads: z.int().min(1),
  /** On which cores latencies were measured, in a sentence. */
  pinning: z.string().optional(),
  input: sides,
  data: z
    .object({
      /** `name` is the folder's own, without the path that it has on one machine; `weight`: how often an epoch visits each photo. */
      sets: z.array(z.object({ name: z.string(), weight: amount, train: count, val: count })),
      train: count,
      val: count,
      fingerprint: z.string(),
    })
    .optional(),
  /** What the networks learned from beside the masks: files of models, and how many photos had no mask. */
  teacher: z.object({ models: z.array(z.string()).min(1), weight: amount, unlabeled: z.int().min(0) }).optional(),
  space: z.string().optional(),
  /** The largest latency that the search allowed: the tightest of the recipe's budgets. */
  maxLatencyMs: amount.optional(),
  predictor: predictorSchema.optional(),
  supernet: supernetSchema.optional(),
  search: searchSchema.optional(),
  /** Where table and search were made, if not on `hardware`: a sharded run is measured by the machine that merges it. */
  searchHardware: HardwareSchema.optional(),
  derive: deriveSchema.optional(),
  front: frontSchema.optional(),
  diagnosis: diagnosisSchema.optional(),
  /** The searched network, layer by layer. */
  architecture: architectureFields.optional(),
  networks: z.array(networkSchema),
  budgets: z.array(budgetSchema),
  /** Head as an int8 network: how it was made, and what it is worth; absent where the recipe does not ask for it. */
  int8: int8Schema.optional(),
  /** Head against base, in the same run; absent without a base. */
  comparisons: z.array(comparisonSchema).optional(),
  /** `regression`: a comparison failed. */
  verdict: z.enum(['pass', 'budget-missed', 'regression', 'inconclusive']),
  /** One sentence that says why. */
  reason: z.string().min(1),
});

/** The results of several models that were judged together, `results.json`. */
export const resultsSchema = z.object({
  schema: z.literal('proxyless-ci/results@1'),
  results: z.array(z.object({ model: z.string(), result: resultSchema })).min(1),
});

export type Result = z.output<typeof resultSchema>;
export type ResultNetwork = Result['networks'][number];
export type ResultComparison = z.output<typeof comparisonSchema>;
export type OperatorDifference = z.output<typeof operatorSchema>;
export type ResultBudget = Result['budgets'][number];

/**
 * Checks a result and writes it.
 * @throws Error (a bug, not the user's) when it breaks the schema; UserError when the file cannot be written
 */
export async function writeResult(path: string, result: Result): Promise<void> {
  const checked = resultSchema.safeParse(result);
  if (!checked.success) throw new Error(`result.json would break its schema: ${z.prettifyError(checked.error)}`);
  await writeJson(path, checked.data);
}

/**
 * Reads a result.
 * @throws UserError naming the file and each wrong field
 */
export function readResult(path: string): Promise<Result> {
  return readJson(path, resultSchema);
}
