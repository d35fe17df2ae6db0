"""Measures what the kernel adds to a cell: `measure.py [CELLS]`, in the environment of the kernel.

Runs the same notebook of small cells three times in new processes and prints the median of all cells
after the first of each, from the cell's text to its outcome.
"""

import os
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ansatz_kernel.session import Session  # noqa: E402
from ansatz_kernel.toolchain import Toolchain  # noqa: E402

CELLS = [
    "import Foundation",
    "let qubits = 3",
    'let θ = Weights("θ", 2, 3)',
    "let circuit = try Circuit(qubits: qubits) { for q in 0..<qubits { RY(θ[0, q], on: q) }; "
    "CNOTRing(over: 0..<qubits) }",
    "circuit",
    "let weights = [Double](repeating: 0.3, count: 6)",
    "try circuit.expectation(of: Z(0), weights: weights)",
    "func energy(_ w: [Double]) throws -> Double { try circuit.expectation(of: Z(0), weights: w) }",
    "let values = try (0..<20).map { try energy([Double](repeating: Double($0) / 10, count: 6)) }",
    'LineChart("energy", series: [.init("E", values: values)])',
    "struct Point { var x = 0.0; var y = 0.0 }",
    "let points = values.map { Point(x: $0, y: sin($0)) }",
    "points.map(\\.y).max() ?? 0",
]


def main(count):
    times = []
    for _ in range(3):
        session = Session(Toolchain.load())
        for number in range(count):
            code = CELLS[number % len(CELLS)]
            begin = time.monotonic()
            outcome = session.execute(code, f"In[{number + 1}]", f"cell-{number % len(CELLS)}")
            seconds = time.monotonic() - begin
            if not outcome.ok:
                raise SystemExit("\n".join(outcome.lines))
            if number > 0:
                times.append(seconds)
        session.close()
    times.sort()
    print(f"{len(times)} cells after the first: median {statistics.median(times):.3f} s, "
          f"least {times[0]:.3f} s, most {times[-1]:.3f} s; load {os.getloadavg()[0]:.1f} "
          f"on {os.cpu_count()} cores")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else len(CELLS))
