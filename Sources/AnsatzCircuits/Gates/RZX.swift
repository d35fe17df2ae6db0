import AnsatzMath
import Numerics

/// Rotates two qubits about Z ⊗ X: the second about X, one way or the other as the first is 0 or 1.
///
/// `RZX(θ) = exp(-i θ Z ⊗ X / 2) = |0⟩⟨0| ⊗ RX(θ) + |1⟩⟨1| ⊗ RX(-θ)`.
///
/// Edge cases:
/// - `RZX(2π)` is `-I`, not `I`; controlled, the sign is observable.
public struct RZX: Gate {
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
    name: "RZX", summary: "exp(-iθ Z⊗X/2)", targets: 2, parameters: ["θ"],
    structure: .pauliRotation([.z, .x]), inverse: .negatedAngles
  ) { angles, _ in
    let c = Complex(Double.cos(angles[0] / 2))
    let m = Complex(0, -Double.sin(angles[0] / 2))
    return ComplexMatrix([[c, m, 0, 0], [m, c, 0, 0], [0, 0, c, -m], [0, 0, -m, c]])
  }
}
