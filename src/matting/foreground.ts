// The person's own colors in the band, so that a cut-out has no halo of the old background: I = alpha F + (1 - alpha) B, solved for F by
// two passes of blurring (Forte, "Approximate Fast Foreground Colour Estimation", ICIP 2021).
import { createBoxFilter } from './box-filter.ts';

/** Window radii of the two passes as shares of the longer side: a wide one for the overall color, a narrow one for detail. */
const radii = [0.09, 0.006] as const;
const tiny = 1e-5;

/**
 * @param rgb [height * width * 3], 0 to 255
 * @param alpha [height * width], 0 to 1
 * @returns [height * width * 3], 0 to 255: the foreground's color in every pixel, also where nothing of it shows
 */
export function estimateForeground(rgb: Uint8Array, alpha: Float32Array, width: number, height: number): Uint8Array {
  const size = width * height;
  const result = new Uint8ClampedArray(3 * size);
  const boxes = radii.map((share) =>
    createBoxFilter(width, height, Math.max(1, Math.round(share * Math.max(width, height)))),
  );
  const map = () => new Float32Array(size);
  const weightF = boxes.map((box) => {
    const sums = map();
    box.sum(alpha, sums);
    return sums;
  });
  const opposite = map();
  for (let i = 0; i < size; i++) opposite[i] = 1 - alpha[i]!;
  const weightB = boxes.map((box) => {
    const sums = map();
    box.sum(opposite, sums);
    return sums;
  });
  const blurred = map();
  for (let c = 0; c < 3; c++) {
    const image = map();
    for (let i = 0; i < size; i++) image[i] = rgb[3 * i + c]!;
    let front: Float32Array = image;
    let back: Float32Array = image;
    boxes.forEach((box, pass) => {
      const frontMean = map();
      for (let i = 0; i < size; i++) blurred[i] = front[i]! * alpha[i]!;
      box.sum(blurred, frontMean);
      for (let i = 0; i < size; i++) frontMean[i]! /= weightF[pass]![i]! + tiny;
      const backMean = map();
      for (let i = 0; i < size; i++) blurred[i] = back[i]! * opposite[i]!;
      box.sum(blurred, backMean);
      for (let i = 0; i < size; i++) backMean[i]! /= weightB[pass]![i]! + tiny;
      for (let i = 0; i < size; i++) {
        const a = alpha[i]!;
        const f = frontMean[i]!;
        frontMean[i] = Math.min(255, Math.max(0, f + a * (image[i]! - a * f - (1 - a) * backMean[i]!)));
      }
      front = frontMean;
      back = backMean;
    });
    for (let i = 0; i < size; i++) result[3 * i + c] = front[i]!;
  }
  return new Uint8Array(result.buffer);
}
