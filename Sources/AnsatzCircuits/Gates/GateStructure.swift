/// What the simulator needs to know of a gate's target part: kernels follow structure, not names.
public indirect enum GateStructure: Sendable {
  /// exp(-iθP/2) for a Pauli word P, one letter a target; θ is the gate's one parameter.
  case pauliRotation([Pauli])
  /// exp(-iθ P⊗…⊗P/2), the same letter on every target; θ is the gate's one parameter.
  case uniformRotation(Pauli)
  /// e^{iφ} where every target is 1; without targets, a global phase; φ is the gate's one
  /// parameter.
  case phase
  /// diag(1, e^{iφ}) with φ a constant.
  case constantPhase(Double)
  /// X on the one target.
  case flip
  /// Exchanges the two targets.
  case swap
  /// A constant unitary: the gate's matrix.
  case constant
  /// Factors, the first acting first; none for the identity.
  case product([Factor])
  /// The quantum Fourier transform over the targets, the first most significant, or its inverse.
  case fourier(inverse: Bool)

  /// One factor of a product: a gate on some targets of the whole.
  public struct Factor: Sendable {
    /// The gate of the factor.
    public let gate: GateDefinition
    /// One for each parameter of the factor's gate.
    public let angles: [FactorAngle]
    /// Positions among the whole's targets: the factor's controls, then its targets.
    public let targets: [Int]

    /// A factor with its angles, on some of the product's targets.
    public init(_ gate: GateDefinition, angles: [FactorAngle] = [], targets: [Int]) {
      self.gate = gate
      self.angles = angles
      self.targets = targets
    }

    /// A factor whose angles are parameters of the whole.
    public init(_ gate: GateDefinition, parameters: [Int], targets: [Int]) {
      self.init(gate, angles: parameters.map { .parameter($0) }, targets: targets)
    }

    /// The factor's angles, from the whole's.
    public func angles(of whole: [Angle]) -> [Angle] { angles.map { $0.angle(of: whole) } }
  }

  /// An angle of a factor.
  public enum FactorAngle: Sendable {
    /// A number, in radians.
    case constant(Double)
    /// A multiple of a parameter of the whole.
    case parameter(Int, times: Double = 1)

    func angle(of whole: [Angle]) -> Angle {
      switch self {
      case .constant(let value): Angle(value)
      case .parameter(let index, let factor): Angle(factor) * whole[index]
      }
    }
  }
}
