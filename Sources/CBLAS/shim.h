#include <cblas.h>

void openblas_set_num_threads(int threads);

// LAPACK by its Fortran symbols: eigenvalues and eigenvectors of a symmetric matrix.
void dsyev_(const char *job, const char *triangle, const int *n, double *a, const int *lda,
            double *eigenvalues, double *work, const int *lwork, int *info);
// Eigenvalues and eigenvectors of a Hermitian matrix, stored as (re, im) pairs.
void zheev_(const char *job, const char *triangle, const int *n, void *a, const int *lda,
            double *eigenvalues, void *work, const int *lwork, double *rwork, int *info);
// Solves A x = b by LU decomposition.
void dgesv_(const int *n, const int *columns, double *a, const int *lda, int *pivots, double *b,
            const int *ldb, int *info);

// The cosine-sine decomposition of a unitary matrix in four blocks, stored as (re, im) pairs.
void zuncsd_(const char *u1, const char *u2, const char *v1, const char *v2, const char *order,
             const char *signs, const int *m, const int *p, const int *q, void *x11,
             const int *ldx11, void *x12, const int *ldx12, void *x21, const int *ldx21, void *x22,
             const int *ldx22, double *theta, void *u1_out, const int *ldu1, void *u2_out,
             const int *ldu2, void *v1_out, const int *ldv1, void *v2_out, const int *ldv2,
             void *work, const int *lwork, double *rwork, const int *lrwork, int *iwork, int *info);
// Schur form: of a normal matrix, eigenvalues and orthonormal eigenvectors.
void zgees_(const char *vectors, const char *sort, const void *select, const int *n, void *a,
            const int *lda, int *selected, void *eigenvalues, void *vs, const int *ldvs, void *work,
            const int *lwork, double *rwork, int *bwork, int *info);
