// Checks of a node's attributes, inputs and outputs: what passes cannot make a kernel divide by nothing, read what is not there or run instructions
// that this CPU does not have. Sizes of tensors are compared with the attributes by a kernel's first run.
#include "attributes.h"
#include <stdint.h>
#include <stdio.h>

const Signature signatures[KINDS] = {
#define X(kind, name, Call, kernel, ...) [kind] = {name, __VA_ARGS__},
    OPERATORS(X)
#undef X
};

/** Of sides, channels and images; of kernels, strides and dilations. Products of them are checked apart. */
enum { MOST = 1 << 20, MOST_STEP = 1 << 10, REQUIRED = -1 };

/** Reads of one node. After the first error the rest is skipped, and `status` says what it was. */
typedef struct {
  const OrtInfo *info;
  const char *operator;
  OrtStatus *status;
} Reader;

static void refuse(Reader *reader, const char *what) {
  if (reader->status) return;
  char message[160];
  snprintf(message, sizeof message, "%s: %s", reader->operator, what);
  reader->status = OrtCreateStatus(ORT_FAIL, message);
}

/** An attribute between two values; `otherwise` where it is not there. */
static int attribute(Reader *reader, const char *name, int least, int most, int otherwise) {
  if (reader->status) return least;
  int64_t value = otherwise;
  OrtStatus *missing = OrtGetIntAttribute(reader->info, name, &value);
  if (missing) {
    OrtReleaseStatus(missing);
    if (otherwise != REQUIRED) return otherwise;
  }
  if (!missing && value >= least && value <= most) return (int)value;
  char what[128];
  if (missing)
    snprintf(what, sizeof what, "the attribute %s is missing", name);
  else
    snprintf(what, sizeof what, "the attribute %s is %lld, and %d to %d are valid", name, (long long)value, least, most);
  refuse(reader, what);
  return least;
}

/** Bit i for each input i that the node names. */
static unsigned namedInputs(Reader *reader) {
  size_t count = 0, length = 0;
  unsigned named = 0;
  if (!reader->status) reader->status = OrtGetNodeInputCount(reader->info, &count);
  for (size_t i = 0; i < count && !reader->status; i++) {
    reader->status = OrtGetNodeInputName(reader->info, i, 0, &length);
    // The length counts the zero at the end.
    if (length > 1) named |= 1u << i;
  }
  return named;
}

static void checkInputs(Reader *reader, enum Kind kind, const Attributes *a) {
  const unsigned named = namedInputs(reader);
  unsigned needed = (1u << signatures[kind].inputs) - 1;
  if (isGradient(kind)) {
    // dn, weight and x; y and the norm's gradient only together.
    needed = 1u << 0 | 1u << 3 | 1u << 4;
    if (named & (1u << 1 | 1u << 2)) needed |= 1u << 1 | 1u << 2;
    if (a->normed) needed |= 1u << 5;
    if (!a->normed && a->activation != NONE && named & 1u << 5) refuse(reader, "a gradient through an activation has no sum to join");
  } else if (isConvolution(kind) && a->norm)
    needed |= 1u << 3 | 1u << 4;
  for (int i = 0; i < 6; i++)
    if (needed & ~named & 1u << i) {
      char what[64];
      snprintf(what, sizeof what, "input %d is missing", i);
      refuse(reader, what);
    }
}

static void checkOutputs(Reader *reader, enum Kind kind, const Attributes *a) {
  int expected = 1;
  if (isGradient(kind))
    expected = isOfImage(kind) ? 1 : 1 + a->normed + a->weights;
  else if (isConvolution(kind))
    expected = 1 + a->norm;
  else if (kind == NORM_GRADIENT)
    expected = a->activation == NONE ? 1 : 2;
  size_t count = 0;
  if (!reader->status) reader->status = OrtGetNodeOutputCount(reader->info, &count);
  if (!reader->status && count != (size_t)expected) refuse(reader, "its outputs are not those that its attributes ask for");
}

/** Whether a map has at most 2^31 - 1 floats. Doubles hold such products well enough. */
static int fits(double n, double channels, double height, double width) { return n * channels * height * width <= INT32_MAX; }

