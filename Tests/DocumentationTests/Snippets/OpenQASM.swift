import Ansatz

/// The example of docs/openqasm.md.
func openQASMExample() throws -> (outcomes: [String: Double], text: String) {
  let program = try OpenQASM.read(
    """
    OPENQASM 3.0;
    include "stdgates.inc";
    input float[64] theta;
    qubit[2] q;
    bit[2] c;
    ry(2 * theta) q[0];
    cx q[0], q[1];
    c = measure q;
    """, name: "example", weights: ["theta"])
  let outcomes = try program.circuit.outcomes(weights: [.pi / 4])
  let text = try OpenQASM.write(program.circuit, version: .v2, weights: [.pi / 4])
  return (outcomes, text)
}
