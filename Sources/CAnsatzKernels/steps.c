#include "AnsatzSteps.h"

#include <math.h>

#pragma clang fp contract(off)
#pragma clang diagnostic ignored "-Wpsabi"

typedef double DoubleLanes __attribute__((vector_size(32)));
typedef float FloatLanes __attribute__((vector_size(32)));

// The rest beyond whole vectors goes through a padded copy, by the same operations.
#define ADAM(NAME, T, V, W)                                                                      \
  static inline __attribute__((always_inline)) void NAME(                                        \
      T *weights, const T *gradient, T *mean, T *squares, long count, T beta1, T rest1, T beta2, \
      T rest2, T step, T root_scale, T epsilon, T keep) {                                        \
    for (long i = 0; i < count; i += W) {                                                        \
      const long size = (count - i < W ? count - i : W) * (long)sizeof(T);                       \
      V w = {0}, g = {0}, m = {0}, v = {0};                                                      \
      if (size == sizeof(V)) {                                                                   \
        __builtin_memcpy(&w, weights + i, sizeof(V));                                            \
        __builtin_memcpy(&g, gradient + i, sizeof(V));                                           \
        __builtin_memcpy(&m, mean + i, sizeof(V));                                               \
        __builtin_memcpy(&v, squares + i, sizeof(V));                                            \
      } else {                                                                                   \
        __builtin_memcpy(&w, weights + i, size);                                                 \
        __builtin_memcpy(&g, gradient + i, size);                                                \
        __builtin_memcpy(&m, mean + i, size);                                                    \
        __builtin_memcpy(&v, squares + i, size);                                                 \
      }                                                                                          \
      m = beta1 * m + rest1 * g;                                                                 \
      v = beta2 * v + rest2 * g * g;                                                             \
      w = keep * w - step * m / (__builtin_elementwise_sqrt(v) * root_scale + epsilon);          \
      if (size == sizeof(V)) {                                                                   \
        __builtin_memcpy(weights + i, &w, sizeof(V));                                            \
        __builtin_memcpy(mean + i, &m, sizeof(V));                                               \
        __builtin_memcpy(squares + i, &v, sizeof(V));                                            \
      } else {                                                                                   \
        __builtin_memcpy(weights + i, &w, size);                                                 \
        __builtin_memcpy(mean + i, &m, size);                                                    \
        __builtin_memcpy(squares + i, &v, size);                                                 \
      }                                                                                          \
    }                                                                                            \
  }

#if defined(__x86_64__)
static int has_avx2(void) { return __builtin_cpu_supports("avx2"); }
#define AVX2 __attribute__((target("avx2")))
#else
static int has_avx2(void) { return 0; }
#define AVX2
#endif

#define DISPATCH(NAME, BASELINE, WIDE, INLINE, T)                                                \
  ANSATZ_ADAM(BASELINE, T) {                                                                     \
    INLINE(weights, gradient, mean, squares, count, beta1, rest1, beta2, rest2, step,            \
           root_scale, epsilon, keep);                                                           \
  }                                                                                              \
  AVX2 static ANSATZ_ADAM(WIDE, T) {                                                             \
    INLINE(weights, gradient, mean, squares, count, beta1, rest1, beta2, rest2, step,            \
           root_scale, epsilon, keep);                                                           \
  }                                                                                              \
  ANSATZ_ADAM(NAME, T) {                                                                         \
    (has_avx2() ? WIDE : BASELINE)(weights, gradient, mean, squares, count, beta1, rest1, beta2, \
                                   rest2, step, root_scale, epsilon, keep);                      \
  }

ADAM(adam_double, double, DoubleLanes, 4)
ADAM(adam_float, float, FloatLanes, 8)

DISPATCH(ansatz_adam_double, ansatz_adam_double_baseline, adam_double_avx2, adam_double, double)
DISPATCH(ansatz_adam_float, ansatz_adam_float_baseline, adam_float_avx2, adam_float, float)
