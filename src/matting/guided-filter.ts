// The guided filter (He, Sun, Tang: "Guided Image Filtering", ECCV 2010, equations 13-15) with a color image as guide: within a small window,
// the output is a linear function of color, a . I + b, fitted to the input with a ridge. So edges of the input move to edges of the image.
import { type BoxFilter, createBoxFilter } from './box-filter.ts';

/** The filter's output as a function of color: at pixel i it is slope[0][i] * R + slope[1][i] * G + slope[2][i] * B + offset[i]. */
export interface LinearModel {
  /** [height * width] for red, green and blue from 0 to 1. */
  readonly slope: readonly [Float32Array, Float32Array, Float32Array];
  readonly offset: Float32Array;
}

/**
 * Fits the filter's linear functions, averaged over the windows around each pixel. They vary slowly, so that those of a small image may be
 * enlarged and applied to a large one (He and Sun, "Fast Guided Filter", 2015).
 * @param rgb [height * width * 3], 0 to 255
 * @param p [height * width], what is filtered
 * @param radius of the windows, in pixels
 * @param epsilon ridge, in squared units of color from 0 to 1
 */
export function fitGuidedFilter(
  rgb: Uint8Array,
  p: Float32Array,
  [width, height]: readonly [number, number],
  radius: number,
  epsilon: number,
): LinearModel {
  const size = width * height;
  const box = createBoxFilter(width, height, radius);
  const { counts } = box;
  const map = () => new Float32Array(size);
  const color = [0, 1, 2].map((c) => {
    const values = map();
    for (let i = 0; i < size; i++) values[i] = rgb[3 * i + c]! / 255;
    return values;
  });
  const mean = color.map((values) => {
    const sums = map();
    box.sum(values, sums);
    for (let i = 0; i < size; i++) sums[i]! /= counts[i]!;
    return sums;
  });
  const inverse = inverseCovariances(color, mean, box, epsilon);

  const pMean = map();
  const product = map();
  const slope: [Float32Array, Float32Array, Float32Array] = [map(), map(), map()];
  const offset = map();

  box.sum(p, pMean);
  for (let i = 0; i < size; i++) pMean[i]! /= counts[i]!;
  for (let c = 0; c < 3; c++) {
    const values = color[c]!;
    for (let i = 0; i < size; i++) product[i] = values[i]! * p[i]!;
    box.sum(product, slope[c]!);
  }
  const [r, g, b] = slope;
  const [rMean, gMean, bMean] = mean as [Float32Array, Float32Array, Float32Array];
  for (let i = 0; i < size; i++) {
    const q = pMean[i]!;
    const n = counts[i]!;
    const cr = r[i]! / n - rMean[i]! * q;
    const cg = g[i]! / n - gMean[i]! * q;
    const cb = b[i]! / n - bMean[i]! * q;
    const k = 6 * i;
    const ar = inverse[k]! * cr + inverse[k + 1]! * cg + inverse[k + 2]! * cb;
    const ag = inverse[k + 1]! * cr + inverse[k + 3]! * cg + inverse[k + 4]! * cb;
    const ab = inverse[k + 2]! * cr + inverse[k + 4]! * cg + inverse[k + 5]! * cb;
    r[i] = ar;
    g[i] = ag;
    b[i] = ab;
    offset[i] = q - ar * rMean[i]! - ag * gMean[i]! - ab * bMean[i]!;
  }
  for (const sums of [...slope, offset]) {
    box.sum(sums, sums);
    for (let i = 0; i < size; i++) sums[i]! /= counts[i]!;
  }
  return { slope, offset };
}

/** [size * 6]: the upper triangle of (covariance of color in the window + epsilon)^-1. */
function inverseCovariances(
  color: readonly Float32Array[],
  mean: readonly Float32Array[],
  box: BoxFilter,
  epsilon: number,
): Float32Array {
  const size = box.counts.length;
  const pairs = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
    [2, 2],
  ] as const;
  const covariance = pairs.map(([a, b]) => {
    const values = new Float32Array(size);
    const [first, second] = [color[a]!, color[b]!];
    for (let i = 0; i < size; i++) values[i] = first[i]! * second[i]!;
    box.sum(values, values);
    for (let i = 0; i < size; i++) values[i] = values[i]! / box.counts[i]! - mean[a]![i]! * mean[b]![i]!;
    return values;
  });
  const inverse = new Float32Array(6 * size);
  const [vrr, vrg, vrb, vgg, vgb, vbb] = covariance as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let i = 0; i < size; i++) {
    const rr = vrr[i]! + epsilon;
    const rg = vrg[i]!;
    const rb = vrb[i]!;
    const gg = vgg[i]! + epsilon;
    const gb = vgb[i]!;
    const bb = vbb[i]! + epsilon;
    const c0 = gg * bb - gb * gb;
    const c1 = rb * gb - rg * bb;
    const c2 = rg * gb - rb * gg;
    const scale = 1 / (rr * c0 + rg * c1 + rb * c2);
    const k = 6 * i;
    inverse[k] = c0 * scale;
    inverse[k + 1] = c1 * scale;
    inverse[k + 2] = c2 * scale;
    inverse[k + 3] = (rr * bb - rb * rb) * scale;
    inverse[k + 4] = (rg * rb - rr * gb) * scale;
    inverse[k + 5] = (rr * gg - rg * rg) * scale;
  }
  return inverse;
}
