/// Pauli strings that commute, with a circuit after which all of them are products of Z.
///
/// One run of the circuit then measures them all.
public struct CommutingGroup: Sendable {
  /// A string of the group, as it is read off after the change of basis.
  public struct Term: Sendable {
    /// The factor of the term.
    public let coefficient: Double
    /// The Pauli string.
    public let string: PauliString
    /// The qubits whose outcomes' parity is the string's value.
    public let qubits: [Int]
    /// -1 if the parity has to be turned round.
    public let sign: Double
  }

  /// The strings measured together.
  public let terms: [Term]
  /// What to append to the circuit before all qubits are measured: Clifford gates.
  public let basisChange: [CircuitOperation]

  /// Which strings may share a run.
  public enum Rule: Sendable {
    /// Those that agree on every qubit that both act on: single-qubit rotations suffice.
    case qubitWise
    /// All that commute: fewer runs, with two-qubit gates in the change of basis.
    case general
  }

  /// Σ|c| over the terms.
  public var weight: Double { terms.reduce(0) { $0 + abs($1.coefficient) } }
}

extension PauliSum {
  /// The terms in groups that are measured together, the largest coefficients first; multiples of
  /// the identity are left out.
  ///
  /// - Source: Gokhale et al., arXiv:1907.13623; van den Berg and Temme, arXiv:2003.13599.
  public func commutingGroups(_ rule: CommutingGroup.Rule = .general) -> [CommutingGroup] {
    let order = terms.indices.filter { !terms[$0].string.factors.isEmpty }.sorted {
      (abs(terms[$1].coefficient), $0) < (abs(terms[$0].coefficient), $1)
    }
    var groups: [[Term]] = []
    for index in order {
      let term = terms[index]
      let place = groups.firstIndex { group in
        group.allSatisfy { term.string.commutes(with: $0.string, rule) }
      }
      if let place { groups[place].append(term) } else { groups.append([term]) }
    }
    return groups.map { CommutingGroup($0, rule) }
  }
}

extension PauliString {
  func commutes(with other: PauliString, _ rule: CommutingGroup.Rule) -> Bool {
    var own: [Int: Pauli] = [:]
    for factor in factors { own[factor.qubit] = factor.pauli }
    let clashes = other.factors.reduce(0) { count, factor in
      own[factor.qubit].map { $0 != factor.pauli } == true ? count + 1 : count
    }
    switch rule {
    case .qubitWise: return clashes == 0
    case .general: return clashes % 2 == 0
    }
  }
}

extension CommutingGroup {
  fileprivate init(_ terms: [PauliSum.Term], _ rule: Rule) {
    let qubits = Set(terms.flatMap { $0.string.factors.map(\.qubit) }).sorted()
    var tableau = Tableau(terms.map(\.string), qubits: qubits)
    switch rule {
    case .qubitWise: tableau.diagonalizeQubitWise()
    case .general: tableau.diagonalize()
    }
    basisChange = tableau.gates
    self.terms = terms.enumerated().map { row, term in
      Term(
        coefficient: term.coefficient, string: term.string,
        qubits: qubits.indices.filter { tableau.z[row][$0] }.map { qubits[$0] },
        sign: tableau.isNegative[row] ? -1 : 1)
    }
  }
}

/// Pauli strings as rows of X and Z parts with signs, and the Clifford gates applied to all of them.
///
/// - Source: Aaronson and Gottesman, arXiv:quant-ph/0406196.
private struct Tableau {
  let qubits: [Int]
  var x: [[Bool]]
  var z: [[Bool]]
  var isNegative: [Bool]
  var gates: [CircuitOperation] = []

  init(_ strings: [PauliString], qubits: [Int]) {
    self.qubits = qubits
    var places: [Int: Int] = [:]
    for (place, qubit) in qubits.enumerated() { places[qubit] = place }
    x = strings.map { _ in [Bool](repeating: false, count: qubits.count) }
    z = x
    isNegative = [Bool](repeating: false, count: strings.count)
    for (row, string) in strings.enumerated() {
      for factor in string.factors {
        guard let place = places[factor.qubit] else { continue }
        x[row][place] = factor.pauli != .z
        z[row][place] = factor.pauli != .x
      }
    }
  }

  /// Turns one row after the other into Z on a qubit of its own; the rows commute, so none that is
  /// already a product of Z changes any more.
  mutating func diagonalize() {
    for row in x.indices {
      guard let pivot = x[row].firstIndex(of: true) else { continue }
      for other in qubits.indices where other != pivot && x[row][other] { cnot(pivot, other) }
      if z[row][pivot] { s(pivot) }
      for other in qubits.indices where other != pivot && z[row][other] { cz(pivot, other) }
      h(pivot)
    }
  }

  /// Turns X and Y into Z qubit by qubit, where all rows that act on a qubit agree.
  mutating func diagonalizeQubitWise() {
    for place in qubits.indices {
      guard let row = x.indices.first(where: { x[$0][place] }) else { continue }
      if z[row][place] { s(place) }
      h(place)
    }
  }

  private mutating func h(_ a: Int) {
    for row in x.indices {
      if x[row][a], z[row][a] { isNegative[row].toggle() }
      (x[row][a], z[row][a]) = (z[row][a], x[row][a])
    }
    gates += H(qubits[a]).operations
  }

  private mutating func s(_ a: Int) {
    for row in x.indices where x[row][a] {
      if z[row][a] { isNegative[row].toggle() }
      z[row][a].toggle()
    }
    gates += S(qubits[a]).operations
  }

  private mutating func cnot(_ a: Int, _ b: Int) {
    for row in x.indices {
      if x[row][a], z[row][b], x[row][b] == z[row][a] { isNegative[row].toggle() }
      if x[row][a] { x[row][b].toggle() }
      if z[row][b] { z[row][a].toggle() }
    }
    gates += CNOT(control: qubits[a], target: qubits[b]).operations
  }

  private mutating func cz(_ a: Int, _ b: Int) {
    for row in x.indices {
      if x[row][a], x[row][b], z[row][a] != z[row][b] { isNegative[row].toggle() }
      if x[row][a] { z[row][b].toggle() }
      if x[row][b] { z[row][a].toggle() }
    }
    gates += CZ(qubits[a], qubits[b]).operations
  }
}
