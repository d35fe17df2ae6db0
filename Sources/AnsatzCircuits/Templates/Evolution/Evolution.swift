import Numerics

/// Evolution under a Hamiltonian for some time, by a product formula over its Pauli strings.
///
/// `exp(-iHt)` is cut into equal steps, each a product of `exp(-i c P τ)`: of order 1 the terms as
/// listed, first to last; of order 2 half of them forwards and half backwards; of order 4, 6 and 8
/// by Suzuki's recursion `S₂ₖ(τ) = S₂ₖ₋₂(pτ)² S₂ₖ₋₂((1 - 4p)τ) S₂ₖ₋₂(pτ)²`,
/// `p = 1/(4 - 4^(1/(2k-1)))`. A step of order p is exact up to τ^(p+1); if the terms commute, all is
/// exact. A multiple of the identity is a phase, which controls make observable.
///
/// - Source: Suzuki, J. Math. Phys. 32, 400 (1991); Childs et al., arXiv:1912.08854.
public struct Evolution: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - hamiltonian: Its qubits are the circuit's.
  ///   - time: A number, an input or a weight; energies are in radians per unit of time.
  ///   - order: 1, 2, 4, 6 or 8; a circuit refuses others.
  public init(
    under hamiltonian: some Observable, time: Angle, steps: Int = 1, order: Int = 1
  ) {
    let sum = hamiltonian.pauliSum
    let problem = sum.problem ?? Self.problem(terms: sum.terms.count, steps: steps, order: order)
    if let problem {
      operations = [.refused("Evolution", on: sum.qubits, problem)]
      return
    }
    var factors: [Factor] = []
    for _ in 0..<steps {
      Self.formula(terms: sum.terms.count, order: order, length: 1 / Double(steps), into: &factors)
    }
    operations = factors.flatMap { factor in
      let term = sum.terms[factor.term]
      return term.string.rotation(by: Angle(2 * term.coefficient * factor.length) * time)
    }
  }

  /// The same for a time that is a number.
  @_disfavoredOverload
  public init(under hamiltonian: some Observable, time: Double, steps: Int = 1, order: Int = 1) {
    self.init(under: hamiltonian, time: Angle(time), steps: steps, order: order)
  }

  /// One exponential: a term for a share of the time.
  private typealias Factor = (term: Int, length: Double)

  private static let maximumCount = 1 << 20

  private static func problem(terms: Int, steps: Int, order: Int) -> String? {
    guard [1, 2, 4, 6, 8].contains(order) else { return "order \(order); use 1, 2, 4, 6 or 8" }
    guard steps >= 1 else { return "\(steps) steps; use at least 1" }
    let factors = (1..<max(2, order / 2 + 1)).dropFirst().reduce(2 * max(1, terms)) { n, _ in 5 * n
    }
    guard steps <= maximumCount / factors else {
      return "\(steps) steps of \(factors) exponentials are too many; an evolution has at most "
        + "\(maximumCount)"
    }
    return nil
  }

  /// Appends one step; neighbouring factors of one term become one.
  private static func formula(
    terms: Int, order: Int, length: Double, into factors: inout [Factor]
  ) {
    func append(_ term: Int, _ length: Double) {
      if let last = factors.last, last.term == term {
        factors[factors.count - 1].length += length
      } else {
        factors.append((term, length))
      }
    }
    switch order {
    case 1: for term in 0..<terms { append(term, length) }
    case 2:
      for term in 0..<terms { append(term, length / 2) }
      for term in (0..<terms).reversed() { append(term, length / 2) }
    default:
      let p = 1 / (4 - Double.pow(4, 1 / Double(order - 1)))
      for part in [p, p, 1 - 4 * p, p, p] {
        formula(terms: terms, order: order - 2, length: part * length, into: &factors)
      }
    }
  }
}
