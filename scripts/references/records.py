"""What the reference files hold, and the numbers that go into every circuit."""
import json

import numpy as np

# Qubits and layers of the circuits made of every template, and of those that the simulator has itself.
SIZES = [(4, 2), (5, 1)]
NATIVE_SIZES = [(2, 2), (3, 3)]


class Numbers:
    """Values in a fixed order: `take` hands out the next ones in a shape."""

    def __init__(self, step, low, high):
        self.step, self.low, self.high, self.values = step, low, high, []

    def take(self, *shape):
        first = len(self.values)
        new = [round(self.low + (self.high - self.low) * (self.step * (first + k + 1) % 1), 6)
               for k in range(int(np.prod(shape)))]
        self.values += new
        return np.array(new).reshape(shape)


def inputs():
    return Numbers(0.6180339887, -0.9, 0.9)


def weights():
    return Numbers(0.7548776662, -3, 3)


def gate_angles(count):
    return [round(2.7 - 1.3 * k, 6) for k in range(count)]


def probe(n):
    """A start state that hides nothing: gates (name, qubits, angles) on every qubit."""
    return [op for q in range(n) for op in (("RY", [q], [round(0.4 + 0.3 * q, 6)]), ("RZ", [q], [round(0.2 + 0.5 * q, 6)]))]


def flat(numbers):
    """Real and imaginary parts in turn, to 1e-13."""
    numbers = np.asarray(numbers).reshape(-1)
    return [round(float(v), 13) + 0.0 for z in numbers for v in (z.real, z.imag)]


def write(path, simulator, version, script, gates, templates):
    record = {"simulator": simulator, "version": version, "script": script}
    lines = [json.dumps(record, ensure_ascii=False)[:-1]]
    for key, rows in (("gates", gates), ("templates", templates)):
        body = ",\n".join(json.dumps(r, separators=(",", ":"), ensure_ascii=False) for r in rows)
        lines.append(f', "{key}": [\n{body}\n]')
    with open(path, "w") as file:
        file.write("".join(lines) + "}\n")
    print(path, len(gates), "gates", len(templates), "templates")
