// What every command of the pipeline is given, and what it returns.

import type { ModelSettings } from '../contracts/model.ts';
import type { CalibrationMethod } from '../contracts/quantization.ts';
import type { DataFolder } from '../contracts/recipe.ts';
import type { PictureKind } from '../contracts/segmentation.ts';
import type { LatencyLimit } from '../lib/values.ts';
import type { NotCompared } from '../verdict/verdict.ts';
import type { Progress } from './progress.ts';
import type { BudgetFields } from './settings.ts';

export type { DataFolder } from '../contracts/recipe.ts';

/** What every command is given. */
export interface CommonOptions {
  readonly progress: Progress;
  /** Aborted on SIGINT or SIGTERM: the command writes its checkpoint and throws the signal's reason (an AbortError). */
  readonly signal: AbortSignal;
  /** The commit that results are of; by default what is checked out in the working directory. */
  readonly commit?: string | undefined;
}

/** Options of commands that work in a run folder by a recipe. */
export interface RunOptions extends CommonOptions {
  /** Name in search/recipes or path of a YAML file. */
  readonly recipe: string;
  /** Run folder. */
  readonly out: string;
  readonly threads?: number | undefined;
  readonly seed?: number | undefined;
  /** Budgets over the recipe's, with its names: `max-latency-ms`. */
  readonly budgets?: BudgetFields | undefined;
}

export interface SearchOptions extends RunOptions, GateThresholds {
  /** Data folders, each with images/, masks/, splits.json; default: the recipe's. */
  readonly data?: readonly DataFolder[] | undefined;
  /** A latency table to use instead of measuring one. */
  readonly table?: string | undefined;
  /** What the derived network is compared with at the end. */
  readonly base?: BaseModel | undefined;
}

/** A share of a search's networks, `index` from 1 to `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Options of one shard of a search; `out` is a copy of the folder of `derive`. */
export interface ShardOptions extends RunOptions {
  readonly data?: readonly DataFolder[] | undefined;
  readonly shard: Shard;
}

/** Options of the end of a sharded search; `out` is the folder of `derive`. */
export interface MergeOptions extends RunOptions, GateThresholds {
  readonly data?: readonly DataFolder[] | undefined;
  readonly base?: BaseModel | undefined;
  /** The shards' run folders. */
  readonly shards: readonly string[];
}

/** Options of the diagnosis of a search; `out` is its run folder. */
export interface DiagnoseOptions extends RunOptions {
  readonly data?: readonly DataFolder[] | undefined;
  /** Random networks of each of two groups: over the range of latencies up to the limit, and close to the limit. */
  readonly subnets: number;
  /** Seeds that each is trained from. */
  readonly seeds: number;
  /** Of each training; default: the recipe's `derive.trial-epochs`, or `train.epochs` where that is 0. */
  readonly epochs?: number | undefined;
  /** Only train a share; `out` is a copy of the folder then. */
  readonly shard?: Shard | undefined;
  /** Folders of shards whose trainings are taken over. */
  readonly shards?: readonly string[] | undefined;
}

/** What a network is compared with, head against base. */
export interface BaseModel {
  /** ONNX file, or an architecture as JSON (latency only). */
  readonly file: string;
  /** What reports call it, such as `main (abc1234)`. */
  readonly name: string;
}

export type { NotCompared } from '../verdict/verdict.ts';

/** How head is judged against base. */
export interface GateThresholds {
  /** The largest share by which the median latency may grow; default 0.05. */
  readonly latencyThreshold?: number | undefined;
  /** The largest drop of mIoU, from 0 to 1; default 0.01. */
  readonly miouThreshold?: number | undefined;
  /** Why there is no base, if one was expected. */
  readonly noBase?: NotCompared | undefined;
  /** How many gates together make one verdict: the more gates, the higher the confidence of each. Default 1. */
  readonly gates?: number | undefined;
  /** After this long an undecided comparison of latency ends; default 90 s. It also ends after 200 blocks (`comparisonBlocks`). */
  readonly timeLimitMs?: number | undefined;
}

export interface GateOptions extends CommonOptions, GateThresholds {
  /** The ONNX file to judge. */
  readonly model: string;
  /** What is stated of it and of the base, over the recipe's `model`. */
  readonly modelSettings?: ModelSettings | undefined;
  readonly base?: BaseModel | undefined;
  /** For mIoU. */
  readonly data?: readonly DataFolder[] | undefined;
  /** Its budgets are checked. */
  readonly recipe?: string | undefined;
  /** Budgets over the recipe's, with its names: `max-latency-ms`. */
  readonly budgets?: BudgetFields | undefined;
  readonly threads?: number | undefined;
  /** Folder for result.json, report.md and report.html. */
  readonly out?: string | undefined;
}

export type TableOptions = RunOptions;

/** What tables can be sorted by. */
export const tableOrders = ['latency', 'layer', 'operation', 'name'] as const;
export type TableOrder = (typeof tableOrders)[number];

export interface TableShowOptions {
  /** Latency table. */
  readonly file: string;
  readonly sort: TableOrder;
  /** File for the heat map of operations by layer. */
  readonly svg?: string | undefined;
  /** File for the picture of predicted against measured subnets. */
  readonly svgPredictor?: string | undefined;
}

export interface TableDiffOptions {
  readonly files: readonly [string, string];
}

export interface TableMergeOptions {
  /** Two or more tables of the same machine and space. */
  readonly files: readonly string[];
  /** File for the merged table. */
  readonly out: string;
}

export interface DeriveOptions extends SearchOptions {
  /** Stop before the trial trainings, for shards to do them. */
  readonly deferTrials?: boolean | undefined;
  /** Limits of a front: a network is derived under each, and trained beside the run's own and the baselines. */
  readonly limits?: readonly LatencyLimit[] | undefined;
}

