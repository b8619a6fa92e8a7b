// The command that measures one model: its network alone, or the whole way from a photo to the composed picture.
import type { Command } from 'commander';
import type { ModelSettings } from '../contracts/model.ts';
import { UserError } from '../lib/errors.ts';
import type { SegmentBackground } from '../pipeline/index.ts';
import { add, addModelOptions, modelSettingsOf, type OutputFlags, type Runner, threadsOption } from './options.ts';
import { runEndToEnd, runMeasure } from './pipeline.ts';
import { backgroundOption, edgesOption } from './segment-command.ts';

interface MeasureFlags extends OutputFlags, ModelSettings {
  readonly endToEnd: boolean;
  readonly background?: SegmentBackground;
  readonly edges: 'soft' | 'hard';
  readonly threads?: number;
}

export function addMeasureCommand(program: Command, run: Runner): void {
  addModelOptions(
    add(program, 'measure', 'Measure one ONNX model with image inputs: p50, p95, p99, FPS, memory', [
      'measure model.onnx',
      'measure model.onnx --size 256x144 --threads 1 --json',
      'measure model.onnx --end-to-end holiday.jpg --background blur',
    ]),
  )
    .argument('<model>', 'ONNX file')
    .argument('[photos...]', 'with --end-to-end; by default some that the tool brings along')
    .option(
      '--end-to-end',
      'measure the whole way of a photo: decode, resize, network, matte, compose; median and spread of each',
      false,
    )
    .addOption(backgroundOption('with --end-to-end: blur, a color such as #00b140, or a photo; default: blur'))
    .addOption(edgesOption())
    .addOption(threadsOption('of the network; default: all cores'))
    .action((model: string, photos: string[], flags: MeasureFlags) => {
      const modelSettings = modelSettingsOf(flags);
      const { endToEnd, background = 'blur', edges, threads } = flags;
      return run(flags, async (common) => {
        if (endToEnd) return runEndToEnd({ ...common, model, modelSettings, photos, background, edges, threads });
        if (photos.length > 0)
          throw new UserError(
            `measure: ${photos[0]}: photos are measured with --end-to-end; without it, give one model`,
          );
        return runMeasure({ ...common, model, size: flags.size, threads });
      });
    });
}
