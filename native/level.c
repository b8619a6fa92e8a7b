// Which kernels this CPU can run. Each object is compiled for a level of the x86-64 psABI, so every feature of that level is looked for, and that
// the operating system keeps the registers; found once.
#include "kernels.h"
#include <cpuid.h>

/** Features in CPUID's leaf 1 (ECX), 7 (EBX) and 0x80000001 (ECX), and register states in XCR0. */
typedef struct {
  unsigned basic, extended, amd, states;
} Features;

static const Features v3 = {bit_SSE3 | bit_SSSE3 | bit_FMA | bit_CMPXCHG16B | bit_SSE4_1 | bit_SSE4_2 | bit_MOVBE | bit_POPCNT |
                                bit_OSXSAVE | bit_AVX | bit_F16C,
                            bit_BMI | bit_AVX2 | bit_BMI2, bit_LAHF_LM | bit_LZCNT, 0x6};
static const Features v4 = {0, bit_AVX512F | bit_AVX512DQ | bit_AVX512CD | bit_AVX512BW | bit_AVX512VL, 0, 0xe6};

static int includes(Features all, Features some) {
  return (all.basic & some.basic) == some.basic && (all.extended & some.extended) == some.extended && (all.amd & some.amd) == some.amd &&
         (all.states & some.states) == some.states;
}

static int findLargestBlock(void) {
  unsigned a, b, c, d, high;
  Features found = {0};
  if (!__get_cpuid(1, &a, &b, &found.basic, &d) || !(found.basic & bit_OSXSAVE)) return 1;
  if (!__get_cpuid_count(7, 0, &a, &found.extended, &c, &d) || !__get_cpuid(0x80000001, &a, &b, &found.amd, &d)) return 1;
  __asm__("xgetbv" : "=a"(found.states), "=d"(high) : "c"(0));
  if (!includes(found, v3)) return 1;
  return includes(found, v4) ? 16 : 8;
}

int largestBlock(void) {
  static _Atomic int found;
  if (!found) found = findLargestBlock();
  return found;
}

bool hasBfloat16(void) {
  unsigned a, b, c, d;
  return largestBlock() == 16 && __get_cpuid_count(7, 1, &a, &b, &c, &d) && a & bit_AVX512BF16;
}
