// How the output of a segmentation network becomes a map of the person: where its values lie, and what they mean. Here and in the browser.

/** How an output says where the person is. */
export interface OutputMeaning {
  /**
   * `probability` or `logit` of the person, one channel; `softmax`: a channel a class, logits or probabilities; `argmax`: a class a pixel,
   * or a channel a class of which the largest counts alone.
   */
  readonly kind: 'probability' | 'logit' | 'softmax' | 'argmax';
  /** The person's class; 0 where there is one channel. */
  readonly person: number;
  /** Of `softmax`: the values are known to be probabilities, though they may not sum to 1 (bytes, a cubic resize). Absent: each map tells. */
  readonly normalized?: true | undefined;
}

/** A mask within an output: where value (class, y, x) lies. */
export interface MapShape {
  readonly classes: number;
  readonly height: number;
  readonly width: number;
  readonly classStride: number;
  readonly pixelStride: number;
}

/** Where the person stands among the classes of well-known label sets. */
export const personOf = new Map([
  [2, { person: 1, labels: 'background, person' }],
  [19, { person: 11, labels: 'Cityscapes' }],
  [21, { person: 15, labels: 'Pascal VOC' }],
  [150, { person: 12, labels: 'ADE20K' }],
]);

/**
 * Where the mask lies in an output of [N, C, H, W], [N, H, W, C], [N, H, W], [C, H, W], [H, W, C] or [H, W], N being 1: the reading whose
 * sides have the input's aspect, and then the fewest classes, and then the input's layout.
 */
export function mapShape(
  dims: readonly number[],
  { height, width, layout }: { readonly height: number; readonly width: number; readonly layout: 'NCHW' | 'NHWC' },
): MapShape | undefined {
  const [a, b, c] = (dims.length === 4 && dims[0] === 1 ? dims.slice(1) : dims) as [number, number, number];
  const rank = dims.length === 4 && dims[0] === 1 ? 3 : dims.length;
  if (rank === 2) return plane(1, a, b, 'NCHW');
  if (rank !== 3) return undefined;
  const readings = [plane(a, b, c, 'NCHW'), plane(c, a, b, 'NHWC')];
  if (layout === 'NHWC') readings.reverse();
  const mismatch = (map: MapShape): number => Math.abs(Math.log((map.height * width) / (map.width * height)));
  return readings
    .filter((map) => Math.abs(map.height * width - map.width * height) <= Math.max(height, width))
    .sort((x, y) => x.classes - y.classes || mismatch(x) - mismatch(y))[0];
}

const plane = (classes: number, height: number, width: number, layout: 'NCHW' | 'NHWC'): MapShape => ({
  classes,
  height,
  width,
  classStride: layout === 'NCHW' ? height * width : 1,
  pixelStride: layout === 'NCHW' ? 1 : classes,
});

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Probability of the person, [height, width]. Of several classes it is that of the person against the best other one, so that it is over a
 * half exactly where the person is the largest: with two classes, their softmax.
 */
export function personMap(
  values: ArrayLike<number>,
  { map, meaning }: { readonly map: MapShape; readonly meaning: OutputMeaning },
): Float32Array {
  const { classes, height, width, classStride, pixelStride } = map;
  const { kind, person } = meaning;
  const result = new Float32Array(height * width);
  const normalized = kind === 'softmax' && (meaning.normalized ?? isNormalized(values, map));
  for (let i = 0; i < result.length; i++) {
    const start = i * pixelStride;
    const own = values[start + (classes === 1 ? 0 : person * classStride)]!;
    if (classes === 1) {
      result[i] = kind === 'logit' ? sigmoid(own) : kind === 'argmax' ? Number(own === person) : own;
      continue;
    }
    let best = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) if (c !== person) best = Math.max(best, values[start + c * classStride]!);
    if (kind === 'argmax') result[i] = Number(own > best);
    else
      result[i] = normalized
        ? Math.max(own, 0) / Math.max(Math.max(own, 0) + Math.max(best, 0), Number.MIN_VALUE)
        : sigmoid(own - best);
  }
  return result;
}

/** Whether the classes of every pixel are probabilities that sum to 1. */
function isNormalized(
  values: ArrayLike<number>,
  { classes, height, width, classStride, pixelStride }: MapShape,
): boolean {
  for (let i = 0; i < height * width; i++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const value = values[i * pixelStride + c * classStride]!;
      if (value < 0) return false;
      sum += value;
    }
    if (Math.abs(sum - 1) > 0.01) return false;
  }
  return true;
}
