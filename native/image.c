// Dense convolutions of an image of few channels, [n, channels, height, width] as it comes: a network's first layer.
//
// The image is copied into a padded one whose rows lie [row, channel, column]: then the values that a kernel without dilation sees are evenly
// spaced, and both the convolution and its weight's gradient are products that read them in place.
#include "vectors.h"

INLINE int reachOf(const Shape *s, int out) { return (out - 1) * s->stride + s->kernel; }
INLINE int tapsOf(const Shape *s) { return s->inputs * s->kernel * s->kernel; }

/** [reach of the rows, channels, reach of the columns], zeros where the kernel looks beyond the image. */
static void padImage(const Shape *s, const float *image, float *padded) {
  const int rows = reachOf(s, s->outHeight), columns = reachOf(s, s->outWidth);
  memset(padded, 0, (size_t)rows * s->inputs * columns * sizeof(float));
  const int width = least(s->width, columns - s->pad);
  for (int row = 0; row < s->height && row + s->pad < rows; row++)
    for (int c = 0; c < s->inputs; c++)
      memcpy(padded + ((size_t)(row + s->pad) * s->inputs + c) * columns + s->pad, image + ((size_t)c * s->height + row) * s->width,
             (size_t)width * sizeof(float));
}

typedef struct {
  const Conv *call;
  /** [outBlocks / columns, taps, columns, B], taps in the order row, channel, column; and the bias. */
  float *packed, *start;
  double *sums;
  atomic_bool failed;
} ImageTask;

/** `count` outputs of a row, `columns` blocks of them. */
INLINE void imageRow(int columns, int count, const Shape *s, const float *from, size_t row, const float *packed, float *y, size_t plane,
                     const float *start) {
  int x = 0;
#define IMAGE_OUTPUTS(outputs)                                                                                                             \
  product(outputs, columns, s->kernel * s->inputs, s->kernel, 0, from + (size_t)x * s->stride, s->stride, row, 1, packed,                  \
          (size_t)s->kernel * columns * B, (size_t)columns * B, B, y + (size_t)x * B, B, plane, start, 0, (Asked){0});                     \
  x += outputs
  while (count - x >= ROWS_MAX) {
    IMAGE_OUTPUTS(ROWS_MAX);
  }
  if (count - x >= 4) {
    IMAGE_OUTPUTS(4);
  }
  while (x < count) {
    IMAGE_OUTPUTS(1);
  }
#undef IMAGE_OUTPUTS
}

static void imageConvolution(void *data, size_t image) {
  ImageTask *task = data;
  const Conv *call = task->call;
  const Shape *s = &call->shape;
  const int outBlocks = blocksOf(s->outputs), width = reachOf(s, s->outWidth);
  const size_t plane = (size_t)s->outHeight * s->outWidth * B, row = (size_t)s->inputs * width;
  float *padded = takeScratch((size_t)reachOf(s, s->outHeight) * row);
  if (!padded) {
    task->failed = true;
    return;
  }
  padImage(s, call->x.map + image * s->inputs * s->height * s->width, padded);
  float *y = call->y + image * outBlocks * plane;
  for (int r = 0; r < s->outHeight; r++, y += (size_t)s->outWidth * B) {
    const float *from = padded + (size_t)r * s->stride * row;
    for (int o = 0; o < outBlocks; o += COLUMNS) {
      const float *packed = task->packed + (size_t)o * tapsOf(s) * B, *start = task->start + o * B;
      if (outBlocks - o >= COLUMNS)
        imageRow(COLUMNS, s->outWidth, s, from, width, packed, y + o * plane, plane, start);
      else
        imageRow(1, s->outWidth, s, from, width, packed, y + o * plane, plane, start);
    }
    if (task->sums) addSquares(y, outBlocks, plane, s->outWidth, task->sums + image * 2 * outBlocks * B);
  }
  giveScratch(padded);
}

/** A tap's place in a canonical weight [outputs, channels, kernel, kernel], from its place in the order row, channel, column. */
INLINE int canonicalTap(const Shape *s, int tap) {
  const int column = tap % s->kernel, channel = tap / s->kernel % s->inputs, row = tap / s->kernel / s->inputs;
  return (channel * s->kernel + row) * s->kernel + column;
}

/** The convolution of an image, with a norm's vectors. */
static bool imageConv(const Conv *call, Parallel parallel) {
  const Shape *s = &call->shape;
  const int outBlocks = blocksOf(s->outputs), taps = tapsOf(s), padded = outBlocks * B;
  ImageTask task = {.call = call, .packed = takeScratch((size_t)padded * (taps + 1))};
  if (call->norm) task.sums = calloc((size_t)s->n * 2 * padded, sizeof(double));
  if (!task.packed || (call->norm && !task.sums)) {
    free(task.sums);
    giveScratch(task.packed);
    return false;
  }
  task.start = task.packed + (size_t)padded * taps;
  memset(task.packed, 0, (size_t)padded * (taps + 1) * sizeof(float));
  for (int o = 0; o < s->outputs; o++) {
    const int first = o / B / COLUMNS * COLUMNS, columns = least(COLUMNS, outBlocks - first);
    if (call->runningMean) task.start[o] = -call->runningMean[o];
    for (int t = 0; t < taps; t++)
      task.packed[((size_t)first * taps + (size_t)t * columns + o / B - first) * B + o % B] =
          call->weight[(size_t)o * taps + canonicalTap(s, t)];
  }
  parallel.run(parallel.context, imageConvolution, s->n, &task);
  const double count = (double)s->n * s->outHeight * s->outWidth;
  if (call->norm) finishNorm(task.sums, s->n, s->outputs, count, call->gamma, call->beta, call->norm);
  free(task.sums);
  giveScratch(task.packed);
  return !task.failed;
}

