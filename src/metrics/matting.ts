// The metrics of image matting (Rhemann et al., "A Perceptually Motivated Online Benchmark for Image Matting", CVPR 2009): how far an alpha
// matte is from a known one. All but MSE, which is a mean, are sums over pixels / 1000, as in published tables.

export interface MattingErrors {
  /** Sum of absolute differences / 1000. */
  readonly sad: number;
  /** Mean squared difference. */
  readonly mse: number;
  /** Squared differences of the gradients' magnitudes (Gaussian derivatives, sigma 1.4), summed / 1000. */
  readonly gradient: number;
  /** Differences of how well pixels are connected to the largest opaque region (`connectivityError`), summed / 1000. */
  readonly connectivity: number;
}

/**
 * @param alpha [height * width], 0 to 1
 * @param truth the known matte, likewise
 * @throws Error when a buffer does not fill its shape
 */
export function mattingErrors(alpha: Float32Array, truth: Float32Array, width: number, height: number): MattingErrors {
  if (alpha.length !== width * height || truth.length !== width * height)
    throw new Error(`[${height}, ${width}] does not match a buffer of ${alpha.length} or ${truth.length}`);
  let sad = 0;
  let squares = 0;
  for (let i = 0; i < alpha.length; i++) {
    const difference = alpha[i]! - truth[i]!;
    sad += Math.abs(difference);
    squares += difference * difference;
  }
  const ours = gradientMagnitude(alpha, width, height);
  const theirs = gradientMagnitude(truth, width, height);
  let gradient = 0;
  for (let i = 0; i < ours.length; i++) gradient += (ours[i]! - theirs[i]!) ** 2;
  return {
    sad: sad / 1000,
    mse: squares / alpha.length,
    gradient: gradient / 1000,
    connectivity: connectivityError(alpha, truth, width, height) / 1000,
  };
}

const sigma = 1.4;

/** Magnitude of the gradient by derivatives of a Gaussian, normalized to unit length as in the benchmark's code; edges are repeated. */
function gradientMagnitude(alpha: Float32Array, width: number, height: number): Float32Array {
  const reach = Math.ceil(3 * sigma);
  const gauss = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const slope = gauss.map((g, i) => -((i - reach) / (sigma * sigma)) * g);
  const norm = Math.sqrt(gauss.reduce((s, g) => s + g * g, 0) * slope.reduce((s, d) => s + d * d, 0));
  const filter = (source: Float32Array, taps: readonly number[], stepX: number, stepY: number): Float32Array => {
    const target = new Float32Array(source.length);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = -reach; k <= reach; k++) {
          const column = Math.min(width - 1, Math.max(0, x + k * stepX));
          const row = Math.min(height - 1, Math.max(0, y + k * stepY));
          sum += taps[k + reach]! * source[row * width + column]!;
        }
        target[y * width + x] = sum;
      }
    return target;
  };
  const across = filter(filter(alpha, slope, 1, 0), gauss, 0, 1);
  const down = filter(filter(alpha, slope, 0, 1), gauss, 1, 0);
  return across.map((value, i) => Math.hypot(value, down[i]!) / norm);
}

const thresholdStep = 0.1;
/** An alpha that exceeds its connected level by less than this counts as connected. */
const tolerance = 0.15;

/**
 * The sum over pixels of the difference in connectivity. A pixel's level is the largest threshold at which it belongs to the largest region that is
 * above the threshold in both mattes; a matte's connectivity there is 1 less what its alpha exceeds the level by.
 */
function connectivityError(alpha: Float32Array, truth: Float32Array, width: number, height: number): number {
  const level = new Float32Array(alpha.length).fill(-1);
  for (let step = 1; step <= Math.round(1 / thresholdStep); step++) {
    const threshold = step * thresholdStep;
    const connected = largestRegion(
      Uint8Array.from(alpha, (a, i) => (a >= threshold && truth[i]! >= threshold ? 1 : 0)),
      width,
      height,
    );
    for (let i = 0; i < level.length; i++) if (level[i] === -1 && !connected[i]) level[i] = (step - 1) * thresholdStep;
  }
  let error = 0;
  for (let i = 0; i < alpha.length; i++) {
    const reached = level[i] === -1 ? 1 : level[i]!;
    const ours = alpha[i]! - reached;
    const theirs = truth[i]! - reached;
    error += Math.abs((ours >= tolerance ? ours : 0) - (theirs >= tolerance ? theirs : 0));
  }
  return error;
}

/** Marks the largest region of ones that touch by a side. */
export function largestRegion(marked: Uint8Array, width: number, height: number): Uint8Array {
  const region = new Int32Array(marked.length);
  const stack = new Int32Array(marked.length);
  let regions = 0;
  let largest = 0;
  let largestSize = 0;
  for (let start = 0; start < marked.length; start++) {
    if (!marked[start] || region[start]) continue;
    regions++;
    let size = 0;
    let top = 0;
    stack[top++] = start;
    region[start] = regions;
    while (top > 0) {
      const i = stack[--top]!;
      size++;
      const x = i % width;
      const visit = (j: number): void => {
        if (!marked[j] || region[j]) return;
        region[j] = regions;
        stack[top++] = j;
      };
      if (x > 0) visit(i - 1);
      if (x < width - 1) visit(i + 1);
      if (i >= width) visit(i - width);
      if (i < (height - 1) * width) visit(i + width);
    }
    if (size > largestSize) {
      largestSize = size;
      largest = regions;
    }
  }
  return Uint8Array.from(region, (r) => (r === largest && largest > 0 ? 1 : 0));
}
