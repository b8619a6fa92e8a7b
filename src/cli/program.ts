// The commands and their options. Each only collects what was typed and calls the pipeline.
import { Command, Option } from 'commander';
import type { ModelSettings } from '../contracts/model.ts';
import { UserError } from '../lib/errors.ts';
import type { LatencyLimit } from '../lib/values.ts';
import type { BaseModel, DataFolder, GateThresholds, Shard } from '../pipeline/index.ts';
import { addDataCommands } from './data-commands.ts';
import { addExportCommand } from './export-command.ts';
import { addMeasureCommand } from './measure-command.ts';
import {
  add,
  addModelOptions,
  architectureOption,
  baseOption,
  countOption,
  dataOption,
  exitCodesHelp,
  limitsOption,
  miouThresholdOption,
  modelSettingsOf,
  type OutputFlags,
  outOption,
  type RunFlags,
  type Runner,
  recipeOption,
  seedOption,
  shardOption,
  tableOption,
  threadsOption,
  thresholdOption,
  timeLimitOption,
} from './options.ts';
import {
  runCompare,
  runDerive,
  runDiagnose,
  runGate,
  runInit,
  runInspect,
  runMerge,
  runSearch,
  runShard,
  runTrain,
} from './pipeline.ts';
import { addSegmentCommand } from './segment-command.ts';
import { addServeCommand } from './serve-command.ts';
import { addTableCommands } from './table-commands.ts';

interface GateFlags {
  readonly base?: string;
  readonly threshold?: number;
  readonly miouThreshold?: number;
}

interface SearchFlags extends RunFlags, GateFlags {
  readonly data?: readonly DataFolder[];
  readonly table?: string;
  readonly shard?: Shard;
}

interface DiagnoseFlags extends RunFlags {
  readonly data?: readonly DataFolder[];
  readonly subnets: number;
  readonly seeds: number;
  readonly epochs?: number;
  readonly shard?: Shard;
}

interface EvaluateFlags extends OutputFlags, GateFlags, ModelSettings {
  readonly model: string;
  readonly data?: readonly DataFolder[];
  readonly recipe?: string;
  readonly threads?: number;
}

interface CompareFlags extends OutputFlags, Omit<GateFlags, 'base'>, ModelSettings {
  /** Seconds. */
  readonly timeLimit?: number;
  readonly svg?: string;
  readonly recipe?: string;
  readonly data?: readonly DataFolder[];
  readonly threads?: number;
}

