// The Node-API side: sessions of ONNX Runtime that know the operators of operators.c, run on arrays that the caller keeps.
//
// onnxruntime-node offers no way to register operators, so these sessions are made here, by the same library that it has loaded. All
// tensors are float32 of fixed size; a run writes into arrays that it is given, and none is copied.
#define _GNU_SOURCE
#define NAPI_VERSION 8
#include "kernels.h"
#include "ort.h"
#include <dlfcn.h>
#include <node_api.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The names that these functions had before glibc 2.34, which has them under both: the library runs from glibc 2.28 on, as onnxruntime-node does.
__asm__(".symver dlopen, dlopen@GLIBC_2.2.5");
__asm__(".symver dlsym, dlsym@GLIBC_2.2.5");

const OrtApi *ort;

typedef struct {
  size_t count;
  char **names;
  int64_t **dims;
  size_t *ranks, *floats;
} Ports;

typedef struct {
  void *session;
  Ports inputs, outputs;
} Session;

static napi_value fail(napi_env env, const char *message) {
  napi_throw_error(env, 0, message);
  return 0;
}

/** Throws ONNX Runtime's message. */
static napi_value failWith(napi_env env, OrtStatus *status) {
  fail(env, OrtGetErrorMessage(status));
  OrtReleaseStatus(status);
  return 0;
}

static int arguments(napi_env env, napi_callback_info info, size_t count, napi_value *values) {
  size_t given = count;
  if (napi_get_cb_info(env, info, &given, values, 0, 0) != napi_ok || given < count) {
    fail(env, "too few arguments");
    return 0;
  }
  return 1;
}

/** A string of JavaScript's as one of C's, to be freed; null where it is none. */
static char *stringOf(napi_env env, napi_value value) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, 0, 0, &length) != napi_ok) return 0;
  char *text = malloc(length + 1);
  napi_get_value_string_utf8(env, value, text, length + 1, &length);
  return text;
}

/** For what threads of Node share: the library, and ONNX Runtime's registration of operators, which takes one session at a time. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/** What all sessions share. */
static struct {
  void *environment, *memory, *operators;
} shared;

static OrtStatus *makeShared(void) {
  // One environment for the process: ONNX Runtime shares it with onnxruntime-node's.
  OrtStatus *status = OrtCreateEnv(3, "proxyless-ci", &shared.environment);
  if (!status) status = OrtCreateCpuMemoryInfo(0, 0, &shared.memory);
  if (!status) status = createOperatorDomain(&shared.operators);
  return status;
}

/** open(): takes the functions of the ONNX Runtime that onnxruntime-node has loaded. */
static napi_value openLibrary(napi_env env, napi_callback_info info) {
  (void)info;
  const char *wrong = 0;
  OrtStatus *status = 0;
  pthread_mutex_lock(&lock);
  if (!shared.operators) {
    void *library = dlopen("libonnxruntime.so.1", RTLD_NOW | RTLD_NOLOAD);
    const OrtApiBase *(*base)(void) = library ? (const OrtApiBase *(*)(void))dlsym(library, "OrtGetApiBase") : 0;
    ort = base ? base()->getApi(ORT_VERSION) : 0;
    if (!library)
      wrong = "onnxruntime-node has not loaded libonnxruntime.so.1";
    else if (!ort)
      wrong = "this ONNX Runtime has no API of version 17";
    else
      status = makeShared();
  }
  pthread_mutex_unlock(&lock);
  if (wrong) return fail(env, wrong);
  return status ? failWith(env, status) : 0;
}

/** blocks(): the largest block for this CPU. */
static napi_value blocks(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value result;
  napi_create_uint32(env, largestBlock(), &result);
  return result;
}

/** Float32Arrays of one length. */
static int floatArrays(napi_env env, const napi_value *values, size_t count, float **data, size_t *length) {
  for (size_t i = 0; i < count; i++) {
    napi_typedarray_type type;
    size_t found = 0;
    void *memory = 0;
    if (napi_get_typedarray_info(env, values[i], &type, &found, &memory, 0, 0) != napi_ok || type != napi_float32_array || (i > 0 && found != *length)) {
      fail(env, "the arrays are not Float32Arrays of one length");
      return 0;
    }
    *length = found;
    data[i] = memory;
  }
  return 1;
}

static const Kernels *kernelsOfThisCpu(void) { return largestBlock() == 16 ? &kernels16 : &kernels8; }

