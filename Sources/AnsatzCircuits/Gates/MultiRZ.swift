import AnsatzMath
import Numerics

/// Rotates any number of qubits about Z ⊗ … ⊗ Z.
///
/// `MultiRZ(θ) = exp(-i θ Z⊗…⊗Z / 2)`: the phase `e^{∓iθ/2}` where an even or odd number of the
/// qubits is 1. On one qubit it is `RZ`, on two `RZZ`.
///
/// Edge cases:
/// - `MultiRZ(2π)` is `-I`, not `I`; controlled, the sign is observable.
public struct MultiRZ: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameter angle: In radians.
  public init(_ angle: Angle, on qubits: some Sequence<Int>) {
    angles = [angle]
    self.qubits = Array(qubits)
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ angle: Double, on qubits: some Sequence<Int>) {
    self.init(Angle(angle), on: qubits)
  }

  public static let definition: GateDefinition = .init(
    name: "MultiRZ", summary: "exp(-iθ Z⊗…⊗Z/2)", targets: nil, parameters: ["θ"],
    structure: .uniformRotation(.z), inverse: .negatedAngles
  ) { angles, targets in
    .diagonal(
      (0..<1 << targets).map {
        Complex(length: 1, phase: ($0.nonzeroBitCount % 2 == 0 ? -1 : 1) * angles[0] / 2)
      })
  }
}
