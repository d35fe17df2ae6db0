#ifndef C_ANSATZ_FOURIER_H
#define C_ANSATZ_FOURIER_H

// The copying around the Fourier transforms, which are FFTW's. A state is in lines of W amplitudes: W
// real parts, then W imaginary parts, or W (re, im) pairs if `interleaved` is 1. Its offsets are
// counted in lines. Columns are what is transformed: (re, im) pairs one after the other, each column
// `distance` amplitudes after the one before. Turns are by w = exp(2 pi i / N), or its conjugate if
// `inverse` is 1.

#define ANSATZ_FOURIER_TABLE(NAME, T)                                                              \
  typedef struct NAME {                                                                            \
    const char *_Nonnull target;                                                                   \
    /* Column W g + lane, amplitude r = state line offsets[r] + lines[g], that lane. */            \
    void (*_Nonnull gather)(const T *_Nonnull state, const long *_Nonnull offsets, long rows,      \
                            const long *_Nonnull lines, long count, int interleaved,               \
                            T *_Nonnull columns, long distance);                                   \
    /* The other way, times scale. */                                                              \
    void (*_Nonnull scatter)(T *_Nonnull state, const long *_Nonnull offsets, long rows,           \
                             const long *_Nonnull lines, long count, int interleaved, T scale,     \
                             const T *_Nonnull columns, long distance);                            \
    /* The other way in rows, a multiple of W of them, times w^(r (W (first + g) + lane)): */      \
    /* w^(r lane) is taken from lanes[r], w^e from coarse[e >> fine_bits] fine[e & mask]. */       \
    void (*_Nonnull scatter_turned)(T *_Nonnull state, const long *_Nonnull offsets, long rows,    \
                                    const long *_Nonnull lines, long first, long count,            \
                                    const T *_Nonnull lanes, const T *_Nonnull coarse,             \
                                    const T *_Nonnull fine, int fine_bits, int inverse,            \
                                    const T *_Nonnull columns, long distance);                     \
    /* Column r, amplitude W l + c = state line offsets[r] + lines[l], lane c, for r < W. */       \
    void (*_Nonnull gather_across)(const T *_Nonnull state, const long *_Nonnull offsets,          \
                                   const long *_Nonnull lines, long count, T *_Nonnull columns,    \
                                   long distance);                                                 \
    /* State line offsets[c] + lines[l], lane r = column r, amplitude W l + c. */                  \
    void (*_Nonnull scatter_across)(T *_Nonnull state, const long *_Nonnull offsets,               \
                                    const long *_Nonnull lines, long count,                        \
                                    const T *_Nonnull columns, long distance);                     \
    /* Exchanges line offsets[W a + c] + lines[b] with line offsets[W b + c] + lines[a], for all */ \
    /* c < W and a <= b in the ranges; leaves (re, im) pairs if interleaved is 1. */               \
    void (*_Nonnull exchange)(T *_Nonnull state, const long *_Nonnull offsets,                     \
                              const long *_Nonnull lines, long first_a, long count_a,              \
                              long first_b, long count_b, int interleaved);                        \
  } NAME;

ANSATZ_FOURIER_TABLE(AnsatzFourierDouble, double)
ANSATZ_FOURIER_TABLE(AnsatzFourierFloat, float)

// The best variant for this processor, and the one that any processor of the architecture runs.
const AnsatzFourierDouble *_Nonnull ansatz_fourier_double(void);
const AnsatzFourierFloat *_Nonnull ansatz_fourier_float(void);
const AnsatzFourierDouble *_Nonnull ansatz_fourier_double_baseline(void);
const AnsatzFourierFloat *_Nonnull ansatz_fourier_float_baseline(void);

#endif
