// Updates of long vectors of floats: the optimizer's, and sums of gradients. The compiler makes vectors of these loops.
#include "vectors.h"

/** AdamW (Loshchilov and Hutter 2019): decay apart from the gradient, bias-corrected moments. */
static void adamW(size_t count, float *restrict w, const float *restrict g, float *restrict first, float *restrict second, AdamW s) {
  for (size_t i = 0; i < count; i++) {
    const float m = first[i] * s.beta1 + g[i] * (1 - s.beta1), v = second[i] * s.beta2 + g[i] * g[i] * (1 - s.beta2);
    first[i] = m;
    second[i] = v;
    w[i] = w[i] * s.keep - m * s.scale / (__builtin_sqrtf(v) * s.secondScale + s.epsilon);
  }
}

/** to += share * (from - to). */
static void moveToward(size_t count, float *restrict to, const float *restrict from, float share) {
  for (size_t i = 0; i < count; i++) to[i] += share * (from[i] - to[i]);
}

static void addInto(size_t count, float *restrict to, const float *restrict from) {
  for (size_t i = 0; i < count; i++) to[i] += from[i];
}
