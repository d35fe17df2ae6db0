#ifndef ANSATZ_STEPS_H
#define ANSATZ_STEPS_H

// One step of Adam on `count` weights with their gradient, running mean and running squares:
//   mean = beta1 mean + rest1 g,  squares = beta2 squares + (rest2 g) g,
//   weight = keep weight - (step mean) / (sqrt(squares) root_scale + epsilon).
// Every operation is rounded on its own, so the result is the same on every processor.

#define ANSATZ_ADAM(NAME, T)                                                                     \
  void NAME(T *_Nonnull weights, const T *_Nonnull gradient, T *_Nonnull mean,                   \
            T *_Nonnull squares, long count, T beta1, T rest1, T beta2, T rest2, T step,         \
            T root_scale, T epsilon, T keep)

ANSATZ_ADAM(ansatz_adam_double, double);
ANSATZ_ADAM(ansatz_adam_float, float);

// The variant any processor of the architecture runs.
ANSATZ_ADAM(ansatz_adam_double_baseline, double);
ANSATZ_ADAM(ansatz_adam_float_baseline, float);

#endif
