// Pointwise convolutions, forward and backward, as matrix products over tiles of positions that stay in the caches.
//
// A tile's operands are made where they are read: the input's norm and activation, and batch norm's gradient, are applied on the way into
// the tile. What follows (sums of the next norm, an activation's derivative) reads the tile's result while it is still there.
//
// Compiled once more with BFLOAT16 set: operands are rounded to bfloat16 on their way into the tile, two in a word, and a product is of pairs.
// Sums stay in float32, and so does every map in memory.
#include "vectors.h"

#ifndef BFLOAT16
#define BFLOAT16 0
#endif
/** Operands in a word of 32 bits; a block's words at one position. */
enum { PAIR = BFLOAT16 ? 2 : 1, BW = B / PAIR };

// Accumulators of the product: rows of positions by columns of blocks, as many as the registers hold.
#if B == 8
enum { ROWS_MAX = 6, LANES = 4 };
#else
enum { ROWS_MAX = 12, LANES = 8 };
#endif
enum { COLUMNS = 2, WEIGHT_COLUMNS = 3, GROUPS_MAX = 16 };
/** Bytes of a tile's operands, half of a small L2 cache; but positions enough to repay a pass over the weights. */
enum { TILE_BYTES = 192 * 1024, TILE_LEAST = 128 };

INLINE int least(int a, int b) { return a < b ? a : b; }
INLINE int wordsOf(int operands) { return (operands + PAIR - 1) / PAIR; }

/** sum + left * right; of pairs, the sum of both products. */
INLINE vec multiplyAdd(vec sum, vec left, vec right) {
#if !BFLOAT16
  return sum + left * right;
#elif defined(__AVX512BF16__)
  return (vec)_mm512_dpbf16_ps((__m512)sum, (__m512bh)left, (__m512bh)right);
#else
  // For the sanitizers, on CPUs that have no such instruction.
  const lanes a = (lanes)left, b = (lanes)right, high = (lanes)((int)0xffff0000);
  return sum + (vec)(a << 16) * (vec)(b << 16) + (vec)(a & high) * (vec)(b & high);
#endif
}

/** Vectors that are asked for, one of each as `k` grows, to lie in the L2 cache when they are read; with `any` false, none. */
typedef struct {
  int any;
  const float *first, *second;
} Asked;

/**
 * c[row][column] (+)= sum over k of a[row * aRow + k * aK] * b[k * bK + column * bColumn + lanes], vectors of a block; a and b are words.
 * k runs over `outer` times `inner`, with the steps of each, and over the first `rest` of one more.
 */
INLINE void product(int rows, int columns, int outer, int inner, int rest, const float *a, size_t aRow, size_t aOuter, size_t aInner,
                    const float *b, size_t bOuter, size_t bInner, size_t bColumn, float *c, size_t cRow, size_t cColumn, const float *start,
                    int add, Asked asked) {
  vec sums[ROWS_MAX][3];
  UNROLL for (int r = 0; r < rows; r++) {
    UNROLL for (int j = 0; j < columns; j++)
      sums[r][j] = add ? load(c + r * cRow + j * cColumn) : start ? load(start + j * B) : zero();
  }
  // What is written is asked for before the sums are computed.
  if (!add) {
    UNROLL for (int r = 0; r < rows; r++) {
      UNROLL for (int j = 0; j < columns; j++)
        __builtin_prefetch(c + r * cRow + j * cColumn, 1, 3);
    }
  }
#define ADD_PRODUCTS(count)                                                                                                                \
  for (int i = 0; i < (count); i++) {                                                                                                      \
    vec right[3];                                                                                                                          \
    UNROLL for (int j = 0; j < columns; j++)                                                                                               \
      right[j] = load(bi + j * bColumn);                                                                                                   \
    UNROLL for (int r = 0; r < rows; r++) {                                                                                                \
      const vec left = (vec)(ai[r * aRow]);                                                                                                \
      UNROLL for (int j = 0; j < columns; j++)                                                                                             \
        sums[r][j] = multiplyAdd(sums[r][j], left, right[j]);                                                                              \
    }                                                                                                                                      \
    if (asked.any) {                                                                                                                       \
      UNROLL for (int p = 0; p < PAIR; p++) {                                                                                              \
        __builtin_prefetch(asked.first + (i * PAIR + p) * B, 0, 2);                                                                        \
        __builtin_prefetch(asked.second + (i * PAIR + p) * B, 0, 2);                                                                       \
      }                                                                                                                                    \
    }                                                                                                                                      \
    ai += aInner;                                                                                                                          \
    bi += bInner;                                                                                                                          \
  }
  for (int o = 0; o < outer; o++) {
    const float *ai = a + o * aOuter, *bi = b + o * bOuter;
    ADD_PRODUCTS(inner)
  }
  if (rest) {
    const float *ai = a + outer * aOuter, *bi = b + outer * bOuter;
    ADD_PRODUCTS(rest)
  }
#undef ADD_PRODUCTS
  UNROLL for (int r = 0; r < rows; r++) {
    UNROLL for (int j = 0; j < columns; j++)
      store(c + r * cRow + j * cColumn, sums[r][j]);
  }
}

