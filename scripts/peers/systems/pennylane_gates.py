"""Our gates by PennyLane's names; what has no name of its own is a turn by a constant, `SXdg` up to a phase."""
import math

import pennylane as qml

NAMES = {
    "H": qml.Hadamard, "X": qml.PauliX, "Y": qml.PauliY, "Z": qml.PauliZ, "S": qml.S, "T": qml.T, "SX": qml.SX,
    "RX": qml.RX, "RY": qml.RY, "RZ": qml.RZ, "Phase": qml.PhaseShift, "Rot": qml.Rot, "U": qml.U3,
    "CNOT": qml.CNOT, "CY": qml.CY, "CZ": qml.CZ, "SWAP": qml.SWAP, "CRX": qml.CRX, "CRY": qml.CRY, "CRZ": qml.CRZ,
    "CPhase": qml.ControlledPhaseShift, "RXX": qml.IsingXX, "RYY": qml.IsingYY, "RZZ": qml.IsingZZ,
    "Toffoli": qml.Toffoli, "CSWAP": qml.CSWAP,
}
TURNS = {"Sdg": (qml.PhaseShift, -math.pi / 2), "Tdg": (qml.PhaseShift, -math.pi / 4), "SXdg": (qml.RX, -math.pi / 2)}


def gate(name, qubits, angles):
    if name in TURNS:
        make, angle = TURNS[name]
        return make(angle, wires=list(qubits))
    return NAMES[name](*angles, wires=list(qubits))
