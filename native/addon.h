// What the files of the Node-API side share.
#ifndef PROXYLESS_ADDON_H
#define PROXYLESS_ADDON_H
#define NAPI_VERSION 8
#include "kernels.h"
#include "ort.h"
#include <node_api.h>
#include <stdbool.h>

/** What all sessions share, made once a process. */
typedef struct {
  void *environment, *memory, *operators;
} Shared;

/** Null before open() has come to its end. */
const Shared *sharedParts(void);

/** Throws; returns what a callback does then. */
napi_value fail(napi_env env, const char *message);
/** Throws ONNX Runtime's message, and frees it. */
napi_value failWith(napi_env env, OrtStatus *status);

/** The arguments of a call, at least this many; false once something was thrown. */
bool takeArguments(napi_env env, napi_callback_info info, size_t count, napi_value *values);
/** A Float32Array's memory; false, and nothing thrown, where it is none. */
bool floatsOfArray(napi_env env, napi_value value, float **data, size_t *length);

/** The kernels for this CPU; null, and an error thrown, where it has none. */
const Kernels *takeKernels(napi_env env);

napi_value createSession(napi_env env, napi_callback_info info);
napi_value runSession(napi_env env, napi_callback_info info);
napi_value releaseSession(napi_env env, napi_callback_info info);

napi_value adamW(napi_env env, napi_callback_info info);
napi_value moveToward(napi_env env, napi_callback_info info);
napi_value resamplePhoto(napi_env env, napi_callback_info info);
napi_value replaceBackgrounds(napi_env env, napi_callback_info info);
napi_value mixBlurred(napi_env env, napi_callback_info info);

/** Held while the library is opened and while a session is made: ONNX Runtime registers operators of one session at a time. */
void lockLibrary(void);
void unlockLibrary(void);

#endif
