"""The work itself: angles, gates and check values, the same for every system.

Nothing is random. A gate is `(name, qubits, angles)`; an angle is `("w", k)` for weight k or `("x", i)` for input i of
a sample; controls come before targets. Qubit 0 is named first.
"""
import json
import math
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "expected.json")

SIZES = {
    "mixed": ["12x64", "20x1"],
    "reupload": ["12x64", "20x1"],
    "su4-brickwork": ["12x64", "20x1"],
    "train-step": ["4x3x64", "8x3x64", "12x3x64", "16x3x8"],
    "vqe-grad": ["16x4", "20x4", "24x2"],
    "forward": ["20", "24", "26"],
    "qft": ["20", "24"],
    "param-shift": ["8x3"],
    "kernel": ["8x400"],
    "density": ["8", "10"],
    "trajectories": ["12"],
    "mlp-step": ["64"],
    "shots": ["20"],
    "hessian": ["6x2"],
    "metric": ["8x3"],
}
SHOTS = {"shots": 1_000_000, "trajectories": 1000}
DEPOLARIZING = 0.01
# Small enough for tests of this repository.
TEST_SIZES = {"hessian": ["3x1"], "metric": ["3x1"], "mixed": ["5x6", "5x1"], "reupload": ["4x6", "4x1"], "su4-brickwork": ["4x6", "4x1"]}

# The gates of `mixed`, with their number of qubits and of angles; the same list as in Mixed.swift.
GATES = {
    "H": (1, 0), "X": (1, 0), "Y": (1, 0), "Z": (1, 0), "S": (1, 0), "Sdg": (1, 0), "T": (1, 0), "Tdg": (1, 0),
    "SX": (1, 0), "SXdg": (1, 0), "RX": (1, 1), "RY": (1, 1), "RZ": (1, 1), "Phase": (1, 1), "Rot": (1, 3),
    "U": (1, 3), "CNOT": (2, 0), "CY": (2, 0), "CZ": (2, 0), "SWAP": (2, 0), "CRX": (2, 1), "CRY": (2, 1),
    "CRZ": (2, 1), "CPhase": (2, 1), "RXX": (2, 1), "RYY": (2, 1), "RZZ": (2, 1), "Toffoli": (3, 0), "CSWAP": (3, 0),
}


def weights(count):
    k = np.arange(1, count + 1, dtype=np.float64) * 0.6180339887498949
    return 2 * math.pi * (k - np.floor(k))


def inputs(batch, n):
    k = np.arange(1, batch * n + 1, dtype=np.float64) * 0.7548776662466927
    return math.pi * (k - np.floor(k)).reshape(batch, n)


def targets(batch, n):
    parity = np.add.outer(np.arange(batch), np.arange(n)) % 2
    return 1.0 - 2.0 * parity


def z_signs(n):
    """[n, 2^n]: +1 or -1, what Z of each qubit reads in each basis state, qubit 0 most significant."""
    index = np.arange(2 ** n)
    return np.array([1.0 - 2.0 * (index >> (n - 1 - q) & 1) for q in range(n)])


def pattern(k):
    """The bits of k, mixed by products and shifts of 32-bit numbers."""
    x = (k + 1) * 0x9E3779B1 & 0xFFFFFFFF
    x ^= x >> 15
    x = x * 0x85EBCA77 & 0xFFFFFFFF
    return x ^ x >> 13


# Sizes are qubits x layers; of the first also x batch.
LAYERED = ("train-step", "vqe-grad", "param-shift", "hessian", "metric")
GRADIENTS = ("mixed", "reupload", "su4-brickwork", "train-step", "vqe-grad")


