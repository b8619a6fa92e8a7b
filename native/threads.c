// Threads for work beside the operators, whose own come from ONNX Runtime. They live as long as the work: starting one takes some 20 us.
#include "kernels.h"
#include <pthread.h>
#include <stdatomic.h>

// The names that these functions had before glibc 2.34: see addon.c.
__asm__(".symver pthread_create, pthread_create@GLIBC_2.2.5");
__asm__(".symver pthread_join, pthread_join@GLIBC_2.2.5");

enum { MOST_HELPERS = 15 };

typedef struct {
  void (*task)(void *, size_t);
  void *data;
  size_t count;
  atomic_size_t next;
} Work;

static void *takeTasks(void *argument) {
  Work *work = argument;
  for (size_t i = work->next++; i < work->count; i = work->next++) work->task(work->data, i);
  return 0;
}

void onOwnThreads(int threads, void (*task)(void *, size_t), size_t count, void *data) {
  Work work = {task, data, count, 0};
  pthread_t helpers[MOST_HELPERS];
  int started = 0;
  while (started < threads - 1 && started < MOST_HELPERS && (size_t)started + 1 < count &&
         pthread_create(&helpers[started], 0, takeTasks, &work) == 0)
    started++;
  takeTasks(&work);
  while (started > 0) pthread_join(helpers[--started], 0);
}
