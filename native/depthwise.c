// Depthwise convolutions, forward and backward, a plane (one image's block of channels) at a time.
//
// A plane is copied into a padded one, which the caches hold; the input's norm and activation, and batch norm's gradient, are applied on
// the way. Each direction is then a list of taps: places in the padded plane, with their weights.
#include "vectors.h"

enum { MAX_TAPS = LARGEST_DEPTHWISE * LARGEST_DEPTHWISE, SIDE_BY_SIDE = 8 };

typedef struct {
  int count;
  ptrdiff_t at[MAX_TAPS];
  vec weight[MAX_TAPS];
} Taps;

/** `outputs` of a row, each `start` and the weighted sum of the taps: `step` floats from one to the next in the input, `outStep` in the output. */
INLINE void sumTaps(int outputs, vec start, const Taps *taps, const float *in, size_t step, float *out, size_t outStep) {
  vec sums[SIDE_BY_SIDE];
  UNROLL for (int x = 0; x < outputs; x++)
    sums[x] = start;
  for (int t = 0; t < taps->count; t++) {
    const float *from = in + taps->at[t];
    const vec weight = taps->weight[t];
    UNROLL for (int x = 0; x < outputs; x++)
      sums[x] += weight * load(from + x * step);
  }
  UNROLL for (int x = 0; x < outputs; x++)
    store(out + x * outStep, sums[x]);
}

static void convolveRow(int width, vec start, const Taps *taps, const float *in, size_t step, float *out, size_t outStep) {
  int x = 0;
  for (; width - x >= 8; x += 8) sumTaps(8, start, taps, in + x * step, step, out + x * outStep, outStep);
  // All that is left of a row at once: sums of one or two outputs would wait for each other.
#define REST(outputs)                                                                                                                      \
  case outputs:                                                                                                                            \
    sumTaps(outputs, start, taps, in + x * step, step, out + x * outStep, outStep);                                                        \
    break;
  switch (width - x) {
    REST(7)
    REST(6)
    REST(5)
    REST(4)
    REST(3)
    REST(2)
    REST(1)
  }
#undef REST
}

/** A padded plane: `height` x `width` vectors, the map's own from (top, left) on. */
typedef struct {
  int height, width, top, left;
} Frame;

INLINE size_t floatsOf(Frame f) { return (size_t)f.height * f.width * B; }

/** What a forward pass reads: every place that a tap of an output reaches. */
static Frame inputFrame(const Shape *s) {
  const int reach = s->dilation * (s->kernel - 1) + 1;
  return (Frame){(s->outHeight - 1) * s->stride + reach, (s->outWidth - 1) * s->stride + reach, s->pad, s->pad};
}

/** What an input gradient reads of dy: its taps reach as far beyond it as the forward pass's padding. */
static Frame gradientFrame(const Shape *s) {
  const int margin = s->pad + s->stride - 1;
  return (Frame){s->outHeight + 2 * margin, s->outWidth + 2 * margin, margin, margin};
}

/** Zeros around the rows and columns of a map that lie in the frame. */
static void clearBorder(Frame f, int height, int width, float *plane) {
  const int bottom = f.top + height < f.height ? f.top + height : f.height;
  const int right = f.left + width < f.width ? f.left + width : f.width;
  const size_t row = (size_t)f.width * B;
  memset(plane, 0, f.top * row * sizeof(float));
  for (int y = f.top; y < bottom; y++) {
    memset(plane + y * row, 0, (size_t)f.left * B * sizeof(float));
    memset(plane + y * row + (size_t)right * B, 0, (size_t)(f.width - right) * B * sizeof(float));
  }
  memset(plane + bottom * row, 0, (f.height - bottom) * row * sizeof(float));
}

/** The source's plane in its frame: `map` is the plane's first float, `block` its block of channels. */
static void stagePlane(Source x, const float *map, int block, int blocks, int height, int width, Frame f, float *plane) {
  clearBorder(f, height, width, plane);
  const int rows = f.height - f.top < height ? f.height - f.top : height;
  const int columns = f.width - f.left < width ? f.width - f.left : width;
  float *to = plane + ((size_t)f.top * f.width + f.left) * B;
  for (int y = 0; y < rows; y++) {
    const float *from = map + (size_t)y * width * B;
    if (isComputed(x))
      computeRun(x, block, blocks, from, columns, to + (size_t)y * f.width * B);
    else
      memcpy(to + (size_t)y * f.width * B, from, (size_t)columns * B * sizeof(float));
  }
}

