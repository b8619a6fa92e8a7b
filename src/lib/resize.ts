// Bilinear resizing of maps: half-pixel centers, edges clamped.

/** For each of `to` pixels, its two neighbors among `from` and the weight of the second. */
export function bilinear(
  to: number,
  from: number,
): { readonly low: Int32Array; readonly high: Int32Array; readonly weight: Float64Array } {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const weight = new Float64Array(to);
  for (let i = 0; i < to; i++) {
    const position = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    low[i] = Math.floor(position);
    high[i] = Math.min(low[i]! + 1, from - 1);
    weight[i] = position - low[i]!;
  }
  return { low, high, weight };
}

/** Of `from` pixels, the one under the center of the i-th of `to`. */
export const underCenter = (i: number, to: number, from: number): number => Math.floor(((i + 0.5) * from) / to);

/** A map's or picture's size in pixels. */
export interface Sides {
  readonly height: number;
  readonly width: number;
}

/**
 * Resizes maps that lie one after the other.
 * @param maps [N, from.height, from.width]
 * @returns [N, to.height, to.width]; `maps` itself where the sides are equal
 */
export function resizeMaps(maps: Float32Array, from: Sides, to: Sides): Float32Array {
  if (from.height === to.height && from.width === to.width) return maps;
  const size = from.height * from.width;
  const count = maps.length / size;
  if (!Number.isInteger(count)) throw new Error(`${maps.length} values are no maps of ${from.height} x ${from.width}`);
  const rows = bilinear(to.height, from.height);
  const columns = bilinear(to.width, from.width);
  const result = new Float32Array(count * to.height * to.width);
  let index = 0;
  for (let n = 0; n < count; n++) {
    for (let y = 0; y < to.height; y++) {
      const above = n * size + rows.low[y]! * from.width;
      const below = n * size + rows.high[y]! * from.width;
      const down = rows.weight[y]!;
      for (let x = 0; x < to.width; x++) {
        const left = columns.low[x]!;
        const right = columns.high[x]!;
        const across = columns.weight[x]!;
        const top = maps[above + left]! * (1 - across) + maps[above + right]! * across;
        const bottom = maps[below + left]! * (1 - across) + maps[below + right]! * across;
        result[index++] = top * (1 - down) + bottom * down;
      }
    }
  }
  return result;
}
