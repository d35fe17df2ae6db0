/// One rotation a qubit by a multiple of its feature: the spectrum of a Fourier series.
///
/// `R_P(s_j x)` with `s_j` = 1, `j + 1` or `2ʲ` on the j-th qubit that carries the feature x; the
/// features are dealt to the qubits in turn. With P = X or Y, `⟨Z_j⟩ = cos(s_j x)`, and products of
/// Z have the sums and differences of the frequencies.
///
/// - Source: Schuld, Sweke and Meyer, arXiv:2008.08605; Shin, Teo and Jeong, arXiv:2206.12105.
public struct FourierEmbedding: CircuitComponent {
  public let operations: [CircuitOperation]

  /// Embeds the features on these qubits.
  public init(
    _ inputs: Inputs, on qubits: some Sequence<Int>, scaling: EncodingScaling = .constant,
    axis: Pauli = .y
  ) {
    operations = dealtFeatures(inputs, to: qubits, scaling: scaling).flatMap {
      rotation(about: axis, by: Angle($0.frequency) * $0.feature, on: $0.qubit).operations
    }
  }
}