#if BFLOAT16
typedef uint16_t __attribute__((may_alias)) Operand;
/** The nearest bfloat16, and of two the even one, as the CPU rounds but for numbers below 2^-126; no number stays none. */
INLINE Operand operandOf(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return (Operand)(value == value ? (bits + 0x7fff + (bits >> 16 & 1)) >> 16 : 0x7fc0);
}

/** `count` vectors as words of neighboring channels: [count, BW]. */
INLINE void roundRows(const float *from, int count, float *to) {
#ifdef __AVX512BF16__
  for (int i = 0; i < count; i++) _mm256_storeu_si256((__m256i *)(to + i * BW), (__m256i)_mm512_cvtneps_pbh((__m512)load(from + i * B)));
#else
  for (int i = 0; i < count * B; i++) ((Operand *)to)[i] = operandOf(from[i]);
#endif
}

/** `count` vectors as words of neighboring positions: [words, B]; the last has a zero where there is one position. */
INLINE void roundPairs(const float *from, int count, float *to) {
#ifdef __AVX512BF16__
  const __m512i order = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5, 20, 4, 19, 3,
                                         18, 2, 17, 1, 16, 0);
  for (int i = 0; i < count; i += 2) {
    const vec second = i + 1 < count ? load(from + (i + 1) * B) : zero();
    const __m512i both = (__m512i)_mm512_cvtne2ps_pbh((__m512)second, (__m512)load(from + i * B));
    _mm512_storeu_si512(to + i / 2 * B, _mm512_permutexvar_epi16(order, both));
  }
#else
  for (int i = 0; i < wordsOf(count) * 2; i++)
    for (int lane = 0; lane < B; lane++) ((Operand *)to)[(i / 2 * B + lane) * 2 + i % 2] = i < count ? operandOf(from[i * B + lane]) : 0;
#endif
}
#else
typedef float Operand;
INLINE Operand operandOf(float value) { return value; }
/** In float32 a tile is staged where it is read. */
INLINE void roundRows(const float *from, int count, float *to) { (void)from, (void)count, (void)to; }
INLINE void roundPairs(const float *from, int count, float *to) { (void)from, (void)count, (void)to; }
#endif

/** Asks for `count` vectors of each of some blocks. */
INLINE void askForBlocks(const float *from, int count, int blocks, size_t step) {
  for (int block = 0; block < blocks; block++)
    for (int i = 0; i < count; i++) __builtin_prefetch(from + block * step + i * B, 0, 2);
}