static void checkShape(Reader *reader, enum Kind kind, const Shape *s, int block) {
  const int in = isOfImage(kind) ? s->inputs : (s->inputs + block - 1) / block * block, out = (s->outputs + block - 1) / block * block;
  if (!fits(s->n, out, s->outHeight, s->outWidth) || !fits(s->n, in, s->height, s->width))
    refuse(reader, "a map is larger than 2^31 floats");
  if (!isConvolution(kind)) return;
  if (!fits(out, isDepthwise(kind) ? 1 : in, s->kernel, s->kernel)) refuse(reader, "a weight is larger than 2^31 floats");
  if (s->kernel % 2 == 0) refuse(reader, "kernels have odd sides");
  if (s->outHeight != (s->height - 1) / s->stride + 1 || s->outWidth != (s->width - 1) / s->stride + 1)
    refuse(reader, "the output's sides are not those of the input, divided by the stride and rounded up");
  if (isDepthwise(kind)) {
    if (s->kernel > LARGEST_DEPTHWISE) refuse(reader, "depthwise kernels are at most 7 x 7");
    if (s->inputs != s->outputs) refuse(reader, "a depthwise convolution has as many outputs as inputs");
  } else if (isOfImage(kind)) {
    if (s->dilation != 1) refuse(reader, "a convolution of an image has no dilation");
  } else if (s->kernel != 1 || s->stride != 1)
    refuse(reader, "a pointwise convolution has a kernel and a stride of 1");
}

/** The attributes of a move, whose channels both maps must have. */
static ChannelMove readMove(Reader *reader, const Shape *s) {
  const ChannelMove move = {.from = attribute(reader, "from", 0, MOST, REQUIRED),
                            .to = attribute(reader, "to", 0, MOST, REQUIRED),
                            .count = attribute(reader, "count", 1, MOST, REQUIRED),
                            .groups = attribute(reader, "groups", 1, MOST, REQUIRED)};
  if (move.from + move.count > s->inputs || move.to + move.count > s->outputs)
    refuse(reader, "channels are moved that a map does not have");
  if (move.count % move.groups != 0) refuse(reader, "the groups of a shuffle are of one size");
  return move;
}

OrtStatus *readAttributes(enum Kind kind, const OrtInfo *info, Attributes *attributes) {
  Reader reader = {info, signatures[kind].name, 0};
  const int convolution = isConvolution(kind), resized = convolution || kind == SPATIAL_MAP;
  Attributes a = {.block = attribute(&reader, "block", 8, 16, REQUIRED),
                  .activation = (enum Activation)attribute(&reader, "activation", NONE, HARD_SWISH, NONE),
                  .norm = attribute(&reader, "norm", 0, 1, 1),
                  .normed = attribute(&reader, "normed", 0, 1, 0),
                  .weights = attribute(&reader, "weights", 0, 1, 1),
                  .bfloat16 = attribute(&reader, "bfloat16", 0, 1, 0)};
  Shape *s = &a.shape;
  s->n = attribute(&reader, "n", 1, MOST, REQUIRED);
  s->outputs = attribute(&reader, "outputs", 1, MOST, REQUIRED);
  s->outHeight = attribute(&reader, "out_height", 1, MOST, REQUIRED);
  s->outWidth = attribute(&reader, "out_width", 1, MOST, REQUIRED);
  s->inputs = convolution || kind == MOVE_CHANNELS ? attribute(&reader, "inputs", 1, MOST, REQUIRED) : s->outputs;
  s->height = resized ? attribute(&reader, "height", 1, MOST, REQUIRED) : s->outHeight;
  s->width = resized ? attribute(&reader, "width", 1, MOST, REQUIRED) : s->outWidth;
  s->kernel = attribute(&reader, "kernel", 1, MOST_STEP, 1);
  s->stride = attribute(&reader, "stride", 1, MOST_STEP, 1);
  s->dilation = attribute(&reader, "dilation", 1, MOST_STEP, 1);
  s->pad = s->dilation * (s->kernel - 1) / 2;
  if (kind == MOVE_CHANNELS) a.move = readMove(&reader, s);
  if (a.block != 8 && a.block != 16) refuse(&reader, "blocks are of 8 or 16 channels");
  if (a.block > largestBlock()) refuse(&reader, "this CPU has no kernels for blocks of that size");
  if (a.bfloat16 && (a.block != 16 || !hasBfloat16())) refuse(&reader, "this CPU has no products of bfloat16 for blocks of that size");
  if (a.bfloat16 && kind != POINTWISE && kind != POINTWISE_GRADIENT) refuse(&reader, "only pointwise convolutions multiply in bfloat16");
  if (isOfImage(kind) && (a.activation != NONE || a.normed || !a.weights))
    refuse(&reader, "an image is read as it is, and only the weight's gradient is made");
  checkShape(&reader, kind, s, a.block);
  checkInputs(&reader, kind, &a);
  checkOutputs(&reader, kind, &a);
  *attributes = a;
  return reader.status;
}
