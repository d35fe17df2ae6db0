"""Writes Tests/AnsatzCircuitsTests/Fixtures/qiskit.json: every gate, embedding and ansatz by Qiskit.

    python scripts/references/with_qiskit.py     (needs qiskit==2.6.2)

Qiskit writes qubit 0 last; all circuits are turned over before their amplitudes are taken.
"""
import os

import numpy as np
import qiskit
from qiskit import QuantumCircuit
from qiskit.circuit import library as lib
from qiskit.quantum_info import Operator, SparsePauliOp, Statevector
from qiskit.synthesis import LieTrotter, SuzukiTrotter

import records
from recipes import RECIPES, amplitudes, cost, hamiltonian, padded, parts

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(HERE, "../../Tests/AnsatzCircuitsTests/Fixtures/qiskit.json")
CSX = np.kron(np.diag([1, 0]), np.eye(2)) + np.kron(np.diag([0, 1]), np.array([[1 + 1j, 1 - 1j], [1 - 1j, 1 + 1j]]) / 2)


def rotation(circuit, angle, word, qubits):
    """exp(-i angle P/2), the first letter on the first qubit; Qiskit's words begin with the last."""
    circuit.append(lib.PauliEvolutionGate(SparsePauliOp(word[::-1]), angle / 2), qubits)


def euler(circuit, a, b, c, qubit):
    circuit.rz(a, qubit)
    circuit.ry(b, qubit)
    circuit.rz(c, qubit)


def controlled(build, count):
    inner = QuantumCircuit(count)
    build(inner)
    return inner.to_gate().control(1)


def double_excitation(circuit, angle, qubits):
    """exp(angle (T - T†)/2) with T = |1100⟩⟨0011|, as the eight Pauli words it is the sum of."""
    words = []
    for k in range(16):
        word = "".join("XY"[k >> (3 - i) & 1] for i in range(4))
        if word.count("Y") % 2:
            up, down = word[:2].count("Y"), word[2:].count("Y")
            words.append((word[::-1], 0.125 if up > down else -0.125))
    circuit.append(lib.PauliEvolutionGate(SparsePauliOp.from_list(words), angle / 2), qubits)


def put(circuit, op):
    name, qubits, angles = op
    if name.startswith("PauliRot "):
        rotation(circuit, angles[0], name.split()[1], qubits)
    elif name == "GlobalPhase":
        circuit.global_phase += angles[0]
    elif name == "Rot":
        euler(circuit, *angles, qubits[0])
    elif name == "SingleExcitation":
        circuit.append(lib.XXPlusYYGate(angles[0], -np.pi / 2), qubits)
    elif name == "DoubleExcitation":
        double_excitation(circuit, angles[0], qubits)
    else:
        method = {"CNOT": "cx"}.get(name, name.lower())
        getattr(circuit, method)(*angles, *qubits)


