import AnsatzMath
import Numerics

extension GateDefinition {
  /// The Hermitian G of a one-parameter gate's target part, `U(θ) = exp(-iθG)`; nil for gates with
  /// no parameter or several, and for products whose factors do not commute.
  public func generator(targets: Int) -> ComplexMatrix? {
    switch structure {
    case .pauliRotation(let word): return Complex(0.5) * Pauli.matrix(of: word)
    case .uniformRotation(let pauli):
      return Complex(0.5) * Pauli.matrix(of: [Pauli](repeating: pauli, count: targets))
    case .phase:
      return .diagonal([Complex<Double>](repeating: 0, count: (1 << targets) - 1) + [-1])
    case .product(let factors):
      guard parameterNames.count == 1 else { return nil }
      var parts: [ComplexMatrix] = []
      for factor in factors {
        guard case .parameter(_, let scale)? = factor.angles.first,
          let own = factor.gate.generator(
            targets: factor.targets.count - factor.gate.controlCount)
        else { return nil }
        // Where a control is 0 nothing turns.
        let order = 1 << factor.targets.count
        let zeros = [Complex<Double>](repeating: 0, count: order * order)
        var part = ComplexMatrix(rows: order, columns: order, elements: zeros)
        for i in 0..<own.rows {
          for j in 0..<own.rows {
            part[order - own.rows + i, order - own.rows + j] = Complex(scale) * own[i, j]
          }
        }
        parts.append(part.spread(over: factor.targets, of: targets))
      }
      for (i, a) in parts.enumerated() {
        for b in parts[..<i] where (a * b).maximumDifference(from: b * a) > 1e-15 { return nil }
      }
      return parts.first.map { parts.dropFirst().reduce($0, +) }
    default: return nil
    }
  }
}

extension Pauli {
  /// The Kronecker product of the letters, the first most significant.
  static func matrix(of word: [Pauli]) -> ComplexMatrix {
    word.map { pauli in
      switch pauli {
      case .x: ComplexMatrix([[0, 1], [1, 0]])
      case .y: ComplexMatrix([[0, -.i], [.i, 0]])
      case .z: ComplexMatrix.diagonal([1, -1])
      }
    }.reduce(ComplexMatrix.identity(1)) { $0.kronecker($1) }
  }
}

extension ComplexMatrix {
  /// The matrix on some of `count` qubits, the identity on the others; qubit 0 most significant.
  fileprivate func spread(over qubits: [Int], of count: Int) -> ComplexMatrix {
    let order = 1 << count
    let masks = qubits.map { 1 << (count - 1 - $0) }
    let own = masks.reduce(0, |)
    func part(_ index: Int) -> Int { masks.reduce(0) { 2 * $0 + (index & $1 == 0 ? 0 : 1) } }
    return ComplexMatrix(
      rows: order, columns: order,
      elements: (0..<order * order).map { place in
        let (i, j) = (place / order, place % order)
        return i & ~own == j & ~own ? self[part(i), part(j)] : 0
      })
  }
}
