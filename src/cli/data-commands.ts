// The commands on data folders: check, and import from VOC, COCO, pairs of files and videos.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ImportSource } from '../pipeline/index.ts';
import { add, exitCodesHelp, type OutputFlags, type Runner, seedOption, share } from './options.ts';
import { runDataCheck, runImport, runVideo } from './pipeline.ts';

interface WriteFlags extends OutputFlags {
  readonly out: string;
  readonly valShare: number;
  readonly seed: number;
}

/** Adds the group `data` to the command line. */
export function addDataCommands(program: Command, run: Runner): void {
  const data = program
    .command('data')
    .description('Data folders: check them, make them from VOC, COCO, photos with masks, videos')
    .helpCommand(false)
    .addHelpText('after', exitCodesHelp);

  add(
    data,
    'check',
    'Check data folders: files, size, how much people cover, photos in two splits, masks that mark no person',
    ['data check photos'],
  )
    .argument('<folders...>', 'data folders')
    .action((folders: string[], flags: OutputFlags) =>
      run(flags, (common) => runDataCheck({ ...flags, ...common, folders })),
    );

  const importing = (flags: WriteFlags, source: ImportSource): Promise<void> =>
    run(flags, (common) => runImport({ ...flags, ...common, source }));

  writing(
    add(data, 'voc', 'Make a data folder from one in the layout of Pascal VOC', [
      'data voc VOCdevkit/VOC2012 --out photos',
    ]).argument('<folder>', 'JPEGImages/, SegmentationClass/, ImageSets/Segmentation/; labelmap.txt where it has one'),
  ).action((folder: string, flags: WriteFlags) => importing(flags, { kind: 'voc', folder }));

  writing(
    add(data, 'coco', 'Make a data folder of the photos that show persons in COCO annotations', [
      'data coco annotations/instances_train2017.json --images train2017 --val annotations/instances_val2017.json --val-images val2017 --out photos',
    ])
      .argument('<annotations>', 'JSON file of instances')
      .requiredOption('--images <folder>', 'folder of its photos')
      .option('--val <annotations>', 'JSON file of the photos for val')
      .option('--val-images <folder>', 'folder of those, if another'),
  ).action((annotations: string, flags: WriteFlags & { images: string; val?: string; valImages?: string }) =>
    importing(flags, {
      kind: 'coco',
      annotations,
      images: flags.images,
      valAnnotations: flags.val,
      valImages: flags.valImages,
    }),
  );

  writing(
    add(data, 'pairs', 'Make a data folder of two folders: photos, and masks of the same names', [
      'data pairs --images photos/rgb --masks photos/alpha --out photos/set',
    ])
      .requiredOption('--images <folder>', 'photos')
      .requiredOption('--masks <folder>', 'masks: 0 and 1, black and white, mattes, or in the alpha channel'),
  ).action((flags: WriteFlags & { images: string; masks: string }) =>
    importing(flags, { kind: 'pairs', images: flags.images, masks: flags.masks }),
  );

  writing(
    add(data, 'video', 'Add frames of a video to a data folder, for a teacher; with a video of masks, make a folder', [
      'data video call.mp4 --every 2 --out photos',
      'data video call.mp4 --masks call-alpha.mp4 --out call',
    ])
      .argument('<video>', 'anything that ffmpeg reads')
      .option('--masks <video>', 'masks of the same frames')
      .addOption(new Option('--every <seconds>', 'seconds between frames').argParser(seconds).default(1)),
  ).action((video: string, flags: WriteFlags & { masks?: string; every: number }) =>
    run(flags, (common) => runVideo({ ...flags, ...common, video })),
  );
}

function writing(command: Command): Command {
  return command
    .requiredOption('--out <folder>', 'data folder to write')
    .addOption(
      new Option('--val-share <share>', 'share of the photos for val, where nothing says which')
        .argParser(share)
        .default(0.2),
    )
    .addOption(seedOption('of that choice').default(1));
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('must be a number of seconds over 0');
}
