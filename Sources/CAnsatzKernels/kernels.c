#define _GNU_SOURCE
#include "CAnsatzKernels.h"

#include <math.h>

// Vectors are passed among inlined functions alone, so the calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double DoubleLanes __attribute__((vector_size(32)));
typedef float FloatLanes __attribute__((vector_size(32)));

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAME(x) JOIN(JOIN(x, PRECISION), SUFFIX)

// A variant in both precisions. The one any processor of the architecture runs: SSE2 on x86-64, NEON
// with FMA on arm64.
#if defined(__aarch64__)
#define TARGET "arm64"
#else
#define TARGET "baseline"
#endif
#define SUFFIX baseline
#include "variant.inc"
#undef SUFFIX
#undef TARGET

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define TARGET "avx2+fma"
#define SUFFIX avx2
#include "variant.inc"
#undef SUFFIX
#undef TARGET
#pragma clang attribute pop
#endif

// How many of the variants, slowest first, this processor runs.
static int variant_count(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 2 : 1;
#else
  return 1;
#endif
}

#if defined(__x86_64__)
#define VARIANTS(PRECISION) {&kernels_##PRECISION##_baseline, &kernels_##PRECISION##_avx2}
#else
#define VARIANTS(PRECISION) {&kernels_##PRECISION##_baseline}
#endif

static const AnsatzKernelsDouble *const double_variants[] = VARIANTS(double);
static const AnsatzKernelsFloat *const float_variants[] = VARIANTS(float);

const AnsatzKernelsDouble *ansatz_kernels_double_variant(int index) {
  return index >= 0 && index < variant_count() ? double_variants[index] : 0;
}

const AnsatzKernelsFloat *ansatz_kernels_float_variant(int index) {
  return index >= 0 && index < variant_count() ? float_variants[index] : 0;
}

const AnsatzKernelsDouble *ansatz_kernels_double(void) {
  return double_variants[variant_count() - 1];
}

const AnsatzKernelsFloat *ansatz_kernels_float(void) { return float_variants[variant_count() - 1]; }

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
