// What the kernels should compute, as plainly as it can be said, in double precision.
#include "harness.h"
#include <math.h>

double activated(double z, enum Activation kind) {
  if (kind == RELU) return z > 0 ? z : 0;
  if (kind == HARD_SWISH) return z * fmin(fmax(z / 6 + 0.5, 0), 1);
  return z;
}

double slope(double z, enum Activation kind) {
  if (kind == RELU) return z > 0;
  if (kind == HARD_SWISH) return z <= -3 ? 0 : z >= 3 ? 1 : z / 3 + 0.5;
  return 1;
}

/** A source before its activation. */
static double before(Source x, int channels, size_t at, int c) {
  const int p = padded(channels);
  return x.norm ? (double)x.norm[3 * p + c] * x.map[at] + x.norm[4 * p + c] : x.map[at];
}

double read(Source x, int channels, size_t at, int c) { return activated(before(x, channels, at, c), x.activation); }

static int perOutput(enum Operation operation, const Shape *s) { return operation == DEPTHWISE ? 1 : s->inputs; }

Sum convolved(enum Operation operation, const Conv *call, int n, int o, int row, int column) {
  const Shape *s = &call->shape;
  const int inputs = perOutput(operation, s), k = s->kernel;
  const double mean = call->runningMean ? call->runningMean[o] : 0;
  Sum sum = {-mean, fabs(mean)};
  for (int i = 0; i < inputs; i++)
    for (int t = 0; t < k * k; t++) {
      const int y = row * s->stride + t / k * s->dilation - s->pad, x = column * s->stride + t % k * s->dilation - s->pad;
      if (y < 0 || y >= s->height || x < 0 || x >= s->width) continue;
      const int c = operation == DEPTHWISE ? o : i;
      const size_t at = place(s->inputs, (size_t)s->height * s->width, n, c, (size_t)y * s->width + x, operation == IMAGE);
      const double term = (double)call->weight[((size_t)o * inputs + i) * k * k + t] * read(call->x, s->inputs, at, c);
      sum.value += term;
      sum.absolute += fabs(term);
    }
  return sum;
}

double upstream(const ConvGradient *call, size_t at, int o) {
  if (!call->gradient) return call->dn[at];
  const int p = padded(call->shape.outputs);
  return (double)call->gradient[o] * call->dn[at] + (double)call->gradient[p + o] * call->y[at] + call->gradient[2 * p + o];
}

Sum inputGradient(enum Operation operation, const ConvGradient *call, int n, int c, int row, int column) {
  const Shape *s = &call->shape;
  const int inputs = perOutput(operation, s), k = s->kernel;
  Sum sum = {0, 0};
  for (int o = operation == DEPTHWISE ? c : 0; o < (operation == DEPTHWISE ? c + 1 : s->outputs); o++)
    for (int t = 0; t < k * k; t++) {
      const int y = row + s->pad - t / k * s->dilation, x = column + s->pad - t % k * s->dilation;
      if (y < 0 || x < 0 || y % s->stride || x % s->stride || y / s->stride >= s->outHeight || x / s->stride >= s->outWidth) continue;
      const size_t at = place(s->outputs, (size_t)s->outHeight * s->outWidth, n, o, (size_t)(y / s->stride) * s->outWidth + x / s->stride, 0);
      const double term = (double)call->weight[((size_t)o * inputs + (operation == DEPTHWISE ? 0 : c)) * k * k + t] * upstream(call, at, o);
      sum.value += term;
      sum.absolute += fabs(term);
    }
  const size_t at = place(s->inputs, (size_t)s->height * s->width, n, c, (size_t)row * s->width + column, 0);
  const double through = slope(before(call->x, s->inputs, at, c), call->x.activation), joined = call->sum ? call->sum[at] : 0;
  return (Sum){sum.value * through + joined, sum.absolute * fabs(through) + fabs(joined)};
}

Sum weightGradient(enum Operation operation, const ConvGradient *call, int o, int i, int tap) {
  const Shape *s = &call->shape;
  const int k = s->kernel, c = operation == DEPTHWISE ? o : i;
  Sum sum = {0, 0};
  for (int n = 0; n < s->n; n++)
    for (int row = 0; row < s->outHeight; row++)
      for (int column = 0; column < s->outWidth; column++) {
        const int y = row * s->stride + tap / k * s->dilation - s->pad, x = column * s->stride + tap % k * s->dilation - s->pad;
        if (y < 0 || y >= s->height || x < 0 || x >= s->width) continue;
        const size_t at = place(s->inputs, (size_t)s->height * s->width, n, c, (size_t)y * s->width + x, operation == IMAGE);
        const size_t out = place(s->outputs, (size_t)s->outHeight * s->outWidth, n, o, (size_t)row * s->outWidth + column, 0);
        const double term = upstream(call, out, o) * read(call->x, s->inputs, at, c);
        sum.value += term;
        sum.absolute += fabs(term);
      }
  return sum;
}