def gates():
    """name: (number of angles, qubits, function of a circuit and the angles)"""
    result = {"I": (0, 1, lambda c: c.id(0))}
    for name in ("H", "X", "Y", "Z", "S", "Sdg", "T", "Tdg", "SX", "SXdg"):
        result[name] = (0, 1, lambda c, name=name: getattr(c, name.lower())(0))
    for name in ("RX", "RY", "RZ"):
        result[name] = (1, 1, lambda c, t, name=name: getattr(c, name.lower())(t, 0))
    for name, method in (("CNOT", "cx"), ("CY", "cy"), ("CZ", "cz"), ("CH", "ch"), ("CS", "cs"), ("CSdg", "csdg"), ("CSX", "csx"), ("SWAP", "swap"), ("ISWAP", "iswap"), ("ECR", "ecr")):
        result[name] = (0, 2, lambda c, method=method: getattr(c, method)(0, 1))
    for name, method in (("CRX", "crx"), ("CRY", "cry"), ("CRZ", "crz"), ("CPhase", "cp"), ("RXX", "rxx"), ("RYY", "ryy"), ("RZZ", "rzz"), ("RZX", "rzx")):
        result[name] = (1, 2, lambda c, t, method=method: getattr(c, method)(t, 0, 1))
    for name, method in (("Toffoli", "ccx"), ("CCZ", "ccz"), ("CSWAP", "cswap")):
        result[name] = (0, 3, lambda c, method=method: getattr(c, method)(0, 1, 2))

    def append(gate, *qubits):
        return lambda c: c.append(gate, list(qubits))

    def phase(c, t):
        c.global_phase += t

    def fsim(c, t, p):
        c.append(lib.XXPlusYYGate(2 * t), [0, 1])
        c.cp(-p, 0, 1)

    result.update({
        "Phase": (1, 1, lambda c, t: c.p(t, 0)), "U2": (2, 1, lambda c, *t: c.append(lib.U2Gate(*t), [0])),
        "Rot": (3, 1, lambda c, *t: euler(c, *t, 0)), "U": (3, 1, lambda c, *t: c.u(*t, 0)),
        "GlobalPhase": (1, 0, phase),
        "CSXdg": (0, 2, append(lib.SXdgGate().control(1), 0, 1)),
        "ISWAPdg": (0, 2, append(lib.iSwapGate().inverse(), 0, 1)),
        "SqrtISWAP": (0, 2, append(lib.XXPlusYYGate(-np.pi / 2), 0, 1)),
        "SqrtISWAPdg": (0, 2, append(lib.XXPlusYYGate(np.pi / 2), 0, 1)),
        "CRot": (3, 2, lambda c, *t: c.append(controlled(lambda i: euler(i, *t, 0), 1), [0, 1])),
        "CU": (4, 2, lambda c, *t: c.cu(*t, 0, 1)),
        "MultiRZ": (1, 3, lambda c, t: rotation(c, t, "ZZZ", [0, 1, 2])),
        "IsingXY": (1, 2, lambda c, t: c.append(lib.XXPlusYYGate(-t), [0, 1])), "FSim": (2, 2, fsim),
        "SingleExcitation": (1, 2, lambda c, t: put(c, ("SingleExcitation", [0, 1], [t]))),
        "DoubleExcitation": (1, 4, lambda c, t: double_excitation(c, t, [0, 1, 2, 3])),
        # Qiskit's transform has its most significant qubit last.
        "QFT": (0, 3, append(lib.QFTGate(3), 2, 1, 0)), "InverseQFT": (0, 3, append(lib.QFTGate(3).inverse(), 2, 1, 0)),
        "PauliRotation": (1, 3, lambda c, t: rotation(c, t, "YZX", [0, 1, 2])),
        "UnitaryGate": (0, 2, append(lib.UnitaryGate(CSX), 1, 0)),
        "DiagonalGate": (0, 2, append(lib.DiagonalGate(list(np.exp(1j * np.array([0.3, -1.1, 0, 2.5])))), 1, 0)),
    })
    return result


def operator(terms, n):
    return SparsePauliOp.from_sparse_list([(word, qubits, c) for c, word, qubits in terms], n)


