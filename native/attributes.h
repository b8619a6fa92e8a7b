// What an operator's node says of itself, checked before any kernel is made.
#ifndef PROXYLESS_ATTRIBUTES_H
#define PROXYLESS_ATTRIBUTES_H
#include "kernels.h"
#include "ort.h"

enum Kind {
#define X(kind, ...) kind,
  OPERATORS(X)
#undef X
      KINDS
};

typedef struct {
  const char *name;
  /** Inputs and outputs that every node has, and the most. */
  size_t inputs, allInputs, outputs, allOutputs;
} Signature;

extern const Signature signatures[KINDS];

typedef struct {
  int block;
  Shape shape;
  enum Activation activation;
  ChannelMove move;
  /** Whether a convolution has a norm after it; whether the sixth input of its gradient is a norm of x, and not a sum; whether it makes dWeight. */
  int norm, normed, weights;
  /** Whether a pointwise convolution multiplies in bfloat16. */
  int bfloat16;
} Attributes;

static inline int isGradient(enum Kind kind) { return kind == POINTWISE_GRADIENT || kind == DEPTHWISE_GRADIENT || kind == IMAGE_GRADIENT; }
static inline int isConvolution(enum Kind kind) { return kind < NORM_STATISTICS; }
static inline int isDepthwise(enum Kind kind) { return kind == DEPTHWISE || kind == DEPTHWISE_GRADIENT; }
static inline int isOfImage(enum Kind kind) { return kind == IMAGE || kind == IMAGE_GRADIENT; }

/** Reads a node's attributes. A status where they, or the inputs and outputs that it names, are not what its operator can work with. */
OrtStatus *readAttributes(enum Kind kind, const OrtInfo *info, Attributes *attributes);

#endif
