import AnsatzMath
import Numerics

/// Rotates one qubit about the Y axis of the Bloch sphere.
///
/// `RY(θ) = exp(-i θ Y / 2)`. Equivalent to `RZ(-π/2)`, then `RX(θ)`, then `RZ(π/2)`.
///
/// Edge cases:
/// - `RY(2π)` is `-I`, not `I`; controlled, the sign is observable.
///
/// - Source: Nielsen and Chuang, eq. (4.5).
public struct RY: Gate {
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
    name: "RY", summary: "exp(-iθY/2)", parameters: ["θ"],
    structure: .pauliRotation([.y]), inverse: .negatedAngles
  ) { angles, _ in
    let (c, s) = (Complex(Double.cos(angles[0] / 2)), Double.sin(angles[0] / 2))
    return ComplexMatrix([[c, Complex(-s)], [Complex(s), c]])
  }
}
