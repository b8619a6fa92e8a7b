// ONNX operators of the domain "proxyless" over the kernels: what src/autodiff/fused-norms.ts writes into graphs.
//
// Sizes are attributes: training graphs are static. A kernel compares them once with the tensors that it is given.
#include "attributes.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  CustomOp op;
  enum Kind kind;
} Operator;

typedef struct {
  enum Kind kind;
  const Kernels *kernels;
  Attributes attributes;
  atomic_bool checked;
} Kernel;

static enum Kind kindOf(const CustomOp *op) { return ((const Operator *)op)->kind; }

static OrtStatus *createKernel(const CustomOp *op, const OrtApi *api, const OrtInfo *info, void **made) {
  (void)api;
  Attributes attributes;
  OrtStatus *status = readAttributes(kindOf(op), info, &attributes);
  if (status) return status;
  Kernel *kernel = calloc(1, sizeof(Kernel));
  if (!kernel) return OrtCreateStatus(ORT_FAIL, "out of memory");
  kernel->kind = kindOf(op);
  kernel->kernels = attributes.block == 16 ? &kernels16 : &kernels8;
  kernel->attributes = attributes;
  *made = kernel;
  return 0;
}

/** A run's tensors. After the first error the rest is skipped, and `status` says what it was. */
typedef struct {
  OrtContext *context;
  OrtStatus *status;
  int check;
  size_t inputs, outputs;
} Run;

/** An input's data, which must hold this many floats; null if it was left out. */
static const float *input(Run *run, size_t index, size_t floats) {
  if (index >= run->inputs) return 0;
  const OrtValue *value = 0;
  void *data = 0;
  if (!run->status) run->status = OrtGetInput(run->context, index, &value);
  if (run->status || !value) return 0;
  if (run->check) {
    void *shape = 0;
    size_t count = 0;
    run->status = OrtGetTypeAndShape(value, &shape);
    if (!run->status) run->status = OrtGetElementCount(shape, &count);
    if (shape) OrtReleaseShape(shape);
    if (!run->status && count != floats) {
      char message[96];
      snprintf(message, sizeof message, "input %zu holds %zu floats where %zu belong", index, count, floats);
      run->status = OrtCreateStatus(ORT_FAIL, message);
    }
    if (run->status) return 0;
  }
  run->status = OrtGetTensorData((OrtValue *)value, &data);
  return data;
}

/** The next output's memory. */
static float *output(Run *run, const int64_t *dims, size_t rank) {
  OrtValue *value = 0;
  void *data = 0;
  if (!run->status) run->status = OrtGetOutput(run->context, run->outputs++, dims, rank, &value);
  if (!run->status && !value) run->status = OrtCreateStatus(ORT_FAIL, "an output is missing");
  if (!run->status) run->status = OrtGetTensorData(value, &data);
  return data;
}

static float *mapOutput(Run *run, int n, int channels, int height, int width) {
  return output(run, (const int64_t[]){n, channels, height, width}, 4);
}

static float *vectorsOutput(Run *run, int channels) { return output(run, (const int64_t[]){ROWS, channels}, 2); }

static void parallelFor(void *context, void (*task)(void *, size_t), size_t count, void *data) {
  if (count == 0) return;
  OrtStatus *status = OrtParallelFor(context, task, count, count < 64 ? count : 64, data);
  if (!status) return;
  OrtReleaseStatus(status);
  for (size_t i = 0; i < count; i++) task(data, i);
}

/** What a kernel's runs have in common. */
typedef struct {
  const Kernel *kernel;
  Run run;
  Parallel parallel;
  /** Channels as they are stored, and the floats of maps and of the weight. */
  int inPadded, outPadded;
  size_t inFloats, outFloats, weights;
} Call;

static bool convolve(Call *c) {
  const Attributes *a = &c->kernel->attributes;
  const Shape *s = &a->shape;
  Run *run = &c->run;
  Conv call = {*s,
               {input(run, 0, c->inFloats), input(run, 5, (size_t)ROWS * c->inPadded), a->activation},
               input(run, 1, c->weights),
               input(run, 2, s->outputs),
               input(run, 3, s->outputs),
               input(run, 4, s->outputs),
               0,
               0};
  call.y = mapOutput(run, s->n, c->outPadded, s->outHeight, s->outWidth);
  if (a->norm) call.norm = vectorsOutput(run, c->outPadded);
  if (run->status) return true;
  const Kernels *kernels = c->kernel->kernels;
  const enum Kind kind = c->kernel->kind;
  return (isOfImage(kind)     ? kernels->imageConv
          : isDepthwise(kind) ? kernels->depthwise
          : a->bfloat16       ? pointwiseBfloat16
                              : kernels->pointwise)(&call, c->parallel);
}

