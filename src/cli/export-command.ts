// The command that writes models: trained weights as ONNX, or a float32 model as an int8 one.
import { type Command, Option } from 'commander';
import type { ModelSettings } from '../contracts/model.ts';
import { type CalibrationMethod, calibrationMethods } from '../contracts/quantization.ts';
import { UserError } from '../lib/errors.ts';
import type { DataFolder, ExportOptions } from '../pipeline/index.ts';
import {
  add,
  addModelOptions,
  dataOption,
  modelSettingsOf,
  type OutputFlags,
  type Runner,
  threadsOption,
  timeLimitOption,
} from './options.ts';
import { runExport } from './pipeline.ts';

interface ExportFlags extends OutputFlags, ModelSettings {
  readonly recipe?: string;
  readonly architecture?: string;
  readonly weights?: string;
  readonly out: string;
  readonly int8: boolean;
  readonly calibration?: CalibrationMethod;
  readonly data?: readonly DataFolder[];
  readonly threads?: number;
  /** Seconds. */
  readonly timeLimit?: number;
}

export function addExportCommand(program: Command, run: Runner): void {
  addModelOptions(
    add(program, 'export', 'Write trained weights as one ONNX file, or a float32 model as an int8 one', [
      'export --recipe nightly --architecture runs/mine/architecture.json --weights runs/mine/checkpoints/train-nightly-searched.safetensors --out model.onnx',
      'export --int8 runs/mine/model.onnx --data photos --out model-int8.onnx',
    ]),
  )
    .argument(
      '[model]',
      'with --int8: any float32 ONNX segmentation model, in place of recipe, architecture and weights',
    )
    .option('--recipe <name|file>', 'recipe: a name in search/recipes or a YAML file')
    .option('--architecture <name|file>', 'a name in search/architectures or a JSON file')
    .option('--weights <file>', 'checkpoint with the trained weights')
    .requiredOption('--out <file>', 'ONNX file to write')
    .option('--int8', 'quantize, and say what that is worth on this machine', false)
    .addOption(
      new Option(
        '--calibration <method>',
        'how ranges of activations are chosen; default: as agrees best with float32 on photos of training',
      ).choices(calibrationMethods),
    )
    .addOption(dataOption('for --int8: ranges are seen on train, both networks are scored on val'))
    .addOption(threadsOption("of the measurement; default: the recipe's, or all cores"))
    .addOption(timeLimitOption())
    .action((model: string | undefined, flags: ExportFlags) =>
      run(flags, async (common) => runExport({ ...common, ...sourceOf(model, flags) })),
    );
}

function sourceOf(model: string | undefined, flags: ExportFlags): Pick<ExportOptions, 'from' | 'out' | 'int8'> {
  const { recipe, architecture, weights, out, data, calibration, threads } = flags;
  const timeLimitMs = flags.timeLimit === undefined ? undefined : 1000 * flags.timeLimit;
  const int8 = flags.int8 ? { data, calibration, threads, timeLimitMs } : undefined;
  if (model !== undefined && (recipe ?? architecture ?? weights) !== undefined)
    throw new UserError('export: give --recipe, --architecture and --weights, or an ONNX file, not both');
  if (!int8 && (model ?? data ?? calibration) !== undefined)
    throw new UserError('export: an ONNX file, --data and --calibration are for --int8');
  if (model !== undefined) return { from: { model, modelSettings: modelSettingsOf(flags) }, out, int8 };
  if (recipe === undefined || architecture === undefined || weights === undefined)
    throw new UserError('export: give --recipe, --architecture and --weights; or with --int8 an ONNX file');
  return { from: { recipe, architecture, weights }, out, int8 };
}
