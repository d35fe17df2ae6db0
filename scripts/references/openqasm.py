#!/usr/bin/env python3
"""Writes OpenQASM programs of MQT Bench and what Qiskit computes for them.

    python scripts/references/openqasm.py Tests/AnsatzCircuitsTests/Fixtures/mqt-bench

Needs qiskit, qiskit-qasm3-import and mqt.bench; the versions used are written into expected.json.

expected.json has for each program the probabilities of the basis states (qubit 0 rightmost, those
above 1e-13) of the state before terminal measurements, or of the final mixture, and the exact
distribution of its classical registers in the format of Qiskit's counts. They are computed from the
circuit that the program was written from, branch by branch, with qiskit.quantum_info.Statevector.
"""
import json
import random
import re
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy
import qiskit
from mqt.bench import BenchmarkLevel, get_benchmark
from mqt.bench.benchmarks import get_available_benchmark_names
from qiskit import qasm2, qasm3
from qiskit.circuit import Clbit
from qiskit.quantum_info import Statevector

warnings.filterwarnings("ignore")

# Level, OpenQASM version and the sizes to try, in turn, until one exists that is not too long.
VARIANTS = [
    (BenchmarkLevel.ALG, 2, [3, 4, 2, 5]),
    (BenchmarkLevel.INDEP, 3, [5, 4, 6, 7]),
    (BenchmarkLevel.ALG, 3, [6, 7, 8, 4, 3]),
    (BenchmarkLevel.INDEP, 2, [8, 7, 6, 9, 5]),
    (BenchmarkLevel.ALG, 2, [10, 9, 7, 6]),
    (BenchmarkLevel.INDEP, 3, [7, 6, 3, 2]),
]
LONGEST = 12_000
MOST_STATES = 300
NEGLIGIBLE = 1e-13


def holds(condition, bits, places):
    """Whether the condition of an if_else holds: (bit or register, value), or a bare bit test."""
    if not isinstance(condition, tuple):
        return value_of(condition, bits, places) != 0
    left, value = condition
    if isinstance(left, Clbit):
        return bits[places[left]] == int(value)
    return sum(bits[places[bit]] << i for i, bit in enumerate(left)) == value


def value_of(node, bits, places):
    """The value of an expression tree."""
    kind = type(node).__name__
    if kind == "Var":
        if isinstance(node.var, Clbit):
            return bits[places[node.var]]
        return sum(bits[places[bit]] << i for i, bit in enumerate(node.var))
    if kind == "Value":
        return int(node.value)
    if kind == "Cast":
        return value_of(node.operand, bits, places)
    if kind == "Unary":
        inner = value_of(node.operand, bits, places)
        return int(not inner) if "NOT" in node.op.name else inner
    left, right = (value_of(side, bits, places) for side in (node.left, node.right))
    return int(
        {
            "BIT_AND": lambda: left & right,
            "BIT_OR": lambda: left | right,
            "BIT_XOR": lambda: left ^ right,
            "LOGIC_AND": lambda: left and right,
            "LOGIC_OR": lambda: left or right,
            "EQUAL": lambda: left == right,
            "NOT_EQUAL": lambda: left != right,
            "LESS": lambda: left < right,
            "LESS_EQUAL": lambda: left <= right,
            "GREATER": lambda: left > right,
            "GREATER_EQUAL": lambda: left >= right,
        }[node.op.name]()
    )


def measured(state, qubit):
    """The probability and the normalised state for each result."""
    amplitudes = state.data.copy()
    ones = (numpy.arange(len(amplitudes)) >> qubit) & 1 == 1
    for result in (0, 1):
        kept = numpy.where(ones == bool(result), amplitudes, 0)
        weight = float(numpy.vdot(kept, kept).real)
        if weight > NEGLIGIBLE:
            yield result, weight, Statevector(kept / numpy.sqrt(weight))


def follow(branches, circuit, qubits, clbits, places, skipped=()):
    """Runs the instructions on every branch (bits, weight, state)."""
    for index, instruction in enumerate(circuit.data):
        if index in skipped:
            continue
        operation = instruction.operation
        on = [qubits[qubit] for qubit in instruction.qubits]
        if operation.name == "barrier":
            continue
        if operation.name == "measure":
            place = clbits[instruction.clbits[0]]
            new = []
            for bits, weight, state in branches:
                for result, share, after in measured(state, on[0]):
                    changed = bits[:place] + (result,) + bits[place + 1 :]
                    new.append((changed, weight * share, after))
            branches = new
        elif operation.name == "reset":
            new = []
            for bits, weight, state in branches:
                for result, share, after in measured(state, on[0]):
                    flipped = after.evolve(qiskit.circuit.library.XGate(), on) if result else after
                    new.append((bits, weight * share, flipped))
            branches = new
        elif operation.name == "if_else":
            new = []
            inner_clbits = [clbits[bit] for bit in instruction.clbits]
            for branch in branches:
                place = 0 if holds(operation.condition, branch[0], places) else 1
                if place >= len(operation.blocks):
                    new.append(branch)
                    continue
                chosen = operation.blocks[place]
                new += follow(
                    [branch], chosen, dict(zip(chosen.qubits, on)),
                    dict(zip(chosen.clbits, inner_clbits)), places)
            branches = new
        else:
            branches = [
                (bits, weight, state.evolve(operation, on)) for bits, weight, state in branches
            ]
    return branches


