#include "CAnsatzDatasets.h"

// #embed is C23; this clang accepts it in every dialect and warns.
#pragma clang diagnostic ignored "-Wc23-extensions"

const unsigned char *ansatz_iris_csv(size_t *length) {
  static const unsigned char bytes[] = {
#embed "Files/iris.csv"
  };
  *length = sizeof bytes;
  return bytes;
}

const unsigned char *ansatz_wine_csv(size_t *length) {
  static const unsigned char bytes[] = {
#embed "Files/wine.csv"
  };
  *length = sizeof bytes;
  return bytes;
}

const unsigned char *ansatz_breast_cancer_csv(size_t *length) {
  static const unsigned char bytes[] = {
#embed "Files/breast-cancer.csv"
  };
  *length = sizeof bytes;
  return bytes;
}

const unsigned char *ansatz_digits_csv(size_t *length) {
  static const unsigned char bytes[] = {
#embed "Files/digits.csv"
  };
  *length = sizeof bytes;
  return bytes;
}
