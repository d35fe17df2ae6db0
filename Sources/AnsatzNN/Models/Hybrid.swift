import AnsatzCircuits
import AnsatzGradients
import AnsatzMath

/// Dense layer, variational circuit, dense layer: the dressed quantum circuit.
///
/// The first layer brings the features down to one angle a qubit, `π/2 · tanh(x W + b)`; the circuit
/// starts from H on every qubit, embeds the angles and runs the trained layers; the expectation
/// values of all Z go through the last layer.
///
/// - Source: Mari et al., Quantum 4, 340 (2020), arXiv:1912.08278.
public struct Hybrid: Model {
  public static let name = "hybrid"
  public static let summary = "dense layer, variational quantum layer, dense layer"

  /// How wide the circuit is.
  public var qubits = 4
  /// How many trained layers the circuit has.
  public var layers = 2
  /// How data enter the circuit: `angle` or `iqp`.
  public var embedding = "angle"
  /// The trained layers: `strongly-entangling`, `basic-entangler`, `hardware-efficient` or
  /// `data-reuploading` (which needs no embedding before it).
  public var ansatz = "strongly-entangling"
  /// How the circuit is differentiated.
  public var gradient = Adjoint.name
  public var loss = CrossEntropy.name

  public init() {}

  public var training: TrainingOptions {
    TrainingOptions(epochs: 40, batchSize: 16, learningRate: 0.02)
  }

  /// The names that `embedding` takes.
  public static let embeddings = ["angle", "iqp"]
  /// The names that `ansatz` takes.
  public static let ansaetze = [
    "strongly-entangling", "basic-entangler", "hardware-efficient", "data-reuploading",
  ]

  /// The circuit, with one input a qubit.
  ///
  /// - Throws: `AnsatzError` for a hyperparameter out of range.
  public func circuit() throws -> Circuit {
    guard (1...20).contains(qubits) else {
      throw AnsatzError(.usage, "qubits=\(qubits) is out of range; use 1...20")
    }
    guard (1...1000).contains(layers) else {
      throw AnsatzError(.usage, "layers=\(layers) is out of range; use 1...1000")
    }
    for (option, value, names) in [
      ("embedding", embedding, Self.embeddings), ("ansatz", ansatz, Self.ansaetze),
    ] where !names.contains(value) {
      throw AnsatzError(.usage, "unknown \(option) '\(value)'; \(didYouMean(value, in: names))")
    }
    let x = Inputs("x", qubits)
    let all = 0..<qubits
    return try Circuit(Self.name, qubits: qubits) {
      if ansatz != "data-reuploading" {
        if embedding == "iqp" {
          IQPEmbedding(x, on: all)
        } else {
          for q in all { H(q) }
          AngleEmbedding(x, on: all)
        }
      }
      switch ansatz {
      case "basic-entangler": BasicEntangler(layers: layers, on: all, axis: .y)
      case "hardware-efficient": HardwareEfficient(layers: layers, on: all)
      case "data-reuploading": DataReuploading(x, layers: layers, on: all)
      default: StronglyEntangling(layers: layers, on: all)
      }
    }
  }

  public func network(features: Int, classes: Int) throws -> Sequential {
    try dressed(circuit(), classes: outputCount(classes: classes), gradient: gradient)
  }
}

/// A circuit between two dense layers, all of its qubits measured in Z.
func dressed(_ circuit: Circuit, classes outputs: Int, gradient: String) throws -> Sequential {
  let quantum = try QuantumLayer(
    circuit, measuring: (0..<circuit.qubitCount).map { Z($0) },
    gradientMethod: GradientMethods.named(gradient))
  return Sequential {
    Dense(circuit.inputCount)
    Tanh()
    Scale(by: .pi / 2)
    quantum
    Dense(outputs)
  }
}
