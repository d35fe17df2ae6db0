/// Hadamards, then rotations about Pauli words by functions of the features, repeated.
///
/// Each repeat is `H` on every qubit and, for every word and every block S of qubits that it
/// stands on, `exp(-i (scale/2) φ_S(x) P_S)`, which is `PauliRotation(scale · φ_S(x))`. The data map
/// φ is `x_i` for one qubit and `∏ (π - x_i)` for several. With the phase
/// `e^{i scale φ_S/2}` for each rotation it is Qiskit's map of the same name.
///
/// - Source: Havlíček et al., arXiv:1804.11326.
public struct PauliFeatureMap: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - words: Letters I, X, Y and Z; the first letter is for the first qubit of a block.
  ///   - scale: What the data map is multiplied by to give an angle.
  ///   - map: The data map from the features of a block, if another.
  public init(
    _ inputs: Inputs, words: [String] = ["Z", "ZZ"], on qubits: some Sequence<Int>,
    repeats: Int = 2, entanglement: Entanglement = .full, scale: Double = 2,
    map: (([Angle]) -> Angle)? = nil
  ) {
    let list = Array(qubits.prefix(max(0, inputs.count)))
    let problem = entanglement.problem(sizes: words.map(\.count), among: list.count)
    if let problem = words.contains("") ? "a word is empty; use I, X, Y and Z" : problem {
      operations = [.refused("PauliFeatureMap", on: list, problem)]
      return
    }
    let map = map ?? Self.standardMap
    var once = list.flatMap { H($0).operations }
    for word in words {
      for block in entanglement.blocks(of: word.count, among: list.count) {
        let angle = Angle(scale) * map(block.map { inputs[$0] })
        once += PauliRotation(angle, word, on: block.map { list[$0] }).operations
      }
    }
    operations = (0..<max(0, repeats)).flatMap { _ in once }
  }

  /// `x` of one feature, `∏ (π - x_i)` of several.
  public static func standardMap(_ features: [Angle]) -> Angle {
    guard features.count > 1 else { return features.first ?? 0 }
    return features.dropFirst().reduce(.pi - features[0]) { $0 * (.pi - $1) }
  }
}
