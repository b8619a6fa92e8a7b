// What a camera makes of a scene that does not change: frames that are off by a pixel, or a little lighter or darker. A mask that differs from one
// to the next flickers.
import { normalization } from '../lib/normalization.ts';
import type { Size } from '../metrics/boundary.ts';

/** Right and down, in pixels of the model's input. */
const moves = [
  [1, 0],
  [0, 1],
] as const;
/** What the light is multiplied by. */
const gains = [0.95, 1.05] as const;

export interface StillFrame {
  /** As the photos: [N, 3, height, width], normalized. */
  readonly frames: Float32Array;
  /** By how much the scene is moved (right, down). */
  readonly move: readonly [right: number, down: number];
}

/** Each change of the photos in turn; the next one is written over the one before. */
export function* stillFrames(photos: Float32Array, size: Size): Generator<StillFrame> {
  const frames = new Float32Array(photos.length);
  for (const move of moves) {
    shift(photos, frames, size, move);
    yield { frames, move };
  }
  for (const gain of gains) {
    light(photos, frames, size, gain);
    yield { frames, move: [0, 0] };
  }
}

/** What comes in from beyond the edge is the edge again. */
function shift(
  from: Float32Array,
  to: Float32Array,
  [height, width]: Size,
  [right, down]: readonly [number, number],
): void {
  const planes = from.length / (height * width);
  for (let row = 0; row < planes * height; row++) {
    const y = row % height;
    const source = (row - y + Math.max(0, y - down)) * width;
    for (let x = 0; x < width; x++) to[row * width + x] = from[source + Math.max(0, x - right)]!;
  }
}

/** Multiplies what the camera saw: colors of 0 to 1, before they are normalized. */
function light(from: Float32Array, to: Float32Array, [height, width]: Size, gain: number): void {
  for (let i = 0; i < from.length; i++) {
    const channel = Math.floor(i / (height * width)) % 3;
    const [mean, std] = [normalization.mean[channel]!, normalization.std[channel]!];
    const color = Math.min(1, Math.max(0, from[i]! * std + mean) * gain);
    to[i] = (color - mean) / std;
  }
}
