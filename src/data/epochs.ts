// Which photos a batch is made of: epochs over one set or several, each photo as often as its set's weight says.
import { createRandom } from '../lib/random.ts';
import type { Photo } from './images.ts';

/** What the photos of a batch depend on, beside the step. */
export interface EpochSpec {
  /** Photos that `openDataset` has checked. */
  readonly photos: readonly Photo[];
  /** Samples a batch. */
  readonly batch: number;
  readonly seed: number;
  /** Names the purpose (say, `weights`): equal seeds with different streams give unrelated batches. */
  readonly stream: string;
}

/**
 * Steps in an epoch, in which each photo is visited as often as its weight says: a last partial batch is dropped; where an epoch has fewer
 * visits than a batch holds, it is one batch that repeats them.
 */
export function stepsPerEpoch({ photos, batch }: Pick<EpochSpec, 'photos' | 'batch'>): number {
  const visits = setsOf(photos).reduce((sum, set) => sum + visitsPerEpoch(set), 0);
  return Math.max(1, Math.floor(visits / batch));
}

/** The photos of a batch: a pure function of the specification and the step. */
export function batchPhotos(spec: EpochSpec, step: number): Photo[] {
  const steps = stepsPerEpoch(spec);
  const photos = epochPhotos(spec, Math.floor(step / steps));
  const start = (step % steps) * spec.batch;
  return Array.from({ length: spec.batch }, (_, index) => photos[(start + index) % photos.length]!);
}

/**
 * The photos that an epoch visits, in order. A set is gone through in passes, each in an order of its own, and every epoch goes on where the
 * one before ended: whatever the weight, no photo is visited twice before all others are visited once.
 */
function epochPhotos({ photos, seed, stream }: EpochSpec, epoch: number): Photo[] {
  const sets = setsOf(photos);
  const visited = sets.flatMap((set) => {
    const visits = visitsPerEpoch(set);
    let pass = -1;
    let order: number[] = [];
    return Array.from({ length: visits }, (_, i) => {
      const at = epoch * visits + i;
      if (Math.floor(at / set.length) !== pass) {
        pass = Math.floor(at / set.length);
        order = createRandom(seed, stream, 'epoch', pass).permutation(set.length);
      }
      return set[order[at % set.length]!]!;
    });
  });
  if (sets.length === 1) return visited;
  const mix = createRandom(seed, stream, 'mix', epoch).permutation(visited.length);
  return mix.map((i) => visited[i]!);
}

/** At most `most` of the photos, evenly spaced along the list, so that every set has its share among them. */
export function evenly<T>(photos: readonly T[], most = photos.length): T[] {
  const count = Math.min(most, photos.length);
  return Array.from({ length: count }, (_, i) => photos[Math.floor((i * photos.length) / count)]!);
}

/** The photos of each set together. */
export function setsOf(photos: readonly Photo[]): Photo[][] {
  const sets = new Map<string, Photo[]>();
  for (const photo of photos) {
    const set = sets.get(photo.set);
    if (set) set.push(photo);
    else sets.set(photo.set, [photo]);
  }
  return [...sets.values()];
}

/** How many photos of a set an epoch takes, with repetitions. */
const visitsPerEpoch = (set: readonly Photo[]): number => Math.max(1, Math.round(set.length * set[0]!.weight));
