// Vectors of one block of channels, and what is done to them. Included once per block size, with B defined.
#pragma once
#ifndef B
#error "B is the number of channels in a block"
#endif
#include "kernels.h"
#include <immintrin.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define PASTE(name, block) name##block
#define EXPAND(name, block) PASTE(name, block)
#define SIZED(name) EXPAND(name, B)
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

typedef float vec __attribute__((ext_vector_type(B), aligned(4)));

INLINE vec load(const float *p) { return *(const vec *)p; }
INLINE void store(float *p, vec v) { *(vec *)p = v; }
/** The first of a vector's floats, at most `count`. */
INLINE void storeFirst(float *p, vec v, int count) {
  if (count >= B)
    store(p, v);
  else
    memcpy(p, &v, (size_t)count * sizeof(float));
}
INLINE vec zero(void) { return (vec)(0.0f); }

/** A number for each lane. */
typedef int lanes __attribute__((ext_vector_type(B), aligned(4)));

/** Lane i is that of v which index[i] says. */
INLINE vec permute(vec v, lanes index) {
#if B == 16 && defined(__AVX512F__)
  return (vec)_mm512_permutexvar_ps((__m512i)index, (__m512)v);
#elif B == 8
  return (vec)_mm256_permutevar8x32_ps((__m256)v, (__m256i)index);
#else
  vec moved;
  for (int i = 0; i < B; i++) moved[i] = v[index[i]];
  return moved;
#endif
}

INLINE int blocksOf(int channels) { return (channels + B - 1) / B; }

/** The activation of z; of no number, none. */
INLINE vec activate(vec z, enum Activation kind) {
  if (kind == RELU) return z < 0.0f ? zero() : z;
  if (kind == HARD_SWISH) {
    vec gate = z * (1.0f / 6.0f) + 0.5f;
    gate = gate > 0.0f ? gate : zero();
    gate = gate < 1.0f ? gate : (vec)(1.0f);
    return z * gate;
  }
  return z;
}

/** Its derivative at z. */
INLINE vec derivative(vec z, enum Activation kind) {
  if (kind == RELU) return z > 0.0f ? (vec)(1.0f) : zero();
  if (kind == HARD_SWISH) {
    const vec inside = z * (1.0f / 3.0f) + 0.5f;
    const vec below = z > -3.0f ? inside : zero();
    return z < 3.0f ? below : (vec)(1.0f);
  }
  return (vec)(1.0f);
}

/** The affine of a source's norm for one block of channels; the identity if it has none. */
typedef struct {
  vec scale, shift;
} Affine;

INLINE int isComputed(Source x) { return x.norm || x.activation != NONE; }

INLINE Affine affineOf(const float *norm, int block, int blocks) {
  if (!norm) return (Affine){(vec)(1.0f), zero()};
  return (Affine){load(norm + (3 * blocks + block) * B), load(norm + (4 * blocks + block) * B)};
}

/** Runs a statement with the activation as a constant. */
#define WITH_ACTIVATION(kind, name, statement)                                                                                             \
  switch (kind) {                                                                                                                          \
  case RELU: {                                                                                                                             \
    enum { name = RELU };                                                                                                                  \
    statement;                                                                                                                             \
  } break;                                                                                                                                 \
  case HARD_SWISH: {                                                                                                                       \
    enum { name = HARD_SWISH };                                                                                                            \
    statement;                                                                                                                             \
  } break;                                                                                                                                 \
  default: {                                                                                                                               \
    enum { name = NONE };                                                                                                                  \
    statement;                                                                                                                             \
  }                                                                                                                                        \
  }

/** Positions whose sums stay in single precision. */
enum { RUN = 256 };

/** Accumulators of one sum: additions to a single one would wait for each other. */
enum { PARTS = 4 };

INLINE vec total(const vec parts[PARTS]) { return (parts[0] + parts[1]) + (parts[2] + parts[3]); }

/** The sums of v and v * v over `count` vectors. */
INLINE void sumSquares(const float *from, int count, vec *sum, vec *squares) {
  vec sums[PARTS] = {zero(), zero(), zero(), zero()}, products[PARTS] = {zero(), zero(), zero(), zero()};
  int i = 0;
  for (; count - i >= PARTS; i += PARTS) UNROLL
    for (int part = 0; part < PARTS; part++) {
      const vec v = load(from + (i + part) * B);
      sums[part] += v;
      products[part] += v * v;
    }
  for (; i < count; i++) {
    const vec v = load(from + i * B);
    sums[0] += v;
    products[0] += v * v;
  }
  *sum = total(sums);
  *squares = total(products);
}

