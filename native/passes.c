// Passes over one map: for norms after another kind of convolution, and for maps that must be written.
#include "vectors.h"

typedef struct {
  const Pass *call;
  double *sums;
} Task;

typedef struct {
  int block, blocks;
  size_t at;
  int count;
} Plane;

INLINE Plane planeOf(const Pass *call, size_t index) {
  const int blocks = blocksOf(call->channels);
  return (Plane){(int)index % blocks, blocks, index * call->positions * B, call->positions};
}

INLINE double *sumsOf(const Task *task, Plane p, size_t index) { return task->sums + index / p.blocks * 2 * p.blocks * B; }

static void statisticsPlane(void *data, size_t index) {
  const Task *task = data;
  const Plane p = planeOf(task->call, index);
  const float *y = task->call->y + p.at;
  for (int start = 0; start < p.count; start += RUN) {
    const int end = start + RUN < p.count ? start + RUN : p.count;
    vec sum, squares;
    sumSquares(y + (size_t)start * B, end - start, &sum, &squares);
    addSums(sumsOf(task, p, index), p.blocks * B, p.block * B, sum, squares);
  }
}

/** The vectors of a norm over y. */
static bool normStatistics(const Pass *call, Parallel parallel) {
  const int blocks = blocksOf(call->channels);
  Task task = {call, calloc((size_t)call->n * 2 * blocks * B, sizeof(double))};
  if (!task.sums) return false;
  parallel.run(parallel.context, statisticsPlane, (size_t)call->n * blocks, &task);
  finishNorm(task.sums, call->n, call->channels, (double)call->n * call->positions, call->gamma, call->beta, call->vectors);
  free(task.sums);
  return true;
}

static void applyPlane(void *data, size_t index) {
  const Pass *call = ((const Task *)data)->call;
  const Plane p = planeOf(call, index);
  const Affine f = affineOf(call->norm, p.block, p.blocks);
  const float *y = call->y + p.at, *residual = call->residual ? call->residual + p.at : 0;
  float *out = call->out + p.at;
  if (residual) {
    WITH_ACTIVATION(call->activation, kind,
                    for (size_t i = 0; i < (size_t)p.count * B; i += B)
                        store(out + i, activate(load(y + i) * f.scale + f.shift + load(residual + i), kind)))
  } else {
    WITH_ACTIVATION(call->activation, kind,
                    for (size_t i = 0; i < (size_t)p.count * B; i += B) store(out + i, activate(load(y + i) * f.scale + f.shift, kind)))
  }
}

/** out = activation(scale * y + shift + residual). */
static bool normApply(const Pass *call, Parallel parallel) {
  Task task = {call, 0};
  parallel.run(parallel.context, applyPlane, (size_t)call->n * blocksOf(call->channels), &task);
  return true;
}

static void gradientPlane(void *data, size_t index) {
  const Task *task = data;
  const Pass *call = task->call;
  const Plane p = planeOf(call, index);
  const Affine f = affineOf(call->norm, p.block, p.blocks);
  const float *y = call->y + p.at, *residual = call->residual ? call->residual + p.at : 0, *upstream = call->dn + p.at;
  float *out = call->out ? call->out + p.at : 0;
  for (int start = 0; start < p.count; start += RUN) {
    const int end = start + RUN < p.count ? start + RUN : p.count;
    vec sum = zero(), dot = zero();
    WITH_ACTIVATION(
        call->activation, kind, for (size_t i = (size_t)start * B; i < (size_t)end * B; i += B) {
          const vec v = load(y + i);
          vec dn = load(upstream + i);
          if (kind != NONE) {
            vec z = v * f.scale + f.shift;
            if (residual) z += load(residual + i);
            dn *= derivative(z, kind);
            store(out + i, dn);
          }
          sum += dn;
          dot += dn * v;
        })
    addSums(sumsOf(task, p, index), p.blocks * B, p.block * B, sum, dot);
  }
}

/** The gradient at a norm's output (out, where there is an activation to go through), and what makes dy of it (vectors). */
static bool normGradient(const Pass *call, Parallel parallel) {
  const int blocks = blocksOf(call->channels);
  Task task = {call, calloc((size_t)call->n * 2 * blocks * B, sizeof(double))};
  if (!task.sums) return false;
  parallel.run(parallel.context, gradientPlane, (size_t)call->n * blocks, &task);
  finishGradient(task.sums, call->n, blocks * B, (double)call->n * call->positions, call->norm, call->vectors);
  free(task.sums);
  return true;
}

static void convolvedPlane(void *data, size_t index) {
  const Pass *call = ((const Task *)data)->call;
  const Plane p = planeOf(call, index);
  upstreamRun(call->gradient, p.block, p.blocks, call->dn + p.at, call->y + p.at, p.count, call->out + p.at);
}

