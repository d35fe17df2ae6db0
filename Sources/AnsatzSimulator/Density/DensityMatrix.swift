import AnsatzCircuits
import AnsatzMath
import Numerics

/// A state with noise, as its Pauli coefficients `r_P = Tr(ρP)`: `ρ = 2⁻ⁿ Σ_P r_P P`.
///
/// 4ⁿ real numbers, where a matrix would hold 4ⁿ complex ones of which half repeat.
public struct DensityMatrix<S: Scalar>: Sendable {
  /// How many qubits there are.
  public let qubitCount: Int
  let coefficients: PooledBuffer<S>
  private let pool: ThreadPool

  init(qubitCount: Int, coefficients: PooledBuffer<S>, pool: ThreadPool) {
    self.qubitCount = qubitCount
    self.coefficients = coefficients
    self.pool = pool
  }

  /// Tr(ρ), 1 to rounding.
  public var trace: Double { Double(coefficients.pointer[0]) }

  /// Tr(ρ²): 1 for a pure state, 2⁻ⁿ for the fully mixed one.
  public var purity: Double {
    squaredNorm(coefficients.pointer, count: 1 << (2 * qubitCount), pool: pool)
      / Double(1 << qubitCount)
  }

  /// Tr(ρO).
  ///
  /// - Throws: `CircuitError` if the observable names a qubit that the state does not have.
  public func expectation(of observable: any Observable) throws(CircuitError) -> Double {
    // Only its checks are needed.
    _ = try CompiledObservables([observable], qubitCount: qubitCount)
    return observable.pauliSum.terms.reduce(0) { total, term in
      let place = term.string.factors.reduce(0) {
        $0 | Self.digit($1.pauli) << (2 * (qubitCount - 1 - $1.qubit))
      }
      return total + term.coefficient * Double(coefficients.pointer[place])
    }
  }

  /// The probability of every outcome, `[2ⁿ]`; qubit 0 is the most significant bit.
  public var probabilities: [S] {
    let count = 1 << qubitCount
    // The strings of I and Z are the probabilities' Walsh-Hadamard transform.
    var values = (0..<count).map { mask -> S in
      let place = (0..<qubitCount).reduce(0) { $0 | (mask >> $1 & 1) * 3 << (2 * $1) }
      return coefficients.pointer[place]
    }
    for bit in 0..<qubitCount {
      for i in 0..<count where i >> bit & 1 == 0 {
        let (a, b) = (values[i], values[i | 1 << bit])
        values[i] = a + b
        values[i | 1 << bit] = a - b
      }
    }
    return values.map { $0 / S(count) }
  }

  /// The matrix itself, `[2ⁿ, 2ⁿ]`; for small n.
  public var matrix: ComplexMatrix {
    let size = 1 << qubitCount
    var result = ComplexMatrix(
      rows: size, columns: size,
      elements: [Complex<Double>](repeating: 0, count: size * size))
    let powers: [Complex<Double>] = [1, .i, -1, -.i]
    for word in 0..<size * size where coefficients.pointer[word] != 0 {
      var (x, z, count) = (0, 0, 0)
      for place in 0..<qubitCount {
        let digit = word >> (2 * place) & 3
        if digit == 1 || digit == 2 { x |= 1 << place }
        if digit >= 2 { z |= 1 << place }
        if digit == 2 { count += 1 }
      }
      let value = Complex(Double(coefficients.pointer[word]) / Double(size)) * powers[count % 4]
      for j in 0..<size {
        result[j ^ x, j] += (j & z).nonzeroBitCount & 1 == 0 ? value : -value
      }
    }
    return result
  }

  static func digit(_ pauli: Pauli) -> Int {
    switch pauli {
    case .x: 1
    case .y: 2
    case .z: 3
    }
  }
}

extension Circuit {
  /// The final state with the circuit's noise. A loop should make one `DensityProgram`.
  public func densityMatrix(
    inputs: [Double] = [], weights: [Double] = []
  ) throws(AnsatzError) -> DensityMatrix<Double> {
    try DensityProgram(self).run(inputs: inputs, weights: weights)
  }
}
