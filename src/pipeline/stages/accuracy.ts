// How accurate the networks of a run are: each scored on val, with an interval over seeds and images, at its edges, and on its worst photos.

import { sampleStandardDeviation } from 'simple-statistics';
import type { ResultNetwork } from '../../contracts/result.ts';
import { setsOf } from '../../data/epochs.ts';
import type { Photo } from '../../data/images.ts';
import type { ModelSource } from '../../graph/image-model.ts';
import { createRandom } from '../../lib/random.ts';
import { addCounts, type Counts, iouOf } from '../../metrics/miou.ts';
import { silhouetteWarning } from '../../report/format.ts';
import {
  type IntervalSettings,
  type MiouEstimate,
  meanMiou,
  miouDifference,
  miouInterval,
  pooledSpread,
  type SeedCounts,
  type SeedSpread,
} from '../../verdict/accuracy.ts';
import type { CommonOptions } from '../options.ts';
import { scoreInFull, scoreModel } from '../score.ts';
import { drawImproved, drawPredictions, type StatedModel } from './pictures.ts';

/** Of intervals that are reported; a verdict has its own. */
const confidence = 0.95;
/** Photos that are named and drawn as the worst. */
const worstPhotos = 6;
/** Photos that are named and drawn as the most improved. */
const improvedPhotos = 6;
/** Photos that are drawn as the best. */
const bestPhotos = 3;

/** A network to score. */
export interface ScoredModel extends StatedModel {
  readonly role: ResultNetwork['role'];
  /** The same network trained from other seeds. */
  readonly others: readonly ModelSource[];
}

export interface ScoringSettings extends CommonOptions {
  readonly photos: readonly Photo[];
  readonly threads: number;
  readonly seed: number;
  /** Folder for a picture of the photos that head does worst on. */
  readonly pictures?: string | undefined;
}

/** What results say of a network's accuracy. */
export type AccuracyFacts = Pick<
  ResultNetwork,
  | 'miou'
  | 'personIou'
  | 'backgroundIou'
  | 'silhouetteMiou'
  | 'boundaryIou'
  | 'flicker'
  | 'miouInterval'
  | 'headLead'
  | 'sets'
  | 'seeds'
  | 'worst'
  | 'worstPicture'
  | 'improved'
>;

export interface ScoredNetwork {
  readonly facts: AccuracyFacts;
  readonly reading: string;
  readonly counts: SeedCounts;
}

export interface Scoring {
  /** In the order of the models. */
  readonly networks: readonly ScoredNetwork[];
  /** How far seeds are apart, over all networks; undefined where each has one. */
  readonly spread: SeedSpread | undefined;
}

/** Scores models on the same photos. Sets of weight 0 are only scored by themselves, if another set has a weight above 0. */
export async function scoreNetworks(models: readonly ScoredModel[], settings: ScoringSettings): Promise<Scoring> {
  const weighted = settings.photos.filter(({ weight }) => weight > 0);
  const photos = weighted.length > 0 ? weighted : settings.photos;
  const scored = [];
  for (const model of models) scored.push(await scoreOne(model, photos, settings));
  const spread = pooledSpread(scored.map(({ counts }) => counts));
  const head = scored[models.findIndex(({ role }) => role === 'head')];
  const improved = await improvedOf(models, scored, photos, settings);
  const networks = scored.map((one, i): ScoredNetwork => {
    const interval = { confidence, random: createRandom(settings.seed, 'miou-interval', i), spread };
    const lead = head && models[i]!.role !== 'head' ? leadOf(head, one, models[i]!.role, interval) : undefined;
    const facts = {
      ...one.facts,
      miouInterval: miouInterval(one.counts, interval),
      ...(lead ? { headLead: { value: lead.value, interval: [...lead.interval] as [number, number] } } : {}),
      ...(one === head && improved ? { improved } : {}),
    };
    return { ...one, facts };
  });
  return { networks, spread };
}

/** Head's mIoU less that of another network. int8 is made of head's first training: what seeds differ by is in both alike. */
function leadOf(
  head: ScoredNetwork,
  other: ScoredNetwork,
  role: ScoredModel['role'],
  interval: IntervalSettings,
): MiouEstimate {
  return role === 'int8'
    ? miouDifference(other.counts, [head.counts[0]!], { ...interval, spread: undefined })
    : miouDifference(other.counts, head.counts, interval);
}

