// Random shapes, one after the other: `harness [shapes] [seed]`.
#include "harness.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Kernels tested;

static float *normals(size_t floats, float around, float deviation) {
  float *values = exact(floats);
  for (size_t i = 0; i < floats; i++) values[i] = around + deviation * normal();
  return values;
}

/** A stored map of normal numbers; beyond the last channel, zeros. */
static float *randomMap(int n, int channels, size_t positions) {
  float *map = normals((size_t)n * padded(channels) * positions, 0, 1);
  for (int image = 0; image < n; image++)
    for (int c = channels; c < padded(channels); c++)
      for (size_t p = 0; p < positions; p++) map[place(channels, positions, image, c, p, 0)] = 0;
  return map;
}

/** Five rows of vectors with zeros beyond the last channel. */
static float *randomVectors(int channels, float around) {
  float *vectors = normals((size_t)ROWS * padded(channels), around, 0.2f);
  for (int row = 0; row < ROWS; row++)
    for (int c = channels; c < padded(channels); c++) vectors[row * padded(channels) + c] = 0;
  return vectors;
}

static enum Activation randomActivation(void) { return (enum Activation)between(NONE, HARD_SWISH); }

static Source randomSource(int n, int channels, size_t positions) {
  Source x = {randomMap(n, channels, positions), between(0, 1) ? randomVectors(channels, 1) : 0, randomActivation()};
  // Rounding must not decide on which side of an activation's bend a value lies.
  float *map = (float *)x.map;
  for (int image = 0; image < n; image++)
    for (int c = 0; c < channels; c++)
      for (size_t p = 0; p < positions; p++) {
        float *v = &map[place(channels, positions, image, c, p, 0)];
        const int cp = padded(channels);
        for (;;) {
          const double z = x.norm ? (double)x.norm[3 * cp + c] * *v + x.norm[4 * cp + c] : *v;
          if (fabs(z) > 1e-3 && fabs(fabs(z) - 3) > 1e-3) break;
          *v += 0.01f;
        }
      }
  return x;
}

static Shape randomShape(enum Operation operation) {
  Shape s = {.n = between(1, 4), .inputs = between(1, 70), .outputs = between(1, 70), .height = between(1, 40), .width = between(1, 40), .kernel = 1, .stride = 1, .dilation = 1};
  if (operation == IMAGE) s.inputs = between(1, 5);
  if (operation == DEPTHWISE) s.inputs = s.outputs;
  if (operation != POINTWISE) {
    s.kernel = 1 + 2 * between(0, 3);
    s.stride = between(1, 3);
  }
  if (operation == DEPTHWISE) s.dilation = between(1, 3);
  s.pad = s.dilation * (s.kernel - 1) / 2;
  s.outHeight = (s.height - 1) / s.stride + 1;
  s.outWidth = (s.width - 1) / s.stride + 1;
  return s;
}

/** An output of a call: its memory, and the bits that one thread wrote. */
typedef struct {
  float *now, *first;
  size_t floats;
} Output;
static Output outputs[4];
static int outputCount;

static float *output(size_t floats) {
  outputs[outputCount] = (Output){exact(floats), exact(floats), floats};
  return outputs[outputCount++].now;
}

void must(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "%s\n", what);
  abort();
}

