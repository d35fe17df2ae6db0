import Ansatz

/// A ZZ feature map and real amplitudes between two dense layers.
public struct PairModel: Model {
  public static let name = "pairs"
  public static let summary = "a ZZ feature map and real amplitudes between two dense layers"

  public static let settings = [
    Setting("qubits", \PairModel.qubits, 2...16, "how wide the circuit is"),
    Setting("layers", \PairModel.layers, 1...100, "how many trained layers the circuit has"),
    Setting(
      "gradient", \PairModel.gradient, named: GradientMethods.names,
      "how circuits are differentiated"),
    Setting("loss", \PairModel.loss, named: LossRegistry.standard.names, "what is minimised"),
  ]

  public var qubits = 3
  public var layers = 2
  /// How the circuit is differentiated.
  public var gradient = "adjoint"
  public var loss = "cross-entropy"

  public init() {}

  public var training: TrainingOptions { TrainingOptions(epochs: 40, learningRate: 0.05) }

  public func network(features: Int, classes: Int) throws -> Sequential {
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