/** adamW(w, g, first, second, [beta1, beta2, epsilon, keep, scale, secondScale]): see kernels.h. */
static napi_value adamW(napi_env env, napi_callback_info info) {
  napi_value values[5];
  float *arrays[4], *numbers;
  size_t length = 0, count = 0;
  if (!arguments(env, info, 5, values) || !floatArrays(env, values, 4, arrays, &length) || !floatArrays(env, values + 4, 1, &numbers, &count)) return 0;
  if (count != 6) return fail(env, "AdamW has six numbers");
  const AdamW settings = {numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]};
  kernelsOfThisCpu()->adamW(length, arrays[0], arrays[1], arrays[2], arrays[3], settings);
  return 0;
}

/** addInto(to, from): to += from. */
static napi_value addInto(napi_env env, napi_callback_info info) {
  napi_value values[2];
  float *arrays[2];
  size_t length = 0;
  if (!arguments(env, info, 2, values) || !floatArrays(env, values, 2, arrays, &length)) return 0;
  kernelsOfThisCpu()->addInto(length, arrays[0], arrays[1]);
  return 0;
}

static void freePorts(Ports *ports) {
  for (size_t i = 0; i < ports->count; i++) {
    free(ports->names[i]);
    free(ports->dims[i]);
  }
  free(ports->names);
  free(ports->dims);
  free(ports->ranks);
  free(ports->floats);
}

/** Ports from an array of { name, dims }. */
static int readPorts(napi_env env, napi_value array, Ports *ports) {
  uint32_t count = 0;
  if (napi_get_array_length(env, array, &count) != napi_ok) return 0;
  *ports = (Ports){0, calloc(count, sizeof(char *)), calloc(count, sizeof(int64_t *)), calloc(count, sizeof(size_t)), calloc(count, sizeof(size_t))};
  for (uint32_t i = 0; i < count; i++) {
    napi_value port, name, dims, dim;
    uint32_t rank = 0;
    if (napi_get_element(env, array, i, &port) != napi_ok || napi_get_named_property(env, port, "name", &name) != napi_ok ||
        napi_get_named_property(env, port, "dims", &dims) != napi_ok || napi_get_array_length(env, dims, &rank) != napi_ok)
      return 0;
    ports->names[i] = stringOf(env, name);
    ports->dims[i] = calloc(rank + 1, sizeof(int64_t));
    ports->ranks[i] = rank;
    ports->floats[i] = 1;
    ports->count = i + 1;
    if (!ports->names[i]) return 0;
    for (uint32_t d = 0; d < rank; d++) {
      if (napi_get_element(env, dims, d, &dim) != napi_ok || napi_get_value_int64(env, dim, &ports->dims[i][d]) != napi_ok) return 0;
      ports->floats[i] *= (size_t)ports->dims[i][d];
    }
  }
  return 1;
}

static void freeSession(Session *session) {
  if (session->session) OrtReleaseSession(session->session);
  freePorts(&session->inputs);
  freePorts(&session->outputs);
  free(session);
}

static void finalize(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  freeSession(data);
}

static OrtStatus *makeOptions(uint32_t threads, const char *profile, void **options) {
  OrtStatus *status = OrtCreateSessionOptions(options);
  if (!status) status = OrtSetIntraOpThreads(*options, (int)threads);
  if (!status) status = OrtSetInterOpThreads(*options, 1);
  if (!status) status = OrtSetGraphOptimization(*options, 0);
  if (!status) status = OrtDisableCpuMemArena(*options);
  if (!status) status = OrtDisableMemPattern(*options);
  if (!status) status = OrtSetLogSeverity(*options, 3);
  // Workers sleep as soon as a run ends: hundreds of sessions take turns, and each has its own.
  if (!status) status = OrtAddSessionConfig(*options, "session.force_spinning_stop", "1");
  if (!status) status = OrtAddCustomOpDomain(*options, shared.operators);
  if (!status && profile) status = OrtEnableProfiling(*options, profile);
  return status;
}

