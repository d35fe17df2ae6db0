// Every kernel of every variant this processor runs, at every position of every buffer, against
// plain loops written from the contracts in the headers alone. It needs nothing but C, so it also
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

// Lists of places. They have no guards: kernels cannot write to them, and what they read beyond the
// end the sanitizer sees.
static int32_t *places(long count) {
  int32_t *list = malloc(count * sizeof *list);
  if (!list && count) abort();
  return list;
}

static long *long_places(long count) {
  long *list = malloc(count * sizeof *list);
  if (!list && count) abort();
  return list;
}

// Cosines and sines with digits to spare where the processor has such numbers; elsewhere the library's
// own rounding counts as well.
#if defined(__x86_64__)
typedef long double Truth;
#define TRUE_COSINE cosl
#define TRUE_SINE sinl
#define UNITS 2.5
#else
typedef double Truth;
#define TRUE_COSINE cos
#define TRUE_SINE sin
#define UNITS 3.0
#endif

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
#define ANGLES AnsatzAnglesDouble
#define FOURIER AnsatzFourierDouble
#define EPSILON 0x1p-52
#include "buffers.inc"
#include "linear.inc"
#include "rotations.inc"
#include "tiles.inc"
#include "angles.inc"
#include "steps.inc"
#include "fourier.inc"
#include "done.inc"

#define T float
#define W 8
#define PRECISION float
#define TABLE AnsatzKernelsFloat
#define ANGLES AnsatzAnglesFloat
#define FOURIER AnsatzFourierFloat
#define EPSILON 0x1p-23
#include "buffers.inc"
#include "linear.inc"
#include "rotations.inc"
#include "tiles.inc"
#include "angles.inc"
#include "steps.inc"
#include "fourier.inc"
#include "done.inc"

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

// The tables that come as the fastest and the one any processor runs.
static void others(int is_fastest) {
  const AnsatzAnglesDouble *ad =
      is_fastest ? ansatz_angles_double() : ansatz_angles_double_baseline();
  const AnsatzAnglesFloat *af = is_fastest ? ansatz_angles_float() : ansatz_angles_float_baseline();
  const AnsatzFourierDouble *fd =
      is_fastest ? ansatz_fourier_double() : ansatz_fourier_double_baseline();
  const AnsatzFourierFloat *ff =
      is_fastest ? ansatz_fourier_float() : ansatz_fourier_float_baseline();
  if (strcmp(ad->target, variant) || strcmp(af->target, variant) || strcmp(fd->target, variant) ||
      strcmp(ff->target, variant))
    fail("angles or transforms are of another variant");
  angles_double(ad);
  angles_float(af);
  fourier_double(fd);
  fourier_float(ff);
  steps_double(is_fastest ? ansatz_adam_double : ansatz_adam_double_baseline);
  steps_float(is_fastest ? ansatz_adam_float : ansatz_adam_float_baseline);
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
    const int is_last = !ansatz_kernels_double_variant(index + 1);
    if (is_last != (d == ansatz_kernels_double()) || is_last != (f == ansatz_kernels_float()))
      fail("the fastest variant is not the last");
    if (index == 0) others(0);
    if (is_last) others(1);
  }
  cosines_and_sines();
  printf("%ld checks, %ld failed (%s)\n", checks, failures, names);
  return failures || checks < 1000;
}
