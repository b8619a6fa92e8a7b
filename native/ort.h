// The part of ONNX Runtime's C API that is used here. The API is a table of functions that only ever grows at its end, so a function's
// place in it is its identity; the places are those of onnxruntime_c_api.h.
#ifndef PROXYLESS_ORT_H
#define PROXYLESS_ORT_H
#include <stddef.h>
#include <stdint.h>

/** KernelContext_ParallelFor came with version 17. */
enum { ORT_VERSION = 17 };

typedef struct OrtStatus OrtStatus;
typedef struct OrtValue OrtValue;
typedef struct OrtContext OrtContext;
typedef struct OrtInfo OrtInfo;
typedef void *OrtApi;

typedef struct {
  const OrtApi *(*getApi)(uint32_t version);
  const char *(*getVersion)(void);
} OrtApiBase;

typedef struct CustomOp CustomOp;
struct CustomOp {
  uint32_t version;
  void *(*createKernel)(const CustomOp *, const OrtApi *, const OrtInfo *);
  const char *(*getName)(const CustomOp *);
  const char *(*getProvider)(const CustomOp *);
  int (*getInputType)(const CustomOp *, size_t);
  size_t (*getInputCount)(const CustomOp *);
  int (*getOutputType)(const CustomOp *, size_t);
  size_t (*getOutputCount)(const CustomOp *);
  void (*compute)(void *kernel, OrtContext *);
  void (*destroy)(void *kernel);
  int (*getInputCharacteristic)(const CustomOp *, size_t);
  int (*getOutputCharacteristic)(const CustomOp *, size_t);
  int (*getInputMemory)(const CustomOp *, size_t);
  int (*getVariadicInputMin)(const CustomOp *);
  int (*getVariadicInputHomogeneity)(const CustomOp *);
  int (*getVariadicOutputMin)(const CustomOp *);
  int (*getVariadicOutputHomogeneity)(const CustomOp *);
  OrtStatus *(*createKernelV2)(const CustomOp *, const OrtApi *, const OrtInfo *, void **);
  OrtStatus *(*computeV2)(void *kernel, OrtContext *);
  OrtStatus *(*inferShape)(const CustomOp *, void *);
  int (*getStartVersion)(const CustomOp *);
  int (*getEndVersion)(const CustomOp *);
};

enum { ORT_FLOAT = 1, ORT_OPTIONAL = 1, ORT_REQUIRED = 0, ORT_FAIL = 1 };

#define ORT_FUNCTION(place, ...) ((OrtStatus * (*)(__VA_ARGS__)) ort[place])
#define ORT_RELEASE(place) ((void (*)(void *))ort[place])

#define OrtCreateStatus ORT_FUNCTION(0, int, const char *)
#define OrtGetErrorMessage ((const char *(*)(const OrtStatus *))ort[2])
#define OrtCreateEnv ORT_FUNCTION(3, int, const char *, void **)
#define OrtCreateSessionFromArray ORT_FUNCTION(8, void *, const void *, size_t, void *, void **)
#define OrtRun                                                                                                                             \
  ORT_FUNCTION(9, void *, void *, const char *const *, const OrtValue *const *, size_t, const char *const *, size_t, OrtValue **)
#define OrtCreateSessionOptions ORT_FUNCTION(10, void **)
#define OrtEnableProfiling ORT_FUNCTION(14, void *, const char *)
#define OrtDisableMemPattern ORT_FUNCTION(17, void *)
#define OrtDisableCpuMemArena ORT_FUNCTION(19, void *)
#define OrtSetLogSeverity ORT_FUNCTION(22, void *, int)
#define OrtSetGraphOptimization ORT_FUNCTION(23, void *, int)
#define OrtSetIntraOpThreads ORT_FUNCTION(24, void *, int)
#define OrtSetInterOpThreads ORT_FUNCTION(25, void *, int)
#define OrtCreateCustomOpDomain ORT_FUNCTION(26, const char *, void **)
#define OrtAddCustomOp ORT_FUNCTION(27, void *, const CustomOp *)
#define OrtAddCustomOpDomain ORT_FUNCTION(28, void *, void *)
#define OrtCreateTensorWithData ORT_FUNCTION(49, void *, void *, size_t, const int64_t *, size_t, int, OrtValue **)
#define OrtGetTensorData ORT_FUNCTION(51, OrtValue *, void **)
#define OrtGetElementCount ORT_FUNCTION(64, const void *, size_t *)
#define OrtGetTypeAndShape ORT_FUNCTION(65, const OrtValue *, void **)
#define OrtCreateCpuMemoryInfo ORT_FUNCTION(69, int, int, void **)
#define OrtGetIntAttribute ORT_FUNCTION(86, const OrtInfo *, const char *, int64_t *)
#define OrtGetInputCount ORT_FUNCTION(88, const OrtContext *, size_t *)
#define OrtGetOutputCount ORT_FUNCTION(89, const OrtContext *, size_t *)
#define OrtGetInput ORT_FUNCTION(90, const OrtContext *, size_t, const OrtValue **)
#define OrtGetOutput ORT_FUNCTION(91, OrtContext *, size_t, const int64_t *, size_t, OrtValue **)
#define OrtReleaseStatus ORT_RELEASE(93)
#define OrtReleaseSession ORT_RELEASE(95)
#define OrtReleaseValue ORT_RELEASE(96)
#define OrtReleaseShape ORT_RELEASE(99)
#define OrtReleaseSessionOptions ORT_RELEASE(100)
#define OrtAddSessionConfig ORT_FUNCTION(130, void *, const char *, const char *)
#define OrtGetNodeInputCount ORT_FUNCTION(230, const OrtInfo *, size_t *)
#define OrtGetNodeOutputCount ORT_FUNCTION(231, const OrtInfo *, size_t *)
#define OrtGetNodeInputName ORT_FUNCTION(232, const OrtInfo *, size_t, char *, size_t *)
#define OrtParallelFor ORT_FUNCTION(274, const OrtContext *, void (*)(void *, size_t), size_t, size_t, void *)

/** The API's table; null before the library is opened. */
extern const OrtApi *ort;

/** Makes the domain of the operators in operators.c, to be added to a session's options. */
OrtStatus *createOperatorDomain(void **domain);

#endif
