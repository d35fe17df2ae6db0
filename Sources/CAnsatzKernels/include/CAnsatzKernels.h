#ifndef C_ANSATZ_KERNELS_H
#define C_ANSATZ_KERNELS_H

#include <stdint.h>

#include "AnsatzAngles.h"
#include "AnsatzSteps.h"
#include "CAnsatzFourier.h"

// The innermost loops of the engine: raw pointers in, no allocation, no threads, no policy.
//
// A row is W real parts, then W imaginary parts, 64 bytes in all (W = 4 for double, 8 for float). In
// a batch its lanes are samples, in a single state they are the values of the least significant
// bits. A lane vector is W numbers.
//
// A rotation group turns k <= 3 commuting pairs of rows at once: representative r stands for the
// 2^k rows r ^ offsets[i], where bit b of i says whether rotation b's partner is meant. A rotation
// maps the pair (a0, a1) to (c a0 - s a1, s a0 + c a1).
//
// A word is a Pauli word that also moves lanes: it takes lane l of row r to lane l ^ x_lane of row
// r ^ x_row, with the sign of the parity of r & z_row; the signs of lanes are the caller's.

#define ANSATZ_KERNEL_TABLE(NAME, T)                                                             \
  typedef struct NAME {                                                                          \
    const char *_Nonnull target;                                                                 \
    /* Shared angles as lifts: t = s/c where bit b of flags is 0, t = c/s where it is 1. The */   \
    /* factor c (or s) is left out; it belongs in a diagonal. All rows are xor-ed with base. */  \
    void (*_Nonnull rotate_lift)(T *_Nonnull state, const int32_t *_Nonnull reps, long groups,   \
                                 int32_t base, const int32_t *_Nonnull offsets, int k,           \
                                 const T *_Nonnull lifts, int flags);                            \
    /* Angles as k cosines and k sines, each a lane vector. */                                   \
    void (*_Nonnull rotate_lanes)(T *_Nonnull state, const int32_t *_Nonnull reps, long groups,  \
                                  int32_t base, const int32_t *_Nonnull offsets, int k,          \
                                  const T *_Nonnull cosines, const T *_Nonnull sines);           \
    /* out[b] += sum Re(conj(bra1) ket0 - conj(bra0) ket1) over rotation b's pairs, by lane. */  \
    void (*_Nonnull rotation_gradient)(const T *_Nonnull bra, const T *_Nonnull ket,             \
                                       const int32_t *_Nonnull reps, long groups, int32_t base,  \
                                       const int32_t *_Nonnull offsets, int k, T *_Nonnull out); \
    /* Rotates by a word: pairs first..first+count of rows (r, r ^ x_row), r with bit pivot 0, */ \
    /* or rows themselves if x_row is 0. New value: c v - s (sign of the row) v's partner. */     \
    void (*_Nonnull word_rotate)(T *_Nonnull state, long first, long count, int32_t x_row,       \
                                 int x_lane, int32_t z_row, const T *_Nonnull cosines,           \
                                 const T *_Nonnull sines);                                       \
    /* out += sum over rows r of (sign of r) Re or Im(conj(bra[r ^ x_row, lanes moved]) ket[r]). */ \
    void (*_Nonnull word_sum)(const T *_Nonnull bra, const T *_Nonnull ket, long first,          \
                              long count, int32_t x_row, int x_lane, int32_t z_row,              \
                              int imaginary, T *_Nonnull out);                                   \
    /* bra[q] += weight (times i if imaginary) (sign of r) ket[r, lanes moved], r = q ^ x_row. */  \
    void (*_Nonnull word_add)(T *_Nonnull bra, const T *_Nonnull ket, long first, long count,    \
                              int32_t x_row, int x_lane, int32_t z_row, int imaginary,           \
                              const T *_Nonnull weights);                                        \
    /* destination[j] = source[j] * table[j]; the table holds (re, im) pairs. */                 \
    void (*_Nonnull diagonal)(T *_Nonnull destination, const T *_Nonnull source,                 \
                              const T *_Nonnull table, long rows);                               \
    /* The same with a table of rows. */                                                         \
    void (*_Nonnull diagonal_lanes)(T *_Nonnull destination, const T *_Nonnull source,           \
                                    const T *_Nonnull table, long rows);                         \
    /* bra[j] *= conj(table[j]); imaginary[j] = Im(conj(bra[j]) ket[j]), a lane vector a row. */ \
    void (*_Nonnull diagonal_back)(T *_Nonnull bra, const T *_Nonnull ket,                       \
                                   const T *_Nonnull table, T *_Nonnull imaginary, long rows);   \
    void (*_Nonnull diagonal_back_lanes)(T *_Nonnull bra, const T *_Nonnull ket,                 \
                                         const T *_Nonnull table, T *_Nonnull imaginary,         \
                                         long rows);                                             \
    /* destination[2 y + s] = source[y] * factor[s], each factor a row. */                       \
    void (*_Nonnull product)(T *_Nonnull destination, const T *_Nonnull source,                  \
                             const T *_Nonnull factor, long rows);                               \
    /* destination[j] = source[j] * (re + i im). */                                              \
    void (*_Nonnull scale)(T *_Nonnull destination, const T *_Nonnull source, T re, T im,        \
                           long rows);                                                           \
    /* The way back: h[s] = sum_y conj(bra[2 y + s]) prefix[y], a row each; */                   \
    /* bra[y] = sum_s conj(factor[s]) bra[2 y + s], in place. */                                 \
    void (*_Nonnull product_back)(T *_Nonnull bra, const T *_Nonnull prefix,                     \
                                  const T *_Nonnull factor, T *_Nonnull h, long rows);           \
    /* A product, then a diagonal with (re, im) pairs, without storing the product; */           \
    void (*_Nonnull product_diagonal)(T *_Nonnull destination, const T *_Nonnull source,         \
                                      const T *_Nonnull factor, const T *_Nonnull table,         \
                                      long rows);                                                \
    /* and the way back: diagonal_back with that product as ket, then product_back. */           \
    void (*_Nonnull product_diagonal_back)(T *_Nonnull bra, const T *_Nonnull prefix,            \
                                           const T *_Nonnull factor, const T *_Nonnull table,    \
                                           T *_Nonnull imaginary, T *_Nonnull h, long rows);     \
    /* p[i] = |ket[order[i]]|^2; a null order is 0, 1, 2, ... */                                 \
    void (*_Nonnull probabilities)(const T *_Nonnull ket, const int32_t *_Nullable order,        \
                                   T *_Nonnull p, long rows);                                    \
    /* p[i] = source[order[i]] for lane vectors. */                                              \
    void (*_Nonnull gather)(const T *_Nonnull source, const int32_t *_Nullable order,            \
                            T *_Nonnull p, long rows);                                           \
    /* signs[b] = sum_i (-1)^{bit b of i} p[i] for every bit of 2^bits lane vectors; p is */     \
    /* used up, and p[0] ends as the sum of all. */                                              \
    void (*_Nonnull signed_sums)(T *_Nonnull p, int bits, T *_Nonnull signs);                    \
    /* The same of source[order[i]], with as many lane vectors of scratch in p. */               \
    void (*_Nonnull ordered_signed_sums)(const T *_Nonnull source,                               \
                                         const int32_t *_Nullable order, T *_Nonnull p,          \
                                         int bits, T *_Nonnull signs);                           \
    /* w[i] = start + sum_b (-1)^{bit b of i} values[b] for 2^bits lane vectors. */              \
    void (*_Nonnull signed_spread)(T *_Nonnull w, int bits, const T *_Nonnull start,             \
                                   const T *_Nonnull values);                                    \
    /* bra[order[i]] = w[i] * ket[order[i]]. */                                                  \
    void (*_Nonnull weigh)(T *_Nonnull bra, const T *_Nonnull ket, const T *_Nonnull w,          \
                           const int32_t *_Nullable order, long rows);                           \
    /* A table of 2^bits (re, im) pairs: start * prod_b (bit b of i ? conj(f_b) : f_b). */       \
    void (*_Nonnull phase_table)(T *_Nonnull table, int bits, T scale,                           \
                                 const T *_Nonnull factors);                                     \
    /* The same with a row an entry, and a row to start from. */                                 \
    void (*_Nonnull phase_table_lanes)(T *_Nonnull table, int bits, const T *_Nonnull start,     \
                                       const T *_Nonnull factors);                               \
    /* destination[order[i]] *= source[i], for (re, im) pairs and for rows. */                   \
    void (*_Nonnull table_multiply)(T *_Nonnull destination, const T *_Nonnull source,           \
                                    const int32_t *_Nullable order, long rows);                  \
    void (*_Nonnull table_multiply_lanes)(T *_Nonnull destination, const T *_Nonnull source,     \
                                          const int32_t *_Nullable order, long rows);            \
    /* Lifts as lane vectors. A lift of flag 0 has its lanes' signs in it; one of flag 1 takes    */ \
    /* them from `signs`, lane vectors of 0.0 and -0.0 whose sign bits flip what is added; null is */ \
    /* no sign. */                                                                               \
    void (*_Nonnull rotate_signed_lift)(T *_Nonnull state, const int32_t *_Nonnull reps,         \
                                        long groups, int32_t base,                               \
                                        const int32_t *_Nonnull offsets, int k,                  \
                                        const T *_Nonnull lifts, const T *_Nullable signs,       \
                                        int flags);                                              \
    /* state[j] *= table[j] * factors[index[j]], all rows; null factors (or table) are 1. Then, for bit */ \
    /* b of lanes, v = cosines[b] v - sines[b] (v with lane l taken from l ^ 2^b), lane vectors. */ \
    void (*_Nonnull tile_diagonal)(T *_Nonnull state, const T *_Nullable table,                  \
                                   const T *_Nullable factors, const int32_t *_Nonnull index,     \
                                   long rows, int lanes, const T *_Nonnull cosines,              \
                                   const T *_Nonnull sines);                                     \
    /* The way back: for each bit b of lanes, sums[b] += sum_j Re(conj(bra, lanes moved) ket), */ \
    /* then both are turned back; then both are multiplied by the conjugate of the diagonal, and */ \
    /* imaginary[j] = Im(conj(bra[j]) ket[j]). */                                                \
    void (*_Nonnull tile_diagonal_back)(T *_Nonnull bra, T *_Nonnull ket,                        \
                                        const T *_Nullable table, const T *_Nullable factors,     \
                                        const int32_t *_Nonnull index, T *_Nonnull imaginary,    \
                                        long rows, int lanes, const T *_Nonnull cosines,         \
                                        const T *_Nonnull sines, T *_Nonnull sums);              \
    /* Chunks of `rows` rows, the c-th from row chunks[c] ^ base on, times scale: into a tile,    */ \
    /* one after the other, and back. */                                                         \
    void (*_Nonnull load_tile)(T *_Nonnull tile, const T *_Nonnull state,                        \
                               const int32_t *_Nonnull chunks, int32_t base, long count,         \
                               long rows, T scale);                                              \
    void (*_Nonnull store_tile)(T *_Nonnull state, const T *_Nonnull tile,                       \
                                const int32_t *_Nonnull chunks, int32_t base, long count,        \
                                long rows, T scale);                                             \
  } NAME;

ANSATZ_KERNEL_TABLE(AnsatzKernelsDouble, double)
ANSATZ_KERNEL_TABLE(AnsatzKernelsFloat, float)

// The fastest variant that this processor runs.
const AnsatzKernelsDouble *_Nonnull ansatz_kernels_double(void);
const AnsatzKernelsFloat *_Nonnull ansatz_kernels_float(void);

// The variants that this processor runs, the one any processor of the architecture runs first and the
// fastest last; null beyond.
const AnsatzKernelsDouble *_Nullable ansatz_kernels_double_variant(int index);
const AnsatzKernelsFloat *_Nullable ansatz_kernels_float_variant(int index);

// Cosines and sines of a list of angles in radians.
void ansatz_cosines_sines(const double *_Nonnull angles, double *_Nonnull cosines,
                          double *_Nonnull sines, long count);

#endif
