import AnsatzMath
import Numerics

/// A phase for each basis state of some qubits.
///
/// `DiagonalGate(φ) = diag(e^{iφ₀}, e^{iφ₁}, …)`, the first qubit the most significant bit of the
/// index. It runs as the rotations about Z and products of Z that it is made of.
public struct DiagonalGate: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter phases: 2ᵏ angles in radians for k qubits.
  public init(_ phases: [Double], on qubits: some Sequence<Int>) {
    operations = [
      .gate(GateOperation(Self.definition(phases), angles: [], qubits: Array(qubits)))
    ]
  }

  /// The record of the gate with these phases.
  public static func definition(_ phases: [Double]) -> GateDefinition {
    let problem = problem(phases)
    return GateDefinition(
      name: "DiagonalGate", summary: "diag(e^{iφ₀}, e^{iφ₁}, …)",
      targets: problem == nil ? phases.count.trailingZeroBitCount : nil, symbol: "Diagonal",
      structure: .product(problem == nil ? factors(phases) : []),
      inverse: .gate { _ in (definition(phases.map { -$0 }), []) }, data: .phases(phases),
      problem: problem
    ) { _, _ in
      .diagonal(phases.map { Complex(length: 1, phase: $0) })
    }
  }

  private static func problem(_ phases: [Double]) -> String? {
    guard phases.count > 1, phases.count.nonzeroBitCount == 1 else {
      return "\(phases.count) phases given; use 2ᵏ for k qubits"
    }
    return phases.first { !$0.isFinite }.map {
      "phase \($0) is not finite; phases are finite numbers in radians"
    }
  }

  /// The phases' Walsh–Hadamard transform: φⱼ = Σ_S c_S (-1)^{parity(j & S)}, each c_S a rotation
  /// about the Z of the set S.
  private static func factors(_ phases: [Double]) -> [GateStructure.Factor] {
    let count = phases.count.trailingZeroBitCount
    var sums = phases
    for bit in 0..<count {
      for i in 0..<sums.count where i >> bit & 1 == 0 {
        let (a, b) = (sums[i], sums[i | 1 << bit])
        sums[i] = a + b
        sums[i | 1 << bit] = a - b
      }
    }
    let scale = 1 / Double(phases.count)
    return sums.enumerated().compactMap { set, sum in
      guard sum != 0 else { return nil }
      let targets = (0..<count).filter { set >> (count - 1 - $0) & 1 == 1 }
      return targets.isEmpty
        ? .init(GlobalPhase.definition, angles: [.constant(scale * sum)], targets: [])
        : .init(MultiRZ.definition, angles: [.constant(-2 * scale * sum)], targets: targets)
    }
  }
}
