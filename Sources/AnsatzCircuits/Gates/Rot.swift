import AnsatzMath
import Numerics

/// The general rotation of one qubit, as three turns.
///
/// `Rot(α, β, γ) = RZ(γ) · RY(β) · RZ(α)`: `RZ(α)` acts first. The inverse is `Rot(-γ, -β, -α)`.
public struct Rot: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameters: the angles in radians, and the qubit to act on.
  public init(_ alpha: Angle, _ beta: Angle, _ gamma: Angle, on qubit: Int) {
    angles = [alpha, beta, gamma]
    qubits = [qubit]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ alpha: Double, _ beta: Double, _ gamma: Double, on qubit: Int)
  {
    self.init(Angle(alpha), Angle(beta), Angle(gamma), on: qubit)
  }

  public static let definition: GateDefinition = .init(
    name: "Rot", summary: "RZ(γ)·RY(β)·RZ(α)", parameters: ["α", "β", "γ"],
    structure: .product([
      .init(RZ.definition, parameters: [0], targets: [0]),
      .init(RY.definition, parameters: [1], targets: [0]),
      .init(RZ.definition, parameters: [2], targets: [0]),
    ]),
    inverse: .gate { (Rot.definition, [-$0[2], -$0[1], -$0[0]]) }
  ) { angles, _ in
    let (c, s) = (Double.cos(angles[1] / 2), Double.sin(angles[1] / 2))
    let (sum, difference) = ((angles[0] + angles[2]) / 2, (angles[0] - angles[2]) / 2)
    return ComplexMatrix([
      [Complex(length: c, phase: -sum), -Complex(length: s, phase: difference)],
      [Complex(length: s, phase: -difference), Complex(length: c, phase: sum)],
    ])
  }
}
