import Ansatz

/// The examples of docs/circuits.md.
func circuitExamples() throws -> (
  exact: [String: Double], counts: [String: Int], isSame: Bool, projected: Double, entropy: Double,
  text: String, picture: String
) {
  let x = Inputs("x", 2)
  let w = Weights("w", 2, 3)
  let model = try Circuit("example", qubits: 3) {
    ZZFeatureMap(x, on: 0..<2)
    for layer in 0..<2 {
      Rot(w[layer, 0], w[layer, 1], w[layer, 2], on: 0)
      Controlled(by: [0, 1], values: [1, 0]) { H(2) }
    }
    Power(0.5) { SWAP(0, 2) }
    Inverse { QFT(on: 0..<2) }
  }

  let c = Bits("c", 2)
  let dynamic = try Circuit(qubits: 2) {
    H(0)
    Measure(0, into: c[0])
    If(c[0]) {
      X(1)
    } else: {
      H(1)
    }
    Reset(0)
    Measure(1, into: c[1])
  }
  let exact = try dynamic.outcomes()
  var source = RandomStream(seed: 1)
  let counts = try dynamic.counts(shots: 1000, using: &source)

  let energy = try PauliSum(parsing: "Z0 Z1 + 0.5 X2 - 2")
  let same = Z(0) * Z(1) + 0.5 * X(2) - 2 * PauliString.identity
  let projector = try Projector("01", on: [0, 2])
  let entropy = try model.reducedState(
    of: [0, 1], inputs: [0.1, 0.2], weights: [1, 2, 3, 4, 5, 6]
  ).vonNeumannEntropy()

  let text = TextDiagram(dynamic, width: 80).description
  let picture = SVGDiagram(dynamic).description

  let projected = try model.expectation(
    of: projector, inputs: [0.1, 0.2], weights: [1, 2, 3, 4, 5, 6])
  return (exact, counts, energy == same, projected, entropy, text, picture)
}
