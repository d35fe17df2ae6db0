#include "CAnsatzFourier.h"

// Vectors are passed among inlined functions alone, so the calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double DoubleLanes __attribute__((vector_size(32)));
typedef float FloatLanes __attribute__((vector_size(32)));

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAME(x) JOIN(x, VARIANT)
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

// Four lanes: pairs taken apart and put together, and the steps of a transposition.
#define EVENS_4(a, b) SHUFFLE(a, b, 0, 2, 4, 6)
#define ODDS_4(a, b) SHUFFLE(a, b, 1, 3, 5, 7)
#define ZIP_LOW_4(a, b) SHUFFLE(a, b, 0, 4, 1, 5)
#define ZIP_HIGH_4(a, b) SHUFFLE(a, b, 2, 6, 3, 7)
#define LOWER1_4(a, b) SHUFFLE(a, b, 0, 4, 2, 6)
#define UPPER1_4(a, b) SHUFFLE(a, b, 1, 5, 3, 7)
#define LOWER2_4(a, b) SHUFFLE(a, b, 0, 1, 4, 5)
#define UPPER2_4(a, b) SHUFFLE(a, b, 2, 3, 6, 7)
#define LOWER4_4(a, b) (a)
#define UPPER4_4(a, b) (b)

// Eight lanes.
#define EVENS_8(a, b) SHUFFLE(a, b, 0, 2, 4, 6, 8, 10, 12, 14)
#define ODDS_8(a, b) SHUFFLE(a, b, 1, 3, 5, 7, 9, 11, 13, 15)
#define ZIP_LOW_8(a, b) SHUFFLE(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define ZIP_HIGH_8(a, b) SHUFFLE(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#define LOWER1_8(a, b) SHUFFLE(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define UPPER1_8(a, b) SHUFFLE(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#define LOWER2_8(a, b) SHUFFLE(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define UPPER2_8(a, b) SHUFFLE(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define LOWER4_8(a, b) SHUFFLE(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define UPPER4_8(a, b) SHUFFLE(a, b, 4, 5, 6, 7, 12, 13, 14, 15)

#define LANES(x) JOIN(x, W)
#define EVENS LANES(EVENS)
#define ODDS LANES(ODDS)
#define ZIP_LOW LANES(ZIP_LOW)
#define ZIP_HIGH LANES(ZIP_HIGH)
#define LOWER1 LANES(LOWER1)
#define UPPER1 LANES(UPPER1)
#define LOWER2 LANES(LOWER2)
#define UPPER2 LANES(UPPER2)
#define LOWER4 LANES(LOWER4)
#define UPPER4 LANES(UPPER4)

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
#define TABLE AnsatzFourierDouble
#include "fourier.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE

#define T float
#define V FloatLanes
#define W 8
#define VARIANT float_baseline
#define TABLE AnsatzFourierFloat
#include "fourier.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE
#undef TARGET

const AnsatzFourierDouble *ansatz_fourier_double_baseline(void) { return &fourier_double_baseline; }
const AnsatzFourierFloat *ansatz_fourier_float_baseline(void) { return &fourier_float_baseline; }

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define TARGET "avx2+fma"

#define T double
#define V DoubleLanes
#define W 4
#define VARIANT double_avx2
#define TABLE AnsatzFourierDouble
#include "fourier.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE

#define T float
#define V FloatLanes
#define W 8
#define VARIANT float_avx2
#define TABLE AnsatzFourierFloat
#include "fourier.inc"
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

const AnsatzFourierDouble *ansatz_fourier_double(void) {
  return has_avx2() ? &fourier_double_avx2 : &fourier_double_baseline;
}

const AnsatzFourierFloat *ansatz_fourier_float(void) {
  return has_avx2() ? &fourier_float_avx2 : &fourier_float_baseline;
}
#else
const AnsatzFourierDouble *ansatz_fourier_double(void) { return &fourier_double_baseline; }
const AnsatzFourierFloat *ansatz_fourier_float(void) { return &fourier_float_baseline; }
#endif