static bool convolveBack(Call *c) {
  const Attributes *a = &c->kernel->attributes;
  const Shape *s = &a->shape;
  const enum Kind kind = c->kernel->kind;
  Run *run = &c->run;
  ConvGradient call = {.shape = *s};
  call.dn = input(run, 0, c->outFloats);
  call.y = input(run, 1, c->outFloats);
  call.gradient = input(run, 2, (size_t)ROWS * c->outPadded);
  call.weight = input(run, 3, c->weights);
  call.x = (Source){input(run, 4, c->inFloats), 0, a->activation};
  if (a->normed)
    call.x.norm = input(run, 5, (size_t)ROWS * c->inPadded);
  else
    call.sum = input(run, 5, c->inFloats);
  if (!isOfImage(kind)) call.dx = mapOutput(run, s->n, c->inPadded, s->height, s->width);
  if (a->normed) call.dxGradient = vectorsOutput(run, c->inPadded);
  if (a->weights) {
    const int64_t dims[] = {s->outputs, isDepthwise(kind) ? 1 : s->inputs, s->kernel, s->kernel};
    call.dWeight = output(run, dims, 4);
  }
  if (run->status) return true;
  const Kernels *kernels = c->kernel->kernels;
  return (isOfImage(kind)     ? kernels->imageConvGradient
          : isDepthwise(kind) ? kernels->depthwiseGradient
          : a->bfloat16       ? pointwiseGradientBfloat16
                              : kernels->pointwiseGradient)(&call, c->parallel);
}

static bool passOver(Call *c) {
  const Attributes *a = &c->kernel->attributes;
  const Shape *s = &a->shape;
  const Kernels *kernels = c->kernel->kernels;
  Run *run = &c->run;
  Pass call = {.n = s->n, .channels = s->outputs, .positions = s->outHeight * s->outWidth, .activation = a->activation};
  const size_t vectors = (size_t)ROWS * c->outPadded;
  bool (*pass)(const Pass *, Parallel) = kernels->convolvedGradient;
  switch (c->kernel->kind) {
  case NORM_STATISTICS:
    call.y = input(run, 0, c->outFloats);
    call.gamma = input(run, 1, s->outputs);
    call.beta = input(run, 2, s->outputs);
    call.vectors = vectorsOutput(run, c->outPadded);
    pass = kernels->normStatistics;
    break;
  case NORM_APPLY:
    call.y = input(run, 0, c->outFloats);
    call.norm = input(run, 1, vectors);
    call.residual = input(run, 2, c->outFloats);
    call.out = mapOutput(run, s->n, c->outPadded, s->outHeight, s->outWidth);
    pass = kernels->normApply;
    break;
  case NORM_GRADIENT:
    call.dn = input(run, 0, c->outFloats);
    call.y = input(run, 1, c->outFloats);
    call.norm = input(run, 2, vectors);
    call.residual = input(run, 3, c->outFloats);
    call.vectors = vectorsOutput(run, c->outPadded);
    if (a->activation != NONE) call.out = mapOutput(run, s->n, c->outPadded, s->outHeight, s->outWidth);
    pass = kernels->normGradient;
    break;
  default:
    call.dn = input(run, 0, c->outFloats);
    call.y = input(run, 1, c->outFloats);
    call.gradient = input(run, 2, vectors);
    call.out = mapOutput(run, s->n, c->outPadded, s->outHeight, s->outWidth);
  }
  return run->status || pass(&call, c->parallel);
}

static bool moveOver(Call *c) {
  const Shape *s = &c->kernel->attributes.shape;
  Run *run = &c->run;
  MoveChannels call = {s->n, s->inputs, s->outputs, s->outHeight * s->outWidth, c->kernel->attributes.move, 0, 0, 0};
  call.x = input(run, 0, c->inFloats);
  call.sum = input(run, 1, c->outFloats);
  call.y = mapOutput(run, s->n, c->outPadded, s->outHeight, s->outWidth);
  return run->status || c->kernel->kernels->moveChannels(&call, c->parallel);
}

