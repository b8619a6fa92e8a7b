// Masks of a video that do not flicker: each is blended with the mask before, moved along with the picture. Where the network's output changes a
// little, the old mask counts more; where it changes a lot, the new mask counts alone, so nothing lags behind.

/** Filters the masks of one video, frame by frame. */
export interface TemporalFilter {
  /**
   * @param probability [height * width], of the person, as the network gives it
   * @param luma [height * width], brightness of the same frame at the same size, 0 to 255
   * @returns the steady probability; the buffer is the filter's own until the next call
   */
  next(probability: Float32Array, luma: Uint8Array): Float32Array;
}

/** The least weight of a new frame, and the change at which it counts alone. */
const blend = { least: 0.3, full: 0.7 } as const;
/** Motion is found for blocks of this many pixels a side, over this many pixels in each direction, on every second pixel. */
const block = { side: 16, reach: 6, step: 2 } as const;
/** Cost of motion, so that noise does not move a block: levels of brightness for each compared pixel and each pixel of motion. */
const stillness = 0.08;
/** Motions of earlier blocks that a search begins from. */
const mostGuesses = 3;

/** @throws Error unless both sides are at least one block */
export function createTemporalFilter(width: number, height: number): TemporalFilter {
  if (width < block.side || height < block.side) throw new Error(`${width} x ${height} is smaller than a block`);
  const previous = new Float32Array(width * height);
  const next = new Float32Array(width * height);
  const previousLuma = new Uint8Array(width * height);
  let begun = false;
  return {
    next(probability, luma) {
      if (!begun) {
        begun = true;
        next.set(probability);
      } else {
        const guesses = new Map<string, Motion>();
        for (let top = 0; top < height; top += block.side)
          for (let left = 0; left < width; left += block.side) {
            const bottom = Math.min(height, top + block.side);
            const right = Math.min(width, left + block.side);
            const area = { left, top, right, bottom };
            if (!hasEdge(probability, previous, width, area)) {
              for (let y = top; y < bottom; y++)
                next.set(probability.subarray(y * width + left, y * width + right), y * width + left);
              continue;
            }
            const motion = motionOf(luma, previousLuma, width, height, area, [...guesses.values()]);
            remember(guesses, motion);
            const [dx, dy] = motion;
            for (let y = top; y < bottom; y++) {
              const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
              for (let x = left; x < right; x++) {
                const old = previous[row + Math.min(width - 1, Math.max(0, x + dx))]!;
                const change = probability[y * width + x]! - old;
                const share = change / blend.full;
                next[y * width + x] = old + change * Math.min(1, blend.least + (1 - blend.least) * share * share);
              }
            }
          }
      }
      previous.set(next);
      previousLuma.set(luma);
      return next;
    },
  };
}

/** Keeps the motions that were found last, each once. */
function remember(guesses: Map<string, Motion>, motion: Motion): void {
  const key = motion.join();
  guesses.delete(key);
  guesses.set(key, motion);
  if (guesses.size > mostGuesses) guesses.delete(guesses.keys().next().value!);
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Whether either mask is unsure or changes within the block. */
function hasEdge(now: Float32Array, before: Float32Array, width: number, { left, top, right, bottom }: Area): boolean {
  let low = 1;
  let high = 0;
  for (let y = top; y < bottom; y += block.step)
    for (let x = left; x < right; x += block.step) {
      const a = now[y * width + x]!;
      const b = before[y * width + x]!;
      if (a < low) low = a;
      if (b < low) low = b;
      if (a > high) high = a;
      if (b > high) high = b;
    }
  return low < 0.9 && high > 0.1;
}

/** An offset in pixels. */
type Motion = readonly [dx: number, dy: number];

const neighbors: readonly Motion[] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
];

/**
 * Where the block was in the frame before. The search descends over the sum of absolute differences, in steps of 2 and then 1 pixels. It begins at the
 * best of no motion and the motions of earlier blocks, as predictive block matching in video coding does.
 * @param guesses motions to begin from
 */
function motionOf(
  luma: Uint8Array,
  before: Uint8Array,
  width: number,
  height: number,
  area: Area,
  guesses: readonly Motion[],
): Motion {
  const { left, top, right, bottom } = area;
  const points = Math.ceil((right - left) / block.step) * Math.ceil((bottom - top) / block.step);
  const differenceAt = (dx: number, dy: number, least: number): number => {
    if (left + dx < 0 || right + dx > width || top + dy < 0 || bottom + dy > height) return Number.POSITIVE_INFINITY;
    let sum = stillness * points * (Math.abs(dx) + Math.abs(dy));
    for (let y = top; y < bottom && sum < least; y += block.step) {
      const row = y * width;
      const old = (y + dy) * width + dx;
      for (let x = left; x < right; x += block.step) sum += Math.abs(luma[row + x]! - before[old + x]!);
    }
    return sum;
  };
  let [bestX, bestY] = [0, 0];
  let best = differenceAt(0, 0, Number.POSITIVE_INFINITY);
  for (const [dx, dy] of guesses) {
    const difference = differenceAt(dx, dy, best);
    if (difference < best) [best, bestX, bestY] = [difference, dx, dy];
  }
  for (const step of [2, 1]) {
    for (let moved = true; moved; ) {
      moved = false;
      const [fromX, fromY] = [bestX, bestY];
      for (const [x, y] of neighbors) {
        const [dx, dy] = [fromX + step * x, fromY + step * y];
        if (Math.abs(dx) > block.reach || Math.abs(dy) > block.reach) continue;
        const difference = differenceAt(dx, dy, best);
        if (difference >= best) continue;
        [best, bestX, bestY, moved] = [difference, dx, dy, true];
      }
    }
  }
  return [bestX, bestY];
}