/** Rows of one tile times packed weights [words of depth, columns, B] into `columns` blocks of c. */
INLINE void panel(int columns, int count, int depth, const float *a, size_t aBlock, const float *packed, float *c, size_t cBlock,
                  const float *start, const float *next) {
  int row = 0;
#define PANEL_ROWS(rows)                                                                                                                   \
  if (next) askForBlocks(next + row * B, rows, blocksOf(depth), cBlock);                                                                   \
  product(rows, columns, depth / B, BW, wordsOf(depth % B), a + row * BW, BW, aBlock, 1, packed, (size_t)BW * columns * B,                 \
          (size_t)columns * B, B, c + row * B, B, cBlock, start, 0, (Asked){0});                                                           \
  row += rows
  while (count - row >= ROWS_MAX) {
    PANEL_ROWS(ROWS_MAX);
  }
  // Sums of one row alone wait for each other: no rest but 1 ends in one.
#if B == 16
  if (count - row >= 6 && count - row != 7) {
    PANEL_ROWS(6);
  }
#endif
  if (count - row >= 4 && count - row != 5) {
    PANEL_ROWS(4);
  }
  if (count - row >= 3) {
    PANEL_ROWS(3);
  }
  if (count - row >= 2) {
    PANEL_ROWS(2);
  }
  if (count - row >= 1) {
    PANEL_ROWS(1);
  }
#undef PANEL_ROWS
}

/** c [outBlocks, count, B] = a [inputs in blocks, count, words of a block] times packed weights; `start` [outBlocks * B] or null. */
static void multiply(int count, int inputs, int outBlocks, const float *a, size_t aBlock, const float *packed, float *c, size_t cBlock,
                     const float *start, const float *next) {
  for (int o = 0; o < outBlocks; o += COLUMNS) {
    const float *weights = packed + (size_t)o * blocksOf(inputs) * BW * B;
    const float *from = start ? start + o * B : 0;
    if (outBlocks - o >= COLUMNS)
      panel(COLUMNS, count, inputs, a, aBlock, weights, c + o * cBlock, cBlock, from, o == 0 ? next : 0);
    else
      panel(1, count, inputs, a, aBlock, weights, c + o * cBlock, cBlock, from, o == 0 ? next : 0);
  }
}

/** Weights [outs, ins], or [ins, outs] where `transposed`, to be laid out as panels [outs / (columns * B), inBlocks * BW, columns, B]. */
typedef struct {
  const float *matrix;
  int outs, ins, transposed;
  float *packed;
} Packing;

static void packPanel(void *data, size_t panel) {
  const Packing *p = data;
  const int first = (int)panel * COLUMNS, columns = least(COLUMNS, blocksOf(p->outs) - first), depth = blocksOf(p->ins) * BW;
  float *to = p->packed + (size_t)first * depth * B;
  memset(to, 0, (size_t)depth * columns * B * sizeof(float));
  const int outs = least(columns * B, p->outs - first * B);
  const size_t out = p->transposed ? 1 : p->ins, in = p->transposed ? p->outs : 1;
  for (int i = 0; i < p->ins; i++) {
    const float *from = p->matrix + i * in + first * B * out;
    Operand *row = (Operand *)(to + (size_t)(i / PAIR) * columns * B) + i % PAIR;
    for (int o = 0; o < outs; o++) row[o * PAIR] = operandOf(from[o * out]);
  }
}

static void pack(Packing packing, Parallel parallel) {
  const size_t panels = (blocksOf(packing.outs) + COLUMNS - 1) / COLUMNS;
  if ((size_t)packing.outs * packing.ins > 16384)
    parallel.run(parallel.context, packPanel, panels, &packing);
  else
    for (size_t panel = 0; panel < panels; panel++) packPanel(&packing, panel);
}

/** What the next tile reads: the blocks of dn, of y (or null) and of x, `plane` floats apart. */
typedef struct {
  const float *dn, *y, *x;
  int outBlocks, inBlocks;
  size_t plane;
} Next;