/** The whole command line, ready to parse. */
export function createProgram(version: string, run: Runner): Command {
  const program = new Command('proxyless-ci')
    .description('Finds, trains, measures and gates person-segmentation networks for x86 CPUs')
    .version(version)
    .helpCommand(false)
    .addHelpText('after', exitCodesHelp);

  add(
    program,
    'search',
    'Run a whole search: latency table, supernet, search, derivation, training, export, budgets, report',
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
    .addOption(shardOption().conflicts(['base', 'threshold', 'miouThreshold']))
    .addOption(baseOption())
    .addOption(thresholdOption())
    .addOption(miouThresholdOption())
    .action(({ shard, ...flags }: SearchFlags) =>
      run(flags, (common) =>
        shard ? runShard({ ...flags, ...common, shard }) : runSearch({ ...flags, ...common, ...gateOf(flags) }),
      ),
    );

  add(program, 'merge', 'End a sharded search: take the networks that its shards trained, measure them here, judge', [
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
    .action((shards: string[], flags: RunFlags & GateFlags & { data?: readonly DataFolder[] }) =>
      run(flags, (common) => runMerge({ ...flags, shards, ...common, ...gateOf(flags) })),
    );

  addTableCommands(program, run);
  addDataCommands(program, run);

  add(program, 'derive', 'Search, but stop at the derived architecture: train neither it nor the baselines', [
    'derive --recipe nightly --data photos --out runs/mine',
    'derive --recipe nightly --data photos --out runs/mine --limits 0.6x,0.7x,0.8x,0.9x',
  ])
    .addOption(recipeOption())
    .addOption(dataOption())
    .addOption(outOption())
    .addOption(threadsOption())
    .addOption(seedOption())
    .addOption(tableOption())
    .addOption(new Option('--defer-trials', 'stop before the trial trainings, so that search --shard does them'))
    .addOption(limitsOption())
    .action((flags: SearchFlags & { deferTrials?: boolean; limits?: readonly LatencyLimit[] }) =>
      run(flags, (common) => runDerive({ ...flags, ...common, base: undefined })),
    );

  add(
    program,
    'diagnose',
    'Say in full whether the search in a run folder worked: random networks of its space, trained by themselves',
    [
      'diagnose --recipe nightly --data photos --out runs/mine',
      'diagnose --recipe nightly --data photos --out runs/mine --subnets 12 --epochs 8',
      'diagnose --recipe nightly --data photos --out shards/1 --shard 1/4',
      'diagnose shards/1 shards/2 --recipe nightly --data photos --out runs/mine',
    ],
  )
    .argument('[shards...]', 'run folders whose trainings are taken over')
    .addOption(recipeOption())
    .addOption(dataOption())
    .addOption(outOption())
    .addOption(threadsOption())
    .addOption(seedOption())
    .addOption(
      countOption('--subnets <n>', 'random networks over the range of latencies, and as many close to the limit', 8),
    )
    .addOption(countOption('--seeds <n>', 'seeds that each is trained from', 1))
    .addOption(
      countOption(
        '--epochs <n>',
        "epochs of each training; default: the recipe's derive.trial-epochs, or train.epochs",
      ),
    )
    .addOption(shardOption('in a copy of the run folder: only train the i-th of n shares'))
    .action((shards: string[], flags: DiagnoseFlags) =>
      run(flags, (common) => runDiagnose({ ...flags, ...common, shards })),
    );

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
    .action((flags: RunFlags & { data?: readonly DataFolder[]; architecture: string }) =>
      run(flags, (common) => runTrain({ ...flags, ...common })),
    );

  addModelOptions(
    add(
      program,
      'evaluate',
      'Judge one network: cost, latency and mIoU against the budgets of a recipe and against a base',
      [
        'evaluate --model runs/mine/model.onnx --data photos --recipe nightly',
        'evaluate --model head.onnx --base base.onnx --threshold 3%',
        'evaluate --model deeplab.onnx --data photos --normalize imagenet --output softmax:15 --size 256x256',
      ],
    ),
  )
    .requiredOption('--model <file>', 'ONNX file')
    .addOption(dataOption('needed for mIoU'))
    .option('--recipe <name|file>', 'check the budgets of this recipe')
    .addOption(baseOption())
    .addOption(thresholdOption())
    .addOption(miouThresholdOption())
    .addOption(threadsOption())
    .action((flags: EvaluateFlags) =>
      run(flags, (common) => runGate({ ...flags, ...common, ...gateOf(flags), modelSettings: modelSettingsOf(flags) })),
    );

  addModelOptions(
    add(
      program,
      'compare',
      'Measure several networks in turns on this machine; with a threshold, judge each against the first',
      [
        'compare base.onnx head.onnx --threshold 5% --svg verdict.svg',
        'compare runs/mine/model.onnx runs/large/model.onnx --data photos',
        'compare mobilenetv3-large mobilenetv3-small --recipe nightly',
      ],
    ),
  )
    .argument('<models...>', 'ONNX files, or architectures (untrained, so only cost and latency are measured)')
    .option('--recipe <name|file>', 'take the input size of architectures, the threads and the seed from this recipe')
    .addOption(dataOption('needed for mIoU'))
    .addOption(thresholdOption())
    .addOption(miouThresholdOption())
    .addOption(timeLimitOption())
    .option('--svg <file>', 'draw the measurements behind each latency verdict')
    .addOption(threadsOption())
    .action((models: string[], flags: CompareFlags) =>
      run(flags, (common) =>
        runCompare({
          ...flags,
          models,
          ...common,
          latencyThreshold: flags.threshold,
          modelSettings: modelSettingsOf(flags),
          timeLimitMs: flags.timeLimit === undefined ? undefined : 1000 * flags.timeLimit,
        }),
      ),
    );

  addMeasureCommand(program, run);

  addModelOptions(
    add(program, 'inspect', 'Show how a model is read: its input, its output, what is assumed about them, its cost', [
      'inspect model.onnx',
      'inspect deeplab.onnx --size 256x256 --normalize imagenet --output softmax:15',
    ]),
  )
    .argument('<model>', 'ONNX file')
    .action((model: string, flags: OutputFlags & ModelSettings) =>
      run(flags, () => runInspect({ model, modelSettings: modelSettingsOf(flags) })),
    );

  addSegmentCommand(program, run);
  addServeCommand(program, run);

  addExportCommand(program, run);

  add(program, 'init', 'Write a workflow that gates or searches on pull requests into the repository here', [
    'init',
    'init --action acme/proxyless-ci@COMMIT',
  ])
    .option('--force', 'overwrite files that are there already', false)
    .option('--action <owner/name@commit>', 'the repository and commit of this tool; by default those of its clone')
    .action((flags: OutputFlags & { force: boolean; action?: string }) =>
      run(flags, () => runInit({ folder: process.cwd(), force: flags.force, action: flags.action })),
    );

  return program;
}

/** The pipeline's names for these flags; a base that was given as a file is called by its path. */
function gateOf({ base, threshold, miouThreshold }: GateFlags): GateThresholds & { base: BaseModel | undefined } {
  if (base === undefined && (threshold ?? miouThreshold) !== undefined)
    throw new UserError(
      '--threshold and --miou-threshold are of a comparison; give --base, what the network is compared with',
    );
  return { base: base === undefined ? undefined : { file: base, name: base }, latencyThreshold: threshold };
}
