#include "AnsatzAngles.h"

#include <math.h>

// Vectors are passed among inlined functions alone, so the calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double DoubleLanes __attribute__((vector_size(32)));
typedef float FloatLanes __attribute__((vector_size(32)));
typedef DoubleLanes Angles;
typedef int64_t AngleBits __attribute__((vector_size(32)));

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAME(x) JOIN(x, VARIANT)

#if defined(__aarch64__)
#define TARGET "arm64"
#else
#define TARGET "baseline"
#endif

#define T double
#define V DoubleLanes
#define W 4
#define VARIANT double_baseline
#define TABLE AnsatzAnglesDouble
#include "angles.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE

#define T float
#define V FloatLanes
#define W 8
#define VARIANT float_baseline
#define TABLE AnsatzAnglesFloat
#include "angles.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE
#undef TARGET

const AnsatzAnglesDouble *ansatz_angles_double_baseline(void) { return &angles_double_baseline; }
const AnsatzAnglesFloat *ansatz_angles_float_baseline(void) { return &angles_float_baseline; }

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define TARGET "avx2+fma"

#define T double
#define V DoubleLanes
#define W 4
#define VARIANT double_avx2
#define TABLE AnsatzAnglesDouble
#include "angles.inc"
#undef T
#undef V
#undef W
#undef VARIANT
#undef TABLE

#define T float
#define V FloatLanes
#define W 8
#define VARIANT float_avx2
#define TABLE AnsatzAnglesFloat
#include "angles.inc"
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

const AnsatzAnglesDouble *ansatz_angles_double(void) {
  return has_avx2() ? &angles_double_avx2 : &angles_double_baseline;
}

const AnsatzAnglesFloat *ansatz_angles_float(void) {
  return has_avx2() ? &angles_float_avx2 : &angles_float_baseline;
}
#else
const AnsatzAnglesDouble *ansatz_angles_double(void) { return &angles_double_baseline; }
const AnsatzAnglesFloat *ansatz_angles_float(void) { return &angles_float_baseline; }
#endif
