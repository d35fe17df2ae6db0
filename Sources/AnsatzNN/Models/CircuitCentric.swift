import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSettings

/// The circuit-centric classifier: the sample as amplitudes, strongly entangling layers, ⟨Z⟩ and a
/// bias.
///
/// Two classes read ⟨Z₀⟩ against ±1 by the squared error; more classes read one qubit each. The
/// sample is padded to a power of two and normalised, so features should not be standardised to
/// zero.
///
/// - Source: Schuld et al., Phys. Rev. A 101, 032308 (2020), arXiv:1804.00633.
public struct CircuitCentric: Model {
  public static let name = "circuit-centric"
  public static let summary = "amplitude embedding, strongly entangling layers, one bias"

  public static var settings: [Setting<CircuitCentric>] {
    [
      Setting("layers", \CircuitCentric.layers, 1...1000, "how many strongly entangling layers"),
      Setting(
        "padding", \CircuitCentric.padding, .any,
        "the amplitudes beyond the sample, before normalising"),
      Setting.gradient(\CircuitCentric.gradient),
      Setting.loss(\CircuitCentric.loss),
    ]
  }

  /// How many strongly entangling layers there are.
  public var layers = 6
  /// The value of the amplitudes beyond the sample, before normalising.
  public var padding = 0.1
  /// How the circuit is differentiated.
  public var gradient = Adjoint.name
  public var loss = MeanSquaredError.name

  public init() {}

  public var preprocessing: String { "none" }
  public var training: TrainingOptions {
    TrainingOptions(epochs: 20, batchSize: 5, optimizer: "nesterov", learningRate: 0.01)
  }

  /// The circuit for samples of a width and a number of outputs.
  public func circuit(features: Int, outputs: Int) throws -> Circuit {
    guard (1...1000).contains(layers) else {
      throw AnsatzError(.usage, "layers=\(layers) is out of range; use 1...1000")
    }
    // One more qubit if padding would have no amplitude to go to.
    let isFull = padding != 0 && features > 1 && features & (features - 1) == 0
    let qubits = max(
      outputs, AmplitudeEmbedding.qubitsNeeded(for: features) + (isFull ? 1 : 0))
    guard qubits <= 20 else {
      throw AnsatzError(
        .usage,
        "\(features) features and \(outputs) outputs need \(qubits) qubits; this model "
          + "takes up to 20")
    }
    return try Circuit(Self.name, qubits: qubits) {
      AmplitudeEmbedding(Inputs("x", features), on: 0..<qubits, padding: padding)
      StronglyEntangling(layers: layers, on: 0..<qubits)
    }
  }

  public func network(features: Int, classes: Int) throws -> Sequential {
    let outputs = try outputCount(classes: classes)
    let quantum = try QuantumLayer(
      circuit(features: features, outputs: outputs), measuring: (0..<outputs).map { Z($0) },
      initialAngles: .normal(deviation: 0.01), gradientMethod: GradientMethods.named(gradient))
    return Sequential {
      quantum
      Bias()
    }
  }
}
