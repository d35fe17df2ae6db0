#ifndef ANSATZ_ANGLES_H
#define ANSATZ_ANGLES_H

#include <stdint.h>

// What a batch does with its angles: cosines and sines of many, and the gates on single qubits that
// make its starting product. A row and a lane vector are those of CAnsatzKernels.h.
//
// A gate of the product is two numbers: its axis (0 for Y, 1 for Z), and where its cosine and sine
// are: place p >= 0 is lane vector p of the shared ones, p < 0 is lane vector ~p of the block's.

#define ANSATZ_ANGLE_TABLE(NAME, T)                                                              \
  typedef struct NAME {                                                                          \
    const char *_Nonnull target;                                                                 \
    /* Within 2.5 units in the last place of the true values, whatever the angle's size; */      \
    /* each depends on its own angle alone. */                                                   \
    void (*_Nonnull cosines_sines)(const double *_Nonnull angles, T *_Nonnull cosines,           \
                                   T *_Nonnull sines, long count);                               \
    /* factors[b] = the gates ranges[b]..<ranges[b + 1] applied to |0>, as two rows a bit. */    \
    void (*_Nonnull product_gates)(T *_Nonnull factors, long bits,                               \
                                   const int32_t *_Nonnull ranges,                               \
                                   const int32_t *_Nonnull gates,                                \
                                   const T *_Nonnull shared_cosines,                             \
                                   const T *_Nonnull shared_sines,                               \
                                   const T *_Nonnull cosines, const T *_Nonnull sines);          \
    /* One bit's gates undone, last first, on its ket and on the contraction h that */           \
    /* product_back gives; out[g] = the derivative in gate g's angle, a lane vector. */          \
    void (*_Nonnull product_gates_back)(T *_Nonnull out, const T *_Nonnull h,                    \
                                        const T *_Nonnull ket, long count,                       \
                                        const int32_t *_Nonnull gates,                           \
                                        const T *_Nonnull shared_cosines,                        \
                                        const T *_Nonnull shared_sines,                          \
                                        const T *_Nonnull cosines, const T *_Nonnull sines);     \
  } NAME;

ANSATZ_ANGLE_TABLE(AnsatzAnglesDouble, double)
ANSATZ_ANGLE_TABLE(AnsatzAnglesFloat, float)

// The fastest variant that this processor runs.
const AnsatzAnglesDouble *_Nonnull ansatz_angles_double(void);
const AnsatzAnglesFloat *_Nonnull ansatz_angles_float(void);

// The variant any processor of the architecture runs.
const AnsatzAnglesDouble *_Nonnull ansatz_angles_double_baseline(void);
const AnsatzAnglesFloat *_Nonnull ansatz_angles_float_baseline(void);

#endif
