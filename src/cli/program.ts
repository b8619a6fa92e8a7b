// The commands and their options. Each only collects what was typed and calls the pipeline.
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type BaseModel,
  type CommonOptions,
  type GateThresholds,
  type Outcome,
  runCompare,
  runDerive,
  runExport,
  runGate,
  runInit,
  runMeasure,
  runMerge,
  runSearch,
  runShard,
  runTable,
  runTrain,
  type Shard,
} from '../pipeline/index.ts';

/** Flags that every command has. */
export interface OutputFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Runs one command of the pipeline and deals with how it ends; `command` gets what the door provides. */
export type Runner = (flags: OutputFlags, command: (common: CommonOptions) => Promise<Outcome>) => Promise<void>;

interface RunFlags extends OutputFlags {
  readonly recipe: string;
  readonly out: string;
  readonly threads?: number;
  readonly seed?: number;
}

interface GateFlags {
  readonly base?: string;
  readonly threshold?: number;
  readonly miouThreshold?: number;
}

interface SearchFlags extends RunFlags, GateFlags {
  readonly data: string;
  readonly table?: string;
  readonly shard?: Shard;
}

interface EvaluateFlags extends OutputFlags, GateFlags {
  readonly model: string;
  readonly data?: string;
  readonly recipe?: string;
  readonly threads?: number;
}

interface CompareFlags extends OutputFlags, Omit<GateFlags, 'base'> {
  readonly timeBudget?: number;
  readonly recipe?: string;
  readonly data?: string;
  readonly threads?: number;
}

interface MeasureFlags extends OutputFlags {
  readonly size?: { readonly height: number; readonly width: number };
  readonly threads?: number;
}

const exitCodesHelp = `
Exit codes: 0 pass, 1 a budget is missed, or head is worse than base, 2 bad input, 3 inconclusive, 130 interrupted (Ctrl-C), 143 terminated.
An interrupted command resumes when it is given again.`;

