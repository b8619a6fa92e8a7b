// The passes over pixels on random photos, beside the same in double precision.
#include "harness.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint8_t *randomBytes(size_t count, bool extremes) {
  uint8_t *bytes = exactBytes(count);
  for (size_t i = 0; i < count; i++) bytes[i] = (uint8_t)(extremes && between(0, 2) ? 255 * between(0, 1) : between(0, 255));
  return bytes;
}

static double clamped(double value, double least, double most) { return fmin(most, fmax(least, value)); }

/** A place along a side, as pixels.c has it; the share is a float there. */
static bool placeAt(double start, double length, int size, int outputs, int i, int *first, double *share) {
  const double position = start + (i + 0.5) * length / outputs, center = clamped(position - 0.5, 0, size - 1);
  *first = (int)center;
  *share = (float)(center - *first);
  return position >= 0 && position < size;
}

/** What is at (y, x) of a photo, where both are followed by a share of the next pixel: red, green, blue, label, person times label. */
static void blend(const Photo *photo, int y, double down, int x, double across, double values[5]) {
  memset(values, 0, 5 * sizeof(double));
  for (int i = 0; i < 4; i++) {
    const int row = y + i / 2 < photo->height ? y + i / 2 : y, column = x + i % 2 < photo->width ? x + i % 2 : x;
    const double part = (i / 2 ? down : 1 - down) * (i % 2 ? across : 1 - across);
    const size_t at = (size_t)row * photo->width + column;
    for (int c = 0; c < 3; c++) values[c] += part * photo->rgb[3 * at + c];
    values[3] += part * photo->labeled[at];
    values[4] += part * photo->person[at] * photo->labeled[at];
  }
}

static void checkSample(const Photo *photo, const CropWindow *window, const NormalizedColors *colors, const Planes *out) {
  const size_t plane = (size_t)out->width * out->height;
  for (int y = 0; y < out->height; y++)
    for (int x = 0; x < out->width; x++) {
      int row, column;
      double down, across, v[5];
      const bool inRows = placeAt(window->top, window->height, photo->height, out->height, y, &row, &down);
      const bool inColumns =
          placeAt(window->left, window->width, photo->width, out->width, window->flip ? out->width - 1 - x : x, &column, &across);
      const bool inside = inRows && inColumns;
      blend(photo, row, down, column, across, v);
      const size_t at = (size_t)y * out->width + x;
      for (int c = 0; c < 3; c++) {
        const NormalizedColors color = colors[c];
        const double value = clamped(v[c] * color.gain + color.offset, 0, 255) * color.scale - color.mean;
        expectNear(out->image[c * plane + at], (Sum){inside ? value : 0, 10}, "a color");
      }
      expectNear(out->weight[at], (Sum){inside ? v[3] / 255 : 0, 10}, "a pixel's weight");
      // Where next to nothing is labeled, rounding decides whose share it is.
      if (!inside || v[3] > 1) expectNear(out->target[at], (Sum){inside ? v[4] / (255 * v[3]) : 0, 10}, "a pixel's target");
    }
}

static float *copyOf(const float *values, size_t count) { return memcpy(exact(count), values, count * sizeof(float)); }

static void testBlur(const Planes *out) {
  const int w = out->width, h = out->height;
  const size_t plane = (size_t)w * h;
  const float strength = 0.1f * (float)between(-9, 9), *before = copyOf(out->image, 3 * plane);
  failFrom(0);
  must(!tested.mixBlur(w, h, out->image, strength), "a blur without memory");
  failFrom(SIZE_MAX);
  must(tested.mixBlur(w, h, out->image, strength), "a blur says that there is no memory");
  for (size_t at = 0; at < 3 * plane; at++) {
    const int y = (int)(at % plane) / w, x = (int)(at % plane) % w;
    double blurred = 0;
    const bool inner = y > 0 && x > 0 && y < h - 1 && x < w - 1;
    for (int i = 0; inner && i < 9; i++)
      blurred += (2 - abs(i / 3 - 1)) * (2 - abs(i % 3 - 1)) * (double)before[at + (size_t)((i / 3) * w + i % 3) - (size_t)w - 1] / 16;
    expectNear(out->image[at], (Sum){inner ? before[at] + strength * (blurred - before[at]) : before[at], 10}, "a blurred color");
  }
}

static void testBackground(const Planes *out) {
  const size_t plane = (size_t)out->width * out->height;
  const float *before = copyOf(out->image, 3 * plane);
  float *backdrop = exact(3 * plane);
  for (size_t at = 0; at < 3 * plane; at++) backdrop[at] = normal();
  tested.replaceBackground(plane, out->image, out->target, out->weight, backdrop);
  for (size_t at = 0; at < 3 * plane; at++) {
    const double shown = out->weight[at % plane] * (1 - (double)out->target[at % plane]);
    expectNear(out->image[at], (Sum){before[at] + shown * (backdrop[at] - before[at]), 10}, "a color of the background");
  }
}

void testPixels(void) {
  Photo photo = {.width = between(1, 40), .height = between(1, 40)};
  const size_t from = (size_t)photo.width * photo.height;
  photo.rgb = randomBytes(3 * from, false);
  photo.person = randomBytes(from, true);
  photo.labeled = randomBytes(from, true);
  const CropWindow window = {photo.width * 0.1 * between(-6, 6), photo.height * 0.1 * between(-6, 6), photo.width * 0.1 * between(1, 20),
                             photo.height * 0.1 * between(1, 20), between(0, 1)};
  NormalizedColors colors[3];
  for (int c = 0; c < 3; c++) colors[c] = (NormalizedColors){1 + 0.2f * normal(), 20 * normal(), 0.017f, 2};
  Planes out = {.width = between(1, 40), .height = between(1, 40)};
  const size_t to = (size_t)out.width * out.height;
  out.image = exact(3 * to);
  out.target = exact(to);
  out.weight = exact(to);
  for (size_t allocation = 0; allocation < 2; allocation++) {
    failFrom(allocation);
    must(!tested.resample(&photo, &window, colors, &out), "a sample without memory");
  }
  failFrom(SIZE_MAX);
  must(tested.resample(&photo, &window, colors, &out), "a sample says that there is no memory");
  checkSample(&photo, &window, colors, &out);
  testBackground(&out);
  testBlur(&out);
}
