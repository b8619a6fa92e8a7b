// Sessions of ONNX Runtime that know the operators of operators.c, run on arrays that the caller keeps. All tensors are float32 of fixed size; a run
// writes into arrays that it is given, and none is copied.
#include "addon.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Floats that a port may have, and dimensions. */
static const int64_t most = (int64_t)1 << 40;
enum { MOST_DIMS = 16 };

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

/** Marks the externals that are sessions: another module's are refused. */
static const napi_type_tag sessionTag = {0x70726f78796c6573, 0x2d73657373696f6e};

static const char *const outOfMemory = "out of memory";

/** A string of JavaScript's as one of C's, to be freed; null where it is none, or there is no memory. */
static char *stringOf(napi_env env, napi_value value) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, 0, 0, &length) != napi_ok) return 0;
  char *text = malloc(length + 1);
  if (!text || napi_get_value_string_utf8(env, value, text, length + 1, &length) == napi_ok) return text;
  free(text);
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

/** The port of a { name, dims } into place i, which is empty. */
static bool readPort(napi_env env, napi_value port, Ports *ports, size_t i) {
  napi_value name, dims, dim;
  uint32_t rank = 0;
  if (napi_get_named_property(env, port, "name", &name) != napi_ok || napi_get_named_property(env, port, "dims", &dims) != napi_ok ||
      napi_get_array_length(env, dims, &rank) != napi_ok || rank > MOST_DIMS)
    return false;
  ports->names[i] = stringOf(env, name);
  ports->dims[i] = calloc(rank + 1, sizeof(int64_t));
  if (!ports->names[i] || !ports->dims[i]) return false;
  int64_t floats = 1;
  for (uint32_t d = 0; d < rank; d++) {
    int64_t *size = &ports->dims[i][d];
    if (napi_get_element(env, dims, d, &dim) != napi_ok || napi_get_value_int64(env, dim, size) != napi_ok || *size < 0 || *size > most ||
        __builtin_mul_overflow(floats, *size, &floats) || floats > most)
      return false;
  }
  ports->ranks[i] = rank;
  ports->floats[i] = (size_t)floats;
  return true;
}

