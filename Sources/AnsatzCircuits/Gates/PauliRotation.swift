import AnsatzMath
import Numerics

/// Rotates qubits about a product of Pauli operators, one letter a qubit.
///
/// `PauliRotation(θ, P) = exp(-i θ P / 2)`: `PauliRotation(θ, "XX", on: [0, 1])` is `RXX(θ)`. The
/// letter I leaves its qubit alone; a word of nothing but I is the phase `e^{-iθ/2}`.
///
/// Edge cases:
/// - `PauliRotation(2π, P)` is `-I`, not `I`; controlled, the sign is observable.
public struct PauliRotation: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - angle: In radians.
  ///   - word: Letters I, X, Y and Z, the first for the first qubit; a circuit refuses others.
  public init(_ angle: Angle, _ word: String, on qubits: some Sequence<Int>) {
    let qubits = Array(qubits)
    if let problem = Self.problem(word, qubits) {
      operations = [.refused(Self.name, on: qubits, problem)]
      return
    }
    let letters = zip(word, qubits).compactMap { letter, qubit in
      Pauli(rawValue: String(letter)).map { (pauli: $0, qubit: qubit) }
    }
    operations =
      letters.isEmpty
      ? GlobalPhase(Angle(-0.5) * angle).operations
      : [
        .gate(
          GateOperation(
            Self.definition(letters.map(\.pauli)), angles: [angle], qubits: letters.map(\.qubit)))
      ]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload
  public init(_ angle: Double, _ word: String, on qubits: some Sequence<Int>) {
    self.init(Angle(angle), word, on: qubits)
  }

  private static let name = "PauliRotation"
  private static let emptyWord = "the word is empty; use a letter I, X, Y or Z for each qubit"

  private static func problem(_ word: String, _ qubits: [Int]) -> String? {
    if let letter = word.first(where: { !"IXYZ".contains($0) }) {
      return "'\(letter)' in the word '\(word)' is no Pauli operator; use I, X, Y and Z"
    }
    if word.isEmpty { return emptyWord }
    if word.count != qubits.count {
      return "the word '\(word)' has \(word.count) letters for \(qubits.count) qubits; use one for "
        + "each qubit"
    }
    return nil
  }

  /// The rotation about a word of at least one letter.
  public static func definition(_ word: [Pauli]) -> GateDefinition {
    let letters = word.map(\.rawValue).joined()
    return GateDefinition(
      name: name, summary: "exp(-iθ \(word.map(\.rawValue).joined(separator: "⊗"))/2)",
      targets: word.count, parameters: ["θ"], symbol: "R\(letters)",
      structure: .pauliRotation(word), inverse: .negatedAngles, data: .word(word),
      problem: word.isEmpty ? emptyWord : nil
    ) { angles, targets in
      // Column j has cos θ/2 on the diagonal and -i sin θ/2 times the word's one entry.
      let (c, s) = (Double.cos(angles[0] / 2), Double.sin(angles[0] / 2))
      var matrix = ComplexMatrix.diagonal(
        [Complex<Double>](repeating: Complex(c), count: 1 << targets))
      for j in 0..<1 << targets {
        var row = j
        var entry = Complex(0, -s)
        for (place, pauli) in word.enumerated() {
          let bit = 1 << (targets - 1 - place)
          if pauli != .z { row ^= bit }
          if pauli == .y { entry *= j & bit == 0 ? .i : -.i }
          if pauli == .z, j & bit != 0 { entry = -entry }
        }
        matrix[row, j] += entry
      }
      return matrix
    }
  }
}
