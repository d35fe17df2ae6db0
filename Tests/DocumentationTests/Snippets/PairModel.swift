import Ansatz

/// A ZZ feature map and real amplitudes between two dense layers.
public struct PairModel: Model {
  public static let name = "pairs"
  public static let summary = "a ZZ feature map and real amplitudes between two dense layers"

  public var qubits = 3
  public var layers = 2
  /// How the circuit is differentiated.
  public var gradient = "adjoint"
  public var loss = "cross-entropy"

  public init() {}

  public var training: TrainingOptions { TrainingOptions(epochs: 40, learningRate: 0.05) }

  public func network(features: Int, classes: Int) throws -> Sequential {
    guard (2...16).contains(qubits) else {
      throw AnsatzError(.usage, "qubits=\(qubits) is out of range; use 2...16")
    }
    let x = Inputs("x", qubits)
    let circuit = try Circuit(Self.name, qubits: qubits) {
      ZZFeatureMap(x, on: 0..<qubits, repeats: 1)
      RealAmplitudes(layers: layers, on: 0..<qubits)
    }
    let outputs = try outputCount(classes: classes)
    return try Sequential {
      Dense(qubits)
      Tanh()
      try QuantumLayer(
        circuit, measuring: (0..<qubits).map { Z($0) },
        gradientMethod: GradientMethods.named(gradient))
      Dense(outputs)
    }
  }
}
