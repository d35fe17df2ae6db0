import AnsatzMath
import Numerics

/// Rotates one qubit about the Z axis of the Bloch sphere.
///
/// `RZ(θ) = exp(-i θ Z / 2) = diag(e^{-iθ/2}, e^{iθ/2})`. Equals `Phase(θ)` up to a global phase.
///
/// Edge cases:
/// - `RZ(2π)` is `-I`, not `I`; controlled, the sign is observable.
///
/// - Source: Nielsen and Chuang, eq. (4.6).
public struct RZ: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameter angle: In radians.
  public init(_ angle: Angle, on qubit: Int) {
    angles = [angle]
    qubits = [qubit]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ angle: Double, on qubit: Int) {
    self.init(Angle(angle), on: qubit)
  }

  public static let definition: GateDefinition = .init(
    name: "RZ", summary: "exp(-iθZ/2)", parameters: ["θ"],
    structure: .pauliRotation([.z]), inverse: .negatedAngles
  ) { angles, _ in
    ComplexMatrix.diagonal([
      Complex(length: 1, phase: -angles[0] / 2), Complex(length: 1, phase: angles[0] / 2),
    ])
  }
}
