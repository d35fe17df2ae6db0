"""Writes Tests/AnsatzCircuitsTests/Fixtures/pennylane.json: every gate, embedding and ansatz by PennyLane.

    python scripts/references/with_pennylane.py     (needs pennylane==0.45.1)
"""
import os

import numpy as np
import pennylane as qml

import records
from recipes import RECIPES, amplitudes, cost, hamiltonian, parts

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(HERE, "../../Tests/AnsatzCircuitsTests/Fixtures/pennylane.json")
CSX = np.kron(np.diag([1, 0]), np.eye(2)) + np.kron(np.diag([0, 1]), np.array([[1 + 1j, 1 - 1j], [1 - 1j, 1 + 1j]]) / 2)
PRIMITIVES = {
    "H": qml.Hadamard, "X": qml.PauliX, "CNOT": qml.CNOT, "CZ": qml.CZ, "RX": qml.RX, "RY": qml.RY, "RZ": qml.RZ,
    "Rot": qml.Rot, "CRX": qml.CRX, "CRZ": qml.CRZ, "RXX": qml.IsingXX, "RYY": qml.IsingYY, "RZZ": qml.IsingZZ,
    "SingleExcitation": qml.SingleExcitation, "DoubleExcitation": qml.DoubleExcitation,
}


def put(op):
    name, qubits, angles = op
    if name.startswith("PauliRot "):
        qml.PauliRot(angles[0], name.split()[1], wires=qubits)
    elif name == "GlobalPhase":
        qml.GlobalPhase(-angles[0])  # there e^{-iφ}
    else:
        PRIMITIVES[name](*angles, wires=qubits)


