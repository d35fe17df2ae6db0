import AnsatzMath
import Numerics

/// The unitaries of one qubit that turn by a right angle.
///
/// `U2(φ, λ) = U(π/2, φ, λ) = [[1, -e^{iλ}], [e^{iφ}, e^{i(φ+λ)}]]/√2`. The inverse is
/// `U2(π - λ, -π - φ)`.
///
/// - Source: Cross et al., arXiv:1707.03429, with this global phase.
public struct U2: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameters: the angles in radians, and the qubit to act on.
  public init(_ phi: Angle, _ lambda: Angle, on qubit: Int) {
    angles = [phi, lambda]
    qubits = [qubit]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ phi: Double, _ lambda: Double, on qubit: Int) {
    self.init(Angle(phi), Angle(lambda), on: qubit)
  }

  public static let definition: GateDefinition = .init(
    name: "U2", summary: "U(π/2, φ, λ)", parameters: ["φ", "λ"],
    structure: .product([
      .init(Phase.definition, parameters: [1], targets: [0]),
      .init(RY.definition, angles: [.constant(.pi / 2)], targets: [0]),
      .init(Phase.definition, parameters: [0], targets: [0]),
    ]),
    inverse: .gate { (U2.definition, [.pi - $0[1], -$0[0] - .pi]) }
  ) { angles, _ in
    let h = 0.5.squareRoot()
    return ComplexMatrix([
      [Complex(h), -Complex(length: h, phase: angles[1])],
      [
        Complex(length: h, phase: angles[0]), Complex(length: h, phase: angles[0] + angles[1]),
      ],
    ])
  }
}