def natives(n, layers):
    """name: (how, phase, uses the probe, function of inputs and weights that makes a circuit)"""

    def bound(circuit, values):
        return circuit.assign_parameters(list(np.asarray(values).reshape(-1)))

    def trotter(order):
        synthesis = LieTrotter(reps=layers) if order == 1 else SuzukiTrotter(order=order, reps=layers)

        def build(x, w):
            circuit = QuantumCircuit(n)
            circuit.append(lib.PauliEvolutionGate(operator(hamiltonian(n), n), 0.7, synthesis=synthesis), range(n))
            return circuit.decompose()
        return build

    def prepared(make):
        def build(x, w):
            circuit = QuantumCircuit(n)
            # The first qubit of the index is the last of Qiskit's.
            circuit.append(lib.StatePreparation(make(x)), list(reversed(range(n))))
            return circuit
        return build

    def feature_map(make):
        return lambda x, w: bound(make(), x.take(n))

    def hardware(x, w):
        rows = w.take(layers + 1, n, 2)
        return bound(lib.n_local(n, ["ry", "rz"], "cz", "linear", reps=layers), rows.transpose(0, 2, 1))

    def basic(x, w):
        ring = [[q, (q + 1) % n] for q in range(n if n > 2 else 1)]
        circuit = lib.n_local(n, "rx", "cx", ring, reps=layers, skip_final_rotation_layer=True)
        return bound(circuit, w.take(layers, n))

    def variational(x, w):
        circuit = QuantumCircuit(n)
        for row in w.take(layers, len(parts(n))):
            for time, part in zip(row, parts(n)):
                circuit.append(lib.PauliEvolutionGate(operator(part, n), time), range(n))
        return circuit

    def qaoa(x, w):
        circuit = lib.qaoa_ansatz(operator(cost(n)[:-1], n), reps=layers)
        angles = w.take(layers, 2)
        values = {p: angles[p.index, 0 if p.name.startswith("γ") else 1] for p in circuit.parameters}
        return circuit.assign_parameters(values)

    result = {
        "z-feature-map": ("z_feature_map", "free", True, feature_map(lambda: lib.z_feature_map(n, reps=layers))),
        "zz-feature-map": ("zz_feature_map", "free", True, feature_map(lambda: lib.zz_feature_map(n, reps=layers))),
        "amplitude-embedding": ("StatePreparation", "fixed", False, prepared(lambda x: padded(x.take(2 ** n - 1)))),
        "state-preparation": ("StatePreparation", "fixed", False, prepared(lambda x: amplitudes(n))),
        "basic-entangler": ("n_local", "fixed", True, basic),
        "hardware-efficient": ("n_local", "fixed", True, hardware),
        "real-amplitudes": ("real_amplitudes", "fixed", True, lambda x, w: bound(lib.real_amplitudes(n, reps=layers), w.take(layers + 1, n))),
        "efficient-su2": ("efficient_su2", "fixed", True, lambda x, w: bound(lib.efficient_su2(n, reps=layers), w.take(layers + 1, 2, n))),
        "qaoa": ("qaoa_ansatz", "free", True, qaoa),
        "hamiltonian-variational": ("PauliEvolutionGate", "fixed", True, variational),
        "trotter-1": ("PauliEvolutionGate with LieTrotter", "fixed", True, trotter(1)),
        "trotter-2": ("PauliEvolutionGate with SuzukiTrotter", "fixed", True, trotter(2)),
        "trotter-4": ("PauliEvolutionGate with SuzukiTrotter", "fixed", True, trotter(4)),
    }
    if n > 2:
        # Qiskit's words begin with the last qubit of a block.
        result["pauli-feature-map"] = ("pauli_feature_map", "free", True, feature_map(lambda: lib.pauli_feature_map(
            n, reps=layers, entanglement="circular", alpha=1.5, paulis=["Y", "XZ", "IYZ"])))
    return result


def template(name, n, layers):
    x, w = records.inputs(), records.weights()
    native = natives(n, layers).get(name)
    how, phase, probe = native[:3] if native else ("primitives", "fixed", True)
    circuit = QuantumCircuit(n)
    if probe:
        for op in records.probe(n):
            put(circuit, op)
    if native:
        circuit = circuit.compose(native[3](x, w))
    else:
        for op in RECIPES[name](n, layers, x, w):
            put(circuit, op)
    result = Statevector(circuit.reverse_bits()).data
    return {"name": name, "qubits": n, "layers": layers, "by": how, "phase": phase, "probe": probe,
            "inputs": list(x.values), "weights": list(w.values), "state": records.flat(result)}


def gate(name, entry):
    count, n, function = entry
    angles = records.gate_angles(count)
    circuit = QuantumCircuit(n)
    function(circuit, *angles)
    elements = Operator(circuit.reverse_bits()).data if n else np.array([np.exp(1j * circuit.global_phase)])
    return {"name": name, "qubits": n, "angles": angles, "matrix": records.flat(elements)}


names = list(dict.fromkeys(list(natives(4, 1)) + list(RECIPES)))
records.write(
    TARGET, "Qiskit", qiskit.__version__, "scripts/references/with_qiskit.py",
    [gate(n, e) for n, e in gates().items()],
    [template(name, n, layers) for name in names for n, layers in records.NATIVE_SIZES + records.SIZES
     if (n, layers) in records.SIZES or name in natives(n, layers)])
