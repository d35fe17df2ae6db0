#pragma once
#include <stddef.h>

// Each function returns the bytes of one embedded CSV file and stores their number in *length.
// The bytes live as long as the process and carry no terminating zero.
const unsigned char *ansatz_iris_csv(size_t *length);
const unsigned char *ansatz_wine_csv(size_t *length);
const unsigned char *ansatz_breast_cancer_csv(size_t *length);
const unsigned char *ansatz_digits_csv(size_t *length);