/** Where its block of this number begins, counted through all three; the first one beyond the last, which costs little to ask for again. */
static const float *pieceOf(const Next *next, int number) {
  if (number < next->outBlocks) return next->dn + number * next->plane;
  number -= next->outBlocks;
  if (next->y) {
    if (number < next->outBlocks) return next->y + number * next->plane;
    number -= next->outBlocks;
  }
  return number < next->inBlocks ? next->x + number * next->plane : next->dn;
}

/** See `addWeightGradient`. */
INLINE void addWeights(int asking, int count, int outputs, int inBlocks, const float *dy, size_t dyBlock, const float *x, size_t xBlock,
                       int add, float *dWeight, const Next *next) {
  const size_t row = (size_t)inBlocks * B;
  const int turns = (inBlocks + WEIGHT_COLUMNS - 1) / WEIGHT_COLUMNS * ((outputs + LANES - 1) / LANES);
  int turn = 0;
  for (int i = 0; i < inBlocks;) {
    const int columns = inBlocks - i == 4 || inBlocks - i == 2 ? 2 : least(WEIGHT_COLUMNS, inBlocks - i);
    for (int output = 0; output < outputs; output += LANES) {
      const float *a = dy + output / B * dyBlock + output % B, *b = x + i * xBlock;
      float *c = dWeight + (size_t)output * row + i * B;
      const Asked asked = {asking, asking ? pieceOf(next, turn) : 0, asking ? pieceOf(next, turn + turns) : 0};
      turn++;
#define LANE_ROWS(columns) product(LANES, columns, 1, count, 0, a, 1, 0, B, b, 0, B, xBlock, c, row, B, 0, add, asked)
      if (columns == 3)
        LANE_ROWS(3);
      else if (columns == 2)
        LANE_ROWS(2);
      else
        LANE_ROWS(1);
#undef LANE_ROWS
    }
    i += columns;
  }
}

/**
 * dWeight [outputs in blocks, inBlocks * B] = or += sum over positions of dy * x, both in `count` words of positions; meanwhile what the next tile
 * reads is asked for, if any.
 */
static void addWeightGradient(int count, int outputs, int inBlocks, const float *dy, size_t dyBlock, const float *x, size_t xBlock, int add,
                              float *dWeight, const Next *next) {
  if (next)
    addWeights(1, count, outputs, inBlocks, dy, dyBlock, x, xBlock, add, dWeight, next);
  else
    addWeights(0, count, outputs, inBlocks, dy, dyBlock, x, xBlock, add, dWeight, 0);
}

/**
 * The positions of all images, one after the other, cut into tiles; and tiles dealt out in groups of neighbors, each with sums of its own.
 * Where weights are many and positions few, a tile spans images: a pass over a weight gradient should be worth its while.
 */
typedef struct {
  int size, count, groups;
} Tiles;

static Tiles tilesOf(int n, int positions, int channels) {
  const int all = n * positions, fitting = TILE_BYTES / (int)sizeof(float) / channels;
  const int most = fitting > TILE_LEAST ? fitting : TILE_LEAST;
  const int tiles = (all + most - 1) / most;
  const int size = ((all + tiles - 1) / tiles + ROWS_MAX - 1) / ROWS_MAX * ROWS_MAX;
  const int count = (all + size - 1) / size;
  const int worthwhile = all / 256 > 4 ? all / 256 : 4;
  return (Tiles){size, count, least(count, least(worthwhile, GROUPS_MAX))};
}

/** Neighboring positions of one image: where they begin in the tile, and in the image's planes. */
typedef struct {
  int image, at, count, start;
} Segment;

/** The segment of a tile [first, first + count) that begins `start` positions into it. */
INLINE Segment segmentOf(int first, int count, int start, int positions) {
  const int at = (first + start) % positions;
  return (Segment){(first + start) / positions, at, least(positions - at, count - start), start};
}

#define EACH_SEGMENT(s, first, count, positions)                                                                                           \
  for (Segment s = segmentOf(first, count, 0, positions); s.start < (count); s = segmentOf(first, count, s.start + s.count, positions))