class Work:
    """One workload at one size."""

    def __init__(self, name, size):
        numbers = [int(v) for v in size.split("x")]
        self.name, self.size, self.n = name, size, numbers[0]
        self.layers = {"density": 2, "trajectories": 2}.get(name, numbers[1] if name in LAYERED else None)
        self.batch = 1 if len(numbers) == 1 or name in LAYERED[1:] else numbers[-1]
        if name == "mlp-step":
            self.n, self.batch = 64, numbers[0]
        # What is asked of a system: "gradient", or a workload's own name.
        self.kind = "gradient" if name in GRADIENTS else name
        # A batch of one is the energy of an Ising chain and its gradient in the weights.
        self.is_energy = self.kind == "gradient" and self.batch == 1
        self.weight_count = 0
        self.gates = []
        getattr(self, "_" + name.replace("-", "_"), lambda: None)()
        self.has_inputs = any(a[0] == "x" for g in self.gates for a in g[2])

    def fields(self):
        layers = {"layers": self.layers} if self.layers else {}
        return {"n": self.n, **layers, **({"batch": self.batch} if "x" in self.size and self.name not in LAYERED[1:] else {})}

    def _add(self, name, *qubits):
        count = GATES[name][1]
        self.gates.append((name, qubits, tuple(("w", self.weight_count + k) for k in range(count))))
        self.weight_count += count

    def _embed(self):
        self.gates += [("RY", (q,), (("x", q),)) for q in range(self.n)]

    def _rot_layer(self):
        for q in range(self.n):
            self._add("Rot", q)
        for q in range(self.n):
            self._add("CNOT", q, (q + 1) % self.n)

    def _train_step(self):
        self._embed()
        for _ in range(self.layers):
            self._rot_layer()

    def _vqe_grad(self):
        for _ in range(self.layers):
            self._rot_layer()

    _param_shift = _vqe_grad
    _density = _vqe_grad
    _trajectories = _vqe_grad
    _hessian = _vqe_grad
    _metric = _vqe_grad

    def _forward(self):
        for layer in range(10):
            for q in range(self.n):
                self._add("Rot", q)
            for q in range(layer % 2, self.n - 1, 2):
                self._add("CZ", q, q + 1)

    _shots = _forward

    def _qft(self):
        for q in range(self.n):
            self._add("RY", q)

    def _kernel(self):
        for letter in "YZY":
            self.gates += [("R" + letter, (q,), (("x", q),)) for q in range(self.n)]
            if len(self.gates) < 4 * self.n:
                self.gates += [("CZ", (q, (q + 1) % self.n), ()) for q in range(self.n)]

    def _reupload(self):
        for _ in range(3):
            self._embed()
            self._rot_layer()

    def _su4_brickwork(self):
        self._embed()
        for layer in range(4):
            for q in range(layer % 2, self.n - 1, 2):
                self._add("Rot", q)
                self._add("Rot", q + 1)
                for name in ("RXX", "RYY", "RZZ"):
                    self._add(name, q, q + 1)
                self._add("Rot", q)
                self._add("Rot", q + 1)

    def _mixed(self):
        self._embed()
        names = list(GATES)
        for g in range(12 * self.n):
            name = names[pattern(4 * g) % len(names)]
            left = list(range(self.n))
            self._add(name, *[left.pop(pattern(4 * g + j) % len(left)) for j in range(1, GATES[name][0] + 1)])

    def elementary(self):
        """The gates with Rot and U written as rotations and phases, for systems that differentiate only those."""
        for name, qubits, angles in self.gates:
            if name == "Rot":
                yield from (("RZ", qubits, angles[:1]), ("RY", qubits, angles[1:2]), ("RZ", qubits, angles[2:]))
            elif name == "U":
                yield from (("Phase", qubits, angles[2:]), ("RY", qubits, angles[:1]), ("Phase", qubits, angles[1:2]))
            else:
                yield name, qubits, angles

    def hamiltonian(self):
        """[(coefficient, ((letter, qubit), ...))] of -Σ Z_i Z_{i+1} - Σ X_i."""
        return [(-1.0, (("Z", i), ("Z", i + 1))) for i in range(self.n - 1)] + \
            [(-1.0, (("X", i),)) for i in range(self.n)]

    def check(self, value, weight_gradient, input_gradient=None):
        """The check values of a result."""
        def norm(g):
            return float(np.linalg.norm(np.asarray(g, np.float64)))
        if self.is_energy:
            return {"energy": float(value), "grad": norm(weight_gradient)}
        return {"loss": float(value), "wgrad": norm(weight_gradient), "xgrad": norm(input_gradient)}

    def expected(self):
        with open(EXPECTED) as file:
            return json.load(file).get(self.name, {}).get(self.size)


def agree(work, check, expected, precision):
    """1e-8 (f64) or 1e-3 (f32), relative; values near zero are differences of sums near 1/2.

    The mean of shots is within five standard errors.
    """
    relative = 1e-8 if precision == "f64" else 1e-3

    def allowed(key):
        if work.kind in SHOTS:
            return 5 / SHOTS[work.kind] ** 0.5
        return relative * max(abs(expected[key]), 0 if key in ("p0", "p1") else 1e-3)
    return all(abs(check[key] - value) <= allowed(key) for key, value in expected.items())


def matrix_check(matrix):
    """The check values of a Hessian or metric tensor."""
    return {"norm": float(np.linalg.norm(matrix)), "trace": float(np.trace(matrix)), "corner": float(matrix[0, -1])}


def z0_and_p0(state):
    """The check values of a state, qubit 0 most significant."""
    p = np.abs(np.asarray(state).reshape(-1)) ** 2
    half = p.size // 2
    return {"z0": float(p[:half].sum(dtype=np.float64) - p[half:].sum(dtype=np.float64)), "p0": float(p[0])}


def mlp_data(batch):
    """[(weights, bias)] of 64-128-128-10, inputs and labels."""
    def matrix(rows, columns):
        k = np.arange(1, rows * columns + 1, dtype=np.float64) * 0.6180339887498949
        return ((k - np.floor(k) - 0.5) * 0.2).reshape(rows, columns).astype(np.float32)
    sizes = [64, 128, 128, 10]
    layers = [(matrix(a, b), np.zeros(b, np.float32)) for a, b in zip(sizes, sizes[1:])]
    return layers, (inputs(batch, 64) / math.pi).astype(np.float32), np.arange(batch) % 10


def loss_and_upstream(z):
    """The mean squared error of z, [B, n], and its derivative."""
    d = z - targets(*z.shape)
    return float(np.mean(d * d)), 2 * d / d.size
