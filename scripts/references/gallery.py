#!/usr/bin/env python3
"""Writes what Qiskit computes for the circuits of the gallery, from their OpenQASM files.

    python scripts/references/gallery.py circuits

Needs qiskit and qiskit-qasm3-import. For each circuits/OpenQASM/NAME.qasm it writes
circuits/Expected/NAME.json: the values given to inputs and weights (in the order the circuit has
them), the probabilities (qubit 0 rightmost), the expectation values of Z on every qubit, and the
exact distribution of the classical registers, branch by branch as openqasm.py follows them.
"""
import json
import math
import re
import sys
from pathlib import Path

import qiskit
from qiskit import qasm3

from openqasm import expected

DECLARED = re.compile(
    r"^@ansatz\.(inputs|weights) (\S+)\[([\d, ]+)\] (\d+)\ninput float\[64\] (\w+);$", re.M)


def value(count):
    """A number for the next symbol, without pattern."""
    return round(1.4 * math.sin(1 + 2.7 * count), 6)


def main(folder):
    target = folder / "Expected"
    target.mkdir(exist_ok=True)
    for path in sorted((folder / "OpenQASM").glob("*.qasm")):
        text = path.read_text()
        bundles, names = {}, {}
        for role, bundle, shape, index, name in DECLARED.findall(text):
            size = math.prod(int(extent) for extent in shape.split(","))
            numbers = bundles.setdefault((role, bundle), [0.0] * size)
            numbers[int(index)] = names[name] = value(len(names))
        # Qiskit's reader knows no annotations, and of comparisons only the equal sign.
        plain = re.sub(r"^@.*\n", "", text, flags=re.M)
        plain = re.sub(r"if \((\w+) > 0\) \{", r"if (\1 == 0) {\n} else {", plain)
        program = qasm3.loads(plain)
        bound = program.assign_parameters(
            {parameter: names[parameter.name] for parameter in program.parameters})
        result = expected(bound)
        z = [0.0] * result["qubits"]
        for bits, probability in result["probabilities"].items():
            for qubit, bit in enumerate(reversed(bits)):
                z[qubit] += probability if bit == "0" else -probability
        record = {
            "simulator": f"Qiskit {qiskit.__version__}",
            "script": "scripts/references/gallery.py",
            "inputs": sum((v for k, v in bundles.items() if k[0] == "inputs"), []),
            "weights": sum((v for k, v in bundles.items() if k[0] == "weights"), []),
            "z": [round(number, 13) for number in z],
            **result,
        }
        (target / f"{path.stem}.json").write_text(json.dumps(record, indent=1) + "\n")
        print(path.stem, len(record["probabilities"]), "states")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
