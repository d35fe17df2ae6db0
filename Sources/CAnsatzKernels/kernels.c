#define _GNU_SOURCE
#include "CAnsatzKernels.h"

#include <math.h>

// Vectors are passed among inlined functions alone, so the calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double DoubleLanes __attribute__((vector_size(32)));
typedef float FloatLanes __attribute__((vector_size(32)));

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAME(x) JOIN(x, VARIANT)

// The variant any processor of the architecture runs: SSE2 on x86-64, NEON with FMA on arm64.
#if defined(__aarch64__)
#define TARGET "arm64"
#else
#define TARGET "baseline"
#endif

#define T double
#define V DoubleLanes
#define W 4
#define VARIANT double_baseline
#define TABLE AnsatzKernelsDouble
#include "kernels.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE

#define T float
#define V FloatLanes
#define W 8
#define VARIANT float_baseline
#define TABLE AnsatzKernelsFloat
#include "kernels.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE
#undef TARGET

const AnsatzKernelsDouble *ansatz_kernels_double_baseline(void) { return &kernels_double_baseline; }
const AnsatzKernelsFloat *ansatz_kernels_float_baseline(void) { return &kernels_float_baseline; }

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define TARGET "avx2+fma"

#define T double
#define V DoubleLanes
#define W 4
#define VARIANT double_avx2
#define TABLE AnsatzKernelsDouble
#include "kernels.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE

#define T float
#define V FloatLanes
#define W 8
#define VARIANT float_avx2
#define TABLE AnsatzKernelsFloat
#include "kernels.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE
#undef TARGET
#pragma clang attribute pop

static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

const AnsatzKernelsDouble *ansatz_kernels_double(void) {
  return has_avx2() ? &kernels_double_avx2 : &kernels_double_baseline;
}

const AnsatzKernelsFloat *ansatz_kernels_float(void) {
  return has_avx2() ? &kernels_float_avx2 : &kernels_float_baseline;
}
#else
const AnsatzKernelsDouble *ansatz_kernels_double(void) { return &kernels_double_baseline; }
const AnsatzKernelsFloat *ansatz_kernels_float(void) { return &kernels_float_baseline; }
#endif

void ansatz_cosines_sines(const double *angles, double *cosines, double *sines, long count) {
  for (long i = 0; i < count; i++) {
#if defined(__GLIBC__)
    sincos(angles[i], sines + i, cosines + i);
#else
    cosines[i] = cos(angles[i]);
    sines[i] = sin(angles[i]);
#endif
  }
}
