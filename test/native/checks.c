// Compares what the kernels wrote with the reference.
#include "harness.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/** Rounding of float32 sums, as a share of the sum of the terms' absolute values. */
static const double tolerance = 2e-5;

void expectNear(double actual, Sum expected, const char *what) {
  if (fabs(actual - expected.value) <= tolerance * expected.absolute + 1e-6) return;
  fprintf(stderr, "%s: %.9g where %.9g belongs\n", what, actual, expected.value);
  abort();
}

void checkPadding(const float *map, int n, int channels, size_t positions, const char *what) {
  for (int image = 0; image < n; image++)
    for (int c = channels; c < padded(channels); c++)
      for (size_t p = 0; p < positions; p++) expectNear(map[place(channels, positions, image, c, p, 0)], (Sum){0, 0}, what);
}

void checkNorm(const float *norm, const float *y, int n, int channels, size_t positions, const float *gamma, const float *beta) {
  const int p = padded(channels);
  const double count = (double)n * (double)positions;
  for (int c = 0; c < p; c++) {
    Sum sum = {0, 0};
    double squares = 0;
    for (int image = 0; image < n; image++)
      for (size_t at = 0; at < positions; at++) {
        const double v = y[place(channels, positions, image, c, at, 0)];
        sum.value += v;
        sum.absolute += fabs(v);
        squares += v * v;
      }
    const double mean = sum.value / count, variance = squares / count - mean * mean, inverse = 1 / sqrt(variance + 1e-5);
    const double scale = c < channels ? gamma[c] * inverse : 0, shift = c < channels ? beta[c] - mean * scale : 0;
    // Errors of the mean and the variance, and what they make of the rest.
    const double relative = squares / count / (variance + 1e-5) + 1;
    expectNear(norm[c], (Sum){mean, sum.absolute / count}, "mean");
    expectNear(norm[p + c], (Sum){variance, squares / count}, "variance");
    expectNear(norm[2 * p + c], (Sum){inverse, inverse * relative}, "1 / deviation");
    expectNear(norm[3 * p + c], (Sum){scale, fabs(scale) * relative}, "scale");
    expectNear(norm[4 * p + c], (Sum){shift, (fabs(mean) + sum.absolute / count) * fabs(scale) * relative + (c < channels ? fabs(beta[c]) : 0)}, "shift");
  }
}

void checkNormGradient(const float *gradient, const float *norm, const float *dn, const float *y, int n, int channels, size_t positions) {
  const int p = padded(channels);
  const double count = (double)n * (double)positions;
  for (int c = 0; c < p; c++) {
    Sum sum = {0, 0}, dot = {0, 0};
    for (int image = 0; image < n; image++)
      for (size_t at = 0; at < positions; at++) {
        const size_t i = place(channels, positions, image, c, at, 0);
        const double d = dn[i], v = d * y[i];
        sum = (Sum){sum.value + d, sum.absolute + fabs(d)};
        dot = (Sum){dot.value + v, dot.absolute + fabs(v)};
      }
    const double mean = norm[c], inverse = norm[2 * p + c], scale = norm[3 * p + c];
    const Sum gamma = {inverse * (dot.value - mean * sum.value), fabs(inverse) * (dot.absolute + fabs(mean) * sum.absolute)};
    const Sum steep = {scale * inverse * gamma.value / count, fabs(scale * inverse) * gamma.absolute / count};
    expectNear(gradient[c], (Sum){scale, fabs(scale)}, "a");
    expectNear(gradient[p + c], (Sum){-steep.value, steep.absolute}, "b");
    expectNear(gradient[2 * p + c], (Sum){steep.value * mean - scale * sum.value / count, steep.absolute * fabs(mean) + fabs(scale) * sum.absolute / count}, "c");
    expectNear(gradient[3 * p + c], gamma, "d gamma");
    expectNear(gradient[4 * p + c], sum, "d beta");
  }
}

void checkConv(enum Operation operation, const Conv *call) {
  const Shape *s = &call->shape;
  const size_t positions = (size_t)s->outHeight * s->outWidth;
  for (int n = 0; n < s->n; n++)
    for (int o = 0; o < s->outputs; o++)
      for (size_t at = 0; at < positions; at++)
        expectNear(call->y[place(s->outputs, positions, n, o, at, 0)],
                   convolved(operation, call, n, o, (int)(at / s->outWidth), (int)(at % s->outWidth)), "y");
  checkPadding(call->y, s->n, s->outputs, positions, "padding of y");
  if (call->norm) checkNorm(call->norm, call->y, s->n, s->outputs, positions, call->gamma, call->beta);
}

void checkGradient(enum Operation operation, const ConvGradient *call) {
  const Shape *s = &call->shape;
  const size_t positions = (size_t)s->height * s->width;
  if (operation != IMAGE) {
    for (int n = 0; n < s->n; n++)
      for (int c = 0; c < s->inputs; c++)
        for (size_t at = 0; at < positions; at++)
          expectNear(call->dx[place(s->inputs, positions, n, c, at, 0)],
                     inputGradient(operation, call, n, c, (int)(at / s->width), (int)(at % s->width)), "dx");
    checkPadding(call->dx, s->n, s->inputs, positions, "padding of dx");
  }
  if (call->x.norm) checkNormGradient(call->dxGradient, call->x.norm, call->dx, call->x.map, s->n, s->inputs, positions);
  if (!call->dWeight) return;
  const int inputs = operation == DEPTHWISE ? 1 : s->inputs, taps = s->kernel * s->kernel;
  for (int o = 0; o < s->outputs; o++)
    for (int i = 0; i < inputs; i++)
      for (int t = 0; t < taps; t++)
        expectNear(call->dWeight[((size_t)o * inputs + i) * taps + t], weightGradient(operation, call, o, i, t), "d weight");
}