async function scoreOne(
  { role, source, settings: stated, others }: ScoredModel,
  photos: readonly Photo[],
  { photos: all, threads, signal, progress, pictures }: ScoringSettings,
): Promise<ScoredNetwork> {
  const run = { threads, signal, settings: stated };
  const { images, reading, ...accuracy } = await scoreInFull(source, { ...run, photos });
  const warning = silhouetteWarning({ name: source.name, ...accuracy });
  if (warning) progress.note(`warning: ${warning}`);
  const counts: (readonly Counts[])[] = [images];
  for (const other of others) counts.push((await scoreModel(other, { ...run, photos })).images);
  const bySet: NonNullable<ResultNetwork['sets']> = setsOf(photos).map((set) =>
    scoreOfSet(
      set,
      images.filter((_, i) => photos[i]!.set === set[0]!.set),
    ),
  );
  for (const set of setsOf(all.filter((photo) => !photos.includes(photo))))
    bySet.push(scoreOfSet(set, (await scoreModel(source, { ...run, photos: set })).images));
  const facts: AccuracyFacts = {
    ...accuracy,
    ...(bySet.length > 1 ? { sets: bySet } : {}),
    ...(counts.length > 1 ? { seeds: spreadOf(counts) } : {}),
    ...(role === 'head' ? await worstOf({ source, settings: stated }, photos, images, { ...run, pictures }) : {}),
  };
  return { facts, reading, counts };
}

function scoreOfSet(set: readonly Photo[], images: readonly Counts[]): NonNullable<ResultNetwork['sets']>[number] {
  return { name: set[0]!.set, images: images.length, ...iouOf(addCounts(images)) };
}

function spreadOf(counts: SeedCounts): NonNullable<ResultNetwork['seeds']> {
  const mious = counts.map((images) => meanMiou([images]));
  return { mious, mean: meanMiou(counts), deviation: sampleStandardDeviation(mious) };
}

/** A photo whose mask is all "ignore" has no score. */
const hasLabels = (counts: Counts): boolean => addCounts([counts]).some((n) => n > 0);

/** The photos with the least mIoU, each by itself, and a picture of them. */
async function worstOf(
  model: StatedModel,
  photos: readonly Photo[],
  images: readonly Counts[],
  run: Pick<ScoringSettings, 'threads' | 'signal' | 'pictures'>,
): Promise<Pick<AccuracyFacts, 'worst' | 'worstPicture'>> {
  const counted = images.flatMap((counts, i) => (hasLabels(counts) ? [{ i, ...iouOf(counts) }] : []));
  const sorted = counted.sort((a, b) => a.miou - b.miou);
  const chosen = sorted.slice(0, worstPhotos);
  const worst = chosen.map(({ i, miou, personIou }) => ({ id: photos[i]!.id, miou, personIou }));
  if (run.pictures === undefined) return { worst };
  // Without photos that show nobody: on them there is nothing to see.
  const best = sorted.slice(worstPhotos).filter(({ i }) => images[i]![2] + images[i]![3] > 0);
  const groups = { worst: chosen, best: best.slice(-bestPhotos).reverse() };
  const subjects = (['worst', 'best'] as const).flatMap((group) =>
    groups[group].map(({ i, miou, personIou }) => ({ photo: photos[i]!, group, miou, personIou })),
  );
  return { worst, worstPicture: await drawPredictions(model, subjects, { ...run, folder: run.pictures }) };
}

/**
 * The photos on which head gains most over base, or over the first baseline where there is no base, and a picture of what both see.
 * @returns undefined where it gains on none
 */
async function improvedOf(
  models: readonly ScoredModel[],
  scored: readonly ScoredNetwork[],
  photos: readonly Photo[],
  { pictures, ...run }: ScoringSettings,
): Promise<AccuracyFacts['improved']> {
  const roles = models.map(({ role }) => role);
  const head = roles.indexOf('head');
  const other = roles.includes('base') ? roles.indexOf('base') : roles.indexOf('baseline');
  if (head < 0 || other < 0) return undefined;
  const [now, before] = [scored[head]!.counts[0]!, scored[other]!.counts[0]!];
  const chosen = photos
    .flatMap((photo, i) =>
      hasLabels(now[i]!) ? [{ photo, miou: iouOf(now[i]!).miou, before: iouOf(before[i]!).miou }] : [],
    )
    .filter((one) => one.miou > one.before)
    .sort((a, b) => b.miou - b.before - (a.miou - a.before))
    .slice(0, improvedPhotos);
  if (chosen.length === 0) return undefined;
  const drawn = chosen.map(({ photo }) => photo);
  return {
    over: models[other]!.source.name,
    photos: chosen.map(({ photo: { id }, ...mious }) => ({ id, ...mious })),
    ...(pictures === undefined
      ? {}
      : { picture: await drawImproved([models[other]!, models[head]!], drawn, { ...run, folder: pictures }) }),
  };
}
