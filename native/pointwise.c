// Pointwise convolutions, forward and backward, as matrix products over tiles of positions that stay in the caches.
//
// A tile's operands are made where they are read: the input's norm and activation, and batch norm's gradient, are applied on the way into
// the tile. What follows (sums of the next norm, an activation's derivative) reads the tile's result while it is still there.
#include "vectors.h"

// Accumulators of the product: rows of positions by columns of blocks, as many as the registers hold.
#if B == 8
enum { ROWS_MAX = 6, LANES = 4 };
#else
enum { ROWS_MAX = 12, LANES = 8 };
#endif
enum { COLUMNS = 2, WEIGHT_COLUMNS = 3, GROUPS_MAX = 16 };
/** Bytes of a tile's operands: half of a small L2 cache. */
enum { TILE_BYTES = 192 * 1024 };

INLINE int least(int a, int b) { return a < b ? a : b; }

/**
 * c[row][column] (+)= sum over k of a[row * aRow + k * aK] * b[k * bK + column * bColumn + lanes], vectors of a block.
 * k runs over `outer` times `inner`, with the steps of each.
 */
INLINE void product(int rows, int columns, int outer, int inner, const float *a, size_t aRow, size_t aOuter, size_t aInner, const float *b,
                    size_t bOuter, size_t bInner, size_t bColumn, float *c, size_t cRow, size_t cColumn, const float *start, int add) {
  vec sums[ROWS_MAX][3];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int j = 0; j < columns; j++)
      sums[r][j] = add ? load(c + r * cRow + j * cColumn) : start ? load(start + j * B) : zero();
  for (int o = 0; o < outer; o++) {
    const float *ai = a + o * aOuter, *bi = b + o * bOuter;
    for (int i = 0; i < inner; i++) {
      vec right[3];
      UNROLL for (int j = 0; j < columns; j++) right[j] = load(bi + j * bColumn);
      UNROLL for (int r = 0; r < rows; r++) {
        const vec left = (vec)(ai[r * aRow]);
        UNROLL for (int j = 0; j < columns; j++) sums[r][j] += left * right[j];
      }
      ai += aInner;
      bi += bInner;
    }
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int j = 0; j < columns; j++) store(c + r * cRow + j * cColumn, sums[r][j]);
}

/** Rows of one tile times packed weights [depth * B, columns, B] into `columns` blocks of c. */
INLINE void panel(int columns, int count, int depth, const float *a, size_t aBlock, const float *packed, float *c, size_t cBlock,
                  const float *start) {
  int row = 0;
#define PANEL_ROWS(rows)                                                                                                                  \
  product(rows, columns, depth, B, a + row * B, B, aBlock, 1, packed, (size_t)B *columns *B, (size_t)columns *B, B, c + row * B, B, cBlock, \
          start, 0);                                                                                                                      \
  row += rows
  while (count - row >= ROWS_MAX) {
    PANEL_ROWS(ROWS_MAX);
  }
#if B == 16
  if (count - row >= 6) {
    PANEL_ROWS(6);
  }
#endif
  if (count - row >= 3) {
    PANEL_ROWS(3);
  }
  while (row < count) {
    PANEL_ROWS(1);
  }
#undef PANEL_ROWS
}

/** c [outBlocks, count, B] = a [inBlocks, count, B] times packed weights; `start` [outBlocks * B] or null. */
static void multiply(int count, int inBlocks, int outBlocks, const float *a, size_t aBlock, const float *packed, float *c, size_t cBlock,
                     const float *start) {
  for (int o = 0; o < outBlocks; o += COLUMNS) {
    const float *weights = packed + (size_t)o * inBlocks * B * B;
    const float *from = start ? start + o * B : 0;
    if (outBlocks - o >= COLUMNS)
      panel(COLUMNS, count, inBlocks, a, aBlock, weights, c + o * cBlock, cBlock, from);
    else
      panel(1, count, inBlocks, a, aBlock, weights, c + o * cBlock, cBlock, from);
  }
}

