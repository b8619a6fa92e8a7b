// What `segment` leaves on disk: pictures of a photo, or videos of frames, each written under another name until it is whole.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureKind } from '../contracts/segmentation.ts';
import { coverPicture, encodePicture, type RgbPicture, resizePicture } from '../data/pictures.ts';
import { type VideoFacts, type VideoWriter, writeVideo } from '../data/video.ts';
import { explainFileError, writeFileAtomic } from '../lib/files.ts';
import { resizeMaps } from '../lib/resize.ts';
import { blurredBackground, type Cut, compose, cutOut, overlay, plainBackground } from '../matting/composite.ts';
import { estimateForeground } from '../matting/foreground.ts';
import type { SegmentBackground } from './options.ts';
import { stopwatch } from './segmenter.ts';

export interface PictureWriterSettings {
  readonly out: string;
  readonly kinds: readonly PictureKind[];
  readonly background: SegmentBackground | undefined;
  /** Of cut-outs. */
  readonly format: 'png' | 'webp';
}

/** A picture with its alpha, [height * width]. */
export interface PictureWithAlpha extends RgbPicture {
  readonly alpha: Float32Array;
}

interface Written {
  readonly composeMs: number;
  readonly encodeMs: number;
}

export interface PictureWriter {
  writePhoto(name: string, picture: PictureWithAlpha): Promise<Written & { readonly paths: readonly string[] }>;
  openVideo(name: string, facts: VideoFacts, source: string): Promise<VideoOutput>;
}

export interface VideoOutput {
  readonly paths: readonly string[];
  write(picture: PictureWithAlpha): Promise<Written>;
  close(): Promise<void>;
  abandon(): Promise<void>;
}

/** Creates the folder. */
export async function createPictureWriter(settings: PictureWriterSettings): Promise<PictureWriter> {
  const { out, kinds, format } = settings;
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw explainFileError(error, out, 'write');
  });
  const backgroundOf = createBackground(settings.background);
  return {
    async writePhoto(name, picture) {
      const paths: string[] = [];
      const made = createMaker(picture, backgroundOf);
      let [composeMs, encodeMs] = [0, 0];
      for (const kind of kinds) {
        const clock = stopwatch();
        const data = await made[kind]();
        composeMs += clock();
        const ending = { mask: 'png', overlay: 'jpg', cutout: format, composite: 'jpg' }[kind];
        const path = join(out, `${name}.${kind}.${ending}`);
        const type = ending === 'jpg' ? 'jpeg' : (ending as 'png' | 'webp');
        await writeFileAtomic(path, await encodePicture(data, picture, channelsOf[kind], type));
        encodeMs += clock();
        paths.push(path);
      }
      return { paths, composeMs, encodeMs };
    },
    async openVideo(name, facts, source) {
      const writers: { kind: PictureKind; path: string; video: VideoWriter }[] = kinds.map((kind) => {
        const path = join(out, `${name}.${kind}.mp4`);
        return { kind, path, video: writeVideo(path, facts, source) };
      });
      return {
        paths: writers.map(({ path }) => path),
        async write(picture) {
          const made = createMaker(picture, backgroundOf);
          let [composeMs, encodeMs] = [0, 0];
          for (const { kind, video } of writers) {
            const clock = stopwatch();
            const data = await made[kind]();
            const rgb = kind === 'mask' ? grayToRgb(data) : data;
            composeMs += clock();
            await video.write(rgb);
            encodeMs += clock();
          }
          return { composeMs, encodeMs };
        },
        async close() {
          for (const { video } of writers) await video.close();
        },
        async abandon() {
          for (const { video } of writers) await video.abandon();
        },
      };
    },
  };
}

/** Puts persons over a background: what `composite` pictures are made by. */
export function createComposer(background: SegmentBackground): (picture: PictureWithAlpha) => Promise<Uint8Array> {
  const backgroundOf = createBackground(background);
  return (picture) => createMaker(picture, backgroundOf).composite();
}

const channelsOf = { mask: 1, overlay: 3, cutout: 4, composite: 3 } as const;

/** Each kind of picture when it is asked for; what several share is computed once. */
function createMaker(
  picture: PictureWithAlpha,
  backgroundOf: (cut: Cut) => Promise<Uint8Array>,
): Record<PictureKind, () => Promise<Uint8Array>> {
  const { alpha } = picture;
  let cut: Promise<Cut> | undefined;
  const cutOf = (): Promise<Cut> => {
    cut ??= foregroundOf(picture).then((foreground) => ({ ...picture, foreground }));
    return cut;
  };
  return {
    mask: async () => maskOf(alpha),
    overlay: async () => overlay(picture),
    cutout: async () => cutOut(await cutOf()),
    composite: async () => compose(await cutOf(), await backgroundOf(await cutOf())),
  };
}

function maskOf(alpha: Float32Array): Uint8Array {
  const mask = new Uint8ClampedArray(alpha.length);
  for (let i = 0; i < mask.length; i++) mask[i] = 255 * alpha[i]!;
  return new Uint8Array(mask.buffer);
}

function grayToRgb(gray: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(3 * gray.length);
  for (let i = 0; i < gray.length; i++) rgb.fill(gray[i]!, 3 * i, 3 * i + 3);
  return rgb;
}

/** Colors are estimated on a copy of at most this many pixels a side: they only show where the matte is not sure. */
const foregroundSide = 512;

/** The person's own colors, [height * width * 3]; those of the photo where it shows nothing else. */
async function foregroundOf(picture: PictureWithAlpha): Promise<Uint8Array> {
  const { rgb, alpha, width, height } = picture;
  const scale = Math.min(1, foregroundSide / Math.max(width, height));
  const sides = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const small = await resizePicture(picture, sides);
  const estimate = estimateForeground(small.rgb, resizeMaps(alpha, picture, sides), sides.width, sides.height);
  const { rgb: colors } = await resizePicture({ ...sides, rgb: estimate }, picture);
  const own = rgb.slice();
  for (let i = 0; i < alpha.length; i++) {
    if (alpha[i]! < 1) for (let k = 3 * i; k < 3 * i + 3; k++) own[k] = colors[k]!;
  }
  return own;
}

/** The background at each size that is asked for; a video's is made once. */
function createBackground(background: SegmentBackground | undefined): (cut: Cut) => Promise<Uint8Array> {
  let last: { readonly size: string; readonly data: Uint8Array } | undefined;
  return async (cut) => {
    if (background === undefined) throw new Error('composites need a background');
    if (background === 'blur') return blurredBackground(cut);
    const size = `${cut.width}x${cut.height}`;
    if (last?.size !== size) {
      const data =
        'color' in background ? plainBackground(cut, background.color) : await coverPicture(background.photo, cut);
      last = { size, data };
    }
    return last.data;
  };
}
