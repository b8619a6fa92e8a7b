// Pointwise convolutions on products of bfloat16, for CPUs with AVX512_BF16: twice the multiply-accumulates of an instruction. Compiled with B=16 and
// BFLOAT16=1.
#include "pointwise.c"

bool pointwiseBfloat16(const Conv *call, Parallel parallel) { return pointwise(call, parallel); }
bool pointwiseGradientBfloat16(const ConvGradient *call, Parallel parallel) { return pointwiseGradient(call, parallel); }
