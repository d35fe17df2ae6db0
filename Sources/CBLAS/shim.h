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
