import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSettings

/// Dense layer, variational circuit, dense layer: the dressed quantum circuit.
///
/// The first layer brings the features down to the circuit's inputs, `π/2 · tanh(x W + b)`; the circuit
/// starts from H on every qubit, embeds the angles and runs the trained layers; the expectation
/// values of all Z go through the last layer.
///
/// - Source: Mari et al., Quantum 4, 340 (2020), arXiv:1912.08278.
public struct Hybrid: Model {
  public static let name = "hybrid"
  public static let summary = "dense layer, variational quantum layer, dense layer"

  public static var settings: [Setting<Hybrid>] {
    [
      Setting("qubits", \Hybrid.qubits, 1...20, "how wide the circuit is"),
      Setting("layers", \Hybrid.layers, 1...1000, "how many trained layers the circuit has"),
      Setting(
        "embedding", \Hybrid.embedding, choices: embeddings,
        "how data enter: angle (H, then RX), iqp, or any embedding of `ansatz draw`"),
      Setting(
        "ansatz", \Hybrid.ansatz, choices: ansaetze,
        "the trained layers: any ansatz of `ansatz draw`, or data-reuploading, which embeds by itself"
      ),
      Setting.gradient(\Hybrid.gradient),
      Setting.loss(\Hybrid.loss),
    ]
  }

  /// How wide the circuit is.
  public var qubits = 4
  /// How many trained layers the circuit has.
  public var layers = 2
  /// How data enter the circuit, one of `embeddings`.
  public var embedding = "angle"
  /// The trained layers, one of `ansaetze`; `data-reuploading` needs no embedding before it.
  public var ansatz = "strongly-entangling"
  /// How the circuit is differentiated.
  public var gradient = Adjoint.name
  public var loss = CrossEntropy.name

  public init() {}

  public var training: TrainingOptions {
    TrainingOptions(epochs: 40, batchSize: 16, learningRate: 0.02)
  }

  /// The names that `embedding` takes: two of its own, then every embedding of `StandardTemplates`.
  public static let embeddings =
    ["angle", "iqp"] + StandardTemplates.all.filter { $0.kind == .embedding }.map(\.name)
  /// The names that `ansatz` takes: every ansatz of `StandardTemplates`, and one that embeds.
  public static let ansaetze =
    StandardTemplates.all.filter { $0.kind == .ansatz }.map(\.name) + [uploading]
  private static let uploading = "data-reuploading"

  /// The circuit.
  ///
  /// - Throws: `AnsatzError` for a setting out of range; `CircuitError` for a template that does not
  ///   go on so few qubits.
  public func circuit() throws -> Circuit {
    var checked = Hybrid()
    for (name, value) in settingValues { try checked.set(name, to: value.text) }
    let uploading = DataReuploading(Inputs("x", qubits), layers: layers, on: 0..<qubits)
    return try Circuit(
      Self.name, qubits: qubits,
      operations: ansatz == Self.uploading ? uploading.operations : embedded() + trained())
  }

  private func embedded() throws -> [CircuitOperation] {
    let (x, all) = (Inputs("x", qubits), 0..<qubits)
    switch embedding {
    case "angle": return all.flatMap { H($0).operations } + AngleEmbedding(x, on: all).operations
    case "iqp": return IQPEmbedding(x, on: all).operations
    default: return try StandardTemplates.named(embedding).component(qubits, 1).operations
    }
  }

  private func trained() throws -> [CircuitOperation] {
    // Turned about Y, since turns about X commute with each other through CNOT.
    if ansatz == "basic-entangler" {
      return BasicEntangler(layers: layers, on: 0..<qubits, axis: .y).operations
    }
    return try StandardTemplates.named(ansatz).component(qubits, layers).operations
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