/** Weights [channels, taps] as [blocks, taps, B], zeros beyond the last channel; to be given back. Null where there is no memory. */
static float *blockWeights(const float *weight, int channels, int taps) {
  const size_t floats = (size_t)blocksOf(channels) * taps * B;
  float *blocked = takeScratch(floats);
  if (!blocked) return 0;
  memset(blocked, 0, floats * sizeof(float));
  for (int c = 0; c < channels; c++)
    for (int t = 0; t < taps; t++) blocked[((size_t)c / B * taps + t) * B + c % B] = weight[(size_t)c * taps + t];
  return blocked;
}

/** Floats of a cache line, bytes of a page. */
enum { LINE = 16, PAGE = 4096 };

/** Asks for a row of a map that is read soon, to lie in the L2 cache. */
INLINE void askForRow(const float *row, int width) {
  for (int x = 0; x < width * B; x += LINE) __builtin_prefetch(row + x, 0, 2);
}

/** The same for a row that is written soon. */
INLINE void askToWriteRow(float *row, int width) {
  for (int x = 0; x < width * B; x += LINE) __builtin_prefetch(row + x, 1, 2);
}

/** Rows that are summed as one run of positions. */
INLINE int rowsTogether(int width) { return width < RUN ? RUN / width : 1; }

typedef struct {
  const Conv *call;
  const float *weights;
  double *sums;
  atomic_bool failed;
} DepthwiseTask;

static void depthwisePlane(void *data, size_t index) {
  DepthwiseTask *task = data;
  const Conv *call = task->call;
  const Shape *s = &call->shape;
  const int blocks = blocksOf(s->outputs), block = (int)index % blocks;
  const Frame frame = inputFrame(s);
  float *plane = takeScratch(floatsOf(frame));
  if (!plane) {
    task->failed = true;
    return;
  }
  stagePlane(call->x, call->x.map + index * s->height * s->width * B, block, blocks, s->height, s->width, frame, plane);
  Taps taps;
  taps.count = s->kernel * s->kernel;
  for (int t = 0; t < taps.count; t++) {
    taps.weight[t] = load(task->weights + (block * taps.count + t) * B);
    taps.at[t] = ((ptrdiff_t)(t / s->kernel) * s->dilation * frame.width + t % s->kernel * s->dilation) * B;
  }
  float shift[B];
  for (int lane = 0; lane < B; lane++)
    shift[lane] = call->runningMean && block * B + lane < s->outputs ? -call->runningMean[block * B + lane] : 0;
  const vec start = load(shift);
  double *sums = task->sums ? task->sums + index / blocks * 2 * blocks * B : 0;
  float *y = call->y + index * s->outHeight * s->outWidth * B;
  // The next plane's rows are asked for while this one's are computed: memory and arithmetic overlap. The CPU itself reads ahead within a page.
  const int ask = index + 1 < (size_t)s->n * blocks && (size_t)s->height * s->width * B * sizeof(float) > PAGE;
  const float *nextX = call->x.map + (index + 1) * s->height * s->width * B;
  const int together = rowsTogether(s->outWidth);
  for (int row = 0; row < s->outHeight; row++, y += (size_t)s->outWidth * B) {
    if (ask) {
      for (int r = row * s->stride; r < least((row + 1) * s->stride, s->height); r++) askForRow(nextX + (size_t)r * s->width * B, s->width);
      askToWriteRow(y + (size_t)s->outHeight * s->outWidth * B, s->outWidth);
    }
    convolveRow(s->outWidth, start, &taps, plane + (size_t)row * s->stride * frame.width * B, (size_t)s->stride * B, y, B);
    const int rows = row % together + 1;
    if (!sums || (rows < together && row + 1 < s->outHeight)) continue;
    vec sum, squares;
    sumSquares(y - (size_t)(rows - 1) * s->outWidth * B, rows * s->outWidth, &sum, &squares);
    addSums(sums, blocks * B, block * B, sum, squares);
  }
  giveScratch(plane);
}

/** A depthwise convolution, with a norm's vectors. */
static bool depthwise(const Conv *call, Parallel parallel) {
  const Shape *s = &call->shape;
  const int blocks = blocksOf(s->outputs);
  float *weights = blockWeights(call->weight, s->outputs, s->kernel * s->kernel);
  DepthwiseTask task = {.call = call, .weights = weights, .sums = call->norm ? calloc((size_t)s->n * 2 * blocks * B, sizeof(double)) : 0};
  if (!weights || (call->norm && !task.sums)) {
    free(task.sums);
    giveScratch(weights);
    return false;
  }
  parallel.run(parallel.context, depthwisePlane, (size_t)s->n * blocks, &task);
  const double count = (double)s->n * s->outHeight * s->outWidth;
  if (call->norm) finishNorm(task.sums, s->n, s->outputs, count, call->gamma, call->beta, call->norm);
  free(task.sums);
  giveScratch(weights);
  return !task.failed;
}

