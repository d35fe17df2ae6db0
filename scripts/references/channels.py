#!/usr/bin/env python3
"""Density matrices of other simulators with each channel, for Tests/AnsatzSimulatorTests.

    python scripts/references/channels.py pennylane > Tests/AnsatzSimulatorTests/Fixtures/channels-pennylane.json
    python scripts/references/channels.py cirq > Tests/AnsatzSimulatorTests/Fixtures/channels-cirq.json

Three qubits, qubit 0 the most significant bit: RY(0.7) on 0, RX(1.1) on 1, RY(0.4) on 2, CNOT 0→1, CNOT 1→2, RZ(0.9)
on 2; the channel on qubit 2 (on 2 and 0, in this order, if it takes two); RX(0.5) on 2, CNOT 2→1. Where a simulator
has no such channel, it gets Kraus operators written out here, and the case says so.
"""
import json
import sys

import numpy as np

# (channel, parameters in the order of its definition, qubits)
CASES = [
    ("Depolarizing", [0.13], [2]),
    ("TwoQubitDepolarizing", [0.21], [2, 0]),
    ("BitFlip", [0.17], [2]),
    ("PhaseFlip", [0.23], [2]),
    ("BitPhaseFlip", [0.11], [2]),
    ("PauliChannel", [0.05, 0.11, 0.2], [2]),
    ("AmplitudeDamping", [0.35], [2]),
    ("GeneralizedAmplitudeDamping", [0.4, 0.3], [2]),
    ("PhaseDamping", [0.45], [2]),
    ("ThermalRelaxation", [50, 40, 13, 0.2], [2]),
    ("ThermalRelaxation", [50, 80, 13, 0.1], [2]),
    ("ResetChannel", [0.2, 0.1], [2]),
    ("KrausChannel", [], [2, 0]),
]
I, X, Y, Z = np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])


def decay():
    """|11⟩ decays to |01⟩ with probability 0.3: of two qubits the first, where the second is 1."""
    lower = np.zeros((4, 4))
    lower[1, 3] = np.sqrt(0.3)
    return [np.diag([1, 1, 1, np.sqrt(0.7)]), lower]


def two_qubit_depolarizing(p):
    words = [np.kron(a, b) for a in (I, X, Y, Z) for b in (I, X, Y, Z)]
    return [np.sqrt(1 - p) * words[0]] + [np.sqrt(p / 15) * w for w in words[1:]]


def relaxation(t1, t2, time, excited):
    """From the Choi matrix: populations fade with t1, the rest with t2."""
    a, b = np.exp(-time / t1), np.exp(-time / t2)
    up, down = (1 - a) * excited, (1 - a) * (1 - excited)
    choi = np.array([[1 - up, 0, 0, b], [0, up, 0, 0], [0, 0, down, 0], [b, 0, 0, 1 - down]])
    values, vectors = np.linalg.eigh(choi)
    # Choi = Σ |j⟩⟨k| ⊗ E(|j⟩⟨k|): column j of an operator is row j of the reshaped vector.
    return [np.sqrt(v) * vectors[:, i].reshape(2, 2).T for i, v in enumerate(values) if v > 1e-14]


def reset(p0, p1):
    def unit(i, j):
        return np.outer(np.eye(2)[i], np.eye(2)[j])
    return [np.sqrt(1 - p0 - p1) * I] + [np.sqrt(p) * unit(i, j) for i, p in ((0, p0), (1, p1)) for j in (0, 1)]


