"""SciPy's fast Fourier transform on the amplitudes: no simulator, but what one should not be slower than."""
import os

import numpy as np
import scipy
import scipy.fft

import workloads as W

NAME = "scipy %s fft" % scipy.__version__


def prepare(work, precision):
    kind = np.complex64 if precision == "f32" else np.complex128
    workers = int(os.environ.get("OMP_NUM_THREADS", "1"))

    def run():
        half = W.weights(work.n) / 2
        state = np.ones(1, kind)
        for angle in half:
            state = np.kron(state, np.array([np.cos(angle), np.sin(angle)], kind))
        return scipy.fft.ifft(state, norm="ortho", workers=workers, overwrite_x=True)
    return run, lambda state: {"p1": float(abs(complex(state[1])) ** 2)}