static bool mapOver(Call *c) {
  const Shape *s = &c->kernel->attributes.shape;
  Run *run = &c->run;
  SpatialMap call = {s->n, s->outputs, s->height, s->width, s->outHeight, s->outWidth, 0, 0, 0, 0};
  call.x = input(run, 0, c->inFloats);
  call.rows = input(run, 1, (size_t)s->outHeight * s->height);
  call.columns = input(run, 2, (size_t)s->outWidth * s->width);
  call.y = mapOutput(run, s->n, c->outPadded, s->outHeight, s->outWidth);
  return run->status || c->kernel->kernels->spatialMap(&call, c->parallel);
}

static bool runKernel(Call *c) {
  const enum Kind kind = c->kernel->kind;
  if (isGradient(kind)) return convolveBack(c);
  if (isConvolution(kind)) return convolve(c);
  return kind == MOVE_CHANNELS ? moveOver(c) : kind == SPATIAL_MAP ? mapOver(c) : passOver(c);
}

static OrtStatus *compute(void *made, OrtContext *context) {
  Kernel *kernel = made;
  const Shape *s = &kernel->attributes.shape;
  const int b = kernel->attributes.block;
  Call call = {.kernel = kernel, .run = {context, 0, !kernel->checked, 0, 0}, .parallel = {context, parallelFor}};
  call.inPadded = isOfImage(kernel->kind) ? s->inputs : (s->inputs + b - 1) / b * b;
  call.outPadded = (s->outputs + b - 1) / b * b;
  call.inFloats = (size_t)s->n * call.inPadded * s->height * s->width;
  call.outFloats = (size_t)s->n * call.outPadded * s->outHeight * s->outWidth;
  call.weights = (size_t)s->outputs * s->kernel * s->kernel * (isDepthwise(kernel->kind) ? 1 : s->inputs);
  call.run.status = OrtGetInputCount(context, &call.run.inputs);
  const bool enough = runKernel(&call);
  if (!enough) return OrtCreateStatus(ORT_FAIL, "out of memory");
  if (!call.run.status) kernel->checked = true;
  return call.run.status;
}

static void destroyKernel(void *kernel) { free(kernel); }
static const char *nameOf(const CustomOp *op) { return signatures[kindOf(op)].name; }
static const char *providerOf(const CustomOp *op) {
  (void)op;
  return "CPUExecutionProvider";
}
static int floatType(const CustomOp *op, size_t index) {
  (void)op;
  (void)index;
  return ORT_FLOAT;
}
static size_t inputsOf(const CustomOp *op) { return signatures[kindOf(op)].allInputs; }
static size_t outputsOf(const CustomOp *op) { return signatures[kindOf(op)].allOutputs; }
static int inputCharacteristic(const CustomOp *op, size_t index) {
  return index < signatures[kindOf(op)].inputs ? ORT_REQUIRED : ORT_OPTIONAL;
}
static int outputCharacteristic(const CustomOp *op, size_t index) {
  return index < signatures[kindOf(op)].outputs ? ORT_REQUIRED : ORT_OPTIONAL;
}
static int zeroOf(const CustomOp *op) {
  (void)op;
  return 0;
}
static int defaultMemory(const CustomOp *op, size_t index) {
  (void)op;
  (void)index;
  return 0;
}
static int firstVersion(const CustomOp *op) {
  (void)op;
  return 1;
}

OrtStatus *createOperatorDomain(void **domain) {
  static Operator operators[KINDS];
  OrtStatus *status = OrtCreateCustomOpDomain("proxyless", domain);
  for (int kind = 0; !status && kind < KINDS; kind++) {
    operators[kind] = (Operator){{.version = ORT_VERSION,
                                  .getName = nameOf,
                                  .getProvider = providerOf,
                                  .getInputType = floatType,
                                  .getInputCount = inputsOf,
                                  .getOutputType = floatType,
                                  .getOutputCount = outputsOf,
                                  .destroy = destroyKernel,
                                  .getInputCharacteristic = inputCharacteristic,
                                  .getOutputCharacteristic = outputCharacteristic,
                                  .getInputMemory = defaultMemory,
                                  .getVariadicInputMin = zeroOf,
                                  .getVariadicInputHomogeneity = zeroOf,
                                  .getVariadicOutputMin = zeroOf,
                                  .getVariadicOutputHomogeneity = zeroOf,
                                  .createKernelV2 = createKernel,
                                  .computeV2 = compute,
                                  .getStartVersion = firstVersion,
                                  .getEndVersion = firstVersion},
                                 (enum Kind)kind};
    status = OrtAddCustomOp(*domain, &operators[kind].op);
  }
  return status;
}
