// What the doors (command line, Action) may call: one function a command. Progress goes to the caller's `progress`, results come back.
import type { Progress } from './progress.ts';
import { loadRecipe } from './recipe.ts';

/** What every command is given. */
export interface CommonOptions {
  readonly progress: Progress;
  /** Aborted on SIGINT or SIGTERM: the command writes its checkpoint and throws the signal's reason (an AbortError). */
  readonly signal: AbortSignal;
}

/** Options of commands that work in a run folder by a recipe. */
export interface RunOptions extends CommonOptions {
  /** Name in search/recipes or path of a YAML file. */
  readonly recipe: string;
  /** Run folder. */
  readonly out: string;
  readonly threads?: number | undefined;
  readonly seed?: number | undefined;
}

export interface SearchOptions extends RunOptions {
  /** Data folder: images/, masks/, splits.json. */
  readonly data: string;
  /** A latency table to use instead of measuring one. */
  readonly table?: string | undefined;
}

export type TableOptions = RunOptions;
export type DeriveOptions = SearchOptions;

export interface TrainOptions extends RunOptions {
  readonly data: string;
  /** Name in search/architectures or path of a JSON file. */
  readonly architecture: string;
}

export interface EvaluateOptions extends CommonOptions {
  /** The exported ONNX file. */
  readonly model: string;
  readonly data: string;
  /** Checks this recipe's budgets, where given. */
  readonly recipe?: string | undefined;
  readonly threads?: number | undefined;
}

export interface CompareOptions extends CommonOptions {
  /** Two or more exported ONNX files or names of architectures (these untrained: cost and latency only). */
  readonly models: readonly string[];
  readonly recipe: string;
  /** Without it, mIoU is left out. */
  readonly data?: string | undefined;
  readonly threads?: number | undefined;
}

export interface ExportOptions extends CommonOptions {
  readonly recipe: string;
  /** Name in search/architectures or path of a JSON file. */
  readonly architecture: string;
  /** Checkpoint with the trained weights. */
  readonly weights: string;
  /** The ONNX file to write. */
  readonly out: string;
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

/** The whole way: table, supernet, search, derivation, training, export, budgets, report. */
export function runSearch(_options: SearchOptions): Promise<Outcome> {
  return notWired('search');
}

/** Measures the latency table and calibrates the predictor. */
export async function runTable(options: TableOptions): Promise<Outcome> {
  await loadRecipe(options.recipe, options);
  return notWired('table');
}

/** The way of `runSearch` up to the derived architecture, without training it. */
export function runDerive(_options: DeriveOptions): Promise<Outcome> {
  return notWired('derive');
}

/** Trains and exports one architecture by the recipe's `train`. */
export function runTrain(_options: TrainOptions): Promise<Outcome> {
  return notWired('train');
}

/** Scores an exported network: mIoU, cost, latency, budgets. */
export function runEvaluate(_options: EvaluateOptions): Promise<Outcome> {
  return notWired('evaluate');
}

/** Measures several networks side by side, interleaved. */
export function runCompare(_options: CompareOptions): Promise<Outcome> {
  return notWired('compare');
}

/** Writes trained weights as one ONNX file. */
export function runExport(_options: ExportOptions): Promise<Outcome> {
  return notWired('export');
}

function notWired(command: string): Promise<Outcome> {
  return Promise.reject(new Error(`${command}: not wired yet`));
}
