import Ansatz

/// The examples of docs/hybrid-models.md.
func hybridModelsExamples() throws -> (shape: [Int], parameters: Int) {
  let x = Inputs("x", 4)
  let circuit = try Circuit(qubits: 4) {
    AngleEmbedding(x, on: 0..<4)
    StronglyEntangling(layers: 2, on: 0..<4)
  }
  let layers = try Sequential {
    Dense(4)
    Tanh()
    Scale(by: .pi / 2)
    try QuantumLayer(circuit, measuring: (0..<4).map { Z($0) })
    Dense(3)
  }
  let network = try Network<Double>(layers, inputs: 13, seed: 0)
  let outputs = try network(Tensor(shape: [5, 13]))

  return (outputs.shape, network.trainableParameterCount)
}
