// Checks the kernels of native/ for one block size: random shapes, a naive reference in double precision, buffers of exactly the size that an operator
// is given, equal bits on any number of threads, and memory that runs out. scripts/test-sanitizers.mjs compiles it with Clang's sanitizers.
#ifndef PROXYLESS_HARNESS_H
#define PROXYLESS_HARNESS_H
#include "../../native/kernels.h"

#define PASTE(name, block) name##block
#define EXPAND(name, block) PASTE(name, block)
#ifndef BFLOAT16
#define BFLOAT16 0
#endif
/** main.c: the kernels that are checked. B is given to the compiler, and whether pointwise convolutions are those of bfloat16.c. */
extern Kernels tested;

enum Operation { POINTWISE, DEPTHWISE, IMAGE };

/** memory.c: exact buffers, and allocations that can be made to fail. */
float *exact(size_t floats);
uint8_t *exactBytes(size_t bytes);
void freeAll(void);
/** From now on the allocation of this number and all after it fail; none for SIZE_MAX. */
void failFrom(size_t allocation);

/** native/scratch.c, under other names: the kernels are given exact buffers instead. */
float *pooledScratch(size_t floats);
void returnScratch(float *scratch);

/** threads.c: tasks in any order on so many threads. */
Parallel onThreads(int count);

/** main.c: ends the process with a message where something does not hold. */
void must(bool holds, const char *what);

/** pixels.c */
void testPixels(void);

/** random.c */
void seed(uint64_t value);
int between(int least, int most);
float normal(void);

/** reference.c: every value with the sum of its terms' absolute values, which says how far rounding may take it. */
typedef struct {
  double value, absolute;
} Sum;

static inline int padded(int channels) { return (channels + B - 1) / B * B; }
/** Where (n, c, position) lies in a stored map; images are not in blocks. */
static inline size_t place(int channels, size_t positions, int n, int c, size_t position, int image) {
  if (image) return ((size_t)n * channels + c) * positions + position;
  return (((size_t)n * (padded(channels) / B) + c / B) * positions + position) * B + c % B;
}
double activated(double z, enum Activation kind);
double slope(double z, enum Activation kind);
/** What a source is at a place of channel c. */
double read(Source x, int channels, size_t at, int c);
Sum convolved(enum Operation operation, const Conv *call, int n, int o, int row, int column);
/** The gradient at y of a convolution. */
double upstream(const ConvGradient *call, size_t at, int o);
Sum inputGradient(enum Operation operation, const ConvGradient *call, int n, int c, int row, int column);
Sum weightGradient(enum Operation operation, const ConvGradient *call, int o, int i, int tap);

/** checks.c: ends the process with a message where a value is too far off. */
void expectNear(double actual, Sum expected, const char *what);
void checkConv(enum Operation operation, const Conv *call);
void checkGradient(enum Operation operation, const ConvGradient *call);
void checkNorm(const float *norm, const float *y, int n, int channels, size_t positions, const float *gamma, const float *beta);
void checkNormGradient(const float *gradient, const float *norm, const float *dn, const float *y, int n, int channels, size_t positions);
void checkPadding(const float *map, int n, int channels, size_t positions, const char *what);

#endif
