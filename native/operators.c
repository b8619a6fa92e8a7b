// ONNX operators of the domain "proxyless" over the kernels: what src/graph/fused.ts writes into graphs.
//
// Sizes are attributes: training graphs are static. A kernel compares them once with the tensors that it is given.
#include "kernels.h"
#include "ort.h"
#include <stdio.h>
#include <stdlib.h>

enum Kind { POINTWISE, DEPTHWISE, IMAGE, POINTWISE_GRADIENT, DEPTHWISE_GRADIENT, IMAGE_GRADIENT, NORM_STATISTICS, NORM_APPLY, NORM_GRADIENT, CONVOLVED_GRADIENT, KINDS };

static const struct {
  const char *name;
  size_t inputs, allInputs, outputs, allOutputs;
} signatures[KINDS] = {
    [POINTWISE] = {"Pointwise", 2, 6, 1, 2},
    [DEPTHWISE] = {"Depthwise", 2, 6, 1, 2},
    [IMAGE] = {"Image", 2, 6, 1, 2},
    [POINTWISE_GRADIENT] = {"PointwiseGradient", 1, 6, 1, 3},
    [DEPTHWISE_GRADIENT] = {"DepthwiseGradient", 1, 6, 1, 3},
    [IMAGE_GRADIENT] = {"ImageGradient", 1, 6, 1, 1},
    [NORM_STATISTICS] = {"NormStatistics", 3, 3, 1, 1},
    [NORM_APPLY] = {"NormApply", 2, 3, 1, 1},
    [NORM_GRADIENT] = {"NormGradient", 3, 4, 1, 2},
    [CONVOLVED_GRADIENT] = {"ConvolvedGradient", 3, 3, 1, 1},
};

typedef struct {
  CustomOp op;
  enum Kind kind;
} Operator;

typedef struct {
  enum Kind kind;
  const Kernels *kernels;
  Shape shape;
  enum Activation activation;
  /** Whether a convolution has a norm after it; whether the sixth input of its gradient is a norm of x, and not a sum; whether it makes dWeight. */
  int norm, normed, weights;
  int checked;
} Kernel;

static const Operator *operatorOf(const CustomOp *op) { return (const Operator *)op; }

static int attribute(const OrtInfo *info, const char *name, int otherwise) {
  int64_t value = otherwise;
  OrtStatus *status = OrtGetIntAttribute(info, name, &value);
  if (status) {
    OrtReleaseStatus(status);
    return otherwise;
  }
  return (int)value;
}

