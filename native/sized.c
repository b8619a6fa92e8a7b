// All kernels for one block size: compiled once with B=8 (AVX2) and once with B=16 (AVX-512). One file, so that each is compiled whole.
#include "pointwise.c"
#include "image.c"
#include "depthwise.c"
#include "passes.c"
#include "update.c"
#include "pixels.c"

const Kernels SIZED(kernels) = {
    .block = B,
#define X(kind, name, Call, kernel, ...) .kernel = kernel,
    OPERATORS(X)
#undef X
        .adamW = adamW,
    .addInto = addInto,
    .moveToward = moveToward,
    .resample = resample,
    .replaceBackground = replaceBackground,
    .mixBlur = mixBlur,
};