export interface TrainOptions extends RunOptions {
  readonly data?: readonly DataFolder[] | undefined;
  /** Name in search/architectures or path of a JSON file. */
  readonly architecture: string;
}

export interface CompareOptions extends CommonOptions, GateThresholds {
  /** ONNX files, or names of architectures (these untrained: cost and latency only). With a threshold, the first is the base of the others. */
  readonly models: readonly string[];
  /** What is stated of the ONNX files, over the recipe's `model`. */
  readonly modelSettings?: ModelSettings | undefined;
  /** For the input size of architectures. */
  readonly recipe?: string | undefined;
  /** Without it, mIoU is left out. */
  readonly data?: readonly DataFolder[] | undefined;
  /** Draws the distribution behind each verdict on latency into this file. */
  readonly svg?: string | undefined;
  readonly threads?: number | undefined;
}

export interface MeasureOptions extends CommonOptions {
  /** The ONNX file. */
  readonly model: string;
  /** Where the model leaves its input's height and width open. */
  readonly size?: ModelSettings['size'];
  readonly threads?: number | undefined;
}

export interface InspectOptions {
  /** The ONNX file. */
  readonly model: string;
  readonly modelSettings: ModelSettings;
}

/** What stands behind the person: their own background blurred, one color (0 to 255), or a photo. */
export type SegmentBackground =
  | 'blur'
  | { readonly color: readonly [number, number, number] }
  | { readonly photo: string };

export interface SegmentOptions extends CommonOptions {
  /** The ONNX file. */
  readonly model: string;
  readonly modelSettings: ModelSettings;
  /** Photos, videos, and folders of them. */
  readonly inputs: readonly string[];
  /** Folders hold the frames of a video each, in the order of their names. */
  readonly frames: boolean;
  /** Folder for what is written. */
  readonly out: string;
  /** Default: cut-outs; composites where a background is given; overlays of videos. */
  readonly write?: readonly PictureKind[] | undefined;
  readonly background?: SegmentBackground | undefined;
  /** Of cut-outs. */
  readonly format: 'png' | 'webp';
  /** `soft`: an alpha matte; `hard`: the network's mask. */
  readonly edges: 'soft' | 'hard';
  readonly threads?: number | undefined;
}

export interface EndToEndOptions extends CommonOptions {
  /** The ONNX file. */
  readonly model: string;
  readonly modelSettings: ModelSettings;
  /** Files; none: some that the tool brings along. */
  readonly photos: readonly string[];
  readonly background: SegmentBackground;
  /** `soft`: an alpha matte; `hard`: the network's mask. */
  readonly edges: 'soft' | 'hard';
  readonly threads?: number | undefined;
}

export interface ServeOptions extends CommonOptions {
  /** A run folder. */
  readonly run: string;
  /** More networks to try beside the run's own: ONNX files that this tool exported. */
  readonly models: readonly string[];
  /** 0: any that is free. */
  readonly port: number;
}

export interface ExportOptions extends CommonOptions {
  /** Trained weights, or for int8 a float32 model. */
  readonly from: TrainedWeights | { readonly model: string; readonly modelSettings: ModelSettings };
  /** The ONNX file to write. */
  readonly out: string;
  /** Quantize; undefined: float32. */
  readonly int8?: Int8Options | undefined;
}

export interface TrainedWeights {
  readonly recipe: string;
  /** Name in search/architectures or path of a JSON file. */
  readonly architecture: string;
  /** Checkpoint with the trained weights. */
  readonly weights: string;
}

export interface Int8Options {
  /** Ranges are measured on photos of `train`, and both networks are scored on `val`; default: the recipe's. */
  readonly data?: readonly DataFolder[] | undefined;
  /** Undefined: the one that agrees best with float32. */
  readonly calibration?: CalibrationMethod | undefined;
  readonly threads?: number | undefined;
  /** After this long an undecided comparison of latency ends. */
  readonly timeLimitMs?: number | undefined;
}

export interface InitOptions {
  /** Root of the repository. */
  readonly folder: string;
  /** Overwrite files that are there already. */
  readonly force: boolean;
  /** `OWNER/NAME@COMMIT` of this tool; by default those of the clone that this runs from. */
  readonly action?: string | undefined;
}

/** How a command ended. */
export interface Outcome {
  /** 0 pass, 1 budget missed, 3 inconclusive. */
  readonly exitCode: number;
  /** What is printed for people: a short table. */
  readonly summary: string;
  /** What `--json` prints. */
  readonly json: unknown;
}

export interface DataCheckOptions extends CommonOptions {
  readonly folders: readonly string[];
}

/** What a data folder is made of. */
export type ImportSource =
  | { readonly kind: 'voc'; readonly folder: string }
  | { readonly kind: 'pairs'; readonly images: string; readonly masks: string }
  | {
      readonly kind: 'coco';
      readonly annotations: string;
      readonly images: string;
      readonly valAnnotations?: string | undefined;
      readonly valImages?: string | undefined;
    };

/** How an importer writes. */
export interface WriteOptions extends CommonOptions {
  /** Folder to write. */
  readonly out: string;
  /** Share of the photos that go to val where the source does not say which. */
  readonly valShare: number;
  readonly seed: number;
}

export interface ImportOptions extends WriteOptions {
  readonly source: ImportSource;
}

export interface VideoOptions extends WriteOptions {
  readonly video: string;
  /** A video of masks, as long as the other. */
  readonly masks?: string | undefined;
  /** Seconds between frames. */
  readonly every: number;
}
