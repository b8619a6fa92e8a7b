// The commands and their options. Each only collects what was typed and calls the pipeline.
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type CommonOptions,
  type Outcome,
  runCompare,
  runDerive,
  runEvaluate,
  runExport,
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

interface SearchFlags extends RunFlags {
  readonly data: string;
  readonly table?: string;
  readonly shard?: Shard;
}

const exitCodesHelp = `
Exit codes: 0 pass, 1 a budget is missed, 2 bad input, 3 inconclusive, 130 interrupted (Ctrl-C), 143 terminated.
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
    .action(({ shard, ...flags }: SearchFlags) =>
      run(flags, (common) => (shard ? runShard({ ...flags, ...common, shard }) : runSearch({ ...flags, ...common }))),
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
    .action((shards: string[], flags: RunFlags & { data: string }) =>
      run(flags, (common) => runMerge({ ...flags, shards, ...common })),
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
    .action((flags: SearchFlags) => run(flags, (common) => runDerive({ ...flags, ...common })));

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
    'Score an exported network: mIoU, parameters, MACs, bytes, latency, and the budgets of a recipe',
    ['evaluate --model runs/mine/model.onnx --data photos --recipe nightly'],
  )
    .requiredOption('--model <file>', 'exported ONNX file')
    .addOption(dataOption())
    .option('--recipe <name|file>', 'check the budgets of this recipe')
    .addOption(threadsOption())
    .action((flags: OutputFlags & { model: string; data: string; recipe?: string; threads?: number }) =>
      run(flags, (common) => runEvaluate({ ...flags, ...common })),
    );

  add(program, 'compare', 'Measure networks side by side, interleaved, on this machine', [
    'compare runs/mine/model.onnx runs/large/model.onnx --recipe nightly --data photos',
    'compare mobilenetv3-large mobilenetv3-small --recipe nightly',
  ])
    .argument('<models...>', 'exported ONNX files, or architectures (untrained: cost and latency only)')
    .addOption(recipeOption())
    .option('--data <folder>', 'data folder, for mIoU as well')
    .addOption(threadsOption())
    .action((models: string[], flags: OutputFlags & { recipe: string; data?: string; threads?: number }) =>
      run(flags, (common) => runCompare({ ...flags, models, ...common })),
    );

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

function threadsOption(): Option {
  return new Option('--threads <count>', "instead of the recipe's").argParser(wholeNumber(1));
}

function seedOption(): Option {
  return new Option('--seed <number>', "instead of the recipe's").argParser(wholeNumber(0));
}

function wholeNumber(smallest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= smallest) return value;
    throw new InvalidArgumentError(`must be a whole number of at least ${smallest}`);
  };
}