/** The whole command line, ready to parse. */
export function createProgram(version: string, run: Runner): Command {
  const program = new Command('proxyless-ci')
    .description('Latency-constrained architecture search for real-time person segmentation on x86 CPUs')
    .version(version)
    .helpCommand(false)
    .addHelpText('after', exitCodesHelp);

  add(
    program,
    'search',
    'The whole way: latency table, supernet, search, derivation, training, export, budgets, report',
    [
      'search --recipe quickstart --data fixtures/portraits --out runs/quickstart',
      'search --recipe my-recipe.yaml --data photos --out runs/mine --table runs/quickstart/latency-table.json',
      'search --recipe nightly --data photos --out shards/1 --shard 1/2',
    ],
  )
    .addOption(recipeOption())
    .addOption(dataOption())
    .addOption(outOption())
    .addOption(threadsOption())
    .addOption(seedOption())
    .addOption(tableOption())
    .addOption(shardOption())
    .addOption(baseOption())
    .addOption(thresholdOption())
    .addOption(miouThresholdOption())
    .action(({ shard, ...flags }: SearchFlags) =>
      run(flags, (common) =>
        shard ? runShard({ ...flags, ...common, shard }) : runSearch({ ...flags, ...common, ...gateOf(flags) }),
      ),
    );

  add(program, 'merge', 'End a sharded search: take over what its shards trained, measure all networks here, judge', [
    'merge shards/1 shards/2 --recipe nightly --data photos --out runs/mine',
  ])
    .argument('<shards...>', "the shards' run folders")
    .addOption(recipeOption())
    .addOption(dataOption())
    .addOption(outOption())
    .addOption(threadsOption())
    .addOption(seedOption())
    .addOption(baseOption())
    .addOption(thresholdOption())
    .addOption(miouThresholdOption())
    .action((shards: string[], flags: RunFlags & GateFlags & { data: string }) =>
      run(flags, (common) => runMerge({ ...flags, shards, ...common, ...gateOf(flags) })),
    );

  add(
    program,
    'table',
    "Measure the latency of every operation of the recipe's space on this machine and calibrate the predictor",
    ['table --recipe nightly --out runs/table'],
  )
    .addOption(recipeOption())
    .addOption(outOption())
    .addOption(threadsOption())
    .addOption(seedOption())
    .action((flags: RunFlags) => run(flags, (common) => runTable({ ...flags, ...common })));

  add(program, 'derive', 'As search, but stop at the derived architecture: no training of it or of the baselines', [
    'derive --recipe nightly --data photos --out runs/mine',
  ])
    .addOption(recipeOption())
    .addOption(dataOption())
    .addOption(outOption())
    .addOption(threadsOption())
    .addOption(seedOption())
    .addOption(tableOption())
    .action((flags: SearchFlags) => run(flags, (common) => runDerive({ ...flags, ...common, base: undefined })));

  add(program, 'train', "Train and export one architecture by the recipe's train section", [
    'train --recipe nightly --data photos --architecture mobilenetv3-large --out runs/large',
    'train --recipe nightly --data photos --architecture runs/mine/architecture.json --out runs/mine-again',
  ])
    .addOption(recipeOption())
    .addOption(dataOption())
    .addOption(architectureOption())
    .addOption(outOption())
    .addOption(threadsOption())
    .addOption(seedOption())
    .action((flags: RunFlags & { data: string; architecture: string }) =>
      run(flags, (common) => runTrain({ ...flags, ...common })),
    );

  add(
    program,
    'evaluate',
    'Judge one network: cost, latency, with data mIoU; budgets of a recipe; latency and mIoU against a base',
    [
      'evaluate --model runs/mine/model.onnx --data photos --recipe nightly',
      'evaluate --model head.onnx --base base.onnx --threshold 3%',
    ],
  )
    .requiredOption('--model <file>', 'ONNX file')
    .option('--data <folder>', 'data folder, for mIoU as well')
    .option('--recipe <name|file>', 'check the budgets of this recipe')
    .addOption(baseOption())
    .addOption(thresholdOption())
    .addOption(miouThresholdOption())
    .addOption(threadsOption())
    .action((flags: EvaluateFlags) => run(flags, (common) => runGate({ ...flags, ...common, ...gateOf(flags) })));

  add(
    program,
    'compare',
    'Measure networks side by side, interleaved, on this machine; with a threshold, judge each against the first',
    [
      'compare base.onnx head.onnx --threshold 5%',
      'compare runs/mine/model.onnx runs/large/model.onnx --data photos',
      'compare mobilenetv3-large mobilenetv3-small --recipe nightly',
    ],
  )
    .argument('<models...>', 'ONNX files, or architectures (untrained: cost and latency only)')
    .option('--recipe <name|file>', 'input size of architectures, threads and seed')
    .option('--data <folder>', 'data folder, for mIoU as well')
    .addOption(thresholdOption())
    .addOption(miouThresholdOption())
    .addOption(timeBudgetOption())
    .addOption(threadsOption())
    .action((models: string[], flags: CompareFlags) =>
      run(flags, (common) => runCompare({ ...flags, models, ...common, latencyThreshold: flags.threshold })),
    );

  add(program, 'measure', 'Latency of one ONNX model with image inputs: p50, p95, p99, FPS, memory', [
    'measure model.onnx',
    'measure model.onnx --size 256x144 --threads 1 --json',
  ])
    .argument('<model>', 'ONNX file')
    .addOption(new Option('--size <HxW>', 'height and width, where the model leaves them open').argParser(imageSize))
    .addOption(threadsOption())
    .action((model: string, flags: MeasureFlags) => run(flags, (common) => runMeasure({ ...flags, model, ...common })));

  add(program, 'export', 'Write trained weights as one ONNX file: batch norm folded, standard operators only', [
    'export --recipe nightly --architecture runs/mine/architecture.json --weights runs/mine/checkpoints/train-nightly-searched.safetensors --out model.onnx',
  ])
    .addOption(recipeOption())
    .addOption(architectureOption())
    .requiredOption('--weights <file>', 'checkpoint with the trained weights')
    .requiredOption('--out <file>', 'ONNX file to write')
    .action((flags: OutputFlags & { recipe: string; architecture: string; weights: string; out: string }) =>
      run(flags, (common) => runExport({ ...flags, ...common })),
    );

  add(program, 'init', 'Write a workflow that gates pull requests, and its recipe, into the repository here', [
    'init',
    'init --force',
  ])
    .option('--force', 'overwrite files that are there already', false)
    .action((flags: OutputFlags & { force: boolean }) =>
      run(flags, () => runInit({ folder: process.cwd(), force: flags.force })),
    );

  return program;
}

