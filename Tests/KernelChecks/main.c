// Every kernel of every variant this processor runs, at every position of every buffer, against
// plain loops written from the contract in CAnsatzKernels.h alone. It needs nothing but C, so it also
// runs where the Swift twins cannot: under sanitizers, and on another architecture in an emulator.

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CAnsatzKernels.h"

static long checks = 0, failures = 0;
static const char *variant = "";

static void fail(const char *format, ...) {
  // The first few say what is wrong; thousands would not say more.
  if (++failures > 20) return;
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "%s: ", variant);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
}

// Inputs by formula: a number in [-1, 1) for each place of each buffer.
static uint64_t formula_state = 0;

static uint64_t formula(void) {
  uint64_t x = formula_state += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}

static double number(void) { return (double)(formula() >> 11) * 0x1p-52 - 1; }

static int odd(long x) { return __builtin_parityl((unsigned long)x); }

// A scattered order of `count` out of `size` places: the first are distinct since 5 is odd.
static void scatter(int32_t *order, long count, long size) {
  for (long i = 0; i < count; i++) order[i] = (int32_t)((i * 5 + 3) % size);
}

// Under the address sanitizer, what surrounds a buffer is poisoned by malloc; else it is filled with
// a pattern that must survive.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GUARD 0
#endif
#endif
#ifndef GUARD
#define GUARD 64
#endif

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAME(x) JOIN(x, PRECISION)

#define T double
#define W 4
#define PRECISION double
#define TABLE AnsatzKernelsDouble
#define EPSILON 0x1p-52
#include "buffers.inc"
#include "linear.inc"
#include "rotations.inc"
#include "tiles.inc"
#undef T
#undef W
#undef PRECISION
#undef TABLE
#undef EPSILON

#define T float
#define W 8
#define PRECISION float
#define TABLE AnsatzKernelsFloat
#define EPSILON 0x1p-23
#include "buffers.inc"
#include "linear.inc"
#include "rotations.inc"
#include "tiles.inc"

static void cosines_and_sines(void) {
  double angles[97], cosines[97], sines[97];
  for (int i = 0; i < 97; i++) angles[i] = (i - 48) * 0.37;
  ansatz_cosines_sines(angles, cosines, sines, 97);
  for (int i = 0; i < 97; i++) {
    checks += 2;
    // By the series of a small angle, then doubling, so that the library's own is not the truth.
    const double x = angles[i] / 4096, y = x * x;
    double s = x * (1 - y / 6 * (1 - y / 20)), v = y / 2 * (1 - y / 12 * (1 - y / 30));
    for (int j = 0; j < 12; j++) {
      const double c = 1 - v;
      v = 2 * s * s;
      s = 2 * s * c;
    }
    // Every doubling doubles the error.
    if (fabs(cosines[i] - (1 - v)) > 1e-11 || fabs(sines[i] - s) > 1e-11)
      fail("cosines_sines at %d", i);
  }
}

int main(void) {
  char names[256] = "";
  for (int index = 0;; index++) {
    const AnsatzKernelsDouble *d = ansatz_kernels_double_variant(index);
    const AnsatzKernelsFloat *f = ansatz_kernels_float_variant(index);
    if (!d != !f) fail("variant %d is there in one precision alone", index);
    if (!d || !f) break;
    variant = d->target;
    strncat(names, index ? ", " : "", sizeof names - strlen(names) - 1);
    strncat(names, variant, sizeof names - strlen(names) - 1);
    linear_double(d);
    rotations_double(d);
    tiles_double(d);
    linear_float(f);
    rotations_float(f);
    tiles_float(f);
    if (d != ansatz_kernels_double() && !ansatz_kernels_double_variant(index + 1))
      fail("the fastest variant is not the last");
  }
  cosines_and_sines();
  printf("%ld checks, %ld failed (%s)\n", checks, failures, names);
  return failures || checks < 1000;
}
