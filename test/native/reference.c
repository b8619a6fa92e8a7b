// What the kernels should compute, as plainly as it can be said, in double precision.
#include "harness.h"
#include <math.h>
#include <string.h>

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

/** An operand of a product: of a pointwise convolution the nearest bfloat16, where they are checked. */
static double operand(enum Operation operation, double exact) {
  if (!BFLOAT16 || operation != POINTWISE) return exact;
  const float single = (float)exact;
  uint32_t bits;
  memcpy(&bits, &single, sizeof bits);
  bits = (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000;
  float rounded;
  memcpy(&rounded, &bits, sizeof rounded);
  return rounded;
}

/** A sum of products, and the largest of them. */
typedef struct {
  Sum sum;
  double largest;
} Products;

static void add(Products *products, double term) {
  products->sum.value += term;
  products->sum.absolute += fabs(term);
  products->largest = fmax(products->largest, fabs(term));
}

/** Operands of bfloat16 that lie between two numbers may be rounded the other way, by 1/128: two in the largest product are 800 times its size, by 2e-5. */
static Sum total(Products products) {
  return (Sum){products.sum.value, products.sum.absolute + (BFLOAT16 ? 800 * products.largest : 0)};
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
  Products sum = {{-mean, fabs(mean)}, 0};
  for (int i = 0; i < inputs; i++)
    for (int t = 0; t < k * k; t++) {
      const int y = row * s->stride + t / k * s->dilation - s->pad, x = column * s->stride + t % k * s->dilation - s->pad;
      if (y < 0 || y >= s->height || x < 0 || x >= s->width) continue;
      const int c = operation == DEPTHWISE ? o : i;
      const size_t at = place(s->inputs, (size_t)s->height * s->width, n, c, (size_t)y * s->width + x, operation == IMAGE);
      add(&sum, operand(operation, call->weight[((size_t)o * inputs + i) * k * k + t]) * operand(operation, read(call->x, s->inputs, at, c)));
    }
  return total(sum);
}

double upstream(const ConvGradient *call, size_t at, int o) {
  if (!call->gradient) return call->dn[at];
  const int p = padded(call->shape.outputs);
  return (double)call->gradient[o] * call->dn[at] + (double)call->gradient[p + o] * call->y[at] + call->gradient[2 * p + o];
}

Sum inputGradient(enum Operation operation, const ConvGradient *call, int n, int c, int row, int column) {
  const Shape *s = &call->shape;
  const int inputs = perOutput(operation, s), k = s->kernel;
  Products sum = {{0, 0}, 0};
  for (int o = operation == DEPTHWISE ? c : 0; o < (operation == DEPTHWISE ? c + 1 : s->outputs); o++)
    for (int t = 0; t < k * k; t++) {
      const int y = row + s->pad - t / k * s->dilation, x = column + s->pad - t % k * s->dilation;
      if (y < 0 || x < 0 || y % s->stride || x % s->stride || y / s->stride >= s->outHeight || x / s->stride >= s->outWidth) continue;
      const size_t at = place(s->outputs, (size_t)s->outHeight * s->outWidth, n, o, (size_t)(y / s->stride) * s->outWidth + x / s->stride, 0);
      const double weight = call->weight[((size_t)o * inputs + (operation == DEPTHWISE ? 0 : c)) * k * k + t];
      add(&sum, operand(operation, weight) * operand(operation, upstream(call, at, o)));
    }
  const size_t at = place(s->inputs, (size_t)s->height * s->width, n, c, (size_t)row * s->width + column, 0);
  const double through = slope(before(call->x, s->inputs, at, c), call->x.activation), joined = call->sum ? call->sum[at] : 0;
  const Sum products = total(sum);
  return (Sum){products.value * through + joined, products.absolute * fabs(through) + fabs(joined)};
}

Sum weightGradient(enum Operation operation, const ConvGradient *call, int o, int i, int tap) {
  const Shape *s = &call->shape;
  const int k = s->kernel, c = operation == DEPTHWISE ? o : i;
  Products sum = {{0, 0}, 0};
  for (int n = 0; n < s->n; n++)
    for (int row = 0; row < s->outHeight; row++)
      for (int column = 0; column < s->outWidth; column++) {
        const int y = row * s->stride + tap / k * s->dilation - s->pad, x = column * s->stride + tap % k * s->dilation - s->pad;
        if (y < 0 || y >= s->height || x < 0 || x >= s->width) continue;
        const size_t at = place(s->inputs, (size_t)s->height * s->width, n, c, (size_t)y * s->width + x, operation == IMAGE);
        const size_t out = place(s->outputs, (size_t)s->outHeight * s->outWidth, n, o, (size_t)row * s->outWidth + column, 0);
        add(&sum, operand(operation, upstream(call, out, o)) * operand(operation, read(call->x, s->inputs, at, c)));
      }
  return total(sum);
}
