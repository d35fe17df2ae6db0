import AnsatzMath
import Numerics

/// Multiplies the whole state by a phase, which only a control makes observable.
///
/// `GlobalPhase(φ) = e^{iφ}`, on no qubit. `Controlled(by: 0) { GlobalPhase(φ) }` is `Phase(φ)` on
/// qubit 0.
public struct GlobalPhase: Gate {
  public let angles: [Angle]
  public let qubits: [Int] = []

  /// - Parameter angle: In radians.
  public init(_ angle: Angle) { angles = [angle] }

  /// The same for a number.
  @_disfavoredOverload public init(_ angle: Double) { self.init(Angle(angle)) }

  public static let definition: GateDefinition = .init(
    name: "GlobalPhase", summary: "e^{iφ}", targets: 0, parameters: ["φ"], symbol: "e^i",
    structure: .phase, inverse: .negatedAngles
  ) { angles, _ in
    .diagonal([Complex(length: 1, phase: angles[0])])
  }
}
