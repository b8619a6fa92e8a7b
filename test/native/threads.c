// Runs tasks on threads of its own, each taking the next one that is left.
#include "harness.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef struct {
  void (*task)(void *, size_t);
  void *data;
  size_t count;
  atomic_size_t next;
} Work;

static void *work(void *argument) {
  Work *w = argument;
  for (size_t i; (i = atomic_fetch_add(&w->next, 1)) < w->count;) w->task(w->data, i);
  return 0;
}

static void run(void *context, void (*task)(void *, size_t), size_t count, void *data) {
  const int threads = *(const int *)context;
  pthread_t others[8];
  Work w = {task, data, count, 0};
  for (int i = 1; i < threads; i++)
    if (pthread_create(&others[i], 0, work, &w) != 0) abort();
  work(&w);
  for (int i = 1; i < threads; i++) pthread_join(others[i], 0);
}

Parallel onThreads(int count) {
  static int counts[9];
  counts[count] = count;
  return (Parallel){&counts[count], run};
}