/** Sums over a row of dy * x for `taps` neighboring places of one kernel row, or all three rows of a 3 x 3 kernel. */
INLINE void addRow(int rows, int columns, int width, const float *dy, const float *x, size_t rowStep, size_t tapStep, size_t step,
                   vec *dWeight) {
  vec sums[9];
  UNROLL for (int t = 0; t < rows * columns; t++)
    sums[t] = dWeight[t];
  for (int c = 0; c < width; c++) {
    const vec upstream = load(dy + c * B);
    UNROLL for (int r = 0; r < rows; r++) {
      UNROLL for (int t = 0; t < columns; t++)
        sums[r * columns + t] += upstream * load(x + c * step + r * rowStep + t * tapStep);
    }
  }
  UNROLL for (int t = 0; t < rows * columns; t++)
    dWeight[t] = sums[t];
}

/** The weight gradient of one plane; `dy` points at its first vector, rows `dyRow` floats apart. */
static void planeWeightGradient(const Shape *s, const float *dy, size_t dyRow, const float *x, int frameWidth, vec *dWeight) {
  const size_t tapStep = (size_t)s->dilation * B, rowStep = tapStep * frameWidth, step = (size_t)s->stride * B;
  for (int row = 0; row < s->outHeight; row++) {
    const float *from = x + (size_t)row * s->stride * frameWidth * B, *upstream = dy + row * dyRow;
    if (s->kernel == 3)
      addRow(3, 3, s->outWidth, upstream, from, rowStep, tapStep, step, dWeight);
    else
      for (int r = 0; r < s->kernel; r++) {
        vec *to = dWeight + r * s->kernel;
        if (s->kernel == 5)
          addRow(1, 5, s->outWidth, upstream, from + r * rowStep, 0, tapStep, step, to);
        else if (s->kernel == 7)
          addRow(1, 7, s->outWidth, upstream, from + r * rowStep, 0, tapStep, step, to);
        else
          for (int t = 0; t < s->kernel; t++) addRow(1, 1, s->outWidth, upstream, from + r * rowStep + t * tapStep, 0, 0, step, to + t);
      }
  }
}

/** The taps that reach dx at rows of parity `a` and columns of parity `b` (of the stride): places in dy's frame from that row's first on. */
static Taps tapsOfPhase(const Shape *s, const float *weights, Frame f, int a, int b) {
  Taps taps = {0};
  for (int t = 0; t < s->kernel * s->kernel; t++) {
    const int down = a + s->pad - t / s->kernel * s->dilation, right = b + s->pad - t % s->kernel * s->dilation;
    if (down % s->stride || right % s->stride) continue;
    taps.at[taps.count] = ((ptrdiff_t)(down / s->stride + f.top) * f.width + right / s->stride + f.left) * B;
    taps.weight[taps.count++] = load(weights + t * B);
  }
  return taps;
}

typedef struct {
  const ConvGradient *call;
  const float *weights;
  double *sums;
  /** [n, blocks, taps, B] */
  float *dWeights;
  atomic_bool failed;
} DepthwiseGradientTask;

/** `count` vectors of dx through the input's activation, with the sums of its norm's gradient, if any; or with the sum joined. */
static void finishRun(const ConvGradient *call, int block, int blocks, size_t at, int count, float *dx, double *sums) {
  if (call->sum)
    for (int c = 0; c < count; c++) store(dx + c * B, load(dx + c * B) + load(call->sum + at + c * B));
  if (isComputed(call->x)) throughRun(call->x, block, blocks, call->x.map + at, count, dx, sums);
}

/** The plane of dy in its frame: a * dn + b * y + c, or dn where that is dy. */
static void stagePlaneUpstream(const ConvGradient *call, size_t index, int block, int blocks, Frame f, float *plane) {
  const Shape *s = &call->shape;
  const size_t from = index * s->outHeight * s->outWidth * B;
  if (!call->gradient) {
    stagePlane((Source){0}, call->dn + from, block, blocks, s->outHeight, s->outWidth, f, plane);
    return;
  }
  clearBorder(f, s->outHeight, s->outWidth, plane);
  for (int row = 0; row < s->outHeight; row++) {
    const size_t at = from + (size_t)row * s->outWidth * B;
    float *to = plane + ((size_t)(row + f.top) * f.width + f.left) * B;
    upstreamRun(call->gradient, block, blocks, call->dn + at, call->y + at, s->outWidth, to);
  }
}