function add(program: Command, name: string, description: string, examples: readonly string[]): Command {
  const list = examples.map((example) => `  $ proxyless-ci ${example}`).join('\n');
  return program
    .command(name)
    .description(description)
    .option('--json', 'print the result as JSON, and no progress')
    .option('--quiet', 'print no progress')
    .addHelpText('after', `\nExamples:\n${list}\n${exitCodesHelp}`);
}

function recipeOption(): Option {
  return new Option('--recipe <name|file>', 'recipe: a name in search/recipes or a YAML file').makeOptionMandatory();
}

function dataOption(): Option {
  return new Option('--data <folder>', 'data folder: images/, masks/, splits.json').makeOptionMandatory();
}

function outOption(): Option {
  return new Option('--out <folder>', 'run folder; the same command resumes in it').makeOptionMandatory();
}

function architectureOption(): Option {
  return new Option(
    '--architecture <name|file>',
    'a name in search/architectures or a JSON file',
  ).makeOptionMandatory();
}

function tableOption(): Option {
  return new Option('--table <file>', 'use this latency table instead of measuring one');
}

function shardOption(): Option {
  return new Option(
    '--shard <i/n>',
    'in a copy of the folder of derive: only train the i-th of n shares of the networks',
  )
    .argParser(shardOf)
    .conflicts('table');
}

function shardOf(text: string): Shard {
  const [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index !== undefined && count !== undefined && index >= 1 && index <= count) return { index, count };
  throw new InvalidArgumentError('must be two whole numbers such as 1/3, the first from 1 to the second');
}

function baseOption(): Option {
  return new Option('--base <file>', 'compare with this ONNX file or architecture, measured in the same run');
}

function thresholdOption(): Option {
  return new Option('--threshold <share>', 'the most by which the median latency may grow, such as 5%').argParser(
    share,
  );
}

function miouThresholdOption(): Option {
  return new Option('--miou-threshold <share>', 'the most by which mIoU may fall, such as 1%').argParser(share);
}

function timeBudgetOption(): Option {
  return new Option('--time-budget <seconds>', 'end an undecided comparison after this long').argParser(wholeNumber(1));
}

/** The pipeline's names for these flags; a base that was given as a file is called by its path. */
function gateOf({ base, threshold }: GateFlags): GateThresholds & { base: BaseModel | undefined } {
  return { base: base === undefined ? undefined : { file: base, name: base }, latencyThreshold: threshold };
}

function threadsOption(): Option {
  return new Option('--threads <count>', "instead of the recipe's").argParser(wholeNumber(1));
}

function seedOption(): Option {
  return new Option('--seed <number>', "instead of the recipe's").argParser(wholeNumber(0));
}

function share(text: string): number {
  const [, number, percent] = /^\s*([0-9.]+)\s*(%?)\s*$/.exec(text) ?? [];
  const value = Number(number) / (percent ? 100 : 1);
  if (number !== undefined && value > 0 && value < 1) return value;
  throw new InvalidArgumentError('must be a share such as 5% or 0.05');
}

function imageSize(text: string): { height: number; width: number } {
  const [, height, width] = (/^(\d+)x(\d+)$/.exec(text) ?? []).map(Number);
  if (height && width) return { height, width };
  throw new InvalidArgumentError('must be HEIGHTxWIDTH in pixels, such as 256x144');
}

function wholeNumber(smallest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= smallest) return value;
    throw new InvalidArgumentError(`must be a whole number of at least ${smallest}`);
  };
}
