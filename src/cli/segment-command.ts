// The command that puts a model to work on photos and videos.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ModelSettings } from '../contracts/model.ts';
import { type PictureKind, pictureKinds } from '../contracts/segmentation.ts';
import type { SegmentBackground } from '../pipeline/index.ts';
import { add, addModelOptions, modelSettingsOf, type OutputFlags, type Runner, threadsOption } from './options.ts';
import { runSegment } from './pipeline.ts';

interface SegmentFlags extends OutputFlags, ModelSettings {
  readonly out: string;
  readonly write?: readonly PictureKind[];
  readonly background?: SegmentBackground;
  readonly format: 'png' | 'webp';
  readonly edges: 'soft' | 'hard';
  readonly frames: boolean;
  readonly threads?: number;
}

export function addSegmentCommand(program: Command, run: Runner): void {
  addModelOptions(
    add(program, 'segment', 'People out of photos and videos: cut-outs, masks, overlays, other backgrounds', [
      'segment runs/mine/model.onnx holiday.jpg --out cut',
      'segment runs/mine/model.onnx photos --out blurred --background blur',
      'segment model.onnx call.mp4 --out call --background office.jpg',
      'segment model.onnx frames --frames --out masks --write mask',
    ]),
  )
    .argument('<model>', 'ONNX file')
    .argument('<inputs...>', 'photos, videos (with ffmpeg installed), folders of them')
    .requiredOption('--out <folder>', 'folder for what is written')
    .addOption(
      new Option(
        '--write <kinds>',
        `any of ${pictureKinds.join(',')}; default: cutout, with a background composite, of videos overlay`,
      ).argParser(kindsOf),
    )
    .addOption(backgroundOption('blur, a color such as #00b140, or a photo'))
    .addOption(new Option('--format <format>', 'of cut-outs').choices(['png', 'webp']).default('png'))
    .addOption(edgesOption())
    .option('--frames', 'each folder holds the frames of a video, in the order of their names', false)
    .addOption(threadsOption('of the network; default: all cores'))
    .action((model: string, inputs: string[], flags: SegmentFlags) =>
      run(flags, (common) => runSegment({ ...flags, ...common, model, inputs, modelSettings: modelSettingsOf(flags) })),
    );
}

export const backgroundOption = (what: string): Option =>
  new Option('--background <what>', what).argParser(backgroundOf);

export const edgesOption = (): Option =>
  new Option('--edges <kind>', "soft: an alpha matte; hard: the network's mask")
    .choices(['soft', 'hard'])
    .default('soft');

function kindsOf(text: string): PictureKind[] {
  return text.split(',').map((word) => {
    const kind = pictureKinds.find((one) => one === word.trim());
    if (kind) return kind;
    throw new InvalidArgumentError(`must be some of ${pictureKinds.join(',')}`);
  });
}

function backgroundOf(text: string): SegmentBackground {
  if (text === 'blur') return 'blur';
  const [, digits] = /^#([0-9a-f]{6})$/i.exec(text) ?? [];
  if (digits) {
    const value = Number.parseInt(digits, 16);
    return { color: [value >> 16, (value >> 8) & 255, value & 255] };
  }
  if (text.startsWith('#')) throw new InvalidArgumentError('a color must have six digits, such as #00b140');
  return { photo: text };
}
