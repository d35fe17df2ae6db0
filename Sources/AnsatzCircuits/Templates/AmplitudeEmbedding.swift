import AnsatzMath

/// Starts the circuit in the state whose amplitudes are the sample, padded and normalised.
///
/// `|ψ⟩ = Σ_j a_j |j⟩`, `a = (x, padding, …, padding) / ‖(x, padding, …, padding)‖`, on the given
/// qubits (the first the most significant bit of j); the others are 0. It is an initial state, not a
/// stack of rotations: it must come first, has no inverse and takes no controls.
///
/// A sample that is all zero has no direction, and running it throws.
///
/// - Source: Schuld et al., arXiv:1804.00633.
public struct AmplitudeEmbedding: CircuitComponent, Hashable {
  public let inputs: Inputs
  public let qubits: [Int]
  /// The value of the amplitudes beyond the sample, before normalising.
  public let padding: Double
  /// What was done to the embedding that cannot be done; the circuit refuses it.
  let modifiers: [Modifier]

  enum Modifier: Hashable { case controlled, inverted }

  public init(_ inputs: Inputs, on qubits: some Sequence<Int>, padding: Double = 0) {
    self.init(inputs: inputs, qubits: Array(qubits), padding: padding, modifiers: [])
  }

  private init(inputs: Inputs, qubits: [Int], padding: Double, modifiers: [Modifier]) {
    self.inputs = inputs
    self.qubits = qubits
    self.padding = padding
    self.modifiers = modifiers
  }

  func marked(_ modifier: Modifier) -> AmplitudeEmbedding {
    AmplitudeEmbedding(
      inputs: inputs, qubits: qubits, padding: padding, modifiers: modifiers + [modifier])
  }

  /// The fewest qubits that hold `count` amplitudes.
  public static func qubitsNeeded(for count: Int) -> Int {
    count <= 2 ? 1 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }

  public var operations: [CircuitOperation] { [.amplitudes(self)] }
}