static void depthwiseGradientPlane(void *data, size_t index) {
  DepthwiseGradientTask *task = data;
  const ConvGradient *call = task->call;
  const Shape *s = &call->shape;
  const int blocks = blocksOf(s->outputs), block = (int)index % blocks, taps = s->kernel * s->kernel;
  const Frame in = inputFrame(s), out = gradientFrame(s);
  float *dy = takeScratch(floatsOf(out) + (task->dWeights ? floatsOf(in) : 0));
  if (!dy) {
    task->failed = true;
    return;
  }
  stagePlaneUpstream(call, index, block, blocks, out, dy);
  const float *first = dy + ((size_t)out.top * out.width + out.left) * B;
  const size_t dyRow = (size_t)out.width * B;
  const size_t map = index * s->height * s->width * B;
  if (task->dWeights) {
    float *x = dy + floatsOf(out);
    stagePlane(call->x, call->x.map + map, block, blocks, s->height, s->width, in, x);
    vec dWeight[MAX_TAPS];
    for (int t = 0; t < taps; t++) dWeight[t] = zero();
    planeWeightGradient(s, first, dyRow, x, in.width, dWeight);
    for (int t = 0; t < taps; t++) store(task->dWeights + (index * taps + t) * B, dWeight[t]);
  }
  const float *weights = task->weights + block * taps * B;
  double *sums = task->sums ? task->sums + index / blocks * 2 * blocks * B : 0;
  // As in depthwisePlane.
  const int ask = index + 1 < (size_t)s->n * blocks;
  for (int phase = 0; phase < s->stride * s->stride; phase++) {
    const int down = phase / s->stride, right = phase % s->stride;
    const Taps reach = tapsOfPhase(s, weights, out, down, right);
    const int width = (s->width - right + s->stride - 1) / s->stride;
    for (int row = down; row < s->height; row += s->stride) {
      if (ask && right == 0) {
        const size_t next = ((size_t)s->height * s->width + (size_t)row * s->width) * B;
        askForRow(call->x.map + map + next, s->width);
        askToWriteRow(call->dx + map + next, s->width);
        if (down == 0) {
          const size_t nextOut = ((index + 1) * s->outHeight * s->outWidth + (size_t)(row / s->stride) * s->outWidth) * B;
          askForRow(call->dn + nextOut, s->outWidth);
          if (call->gradient) askForRow(call->y + nextOut, s->outWidth);
        }
      }
      convolveRow(width, zero(), &reach, dy + row / s->stride * dyRow, B, call->dx + map + ((size_t)row * s->width + right) * B,
                  (size_t)s->stride * B);
    }
  }
  const int together = rowsTogether(s->width);
  for (int row = 0; row < s->height; row += together) {
    const size_t at = map + (size_t)row * s->width * B;
    finishRun(call, block, blocks, at, least(together, s->height - row) * s->width, call->dx + at, sums);
  }
  giveScratch(dy);
}

/** A block's weight gradient: the sum of its images'. */
static void addImages(void *data, size_t block) {
  const DepthwiseGradientTask *task = data;
  const Shape *s = &task->call->shape;
  const int taps = s->kernel * s->kernel, channels = least(B, s->outputs - (int)block * B);
  const size_t image = (size_t)blocksOf(s->outputs) * taps * B;
  for (int t = 0; t < taps; t++) {
    float sums[B];
    vec sum = zero();
    for (int n = 0; n < s->n; n++) sum += load(task->dWeights + n * image + (block * taps + t) * B);
    store(sums, sum);
    for (int c = 0; c < channels; c++) task->call->dWeight[(block * B + c) * taps + t] = sums[c];
  }
}

/** dx and the weight's gradient. */
static bool depthwiseGradient(const ConvGradient *call, Parallel parallel) {
  const Shape *s = &call->shape;
  const int blocks = blocksOf(s->outputs), taps = s->kernel * s->kernel;
  float *weights = blockWeights(call->weight, s->outputs, taps);
  DepthwiseGradientTask task = {.call = call, .weights = weights};
  if (call->dWeight) task.dWeights = takeScratch((size_t)s->n * blocks * taps * B);
  if (call->x.norm) task.sums = calloc((size_t)s->n * 2 * blocks * B, sizeof(double));
  if (!weights || (call->dWeight && !task.dWeights) || (call->x.norm && !task.sums)) {
    giveScratch(task.dWeights);
    free(task.sums);
    giveScratch(weights);
    return false;
  }
  parallel.run(parallel.context, depthwiseGradientPlane, (size_t)s->n * blocks, &task);
  if (task.sums) finishGradient(task.sums, s->n, blocks * B, (double)s->n * s->height * s->width, call->x.norm, call->dxGradient);
  if (call->dWeight) parallel.run(parallel.context, addImages, blocks, &task);
  giveScratch(task.dWeights);
  free(task.sums);
  giveScratch(weights);
  return !task.failed;
}
