// Buffers for the tasks of operators. Hundreds of sessions with threads of their own take turns: a buffer a thread would be too many.
#include "kernels.h"
#include <stdatomic.h>
#include <stdlib.h>

enum { SLOTS = 256, HEADER = 16, PAGE = 4096 };

static struct {
  atomic_flag taken;
  size_t floats;
  float *memory;
} slots[SLOTS];

/** Floats in whole pages, the header among them. */
static size_t roundedUp(size_t floats) {
  return (floats + HEADER + PAGE / sizeof(float) - 1) / (PAGE / sizeof(float)) * (PAGE / sizeof(float));
}

/** Memory that begins with its slot's number; null where there is none. */
static float *allocate(size_t floats, size_t slot) {
  if (floats > SIZE_MAX / sizeof(float) / 2) return 0;
  float *memory = aligned_alloc(64, roundedUp(floats) * sizeof(float));
  if (memory) *(size_t *)memory = slot;
  return memory;
}

float *takeScratch(size_t floats) {
  for (size_t i = 0; i < SLOTS; i++) {
    if (atomic_flag_test_and_set_explicit(&slots[i].taken, memory_order_acquire)) continue;
    if (slots[i].floats < floats || !slots[i].memory) {
      free(slots[i].memory);
      slots[i].memory = allocate(floats, i);
      slots[i].floats = slots[i].memory ? roundedUp(floats) - HEADER : 0;
      if (!slots[i].memory) {
        atomic_flag_clear_explicit(&slots[i].taken, memory_order_release);
        return 0;
      }
    }
    return slots[i].memory + HEADER;
  }
  // More at once than there are slots: memory that is freed when it is given back.
  float *memory = allocate(floats, SLOTS);
  return memory ? memory + HEADER : 0;
}

void giveScratch(float *scratch) {
  if (!scratch) return;
  float *memory = scratch - HEADER;
  const size_t slot = *(const size_t *)memory;
  if (slot == SLOTS)
    free(memory);
  else
    atomic_flag_clear_explicit(&slots[slot].taken, memory_order_release);
}
