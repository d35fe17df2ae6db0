"""Qulacs: C++ kernels, adjoint gradients by backprop_inner_product. Double precision only.

Its rotations turn the other way, exp(+iθP/2), and qubit i is bit i of an index. Controlled rotations and phases are
written as Pauli rotations, for those alone are differentiated.
"""
import importlib

import numpy as np

import workloads as W
from systems.reference import matrices

q = importlib.import_module("qulacs")
NAME = "qulacs " + q.__version__
CODE = {"X": 1, "Y": 2, "Z": 3}
NAMED = {
    **{name: name for name in ("H", "X", "Y", "Z", "S", "T", "CNOT", "CZ", "SWAP")},
    "Sdg": "Sdag", "Tdg": "Tdag", "SX": "sqrtX", "SXdg": "sqrtXdag",
}


def rotations(name, qubits):
    """[(letters, qubits, factor)]: the gate as exp(-i factor θ P / 2), up to a phase of the whole state."""
    if name in ("RX", "RY", "RZ"):
        return [(name[1], qubits, 1.0)]
    if name in ("RXX", "RYY", "RZZ"):
        return [(name[1:], qubits, 1.0)]
    if name == "Phase":
        return [("Z", qubits, 1.0)]
    if name == "CPhase":
        return [("Z", qubits[:1], 0.5), ("Z", qubits[1:], 0.5), ("ZZ", qubits, -0.5)]
    return [(name[2], qubits[1:], 0.5), ("Z" + name[2], qubits, -0.5)]


def forward(work):
    """Each Rot as one matrix, which is faster here than three rotations."""
    n = work.n
    state = q.QuantumState(n)

    def run():
        w = W.weights(work.weight_count)
        circuit = q.QuantumCircuit(n)
        for name, qubits, angles in work.gates:
            if name == "CZ":
                circuit.add_CZ_gate(*qubits)
                continue
            a, b, c = (matrices(r, w[[k]])[0] for r, (_, k) in zip(("RZ", "RY", "RZ"), angles))
            circuit.add_dense_matrix_gate(qubits[0], c @ b @ a)
        state.set_zero_state()
        circuit.update_quantum_state(state)
        return state

    def check(result):
        return {"z0": 2 * result.get_zero_probability(0) - 1, "p0": abs(result.get_amplitude(0)) ** 2}
    return run, check


def trajectories(work):
    """Shots of the circuit with noise; equal draws are run once."""
    n = work.n
    state = q.QuantumState(n)

    def run():
        w = W.weights(work.weight_count)
        circuit = q.QuantumCircuit(n)
        for name, qubits, angles in work.gates:
            if name == "CNOT":
                circuit.add_CNOT_gate(*qubits)
            else:
                a, b, c = (matrices(r, w[[k]])[0] for r, (_, k) in zip(("RZ", "RY", "RZ"), angles))
                circuit.add_dense_matrix_gate(qubits[0], c @ b @ a)
            for place in qubits:
                circuit.add_gate(q.gate.DepolarizingNoise(place, W.DEPOLARIZING))
        state.set_zero_state()
        return q.NoiseSimulator(circuit, state).execute(W.SHOTS["trajectories"])

    def check(outcomes):
        return {"z0": float(1 - 2 * np.mean(np.asarray(outcomes) & 1))}
    return run, check


def prepare(work, precision):
    if work.kind == "trajectories":
        return trajectories(work)
    if work.kind == "forward":
        return forward(work)
    n = work.n
    circuit = q.ParametricQuantumCircuit(n)
    slots = []
    for name, qubits, angles in work.elementary():
        if angles:
            for letters, places, factor in rotations(name, qubits):
                if len(letters) == 1:
                    getattr(circuit, "add_parametric_R%s_gate" % letters)(places[0], 0.0)
                else:
                    circuit.add_parametric_multi_Pauli_rotation_gate(
                        list(places), [CODE[p] for p in letters], 0.0)
                slots.append((*angles[0], factor))
        elif name in NAMED:
            getattr(circuit, "add_%s_gate" % NAMED[name])(*qubits)
        elif name == "Toffoli":
            circuit.add_gate(q.gate.TOFFOLI(*qubits))
        elif name == "CSWAP":
            circuit.add_gate(q.gate.FREDKIN(*qubits))
        else:
            gate = q.gate.to_matrix_gate(q.gate.Y(qubits[1]))
            gate.add_control_qubit(qubits[0], 1)
            circuit.add_gate(gate)
    index = np.arange(2 ** n)
    signs = np.array([1.0 - 2.0 * (index >> i & 1) for i in range(n)]) if not work.is_energy else None
    observable = q.Observable(n)
    for coefficient, word in work.hamiltonian():
        observable.add_operator(coefficient, " ".join("%s %d" % f for f in word))
    input_slots = [(i, k, f) for i, (kind, k, f) in enumerate(slots) if kind == "x"]
    state, bra = q.QuantumState(n), q.QuantumState(n)
    scratch = q.QuantumState(n) if work.is_energy else None

    def fold(gradient, weight_gradient, input_gradient):
        for (kind, k, factor), g in zip(slots, gradient):
            (weight_gradient if kind == "w" else input_gradient)[k] += -2 * factor * g

    def run():
        x, w = W.inputs(work.batch, n), W.weights(work.weight_count)
        for i, (kind, k, factor) in enumerate(slots):
            if kind == "w":
                circuit.set_parameter(i, -factor * w[k])
        weight_gradient, input_gradient, loss = np.zeros(work.weight_count), np.zeros((work.batch, n)), 0.0
        for b in range(work.batch):
            for i, k, factor in input_slots:
                circuit.set_parameter(i, -factor * x[b, k])
            state.set_zero_state()
            circuit.update_quantum_state(state)
            if work.is_energy:
                observable.apply_to_state(scratch, state, bra)
                loss = q.state.inner_product(state, bra).real
            else:
                psi = state.get_vector()
                d = signs @ (psi.real ** 2 + psi.imag ** 2) - W.targets(work.batch, n)[b]
                loss += d @ d / (work.batch * n)
                bra.load((2 / (work.batch * n)) * (d @ signs) * psi)
            fold(circuit.backprop_inner_product(bra), weight_gradient, input_gradient[b])
        return loss, weight_gradient, input_gradient
    return run, lambda r: work.check(*r)