/** Ports from an array of { name, dims }, into ones that are empty. */
static bool readPorts(napi_env env, napi_value array, Ports *ports) {
  uint32_t count = 0;
  if (napi_get_array_length(env, array, &count) != napi_ok) return false;
  *ports = (Ports){0, calloc(count + 1, sizeof(char *)), calloc(count + 1, sizeof(int64_t *)), calloc(count + 1, sizeof(size_t)),
                   calloc(count + 1, sizeof(size_t))};
  if (!ports->names || !ports->dims || !ports->ranks || !ports->floats) return false;
  for (uint32_t i = 0; i < count; i++) {
    napi_value port;
    ports->count = i + 1;
    if (napi_get_element(env, array, i, &port) != napi_ok || !readPort(env, port, ports, i)) return false;
  }
  return true;
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

static OrtStatus *makeOptions(const Shared *shared, uint32_t threads, const char *profile, void **options) {
  OrtStatus *status = OrtCreateSessionOptions(options);
  if (!status) status = OrtSetIntraOpThreads(*options, (int)threads);
  if (!status) status = OrtSetInterOpThreads(*options, 1);
  if (!status) status = OrtSetGraphOptimization(*options, 0);
  if (!status) status = OrtDisableCpuMemArena(*options);
  if (!status) status = OrtDisableMemPattern(*options);
  if (!status) status = OrtSetLogSeverity(*options, 3);
  // Workers sleep as soon as a run ends: hundreds of sessions take turns, and each has its own.
  if (!status) status = OrtAddSessionConfig(*options, "session.force_spinning_stop", "1");
  if (!status) status = OrtAddCustomOpDomain(*options, shared->operators);
  if (!status && profile) status = OrtEnableProfiling(*options, profile);
  return status;
}

/** createSession(model, threads, inputs, outputs, profile): profile is the start of a file's name, or undefined. */
napi_value createSession(napi_env env, napi_callback_info info) {
  napi_value values[5], result;
  const Shared *shared = sharedParts();
  if (!takeArguments(env, info, 5, values)) return 0;
  if (!shared) return fail(env, "ONNX Runtime is not open");
  void *model = 0, *options = 0;
  size_t bytes = 0;
  uint32_t threads = 0;
  napi_typedarray_type type;
  napi_valuetype profiled;
  if (napi_get_typedarray_info(env, values[0], &type, &bytes, &model, 0, 0) != napi_ok || type != napi_uint8_array)
    return fail(env, "the model is not a Uint8Array");
  if (napi_get_value_uint32(env, values[1], &threads) != napi_ok || threads < 1 || threads > 1024)
    return fail(env, "threads is not a number from 1 to 1024");
  if (napi_typeof(env, values[4], &profiled) != napi_ok || (profiled != napi_string && profiled != napi_undefined))
    return fail(env, "profile is neither a string nor undefined");
  char *profile = profiled == napi_string ? stringOf(env, values[4]) : 0;
  Session *session = calloc(1, sizeof(Session));
  if (!session || (profiled == napi_string && !profile)) {
    free(session);
    free(profile);
    return fail(env, outOfMemory);
  }
  if (!readPorts(env, values[2], &session->inputs) || !readPorts(env, values[3], &session->outputs)) {
    freeSession(session);
    free(profile);
    return fail(env, "ports are arrays of { name, dims }");
  }
  OrtStatus *status = makeOptions(shared, threads, profile, &options);
  lockLibrary();
  if (!status) status = OrtCreateSessionFromArray(shared->environment, model, bytes, options, &session->session);
  unlockLibrary();
  if (options) OrtReleaseSessionOptions(options);
  free(profile);
  if (status) {
    freeSession(session);
    return failWith(env, status);
  }
  if (napi_create_external(env, session, finalize, 0, &result) != napi_ok) {
    freeSession(session);
    return fail(env, "no session can be handed out");
  }
  return napi_type_tag_object(env, result, &sessionTag) == napi_ok ? result : fail(env, "no session can be marked");
}

/** The session of a call's first argument; null, and an error thrown, where it is none. */
static Session *sessionOf(napi_env env, napi_value value) {
  napi_valuetype type;
  bool ours = false;
  void *data = 0;
  if (napi_typeof(env, value, &type) == napi_ok && type == napi_external &&
      napi_check_object_type_tag(env, value, &sessionTag, &ours) == napi_ok && ours &&
      napi_get_value_external(env, value, &data) == napi_ok)
    return data;
  fail(env, "not a session");
  return 0;
}

/** Tensors over the arrays' memory; false once something was thrown. */
static bool wrap(napi_env env, napi_value array, const Ports *ports, OrtValue **tensors) {
  void *memory = sharedParts()->memory;
  uint32_t count = 0;
  if (napi_get_array_length(env, array, &count) != napi_ok || count != ports->count) {
    fail(env, "a run needs an array for each port");
    return false;
  }
  for (uint32_t i = 0; i < count; i++) {
    napi_value element;
    size_t length = 0;
    float *data = 0;
    if (napi_get_element(env, array, i, &element) != napi_ok || !floatsOfArray(env, element, &data, &length) ||
        length != ports->floats[i]) {
      char message[256];
      snprintf(message, sizeof message, "%.180s: not a Float32Array of %zu", ports->names[i], ports->floats[i]);
      fail(env, message);
      return false;
    }
    OrtStatus *status =
        OrtCreateTensorWithData(memory, data, length * sizeof(float), ports->dims[i], ports->ranks[i], ORT_FLOAT, &tensors[i]);
    if (status) {
      failWith(env, status);
      return false;
    }
  }
  return true;
}

/** run(session, inputs, outputs): arrays in the order of the ports. */
napi_value runSession(napi_env env, napi_callback_info info) {
  napi_value values[3];
  if (!takeArguments(env, info, 3, values)) return 0;
  Session *session = sessionOf(env, values[0]);
  if (!session) return 0;
  if (!session->session) return fail(env, "this session has been released");
  const Ports *in = &session->inputs, *out = &session->outputs;
  OrtValue **tensors = calloc(in->count + out->count + 1, sizeof(OrtValue *));
  if (!tensors) return fail(env, outOfMemory);
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
napi_value releaseSession(napi_env env, napi_callback_info info) {
  napi_value value;
  if (!takeArguments(env, info, 1, &value)) return 0;
  Session *session = sessionOf(env, value);
  // A session writes the end of its profile when it goes.
  if (session && session->session) OrtReleaseSession(session->session);
  if (session) session->session = 0;
  return 0;
}