/** Floats from a map's beginning to a segment's. */
INLINE size_t placeOf(Segment s, int blocks, size_t plane) { return (size_t)s.image * blocks * plane + (size_t)s.at * B; }

/** One block of a tile's part [size, B] of what the source is: one segment of it. */
static void stageBlock(Source x, int block, int blocks, size_t plane, Segment s, float *to) {
  const float *from = x.map + placeOf(s, blocks, plane) + block * plane;
  if (isComputed(x))
    computeRun(x, block, blocks, from, s.count, to + s.start * B);
  else
    memcpy(to + s.start * B, from, (size_t)s.count * B * sizeof(float));
}

typedef struct {
  const Conv *call;
  Tiles tiles;
  float *packed, *start;
  double *sums;
  /** Whether a task had no memory. */
  atomic_bool failed;
} PointwiseTask;

/** The sums of y and y * y over positions. */
static void addSquares(const float *y, int blocks, size_t plane, int count, double *sums) {
  for (int block = 0; block < blocks; block++) {
    vec sum, squares;
    sumSquares(y + block * plane, count, &sum, &squares);
    addSums(sums, blocks * B, block * B, sum, squares);
  }
}

static void pointwiseGroup(void *data, size_t group) {
  PointwiseTask *task = data;
  const Conv *call = task->call;
  const Shape *s = &call->shape;
  const int inBlocks = blocksOf(s->inputs), outBlocks = blocksOf(s->outputs), positions = s->height * s->width;
  const size_t plane = (size_t)positions * B, tileBlock = (size_t)task->tiles.size * BW;
  double *sums = task->sums ? task->sums + group * 2 * outBlocks * B : 0;
  const int isStaged = BFLOAT16 || isComputed(call->x);
  float *staged = isStaged ? takeScratch(tileBlock * inBlocks + (BFLOAT16 ? (size_t)task->tiles.size * B : 0)) : 0;
  if (isStaged && !staged) {
    task->failed = true;
    return;
  }
  float *run = BFLOAT16 ? staged + tileBlock * inBlocks : 0;
  const int last = (int)((group + 1) * task->tiles.count / task->tiles.groups);
  for (int tile = (int)(group * task->tiles.count / task->tiles.groups); tile < last; tile++) {
    const int first = tile * task->tiles.size, count = least(task->tiles.size, s->n * positions - first);
    const float *next = tile + 1 < last && task->tiles.size <= positions
                            ? call->x.map + placeOf(segmentOf(first + task->tiles.size, 1, 0, positions), inBlocks, plane)
                            : 0;
    EACH_SEGMENT(segment, first, count, positions) {
      const float *a = call->x.map + placeOf(segment, inBlocks, plane);
      for (int block = 0; staged && block < inBlocks; block++) {
        float *rows = staged + block * tileBlock + segment.start * BW, *computed = BFLOAT16 ? run : rows;
        if (isComputed(call->x)) computeRun(call->x, block, inBlocks, a + block * plane, segment.count, computed);
        roundRows(isComputed(call->x) ? computed : a + block * plane, segment.count, rows);
      }
      float *y = call->y + placeOf(segment, outBlocks, plane);
      multiply(segment.count, s->inputs, outBlocks, staged ? staged + segment.start * BW : a, staged ? tileBlock : plane, task->packed, y,
               plane, task->start, next ? next + segment.start * B : 0);
      if (sums) addSquares(y, outBlocks, plane, segment.count, sums);
    }
  }
  giveScratch(staged);
}

