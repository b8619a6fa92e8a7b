// xorshift64* (Vigna 2016), and normal numbers by adding twelve uniform ones.
#include "harness.h"

static uint64_t state = 1;
void seed(uint64_t value) { state = value * 0x9e3779b97f4a7c15u + 1; }

static uint64_t next(void) {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * 0x2545f4914f6cdd1du;
}

int between(int least, int most) { return least + (int)(next() >> 33) % (most - least + 1); }

float normal(void) {
  float sum = -6;
  for (int i = 0; i < 12; i++) sum += (float)(next() >> 40) / (1 << 24);
  return sum;
}
