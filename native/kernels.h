// What the operators hand to the kernels: pointers, sizes and a way to run tasks on the session's threads.
//
// Maps are [N, C/B, H, W, B] in float32, channels padded with zeros to a multiple of the block B. Vectors of a norm lie together:
// `norm` is [5, Cp] with the rows mean, variance, 1 / deviation, scale, shift: the norm's output is scale * y + shift. `gradient` is
// [5, Cp] with the rows a, b, c, d gamma, d beta: the gradient at y is a * dn + b * y + c, with dn the gradient at the norm's output.
#ifndef PROXYLESS_KERNELS_H
#define PROXYLESS_KERNELS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ROWS = 5 };

/** The largest kernel of a depthwise convolution. */
enum { LARGEST_DEPTHWISE = 7 };
enum Activation { NONE = 0, RELU = 1, HARD_SWISH = 2 };

/** Runs task(data, index) for every index below count, on the available threads; returns when all have run. */
typedef struct {
  void *context;
  void (*run)(void *context, void (*task)(void *, size_t), size_t count, void *data);
} Parallel;

/**
 * A convolution between x [n, inputs, height, width] and y [n, outputs, outHeight, outWidth]: a pointwise one (kernel 1, stride 1), a depthwise
 * one, or a dense one without dilation over an image, whose channels are not in blocks.
 */
typedef struct {
  int n, inputs, outputs, height, width, outHeight, outWidth, kernel, stride, dilation, pad;
} Shape;

/** A map, or what its norm (where it has one) and an activation would make of it: computed where it is read, never written. */
typedef struct {
  const float *map;
  const float *norm;
  enum Activation activation;
} Source;

/** y = the convolution of x, less the running mean; and the vectors of a norm over y. Without `norm`, the convolution alone. */
typedef struct {
  Shape shape;
  Source x;
  const float *weight, *runningMean, *gamma, *beta;
  float *y, *norm;
} Conv;

typedef struct {
  Shape shape;
  /** Gradient at the norm's output, the norm's input, and [5, Cp]; without the last two, dn is the gradient at y. */
  const float *dn, *y, *gradient;
  const float *weight;
  Source x;
  /** Added to dx, or null. */
  const float *sum;
  /** dx, through x's activation to its norm's output; and that norm's [5, Cp], where x has one. */
  float *dx, *dxGradient;
  /** [outputs, inputs] or [channels, kernel, kernel]; null where nobody asks. */
  float *dWeight;
} ConvGradient;

/** Passes over one map [n, channels, positions]. */
typedef struct {
  int n, channels, positions;
  const float *y, *norm, *residual, *dn, *gradient, *gamma, *beta;
  enum Activation activation;
  float *out, *vectors;
} Pass;

/** Channels [from, from + count) of a map, as [to, to + count) of another: its channel to + i is from + i % groups * (count / groups) + i / groups. */
typedef struct {
  int from, to, count, groups;
} ChannelMove;

/** y [n, outputs, positions] = the moved channels of x [n, inputs, positions], zeros elsewhere; plus `sum`, which may be y, or null. */
typedef struct {
  int n, inputs, outputs, positions;
  ChannelMove move;
  const float *x, *sum;
  float *y;
} MoveChannels;

/** y [n, channels, outHeight, outWidth]: of each plane of x, rows [outHeight, height] times it times columns [outWidth, width] transposed. */
typedef struct {
  int n, channels, height, width, outHeight, outWidth;
  const float *x, *rows, *columns;
  float *y;
} SpatialMap;

/** w = keep * w - scale * first / (sqrt(second) * secondScale + epsilon), where the moments are averages with beta1 and beta2. */
typedef struct {
  float beta1, beta2, epsilon, keep, scale, secondScale;
} AdamW;

/** A decoded photo with its labels, as src/data/images.ts has it. */
typedef struct {
  int width, height;
  const uint8_t *rgb, *person, *labeled;
} Photo;

/** The part of a photo that fills an output, in pixels of the photo. */
typedef struct {
  double left, top, width, height;
  bool flip;
} CropWindow;

