import AnsatzMath
import Numerics

/// Rotates two qubits about Z ⊗ Z.
///
/// `RZZ(θ) = exp(-i θ Z ⊗ Z / 2)`; symmetric in its qubits.
///
/// Edge cases:
/// - `RZZ(2π)` is `-I`, not `I`; controlled, the sign is observable.
public struct RZZ: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameter angle: In radians.
  public init(_ angle: Angle, _ a: Int, _ b: Int) {
    angles = [angle]
    qubits = [a, b]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ angle: Double, _ a: Int, _ b: Int) {
    self.init(Angle(angle), a, b)
  }

  public static let definition: GateDefinition = .init(
    name: "RZZ", summary: "exp(-iθ Z⊗Z/2)", targets: 2, parameters: ["θ"],
    structure: .pauliRotation([.z, .z]), inverse: .negatedAngles
  ) { angles, _ in
    let (even, odd) = (
      Complex(length: 1, phase: -angles[0] / 2), Complex(length: 1, phase: angles[0] / 2)
    )
    return ComplexMatrix.diagonal([even, odd, odd, even])
  }
}
