"""A plain NumPy simulator in complex128, for check values; its gradients come from generators' eigenvectors."""
import numpy as np

import workloads as W

NAME = "numpy reference"

I2 = np.eye(2, dtype=complex)
PAULI = {"X": np.array([[0, 1], [1, 0]], complex), "Y": np.array([[0, -1j], [1j, 0]]), "Z": np.diag([1, -1]) + 0j}


def controlled(matrix, is_generator=False):
    k = len(matrix)
    out = np.zeros((2 * k, 2 * k), complex) if is_generator else np.eye(2 * k, dtype=complex)
    out[k:, k:] = matrix
    return out


ONE = np.diag([0, 1]).astype(complex)
HALF_TURN = {p: m / 2 for p, m in PAULI.items()}
# U = exp(-iθG)
GENERATORS = {
    **{"R" + p: HALF_TURN[p] for p in "XYZ"}, "Phase": -ONE,
    **{"CR" + p: controlled(HALF_TURN[p], True) for p in "XYZ"}, "CPhase": controlled(-ONE, True),
    **{"R" + p + p: np.kron(PAULI[p], PAULI[p]) / 2 for p in "XYZ"},
}
SWAP = np.eye(4)[[0, 2, 1, 3]].astype(complex)
SX = np.array([[1 + 1j, 1 - 1j], [1 - 1j, 1 + 1j]]) / 2
CONSTANTS = {
    **PAULI, "H": (PAULI["X"] + PAULI["Z"]) / np.sqrt(2), "S": np.diag([1, 1j]), "Sdg": np.diag([1, -1j]),
    "T": np.diag([1, np.exp(0.25j * np.pi)]), "Tdg": np.diag([1, np.exp(-0.25j * np.pi)]),
    "SX": SX, "SXdg": SX.conj().T, "CNOT": controlled(PAULI["X"]), "CY": controlled(PAULI["Y"]),
    "CZ": controlled(PAULI["Z"]), "SWAP": SWAP, "Toffoli": controlled(controlled(PAULI["X"])),
    "CSWAP": controlled(SWAP),
}
EIGEN = {name: np.linalg.eigh(g) for name, g in GENERATORS.items()}


def apply(state, matrices, qubits):
    """state: [B, 2, 2, ...]; matrices: [2^k, 2^k] or one for each sample."""
    axes = [q + 1 for q in qubits]
    front = list(range(1, len(axes) + 1))
    moved = np.moveaxis(state, axes, front)
    shape = moved.shape
    out = np.matmul(matrices, moved.reshape(shape[0], 2 ** len(axes), -1)).reshape(shape)
    return np.moveaxis(out, front, axes)


def matrices(name, angle):
    """One for each angle of an array."""
    if angle is None:
        return CONSTANTS[name]
    values, vectors = EIGEN[name]
    phases = np.exp(-1j * np.multiply.outer(angle, values))
    return np.einsum("ij,bj,kj->bik", vectors, phases, vectors.conj())


def forward(work):
    def run():
        w = W.weights(work.weight_count)
        psi = np.zeros((1,) + (2,) * work.n, complex)
        psi[(0,) * (work.n + 1)] = 1
        for name, qubits, angles in work.elementary():
            psi = apply(psi, matrices(name, w[[angles[0][1]]] if angles else None), qubits)
        return psi
    return run, W.z0_and_p0


def prepare(work, precision):
    if work.kind == "forward":
        return forward(work)
    n, batch = work.n, work.batch
    gates = list(work.elementary())

    def value(angle, x, w):
        kind, index = angle[0]
        return w[index:index + 1] if kind == "w" else x[:, index]

    def run():
        x, w = W.inputs(batch, n), W.weights(work.weight_count)
        steps = [(name, q, a[0] if a else None, matrices(name, value(a, x, w) if a else None)) for name, q, a in gates]
        psi = np.zeros((batch,) + (2,) * n, complex)
        psi[(slice(None),) + (0,) * n] = 1
        for _, qubits, _, u in steps:
            psi = apply(psi, u, qubits)
        if work.is_energy:
            bra = np.zeros_like(psi)
            for coefficient, word in work.hamiltonian():
                term = psi
                for letter, qubit in word:
                    term = apply(term, PAULI[letter], (qubit,))
                bra += coefficient * term
            result = np.vdot(psi, bra).real
        else:
            signs = W.z_signs(n)
            result, upstream = W.loss_and_upstream((np.abs(psi.reshape(batch, -1)) ** 2) @ signs.T)
            bra = psi * (upstream @ signs).reshape(psi.shape)
        weight_gradient, input_gradient = np.zeros(work.weight_count), np.zeros((batch, n))
        for name, qubits, angle, u in reversed(steps):
            if angle:
                # d<O>/dθ = 2 Re <bra| -iG |psi> = 2 Im <bra| G |psi>
                turned = apply(psi, GENERATORS[name], qubits)
                d = 2 * np.imag(np.sum((bra.conj() * turned).reshape(batch, -1), axis=1))
                if angle[0] == "w":
                    weight_gradient[angle[1]] += d.sum()
                else:
                    input_gradient[:, angle[1]] += d
            inverse = np.conj(np.swapaxes(u, -1, -2))
            psi, bra = apply(psi, inverse, qubits), apply(bra, inverse, qubits)
        return result, weight_gradient, input_gradient
    return run, lambda r: work.check(*r)