/** Weights [outs, ins] as panels [outs / (columns * B), inBlocks * B, columns, B]; `transposed`: matrix is [ins, outs]. */
static void pack(const float *matrix, int outs, int ins, int transposed, float *packed) {
  const int outBlocks = blocksOf(outs), depth = blocksOf(ins) * B;
  memset(packed, 0, (size_t)outBlocks * B * depth * sizeof(float));
  for (int o = 0; o < outs; o++) {
    const int first = o / B / COLUMNS * COLUMNS, columns = least(COLUMNS, outBlocks - first);
    float *to = packed + (size_t)first * depth * B + (o / B - first) * B + o % B;
    for (int i = 0; i < ins; i++) to[(size_t)i * columns * B] = transposed ? matrix[(size_t)i * outs + o] : matrix[(size_t)o * ins + i];
  }
}

/** dWeight [outBlocks * B, inBlocks * B] += sum over positions of dy * x. */
static void addWeightGradient(int count, int outBlocks, int inBlocks, const float *dy, size_t dyBlock, const float *x, size_t xBlock,
                              float *dWeight) {
  const size_t row = (size_t)inBlocks * B;
  for (int i = 0; i < inBlocks;) {
    const int columns = inBlocks - i == 4 || inBlocks - i == 2 ? 2 : least(WEIGHT_COLUMNS, inBlocks - i);
    for (int o = 0; o < outBlocks; o++)
      for (int lane = 0; lane < B; lane += LANES) {
        const float *a = dy + o * dyBlock + lane, *b = x + i * xBlock;
        float *c = dWeight + (size_t)(o * B + lane) * row + i * B;
#define LANE_ROWS(columns) product(LANES, columns, 1, count, a, 1, 0, B, b, 0, B, xBlock, c, row, B, 0, 1)
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

/** Positions of images cut into tiles, tiles dealt out in groups of neighbours. */
typedef struct {
  int size, perImage, count, groups;
} Tiles;

static Tiles tilesOf(int n, int positions, int channels) {
  const int fitting = TILE_BYTES / (int)sizeof(float) / channels / ROWS_MAX * ROWS_MAX;
  const int size = least(positions, fitting < 2 * ROWS_MAX ? 2 * ROWS_MAX : fitting);
  const int perImage = (positions + size - 1) / size;
  const int even = ((positions + perImage - 1) / perImage + ROWS_MAX - 1) / ROWS_MAX * ROWS_MAX;
  const int count = n * ((positions + even - 1) / even);
  return (Tiles){even, (positions + even - 1) / even, count, least(count, GROUPS_MAX)};
}

/** dst [blocks, count, B] = what the source is, from position `at` of an image on. */
static void stage(Source x, int blocks, size_t mapBlock, int count, float *dst) {
  for (int block = 0; block < blocks; block++) {
    const Affine f = affineOf(x.norm, block, blocks);
    const float *from = x.map + block * mapBlock;
    float *to = dst + (size_t)block * count * B;
    WITH_ACTIVATION(x.activation, kind, for (int p = 0; p < count; p++) store(to + p * B, activate(load(from + p * B) * f.scale + f.shift, kind)))
  }
}

typedef struct {
  const Conv *call;
  Tiles tiles;
  float *packed, *start;
  double *sums;
} PointwiseTask;

static void pointwiseGroup(void *data, size_t group) {
  const PointwiseTask *task = data;
  const Conv *call = task->call;
  const Shape *s = &call->shape;
  const int inBlocks = blocksOf(s->inputs), outBlocks = blocksOf(s->outputs), positions = s->height * s->width;
  const size_t plane = (size_t)positions * B;
  double *sums = task->sums ? task->sums + group * 2 * outBlocks * B : 0;
  float *staged = isComputed(call->x) ? takeScratch((size_t)task->tiles.size * inBlocks * B) : 0;
  const int last = (int)((group + 1) * task->tiles.count / task->tiles.groups);
  for (int tile = (int)(group * task->tiles.count / task->tiles.groups); tile < last; tile++) {
    const int image = tile / task->tiles.perImage, at = tile % task->tiles.perImage * task->tiles.size;
    const int count = least(task->tiles.size, positions - at);
    Source x = call->x;
    x.map += (size_t)image * inBlocks * plane + (size_t)at * B;
    if (staged) stage(x, inBlocks, plane, count, staged);
    float *y = call->y + (size_t)image * outBlocks * plane + (size_t)at * B;
    multiply(count, inBlocks, outBlocks, staged ? staged : x.map, staged ? (size_t)count * B : plane, task->packed, y, plane, task->start);
    for (int block = 0; sums && block < outBlocks; block++) {
      vec sum[2] = {zero(), zero()}, squares[2] = {zero(), zero()};
      const float *from = y + block * plane;
      for (int p = 0; p < count; p++) {
        const vec v = load(from + p * B);
        sum[p & 1] += v;
        squares[p & 1] += v * v;
      }
      addSums(sums, outBlocks * B, block * B, sum[0] + sum[1], squares[0] + squares[1]);
    }
  }
  if (staged) giveScratch(staged);
}

/** A pointwise convolution, with a norm's vectors. */
static void pointwise(const Conv *call, Parallel parallel) {
  const Shape *s = &call->shape;
  const int inBlocks = blocksOf(s->inputs), outBlocks = blocksOf(s->outputs), positions = s->height * s->width;
  const int padded = outBlocks * B;
  PointwiseTask task = {call, tilesOf(s->n, positions, (inBlocks + outBlocks) * B), 0, 0, 0};
  task.packed = takeScratch((size_t)padded * inBlocks * B + padded);
  task.start = task.packed + (size_t)padded * inBlocks * B;
  for (int c = 0; c < padded; c++) task.start[c] = call->runningMean && c < s->outputs ? -call->runningMean[c] : 0;
  pack(call->weight, s->outputs, s->inputs, 0, task.packed);
  if (call->norm) task.sums = calloc((size_t)task.tiles.groups * 2 * padded, sizeof(double));
  parallel.run(parallel.context, pointwiseGroup, task.tiles.groups, &task);
  if (call->norm)
    finishNorm(task.sums, task.tiles.groups, s->outputs, (double)s->n * positions, call->gamma, call->beta, call->norm);
  free(task.sums);
  giveScratch(task.packed);
}

typedef struct {
  const ConvGradient *call;
  Tiles tiles;
  float *packed, *dWeights;
  double *sums;
} PointwiseGradientTask;

/** dy of a tile: a * dn + b * y + c. */
static void stageGradient(const ConvGradient *call, size_t offset, int blocks, size_t plane, int count, float *dst) {
  const int padded = blocks * B;
  for (int block = 0; block < blocks; block++) {
    const float *dn = call->dn + offset + block * plane;
    float *to = dst + (size_t)block * count * B;
    if (!call->gradient) {
      memcpy(to, dn, (size_t)count * B * sizeof(float));
      continue;
    }
    const float *vectors = call->gradient + block * B, *y = call->y + offset + block * plane;
    const vec a = load(vectors), b = load(vectors + padded), c = load(vectors + 2 * padded);
    for (int p = 0; p < count; p++) store(to + p * B, a * load(dn + p * B) + (b * load(y + p * B) + c));
  }
}

/** dx of a tile, through the input's activation, with the sums of its norm's gradient, if any. */
static void throughSource(Source x, int blocks, size_t plane, int count, float *dx, double *sums) {
  const int padded = blocks * B;
  for (int block = 0; block < blocks; block++) {
    const Affine f = affineOf(x.norm, block, blocks);
    const float *from = x.map + block * plane;
    float *to = dx + block * plane;
    vec sum = zero(), dot = zero();
    WITH_ACTIVATION(x.activation, kind, for (int p = 0; p < count; p++) {
      const vec v = load(from + p * B);
      const vec dn = load(to + p * B) * derivative(v * f.scale + f.shift, kind);
      store(to + p * B, dn);
      sum += dn;
      dot += dn * v;
    })
    if (sums) addSums(sums, padded, block * B, sum, dot);
  }
}

static void pointwiseGradientGroup(void *data, size_t group) {
  const PointwiseGradientTask *task = data;
  const ConvGradient *call = task->call;
  const Shape *s = &call->shape;
  const int inBlocks = blocksOf(s->inputs), outBlocks = blocksOf(s->outputs), positions = s->height * s->width;
  const size_t plane = (size_t)positions * B, size = task->tiles.size;
  float *dy = takeScratch(size * (inBlocks + outBlocks) * B);
  float *staged = isComputed(call->x) ? dy + size * outBlocks * B : 0;
  const int last = (int)((group + 1) * task->tiles.count / task->tiles.groups);
  for (int tile = (int)(group * task->tiles.count / task->tiles.groups); tile < last; tile++) {
    const int image = tile / task->tiles.perImage, at = tile % task->tiles.perImage * (int)size;
    const int count = least((int)size, positions - at);
    stageGradient(call, (size_t)image * outBlocks * plane + (size_t)at * B, outBlocks, plane, count, dy);
    const size_t offset = (size_t)image * inBlocks * plane + (size_t)at * B;
    Source x = call->x;
    x.map += offset;
    if (task->dWeights) {
      if (staged) stage(x, inBlocks, plane, count, staged);
      addWeightGradient(count, outBlocks, inBlocks, dy, (size_t)count * B, staged ? staged : x.map, staged ? (size_t)count * B : plane,
                        task->dWeights + group * inBlocks * B * outBlocks * B);
    }
    float *dx = call->dx + offset;
    multiply(count, outBlocks, inBlocks, dy, (size_t)count * B, task->packed, dx, plane, 0);
    if (isComputed(x)) throughSource(x, inBlocks, plane, count, dx, task->sums ? task->sums + group * 2 * inBlocks * B : 0);
    if (call->sum)
      for (int block = 0; block < inBlocks; block++)
        for (int p = 0; p < count; p++) {
          const size_t place = block * plane + p * B;
          store(dx + place, load(dx + place) + load(call->sum + offset + place));
        }
  }
  giveScratch(dy);
}

static void addGroups(void *data, size_t output) {
  const PointwiseGradientTask *task = data;
  const Shape *s = &task->call->shape;
  const size_t row = (size_t)blocksOf(s->inputs) * B, matrix = row * blocksOf(s->outputs) * B;
  float *to = task->call->dWeight + output * s->inputs;
  for (int i = 0; i < s->inputs; i++) {
    float sum = 0;
    for (int group = 0; group < task->tiles.groups; group++) sum += task->dWeights[group * matrix + output * row + i];
    to[i] = sum;
  }
}

/** dx and the weight's gradient. */
static void pointwiseGradient(const ConvGradient *call, Parallel parallel) {
  const Shape *s = &call->shape;
  const int inBlocks = blocksOf(s->inputs), outBlocks = blocksOf(s->outputs), positions = s->height * s->width;
  const size_t matrix = (size_t)outBlocks * B * inBlocks * B;
  PointwiseGradientTask task = {call, tilesOf(s->n, positions, (2 * inBlocks + 2 * outBlocks) * B), 0, 0, 0};
  const size_t groups = task.tiles.groups;
  task.packed = takeScratch(matrix * (call->dWeight ? groups + 1 : 1));
  pack(call->weight, s->inputs, s->outputs, 1, task.packed);
  if (call->dWeight) {
    task.dWeights = task.packed + matrix;
    memset(task.dWeights, 0, matrix * groups * sizeof(float));
  }
  if (call->x.norm) task.sums = calloc(groups * 2 * inBlocks * B, sizeof(double));
  parallel.run(parallel.context, pointwiseGradientGroup, groups, &task);
  if (call->dWeight) parallel.run(parallel.context, addGroups, s->outputs, &task);
  if (task.sums) finishGradient(task.sums, (int)groups, inBlocks * B, (double)s->n * positions, call->x.norm, call->dxGradient);
  free(task.sums);
  giveScratch(task.packed);
}