static OrtStatus *createKernel(const CustomOp *op, const OrtApi *api, const OrtInfo *info, void **made) {
  (void)api;
  const enum Kind kind = operatorOf(op)->kind;
  const int size = attribute(info, "kernel", 1), dilation = attribute(info, "dilation", 1);
  if ((kind == DEPTHWISE || kind == DEPTHWISE_GRADIENT) && size > LARGEST_DEPTHWISE)
    return OrtCreateStatus(ORT_FAIL, "depthwise kernels are at most 7 x 7");
  Kernel *kernel = calloc(1, sizeof(Kernel));
  if (!kernel) return OrtCreateStatus(ORT_FAIL, "out of memory");
  *kernel = (Kernel){
      .kind = kind,
      .kernels = attribute(info, "block", 0) == 16 ? &kernels16 : &kernels8,
      .shape = {.n = attribute(info, "n", 0),
                .inputs = attribute(info, "inputs", 0),
                .outputs = attribute(info, "outputs", 0),
                .height = attribute(info, "height", 0),
                .width = attribute(info, "width", 0),
                .outHeight = attribute(info, "out_height", 0),
                .outWidth = attribute(info, "out_width", 0),
                .kernel = size,
                .stride = attribute(info, "stride", 1),
                .dilation = dilation,
                .pad = dilation * (size - 1) / 2},
      .activation = (enum Activation)attribute(info, "activation", NONE),
      .norm = attribute(info, "norm", 1),
      .normed = attribute(info, "normed", 0),
      .weights = attribute(info, "weights", 1),
  };
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

/** An input's data, which must hold so many floats; null where it was left out. */
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

static OrtStatus *compute(void *made, OrtContext *context) {
  Kernel *kernel = made;
  const Shape *s = &kernel->shape;
  const Kernels *kernels = kernel->kernels;
  Run run = {context, 0, !kernel->checked, 0, 0};
  const Parallel parallel = {context, parallelFor};
  const int image = kernel->kind == IMAGE || kernel->kind == IMAGE_GRADIENT;
  const int b = kernels->block, inPadded = image ? s->inputs : (s->inputs + b - 1) / b * b, outPadded = (s->outputs + b - 1) / b * b;
  const size_t inFloats = (size_t)s->n * inPadded * s->height * s->width, outFloats = (size_t)s->n * outPadded * s->outHeight * s->outWidth;
  const int depthwise = kernel->kind == DEPTHWISE || kernel->kind == DEPTHWISE_GRADIENT;
  const int perOutput = s->kernel * s->kernel * (depthwise ? 1 : s->inputs);
  const size_t weights = (size_t)s->outputs * perOutput;
  run.status = OrtGetInputCount(context, &run.inputs);

  switch (kernel->kind) {
  case POINTWISE:
  case DEPTHWISE:
  case IMAGE: {
    Conv call = {*s, {input(&run, 0, inFloats), input(&run, 5, (size_t)ROWS * inPadded), kernel->activation}, input(&run, 1, weights),
                 input(&run, 2, s->outputs), input(&run, 3, s->outputs), input(&run, 4, s->outputs), 0, 0};
    call.y = mapOutput(&run, s->n, outPadded, s->outHeight, s->outWidth);
    if (kernel->norm) call.norm = vectorsOutput(&run, outPadded);
    if (!run.status) (image ? kernels->image : depthwise ? kernels->depthwise : kernels->pointwise)(&call, parallel);
    break;
  }
  case POINTWISE_GRADIENT:
  case DEPTHWISE_GRADIENT:
  case IMAGE_GRADIENT: {
    ConvGradient call = {.shape = *s};
    call.dn = input(&run, 0, outFloats);
    call.y = input(&run, 1, outFloats);
    call.gradient = input(&run, 2, (size_t)ROWS * outPadded);
    call.weight = input(&run, 3, weights);
    call.x = (Source){input(&run, 4, inFloats), 0, kernel->activation};
    if (kernel->normed)
      call.x.norm = input(&run, 5, (size_t)ROWS * inPadded);
    else
      call.sum = input(&run, 5, inFloats);
    if (!image) call.dx = mapOutput(&run, s->n, inPadded, s->height, s->width);
    if (kernel->normed) call.dxGradient = vectorsOutput(&run, inPadded);
    if (kernel->weights) {
      const int64_t dims[] = {s->outputs, depthwise ? 1 : s->inputs, s->kernel, s->kernel};
      call.dWeight = output(&run, dims, 4);
    }
    if (!run.status) (image ? kernels->imageGradient : depthwise ? kernels->depthwiseGradient : kernels->pointwiseGradient)(&call, parallel);
    break;
  }
  default: {
    Pass call = {.n = s->n, .channels = s->outputs, .positions = s->outHeight * s->outWidth, .activation = kernel->activation};
    const size_t vectors = (size_t)ROWS * outPadded;
    if (kernel->kind == NORM_STATISTICS) {
      call.y = input(&run, 0, outFloats);
      call.gamma = input(&run, 1, s->outputs);
      call.beta = input(&run, 2, s->outputs);
      call.vectors = vectorsOutput(&run, outPadded);
      if (!run.status) kernels->normStatistics(&call, parallel);
    } else if (kernel->kind == NORM_APPLY) {
      call.y = input(&run, 0, outFloats);
      call.norm = input(&run, 1, vectors);
      call.residual = input(&run, 2, outFloats);
      call.out = mapOutput(&run, s->n, outPadded, s->outHeight, s->outWidth);
      if (!run.status) kernels->normApply(&call, parallel);
    } else if (kernel->kind == NORM_GRADIENT) {
      call.dn = input(&run, 0, outFloats);
      call.y = input(&run, 1, outFloats);
      call.norm = input(&run, 2, vectors);
      call.residual = input(&run, 3, outFloats);
      call.vectors = vectorsOutput(&run, outPadded);
      if (kernel->activation != NONE) call.out = mapOutput(&run, s->n, outPadded, s->outHeight, s->outWidth);
      if (!run.status) kernels->normGradient(&call, parallel);
    } else {
      call.dn = input(&run, 0, outFloats);
      call.y = input(&run, 1, outFloats);
      call.gradient = input(&run, 2, vectors);
      call.out = mapOutput(&run, s->n, outPadded, s->outHeight, s->outWidth);
      if (!run.status) kernels->convolvedGradient(&call, parallel);
    }
  }
  }
  if (!run.status) kernel->checked = 1;
  return run.status;
}

static void destroyKernel(void *kernel) { free(kernel); }
static const char *nameOf(const CustomOp *op) { return signatures[operatorOf(op)->kind].name; }
static const char *providerOf(const CustomOp *op) {
  (void)op;
  return "CPUExecutionProvider";
}
static int floatType(const CustomOp *op, size_t index) {
  (void)op;
  (void)index;
  return ORT_FLOAT;
}
static size_t inputsOf(const CustomOp *op) { return signatures[operatorOf(op)->kind].allInputs; }
static size_t outputsOf(const CustomOp *op) { return signatures[operatorOf(op)->kind].allOutputs; }
static int inputCharacteristic(const CustomOp *op, size_t index) {
  return index < signatures[operatorOf(op)->kind].inputs ? ORT_REQUIRED : ORT_OPTIONAL;
}
static int outputCharacteristic(const CustomOp *op, size_t index) {
  return index < signatures[operatorOf(op)->kind].outputs ? ORT_REQUIRED : ORT_OPTIONAL;
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