/** createSession(model, threads, inputs, outputs, profile): profile is the start of a file's name, or undefined. */
static napi_value createSession(napi_env env, napi_callback_info info) {
  napi_value values[5];
  if (!arguments(env, info, 5, values)) return 0;
  if (!shared.operators) return fail(env, "ONNX Runtime is not open");
  void *model = 0, *options = 0;
  size_t bytes = 0;
  uint32_t threads = 0;
  napi_typedarray_type type;
  if (napi_get_typedarray_info(env, values[0], &type, &bytes, &model, 0, 0) != napi_ok || type != napi_uint8_array)
    return fail(env, "the model is not a Uint8Array");
  if (napi_get_value_uint32(env, values[1], &threads) != napi_ok) return fail(env, "threads is not a number");
  Session *session = calloc(1, sizeof(Session));
  if (!readPorts(env, values[2], &session->inputs) || !readPorts(env, values[3], &session->outputs)) {
    freeSession(session);
    return fail(env, "ports are arrays of { name, dims }");
  }
  char *profile = stringOf(env, values[4]);
  OrtStatus *status = makeOptions(threads, profile, &options);
  pthread_mutex_lock(&lock);
  if (!status) status = OrtCreateSessionFromArray(shared.environment, model, bytes, options, &session->session);
  pthread_mutex_unlock(&lock);
  if (options) OrtReleaseSessionOptions(options);
  free(profile);
  if (status) {
    freeSession(session);
    return failWith(env, status);
  }
  napi_value result;
  napi_create_external(env, session, finalize, 0, &result);
  return result;
}

/** Tensors over the arrays' memory; 0 once something was thrown. */
static int wrap(napi_env env, napi_value array, const Ports *ports, OrtValue **tensors) {
  uint32_t count = 0;
  if (napi_get_array_length(env, array, &count) != napi_ok || count != ports->count) {
    fail(env, "a run needs an array for each port");
    return 0;
  }
  for (uint32_t i = 0; i < count; i++) {
    napi_value element;
    napi_typedarray_type type;
    size_t length = 0;
    void *data = 0;
    if (napi_get_element(env, array, i, &element) != napi_ok || napi_get_typedarray_info(env, element, &type, &length, &data, 0, 0) != napi_ok ||
        type != napi_float32_array || length != ports->floats[i]) {
      char message[256];
      snprintf(message, sizeof message, "%.180s: not a Float32Array of %zu", ports->names[i], ports->floats[i]);
      fail(env, message);
      return 0;
    }
    OrtStatus *status = OrtCreateTensorWithData(shared.memory, data, length * sizeof(float), ports->dims[i], ports->ranks[i], ORT_FLOAT, &tensors[i]);
    if (status) {
      failWith(env, status);
      return 0;
    }
  }
  return 1;
}

/** run(session, inputs, outputs): arrays in the order of the ports. */
static napi_value run(napi_env env, napi_callback_info info) {
  napi_value values[3];
  Session *session = 0;
  if (!arguments(env, info, 3, values)) return 0;
  if (napi_get_value_external(env, values[0], (void **)&session) != napi_ok || !session->session) return fail(env, "not a session, or one released");
  const Ports *in = &session->inputs, *out = &session->outputs;
  OrtValue **tensors = calloc(in->count + out->count + 1, sizeof(OrtValue *));
  OrtStatus *status = 0;
  if (wrap(env, values[1], in, tensors) && wrap(env, values[2], out, tensors + in->count))
    status = OrtRun(session->session, 0, (const char *const *)in->names, (const OrtValue *const *)tensors, in->count,
                    (const char *const *)out->names, out->count, tensors + in->count);
  for (size_t i = 0; i < in->count + out->count; i++)
    if (tensors[i]) OrtReleaseValue(tensors[i]);
  free(tensors);
  return status ? failWith(env, status) : 0;
}

/** release(session): ends its profile, and frees its threads and memory now, not when it is collected. */
static napi_value release(napi_env env, napi_callback_info info) {
  napi_value value;
  Session *session = 0;
  if (!arguments(env, info, 1, &value)) return 0;
  if (napi_get_value_external(env, value, (void **)&session) != napi_ok) return fail(env, "not a session");
  // A session writes the end of its profile when it goes.
  if (session->session) OrtReleaseSession(session->session);
  session->session = 0;
  return 0;
}

NAPI_MODULE_INIT() {
  const struct {
    const char *name;
    napi_callback callback;
  } functions[] = {{"open", openLibrary}, {"blocks", blocks}, {"createSession", createSession}, {"run", run}, {"release", release},
                   {"adamW", adamW}, {"addInto", addInto}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value function;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].callback, 0, &function);
    napi_set_named_property(env, exports, functions[i].name, function);
  }
  return exports;
}
