// Memory for the harness: every buffer alone and of exactly its size, so that a sanitizer sees a read or write beyond it; scratch too.
#include "harness.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 4096 };
static void *buffers[MOST];
static size_t held;

uint8_t *exactBytes(size_t bytes) {
  if (held == MOST) abort();
  uint8_t *buffer = malloc(bytes + (bytes == 0));
  if (!buffer) abort();
  // What nobody writes is no number.
  memset(buffer, 0xff, bytes);
  return buffers[held++] = buffer;
}

float *exact(size_t floats) { return (float *)(void *)exactBytes(floats * sizeof(float)); }

void freeAll(void) {
  while (held > 0) free(buffers[--held]);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static size_t made, limit = SIZE_MAX;

void failFrom(size_t allocation) {
  made = 0;
  limit = allocation;
}

static bool allowed(void) {
  pthread_mutex_lock(&lock);
  const bool yes = made++ < limit;
  pthread_mutex_unlock(&lock);
  return yes;
}

/** Stands for calloc in the kernels. */
void *harnessCalloc(size_t count, size_t size) { return allowed() ? calloc(count, size) : 0; }

/** Stands for native/scratch.c. */
float *takeScratch(size_t floats) {
  void *memory = 0;
  if (!allowed() || posix_memalign(&memory, 64, floats * sizeof(float)) != 0) return 0;
  memset(memory, 0xff, floats * sizeof(float));
  return memory;
}

void giveScratch(float *scratch) { free(scratch); }
