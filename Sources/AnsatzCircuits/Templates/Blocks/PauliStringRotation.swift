extension PauliString {
  /// `exp(-iθP/2)` on the string's own qubits; of the identity, the phase `e^{-iθ/2}`.
  func rotation(by angle: Angle) -> [CircuitOperation] {
    guard !factors.isEmpty else { return GlobalPhase(-0.5 * angle).operations }
    if factors.count == 1 {
      return AnsatzCircuits.rotation(about: factors[0].pauli, by: angle, on: factors[0].qubit)
        .operations
    }
    let word = factors.map(\.pauli.rawValue).joined()
    return PauliRotation(angle, word, on: factors.map(\.qubit)).operations
  }
}

extension PauliSum {
  /// `exp(-iθ c P)` for each term in order, which is `exp(-iθH)` if the terms commute.
  func rotations(by angle: Angle) -> [CircuitOperation] {
    terms.flatMap { $0.string.rotation(by: Angle(2 * $0.coefficient) * angle) }
  }

  /// What keeps the sum from generating a rotation, if anything.
  var problem: String? {
    terms.first { !$0.coefficient.isFinite }.map {
      "the coefficient \($0.coefficient) of \($0.string) is not finite"
    }
  }

  /// The qubits any term acts on, sorted.
  var qubits: [Int] { Set(terms.flatMap { $0.string.factors.map(\.qubit) }).sorted() }
}
