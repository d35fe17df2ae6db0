/// One of the three Pauli operators.
public enum Pauli: String, CaseIterable, Hashable, Sendable {
  /// X.
  case x = "X"
  /// Y.
  case y = "Y"
  /// Z.
  case z = "Z"
}

/// What can be measured: a Pauli operator, a product of them, or a weighted sum of products.
public protocol Observable: Sendable {
  /// The observable as a weighted sum of Pauli strings.
  var pauliSum: PauliSum { get }
}

/// A product of Pauli operators on distinct qubits, such as `X(0) * Z(2)`; without factors, the
/// identity.
public struct PauliString: Hashable, Sendable, Observable, CustomStringConvertible {
  /// One letter on one qubit.
  public struct Factor: Hashable, Sendable {
    /// The letter.
    public let pauli: Pauli
    /// The qubit.
    public let qubit: Int
  }

  /// Sorted by qubit.
  public let factors: [Factor]

  /// The string without letters.
  public static let identity = PauliString([])

  /// The product of these letters, each on its qubit.
  public init(_ factors: [(Pauli, Int)]) {
    self.factors = factors.map { Factor(pauli: $0.0, qubit: $0.1) }.sorted { $0.qubit < $1.qubit }
  }

  public var pauliSum: PauliSum { PauliSum([(1, self)]) }

  public var description: String {
    factors.isEmpty ? "I" : factors.map { "\($0.pauli.rawValue)\($0.qubit)" }.joined(separator: " ")
  }
}

extension PauliString {
  /// The product `self · other` as i^power times a Pauli string.
  func multiplied(by other: PauliString) -> (string: PauliString, powerOfI: Int) {
    var paulis: [Int: Pauli] = [:]
    for factor in factors { paulis[factor.qubit] = factor.pauli }
    var power = 0
    for factor in other.factors {
      guard let left = paulis[factor.qubit] else {
        paulis[factor.qubit] = factor.pauli
        continue
      }
      let order: [Pauli] = [.x, .y, .z]
      guard left != factor.pauli, let a = order.firstIndex(of: left),
        let b = order.firstIndex(of: factor.pauli)
      else {
        paulis[factor.qubit] = nil
        continue
      }
      // XY = iZ and its cyclic turns; the other order has the opposite sign.
      paulis[factor.qubit] = order[3 - a - b]
      power += (b - a + 3) % 3 == 1 ? 1 : 3
    }
    let factors = paulis.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
    return (PauliString(factors), power % 4)
  }
}