/** A pointwise convolution, with a norm's vectors. */
static bool pointwise(const Conv *call, Parallel parallel) {
  const Shape *s = &call->shape;
  const int inBlocks = blocksOf(s->inputs), outBlocks = blocksOf(s->outputs), positions = s->height * s->width;
  const int padded = outBlocks * B;
  PointwiseTask task = {.call = call, .tiles = tilesOf(s->n, positions, (inBlocks + outBlocks) * B)};
  task.packed = takeScratch((size_t)padded * inBlocks * B + padded);
  if (call->norm) task.sums = calloc((size_t)task.tiles.groups * 2 * padded, sizeof(double));
  if (!task.packed || (call->norm && !task.sums)) {
    free(task.sums);
    giveScratch(task.packed);
    return false;
  }
  task.start = task.packed + (size_t)padded * inBlocks * B;
  for (int c = 0; c < padded; c++) task.start[c] = call->runningMean && c < s->outputs ? -call->runningMean[c] : 0;
  pack((Packing){call->weight, s->outputs, s->inputs, 0, task.packed}, parallel);
  parallel.run(parallel.context, pointwiseGroup, task.tiles.groups, &task);
  if (call->norm) finishNorm(task.sums, task.tiles.groups, s->outputs, (double)s->n * positions, call->gamma, call->beta, call->norm);
  free(task.sums);
  giveScratch(task.packed);
  return !task.failed;
}

typedef struct {
  const ConvGradient *call;
  Tiles tiles;
  float *packed, *dWeights;
  double *sums;
  atomic_bool failed;
} PointwiseGradientTask;

/** One block of a tile's part of dy = a * dn + b * y + c: one segment of it. */
static void stageUpstream(const ConvGradient *call, int block, int blocks, size_t plane, Segment s, float *to) {
  if (!call->gradient) {
    stageBlock((Source){call->dn, 0, NONE}, block, blocks, plane, s, to);
    return;
  }
  const size_t place = placeOf(s, blocks, plane) + block * plane;
  upstreamRun(call->gradient, block, blocks, call->dn + place, call->y + place, s.count, to + s.start * B);
}

static void addMap(const float *from, int blocks, size_t plane, int count, float *to) {
  for (int block = 0; block < blocks; block++)
    for (size_t at = block * plane; at < block * plane + (size_t)count * B; at += B) store(to + at, load(to + at) + load(from + at));
}

static void pointwiseGradientGroup(void *data, size_t group) {
  PointwiseGradientTask *task = data;
  const ConvGradient *call = task->call;
  const Shape *s = &call->shape;
  const int inBlocks = blocksOf(s->inputs), outBlocks = blocksOf(s->outputs), positions = s->height * s->width;
  const size_t plane = (size_t)positions * B, tileBlock = (size_t)task->tiles.size * BW, matrix = (size_t)inBlocks * B * outBlocks * B;
  // dy as rows for dx, and as words of positions for dWeight, which are the same in float32; x; and a block before it is rounded.
  float *dy = takeScratch(tileBlock * (inBlocks + PAIR * outBlocks) + (BFLOAT16 ? (size_t)task->tiles.size * B : 0));
  if (!dy) {
    task->failed = true;
    return;
  }
  float *dyWords = BFLOAT16 ? dy + tileBlock * outBlocks : dy;
  float *staged = dyWords + tileBlock * outBlocks, *run = staged + tileBlock * inBlocks;
  double *sums = task->sums ? task->sums + group * 2 * inBlocks * B : 0;
  float *dWeight = task->dWeights ? task->dWeights + group * matrix : 0;
  const int start = (int)(group * task->tiles.count / task->tiles.groups);
  const int last = (int)((group + 1) * task->tiles.count / task->tiles.groups);
  for (int tile = start; tile < last; tile++) {
    const int first = tile * task->tiles.size, count = least(task->tiles.size, s->n * positions - first);
    const Segment whole = segmentOf(first, count, 0, positions);
    for (int block = 0; block < outBlocks; block++) {
      float *to = BFLOAT16 ? run : dy + block * tileBlock;
      EACH_SEGMENT(segment, first, count, positions) { stageUpstream(call, block, outBlocks, plane, segment, to); }
      roundRows(to, count, dy + block * tileBlock);
      if (dWeight) roundPairs(to, count, dyWords + block * tileBlock);
    }
    const int direct = !BFLOAT16 && !isComputed(call->x) && whole.count == count;
    for (int block = 0; dWeight && !direct && block < inBlocks; block++) {
      float *to = BFLOAT16 ? run : staged + block * tileBlock;
      EACH_SEGMENT(segment, first, count, positions) { stageBlock(call->x, block, inBlocks, plane, segment, to); }
      roundPairs(to, count, staged + block * tileBlock);
    }
    const int more = tile + 1 < last && task->tiles.size <= positions;
    const Segment following = more ? segmentOf(first + task->tiles.size, 1, 0, positions) : whole;
    const size_t out = placeOf(following, outBlocks, plane);
    const Next next = {
        call->dn + out, call->gradient ? call->y + out : 0, call->x.map + placeOf(following, inBlocks, plane), outBlocks, inBlocks, plane};
    if (dWeight)
      addWeightGradient(wordsOf(count), s->outputs, inBlocks, dyWords, tileBlock,
                        direct ? call->x.map + placeOf(whole, inBlocks, plane) : staged, direct ? plane : tileBlock, tile > start, dWeight,
                        more ? &next : 0);
    EACH_SEGMENT(segment, first, count, positions) {
      const size_t place = placeOf(segment, inBlocks, plane);
      float *dx = call->dx + place;
      multiply(segment.count, s->outputs, inBlocks, dy + segment.start * BW, tileBlock, task->packed, dx, plane, 0, 0);
      if (isComputed(call->x))
        for (int block = 0; block < inBlocks; block++)
          throughRun(call->x, block, inBlocks, call->x.map + place + block * plane, segment.count, dx + block * plane, sums);
      if (call->sum) addMap(call->sum + place, inBlocks, plane, segment.count, dx);
    }
  }
  giveScratch(dy);
}

