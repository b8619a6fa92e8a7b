// The Node-API side of pixels.c: checks that arrays have the sizes that the numbers say.
#include "addon.h"
#include <math.h>

static bool bytesOfArray(napi_env env, napi_value value, const uint8_t **data, size_t length) {
  napi_typedarray_type type;
  void *memory = 0;
  size_t found = 0;
  if (napi_get_typedarray_info(env, value, &type, &found, &memory, 0, 0) != napi_ok || type != napi_uint8_array || found != length)
    return false;
  *data = memory;
  return true;
}

static bool floatsOfLength(napi_env env, napi_value value, float **data, size_t length) {
  size_t found = 0;
  return floatsOfArray(env, value, data, &found) && found == length;
}

static bool numberAt(napi_env env, napi_value value, double *number) {
  return napi_get_value_double(env, value, number) == napi_ok && isfinite(*number);
}

/** A side in pixels, few enough that a photo's bytes can be counted in an int. */
static bool sideAt(napi_env env, napi_value value, int *side) {
  double number;
  if (!numberAt(env, value, &number) || !(number >= 1 && number <= 16384)) return false;
  *side = (int)number;
  return *side == number;
}

/** resample(photo's width, height, rgb, person, labeled, left, top, width, height, flip, colors, width, height, image, target, weight) */
napi_value resamplePhoto(napi_env env, napi_callback_info info) {
  napi_value v[16];
  const Kernels *kernels = takeKernels(env);
  if (!kernels || !takeArguments(env, info, 16, v)) return 0;
  Photo photo;
  CropWindow window;
  float *colors;
  Planes out;
  if (!sideAt(env, v[0], &photo.width) || !sideAt(env, v[1], &photo.height) || !sideAt(env, v[11], &out.width) ||
      !sideAt(env, v[12], &out.height))
    return fail(env, "a side is not from 1 to 16384");
  const size_t from = (size_t)photo.width * photo.height, to = (size_t)out.width * out.height;
  if (!bytesOfArray(env, v[2], &photo.rgb, 3 * from) || !bytesOfArray(env, v[3], &photo.person, from) ||
      !bytesOfArray(env, v[4], &photo.labeled, from))
    return fail(env, "the photo's arrays are not Uint8Arrays of its size");
  if (!numberAt(env, v[5], &window.left) || !numberAt(env, v[6], &window.top) || !numberAt(env, v[7], &window.width) ||
      !numberAt(env, v[8], &window.height) || napi_get_value_bool(env, v[9], &window.flip) != napi_ok)
    return fail(env, "the window is not four numbers and whether it is flipped");
  if (!floatsOfLength(env, v[10], &colors, 12)) return fail(env, "the colors are not 12 floats");
  if (!floatsOfLength(env, v[13], &out.image, 3 * to) || !floatsOfLength(env, v[14], &out.target, to) ||
      !floatsOfLength(env, v[15], &out.weight, to))
    return fail(env, "the outputs are not Float32Arrays of their size");
  return kernels->resample(&photo, &window, (const NormalizedColors *)colors, &out) ? 0 : fail(env, "out of memory");
}

/** replaceBackground(image, target, weight, backdrop) */
napi_value replaceBackgrounds(napi_env env, napi_callback_info info) {
  napi_value v[4];
  const Kernels *kernels = takeKernels(env);
  float *image, *target, *weight, *backdrop;
  size_t pixels = 0;
  if (!kernels || !takeArguments(env, info, 4, v)) return 0;
  if (!floatsOfArray(env, v[1], &target, &pixels) || !floatsOfLength(env, v[0], &image, 3 * pixels) ||
      !floatsOfLength(env, v[2], &weight, pixels) || !floatsOfLength(env, v[3], &backdrop, 3 * pixels))
    return fail(env, "the arrays are not Float32Arrays of one sample");
  kernels->replaceBackground(pixels, image, target, weight, backdrop);
  return 0;
}

/** mixBlur(width, height, image, strength) */
napi_value mixBlurred(napi_env env, napi_callback_info info) {
  napi_value v[4];
  const Kernels *kernels = takeKernels(env);
  int width, height;
  float *image;
  double strength;
  if (!kernels || !takeArguments(env, info, 4, v)) return 0;
  if (!sideAt(env, v[0], &width) || !sideAt(env, v[1], &height)) return fail(env, "a side is not from 1 to 16384");
  if (!floatsOfLength(env, v[2], &image, 3 * (size_t)width * height)) return fail(env, "the image is not a Float32Array of its size");
  if (!numberAt(env, v[3], &strength)) return fail(env, "the strength is not a number");
  return kernels->mixBlur(width, height, image, (float)strength) ? 0 : fail(env, "out of memory");
}