def gates():
    """name: (number of angles, qubits, function of the angles that queues the gate, how)"""
    a = qml.adjoint
    c = qml.ctrl
    return {
        "I": (0, 1, lambda: qml.Identity(0)), "H": (0, 1, lambda: qml.Hadamard(0)), "X": (0, 1, lambda: qml.X(0)),
        "Y": (0, 1, lambda: qml.Y(0)), "Z": (0, 1, lambda: qml.Z(0)), "S": (0, 1, lambda: qml.S(0)),
        "Sdg": (0, 1, lambda: a(qml.S(0))), "T": (0, 1, lambda: qml.T(0)), "Tdg": (0, 1, lambda: a(qml.T(0))),
        "SX": (0, 1, lambda: qml.SX(0)), "SXdg": (0, 1, lambda: a(qml.SX(0))),
        "RX": (1, 1, lambda t: qml.RX(t, 0)), "RY": (1, 1, lambda t: qml.RY(t, 0)), "RZ": (1, 1, lambda t: qml.RZ(t, 0)),
        "Phase": (1, 1, lambda t: qml.PhaseShift(t, 0)), "U2": (2, 1, lambda *t: qml.U2(*t, 0)),
        "Rot": (3, 1, lambda *t: qml.Rot(*t, 0)), "U": (3, 1, lambda *t: qml.U3(*t, 0)),
        "GlobalPhase": (1, 0, lambda t: qml.GlobalPhase(-t, 0)),
        "CNOT": (0, 2, lambda: qml.CNOT([0, 1])), "CY": (0, 2, lambda: qml.CY([0, 1])),
        "CZ": (0, 2, lambda: qml.CZ([0, 1])), "CH": (0, 2, lambda: qml.CH([0, 1])),
        "CS": (0, 2, lambda: c(qml.S(1), 0)), "CSdg": (0, 2, lambda: c(a(qml.S(1)), 0)),
        "CSX": (0, 2, lambda: c(qml.SX(1), 0)), "CSXdg": (0, 2, lambda: c(a(qml.SX(1)), 0)),
        "SWAP": (0, 2, lambda: qml.SWAP([0, 1])), "ISWAP": (0, 2, lambda: qml.ISWAP([0, 1])),
        "ISWAPdg": (0, 2, lambda: a(qml.ISWAP([0, 1]))), "SqrtISWAP": (0, 2, lambda: qml.SISWAP([0, 1])),
        "SqrtISWAPdg": (0, 2, lambda: a(qml.SISWAP([0, 1]))), "ECR": (0, 2, lambda: qml.ECR([0, 1])),
        "CRX": (1, 2, lambda t: qml.CRX(t, [0, 1])), "CRY": (1, 2, lambda t: qml.CRY(t, [0, 1])),
        "CRZ": (1, 2, lambda t: qml.CRZ(t, [0, 1])), "CPhase": (1, 2, lambda t: qml.ControlledPhaseShift(t, [0, 1])),
        "CRot": (3, 2, lambda *t: qml.CRot(*t, [0, 1])),
        "CU": (4, 2, lambda *t: (c(qml.U3(*t[:3], 1), 0), qml.PhaseShift(t[3], 0))),
        "RXX": (1, 2, lambda t: qml.IsingXX(t, [0, 1])), "RYY": (1, 2, lambda t: qml.IsingYY(t, [0, 1])),
        "RZZ": (1, 2, lambda t: qml.IsingZZ(t, [0, 1])), "RZX": (1, 2, lambda t: qml.PauliRot(t, "ZX", [0, 1])),
        "MultiRZ": (1, 3, lambda t: qml.MultiRZ(t, [0, 1, 2])), "IsingXY": (1, 2, lambda t: qml.IsingXY(t, [0, 1])),
        "FSim": (2, 2, lambda t, p: (qml.IsingXY(-2 * t, [0, 1]), qml.ControlledPhaseShift(-p, [0, 1]))),
        "SingleExcitation": (1, 2, lambda t: qml.SingleExcitation(t, [0, 1])),
        "DoubleExcitation": (1, 4, lambda t: qml.DoubleExcitation(t, [0, 1, 2, 3])),
        "Toffoli": (0, 3, lambda: qml.Toffoli([0, 1, 2])), "CCZ": (0, 3, lambda: qml.CCZ([0, 1, 2])),
        "CSWAP": (0, 3, lambda: qml.CSWAP([0, 1, 2])), "QFT": (0, 3, lambda: qml.QFT([0, 1, 2])),
        "InverseQFT": (0, 3, lambda: a(qml.QFT([0, 1, 2]))),
        "PauliRotation": (1, 3, lambda t: qml.PauliRot(t, "YZX", [0, 1, 2])),
        "UnitaryGate": (0, 2, lambda: qml.QubitUnitary(CSX, [0, 1])),
        "DiagonalGate": (0, 2, lambda: qml.DiagonalQubitUnitary(np.exp(1j * np.array([0.3, -1.1, 0, 2.5])), [0, 1])),
    }


def operator(terms, n):
    """A sum of (coefficient, word, qubits)."""
    letters = {"X": qml.X, "Y": qml.Y, "Z": qml.Z}
    ops = [qml.prod(*(letters[c](q) for c, q in zip(word, qubits))) if len(word) > 1
           else letters[word](qubits[0]) if word else qml.Identity(0) for _, word, qubits in terms]
    return qml.dot([t[0] for t in terms], ops)


