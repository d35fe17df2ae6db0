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
  /// The features, in the order of the amplitudes.
  public let inputs: Inputs
  /// The first is the most significant bit of the index.
  public let qubits: [Int]
  /// The value of the amplitudes beyond the sample, before normalising.
  public let padding: Double
  var modifiers: [RefusedModifier] = []

  /// Embeds the features on these qubits.
  public init(_ inputs: Inputs, on qubits: some Sequence<Int>, padding: Double = 0) {
    self.inputs = inputs
    self.qubits = Array(qubits)
    self.padding = padding
  }

  /// The fewest qubits that hold `count` amplitudes.
  public static func qubitsNeeded(for count: Int) -> Int {
    count <= 2 ? 1 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }

  public var operations: [CircuitOperation] { [.amplitudes(self)] }
}
