// The Node-API side: takes the functions of the ONNX Runtime that onnxruntime-node has loaded, and exports what JavaScript calls.
//
// onnxruntime-node offers no way to register operators, so sessions that know those of operators.c are made here, by the same library.
#define _GNU_SOURCE
#include "addon.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

// The names that these functions had before glibc 2.34, which has them under both: the library runs from glibc 2.28 on, as onnxruntime-node does.
__asm__(".symver dlopen, dlopen@GLIBC_2.2.5");
__asm__(".symver dlsym, dlsym@GLIBC_2.2.5");

const OrtApi *ort;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
void lockLibrary(void) { pthread_mutex_lock(&lock); }
void unlockLibrary(void) { pthread_mutex_unlock(&lock); }

static Shared shared;
static bool opened;
const Shared *sharedParts(void) {
  lockLibrary();
  const Shared *parts = opened ? &shared : 0;
  unlockLibrary();
  return parts;
}

napi_value fail(napi_env env, const char *message) {
  // An exception that is pending already says more.
  bool pending = false;
  if (napi_is_exception_pending(env, &pending) == napi_ok && !pending) napi_throw_error(env, 0, message);
  return 0;
}

napi_value failWith(napi_env env, OrtStatus *status) {
  fail(env, OrtGetErrorMessage(status));
  OrtReleaseStatus(status);
  return 0;
}

bool takeArguments(napi_env env, napi_callback_info info, size_t count, napi_value *values) {
  size_t given = count;
  if (napi_get_cb_info(env, info, &given, values, 0, 0) == napi_ok && given >= count) return true;
  fail(env, "too few arguments");
  return false;
}

bool floatsOfArray(napi_env env, napi_value value, float **data, size_t *length) {
  napi_typedarray_type type;
  void *memory = 0;
  if (napi_get_typedarray_info(env, value, &type, length, &memory, 0, 0) != napi_ok || type != napi_float32_array) return false;
  *data = memory;
  return true;
}

static OrtStatus *makeShared(void) {
  // One environment for the process: ONNX Runtime shares it with onnxruntime-node's.
  OrtStatus *status = shared.environment ? 0 : OrtCreateEnv(3, "proxyless-ci", &shared.environment);
  if (!status && !shared.memory) status = OrtCreateCpuMemoryInfo(0, 0, &shared.memory);
  if (!status) status = createOperatorDomain(&shared.operators);
  return status;
}

/** Finds the library; what is wrong with it, or null. */
static const char *findRuntime(const char *version) {
  static char message[160];
  void *library = dlopen("libonnxruntime.so.1", RTLD_NOW | RTLD_NOLOAD);
  if (!library) return "onnxruntime-node has not loaded libonnxruntime.so.1";
  const OrtApiBase *(*base)(void) = (const OrtApiBase *(*)(void))dlsym(library, "OrtGetApiBase");
  const OrtApiBase *found = base ? base() : 0;
  if (!found) return "libonnxruntime.so.1 has no OrtGetApiBase";
  const char *other = found->getVersion();
  if (strcmp(other, version) != 0) {
    snprintf(message, sizeof message, "the kernels are made for ONNX Runtime %.40s, and this process has loaded %.40s", version, other);
    return message;
  }
  ort = found->getApi(ORT_VERSION);
  return ort ? 0 : "this ONNX Runtime has no API of version 17";
}

/** open(version): takes the functions of the ONNX Runtime that onnxruntime-node has loaded, which must be of that version. */
static napi_value openLibrary(napi_env env, napi_callback_info info) {
  napi_value value;
  char version[64];
  size_t length = 0;
  if (!takeArguments(env, info, 1, &value)) return 0;
  if (napi_get_value_string_utf8(env, value, version, sizeof version, &length) != napi_ok) return fail(env, "the version is not a string");
  lockLibrary();
  const char *wrong = opened ? 0 : findRuntime(version);
  OrtStatus *status = opened || wrong ? 0 : makeShared();
  opened = opened || (!wrong && !status);
  unlockLibrary();
  if (wrong) return fail(env, wrong);
  return status ? failWith(env, status) : 0;
}

/** blocks(): the largest block for this CPU. */
static napi_value blocks(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value result;
  return napi_create_uint32(env, (uint32_t)largestBlock(), &result) == napi_ok ? result : fail(env, "no number can be made");
}

/** bfloat16(): whether this CPU can multiply in bfloat16. */
static napi_value bfloat16(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value result;
  return napi_get_boolean(env, hasBfloat16(), &result) == napi_ok ? result : fail(env, "no boolean can be made");
}

/** Float32Arrays of one length. */
static bool takeArrays(napi_env env, const napi_value *values, size_t count, float **data, size_t *length) {
  for (size_t i = 0; i < count; i++) {
    size_t found = 0;
    if (!floatsOfArray(env, values[i], &data[i], &found) || (i > 0 && found != *length)) {
      fail(env, "the arrays are not Float32Arrays of one length");
      return false;
    }
    *length = found;
  }
  return true;
}

const Kernels *takeKernels(napi_env env) {
  if (largestBlock() == 1) fail(env, "there are no kernels for this CPU");
  return largestBlock() == 1 ? 0 : largestBlock() == 16 ? &kernels16 : &kernels8;
}

/** addInto(to, from): to += from. */
static napi_value addInto(napi_env env, napi_callback_info info) {
  napi_value values[2];
  float *arrays[2];
  size_t length = 0;
  const Kernels *kernels = takeKernels(env);
  if (!kernels || !takeArguments(env, info, 2, values) || !takeArrays(env, values, 2, arrays, &length)) return 0;
  kernels->addInto(length, arrays[0], arrays[1]);
  return 0;
}

NAPI_MODULE_INIT() {
  const struct {
    const char *name;
    napi_callback callback;
  } functions[] = {{"open", openLibrary},
                   {"blocks", blocks},
                   {"bfloat16", bfloat16},
                   {"createSession", createSession},
                   {"run", runSession},
                   {"release", releaseSession},
                   {"adamW", adamW},
                   {"addInto", addInto},
                   {"moveToward", moveToward},
                   {"resample", resamplePhoto},
                   {"replaceBackground", replaceBackgrounds},
                   {"mixBlur", mixBlurred}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value function;
    if (napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].callback, 0, &function) != napi_ok ||
        napi_set_named_property(env, exports, functions[i].name, function) != napi_ok)
      return fail(env, "the kernels cannot be exported");
  }
  return exports;
}
