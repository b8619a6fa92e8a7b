// Sums over square windows in time that does not depend on their size: a running sum along rows, then along columns.

/** Window sums of maps of one size. Windows are cut off at the image's edges. */
export interface BoxFilter {
  /** [height * width]: pixels in the window around each pixel. */
  readonly counts: Float32Array;
  /**
   * Sums over the windows.
   * @param source [height * width]; may be `target`
   */
  sum(source: Float32Array, target: Float32Array): void;
}

/** @param radius the window's side is 2 * radius + 1 pixels */
export function createBoxFilter(width: number, height: number, radius: number): BoxFilter {
  const rows = new Float32Array(width * height);
  const running = new Float64Array(width);
  const sum = (source: Float32Array, target: Float32Array): void => {
    for (let y = 0; y < height; y++) {
      const at = y * width;
      let total = 0;
      for (let x = 0; x < Math.min(radius, width); x++) total += source[at + x]!;
      for (let x = 0; x < width; x++) {
        if (x + radius < width) total += source[at + x + radius]!;
        if (x - radius - 1 >= 0) total -= source[at + x - radius - 1]!;
        rows[at + x] = total;
      }
    }
    running.fill(0);
    for (let y = 0; y < Math.min(radius, height); y++)
      for (let x = 0; x < width; x++) running[x]! += rows[y * width + x]!;
    for (let y = 0; y < height; y++) {
      const entering = (y + radius) * width;
      const leaving = (y - radius - 1) * width;
      for (let x = 0; x < width; x++) {
        if (y + radius < height) running[x]! += rows[entering + x]!;
        if (leaving >= 0) running[x]! -= rows[leaving + x]!;
        target[y * width + x] = running[x]!;
      }
    }
  };
  const counts = new Float32Array(width * height).fill(1);
  sum(counts, counts);
  return { counts, sum };
}