/** dy = a * dn + b * y + c: the gradient at the norm's input. */
static bool convolvedGradient(const Pass *call, Parallel parallel) {
  Task task = {call, 0};
  parallel.run(parallel.context, convolvedPlane, (size_t)call->n * blocksOf(call->channels), &task);
  return true;
}

/** What one block of inputs gives to one block of outputs: output lane i, where it is taken, is input lane `from[i]`. */
typedef struct {
  int block;
  lanes from, taken;
} Share;

/** The shares of an output block, at most one a lane; returns how many there are. */
static int sharesOf(const ChannelMove *move, int block, Share shares[B]) {
  int count = 0;
  for (int lane = 0; lane < B; lane++) {
    const int i = block * B + lane - move->to;
    if (i < 0 || i >= move->count) continue;
    const int channel = move->from + i % move->groups * (move->count / move->groups) + i / move->groups;
    int at = 0;
    while (at < count && shares[at].block != channel / B) at++;
    if (at == count) shares[count++] = (Share){channel / B, (lanes)(0), (lanes)(0)};
    shares[at].from[lane] = channel % B;
    shares[at].taken[lane] = -1;
  }
  return count;
}

static void movePlane(void *data, size_t index) {
  const MoveChannels *call = data;
  const int inBlocks = blocksOf(call->inputs), outBlocks = blocksOf(call->outputs);
  const size_t plane = (size_t)call->positions * B, image = index / outBlocks;
  Share shares[B];
  const int count = sharesOf(&call->move, (int)(index % outBlocks), shares);
  const float *sum = call->sum ? call->sum + index * plane : 0;
  float *y = call->y + index * plane;
  // A run stays in the nearest cache until all shares are added.
  for (size_t start = 0; start < plane; start += RUN * B) {
    const size_t end = start + RUN * B < plane ? start + RUN * B : plane;
    if (!sum)
      memset(y + start, 0, (end - start) * sizeof(float));
    else if (sum != y)
      memcpy(y + start, sum + start, (end - start) * sizeof(float));
    for (int share = 0; share < count; share++) {
      const float *x = call->x + (image * inBlocks + shares[share].block) * plane;
      const lanes from = shares[share].from, taken = shares[share].taken;
      for (size_t i = start; i < end; i += B) store(y + i, load(y + i) + (taken ? permute(load(x + i), from) : zero()));
    }
  }
}

/** Channels of x as channels of y. */
static bool moveChannels(const MoveChannels *call, Parallel parallel) {
  MoveChannels task = *call;
  parallel.run(parallel.context, movePlane, (size_t)call->n * blocksOf(call->outputs), &task);
  return true;
}

/** The columns of a matrix's row that are not zero: [first, end). */
typedef struct {
  int first, end;
} Band;

static Band bandOf(const float *row, int count) {
  Band band = {0, count};
  while (band.first < count && row[band.first] == 0) band.first++;
  while (band.end > band.first && row[band.end - 1] == 0) band.end--;
  return band;
}

/** sum over a band of weights[i] * from[i * step], vectors. */
INLINE vec weighted(Band band, const float *weights, const float *from, size_t step) {
  vec sum = zero();
  for (int i = band.first; i < band.end; i++) sum += weights[i] * load(from + i * step);
  return sum;
}

typedef struct {
  const SpatialMap *call;
  const Band *bands;
  /** Whether a task had no memory. */
  atomic_bool failed;
} SpatialTask;

static void mapPlane(void *data, size_t index) {
  SpatialTask *task = data;
  const SpatialMap *call = task->call;
  const size_t row = (size_t)call->width * B, outRow = (size_t)call->outWidth * B;
  const float *x = call->x + index * call->height * row;
  float *y = call->y + index * call->outHeight * outRow, *mixed = takeScratch(row);
  if (!mixed) {
    task->failed = true;
    return;
  }
  for (int r = 0; r < call->outHeight; r++) {
    const float *weights = call->rows + (size_t)r * call->height;
    const Band band = bandOf(weights, call->height);
    for (size_t i = 0; i < row; i += B) store(mixed + i, weighted(band, weights, x + i, row));
    for (int c = 0; c < call->outWidth; c++)
      store(y + r * outRow + c * B, weighted(task->bands[c], call->columns + (size_t)c * call->width, mixed, B));
  }
  giveScratch(mixed);
}

/** A linear map over height and one over width, whose rows have few numbers that are not zero: bilinear interpolation, and its gradient. */
static bool spatialMap(const SpatialMap *call, Parallel parallel) {
  Band *bands = calloc(call->outWidth, sizeof(Band));
  if (!bands) return false;
  for (int c = 0; c < call->outWidth; c++) bands[c] = bandOf(call->columns + (size_t)c * call->width, call->width);
  SpatialTask task = {.call = call, .bands = bands};
  parallel.run(parallel.context, mapPlane, (size_t)call->n * blocksOf(call->channels), &task);
  free(bands);
  return !task.failed;
}
