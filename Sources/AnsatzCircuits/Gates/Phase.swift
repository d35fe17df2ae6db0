import AnsatzMath
import Numerics

/// Multiplies |1⟩ by a phase.
///
/// `Phase(φ) = diag(1, e^{iφ})`. Also known as P and U1.
public struct Phase: Gate {
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
    name: "Phase", summary: "diag(1, e^{iφ})", parameters: ["φ"],
    structure: .phase, inverse: .negatedAngles
  ) { angles, _ in
    ComplexMatrix.diagonal([1, Complex(length: 1, phase: angles[0])])
  }
}
