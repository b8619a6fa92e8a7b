// From a photo or a frame to the person's alpha: network, matte, and for video a filter against flicker, with the time that each takes.
import type { ModelSettings } from '../contracts/model.ts';
import { lumaOf, type RgbPicture, resizePicture, toPlanes } from '../data/pictures.ts';
import type { ModelSource } from '../graph/image-model.ts';
import { resizeMaps } from '../lib/resize.ts';
import { alphaMatte } from '../matting/matte.ts';
import { createTemporalFilter, type TemporalFilter } from '../matting/temporal.ts';
import { openSegmentation } from '../runtime/segmentation.ts';

/** `soft`: an alpha matte. `hard`: the network's mask, cut at one half. */
export type Edges = 'soft' | 'hard';

/** Milliseconds of one photo or frame. */
export interface SegmentTimes {
  readonly resize: number;
  readonly network: number;
  /** Against flicker; 0 for photos. */
  readonly steady: number;
  /** Enlarging the mask, or the matte. */
  readonly matte: number;
}

export interface Segmented {
  /** [height * width] of the picture, 0 to 1. */
  readonly alpha: Float32Array;
  readonly ms: SegmentTimes;
}

export interface Segmenter {
  /** How the model is read, for people. */
  readonly facts: Awaited<ReturnType<typeof openSegmentation>>['facts'];
  /** @param video frames of one video share an object, in their order; absent for photos */
  segment(picture: RgbPicture, video?: VideoState): Promise<Segmented>;
  release(): Promise<void>;
}

/** What is kept from one frame of a video to the next. */
export interface VideoState {
  filter?: TemporalFilter;
}

/** The filter of the matte is fitted to a copy of at most this many pixels a side. Frames of a video have less time. */
const matteSides = { photo: 768, video: 384 } as const;

/** @throws UserError when the model cannot be read */
export async function openSegmenter(
  source: ModelSource,
  settings: ModelSettings,
  { threads, edges }: { readonly threads: number; readonly edges: Edges },
): Promise<Segmenter> {
  const model = await openSegmentation(source, settings, threads);
  return {
    facts: model.facts,
    release: model.release,
    async segment(picture, video) {
      const clock = stopwatch();
      const input = await resizePicture(picture, model);
      const planes = toPlanes(input);
      const resize = clock();
      const map = await model.predict({ images: planes, height: model.height, width: model.width });
      const network = clock();
      let { probability } = map;
      if (video) {
        video.filter ??= createTemporalFilter(map.width, map.height);
        probability = video.filter.next(probability, lumaOf(await resizePicture(input, map)));
      }
      const steady = clock();
      const alpha = await alphaOf(picture, { ...map, probability }, edges, video ? 'video' : 'photo');
      return { alpha, ms: { resize, network, steady, matte: clock() } };
    },
  };
}

interface PersonMap {
  readonly probability: Float32Array;
  readonly height: number;
  readonly width: number;
}

async function alphaOf(
  photo: RgbPicture,
  map: PersonMap,
  edges: Edges,
  kind: keyof typeof matteSides,
): Promise<Float32Array> {
  if (edges === 'hard') return resizeMaps(map.probability, map, photo).map((p) => (p >= 0.5 ? 1 : 0));
  const scale = Math.min(1, matteSides[kind] / Math.max(photo.height, photo.width));
  const sides = {
    height: Math.max(1, Math.round(photo.height * scale)),
    width: Math.max(1, Math.round(photo.width * scale)),
  };
  const small = await resizePicture(photo, sides);
  return alphaMatte({
    photo,
    small,
    probability: resizeMaps(map.probability, map, sides),
    networkPixel: Math.max(sides.height / map.height, sides.width / map.width),
  });
}

/** Milliseconds since the last call, or since it was made. */
export function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const elapsed = now - last;
    last = now;
    return elapsed;
  };
}