/** A channel's: value -> clamp(value * gain + offset, 0, 255) * scale - mean. */
typedef struct {
  float gain, offset, scale, mean;
} NormalizedColors;

/** A training sample: image [3, height, width]; target and weight [height, width]. */
typedef struct {
  int width, height;
  float *image, *target, *weight;
} Planes;

/**
 * Every operator: its kind, its name, what its kernel is called with, the kernel; inputs and outputs that every node has, and the most:
 * inputs, all inputs, outputs, all outputs. Convolutions come before passes.
 */
#define OPERATORS(X)                                                                                                                       \
  X(POINTWISE, "Pointwise", Conv, pointwise, 2, 6, 1, 2)                                                                                   \
  X(DEPTHWISE, "Depthwise", Conv, depthwise, 2, 6, 1, 2)                                                                                   \
  X(IMAGE, "Image", Conv, imageConv, 2, 6, 1, 2)                                                                                           \
  X(POINTWISE_GRADIENT, "PointwiseGradient", ConvGradient, pointwiseGradient, 1, 6, 1, 3)                                                  \
  X(DEPTHWISE_GRADIENT, "DepthwiseGradient", ConvGradient, depthwiseGradient, 1, 6, 1, 3)                                                  \
  X(IMAGE_GRADIENT, "ImageGradient", ConvGradient, imageConvGradient, 1, 6, 1, 1)                                                          \
  X(NORM_STATISTICS, "NormStatistics", Pass, normStatistics, 3, 3, 1, 1)                                                                   \
  X(NORM_APPLY, "NormApply", Pass, normApply, 2, 3, 1, 1)                                                                                  \
  X(NORM_GRADIENT, "NormGradient", Pass, normGradient, 3, 4, 1, 2)                                                                         \
  X(CONVOLVED_GRADIENT, "ConvolvedGradient", Pass, convolvedGradient, 3, 3, 1, 1)                                                          \
  X(MOVE_CHANNELS, "MoveChannels", MoveChannels, moveChannels, 1, 2, 1, 1)                                                                 \
  X(SPATIAL_MAP, "SpatialMap", SpatialMap, spatialMap, 3, 3, 1, 1)

/** The kernels of one block size. Each returns whether there was memory for it; without, what it wrote means nothing. */
typedef struct {
  int block;
#define X(kind, name, Call, kernel, ...) bool (*kernel)(const Call *, Parallel);
  OPERATORS(X)
#undef X
  void (*adamW)(size_t count, float *w, const float *g, float *first, float *second, AdamW);
  void (*addInto)(size_t count, float *to, const float *from);
  void (*moveToward)(size_t count, float *to, const float *from, float share);
  /** The passes of src/data/pixels.ts; the first and the last need memory. */
  bool (*resample)(const Photo *, const CropWindow *, const NormalizedColors *, const Planes *);
  void (*replaceBackground)(size_t pixels, float *image, const float *target, const float *weight, const float *backdrop);
  bool (*mixBlur)(int width, int height, float *image, float strength);
} Kernels;

extern const Kernels kernels8, kernels16;

/** Pointwise convolutions in blocks of 16 whose operands are rounded to bfloat16, for a CPU with AVX512_BF16; sums and maps stay in float32. */
bool pointwiseBfloat16(const Conv *, Parallel);
bool pointwiseGradientBfloat16(const ConvGradient *, Parallel);

/** The largest block of channels that the kernels can work with on this CPU: 16 (x86-64-v4), 8 (x86-64-v3) or 1 (none). */
int largestBlock(void);
/** Whether it can multiply in bfloat16, which goes with blocks of 16. */
bool hasBfloat16(void);

/** Runs task(data, index) for every index below count, on as many threads (this one and at most 15 others); returns when all have run. */
void onOwnThreads(int threads, void (*task)(void *, size_t), size_t count, void *data);

/** Memory of a task: a buffer of at least this many floats, on a cache line, that no one else has until it is given back; null where there is none. */
float *takeScratch(size_t floats);
void giveScratch(float *scratch);

#endif