typedef struct {
  const ConvGradient *call;
  /** [n, taps, outBlocks * B] */
  float *dWeights;
  atomic_bool failed;
} ImageGradientTask;

/** Rows of taps whose sums are made together: with blocks of 16, all of a 3 x 3 kernel over three channels. */
#if B == 8
enum { TAP_ROWS = 6 };
#else
enum { TAP_ROWS = 9 };
#endif

/** Of a row of outputs: dy, `columns` blocks of it, and what will be read for the next row (of y, or of dn once more). */
typedef struct {
  const float *dy, *nextDn, *nextY;
  size_t plane;
} GradientRow;

/** One tap of each of some rows. */
INLINE void addTaps(int rows, int columns, const Shape *s, const float *x, size_t width, const float *dy, float *dWeight, size_t outs,
                    Asked asked) {
  product(rows, columns, 1, s->outWidth, 0, x, width, 0, s->stride, dy, 0, B, (size_t)s->outWidth * B, dWeight, s->kernel * outs, B, 0, 1,
          asked);
}

/** dWeight [kernel * channels, kernel, outs], `columns` blocks of it, += sum over a row of outputs of x [rows and channels, width] * dy. */
INLINE void addImageRow(int columns, const Shape *s, const float *x, size_t width, GradientRow g, float *dWeight, size_t outs) {
  int row = 0;
#define ADD_TAPS(rows, asked)                                                                                                              \
  addTaps(rows, columns, s, x + row * width + t, width, g.dy, dWeight + (row * s->kernel + t) * outs, outs, asked)
#define TAP_ROWS_OF(rows)                                                                                                                  \
  for (int t = 0; t < s->kernel; t++)                                                                                                      \
    if (row == 0 && t < columns)                                                                                                           \
      ADD_TAPS(rows, ((Asked){1, g.nextDn + t * g.plane, g.nextY + t * g.plane}));                                                         \
    else                                                                                                                                   \
      ADD_TAPS(rows, (Asked){0});                                                                                                          \
  row += rows
  while (s->kernel * s->inputs - row >= TAP_ROWS) {
    TAP_ROWS_OF(TAP_ROWS);
  }
  while (s->kernel * s->inputs - row >= 3) {
    TAP_ROWS_OF(3);
  }
  while (row < s->kernel * s->inputs) {
    TAP_ROWS_OF(1);
  }
#undef TAP_ROWS_OF
#undef ADD_TAPS
}

static void imageWeightGradient(void *data, size_t image) {
  ImageGradientTask *task = data;
  const ConvGradient *call = task->call;
  const Shape *s = &call->shape;
  const int outBlocks = blocksOf(s->outputs), width = reachOf(s, s->outWidth), taps = tapsOf(s);
  const size_t plane = (size_t)s->outHeight * s->outWidth * B, row = (size_t)s->inputs * width, padded = reachOf(s, s->outHeight) * row,
               outs = (size_t)outBlocks * B;
  float *x = takeScratch(padded + (size_t)s->outWidth * outs);
  if (!x) {
    task->failed = true;
    return;
  }
  float *dy = x + padded;
  padImage(s, call->x.map + image * s->inputs * s->height * s->width, x);
  float *dWeight = task->dWeights + image * taps * outs;
  memset(dWeight, 0, taps * outs * sizeof(float));
  for (int r = 0; r < s->outHeight; r++) {
    const Segment segment = {(int)image, r * s->outWidth, s->outWidth, 0};
    for (int block = 0; block < outBlocks; block++)
      stageUpstream(call, block, outBlocks, plane, segment, dy + (size_t)block * s->outWidth * B);
    const float *from = x + (size_t)r * s->stride * row;
    for (int o = 0; o < outBlocks; o += COLUMNS) {
      const size_t next = (image * outBlocks + o) * plane + (size_t)least(r + 1, s->outHeight - 1) * s->outWidth * B;
      const GradientRow g = {dy + (size_t)o * s->outWidth * B, call->dn + next, (call->gradient ? call->y : call->dn) + next, plane};
      if (outBlocks - o >= COLUMNS)
        addImageRow(COLUMNS, s, from, width, g, dWeight + o * B, outs);
      else
        addImageRow(1, s, from, width, g, dWeight + o * B, outs);
    }
  }
  giveScratch(x);
}

/** The weight's gradient; an image has none. */
static bool imageConvGradient(const ConvGradient *call, Parallel parallel) {
  const Shape *s = &call->shape;
  const int taps = tapsOf(s);
  const size_t outs = (size_t)blocksOf(s->outputs) * B;
  ImageGradientTask task = {.call = call, .dWeights = takeScratch((size_t)s->n * taps * outs)};
  if (!task.dWeights) return false;
  parallel.run(parallel.context, imageWeightGradient, s->n, &task);
  for (int o = 0; o < s->outputs; o++)
    for (int t = 0; t < taps; t++) {
      float sum = 0;
      for (int n = 0; n < s->n; n++) sum += task.dWeights[((size_t)n * taps + t) * outs + o];
      call->dWeight[(size_t)o * taps + canonicalTap(s, t)] = sum;
    }
  giveScratch(task.dWeights);
  return !task.failed;
}
