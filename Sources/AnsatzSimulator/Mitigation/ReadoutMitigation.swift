import AnsatzCircuits
import AnsatzMath

/// Undoes readout errors that are known, on distributions of outcomes.
public struct ReadoutMitigation: Sendable {
  /// What is undone.
  public let errors: ReadoutErrors

  /// - Throws: `AnsatzError` for errors with which a qubit tells nothing.
  public init(_ errors: ReadoutErrors) throws(AnsatzError) {
    for (qubit, error) in errors.errors.enumerated() {
      if let problem = error.problem { throw AnsatzError(.usage, "qubit \(qubit): \(problem)") }
      guard abs(error.contrast) > 1e-6 else {
        throw AnsatzError(
          .usage,
          "qubit \(qubit) reads 1 with the same probability whether it is 0 or 1, which nothing can "
            + "undo; leave it out")
      }
    }
    self.errors = errors
  }

  /// The inverse of the confusion matrices applied to a distribution, `[2ⁿ]`.
  ///
  /// Sums to what the distribution sums to, and gives unbiased expectation values; with finite shots
  /// some entries may be negative.
  public func inverted(_ read: [Double]) throws(AnsatzError) -> [Double] {
    try check(read)
    var result = read
    for (qubit, error) in errors.errors.enumerated() where error != .none {
      let bit = 1 << (errors.errors.count - 1 - qubit)
      let (a, b, scale) = (error.zeroAsOne, error.oneAsZero, 1 / error.contrast)
      for j in result.indices where j & bit == 0 {
        let (zero, one) = (result[j], result[j | bit])
        result[j] = scale * ((1 - b) * zero - b * one)
        result[j | bit] = scale * ((1 - a) * one - a * zero)
      }
    }
    return result
  }

  /// The distribution p, none of it negative and with the sum of what was read, with the least
  /// `‖A p - read‖²` for the confusion matrix A of all qubits.
  ///
  /// - Complexity: O(n 2ⁿ) for each of at most 10,000 steps of projected gradients with momentum
  ///   (Beck and Teboulle, 2009).
  public func leastSquares(_ read: [Double]) throws(AnsatzError) -> [Double] {
    let start = try inverted(read)
    // Where the inverse is a distribution, nothing is nearer.
    if start.allSatisfy({ $0 >= 0 }) { return start }
    let total = read.reduce(0, +)
    // ‖A‖² is at most the product over the qubits of the matrices' norms.
    let norm = errors.errors.reduce(1.0) { $0 * $1.squaredNorm }
    var current = projected(start, total: total)
    var (ahead, momentum) = (current, 1.0)
    for _ in 0..<10_000 {
      let residual = zip(errors.read(ahead), read).map { $0 - $1 }
      let slope = transposed(residual)
      let next = projected(zip(ahead, slope).map { $0 - $1 / norm }, total: total)
      let change = zip(next, current).reduce(0) { max($0, abs($1.0 - $1.1)) }
      let grown = (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
      ahead = zip(next, current).map { $0 + (momentum - 1) / grown * ($0 - $1) }
      (current, momentum) = (next, grown)
      if change < 1e-14 * max(1, total) { break }
    }
    return current
  }

  private func check(_ read: [Double]) throws(AnsatzError) {
    guard read.count == 1 << errors.errors.count, read.allSatisfy(\.isFinite) else {
      throw AnsatzError(
        .badData,
        "\(read.count) probabilities for \(errors.errors.count) qubits; give "
          + "\(1 << min(40, errors.errors.count)) finite numbers")
    }
  }

  /// Aᵀ x.
  private func transposed(_ x: [Double]) -> [Double] {
    var result = x
    for (qubit, error) in errors.errors.enumerated() where error != .none {
      let bit = 1 << (errors.errors.count - 1 - qubit)
      for j in result.indices where j & bit == 0 {
        let (zero, one) = (result[j], result[j | bit])
        result[j] = (1 - error.zeroAsOne) * zero + error.zeroAsOne * one
        result[j | bit] = error.oneAsZero * zero + (1 - error.oneAsZero) * one
      }
    }
    return result
  }

  /// The nearest point of the simplex.
  ///
  /// - Source: Duchi et al., ICML 2008, figure 1.
  private func projected(_ x: [Double], total: Double) -> [Double] {
    var (sum, shift) = (0.0, 0.0)
    for (index, value) in x.sorted(by: >).enumerated() {
      sum += value
      let candidate = (sum - total) / Double(index + 1)
      if value > candidate { shift = candidate }
    }
    return x.map { max(0, $0 - shift) }
  }
}

extension ReadoutError {
  /// An upper bound of the confusion matrix's norm, squared: its largest column sum is 1.
  fileprivate var squaredNorm: Double {
    max(1 - zeroAsOne + oneAsZero, 1 + zeroAsOne - oneAsZero)
  }
}
