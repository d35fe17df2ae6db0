import Ansatz

/// The second example of docs/hybrid-models.md: bundles that start each in their way.
func initialExample() throws -> [Double] {
  let x = Inputs("x", 2)
  let (θ, s) = (Weights("θ", 2), Weights("s", 2))
  let circuit = try Circuit(qubits: 2) {
    for q in 0..<2 { RY(s[q] * x[q], on: q) }
    CNOT(control: 0, target: 1)
    for q in 0..<2 { RX(θ[q], on: q) }
  }
  let layer = try QuantumLayer(
    circuit, measuring: [Z(0), Z(1)], initial: ["s": .constant(1), "θ": .named("normal(0.1)")])

  var random = RandomStream(seed: 0, stream: "example")
  return try layer.makeParameters(for: [2], using: &random)[0].value.elements
}

/// `import Ansatz` brings the type of amplitudes.
func importedComplex() throws -> Complex<Double> { Complex(0, 1) }
