// Commands on data folders: check them, and make them of what users have.
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { examine, type FolderFacts, type SplitFacts } from '../../data/check.ts';
import { openDataset } from '../../data/dataset.ts';
import { readCoco } from '../../data/import/coco.ts';
import { readPairs } from '../../data/import/pairs.ts';
import { addFrames, extractFrames } from '../../data/import/video.ts';
import { readVoc } from '../../data/import/voc.ts';
import { type ImportedPhoto, writeDataFolder } from '../../data/import/write.ts';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { inTemporaryFolder, readOptionalJson, writeJson } from '../../lib/files.ts';
import type { DataCheckOptions, ImportOptions, Outcome, VideoOptions } from '../options.ts';

/** Lines of one kind that are printed; all are in the JSON. */
const shownLines = 20;

/**
 * Checks data folders: whether they can be used, and what speaks against it.
 * @returns exit code 1 where photos of val are in train as well: what is scored on them is worth nothing
 * @throws UserError where a folder cannot be used
 */
export async function runDataCheck({ folders, progress, signal }: DataCheckOptions): Promise<Outcome> {
  const parts: string[] = [];
  const json: (FolderFacts & { folder: string })[] = [];
  for (const folder of folders) {
    const dataset = await openDataset([{ folder, weight: 1 }]);
    const count = dataset.train.length + dataset.val.length;
    const stage = progress.stage(`looking at ${folder}`, count, 'photos');
    const facts = await examine(dataset, (done) => {
      signal.throwIfAborted();
      stage.update(done);
    });
    stage.done();
    json.push({ folder, ...facts });
    parts.push(folderSummary(folder, facts));
  }
  const leaks = json.some(({ duplicates }) => duplicates.length > 0);
  return { exitCode: leaks ? ExitCode.budgetMissed : ExitCode.pass, summary: parts.join('\n\n'), json };
}

function folderSummary(folder: string, { train, val, duplicates, doubts }: FolderFacts): string {
  const lines = (all: readonly string[]): string[] => [
    ...all.slice(0, shownLines).map((line) => `  ${line}`),
    ...(all.length > shownLines ? [`  ... and ${all.length - shownLines} more`] : []),
  ];
  const twins = duplicates.map((pair) => `val "${pair.val}" looks like train "${pair.train}"`);
  return [
    `${folder}:`,
    splitLine('train', train),
    splitLine('val', val),
    twins.length === 0
      ? '  no photo of val looks like one of train'
      : `  ${twins.length} photos of val are in train as well; move each pair into one split, or scores are too good:`,
    ...lines(twins.map((line) => `  ${line}`)),
    doubts.length === 0 ? '  no mask looks wrong' : `  ${doubts.length} masks to look at:`,
    ...lines(doubts.map((line) => `  ${line}`)),
  ].join('\n');
}

function splitLine(name: string, { photos, sides, coverage }: SplitFacts): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return (
    `  ${name}: ${photos} photos, shorter side ${sides.smallest} to ${sides.largest} pixels (median ${sides.median}); ` +
    `people cover ${percent(coverage.mean)} (${percent(coverage.lowest)} to ${percent(coverage.highest)})`
  );
}

/** Makes a data folder of a Pascal VOC folder, COCO annotations, or two folders of photos and masks. */
export async function runImport(options: ImportOptions): Promise<Outcome> {
  const photos = await readSource(options);
  const { out, valShare, seed, signal, progress } = options;
  const stage = progress.stage('importing', photos.length, 'photos');
  const onPhoto = (done: number): void => stage.update(done);
  const counts = await writeDataFolder(photos, { out, valShare, seed, signal, onPhoto });
  stage.done();
  const summary = `${out}: ${counts.train} photos to train on, ${counts.val} in val. Next: proxyless-ci data check ${out}`;
  return { exitCode: ExitCode.pass, summary, json: { out, ...counts } };
}

async function readSource({ source }: ImportOptions): Promise<ImportedPhoto[]> {
  if (source.kind === 'voc') return readVoc(source.folder);
  if (source.kind === 'pairs') return readPairs(source.images, source.masks);
  const { annotations, images, valAnnotations, valImages = images } = source;
  const train = await readCoco(annotations, images, valAnnotations === undefined ? undefined : 'train');
  if (valAnnotations === undefined) return train;
  return [...train, ...(await readCoco(valAnnotations, valImages, 'val'))];
}

const anySplits = z.looseObject({ unlabeled: z.array(z.string()).optional() });

/**
 * Adds frames of a video to a data folder: photos without masks, for a teacher; or with a video of masks, makes a new folder of pairs.
 * @throws UserError where there is no such folder to add to
 */
export async function runVideo(options: VideoOptions): Promise<Outcome> {
  const { video, masks, every, out, signal } = options;
  if (masks !== undefined) {
    await mkdir(dirname(resolve(out)), { recursive: true });
    return inTemporaryFolder(`${resolve(out)}.frames-`, (temporary) => importPairs({ ...options, masks }, temporary));
  }
  const file = join(out, 'splits.json');
  const splits = await readOptionalJson(file, anySplits);
  if (!splits)
    throw new UserError(
      `${file}: no such file; frames have no masks, so name a data folder to add them to, or give --masks`,
    );
  const frames = await inTemporaryFolder(join(out, '.frames-'), async (temporary) => {
    const found = await extractFrames(video, { folder: temporary, every, signal });
    signal.throwIfAborted();
    const added = await addFrames(found, temporary, join(out, 'images'));
    await writeJson(file, { ...splits, unlabeled: [...new Set([...(splits.unlabeled ?? []), ...added])] });
    return added;
  });
  const summary = `${out}: ${frames.length} frames added as unlabeled; a recipe with a teacher learns from them.`;
  return { exitCode: ExitCode.pass, summary, json: { out, frames } };
}

/** Makes a data folder of the frames of a video and of one of masks. */
async function importPairs(options: VideoOptions & { readonly masks: string }, temporary: string): Promise<Outcome> {
  const { video, masks, every, out, signal, valShare } = options;
  const folders = { images: join(temporary, 'images'), masks: join(temporary, 'masks') };
  const frames = await extractFrames(video, { folder: folders.images, every, signal });
  const drawn = await extractFrames(masks, { folder: folders.masks, every, signal });
  if (frames.length !== drawn.length)
    throw new UserError(`${masks}: ${drawn.length} frames, ${video} has ${frames.length}; both must be as long`);
  const photos = await readPairs(folders.images, folders.masks, (name) => drawn[frames.indexOf(name)]!);
  // Frames that follow each other are alike: the end of the video is val.
  const split = photos.length - Math.max(1, Math.round(valShare * photos.length));
  const given = photos.map((photo, i) => ({ ...photo, split: i < split ? ('train' as const) : ('val' as const) }));
  const counts = await writeDataFolder(given, options);
  const summary = `${out}: ${counts.train} frames to train on, the last ${counts.val} in val.`;
  return { exitCode: ExitCode.pass, summary, json: { out, ...counts } };
}