def natives(n, layers):
    """name: (how, phase, uses the probe, function of inputs and weights that queues the template)"""
    wires = range(n)

    def pair(weights, wires):
        qml.RY(weights[0], wires[0])
        qml.RY(weights[1], wires[1])
        qml.CNOT(wires)

    def qaoa(x, w):
        for q in wires:
            qml.Hadamard(q)
        for gamma, beta in w.take(layers, 2):
            qml.qaoa.cost_layer(gamma, operator(cost(n), n))
            qml.qaoa.mixer_layer(beta, qml.qaoa.x_mixer(wires))

    def trotter(order):
        # There e^{+iHt}, and at order 1 the first operand of the sum acts last.
        def build(x, w):
            terms = hamiltonian(n)[::-1] if order == 1 else hamiltonian(n)
            qml.TrotterProduct(operator(terms, n), -0.7, n=layers, order=order)
        return build

    def variational(x, w):
        for row in w.take(layers, len(parts(n))):
            for time, part in zip(row, parts(n)):
                qml.ApproxTimeEvolution(operator(part, n), time, 1)

    def two_design(x, w):
        initial = w.take(n)
        qml.SimplifiedTwoDesign(initial, w.take(layers, n - 1, 2), wires)

    result = {
        "angle-embedding": ("AngleEmbedding", "fixed", True, lambda x, w: qml.AngleEmbedding(x.take(n), wires, rotation="Y")),
        "amplitude-embedding": ("AmplitudeEmbedding", "fixed", False, lambda x, w: qml.AmplitudeEmbedding(x.take(2 ** n - 1), wires, pad_with=0.5, normalize=True)),
        "basis-embedding": ("AngleEmbedding of π x", "fixed", True, lambda x, w: qml.AngleEmbedding(np.pi * x.take(n), wires, rotation="X")),
        "iqp-embedding": ("IQPEmbedding", "fixed", True, lambda x, w: qml.IQPEmbedding(x.take(n), wires, n_repeats=layers)),
        "qaoa-embedding": ("QAOAEmbedding", "fixed", True, lambda x, w: qml.QAOAEmbedding(x.take(n), w.take(layers, 2 * n if n > 2 else 3), wires)),
        "basic-entangler": ("BasicEntanglerLayers", "fixed", True, lambda x, w: qml.BasicEntanglerLayers(w.take(layers, n), wires)),
        "strongly-entangling": ("StronglyEntanglingLayers", "fixed", True, lambda x, w: qml.StronglyEntanglingLayers(w.take(layers, n, 3), wires)),
        "simplified-two-design": ("SimplifiedTwoDesign", "fixed", True, two_design),
        "qaoa": ("qaoa.cost_layer and mixer_layer", "free", True, qaoa),
        "hamiltonian-variational": ("ApproxTimeEvolution", "fixed", True, variational),
        "matrix-product-state": ("MPS", "fixed", True, lambda x, w: qml.MPS(wires, 2, pair, 2, w.take(n - 1, 2))),
        "state-preparation": ("MottonenStatePreparation", "free", False, lambda x, w: qml.MottonenStatePreparation(amplitudes(n), wires)),
        "trotter-1": ("TrotterProduct", "fixed", True, trotter(1)),
        "trotter-2": ("TrotterProduct", "fixed", True, trotter(2)),
        "trotter-4": ("TrotterProduct", "fixed", True, trotter(4)),
    }
    if n & (n - 1) == 0:
        result["tree-tensor-network"] = ("TTN", "fixed", True, lambda x, w: qml.TTN(wires, 2, pair, 2, w.take(n - 1, 2)))
    return result


def state(n, uses_probe, build):
    @qml.qnode(qml.device("default.qubit", wires=n))
    def run():
        if uses_probe:
            for op in records.probe(n):
                put(op)
        build()
        return qml.state()
    return run()


def template(name, n, layers):
    x, w = records.inputs(), records.weights()
    native = natives(n, layers).get(name)
    if native:
        how, phase, probe, function = native
        build = lambda: function(x, w)
    else:
        how, phase, probe = "primitives", "fixed", True
        ops = RECIPES[name](n, layers, x, w)
        build = lambda: [put(op) for op in ops]
    x0, w0 = list(x.values), list(w.values)
    result = state(n, probe, build)
    return {"name": name, "qubits": n, "layers": layers, "by": how, "phase": phase, "probe": probe,
            "inputs": list(x.values), "weights": list(w.values), "state": records.flat(result)}


def matrix(n, build):
    return qml.matrix(build, wire_order=range(max(n, 1)))()


def gate(name, entry):
    count, n, function = entry
    angles = records.gate_angles(count)
    elements = matrix(n, lambda: function(*angles))
    if n == 0:
        elements = np.asarray(elements)[:1, :1]
    return {"name": name, "qubits": n, "angles": angles, "matrix": records.flat(elements)}


names = list(dict.fromkeys(list(natives(4, 1)) + list(RECIPES)))
records.write(
    TARGET, "PennyLane", qml.__version__, "scripts/references/with_pennylane.py",
    [gate(n, e) for n, e in gates().items()],
    [template(name, n, layers) for name in names for n, layers in records.NATIVE_SIZES + records.SIZES
     if (n, layers) in records.SIZES or name in natives(n, layers)])
