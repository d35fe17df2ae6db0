import AnsatzMath
import Numerics

// Any unitary as gates on one target each.
extension QASMDecomposition {
  /// A unitary on k qubits takes 4ᵏ/2 gates with k - 1 controls.
  static let maximumTargets = 5

  /// Givens rotations between basis states that differ in one bit bring the matrix to a diagonal;
  /// undone in reverse they follow the diagonal.
  ///
  /// - Source: Nielsen and Chuang, section 4.5, with the states in the order of a Gray code.
  mutating func unitary(
    _ matrix: ComplexMatrix, _ controls: [String], _ targets: [String]
  ) throws {
    guard targets.count <= QASMDecomposition.maximumTargets else {
      throw AnsatzError(
        .unavailable,
        "a matrix on \(targets.count) qubits is too large for OpenQASM; at most "
          + "\(QASMDecomposition.maximumTargets) qubits are written")
    }
    var rest = matrix
    var turns: [(low: Int, high: Int, undo: ComplexMatrix)] = []
    let states = (0..<matrix.rows).map { $0 ^ ($0 >> 1) }
    for (place, column) in states.enumerated() {
      for row in states.indices.dropFirst(place + 1).reversed() {
        let (keep, clear) = (states[row - 1], states[row])
        let (a, b) = (rest[keep, column], rest[clear, column])
        let norm = (a.lengthSquared + b.lengthSquared).squareRoot()
        guard b.length > 1e-15, norm > 0 else { continue }
        let scale = Complex(1 / norm)
        let (c, s) = (scale * a, scale * b)
        for j in 0..<matrix.rows {
          let (x, y) = (rest[keep, j], rest[clear, j])
          rest[keep, j] = c.conjugate * x + s.conjugate * y
          rest[clear, j] = c * y - s * x
        }
        // The adjoint of the turn, its lower state first.
        let undo =
          keep < clear
          ? ComplexMatrix([[c, -s.conjugate], [s, c.conjugate]])
          : ComplexMatrix([[c.conjugate, s], [-s.conjugate, c]])
        turns.append((min(keep, clear), max(keep, clear), undo))
      }
    }
    let phases = (0..<matrix.rows).map { rest[$0, $0].phase }
    try gate(
      DiagonalGate.definition(phases), angles: [], controls: controls, targets: targets)
    for turn in turns.reversed() {
      try twoLevel(turn.undo, turn.low, turn.high, controls, targets)
    }
  }

  /// A one-qubit unitary between two basis states that differ in one bit.
  private mutating func twoLevel(
    _ matrix: ComplexMatrix, _ low: Int, _ high: Int, _ controls: [String], _ targets: [String]
  ) throws {
    func bit(_ place: Int, of state: Int) -> Int { state >> (targets.count - 1 - place) & 1 }
    let places = Array(targets.indices)
    guard let turned = places.first(where: { bit($0, of: low) != bit($0, of: high) }) else {
      return
    }
    let others = places.filter { $0 != turned }
    let zeros = others.filter { bit($0, of: low) == 0 }.map { targets[$0] }
    for qubit in zeros { emit("x", [qubit]) }
    try constant(
      OneQubitForm(matrix), controls + others.map { targets[$0] }, targets[turned])
    for qubit in zeros { emit("x", [qubit]) }
  }
}