static void addGroups(void *data, size_t output) {
  const PointwiseGradientTask *task = data;
  const Shape *s = &task->call->shape;
  const size_t row = (size_t)blocksOf(s->inputs) * B, matrix = row * blocksOf(s->outputs) * B;
  const float *from = task->dWeights + output * row;
  float *to = task->call->dWeight + output * s->inputs;
  for (int i = 0; i < s->inputs; i += B) {
    vec sum = zero();
    for (int group = 0; group < task->tiles.groups; group++) sum += load(from + group * matrix + i);
    storeFirst(to + i, sum, s->inputs - i);
  }
}

/** dx and the weight's gradient. */
static bool pointwiseGradient(const ConvGradient *call, Parallel parallel) {
  const Shape *s = &call->shape;
  const int inBlocks = blocksOf(s->inputs), outBlocks = blocksOf(s->outputs), positions = s->height * s->width;
  const size_t matrix = (size_t)outBlocks * B * inBlocks * B;
  PointwiseGradientTask task = {.call = call, .tiles = tilesOf(s->n, positions, (2 * inBlocks + 2 * outBlocks) * B)};
  const size_t groups = task.tiles.groups;
  task.packed = takeScratch(matrix * (call->dWeight ? groups + 1 : 1));
  if (call->x.norm) task.sums = calloc(groups * 2 * inBlocks * B, sizeof(double));
  if (!task.packed || (call->x.norm && !task.sums)) {
    free(task.sums);
    giveScratch(task.packed);
    return false;
  }
  pack((Packing){call->weight, s->inputs, s->outputs, 1, task.packed}, parallel);
  if (call->dWeight) task.dWeights = task.packed + matrix;
  parallel.run(parallel.context, pointwiseGradientGroup, groups, &task);
  if (call->dWeight) parallel.run(parallel.context, addGroups, s->outputs, &task);
  if (task.sums) finishGradient(task.sums, (int)groups, inBlocks * B, (double)s->n * positions, call->x.norm, call->dxGradient);
  free(task.sums);
  giveScratch(task.packed);
  return !task.failed;
}