/** Runs a call on 1, 2, 3 and 5 threads, which must write the same bits, and with memory that runs out at every allocation in turn. */
#define RUN(function, call)                                                                                               \
  do {                                                                                                                    \
    const int counts[] = {1, 2, 3, 5};                                                                                    \
    for (int i = 0; i < 4; i++) {                                                                                         \
      for (int o = 0; o < outputCount; o++) memset(outputs[o].now, 0xff, outputs[o].floats * sizeof(float));              \
      must(tested.function(&call, onThreads(counts[i])), #function " says that there is no memory");                      \
      for (int o = 0; o < outputCount; o++) {                                                                             \
        if (i == 0) memcpy(outputs[o].first, outputs[o].now, outputs[o].floats * sizeof(float));                          \
        must(memcmp(outputs[o].first, outputs[o].now, outputs[o].floats * sizeof(float)) == 0,                            \
             #function " writes other bits on other threads");                                                           \
      }                                                                                                                   \
    }                                                                                                                     \
    for (size_t from = 0;; from++) {                                                                                      \
      failFrom(from);                                                                                                     \
      const bool enough = tested.function(&call, onThreads(1));                                                           \
      failFrom(SIZE_MAX);                                                                                                 \
      if (enough) break;                                                                                                  \
      if (from == 3) from = 40;                                                                                           \
    }                                                                                                                     \
    must(tested.function(&call, onThreads(1)), #function " does not recover");                                            \
  } while (0)

static size_t weightFloats(enum Operation operation, const Shape *s) {
  return (size_t)s->outputs * (operation == DEPTHWISE ? 1 : s->inputs) * s->kernel * s->kernel;
}

static void testConv(enum Operation operation) {
  const Shape s = randomShape(operation);
  const int withNorm = between(0, 1);
  Conv call = {.shape = s, .weight = normals(weightFloats(operation, &s), 0, 0.5f)};
  if (operation == IMAGE)
    call.x.map = normals((size_t)s.n * s.inputs * s.height * s.width, 0, 1);
  else
    call.x = randomSource(s.n, s.inputs, (size_t)s.height * s.width);
  if (between(0, 1)) call.runningMean = normals(s.outputs, 0, 1);
  call.y = output((size_t)s.n * padded(s.outputs) * s.outHeight * s.outWidth);
  if (withNorm) {
    call.gamma = normals(s.outputs, 1, 0.3f);
    call.beta = normals(s.outputs, 0, 0.3f);
    call.norm = output((size_t)ROWS * padded(s.outputs));
  }
  if (operation == POINTWISE)
    RUN(pointwise, call);
  else if (operation == DEPTHWISE)
    RUN(depthwise, call);
  else
    RUN(imageConv, call);
  checkConv(operation, &call);
}

static void testGradient(enum Operation operation) {
  const Shape s = randomShape(operation);
  const size_t in = (size_t)s.height * s.width, out = (size_t)s.outHeight * s.outWidth;
  ConvGradient call = {.shape = s, .dn = randomMap(s.n, s.outputs, out), .weight = normals(weightFloats(operation, &s), 0, 0.5f)};
  if (between(0, 1)) {
    call.y = randomMap(s.n, s.outputs, out);
    call.gradient = randomVectors(s.outputs, 0.5f);
  }
  if (operation == IMAGE)
    call.x.map = normals((size_t)s.n * s.inputs * in, 0, 1);
  else {
    call.x = randomSource(s.n, s.inputs, in);
    call.dx = output((size_t)s.n * padded(s.inputs) * in);
    if (call.x.norm) call.dxGradient = output((size_t)ROWS * padded(s.inputs));
    if (!call.x.norm && call.x.activation == NONE && between(0, 1)) call.sum = randomMap(s.n, s.inputs, in);
  }
  if (operation == IMAGE || between(0, 3)) call.dWeight = output(weightFloats(operation, &s));
  if (operation == POINTWISE)
    RUN(pointwiseGradient, call);
  else if (operation == DEPTHWISE)
    RUN(depthwiseGradient, call);
  else
    RUN(imageConvGradient, call);
  checkGradient(operation, &call);
}

static void testPasses(void) {
  const Shape s = randomShape(POINTWISE);
  const size_t positions = (size_t)s.height * s.width, floats = (size_t)s.n * padded(s.outputs) * positions;
  const int cp = padded(s.outputs);
  Pass call = {.n = s.n, .channels = s.outputs, .positions = (int)positions};
  const Source y = randomSource(s.n, s.outputs, positions);
  call.y = y.map;
  call.gamma = normals(s.outputs, 1, 0.3f);
  call.beta = normals(s.outputs, 0, 0.3f);
  call.vectors = output((size_t)ROWS * cp);
  RUN(normStatistics, call);
  checkNorm(call.vectors, call.y, s.n, s.outputs, positions, call.gamma, call.beta);

  outputCount = 0;
  call.norm = y.norm ? y.norm : randomVectors(s.outputs, 1);
  call.activation = randomActivation();
  // A residual could take a value to an activation's bend: then there is no activation.
  if (between(0, 1)) call.residual = randomMap(s.n, s.outputs, positions);
  if (call.residual || !y.norm) call.activation = NONE;
  call.vectors = 0;
  call.out = output(floats);
  RUN(normApply, call);
  for (int n = 0; n < s.n; n++)
    for (int c = 0; c < s.outputs; c++)
      for (size_t p = 0; p < positions; p++) {
        const size_t at = place(s.outputs, positions, n, c, p, 0);
        const double r = call.residual ? call.residual[at] : 0, z = (double)call.norm[3 * cp + c] * call.y[at] + call.norm[4 * cp + c] + r;
        expectNear(call.out[at], (Sum){activated(z, call.activation), fabs(z) + fabs(r) + 3}, "applied");
      }

  outputCount = 0;
  call.dn = randomMap(s.n, s.outputs, positions);
  call.out = call.activation == NONE ? 0 : output(floats);
  call.vectors = output((size_t)ROWS * cp);
  RUN(normGradient, call);
  if (call.out)
    for (int n = 0; n < s.n; n++)
      for (int c = 0; c < s.outputs; c++)
        for (size_t p = 0; p < positions; p++) {
          const size_t at = place(s.outputs, positions, n, c, p, 0);
          const double z = (double)call.norm[3 * cp + c] * call.y[at] + call.norm[4 * cp + c], d = call.dn[at] * slope(z, call.activation);
          expectNear(call.out[at], (Sum){d, fabs(d) + 1}, "dn");
        }
  checkNormGradient(call.vectors, call.norm, call.out ? call.out : call.dn, call.y, s.n, s.outputs, positions);

  outputCount = 0;
  call.gradient = randomVectors(s.outputs, 0.5f);
  call.out = output(floats);
  RUN(convolvedGradient, call);
  const ConvGradient same = {.shape = s, .dn = call.dn, .y = call.y, .gradient = call.gradient};
  for (int n = 0; n < s.n; n++)
    for (int c = 0; c < s.outputs; c++)
      for (size_t p = 0; p < positions; p++) {
        const size_t at = place(s.outputs, positions, n, c, p, 0);
        expectNear(call.out[at], (Sum){upstream(&same, at, c), 10}, "dy");
      }
}

static void testMoves(void) {
  const int n = between(1, 4), groups = between(1, 9), count = groups * between(1, 9);
  const size_t positions = (size_t)between(1, 600);
  const ChannelMove move = {between(0, 20), between(0, 20), count, groups};
  const int in = move.from + count + between(0, 20), out = move.to + count + between(0, 20);
  const size_t floats = (size_t)n * padded(out) * positions;
  MoveChannels call = {.n = n, .inputs = in, .outputs = out, .positions = (int)positions, .move = move};
  call.x = randomMap(n, in, positions);
  if (between(0, 2)) call.sum = randomMap(n, out, positions);
  const float *moved = call.y = output(floats);
  RUN(moveChannels, call);
  for (int image = 0; image < n; image++)
    for (int c = 0; c < out; c++)
      for (size_t p = 0; p < positions; p++) {
        const size_t at = place(out, positions, image, c, p, 0);
        const int i = c - move.to, from = move.from + i % groups * (count / groups) + i / groups;
        const float own = i >= 0 && i < count ? call.x[place(in, positions, image, from, p, 0)] : 0;
        must(moved[at] == own + (call.sum ? call.sum[at] : 0), "a channel that is not where it was moved to");
      }
  checkPadding(moved, n, out, positions, "padding of moved channels");
  if (!call.sum) return;
  // The same over the sum.
  call.y = (float *)call.sum;
  must(tested.moveChannels(&call, onThreads(2)), "moveChannels says that there is no memory");
  must(memcmp(call.y, moved, floats * sizeof(float)) == 0, "a move over its sum is another one");
}

/** A matrix of random numbers in a band of random width, zeros elsewhere; a row may be all zeros. */
static float *randomBand(int rows, int columns) {
  float *matrix = normals((size_t)rows * columns, 0, 1);
  for (int r = 0; r < rows; r++) {
    const int first = between(0, columns), end = first + between(0, 5);
    for (int c = 0; c < columns; c++)
      if (c < first || c >= end) matrix[(size_t)r * columns + c] = 0;
  }
  return matrix;
}

static void testSpatialMap(void) {
  SpatialMap call = {.n = between(1, 4), .channels = between(1, 70), .height = between(1, 30), .width = between(1, 30), .outHeight = between(1, 30), .outWidth = between(1, 30)};
  const size_t in = (size_t)call.height * call.width, out = (size_t)call.outHeight * call.outWidth;
  call.x = randomMap(call.n, call.channels, in);
  call.rows = randomBand(call.outHeight, call.height);
  call.columns = randomBand(call.outWidth, call.width);
  call.y = output((size_t)call.n * padded(call.channels) * out);
  RUN(spatialMap, call);
  for (int n = 0; n < call.n; n++)
    for (int c = 0; c < call.channels; c++)
      for (size_t at = 0; at < out; at++) {
        Sum sum = {0, 0};
        for (size_t p = 0; p < in; p++) {
          const double weight = (double)call.rows[at / call.outWidth * call.height + p / call.width] * call.columns[at % call.outWidth * call.width + p % call.width];
          const double term = weight * call.x[place(call.channels, in, n, c, p, 0)];
          sum = (Sum){sum.value + term, sum.absolute + fabs(term)};
        }
        expectNear(call.y[place(call.channels, out, n, c, at, 0)], sum, "a mapped pixel");
      }
  checkPadding(call.y, call.n, call.channels, out, "padding of a mapped map");
}

static void testUpdates(void) {
  const size_t count = (size_t)between(0, 200);
  float *w = normals(count, 0, 1), *g = normals(count, 0, 1), *first = normals(count, 0, 1), *second = normals(count, 2, 0.1f);
  const AdamW settings = {0.9f, 0.999f, 1e-8f, 0.999f, 1e-2f, 1.5f};
  float *expected = exact(count);
  for (size_t i = 0; i < count; i++) {
    const double m = 0.9 * first[i] + 0.1 * g[i], v = 0.999 * second[i] + 0.001 * g[i] * g[i];
    expected[i] = (float)(0.999 * w[i] - 0.01 * m / (sqrt(v) * 1.5 + 1e-8));
  }
  tested.adamW(count, w, g, first, second, settings);
  for (size_t i = 0; i < count; i++) expectNear(w[i], (Sum){expected[i], 1 + fabs(expected[i])}, "AdamW");
  for (size_t i = 0; i < count; i++) expected[i] = w[i] + g[i];
  tested.addInto(count, w, g);
  for (size_t i = 0; i < count; i++) must(w[i] == expected[i], "a sum of two arrays");
  tested.moveToward(count, w, g, 0.25f);
  for (size_t i = 0; i < count; i++) expectNear(w[i], (Sum){0.75 * (double)expected[i] + 0.25 * g[i], fabs(expected[i]) + fabs(g[i])}, "an average");
}

/** Many buffers at once, more than the pool has slots for; each is its taker's alone. */
static void takeAndGive(void *data, size_t index) {
  (void)data;
  enum { AT_ONCE = 80 };
  float *taken[AT_ONCE];
  for (size_t i = 0; i < AT_ONCE; i++) {
    const size_t floats = 1 + (index * 131 + i * 977) % 5000;
    must((taken[i] = pooledScratch(floats)) != 0, "no scratch");
    for (size_t at = 0; at < floats; at++) taken[i][at] = (float)(index * AT_ONCE + i);
  }
  for (size_t i = 0; i < AT_ONCE; i++) {
    must(taken[i][0] == (float)(index * AT_ONCE + i), "scratch that two tasks have");
    returnScratch(taken[i]);
  }
}

static void testScratch(void) {
  const Parallel parallel = onThreads(5);
  parallel.run(parallel.context, takeAndGive, 20, 0);
  must(!pooledScratch(SIZE_MAX / 2), "scratch larger than memory");
}

static void countTask(void *data, size_t index) { ((int *)data)[index]++; }

/** Every task runs once, and all have run when the call returns. */
static void testOwnThreads(void) {
  enum { MOST = 1000 };
  const size_t counts[] = {0, 1, 2, 7, MOST};
  const int threads[] = {1, 2, 5, 40};
  for (size_t c = 0; c < 5; c++)
    for (size_t t = 0; t < 4; t++) {
      int times[MOST] = {0};
      onOwnThreads(threads[t], countTask, counts[c], times);
      for (size_t i = 0; i < MOST; i++) must(times[i] == (i < counts[c]), "a task that did not run once");
    }
}

int main(int count, char **arguments) {
  tested = EXPAND(kernels, B);
#if BFLOAT16
  tested.pointwise = pointwiseBfloat16;
  tested.pointwiseGradient = pointwiseGradientBfloat16;
#endif
  const int shapes = count > 1 ? atoi(arguments[1]) : 40, first = count > 2 ? atoi(arguments[2]) : 1;
  for (int i = 0; i < shapes; i++) {
    seed((uint64_t)(first + i));
    const int kind = i % 11;
    outputCount = 0;
    if (kind < 3)
      testConv((enum Operation)kind);
    else if (kind < 6)
      testGradient((enum Operation)(kind - 3));
    else if (kind == 6)
      testPasses();
    else if (kind == 7)
      testUpdates();
    else if (kind == 8)
      testMoves();
    else if (kind == 9)
      testSpatialMap();
    else
      testPixels();
    freeAll();
  }
  testScratch();
  testOwnThreads();
  printf("blocks of %d%s: %d random shapes, each on 1, 2, 3 and 5 threads, equal the reference\n", tested.block,
         BFLOAT16 ? ", products of bfloat16" : "", shapes);
  return 0;
}
