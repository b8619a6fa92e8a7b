// What commands share: flags, options and how they are read, the help below each command.

import { type Command, type CommandOptions, InvalidArgumentError, Option } from 'commander';
import type { ZodType } from 'zod';
import { type ModelSettings, modelFields } from '../contracts/model.ts';
import {
  type LatencyLimit,
  limitForm,
  parseLimit,
  parsePart,
  parseShare,
  parseWeighted,
  parseWholeNumber,
  shareForm,
  weightForm,
} from '../lib/values.ts';
import type { CommonOptions, DataFolder, Outcome, Shard } from '../pipeline/index.ts';

/** Flags that every command has. */
export interface OutputFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Runs one command of the pipeline and deals with how it ends; `command` gets what the door provides. */
export type Runner = (flags: OutputFlags, command: (common: CommonOptions) => Promise<Outcome>) => Promise<void>;

/** Flags of commands that work in a run folder by a recipe. */
export interface RunFlags extends OutputFlags {
  readonly recipe: string;
  readonly out: string;
  readonly threads?: number;
  readonly seed?: number;
}

/** Below every help. */
export const exitCodesHelp = `
Exit codes: 0 pass, 1 a budget is missed or head is worse than base, 2 bad input, 3 inconclusive, 70 internal error, 130 interrupted (Ctrl-C),
143 terminated. To resume an interrupted command, run it again.`;

/** Adds a command, to the program or to a group, with the flags and the help that all have. */
export function add(
  parent: Command,
  name: string,
  description: string,
  examples: readonly string[],
  options: CommandOptions = {},
): Command {
  const list = examples.map((example) => `  $ proxyless-ci ${example}`).join('\n');
  return parent
    .command(name, options)
    .description(description)
    .option('--json', 'print the result as JSON and no progress')
    .option('--quiet', 'print no progress')
    .addHelpText('after', `\nExamples:\n${list}\n${exitCodesHelp}`);
}

export function recipeOption(): Option {
  return new Option('--recipe <name|file>', 'recipe: a name in search/recipes or a YAML file').makeOptionMandatory();
}

/** May be given several times: each adds a folder. */
export function dataOption(use = "instead of the recipe's"): Option {
  return new Option(
    '--data <folder>',
    `data folder (images/, masks/, splits.json), ${use}; several times for several, with =WEIGHT for how often an epoch visits each photo (0: it is only scored)`,
  ).argParser((text, before: DataFolder[] | undefined) => [...(before ?? []), dataFolder(text)]);
}

function dataFolder(text: string): DataFolder {
  const folder = parseWeighted(text);
  if (folder) return folder;
  throw new InvalidArgumentError(weightForm);
}

export function outOption(): Option {
  return new Option('--out <folder>', 'run folder; the same command resumes the run in it').makeOptionMandatory();
}

export function architectureOption(): Option {
  return new Option(
    '--architecture <name|file>',
    'a name in search/architectures or a JSON file',
  ).makeOptionMandatory();
}

export function tableOption(): Option {
  return new Option('--table <file>', 'use this latency table instead of measuring one');
}

export function shardOption(
  what = 'train only the i-th of n shares of the networks (or of the deferred trials), in a copy of the folder that derive wrote',
): Option {
  return new Option('--shard <i/n>', what).argParser(shardOf).conflicts('table');
}

function shardOf(text: string): Shard {
  const part = parsePart(text);
  if (part) return part;
  throw new InvalidArgumentError(
    'must be two whole numbers such as 1/3; the first is at least 1 and at most the second',
  );
}

export function limitsOption(): Option {
  return new Option(
    '--limits <list>',
    "a front: derive a network under each of these limits too, and train all; such as 0.6x,0.8x (of the recipe's baseline) or 4ms,5ms",
  ).argParser((text) => text.split(',').map(limitOf));
}

function limitOf(text: string): LatencyLimit {
  const limit = parseLimit(text);
  if (limit) return limit;
  throw new InvalidArgumentError(`each ${limitForm}`);
}

export function baseOption(): Option {
  return new Option('--base <file>', 'ONNX file or architecture to compare with; it is measured in the same run');
}

export function thresholdOption(): Option {
  return new Option('--threshold <share>', 'largest accepted growth of the median latency, such as 5%').argParser(
    share,
  );
}

export function miouThresholdOption(): Option {
  return new Option('--miou-threshold <share>', 'largest accepted drop of mIoU, such as 1%').argParser(share);
}

export function timeLimitOption(): Option {
  return new Option('--time-limit <seconds>', 'end an undecided comparison after this time').argParser(wholeNumber(1));
}

/** A whole number from 1. @param by its default, if it has one */
export function countOption(flags: string, what: string, by?: number): Option {
  return new Option(flags, what).argParser(wholeNumber(1)).default(by);
}

export function threadsOption(what = "number of threads, in place of the recipe's"): Option {
  return new Option('--threads <count>', what).argParser(wholeNumber(1));
}

export function seedOption(what = "seed, in place of the recipe's"): Option {
  return new Option('--seed <number>', what).argParser(wholeNumber(0));
}

export function share(text: string): number {
  const value = parseShare(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError(shareForm);
}

export function sizeOption(): Option {
  return new Option('--size <HxW>', "height and width of the model's input, if it leaves them open").argParser(
    checkedBy(modelFields.size),
  );
}

/** Adds the flags of `modelSettingsOf`. */
export function addModelOptions(command: Command): Command {
  return command
    .addOption(sizeOption())
    .addOption(
      new Option(
        '--normalize <how>',
        'how pixels are scaled: unit, imagenet, symmetric, bytes, or MEAN/STD such as 0.5/0.5',
      ).argParser(checkedBy(modelFields.normalize)),
    )
    .addOption(
      new Option(
        '--output <meaning>',
        'what the output means: probability, logit, softmax:CLASS or argmax:CLASS; CLASS is that of the person',
      ).argParser(checkedBy(modelFields.output)),
    )
    .addOption(new Option('--colors <order>', 'order of the color channels').choices(['RGB', 'BGR']))
    .option('--input-name <name>', 'the input that takes the image, if the model has several')
    .option('--output-name <name>', 'the output that is the mask, if the model has several');
}

export const modelSettingsOf = (flags: ModelSettings): ModelSettings => ({
  size: flags.size,
  normalize: flags.normalize,
  output: flags.output,
  colors: flags.colors,
  inputName: flags.inputName,
  outputName: flags.outputName,
});

/** Reads an option as a recipe's field is read. */
function checkedBy<T>(schema: ZodType<T>): (text: string) => T {
  return (text) => {
    const read = schema.safeParse(text);
    if (read.success) return read.data;
    throw new InvalidArgumentError(read.error.issues[0]!.message);
  };
}

export function wholeNumber(smallest: number, largest = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const value = parseWholeNumber(text, smallest);
    if (value !== undefined && value <= largest) return value;
    const range = largest === Number.POSITIVE_INFINITY ? `of at least ${smallest}` : `from ${smallest} to ${largest}`;
    throw new InvalidArgumentError(`must be a whole number ${range}`);
  };
}
