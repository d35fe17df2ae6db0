/// Multiplies |11⟩ by a phase.
///
/// `CPhase(φ) = diag(1, 1, 1, e^{iφ})`; symmetric in its qubits. Also known as CP and CU1.
public struct CPhase: Gate {
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
    name: "CPhase", summary: "diag(1, 1, 1, e^{iφ})", controls: 1, of: Phase.definition,
    inverse: .negatedAngles)
}
