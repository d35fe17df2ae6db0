/// The projector onto an outcome of some qubits: its expectation value is the outcome's probability.
///
/// `|b⟩⟨b| = ∏ (1 ± Z)/2`, so k qubits make 2ᵏ terms.
public struct Projector: Observable {
  public let pauliSum: PauliSum

  /// The most qubits that a projector takes.
  public static let maximumQubitCount = 16

  /// - Parameter outcome: Letters 0 and 1, the first for the first qubit.
  /// - Throws: `CircuitError` for other letters, for qubits that repeat or are not as many as the
  ///   letters, and for more than `maximumQubitCount`.
  public init(_ outcome: String, on qubits: some Sequence<Int>) throws(CircuitError) {
    let qubits = Array(qubits)
    var problem = Projection(outcome: outcome, qubits: qubits).problem
    if Set(qubits).count != qubits.count { problem = problem ?? "qubits \(qubits) repeat" }
    if qubits.count > Self.maximumQubitCount {
      problem =
        problem ?? "\(qubits.count) qubits; a projector takes at most \(Self.maximumQubitCount)"
    }
    if let problem { throw CircuitError([.init(message: "projector: \(problem)")]) }
    let scale = 1 / Double(1 << qubits.count)
    let signs = outcome.map { $0 == "1" ? -1.0 : 1 }
    pauliSum = PauliSum(
      (0..<1 << qubits.count).map { subset in
        let chosen = qubits.indices.filter { subset >> $0 & 1 == 1 }
        return (
          chosen.reduce(scale) { $0 * signs[$1] }, PauliString(chosen.map { (.z, qubits[$0]) })
        )
      })
  }
}
