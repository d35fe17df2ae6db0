import AnsatzMath
import Numerics

/// Rotates two qubits about Y ⊗ Y.
///
/// `RYY(θ) = exp(-i θ Y ⊗ Y / 2)`; symmetric in its qubits.
///
/// Edge cases:
/// - `RYY(2π)` is `-I`, not `I`; controlled, the sign is observable.
public struct RYY: Gate {
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
    name: "RYY", summary: "exp(-iθ Y⊗Y/2)", targets: 2, parameters: ["θ"],
    structure: .pauliRotation([.y, .y]), inverse: .negatedAngles
  ) { angles, _ in
    let c = Complex(Double.cos(angles[0] / 2))
    let m = Complex(0, -Double.sin(angles[0] / 2))
    return ComplexMatrix([[c, 0, 0, -m], [0, c, m, 0], [0, m, c, 0], [-m, 0, 0, c]])
  }
}
