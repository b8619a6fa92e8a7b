// Training samples made from decoded photos: the passes of src/data/pixels.ts, bit for bit, so every step is rounded to float32 as it is there.
#include "vectors.h"
// Holds to the end of sized.c, which includes this file last.
#pragma clang fp contract(off)

/** A pixel as it is computed with: red, green, blue, label, person's part of the label; three floats are free. */
typedef float pixel __attribute__((ext_vector_type(8), aligned(4)));
typedef uint8_t pixelBytes __attribute__((ext_vector_type(8)));
enum { PIXEL = 8, CHANNELS = 3 };

INLINE pixel loadPixel(const float *p) { return *(const pixel *)p; }
INLINE pixel mix(pixel a, pixel b, float share) { return a + share * (b - a); }

/** Where an output column (or row) lies in the photo: between which two pixels, and how far from the first. Half-pixel centers, edges clamped. */
typedef struct {
  int first, second;
  float share;
  bool inside;
} Tap;

static Tap tapAt(double start, double length, int size, int outputs, int i) {
  const double position = start + (i + 0.5) * length / outputs, moved = position - 0.5;
  const double positive = moved > 0 ? moved : 0, center = positive < size - 1 ? positive : size - 1;
  const int first = (int)center;
  return (Tap){first, first + 1 < size ? first + 1 : size - 1, (float)(center - first), position >= 0 && position < size};
}

/** The columns of an output: where the pixels that each lies between begin, in floats of an unpacked row; and which lie in the photo. */
typedef struct {
  int *left, *right;
  float *share;
  int from, to;
  /** The photo's columns that are read. */
  int first, last;
} Columns;

static void findColumns(Columns *c, const Photo *photo, const CropWindow *window, int width) {
  c->from = width;
  c->to = c->last = 0;
  c->first = photo->width;
  for (int x = 0; x < width; x++) {
    const Tap tap = tapAt(window->left, window->width, photo->width, width, window->flip ? width - 1 - x : x);
    c->left[x] = tap.first;
    c->right[x] = tap.second;
    c->share[x] = tap.share;
    if (!tap.inside) continue;
    if (c->from == width) c->from = x;
    c->to = x + 1;
    if (tap.first < c->first) c->first = tap.first;
    if (tap.second > c->last) c->last = tap.second;
  }
  for (int x = c->from; x < c->to; x++) {
    c->left[x] = (c->left[x] - c->first) * PIXEL;
    c->right[x] = (c->right[x] - c->first) * PIXEL;
  }
  // The last vector of pixels is computed whole.
  for (int x = c->to; x < c->to + PIXEL - 1; x++) {
    c->left[x] = c->to ? c->left[c->to - 1] : 0;
    c->right[x] = c->to ? c->right[c->to - 1] : 0;
    c->share[x] = 0;
  }
}

/** A row's pixels [first, last] as floats. */
static void unpackRow(const Photo *photo, int row, int first, int last, float *to) {
  const size_t at = (size_t)row * photo->width;
  const uint8_t *rgb = photo->rgb + CHANNELS * at, *person = photo->person + at, *labeled = photo->labeled + at;
  for (int x = first; x <= last; x++, to += PIXEL) {
    const pixelBytes bytes = {rgb[3 * x], rgb[3 * x + 1], rgb[3 * x + 2], labeled[x]};
    *(pixel *)to = __builtin_convertvector(bytes, pixel);
    to[4] = (float)(person[x] * labeled[x]);
  }
}

/** Two unpacked rows of the photo, by their numbers. */
typedef struct {
  float *rows[2];
  int numbers[2];
} Unpacked;

/** The unpacked row, made where neither of the two is it; row `keep` stays. */
static const float *rowOf(Unpacked *u, const Photo *photo, int row, int keep, int first, int last) {
  for (int i = 0; i < 2; i++)
    if (u->numbers[i] == row) return u->rows[i];
  const int slot = u->numbers[0] == keep;
  unpackRow(photo, row, first, last, u->rows[slot]);
  u->numbers[slot] = row;
  return u->rows[slot];
}

