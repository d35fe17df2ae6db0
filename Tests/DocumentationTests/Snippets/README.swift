import Ansatz
import Numerics

/// The snippets of README.md, in order.
func readmeExample() throws -> (energy: Double, expected: Double, accuracy: Double) {
  let x = Inputs("x", 4)
  let θ = Weights("θ", 2, 4)

  let circuit = try Circuit(qubits: 4) {
    for layer in 0..<2 {
      for q in 0..<4 {
        RY(.pi * x[q], on: q)
        RZ(2 * θ[layer, q] + .pi, on: q)
      }
      CNOTRing(over: 0..<4)
    }
  }
  let energy = try circuit.expectation(
    of: Z(0) + 0.5 * X(1) * X(2), inputs: [0.1, 0.2, 0.3, 0.4],
    weights: [Double](repeating: 0.7, count: 8))

  let c = Bits("c", 2)
  let teleport = try Circuit(qubits: 3) {
    RY(0.7, on: 0)
    H(1)
    CNOT(control: 1, target: 2)
    CNOT(control: 0, target: 1)
    H(0)
    Measure(0, into: c[0])
    Measure(1, into: c[1])
    If(c[1]) { X(2) }
    If(c[0]) { Z(2) }
  }
  let arrived = try teleport.expectation(of: Z(2))
  let outcomes = try teleport.outcomes()
  guard abs(arrived - .cos(0.7)) < 1e-12, outcomes.count == 4 else {
    return (0, 1, 0)
  }

  let network = try Sequential {
    Dense(4)
    Tanh()
    try QuantumLayer(circuit, measuring: Z(0), Z(1), Z(2), Z(3))
    Dense(3)
  }
  let iris = try EmbeddedDatasets.named("iris").load()
  var preparation = Preprocessing()
  try preparation.fit(iris.features)
  var trainer = try Trainer<Double>(
    Network(network, inputs: 4, seed: 0), loss: CrossEntropy(),
    features: preparation.transform(iris.features), labels: iris.labels, classCount: 3,
    options: TrainingOptions(epochs: 30, learningRate: 0.05))
  while try trainer.step() {}
  let accuracy = trainer.progress.history.last?.trainingAccuracy ?? 0

  let expected = try referenceEnergy(of: circuit)
  return (energy, expected, accuracy)
}
