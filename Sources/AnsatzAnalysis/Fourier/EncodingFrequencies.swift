import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator

/// The frequencies that a circuit's expectation values can have as functions of its inputs.
///
/// A gate `exp(-i s·x G)` shifts the phases of the state by the eigenvalues λ of its generator, and
/// expectation values hold the differences of two such phases. So every expectation value is
/// `f(x) = Σ_ω c_ω exp(iω·x)` with ω among the sums, over the gates that encode inputs, of
/// `s (λ_j - λ_k)`. Weights and observables decide the coefficients, not the frequencies.
///
/// - Source: Schuld, Sweke and Meyer, Phys. Rev. A 103, 032430 (2021), arXiv:2008.08605.
public struct EncodingFrequencies: Sendable {
  /// One frequency, of as many components as inputs vary.
  public struct Frequency: Hashable, Sendable {
    /// In radians per unit of each input.
    public let vector: [Double]
    /// In how many ways the gates' eigenvalues give it; each distinct eigenvalue of a gate counts
    /// once. With more ways a coefficient is larger on average and more freely chosen.
    public let degeneracy: Double
  }

  /// The inputs that vary, as positions in the circuit's row of inputs.
  public let inputs: [Int]
  /// The inputs that vary, in the order of the vectors.
  public let inputNames: [String]
  /// In ascending order, with every ω its -ω; 0 is always among them.
  public let frequencies: [Frequency]

  /// Two frequencies nearer than this are the same.
  static let resolution = 1e-9
  private static let largestCount = 200_000

  /// - Parameters:
  ///   - varying: Positions of the inputs that vary; all of them if nil.
  ///   - inputs: The values of the others, needed where they multiply one that varies.
  ///   - weights: Needed where a weight multiplies an input; nil where it is not known.
  /// - Throws: `AnsatzError` if an input enters otherwise than as a multiple, for inputs that are
  ///   amplitudes, for circuits with measurements in between, and for more than 200,000 frequencies.
  public init(
    _ circuit: Circuit, varying: [Int]? = nil, inputs values: [Double] = [],
    weights: [Double?] = []
  ) throws(AnsatzError) {
    if let obstacle = circuit.firstDynamicOperation {
      throw AnsatzError(
        .unavailable,
        "the circuit holds \(obstacle.name) in mid-circuit; the Fourier view is of circuits of gates"
      )
    }
    let symbols = circuit.inputs.flatMap(\.symbols)
    let chosen = varying ?? Array(symbols.indices)
    let slopes = try InputSlopes(circuit, varying: chosen, inputs: values, weights: weights)
    var parts: [(eigenvalues: [Double], scales: [Double])] = []
    for operation in circuit.operations {
      if case .amplitudes(let start) = operation,
        let symbol = slopes.varied.first(where: { $0.bundle == start.inputs.bundle })
      {
        throw AnsatzError(
          .usage,
          "\(symbol) is an amplitude of the start state, not an angle, so nothing is periodic in "
            + "it; name other inputs")
      }
      guard case .gate(let gate) = operation else { continue }
      for part in gate.encodingParts {
        let scales = try slopes.slopes(of: part.angle, gate: gate.displayName)
        guard scales.contains(where: { $0 != 0 }) else { continue }
        parts.append((part.eigenvalues, scales))
      }
    }
    try Self.checkCount(parts, inputs: chosen.count)
    let zero = Frequency(vector: [Double](repeating: 0, count: chosen.count), degeneracy: 1)
    var found = [Self.key(zero.vector): zero]
    for part in parts { found = try Self.sums(found, part.eigenvalues, part.scales) }
    self.inputs = chosen
    inputNames = slopes.varied.map(\.description)
    frequencies = found.values.sorted { $0.vector.lexicographicallyPrecedes($1.vector) }
  }

  /// What frequencies that are the same have in common.
  static func key(_ vector: [Double]) -> [Double] {
    vector.map { ($0 / resolution).rounded() }
  }

  /// Refuses at once what has too many for certain: gates that encode one input alone combine freely with
  /// those of the others.
  private static func checkCount(
    _ parts: [(eigenvalues: [Double], scales: [Double])], inputs: Int
  ) throws(AnsatzError) {
    var total = 1.0
    for place in 0..<inputs {
      let zero = Frequency(vector: [0], degeneracy: 1)
      var found = [key(zero.vector): zero]
      for part in parts
      where part.scales[place] != 0 && part.scales.count(where: { $0 != 0 }) == 1 {
        found = try sums(found, part.eigenvalues, [part.scales[place]])
      }
      total *= Double(found.count)
      guard total <= Double(largestCount) else { throw tooMany }
    }
  }

  private static let tooMany = AnsatzError(
    .usage, "the circuit has more than \(largestCount) frequencies; let fewer inputs vary")

  /// All sums of what is there and a difference of two eigenvalues times the scales.
  private static func sums(
    _ found: [[Double]: Frequency], _ eigenvalues: [Double], _ scales: [Double]
  ) throws(AnsatzError) -> [[Double]: Frequency] {
    var result: [[Double]: Frequency] = [:]
    // In order, so that rounding does not depend on how a dictionary lists its keys.
    for frequency in found.values.sorted(by: {
      $0.vector.lexicographicallyPrecedes($1.vector)
    }) {
      for a in eigenvalues {
        for b in eigenvalues {
          let vector = zip(frequency.vector, scales).map { $0 + (a - b) * $1 }
          let key = key(vector)
          result[key] = Frequency(
            vector: result[key]?.vector ?? vector,
            degeneracy: (result[key]?.degeneracy ?? 0) + frequency.degeneracy)
        }
      }
      guard result.count <= largestCount else { throw tooMany }
    }
    return result
  }
}

extension GateOperation {
  /// The angles of the gate with the distinct eigenvalues of what each turns about.
  fileprivate var encodingParts: [(angle: Angle, eigenvalues: [Double])] {
    guard !angles.isEmpty else { return [] }
    let isControlled = !controls.isEmpty || !openControls.isEmpty
    func distinct(_ values: [Double]) -> [Double] {
      var list: [Double] = []
      for value in values + (isControlled ? [0] : [])
      where !list.contains(where: { abs($0 - value) < 1e-9 }) { list.append(value) }
      return list
    }
    switch definition.structure {
    case .pauliRotation, .uniformRotation: return [(angles[0], distinct([-0.5, 0.5]))]
    case .phase: return [(angles[0], distinct([0, -1]))]
    case .product:
      // A gate of one angle is one generator, whose gaps are fewer than those of its factors.
      if angles.count == 1, targets.count <= 6,
        let values = definition.generator(targets: targets.count)?.hermitianEigen()?.values
      {
        return [(angles[0], distinct(values))]
      }
      return elementaryParts.flatMap(\.encodingParts)
    default: return []
    }
  }
}
