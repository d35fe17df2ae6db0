import AnsatzMath
import Numerics

/// The quantum Fourier transform over the given qubits, the first the most significant bit.
///
/// Amplitude k of the result is `2^(-n/2) Σ_j a_j exp(+2πi jk / 2ⁿ)`, in natural order (the final
/// swaps are part of the gate). Runs as one fast Fourier transform of the amplitudes.
///
/// - Source: Nielsen and Chuang, eq. (5.2).
public struct QFT: Gate {
  public let qubits: [Int]

  /// Over these qubits, the first the most significant.
  public init(on qubits: some Sequence<Int>) { self.qubits = Array(qubits) }

  public static let definition: GateDefinition = .init(
    name: "QFT", summary: "|j⟩ → 2^(-n/2) Σ_k exp(+2πi jk/2ⁿ) |k⟩", targets: nil,
    structure: .fourier(inverse: false), inverse: .gate { _ in (InverseQFT.definition, []) }
  ) { _, targets in
    fourierMatrix(targets, sign: 1)
  }
}

/// The inverse of `QFT`.
///
/// Amplitude k of the result is `2^(-n/2) Σ_j a_j exp(-2πi jk / 2ⁿ)`.
public struct InverseQFT: Gate {
  public let qubits: [Int]

  /// Over these qubits, the first the most significant.
  public init(on qubits: some Sequence<Int>) { self.qubits = Array(qubits) }

  public static let definition: GateDefinition = .init(
    name: "InverseQFT", summary: "|j⟩ → 2^(-n/2) Σ_k exp(-2πi jk/2ⁿ) |k⟩", targets: nil,
    symbol: "QFT†", structure: .fourier(inverse: true),
    inverse: .gate { _ in (QFT.definition, []) }
  ) { _, targets in
    fourierMatrix(targets, sign: -1)
  }
}

private func fourierMatrix(_ targets: Int, sign: Double) -> ComplexMatrix {
  let order = 1 << targets
  let scale = 1 / Double(order).squareRoot()
  return ComplexMatrix(
    rows: order, columns: order,
    elements: (0..<order * order).map { position in
      let exponent = (position / order) * (position % order) % order
      return Complex(length: scale, phase: sign * 2 * .pi * Double(exponent) / Double(order))
    })
}