def terminal(circuit):
    """The indices of the measurements that nothing follows on their qubit and their bit."""
    found, busy = set(), set()
    for index in reversed(range(len(circuit.data))):
        instruction = circuit.data[index]
        if instruction.operation.name == "barrier":
            continue
        used = set(instruction.qubits) | set(instruction.clbits)
        if instruction.operation.name == "measure" and not used & busy:
            found.add(index)
        busy |= used
    return found


def expected(circuit):
    count = circuit.num_qubits
    qubits = {qubit: i for i, qubit in enumerate(circuit.qubits)}
    places = {bit: i for i, bit in enumerate(circuit.clbits)}
    last = terminal(circuit)
    start = [((0,) * circuit.num_clbits, 1.0, Statevector.from_int(0, 2**count))]
    branches = follow(start, circuit, qubits, places, places, last)
    reads = [
        (qubits[circuit.data[i].qubits[0]], places[circuit.data[i].clbits[0]]) for i in sorted(last)
    ]
    probabilities = numpy.zeros(2**count)
    outcomes = {}
    for bits, weight, state in branches:
        shares = weight * state.probabilities()
        probabilities += shares
        for index in numpy.nonzero(shares > 1e-16)[0]:
            final = list(bits)
            for qubit, place in reads:
                final[place] = int(index) >> qubit & 1
            text = " ".join(
                "".join(str(final[places[bit]]) for bit in reversed(register))
                for register in reversed(circuit.cregs))
            outcomes[text] = outcomes.get(text, 0) + float(shares[index])
    result = {"qubits": count}
    result["probabilities"] = {
        format(i, f"0{count}b"): round(float(p), 13)
        for i, p in enumerate(probabilities) if p > NEGLIGIBLE
    }
    if circuit.cregs:
        result["outcomes"] = {
            text: round(p, 13) for text, p in sorted(outcomes.items()) if p > NEGLIGIBLE
        }
    return result


def without_addresses(text):
    """The program with gates numbered that Qiskit names by an address in memory."""
    numbers = {}
    return re.sub(
        r"_(\d{12,})\b", lambda m: f"_{numbers.setdefault(m.group(1), len(numbers))}", text)


def reimported(text, which):
    """The program as Qiskit reads it, or None if it cannot."""
    try:
        if which == 3:
            return qasm3.loads(text)
        # Qiskit's exporter writes gates that its qelib1.inc has and the original lacks.
        return qasm2.loads(text, custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
    except Exception:
        return None


def differ(a, b):
    return max(
        (abs(a.get(key, 0) - b.get(key, 0)) for key in set(a) | set(b)), default=0)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    programs = {}
    for name in get_available_benchmark_names():
        for level, which, sizes in VARIANTS:
            for size in sizes:
                random.seed(7)
                numpy.random.seed(7)
                try:
                    circuit = get_benchmark(name, level, size)
                    text = without_addresses((qasm2 if which == 2 else qasm3).dumps(circuit))
                except Exception:
                    continue
                short = {"ALG": "algorithm", "INDEP": "independent"}[level.name]
                label = f"{name}_{short}_{circuit.num_qubits}_v{which}.qasm"
                if len(text) > LONGEST or circuit.num_qubits > 10 or label in programs:
                    continue
                result = expected(circuit)
                if len(result["probabilities"]) + len(result.get("outcomes", {})) > MOST_STATES:
                    continue
                again = reimported(text, which)
                if again is not None:
                    other = expected(again)
                    for part in ("probabilities", "outcomes"):
                        # The text has the angles to about 12 digits.
                        assert differ(result.get(part, {}), other.get(part, {})) < 1e-10, label
                elif which == 2:
                    continue
                (folder / label).write_text(text)
                programs[label] = result
                break
    head = {
        "qiskit": qiskit.__version__,
        "mqt.bench": version("mqt.bench"),
        "script": "scripts/references/openqasm.py",
    }
    lines = [f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in programs.items()]
    (folder / "expected.json").write_text(
        "{\n" + ",\n".join(f" {json.dumps(k)}: {json.dumps(v)}" for k, v in head.items())
        + ',\n "programs": {\n' + ",\n".join(lines) + "\n }\n}\n")
    print(len(programs), "programs")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
