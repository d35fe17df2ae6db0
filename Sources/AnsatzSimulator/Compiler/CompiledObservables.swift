import AnsatzCircuits
import AnsatzMath

/// Observables as masks: each distinct Pauli string once, and the coefficients that make the
/// observables from them.
public struct CompiledObservables: Sendable {
  package struct Term: Sendable {
    package let masks: PauliMasks
    /// For each observable that holds the string: its index and the coefficient.
    package let uses: [(observable: Int, coefficient: Double)]
  }

  /// How many values a sample has.
  public let count: Int
  /// Tells these observables from others, for caches.
  let identity = Identity()
  /// The multiples of the identity.
  package let constants: [Double]
  /// Strings of Z alone: read off the probabilities.
  package let diagonal: [Term]
  package let general: [Term]

  final class Identity: Sendable {}

  /// Every distinct Pauli word as an observable of its own, and what is made of them. A multiple of
  /// the identity is none.
  package var words:
    (observables: CompiledObservables, uses: [[(observable: Int, coefficient: Double)]])
  {
    let terms = diagonal + general
    func alone(_ terms: [Term], from first: Int) -> [Term] {
      terms.enumerated().map { Term(masks: $1.masks, uses: [(first + $0, 1)]) }
    }
    return (
      CompiledObservables(
        constants: [Double](repeating: 0, count: terms.count),
        diagonal: alone(diagonal, from: 0), general: alone(general, from: diagonal.count)),
      terms.map(\.uses)
    )
  }

  private init(constants: [Double], diagonal: [Term], general: [Term]) {
    count = constants.count
    self.constants = constants
    self.diagonal = diagonal
    self.general = general
  }

  /// The most that the sizes of an observable's coefficients may add up to.
  private static let largestSize = 1e140

  /// - Throws: `CircuitError` if an observable names a qubit that the circuit does not have, or a
  ///   coefficient is not finite or far too large.
  public init(_ observables: [any Observable], qubitCount: Int) throws(CircuitError) {
    let sums = observables.map(\.pauliSum)
    var problems: [CircuitError.Problem] = []
    for (index, sum) in sums.enumerated() {
      for factor in Set(sum.terms.flatMap(\.string.factors)).sorted(by: { $0.qubit < $1.qubit })
      where !(0..<qubitCount).contains(factor.qubit) {
        problems.append(
          .init(
            message: "observable \(index) (\(sum)): qubit \(factor.qubit) is out of range; this "
              + "circuit has qubits 0...\(qubitCount - 1)"))
      }
      if !sum.terms.allSatisfy({ $0.coefficient.isFinite }) {
        problems.append(.init(message: "observable \(index) (\(sum)): coefficients must be finite"))
        continue
      }
      let size = sum.terms.reduce(0) { $0 + abs($1.coefficient) }
      if size > Self.largestSize {
        problems.append(
          .init(
            message:
              "observable \(index) (\(sum)): the coefficients add up to \(size); use at most "
              + "\(Self.largestSize), so that sums and squares of its values are finite"))
      }
    }
    guard problems.isEmpty else { throw CircuitError(problems) }
    count = sums.count
    var constants = [Double](repeating: 0, count: sums.count)
    var order: [PauliMasks] = []
    var uses: [PauliMasks: [(Int, Double)]] = [:]
    for (index, sum) in sums.enumerated() {
      for term in sum.terms {
        if term.string.factors.isEmpty {
          constants[index] += term.coefficient
          continue
        }
        let masks = PauliMasks(
          term.string.factors.map { ($0.pauli, bit: qubitCount - 1 - $0.qubit) })
        if uses[masks] == nil { order.append(masks) }
        uses[masks, default: []].append((index, term.coefficient))
      }
    }
    let terms = order.map { Term(masks: $0, uses: uses[$0] ?? []) }
    self.constants = constants
    diagonal = terms.filter { $0.masks.x == 0 }
    general = terms.filter { $0.masks.x != 0 }
  }
}