/** Sums over positions of two values a channel, in double precision from one run of positions to the next. */
INLINE void addSums(double *sums, int channels, int at, vec first, vec second) {
  float parts[2][B];
  store(parts[0], first);
  store(parts[1], second);
  for (int lane = 0; lane < B; lane++) {
    sums[at + lane] += parts[0][lane];
    sums[channels + at + lane] += parts[1][lane];
  }
}

/** `count` vectors of what the source's norm and activation make of a map, for one block of channels. */
INLINE void computeRun(Source x, int block, int blocks, const float *from, int count, float *to) {
  const Affine f = affineOf(x.norm, block, blocks);
  WITH_ACTIVATION(x.activation, kind,
                  for (int i = 0; i < count; i++) store(to + i * B, activate(load(from + i * B) * f.scale + f.shift, kind)))
}

/** `count` vectors of the gradient at a norm's input: a * dn + b * y + c. */
INLINE void upstreamRun(const float *gradient, int block, int blocks, const float *dn, const float *y, int count, float *to) {
  const float *vectors = gradient + block * B;
  const vec a = load(vectors), b = load(vectors + blocks * B), c = load(vectors + 2 * blocks * B);
  for (int i = 0; i < count; i++) store(to + i * B, a * load(dn + i * B) + (b * load(y + i * B) + c));
}

/** `count` vectors of dx through the source's activation, with the sums of its norm's gradient, if any. */
INLINE void throughRun(Source x, int block, int blocks, const float *from, int count, float *dx, double *sums) {
  const Affine f = affineOf(x.norm, block, blocks);
  vec sum = zero(), dot = zero();
  WITH_ACTIVATION(
      x.activation, kind, for (int i = 0; i < count; i++) {
        const vec v = load(from + i * B);
        const vec dn = load(dx + i * B) * derivative(v * f.scale + f.shift, kind);
        store(dx + i * B, dn);
        sum += dn;
        dot += dn * v;
      })
  if (sums) addSums(sums, blocks * B, block * B, sum, dot);
}

/** The sums of a block of channels over all parts, `stride` doubles apart. */
INLINE void addParts(const double *sums, int parts, size_t stride, double all[B]) {
  for (int lane = 0; lane < B; lane++) all[lane] = 0;
  for (int part = 0; part < parts; part++)
    for (int lane = 0; lane < B; lane++) all[lane] += sums[part * stride + lane];
}

/** A norm's vectors from the sums of y and y * y, [2, Cp]; `sums` has as many parts as were made. */
INLINE void finishNorm(const double *sums, int parts, int channels, double count, const float *gamma, const float *beta, float *norm) {
  const int padded = blocksOf(channels) * B;
  double sum[B], squares[B];
  for (int c = 0; c < padded; c++) {
    const int lane = c % B;
    if (lane == 0) {
      addParts(sums + c, parts, 2 * padded, sum);
      addParts(sums + padded + c, parts, 2 * padded, squares);
    }
    const double mean = sum[lane] / count;
    const double difference = squares[lane] / count - mean * mean;
    const double variance = difference < 0 ? 0 : difference;
    const double inverse = 1 / __builtin_sqrt(variance + 1e-5);
    const double scale = c < channels ? gamma[c] * inverse : 0;
    norm[c] = (float)mean;
    norm[padded + c] = (float)variance;
    norm[2 * padded + c] = (float)inverse;
    norm[3 * padded + c] = (float)scale;
    norm[4 * padded + c] = c < channels ? (float)(beta[c] - mean * scale) : 0;
  }
}

/**
 * Batch norm backward as an affine of dn and y (Ioffe and Szegedy 2015, section 3), from the sums of dn and dn * y, [2, Cp].
 * @param channels padded
 */
INLINE void finishGradient(const double *sums, int parts, int channels, double count, const float *norm, float *gradient) {
  double sum[B], dot[B];
  for (int c = 0; c < channels; c++) {
    const int lane = c % B;
    if (lane == 0) {
      addParts(sums + c, parts, 2 * channels, sum);
      addParts(sums + channels + c, parts, 2 * channels, dot);
    }
    const double mean = norm[c], inverse = norm[2 * channels + c], scale = norm[3 * channels + c];
    const double dGamma = inverse * (dot[lane] - mean * sum[lane]);
    const double slope = scale * inverse * dGamma / count;
    gradient[c] = (float)scale;
    gradient[channels + c] = (float)-slope;
    gradient[2 * channels + c] = (float)(slope * mean - scale * sum[lane] / count);
    gradient[3 * channels + c] = (float)dGamma;
    gradient[4 * channels + c] = (float)sum[lane];
  }
}
