import AnsatzMath
import Numerics

/// Rotates one qubit about the X axis of the Bloch sphere.
///
/// `RX(θ) = exp(-i θ X / 2)`.
///
/// Edge cases:
/// - `RX(2π)` is `-I`, not `I`; controlled, the sign is observable.
///
/// - Source: Nielsen and Chuang, eq. (4.4).
public struct RX: Gate {
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
    name: "RX", summary: "exp(-iθX/2)", parameters: ["θ"],
    structure: .pauliRotation([.x]), inverse: .negatedAngles
  ) { angles, _ in
    let (c, s) = (Complex(Double.cos(angles[0] / 2)), Double.sin(angles[0] / 2))
    return ComplexMatrix([[c, Complex(0, -s)], [Complex(0, -s), c]])
  }
}
