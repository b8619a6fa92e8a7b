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
  // The first pixel at which one leaves the window, and the first at which none enters it.
  const filling = Math.min(radius + 1, width);
  const emptying = Math.max(0, width - radius);
  /** One row of `source`. Pixels at its ends have loops of their own: a condition for each pixel would take longer than the sum. */
  const sumRow = (source: Float32Array, sums: Float32Array, at: number): void => {
    let total = 0;
    let x = 0;
    for (let i = 0; i < Math.min(radius, width); i++) total += source[at + i]!;
    for (; x < Math.min(filling, emptying); x++) {
      total += source[at + x + radius]!;
      sums[at + x] = total;
    }
    for (; x < emptying; x++) {
      total += source[at + x + radius]!;
      total -= source[at + x - radius - 1]!;
      sums[at + x] = total;
    }
    for (; x < filling; x++) sums[at + x] = total;
    for (; x < width; x++) {
      total -= source[at + x - radius - 1]!;
      sums[at + x] = total;
    }
  };
  const add = (values: Float32Array, at: number): void => {
    for (let x = 0; x < width; x++) running[x]! += values[at + x]!;
  };
  const subtract = (values: Float32Array, at: number): void => {
    for (let x = 0; x < width; x++) running[x]! -= values[at + x]!;
  };
  const sum = (source: Float32Array, target: Float32Array): void => {
    for (let y = 0; y < height; y++) sumRow(source, rows, y * width);
    running.fill(0);
    for (let y = 0; y < Math.min(radius, height); y++) add(rows, y * width);
    for (let y = 0; y < height; y++) {
      if (y + radius < height) add(rows, (y + radius) * width);
      if (y > radius) subtract(rows, (y - radius - 1) * width);
      const at = y * width;
      for (let x = 0; x < width; x++) target[at + x] = running[x]!;
    }
  };
  const counts = new Float32Array(width * height).fill(1);
  sum(counts, counts);
  return { counts, sum };
}
