// Buffers for the tasks of operators. Hundreds of sessions with threads of their own take turns: a buffer a thread would be too many.
#include "kernels.h"
#include <stdatomic.h>
#include <stdlib.h>

enum { SLOTS = 256, HEADER = 16 };

static struct {
  atomic_flag taken;
  size_t floats;
  float *memory;
} slots[SLOTS];

float *takeScratch(size_t floats) {
  for (size_t i = 0;; i = (i + 1) % SLOTS) {
    if (atomic_flag_test_and_set_explicit(&slots[i].taken, memory_order_acquire)) continue;
    if (slots[i].floats < floats) {
      free(slots[i].memory);
      const size_t bytes = ((floats + HEADER) * sizeof(float) + 4095) / 4096 * 4096;
      slots[i].memory = aligned_alloc(64, bytes);
      if (!slots[i].memory) abort();
      slots[i].floats = bytes / sizeof(float) - HEADER;
      *(size_t *)slots[i].memory = i;
    }
    return slots[i].memory + HEADER;
  }
}

void giveScratch(float *scratch) {
  const size_t slot = *(const size_t *)(scratch - HEADER);
  atomic_flag_clear_explicit(&slots[slot].taken, memory_order_release);
}
