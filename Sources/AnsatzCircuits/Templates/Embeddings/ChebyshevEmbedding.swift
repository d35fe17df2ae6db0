/// One rotation a qubit by a multiple of the arc cosine of its feature: Chebyshev polynomials.
///
/// `R_P(2 s_j arccos x)` with `s_j` = 1, `j + 1` or `2ʲ` on the j-th qubit that carries the feature
/// x; the features are dealt to the qubits in turn. With P = Y the amplitudes of qubit j are
/// `T_s(x)` and `√(1 - x²) U_{s-1}(x)`, so `⟨Z_j⟩ = T_{2s}(x)`.
///
/// Edge cases:
/// - Features are between -1 and 1; others have no arc cosine and give amplitudes that are not
///   numbers.
///
/// - Source: Kyriienko, Paine and Elfving, arXiv:2011.10395.
public struct ChebyshevEmbedding: CircuitComponent {
  public let operations: [CircuitOperation]

  /// Embeds the features on these qubits.
  public init(
    _ inputs: Inputs, on qubits: some Sequence<Int>, scaling: EncodingScaling = .constant,
    axis: Pauli = .y
  ) {
    operations = dealtFeatures(inputs, to: qubits, scaling: scaling).flatMap {
      rotation(about: axis, by: Angle(2 * $0.frequency) * .acos($0.feature), on: $0.qubit)
        .operations
    }
  }
}