/** Of eight pixels, the first five floats of each: out[i] holds float i of all. */
INLINE void transpose(const pixel v[PIXEL], pixel out[5]) {
  pixel low[4], high[4], quads[2][5];
  UNROLL for (int i = 0; i < 4; i++) {
    low[i] = __builtin_shufflevector(v[2 * i], v[2 * i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    high[i] = __builtin_shufflevector(v[2 * i], v[2 * i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  UNROLL for (int i = 0; i < 2; i++) {
    quads[i][0] = __builtin_shufflevector(low[2 * i], low[2 * i + 1], 0, 1, 8, 9, 4, 5, 12, 13);
    quads[i][1] = __builtin_shufflevector(low[2 * i], low[2 * i + 1], 2, 3, 10, 11, 6, 7, 14, 15);
    quads[i][2] = __builtin_shufflevector(high[2 * i], high[2 * i + 1], 0, 1, 8, 9, 4, 5, 12, 13);
    quads[i][3] = __builtin_shufflevector(high[2 * i], high[2 * i + 1], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  UNROLL for (int i = 0; i < 4; i++)
    out[i] = __builtin_shufflevector(quads[0][i], quads[1][i], 0, 1, 2, 3, 8, 9, 10, 11);
  out[4] = __builtin_shufflevector(quads[0][0], quads[1][0], 4, 5, 6, 7, 12, 13, 14, 15);
}

INLINE void storeSome(float *to, pixel values, int count) {
  if (count >= PIXEL)
    *(pixel *)to = values;
  else
    memcpy(to, &values, (size_t)count * sizeof(float));
}

/** A row of the output from a blended row of the photo. */
static void writeRow(const Columns *c, const float *blended, const NormalizedColors *colors, const Planes *out, size_t row) {
  const size_t plane = (size_t)out->width * out->height;
  for (int x = c->from; x < c->to; x += PIXEL) {
    pixel v[PIXEL], planar[5];
    UNROLL for (int i = 0; i < PIXEL; i++)
      v[i] = mix(loadPixel(blended + c->left[x + i]), loadPixel(blended + c->right[x + i]), c->share[x + i]);
    transpose(v, planar);
    const int count = c->to - x;
    const size_t at = row * out->width + x;
    UNROLL for (int channel = 0; channel < CHANNELS; channel++) {
      const NormalizedColors color = colors[channel];
      pixel value = planar[channel] * color.gain + color.offset;
      value = value > 0.0f ? value : (pixel)(0.0f);
      value = value < 255.0f ? value : (pixel)(255.0f);
      storeSome(out->image + channel * plane + at, value * color.scale - color.mean, count);
    }
    const pixel known = planar[3], share = planar[4] / (255.0f * known), atMost = share < 1.0f ? share : (pixel)(1.0f);
    storeSome(out->weight + at, known / 255.0f, count);
    storeSome(out->target + at, known > 0.0f ? atMost : (pixel)(0.0f), count);
  }
}

/** Zeros from..to of a row, in all planes. */
static void clearRow(const Planes *out, size_t row, int from, int to) {
  const size_t plane = (size_t)out->width * out->height, at = row * out->width + from, bytes = (size_t)(to - from) * sizeof(float);
  for (int channel = 0; channel < CHANNELS; channel++) memset(out->image + channel * plane + at, 0, bytes);
  memset(out->target + at, 0, bytes);
  memset(out->weight + at, 0, bytes);
}

static bool resample(const Photo *photo, const CropWindow *window, const NormalizedColors *colors, const Planes *out) {
  const size_t padded = (size_t)out->width + PIXEL;
  float *columnFloats = takeScratch(3 * padded);
  if (!columnFloats) return false;
  Columns c = {(int *)columnFloats, (int *)columnFloats + padded, columnFloats + 2 * padded, 0, 0, 0, 0};
  findColumns(&c, photo, window, out->width);
  const int span = c.to > c.from ? c.last - c.first + 1 : 0;
  // In whole vectors.
  const size_t floats = ((size_t)span + 1) / 2 * 2 * PIXEL;
  float *memory = takeScratch(3 * floats + 1);
  if (!memory) {
    giveScratch(columnFloats);
    return false;
  }
  Unpacked unpacked = {{memory, memory + floats}, {-1, -1}};
  float *blended = memory + 2 * floats;
  for (int y = 0; y < out->height; y++) {
    const Tap tap = tapAt(window->top, window->height, photo->height, out->height, y);
    if (!tap.inside || span == 0) {
      clearRow(out, y, 0, out->width);
      continue;
    }
    const float *above = rowOf(&unpacked, photo, tap.first, tap.second, c.first, c.last);
    const float *below = rowOf(&unpacked, photo, tap.second, tap.first, c.first, c.last);
    for (size_t i = 0; i < floats; i += B) store(blended + i, load(above + i) + tap.share * (load(below + i) - load(above + i)));
    writeRow(&c, blended, colors, out, y);
    clearRow(out, y, 0, c.from);
    clearRow(out, y, c.to, out->width);
  }
  giveScratch(memory);
  giveScratch(columnFloats);
  return true;
}

static void replaceBackground(size_t pixels, float *restrict image, const float *restrict target, const float *restrict weight,
                              const float *restrict backdrop) {
  for (size_t p = 0; p < pixels; p++) {
    const float shown = weight[p] * (1 - target[p]);
    UNROLL for (int channel = 0; channel < CHANNELS; channel++) {
      float *value = image + channel * pixels + p;
      *value += shown * (backdrop[channel * pixels + p] - *value);
    }
  }
}

/** A row of the blur: the sums of the columns of three rows, and from them the values within the border. */
static void blurRow(int width, const float *restrict above, const float *restrict current, const float *restrict below,
                    float *restrict sums, float strength, float *restrict to) {
  for (int x = 0; x < width; x++) sums[x] = above[x] + 2 * current[x] + below[x];
  for (int x = 1; x < width - 1; x++) to[x] = current[x] + strength * ((sums[x - 1] + 2 * sums[x] + sums[x + 1]) / 16 - current[x]);
}

static bool mixBlur(int width, int height, float *image, float strength) {
  float *rows = takeScratch(3 * (size_t)width);
  if (!rows) return false;
  const size_t bytes = (size_t)width * sizeof(float);
  float *above = rows, *current = rows + width, *sums = rows + 2 * (size_t)width;
  for (int channel = 0; channel < CHANNELS; channel++, image += (size_t)width * height) {
    memcpy(current, image, bytes);
    for (int y = 1; y < height - 1; y++) {
      float *row = image + (size_t)y * width, *spare = above;
      above = current;
      current = spare;
      memcpy(current, row, bytes);
      blurRow(width, above, current, row + width, sums, strength, row);
    }
  }
  giveScratch(rows);
  return true;
}