def pennylane():
    import pennylane as qml

    def channel(name, p, w):
        one = w[0]
        native = {
            "Depolarizing": lambda: qml.DepolarizingChannel(p[0], one), "BitFlip": lambda: qml.BitFlip(p[0], one),
            "PhaseFlip": lambda: qml.PhaseFlip(p[0], one), "BitPhaseFlip": lambda: qml.PauliError("Y", p[0], one),
            "AmplitudeDamping": lambda: qml.AmplitudeDamping(p[0], one),
            "GeneralizedAmplitudeDamping": lambda: qml.GeneralizedAmplitudeDamping(p[0], p[1], one),
            "PhaseDamping": lambda: qml.PhaseDamping(p[0], one),
            "ThermalRelaxation": lambda: qml.ThermalRelaxationError(p[3], p[0], p[1], p[2], one),
            "ResetChannel": lambda: qml.ResetError(p[0], p[1], one),
            "KrausChannel": lambda: qml.QubitChannel(decay(), w),
        }
        if name in native:
            native[name]()
            return True
        if name == "PauliChannel":
            rest = 1 - sum(p)
            qml.QubitChannel([np.sqrt(q) * m for q, m in zip([rest] + p, (I, X, Y, Z))], w)
        else:
            qml.QubitChannel(two_qubit_depolarizing(*p), w)
        return False

    def run(name, parameters, qubits):
        own = []

        @qml.qnode(qml.device("default.mixed", wires=3))
        def circuit():
            qml.RY(0.7, 0), qml.RX(1.1, 1), qml.RY(0.4, 2), qml.CNOT([0, 1]), qml.CNOT([1, 2]), qml.RZ(0.9, 2)
            own.append(channel(name, parameters, qubits))
            qml.RX(0.5, 2), qml.CNOT([2, 1])
            return qml.state()
        return np.array(circuit()), own[-1]
    return "PennyLane default.mixed", qml.__version__, run


def with_cirq():
    import cirq

    def channel(name, p):
        native = {
            "Depolarizing": lambda: cirq.depolarize(*p),
            "TwoQubitDepolarizing": lambda: cirq.depolarize(p[0], n_qubits=2),
            "BitFlip": lambda: cirq.bit_flip(*p), "PhaseFlip": lambda: cirq.phase_flip(*p),
            "BitPhaseFlip": lambda: cirq.asymmetric_depolarize(p_x=0, p_y=p[0], p_z=0),
            "PauliChannel": lambda: cirq.asymmetric_depolarize(*p),
            "AmplitudeDamping": lambda: cirq.amplitude_damp(*p),
            "GeneralizedAmplitudeDamping": lambda: cirq.generalized_amplitude_damp(1 - p[1], p[0]),
            "PhaseDamping": lambda: cirq.phase_damp(*p), "KrausChannel": lambda: cirq.KrausChannel(decay()),
        }
        if name in native:
            return native[name](), True
        operators = relaxation(*p) if name == "ThermalRelaxation" else reset(*p)
        return cirq.KrausChannel(operators), False

    def run(name, parameters, qubits):
        q = cirq.LineQubit.range(3)
        gate, own = channel(name, parameters)
        circuit = cirq.Circuit(
            cirq.ry(0.7)(q[0]), cirq.rx(1.1)(q[1]), cirq.ry(0.4)(q[2]), cirq.CNOT(q[0], q[1]), cirq.CNOT(q[1], q[2]),
            cirq.rz(0.9)(q[2]), gate(*[q[i] for i in qubits]), cirq.rx(0.5)(q[2]), cirq.CNOT(q[2], q[1]))
        simulator = cirq.DensityMatrixSimulator(dtype=np.complex128)
        return simulator.simulate(circuit, qubit_order=q).final_density_matrix, own
    return "Cirq DensityMatrixSimulator", cirq.__version__, run


def main():
    simulator, version, run = {"pennylane": pennylane, "cirq": with_cirq}[sys.argv[1]]()
    cases = []
    for name, parameters, qubits in CASES:
        matrix, own = run(name, parameters, qubits)
        cases.append({
            "channel": name, "parameters": parameters, "qubits": qubits, "native": own,
            "real": [float(v) for v in matrix.real.ravel()], "imaginary": [float(v) for v in matrix.imag.ravel()]})
    head = json.dumps(
        {"simulator": simulator, "version": version, "script": "scripts/references/channels.py " + sys.argv[1]})
    print(head[:-1] + ',\n "cases": [\n' + ",\n".join("  " + json.dumps(c) for c in cases) + "\n]}")


if __name__ == "__main__":
    main()
