#ifndef C_ANSATZ_FOURIER_H
#define C_ANSATZ_FOURIER_H

#include <stdint.h>

// The innermost loops of the Fourier transform, on the rows that CAnsatzKernels.h describes: W real
// parts, then W imaginary parts. Every transform has the sign exp(+2 pi i jk / N); where `inverse` is
// 1, real and imaginary parts change places on the way in and out, which turns the sign around. Lines
// are rows in a state; their offsets are counted in rows.

#define ANSATZ_FOURIER_TABLE(NAME, T)                                                            \
  typedef struct NAME {                                                                          \
    const char *_Nonnull target;                                                                 \
    /* W transforms of 2^bits rows at once, in place; output k is left at the row whose bits are */ \
    /* those of k reversed. Twiddles: for each level, see FourierTables. */                      \
    void (*_Nonnull transform)(T *_Nonnull rows, int bits, const T *_Nonnull twiddles,           \
                               int inverse);                                                     \
    /* buffer[g][r] = state line offsets[r] + lines[g]; from (re, im) pairs if interleaved is 1. */ \
    void (*_Nonnull gather)(const T *_Nonnull state, const long *_Nonnull offsets, long rows,    \
                            const long *_Nonnull lines, long count, int interleaved,             \
                            T *_Nonnull buffer);                                                 \
    /* state line offsets[r] + lines[g] = scale buffer[g][reversed[r]]. */                       \
    void (*_Nonnull scatter)(T *_Nonnull state, const long *_Nonnull offsets,                    \
                             const int32_t *_Nonnull reversed, long rows,                        \
                             const long *_Nonnull lines, long count, int interleaved, T scale,   \
                             const T *_Nonnull buffer);                                          \
    /* The same in rows, times w^(r (W (first + g) + lane)), w^(r lane) taken from lanes[r] and */ \
    /* w^e from coarse[e >> fine_bits] fine[e & mask]. */                                        \
    void (*_Nonnull scatter_turned)(T *_Nonnull state, const long *_Nonnull offsets,             \
                                    const int32_t *_Nonnull reversed, long rows,                 \
                                    const long *_Nonnull lines, long first, long count,          \
                                    const T *_Nonnull lanes, const T *_Nonnull coarse,           \
                                    const T *_Nonnull fine, int fine_bits, int inverse,          \
                                    const T *_Nonnull buffer);                                   \
    /* buffer[W l + c], lane r = state line offsets[r] + lines[l], lane c, for r < W. */         \
    void (*_Nonnull gather_across)(const T *_Nonnull state, const long *_Nonnull offsets,        \
                                   const long *_Nonnull lines, long count, T *_Nonnull buffer);  \
    /* state line offsets[c] + lines[l] = buffer[reversed[W l + c]]. */                          \
    void (*_Nonnull scatter_across)(T *_Nonnull state, const long *_Nonnull offsets,             \
                                    const long *_Nonnull lines, const int32_t *_Nonnull reversed, \
                                    long count, const T *_Nonnull buffer);                       \
    /* Exchanges line offsets[W a + c] + lines[b] with line offsets[W b + c] + lines[a], for all */ \
    /* c < W and a <= b in the ranges; leaves (re, im) pairs if interleaved is 1. */             \
    void (*_Nonnull exchange)(T *_Nonnull state, const long *_Nonnull offsets,                   \
                              const long *_Nonnull lines, long first_a, long count_a,            \
                              long first_b, long count_b, int interleaved);                      \
  } NAME;

ANSATZ_FOURIER_TABLE(AnsatzFourierDouble, double)
ANSATZ_FOURIER_TABLE(AnsatzFourierFloat, float)

// The best variant for this processor, and the one that any processor of the architecture runs.
const AnsatzFourierDouble *_Nonnull ansatz_fourier_double(void);
const AnsatzFourierFloat *_Nonnull ansatz_fourier_float(void);
const AnsatzFourierDouble *_Nonnull ansatz_fourier_double_baseline(void);
const AnsatzFourierFloat *_Nonnull ansatz_fourier_float_baseline(void);

#endif
